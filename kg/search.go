package kg

import (
	"context"
	"fmt"
	"slices"
)

// SearchOptions narrows a [Graph.Search].
type SearchOptions struct {
	Kind       string   // only things of this kind
	Predicates []string // only texts of these predicates and their language variants; none is all
	Limit      int      // most hits to return; 0 is 10, and -1 no limit
	AllWords   bool     // every word must be met, as in Query.Text, not just one
}

// Search finds things by full text, such as help articles by a customer's
// question: those that share at least one word with it, ranked by BM25
// (Robertson and Zaragoza, 2009). English words match by their stem, Chinese
// by pairs of characters, and letters and digits apart, so that "iphone15" and
// "iPhone 15" are the same. Function words such as "the" and 的 count only
// where there is nothing else. Why of a hit holds the facts that have one of
// the words. A text without any word finds nothing; of a very long text the
// first 256 distinct words and pairs count. opts may be nil.
func (g *Graph) Search(ctx context.Context, text string, opts *SearchOptions) ([]Hit, error) {
	s, err := g.read(ctx, "search")
	if err != nil {
		return nil, err
	}
	var o SearchOptions
	if opts != nil {
		o = *opts
	}
	hits, err := g.search(ctx, s, text, o)
	if err != nil {
		return nil, fmt.Errorf("kg: search: %w", err)
	}
	return hits, nil
}

func (g *Graph) search(ctx context.Context, s *snapshot, text string, o SearchOptions) ([]Hit, error) {
	q := textQuery{text: text, all: o.AllWords, fields: s.variants(o.Predicates)}
	if len(o.Predicates) > 0 && len(q.fields) == 0 {
		return nil, nil
	}
	limit := o.Limit
	if limit == 0 {
		limit = 10
	}
	var ofKind []cond
	if o.Kind != "" {
		ofKind = []cond{g.ofKind(s, o.Kind)}
	} else {
		q.most = limit
	}
	found, err := s.text.search(ctx, q)
	if err != nil {
		return nil, err
	}
	terms := queryTerms(text)
	var hits []Hit
	looked := 0
	for h := range best(found) {
		if looked++; looked%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		n := s.thing(h.id())
		if n == none || !s.holdsAll(n, ofKind) {
			continue
		}
		hits = append(hits, Hit{ID: h.id(), Score: h.score, Why: s.textWhy(n, q.fields, terms)})
		if len(hits) == limit {
			break
		}
	}
	return hits, ctx.Err()
}

// variants returns the predicates of the given names and their language
// variants.
func (s *snapshot) variants(names []string) []string {
	var out []string
	for _, n := range s.byName {
		p := s.preds[n].name
		if base, _ := splitLang(p); slices.Contains(names, p) || slices.Contains(names, base) {
			out = append(out, p)
		}
	}
	return out
}

// findTexts answers a query that has text, a limit and nothing else: most of
// the best are all that is collected.
func (s *snapshot) findTexts(ctx context.Context, q Query, most int) ([]Hit, error) {
	found, err := s.text.search(ctx, textQuery{text: q.Text, all: true, most: most})
	if err != nil {
		return nil, err
	}
	p := &plan{s: s, score: map[node]float64{}}
	var nodes []node
	for h := range best(found) {
		if n := s.thing(h.id()); n != none {
			p.score[n] = h.score
			nodes = append(nodes, n)
		}
		if len(nodes) == most {
			break
		}
	}
	return p.hits(ctx, nodes[min(q.Offset, len(nodes)):], q.Bare)
}

// textWhy returns the facts of n, of the given predicates where there are any,
// whose text has one of the terms.
func (s *snapshot) textWhy(n node, fields, terms []string) []Fact {
	var out []Fact
	var words tokenizer
	for _, r := range s.inOrder(s.rows.of(n)) {
		txt, ok := s.value(r.object).Text()
		if !ok || len(fields) > 0 && !slices.Contains(fields, s.preds[r.predicate].name) {
			continue
		}
		if slices.ContainsFunc(words.termsOf(txt), func(t string) bool { return slices.Contains(terms, t) }) {
			out = append(out, s.fact(triple{n, r}))
		}
	}
	return out
}
