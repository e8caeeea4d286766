package kg

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Facts returns the facts about a thing, all or those of the given predicates,
// by predicate, then in the order in which they were added. An unknown id has
// none.
func (g *Graph) Facts(ctx context.Context, id string, predicates ...string) ([]Fact, error) {
	s, err := g.read(ctx, "facts")
	if err != nil {
		return nil, err
	}
	if len(predicates) == 0 {
		return s.factsOf(id), nil
	}
	n := s.thing(id)
	var out []Fact
	if len(predicates) > 1 {
		predicates = slices.Clone(predicates)
		slices.Sort(predicates)
		predicates = slices.Compact(predicates)
	}
	for _, p := range predicates {
		if pred, ok := s.predIDs[p]; ok {
			for _, r := range s.factsWith(n, pred) {
				out = append(out, s.fact(triple{n, r}))
			}
		}
	}
	return out, nil
}

// Values returns the values of a predicate or path (see [Condition]) of a
// thing, in the order in which they were added, none twice.
func (g *Graph) Values(ctx context.Context, id, predicate string) ([]Value, error) {
	s, err := g.read(ctx, "values")
	if err != nil {
		return nil, err
	}
	path, err := s.path(predicate)
	if err != nil {
		return nil, fmt.Errorf("kg: values of %s: %w", clip(id), err)
	}
	nodes := s.ends(s.thing(id), path)
	out := make([]Value, len(nodes))
	for i, n := range nodes {
		out[i] = s.value(n)
	}
	return out, nil
}

// AppendValues appends to dst what Values returns. Where the predicate is no
// path and dst has room, it does not allocate.
func (g *Graph) AppendValues(ctx context.Context, dst []Value, id, predicate string) ([]Value, error) {
	s, err := g.read(ctx, "values")
	if err != nil {
		return dst, err
	}
	if pred, ok := s.predIDs[predicate]; ok {
		for _, r := range s.factsWith(s.thing(id), pred) {
			dst = append(dst, s.value(r.object))
		}
		return dst, nil
	}
	path, err := s.path(predicate)
	if err != nil {
		return dst, fmt.Errorf("kg: values of %s: %w", clip(id), err)
	}
	for _, n := range s.ends(s.thing(id), path) {
		dst = append(dst, s.value(n))
	}
	return dst, nil
}

// ends returns the distinct values at the end of a path.
func (s *snapshot) ends(n node, path []hop) []node {
	if n == none {
		return nil
	}
	var out []node
	s.walk(n, path, func(v node) bool {
		out = append(out, v)
		return true
	})
	if len(out) < 2 || len(path) == 1 {
		return out
	}
	seen := make(map[node]bool, len(out))
	return slices.DeleteFunc(out, func(v node) bool {
		dup := seen[v]
		seen[v] = true
		return dup
	})
}

// Subjects returns the ids of the things that have the object as a value of
// the predicate, sorted. Numbers match across units, as in conditions.
func (g *Graph) Subjects(ctx context.Context, predicate string, object Value) ([]string, error) {
	s, err := g.read(ctx, "subjects")
	if err != nil {
		return nil, err
	}
	c, err := s.bind(Condition{predicate, Eq, []Value{object}})
	if err != nil {
		return nil, fmt.Errorf("kg: subjects with %s %s: %w", clip(predicate), clip(object.String()), err)
	}
	var out []string
	all := s.collect(&c)
	found := slices.DeleteFunc(slices.Clone(all.distinct(int(s.terms.n))), func(n node) bool { return !s.isSubject(n) })
	for _, n := range s.byID(found) {
		out = append(out, s.id(n))
	}
	return out, nil
}

// Name returns the best name of a thing in a language ("zh", "en-GB", "" for
// any), by the first name predicate that has one: a value tagged with the
// language, then one without a tag, one that is written in the language first,
// then one of another language. A thing without a name, and any on a closed
// graph, is called by its id.
func (g *Graph) Name(ctx context.Context, id, lang string) string {
	s, err := g.read(ctx, "name")
	if err != nil {
		return id
	}
	return s.name(g.names, id, lang)
}

func (s *snapshot) name(predicates []string, id, lang string) string {
	rows := s.rows.of(s.thing(id))
	lang = strings.ToLower(lang)
	primary, _, _ := strings.Cut(lang, "-")
	for _, predicate := range predicates {
		best, bestName := 0, ""
		for _, r := range rows {
			p := s.preds[r.predicate]
			name, ok := s.value(r.object).Text()
			base, tag := splitLang(p.name)
			if !ok || name == "" || base != predicate && p.name != predicate {
				continue
			}
			if fit := nameFit(strings.ToLower(tag), lang, primary, name); fit > best {
				best, bestName = fit, name
			}
		}
		if best > 0 {
			return bestName
		}
	}
	return id
}

// nameFit ranks a name with a tag for a wanted language.
func nameFit(tag, lang, primary, name string) int {
	base, _, _ := strings.Cut(tag, "-")
	switch {
	case tag == "" && lang == "":
		return 6
	case tag == "" && text.Language(name) == primary:
		return 3
	case tag == "":
		return 2
	case tag == lang:
		return 6
	case tag == primary:
		return 5
	case base == primary && primary != "":
		return 4
	}
	return 1
}
