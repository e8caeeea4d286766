package recommend

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// word has the turn worded, by the template where the configured generator
// fails or claims what nothing supports.
func (t *turn) word(r Request) (string, error) {
	g := t.c.cfg.Generator
	if _, ok := g.(Template); !ok {
		text, err := t.generate(g, r)
		if err == nil {
			return text, nil
		}
		if t.ctx.Err() != nil {
			return "", t.ctx.Err()
		}
		t.trace.Fallback = err.Error()
	}
	t.trace.Generator = "template"
	out, err := Template{}.Generate(t.ctx, r, nil)
	return out.Text, err
}

func (t *turn) generate(g Generator, r Request) (string, error) {
	ctx, cancel := context.WithTimeout(t.ctx, t.c.cfg.Timeout)
	defer cancel()
	out, err := called(ctx, g, r)
	if err != nil {
		return "", fmt.Errorf("the generator failed: %w", err)
	}
	t.trace.Usage = out.Usage
	text := strings.TrimSpace(printable(strings.ToValidUTF8(out.Text, "")))
	if text == "" {
		return "", errors.New("the generator returned an empty text")
	}
	if err := t.c.ground(r, text); err != nil {
		return "", err
	}
	t.trace.Generator = out.Name
	if t.trace.Generator == "" {
		t.trace.Generator = "generator"
	}
	return text, nil
}

// called runs the configured generator. A panic in it costs the turn its
// wording and not the conversation, so it is an error like any other.
func called(ctx context.Context, g Generator, r Request) (out Response, err error) {
	defer func() {
		if p := recover(); p != nil {
			out, err = Response{}, fmt.Errorf("it panicked: %v", p)
		}
	}()
	return g.Generate(ctx, r, nil)
}
