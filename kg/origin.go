package kg

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// An Origin is one source that states a fact.
type Origin struct {
	Source string    `json:"source,omitempty"` // "" for a fact that was added without one
	Time   time.Time `json:"time"`             // when the fact was first added from there, in UTC
}

// Origins returns who states a fact and since when, the first one first, and
// none for a fact that is not in the graph. The Source of f makes no
// difference.
func (g *Graph) Origins(ctx context.Context, f Fact) ([]Origin, error) {
	s, err := g.read(ctx, "origins")
	if err != nil {
		return nil, err
	}
	if err := f.check(); err != nil {
		return nil, fmt.Errorf("kg: origins: %w", err)
	}
	r, ok := s.find(f)
	if !ok {
		return nil, nil
	}
	var out []Origin
	for _, o := range s.chain(r.origin) {
		out = append(out, Origin{s.source(o.label), time.Unix(0, o.at).UTC()})
	}
	slices.Reverse(out)
	return out, nil
}

// origin is one statement of a fact; further ones are chained behind it, the
// newest first.
type origin struct {
	label node   // the quad's label, or none
	rest  uint32 // the next origin, or 0, which is never an origin
	at    int64  // nanoseconds since 1970
}

// chain returns the statements from o on.
func (s *snapshot) chain(o uint32) []origin {
	var out []origin
	for ; o != 0; o = s.origins.at(o).rest {
		out = append(out, *s.origins.at(o))
	}
	return out
}

// statements is the number of origins in a chain.
func statements(origins *paged[origin], o uint32) int {
	n := 0
	for ; o != 0; o = origins.at(o).rest {
		n++
	}
	return n
}

// firstLabel returns the label of the first statement, the end of the chain.
func (s *snapshot) firstLabel(o uint32) node {
	at := s.origins.at(o)
	for at.rest != 0 {
		at = s.origins.at(at.rest)
	}
	return at.label
}

// source words a label.
func (s *snapshot) source(label node) string {
	if label == none {
		return ""
	}
	v := s.terms.at(label)
	if v.kind == Thing || v.kind == String {
		return v.text
	}
	return v.plain().String()
}
