package kg

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Synonyms are words that mean the same in names. A name with one member of a
// group is also linked where the text has another one: with the group {"苹果",
// "Apple"}, the thing named "苹果 iPhone 15" is found as "Apple iPhone 15", with
// the score of an alias. Latin members count as whole words only.
type Synonyms struct {
	// Predicate is the name predicate whose values the groups hold for; ""
	// stands for all name predicates.
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

// newSynonymTable returns nil where there are no synonyms.
func newSynonymTable(list []Synonyms, predicates []string) *synonymTable {
	t := &synonymTable{byFirst: map[string][]member{}}
	var toks []text.Token
	for _, s := range list {
		rank := slices.Index(predicates, s.Predicate)
		if rank < 0 && s.Predicate != "" {
			continue
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
		return nil
	}
	for _, members := range t.byFirst { // longer ones hold before their beginnings
		slices.SortStableFunc(members, func(a, b member) int { return len(b.keys) - len(a.keys) })
	}
	return t
}

// variants returns the name with a member replaced by the others of its group,
// for each member in it.
func (t *synonymTable) variants(f nameFact) []string {
	if t == nil {
		return nil
	}
	var out []string
	var toks []text.Token
	items := appendItems(nil, &toks, f.text)
	for i := 0; i < len(items); i++ {
		for _, m := range t.byFirst[items[i].key] {
			if m.rank >= 0 && m.rank != f.rank || !m.standsAt(items[i:]) {
				continue
			}
			end := i + len(m.keys)
			for _, other := range m.others {
				v := splice(f.text[:items[i].start], other, f.text[items[end-1].end:])
				if len(out) < maxVariants && !slices.Contains(out, v) {
					out = append(out, v)
				}
			}
			i = end - 1
			break
		}
	}
	return out
}

func (m *member) standsAt(items []item) bool {
	return len(items) >= len(m.keys) && !slices.ContainsFunc(items[:len(m.keys)], func(it item) bool { return it.breaks != items[0].breaks }) &&
		slices.EqualFunc(items[:len(m.keys)], m.keys, func(it item, key string) bool { return it.key == key })
}

// splice joins the three, with a space where two letters would become one word.
func splice(before, word, after string) string {
	apart := func(a, b string) string {
		last, _ := utf8.DecodeLastRuneInString(a)
		next, _ := utf8.DecodeRuneInString(b)
		if alphanumeric(last) && alphanumeric(next) && !text.IsHan(last) && !text.IsHan(next) {
			return a + " " + b
		}
		return a + b
	}
	return apart(apart(before, strings.TrimSpace(word)), after)
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
