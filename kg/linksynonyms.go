package kg

import (
	"fmt"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Synonyms are words that mean the same in names. A name with one member of a
// group is also linked where the text has another one: with the group {"苹果",
// "Apple"}, the thing named "苹果 iPhone 15" is found as "Apple iPhone 15", with
// the score of an alias. Latin members count as whole words only.
type Synonyms struct {
	// Predicate is the name predicate whose values the groups hold for, with
	// those of its language variants; "" stands for all name predicates.
	Predicate string
	Groups    [][]string
}

// maxVariants bounds the names that synonyms make of one.
const maxVariants = 8

// synonymTable finds the members of groups in names. It is immutable.
type synonymTable struct {
	byFirst map[string][]member // by the key of the first item
}

type member struct {
	rank   int // of the name predicate, -1 for all
	keys   []string
	text   string
	others []string
}

// newSynonymTable returns nil where there are no synonyms, and an error for
// those of a predicate that holds no names.
func newSynonymTable(list []Synonyms, predicates []string) (*synonymTable, error) {
	t := &synonymTable{byFirst: map[string][]member{}}
	var toks []text.Token
	for _, s := range list {
		rank := nameRank(predicates, s.Predicate)
		if rank < 0 && s.Predicate != "" {
			return nil, fmt.Errorf("synonyms of %q, which is not a name predicate (those are %q)", s.Predicate, predicates)
		}
		for _, group := range s.Groups {
			for i, txt := range group {
				m := member{rank: rank, text: txt, others: slices.Delete(slices.Clone(group), i, i+1)}
				for _, it := range appendItems(nil, &toks, txt) {
					m.keys = append(m.keys, it.key)
				}
				if len(m.keys) > 0 {
					t.byFirst[m.keys[0]] = append(t.byFirst[m.keys[0]], m)
				}
			}
		}
	}
	if len(t.byFirst) == 0 {
		return nil, nil
	}
	for _, members := range t.byFirst { // longer ones hold before their beginnings
		slices.SortStableFunc(members, func(a, b member) int { return len(b.keys) - len(a.keys) })
	}
	return t, nil
}

// variants returns the name with members replaced by others of their groups, in
// all ways, up to a few.
func (t *synonymTable) variants(f nameFact) []string {
	if t == nil {
		return nil
	}
	var toks []text.Token
	items := appendItems(nil, &toks, f.text)
	out := []string{""} // beginnings of the name and its variants
	from := 0
	for i := 0; i < len(items); i++ {
		m := t.memberAt(items[i:], f.rank)
		if m == nil {
			continue
		}
		end := i + len(m.keys)
		own := f.text[items[i].start:items[end-1].end]
		for k := range out {
			out[k] = splice(out[k], f.text[from:items[i].start])
			for _, other := range m.others {
				if len(out) <= maxVariants {
					out = append(out, splice(out[k], other))
				}
			}
			out[k] = splice(out[k], own)
		}
		from, i = items[end-1].end, end-1
	}
	for k := range out {
		out[k] = splice(out[k], f.text[from:])
	}
	return out[1:]
}

// memberAt returns the longest member that stands at the first item.
func (t *synonymTable) memberAt(items []item, rank int) *member {
	list := t.byFirst[items[0].key]
	for i := range list {
		if m := &list[i]; (m.rank < 0 || m.rank == rank) && m.standsAt(items) {
			return m
		}
	}
	return nil
}

func (m *member) standsAt(items []item) bool {
	return len(items) >= len(m.keys) && !slices.ContainsFunc(items[:len(m.keys)], func(it item) bool { return it.breaks != items[0].breaks }) &&
		slices.EqualFunc(items[:len(m.keys)], m.keys, func(it item, key string) bool { return it.key == key })
}

// splice joins two pieces, with a space where two letters would become one word.
func splice(a, b string) string {
	last, _ := utf8.DecodeLastRuneInString(a)
	next, _ := utf8.DecodeRuneInString(b)
	if alphanumeric(last) && alphanumeric(next) && !text.IsHan(last) && !text.IsHan(next) {
		return a + " " + b
	}
	return a + b
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
