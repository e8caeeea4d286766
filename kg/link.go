package kg

import (
	"context"
	"fmt"
)

// LinkOptions narrows a [Graph.Link].
type LinkOptions struct {
	Kind          string  // only things of this kind
	MaxCandidates int     // most candidates of one link; 0 is 20
	MinScore      float64 // no candidates below this score
	ExactOnly     bool    // whole names and aliases only: no parts of names, no typing errors
}

// A Link is a span of a text that may name things of the graph.
type Link struct {
	Start, End int         // byte offsets into the text as given, End exclusive
	Candidates []Candidate // the best first, ties by id; never empty
}

// A Candidate is a thing that a span may name.
type Candidate struct {
	ID    string
	Name  string  // the name of the thing that the span matches
	Score float64 // 1 for a whole name, less for an alias, a part of a name or a typing error
}

func (g *Graph) Link(ctx context.Context, text string, opts *LinkOptions) ([]Link, error) {
	s, err := g.read(ctx, "link")
	if err != nil {
		return nil, err
	}
	var o LinkOptions
	if opts != nil {
		o = *opts
	}
	links, err := g.link(ctx, s, text, o)
	if err != nil {
		return nil, fmt.Errorf("kg: link: %w", err)
	}
	return links, nil
}

func (g *Graph) link(ctx context.Context, s *snapshot, text string, o LinkOptions) ([]Link, error) {
	return nil, ctx.Err()
}

type linkIndex struct{}

func newLinkIndex(s *snapshot, names []string) *linkIndex { return &linkIndex{} }
