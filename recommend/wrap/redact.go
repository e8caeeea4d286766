package wrap

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// A Personal is a place in a text that says something of a person.
type Personal struct {
	Start, End int    // bytes
	Kind       string // "phone", "name", "address", which the placeholder shows
}

// A Recogniser finds what is personal in a text. Places that overlap are
// merged; those that are none of the text's are passed over. Implementations are
// safe for concurrent use.
type Recogniser interface {
	Recognise(text string) []Personal
}

// Redact puts placeholders such as [PHONE_1] in the place of what is personal
// in a request, before the generator sees it: in the message, the wishes, the
// acts and what steps say of them, though not in the facts, which are the
// graph's. The same text has the same placeholder throughout the request. In
// the reply the placeholders give way to the texts again, in streamed chunks
// too, whatever the pieces they come in.
func Redact(g recommend.Generator, find Recogniser) recommend.Generator {
	return &redact{g, find}
}

type redact struct {
	g    recommend.Generator
	find Recogniser
}

// Generate implements [recommend.Generator].
func (t *redact) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	p := &placeholders{find: t.find, all: string(canonical(r)), of: map[string]string{}, counts: map[string]int{}}
	hidden := p.request(r)
	if len(p.of) == 0 {
		return t.g.Generate(ctx, r, each)
	}
	back := p.restorer()
	listen := each
	if each != nil {
		listen = func(c recommend.Chunk) error { return handOut(back.next(c.Text), each) }
	}
	out, err := t.g.Generate(ctx, hidden, listen)
	if err == nil {
		err = handOut(back.held, each)
	}
	out.Text = back.all(out.Text)
	return out, err
}

// placeholders stand for what is personal in one request.
type placeholders struct {
	find   Recogniser
	all    string            // the request: a placeholder that is in it already is none
	of     map[string]string // by the text
	counts map[string]int    // by kind
}

// request is a request without what is personal. The slices of the original
// stay as they are.
func (p *placeholders) request(r recommend.Request) recommend.Request {
	r.User = p.text(r.User)
	r.Wishes = p.facts(r.Wishes)
	r.Acts = slices.Clone(r.Acts)
	for i := range r.Acts {
		r.Acts[i] = p.act(r.Acts[i])
	}
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		s := &r.Steps[i]
		s.Text, s.Lines = p.text(s.Text), slices.Clone(s.Lines)
		for j := range s.Lines {
			s.Lines[j] = p.text(s.Lines[j])
		}
		s.Facts, s.Bounds = p.facts(s.Facts), p.facts(s.Bounds)
	}
	return r
}

func (p *placeholders) act(a dst.Act) dst.Act {
	a.Value = p.text(a.Value)
	return a
}

// facts hides what wishes say; facts of the graph have an id.
func (p *placeholders) facts(facts []recommend.Fact) []recommend.Fact {
	facts = slices.Clone(facts)
	for i := range facts {
		if facts[i].ID == "" {
			facts[i].Value = p.text(facts[i].Value)
		}
	}
	return facts
}

func (p *placeholders) text(s string) string {
	if s == "" {
		return s
	}
	found := slices.DeleteFunc(slices.Clone(p.find.Recognise(s)), func(x Personal) bool { return x.Start < 0 || x.End > len(s) || x.Start >= x.End })
	slices.SortFunc(found, func(a, b Personal) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	var b strings.Builder
	at := 0
	for i := 0; i < len(found); i++ {
		x := found[i]
		for i+1 < len(found) && found[i+1].Start < x.End {
			i++
			x.End = max(x.End, found[i].End)
		}
		b.WriteString(s[at:x.Start] + p.placeholder(s[x.Start:x.End], x.Kind))
		at = x.End
	}
	return b.String() + s[at:]
}

func (p *placeholders) placeholder(text, kind string) string {
	if known, ok := p.of[text]; ok {
		return known
	}
	kind = strings.ToUpper(strings.Map(func(r rune) rune {
		if r == '[' || r == ']' || r <= ' ' {
			return '_'
		}
		return r
	}, cmp.Or(kind, "private")))
	for {
		p.counts[kind]++
		name := fmt.Sprintf("[%s_%d]", kind, p.counts[kind])
		if !strings.Contains(p.all, name) {
			p.of[text] = name
			return name
		}
	}
}

// restorer puts the texts back.
func (p *placeholders) restorer() *restorer {
	out := &restorer{}
	var pairs []string
	for text, name := range p.of {
		out.names = append(out.names, name)
		pairs = append(pairs, name, text)
	}
	out.replace = strings.NewReplacer(pairs...)
	return out
}

// A restorer puts texts in the place of their placeholders, piece by piece.
type restorer struct {
	names   []string
	replace *strings.Replacer
	held    string // the beginning of a placeholder, perhaps
}

func (r *restorer) all(s string) string { return r.replace.Replace(s) }

// next takes a piece and returns what is sure by now.
func (r *restorer) next(piece string) string {
	s := r.held + piece
	cut := len(s)
	if i := strings.LastIndexByte(s, '['); i >= 0 && slices.ContainsFunc(r.names, func(name string) bool { return len(s)-i < len(name) && strings.HasPrefix(name, s[i:]) }) {
		cut = i
	}
	r.held = s[cut:]
	return r.all(s[:cut])
}
