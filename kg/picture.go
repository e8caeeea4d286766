package kg

import (
	"context"
	"fmt"
	"io"
)

// maxEdges bounds a picture unless the caller says otherwise; a larger one is
// of no use to anybody.
const maxEdges = 400

// PictureOptions says what a [Picture] shows. The zero value of a field means
// its default.
type PictureOptions struct {
	// Incoming is how many of the facts that point to a thing are drawn at most,
	// of each predicate; 0 draws none. How many are left out stands in
	// [PictureNode.More].
	Incoming int
	// Rim draws, of the outermost things, the facts that lead to no further
	// thing: their plain values, and references among the things drawn.
	Rim bool
	// Facts bounds the facts drawn, 400 by default.
	Facts int
	// Lang is the language that things are named in, as in [Graph.Name].
	Lang string
}

// A Picture is a part of a graph to be drawn: things and values as nodes, facts
// as edges. [Picture.DOT], [Picture.Mermaid] and [Picture.HTML] draw it, and
// encoding/json writes and reads it. A Picture is plain data: it does not
// follow the graph, and reading it from several goroutines is safe.
type Picture struct {
	Nodes []PictureNode `json:"nodes"`
	Edges []PictureEdge `json:"edges"`
	// Cut says that there were more facts than [PictureOptions.Facts].
	Cut bool `json:"cut,omitempty"`
	// KindPredicate is what [PictureNode.Kind] is a value of.
	KindPredicate string `json:"kind_predicate,omitempty"`
}

// A PictureNode is a thing or a plain value. Facts with the same value share
// its node.
type PictureNode struct {
	Value Value  `json:"value"`
	Name  string `json:"name,omitempty"` // of a thing that has one
	Kind  string `json:"kind,omitempty"` // of a thing that has one, its first
	// Steps is how many facts lie between the node and the things asked for.
	Steps int `json:"steps"`
	// More is how many facts that point to the thing are not drawn.
	More int `json:"more,omitempty"`
}

// A PictureEdge is a fact: From and To are indexes of nodes.
type PictureEdge struct {
	From      int    `json:"from"`
	To        int    `json:"to"`
	Predicate string `json:"predicate"`
	Source    string `json:"source,omitempty"`
}

// Picture returns the facts about the given things, and about the things that
// they refer to (and with [PictureOptions.Incoming], that refer to them) up to
// depth steps away, as one state of the graph has them. Depth 1 is the facts of
// the things alone; an unknown id is a lone node. The same graph gives the same
// picture. opts may be nil.
func (g *Graph) Picture(ctx context.Context, ids []string, depth int, opts *PictureOptions) (*Picture, error) {
	const doing = "draw picture"
	s, err := g.read(ctx, doing)
	if err != nil {
		return nil, err
	}
	d := drawing{snapshot: s, names: g.names, p: &Picture{KindPredicate: g.kind}, at: map[Value]int{}, drawn: map[PictureEdge]bool{}}
	if opts != nil {
		d.PictureOptions = *opts
	}
	if d.Facts <= 0 {
		d.Facts = maxEdges
	}
	for _, id := range ids {
		d.node(Ref(id), 0)
	}
	done := 0 // the nodes before it have their facts drawn
	for step := 1; step <= depth && done < len(d.p.Nodes) && !d.p.Cut; step++ {
		for level := len(d.p.Nodes); done < level; done++ {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("kg: %s: %w", doing, err)
			}
			d.around(done, step)
		}
	}
	for rim := len(d.p.Nodes); d.Rim && done < rim; done++ {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("kg: %s: %w", doing, err)
		}
		d.close(done)
	}
	return d.p, nil
}

// DOT draws the facts about the given things, and about the things they refer
// to up to depth steps away, in the language of Graphviz: see [Graph.Picture]
// and [Picture.DOT]. After 400 facts a comment says that the picture is cut.
func (g *Graph) DOT(ctx context.Context, ids []string, depth int, w io.Writer) error {
	p, err := g.Picture(ctx, ids, depth, nil)
	if err != nil {
		return err
	}
	return p.DOT(w)
}

// Mermaid draws the same picture as DOT in the language of Mermaid.
func (g *Graph) Mermaid(ctx context.Context, ids []string, depth int, w io.Writer) error {
	p, err := g.Picture(ctx, ids, depth, nil)
	if err != nil {
		return err
	}
	return p.Mermaid(w)
}

// A drawing is a picture being made.
type drawing struct {
	*snapshot
	PictureOptions
	names []string // name predicates
	p     *Picture
	at    map[Value]int
	drawn map[PictureEdge]bool // without their sources
}

// node returns the number of a value's node, which is a new one where the
// picture has none.
func (d *drawing) node(v Value, steps int) int {
	if i, ok := d.at[v]; ok {
		return i
	}
	n := PictureNode{Value: v, Steps: steps}
	if id, ok := v.ID(); ok {
		if name := d.name(d.names, id, d.Lang); name != id {
			n.Name = name
		}
		if pred, ok := d.predIDs[d.p.KindPredicate]; ok {
			if rows := d.factsWith(d.thing(id), pred); len(rows) > 0 {
				n.Kind = d.value(rows[0].object).String()
			}
		}
	}
	d.p.Nodes = append(d.p.Nodes, n)
	d.at[v] = len(d.p.Nodes) - 1
	return len(d.p.Nodes) - 1
}

// around draws the facts about a thing and those that point to it.
func (d *drawing) around(i, step int) {
	id, ok := d.p.Nodes[i].Value.ID()
	if !ok {
		return
	}
	for _, f := range d.factsOf(id) {
		if !d.edge(f, step) {
			return
		}
	}
	if d.Incoming <= 0 {
		return
	}
	facts, counts := d.pointing(id, d.Incoming)
	d.p.Nodes[i].More = total(counts) - len(facts)
	for _, f := range facts {
		if !d.edge(f, step) {
			return
		}
	}
}

// close draws the facts about a thing that lead to no new thing.
func (d *drawing) close(i int) {
	id, ok := d.p.Nodes[i].Value.ID()
	if !ok {
		return
	}
	for _, f := range d.factsOf(id) {
		if _, known := d.at[f.Object]; f.Object.IsRef() && !known {
			continue
		}
		if !d.edge(f, d.p.Nodes[i].Steps+1) {
			return
		}
	}
}

// edge draws a fact, once. It returns false where the picture is full.
func (d *drawing) edge(f Fact, step int) bool {
	if len(d.p.Edges) >= d.Facts {
		d.p.Cut = true
		return false
	}
	e := PictureEdge{From: d.node(Ref(f.Subject), step), To: d.node(f.Object, step), Predicate: f.Predicate}
	if !d.drawn[e] {
		d.drawn[e] = true
		e.Source = f.Source
		d.p.Edges = append(d.p.Edges, e)
	}
	return true
}

// check reports what a picture that was read from elsewhere has wrong.
func (p *Picture) check() error {
	for i, e := range p.Edges {
		if e.From < 0 || e.From >= len(p.Nodes) || e.To < 0 || e.To >= len(p.Nodes) {
			return fmt.Errorf("edge %d leads from node %d to node %d, want numbers from 0 to %d", i, e.From, e.To, len(p.Nodes)-1)
		}
		if !p.Nodes[e.From].Value.IsRef() {
			return fmt.Errorf("edge %d leads from node %d, which is a plain value and no thing", i, e.From)
		}
	}
	return nil
}
