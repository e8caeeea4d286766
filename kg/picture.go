package kg

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
)

// maxEdges bounds a picture; a larger one is of no use to anybody.
const maxEdges = 400

// DOT draws the facts about the given things, and about the things they refer
// to up to depth steps away, in the language of Graphviz. The same graph gives
// the same picture. Depth 1 is the facts of the things alone; an unknown id is
// a lone node. After 400 facts a comment says that the picture is cut.
func (g *Graph) DOT(ctx context.Context, ids []string, depth int, w io.Writer) error {
	p, err := g.picture(ctx, "draw DOT", ids, depth)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "digraph {\n  rankdir=LR;\n")
	for i, n := range p.nodes {
		shape := "ellipse"
		if !n.thing {
			shape = "box"
		}
		fmt.Fprintf(b, "  n%d [label=%s, shape=%s];\n", i, dotQuote(n.label), shape)
	}
	for _, e := range p.edges {
		fmt.Fprintf(b, "  n%d -> n%d [label=%s];\n", e.from, e.to, dotQuote(e.label))
	}
	if p.cut {
		fmt.Fprintf(b, "  // cut after %d facts\n", maxEdges)
	}
	fmt.Fprintf(b, "}\n")
	if err := b.Flush(); err != nil {
		return fmt.Errorf("kg: draw DOT: %w", err)
	}
	return nil
}

// Mermaid draws the same picture as DOT in the language of Mermaid.
func (g *Graph) Mermaid(ctx context.Context, ids []string, depth int, w io.Writer) error {
	p, err := g.picture(ctx, "draw Mermaid", ids, depth)
	if err != nil {
		return err
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "graph LR\n")
	for i, n := range p.nodes {
		left, right := "([", "])"
		if !n.thing {
			left, right = "[", "]"
		}
		fmt.Fprintf(b, "  n%d%s%s%s\n", i, left, mermaidQuote(n.label), right)
	}
	for _, e := range p.edges {
		fmt.Fprintf(b, "  n%d -->|%s| n%d\n", e.from, mermaidQuote(e.label), e.to)
	}
	if p.cut {
		fmt.Fprintf(b, "  %%%% cut after %d facts\n", maxEdges)
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("kg: draw Mermaid: %w", err)
	}
	return nil
}

type picture struct {
	snapshot *snapshot
	names    []string // name predicates
	at       map[Value]int

	nodes []pictureNode
	edges []pictureEdge
	cut   bool
}

type pictureNode struct {
	label string
	thing bool
}

type pictureEdge struct {
	from, to int
	label    string
}

func (g *Graph) picture(ctx context.Context, doing string, ids []string, depth int) (*picture, error) {
	s, err := g.read(ctx, doing)
	if err != nil {
		return nil, err
	}
	p := &picture{snapshot: s, names: g.names, at: map[Value]int{}}
	var level []string
	for _, id := range ids {
		if _, fresh := p.node(Ref(id)); fresh {
			level = append(level, id)
		}
	}
	for ; depth > 0 && len(level) > 0 && !p.cut; depth-- {
		var next []string
		for _, id := range level {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("kg: %s: %w", doing, err)
			}
			next = p.facts(id, next)
		}
		level = next
	}
	return p, nil
}

// node returns the number of a value's node, and whether it is a new one.
func (p *picture) node(v Value) (int, bool) {
	if i, ok := p.at[v]; ok {
		return i, false
	}
	label := v.String()
	if id, ok := v.ID(); ok {
		if name := p.snapshot.name(p.names, id, ""); name != id {
			label = name + "\n" + id
		}
	}
	p.nodes = append(p.nodes, pictureNode{clip(label), v.IsRef()})
	p.at[v] = len(p.nodes) - 1
	return len(p.nodes) - 1, true
}

// facts draws the facts of a thing, and appends the things that it refers to
// and that are new.
func (p *picture) facts(id string, next []string) []string {
	from := p.at[Ref(id)]
	for _, f := range p.snapshot.factsOf(p.snapshot.thing(id)) {
		if len(p.edges) == maxEdges {
			p.cut = true
			break
		}
		to, fresh := p.node(f.Object)
		p.edges = append(p.edges, pictureEdge{from, to, clip(f.Predicate)})
		if other, ok := f.Object.ID(); ok && fresh {
			next = append(next, other)
		}
	}
	return next
}

func dotQuote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", " ").Replace(s) + `"`
}

func mermaidQuote(s string) string {
	return `"` + strings.NewReplacer("&", "#amp;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "#", "#35;", "|", "#124;", "\n", "<br>", "\r", " ").Replace(s) + `"`
}
