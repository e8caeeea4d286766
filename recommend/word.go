package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// word has the turn worded: by the template, or by the configured generator,
// of whose text only what the request bears out is kept. Where the generator
// fails, or what is left of its text lacks something, the template takes over;
// of a text that is streamed it says the steps that are missing.
func (t *turn) word(r Request) (string, error) {
	g := t.c.cfg.Generator
	t.trace.Generator = "template"
	if _, ok := g.(Template); ok || t.confided {
		t.used = r.Facts
		return t.template(r)
	}
	v, err := t.generate(g, r)
	if err != nil {
		return "", err
	}
	if t.trace.Fallback == "" {
		t.trace.Fallback = t.standIn
		return v.Text, nil
	}
	if t.each == nil || v.Text == "" {
		t.used = r.Facts
		return t.template(r)
	}
	return t.complete(r, v)
}

// generate runs the configured generator. What befalls it, and why its text
// cannot stand, is the trace's Fallback; an error is that of the context or of
// the one who listens.
func (t *turn) generate(g Generator, r Request) (Verdict, error) {
	st := t.begin(StageGenerate)
	ctx, cancel := context.WithTimeout(t.ctx, t.c.cfg.Timeout)
	defer cancel()
	p := &speaker{k: t.c.newChecker(r), each: t.each}
	var listen func(Chunk) error
	if t.each != nil {
		listen = func(c Chunk) error { return p.push(c.Text) }
	}
	out, err := called(ctx, g, r, listen)
	t.trace.Usage = out.Usage
	st.doneWith(t, Outcome{Err: err, Response: &out})
	t.check(p, out, err)
	switch {
	case t.ctx.Err() != nil:
		return Verdict{}, t.ctx.Err()
	case p.stopped != nil:
		return Verdict{}, fmt.Errorf("handing on the text: %w", p.stopped)
	}
	v := p.verdict
	t.trace.Cut = v.cutWithSentences()
	for _, f := range r.Facts {
		if slices.Contains(v.Used(), f.ID) {
			t.used = append(t.used, f)
		}
	}
	switch {
	case err != nil && !errors.Is(err, errRefused):
		t.trace.Fallback = "the generator failed: " + err.Error()
	case v.Refused != "" || len(v.Missing) > 0 || v.Text == "":
		t.trace.Fallback = unsound + v.reason()
	default:
		t.trace.Generator, t.standIn = named(out), out.Fallback
	}
	if v.Text != "" && t.each != nil && t.trace.Fallback != "" {
		t.trace.Generator = named(out) + ", template"
	}
	return v, nil
}

// check checks what was generated, or what of it was not checked as it came.
func (t *turn) check(p *speaker, out Response, err error) {
	st := t.begin(StageGround)
	if err == nil && p.runes == 0 {
		_ = p.push(out.Text) // the error stays in the verdict or in stopped
	}
	if p.stopped == nil && (err == nil || t.each != nil) {
		p.finish(err == nil)
	}
	st.doneWith(t, Outcome{Err: p.stopped})
}

func named(out Response) string {
	if out.Name == "" {
		return "generator"
	}
	return out.Name
}

// complete adds what a text that has been handed on lacks.
func (t *turn) complete(r Request, v Verdict) (string, error) {
	r.Steps = slices.DeleteFunc(slices.Clone(v.Missing), func(s Step) bool { return s.Kind == StepGreet })
	for _, s := range r.Steps {
		for _, f := range tellable(s) {
			if !slices.Contains(t.used, f) {
				t.used = append(t.used, f)
			}
		}
	}
	each, first := t.each, true
	t.each = func(c Chunk) error {
		if first {
			c.Text = separator(v.Text, c.Text, r.Lang) + c.Text
			first = false
		}
		v.Text += c.Text
		return each(c)
	}
	_, err := t.template(r)
	return v.Text, err
}

// tellable are the facts that the template tells of a step.
func tellable(s Step) []Fact {
	out := slices.Clone(s.Facts)
	for _, item := range s.Items {
		out = append(out, item.Show...)
	}
	return slices.DeleteFunc(out, func(f Fact) bool { return f.ID == "" })
}

func (t *turn) template(r Request) (string, error) {
	out, err := Template{}.Generate(t.ctx, r, t.each)
	return out.Text, err
}

// called runs the configured generator. A panic in it costs the turn its
// wording and not the conversation, so it is an error like any other.
func called(ctx context.Context, g Generator, r Request, each func(Chunk) error) (out Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = Response{}, fmt.Errorf("it panicked: %v", p)
		}
	}()
	return g.Generate(ctx, r, each)
}
