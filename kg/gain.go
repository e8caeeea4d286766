package kg

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// A Gain says how well the values of a predicate or path tell the things of a
// result apart.
type Gain struct {
	Things  int     `json:"things"`            // that were looked at
	Known   int     `json:"known"`             // of these, with a value
	Values  int     `json:"values"`            // they have in all; more than Known where things have several
	Bits    float64 `json:"bits"`              // entropy of the distribution of the values (Shannon 1948)
	Numbers bool    `json:"numbers,omitempty"` // all values are numbers
}

// Gains returns, for each of the predicates or paths, how well their values
// tell the things found by the query apart: which question about them would
// narrow it most. It looks at no more than most of the things, spread evenly
// over all that there are, and takes their values for those of all; Limit and
// Offset of the query make no difference.
func (g *Graph) Gains(ctx context.Context, q Query, most int, predicates ...string) ([]Gain, error) {
	s, err := g.read(ctx, "gains")
	if err != nil {
		return nil, err
	}
	if most < 1 {
		return nil, fmt.Errorf("kg: gains: most is %d; at least one thing has to be looked at", most)
	}
	p, err := g.plan(ctx, s, q)
	if err != nil {
		return nil, fmt.Errorf("kg: gains: %w", err)
	}
	things, err := p.sample(ctx, most)
	if err != nil {
		return nil, fmt.Errorf("kg: gains: %w", err)
	}
	out := make([]Gain, len(predicates))
	for i, predicate := range predicates {
		path, err := s.path(predicate)
		if err != nil {
			return nil, fmt.Errorf("kg: gains: %w", err)
		}
		if out[i], err = s.gain(ctx, things, path); err != nil {
			return nil, fmt.Errorf("kg: gains: %w", err)
		}
	}
	return out, nil
}

func (s *snapshot) gain(ctx context.Context, things []node, path []hop) (Gain, error) {
	g := Gain{Things: len(things), Numbers: true}
	values := make([]node, 0, len(things))
	every := lookEvery(path)
	for i, n := range things {
		if i%every == 0 && ctx.Err() != nil {
			return g, ctx.Err()
		}
		before := len(values)
		if values = s.appendEnds(values, n, path); len(values) > before {
			g.Known++
		}
	}
	g.Values = len(values)
	slices.Sort(values)
	for lo := 0; lo < len(values); {
		hi := lo + 1
		for hi < len(values) && values[hi] == values[lo] {
			hi++
		}
		share := float64(hi-lo) / float64(len(values))
		g.Bits -= share * math.Log2(share)
		g.Numbers = g.Numbers && s.value(values[lo]).kind == Number
		lo = hi
	}
	return g, nil
}

// appendEnds appends the distinct values at the end of a path.
func (s *snapshot) appendEnds(dst []node, n node, path []hop) []node {
	if len(path) != 1 || path[0].inverse {
		return append(dst, s.ends(n, path)...)
	}
	if !path[0].known {
		return dst
	}
	if direct := s.preds[path[0].pred].forward; direct != nil {
		if o := direct.of(n); o != none {
			dst = append(dst, o)
		}
		return dst
	}
	for _, r := range s.factsWith(n, path[0].pred) {
		dst = append(dst, r.object)
	}
	return dst
}
