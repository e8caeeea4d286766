package kg

import (
	"fmt"
	"html/template"
	"slices"
	"strings"
	"time"
)

// A pageMaker turns a picture into a page.
type pageMaker struct {
	*Picture
	PageOptions
	things []int // the nodes that are things
	place  []int // node -> its place among the things, -1 for a plain value
	kinds  []string
	boxes  []box
}

func newPageMaker(p *Picture, opts *PageOptions) *pageMaker {
	m := &pageMaker{Picture: p, place: make([]int, len(p.Nodes))}
	if opts != nil {
		m.PageOptions = *opts
	}
	if m.Label == nil {
		m.Label = func(predicate string) string { return predicate }
	}
	if m.Value == nil {
		m.Value = pageText
	}
	for i, n := range p.Nodes {
		m.place[i] = -1
		if n.Value.IsRef() {
			m.place[i] = len(m.things)
			m.things = append(m.things, i)
			if n.Kind != "" && !slices.Contains(m.kinds, n.Kind) {
				m.kinds = append(m.kinds, n.Kind)
			}
		}
	}
	slices.Sort(m.kinds)
	return m
}

// pageText words a fact's object where the caller does not: a time at midnight
// is a day.
func pageText(f Fact) string {
	if at, ok := f.Object.Time(); ok && at.Equal(at.Truncate(24*time.Hour)) {
		return at.Format(time.DateOnly)
	}
	return f.Object.String()
}

func (m *pageMaker) page() *page {
	out := &page{
		Lang: "en", AskedLang: printable(m.Lang), Title: shorten(m.Title, mostText), Cut: m.Cut,
		Style: template.CSS(pageStyle), StyleHash: policyHash(pageStyle),
		Script: template.JS(pageScript), ScriptHash: policyHash(pageScript),
	}
	if strings.HasPrefix(strings.ToLower(m.Lang), "zh") {
		out.Lang = "zh"
	}
	if out.Title == "" {
		out.Title = m.title()
	}
	for _, k := range m.kinds {
		out.Kinds = append(out.Kinds, pageKind{m.class(k), shorten(m.kind("", k), 24)})
	}
	for _, i := range m.things {
		out.Things = append(out.Things, m.thing(i))
	}
	links := m.wires()
	m.boxes = make([]box, len(out.Things))
	for i, t := range out.Things {
		m.boxes[i] = box{steps: m.Nodes[m.things[i]].Steps, w: float64(t.Width), h: float64(t.Height)}
	}
	layout(m.boxes, links)
	for i := range out.Things {
		out.Things[i].put(m.boxes[i])
	}
	out.Links = m.lines(links)
	out.ViewBox = m.viewBox()
	m.facts(out.Things)
	return out
}

// title is the names of the things asked for.
func (m *pageMaker) title() string {
	var names []string
	for _, i := range m.things {
		if m.Nodes[i].Steps == 0 && len(names) < 5 {
			names = append(names, shorten(m.name(i), 60))
		}
	}
	if len(names) == 0 {
		return "slotgraph"
	}
	return strings.Join(names, ", ")
}

func (m *pageMaker) name(node int) string {
	if n := m.Nodes[node]; n.Name != "" {
		return n.Name
	}
	return m.Nodes[node].Value.String()
}

func (m *pageMaker) kind(id, kind string) string {
	if kind == "" {
		return ""
	}
	return m.Value(Fact{Subject: id, Predicate: m.KindPredicate, Object: Text(kind)})
}

// class is the colour of a kind: those of one picture have their own as long as
// there are enough, the last one is for things without a kind.
func (m *pageMaker) class(kind string) string {
	const colours = 9
	if i := slices.Index(m.kinds, kind); i >= 0 {
		return fmt.Sprintf("k%d", i%colours)
	}
	return fmt.Sprintf("k%d", colours)
}

// thing words the box of a thing, which has no place yet.
func (m *pageMaker) thing(i int) pageThing {
	n := m.Nodes[i]
	id := n.Value.String()
	t := pageThing{
		Name: shorten(m.name(i), mostText), ID: shorten(id, mostText), Kind: shorten(m.kind(id, n.Kind), 60),
		Class: m.class(n.Kind), Asked: n.Steps == 0, More: n.More,
	}
	wide := 8
	for _, line := range wrap(m.name(i), 24, 2) {
		t.Lines = append(t.Lines, pageLine{Class: "name", Text: line})
		wide = max(wide, columnsOf(line))
	}
	t.Height = 14 + 18*len(t.Lines)
	if t.Kind != "" {
		kind := shorten(t.Kind, 24)
		t.Lines = append(t.Lines, pageLine{Class: "kind", Text: kind})
		wide = max(wide, columnsOf(kind))
		t.Height += 15
	}
	t.Width = wide*15/2 + 22
	if t.Asked { // its name is bold
		t.Width += wide / 2
	}
	return t
}

// put moves a box and its lines to their place.
func (t *pageThing) put(b box) {
	t.X, t.Y = int(b.x), int(b.y)
	t.Left, t.Top = t.X-t.Width/2, t.Y-t.Height/2
	y := t.Top + 6
	for i := range t.Lines {
		l := &t.Lines[i]
		if l.X = t.X; l.Class == "name" {
			y += 18
			l.Y = y - 3
		} else {
			y += 15
			l.Y = y - 3
		}
	}
}

// facts fills in what is said about each thing: its own facts, then those that
// point to it, by predicate in the order of the picture.
func (m *pageMaker) facts(things []pageThing) {
	add := func(thing int, label string, back bool, v pageValue) {
		if thing < 0 {
			return
		}
		t := &things[thing]
		at := slices.IndexFunc(t.Facts, func(f pageFacts) bool { return f.Label == label && f.Back == back })
		if at < 0 {
			at = len(t.Facts)
			t.Facts = append(t.Facts, pageFacts{Label: label, Back: back})
		}
		t.Facts[at].Values = append(t.Facts[at].Values, v)
	}
	value := func(node int, f Fact) pageValue {
		if to := m.place[node]; to >= 0 {
			return pageValue{Text: shorten(m.name(node), mostText), Source: f.Source, Thing: true, Go: to}
		}
		return pageValue{Text: shorten(m.Value(f), mostText), Source: f.Source}
	}
	for _, back := range []bool{false, true} {
		for _, e := range m.Edges {
			f := Fact{Subject: m.Nodes[e.From].Value.String(), Predicate: e.Predicate, Object: m.Nodes[e.To].Value, Source: shorten(e.Source, mostText)}
			label := shorten(m.Label(e.Predicate), 60)
			if back {
				add(m.place[e.To], label, true, value(e.From, f))
			} else {
				add(m.place[e.From], label, false, value(e.To, f))
			}
		}
	}
}
