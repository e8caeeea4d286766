package wrap

import (
	"context"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/recommend"
)

// Redact puts placeholders such as [PHONE_1] in the place of what is personal
// in a request, before the generator sees it: in the message, the wishes, the
// acts and what steps say of them, though not in the facts, which are the
// graph's. The same text has the same placeholder throughout the request. In
// the reply the placeholders give way to the texts again, in streamed chunks
// too, whatever the pieces they come in.
//
// The finder is privacy.New(privacy.Options{}) unless one has one's own; see
// package [privacy] for what that finds and how it is extended.
func Redact(g recommend.Generator, find privacy.Finder) recommend.Generator {
	return &redact{g, find}
}

type redact struct {
	g    recommend.Generator
	find privacy.Finder
}

// Generate implements [recommend.Generator].
func (t *redact) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	p := placeholders{privacy.NewRedaction(t.find)}
	p.Reserve(string(canonical(r)))
	hidden := p.request(r)
	if p.Len() == 0 {
		return t.g.Generate(ctx, r, each)
	}
	back := p.Stream()
	listen := each
	if each != nil {
		listen = func(c recommend.Chunk) error { return handOut(back.Next(c.Text), each) }
	}
	out, err := t.g.Generate(ctx, hidden, listen)
	if err == nil {
		err = handOut(back.Rest(), each)
	}
	out.Text = p.Restore(out.Text)
	return out, err
}

// placeholders stand for what is personal in one request.
type placeholders struct{ *privacy.Redaction }

// request is a request without what is personal. The slices of the original
// stay as they are.
func (p placeholders) request(r recommend.Request) recommend.Request {
	r.User = p.Redact(r.User)
	r.Wishes = p.facts(r.Wishes)
	r.Acts = slices.Clone(r.Acts)
	for i := range r.Acts {
		r.Acts[i] = p.act(r.Acts[i])
	}
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		s := &r.Steps[i]
		s.Text, s.Lines = p.Redact(s.Text), slices.Clone(s.Lines)
		for j := range s.Lines {
			s.Lines[j] = p.Redact(s.Lines[j])
		}
		s.Facts, s.Bounds = p.facts(s.Facts), p.facts(s.Bounds)
	}
	return r
}

func (p placeholders) act(a dst.Act) dst.Act {
	a.Value = p.Redact(a.Value)
	return a
}

// facts hides what wishes say; facts of the graph have an id.
func (p placeholders) facts(facts []recommend.Fact) []recommend.Fact {
	facts = slices.Clone(facts)
	for i := range facts {
		if facts[i].ID == "" {
			facts[i].Value = p.Redact(facts[i].Value)
		}
	}
	return facts
}
