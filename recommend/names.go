package recommend

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// languages are those that the agent speaks.
var languages = []string{"en", "zh"}

// nameIndex relates the values of a slot that names things to the things. A
// value names one thing, or several where they share an alias: "iPhone 15" is
// then a value of its own, which is resolved to all of them and never guessed.
type nameIndex struct {
	ids     map[string][]string // by value, sorted
	keys    map[string]string   // by the key of any name: the value
	value   map[string]string   // by id: the value that names it alone
	entries []dst.Entry
	stems   map[string]map[string]bool // see addStems
	models  map[string]map[string]bool // by stem: words that follow a number in a name
}

// namesOf are the names of a thing, the most official first, in all languages.
func (c *core) namesOf(ctx context.Context, id string) (official, others []string, err error) {
	facts, err := c.cfg.Graph.Facts(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	for i, pred := range c.cfg.Names {
		for _, f := range facts {
			name, ok := f.Object.Text()
			if base, _, _ := strings.Cut(f.Predicate, "@"); !ok || name == "" || base != pred && f.Predicate != pred {
				continue
			}
			if i == 0 {
				official = append(official, name)
			} else {
				others = append(others, name)
			}
		}
	}
	return official, others, nil
}

// a nameClaim is what a key of a name may stand for.
type nameClaim struct {
	spelling string
	official []string // ids whose official name it is
	all      []string
}

// indexNames reads the names of things.
func (c *core) indexNames(ctx context.Context, ids []string) (*nameIndex, error) {
	claims := map[string]*nameClaim{}
	var order []string
	claim := func(name, id string, official bool) {
		key := text.Key(name)
		if key == "" {
			return
		}
		x := claims[key]
		if x == nil {
			x = &nameClaim{spelling: name}
			claims[key] = x
			order = append(order, key)
		}
		if official && (len(x.official) == 0 || x.official[len(x.official)-1] != id) { // things come one after the other
			x.official = append(x.official, id)
		}
		if len(x.all) == 0 || x.all[len(x.all)-1] != id {
			x.all = append(x.all, id)
		}
	}
	for _, id := range ids {
		official, others, err := c.namesOf(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("reading the names of %s: %w", id, err)
		}
		for _, name := range official {
			claim(name, id, true)
		}
		for _, name := range others {
			claim(name, id, false)
		}
	}
	return c.settle(ctx, ids, claims, order), nil
}

// settle decides what each name stands for: the thing whose official name it
// is, or else all that have it as an alias.
func (c *core) settle(ctx context.Context, ids []string, claims map[string]*nameClaim, order []string) *nameIndex {
	x := &nameBuilder{nameIndex: &nameIndex{ids: map[string][]string{}, keys: map[string]string{}, value: make(map[string]string, len(ids)), stems: map[string]map[string]bool{}, models: map[string]map[string]bool{}},
		entry: map[string]int{}, shared: map[string]string{}}
	for _, id := range ids {
		name := c.cfg.Graph.Name(ctx, id, c.cfg.Lang)
		if q := claims[text.Key(name)]; q == nil || len(q.official) > 1 || len(q.all) > 1 && !slices.Contains(q.official, id) {
			name = id
		}
		if _, taken := x.entry[name]; taken {
			name = id
		}
		x.value[id] = name
		x.add(name, []string{id})
	}
	for _, key := range order {
		q := claims[key]
		value := x.meaning(q)
		if e := &x.entries[x.entry[value]]; q.spelling != value {
			e.Aliases = append(e.Aliases, q.spelling)
		}
		x.keys[key] = value
		x.addStems(q.spelling)
	}
	return x.nameIndex
}

// nameBuilder is a nameIndex in the making.
type nameBuilder struct {
	*nameIndex
	entry  map[string]int    // by value
	shared map[string]string // by the ids that share an alias: the value
}

func (x *nameBuilder) add(value string, things []string) {
	x.ids[value] = things
	x.entry[value] = len(x.entries)
	x.entries = append(x.entries, dst.Entry{Value: value})
}

// meaning is the value that a name stands for; one for all aliases that the
// same things share.
func (x *nameBuilder) meaning(q *nameClaim) string {
	things := q.all
	if len(q.official) == 1 {
		things = q.official
	}
	if len(things) == 1 {
		return x.value[things[0]]
	}
	slices.Sort(things)
	group := strings.Join(things, "\x00")
	value, known := x.shared[group]
	if known {
		return value
	}
	value = q.spelling
	if _, taken := x.entry[value]; taken {
		value += "…" // no name ends so; the spelling remains as an alias
	}
	x.shared[group] = value
	x.add(value, things)
	return value
}

// things are the ids that a value, or any other name, stands for.
func (x *nameIndex) things(value string) []string {
	if x == nil {
		return nil
	}
	if ids, ok := x.ids[value]; ok {
		return ids
	}
	return x.ids[x.keys[text.Key(value)]]
}

// addStems notes, for each number in a name, what stands before it: the stem
// "iphone" of "iPhone 15" goes with 15. A stem with a number that no name has
// is a thing that there is not.
func (x *nameIndex) addStems(name string) {
	toks := text.Tokens(name)
	for i, tok := range toks {
		if tok.Kind != text.Number || i == 0 {
			continue
		}
		stem := stemOf(toks[:i])
		if len([]rune(stem)) < 2 || stem[0] >= '0' && stem[0] <= '9' {
			continue
		}
		if x.stems[stem] == nil {
			x.stems[stem] = map[string]bool{}
		}
		x.stems[stem][tok.Text] = true
		for _, next := range toks[i+1:] {
			if next.Kind != text.Word || len(text.LookupUnits(next.Text)) > 0 {
				break
			}
			if x.models[stem] == nil {
				x.models[stem] = map[string]bool{}
			}
			x.models[stem][next.Text] = true
		}
	}
}

// manyStems is the number of stems from which a word makes models of any.
const manyStems = 3

// unknownVariant finds a name that is followed by a word which makes other
// models of its stem, or models of many stems, such as "iPhone 15 Max" where
// there are only an iPhone 15 and an iPhone 16 Max. first and last are the
// tokens of the name; those for which used is true mean something else.
func (x *nameIndex) unknownVariant(toks []text.Token, first, last int, used func(text.Token) bool) (end int, ok bool) {
	words := map[string]bool{}
	for i := first; i < last; i++ {
		for j := first; toks[i].Kind == text.Number && j < i; j++ {
			for w := range x.models[stemOf(toks[j:i])] {
				words[w] = true
			}
		}
	}
	model := func(w string) bool {
		n := 0
		for _, of := range x.models {
			if of[w] {
				n++
			}
		}
		return words[w] || n >= manyStems
	}
	for last > first && last < len(toks) && toks[last].Kind == text.Word && len(words) > 0 && model(toks[last].Text) && !used(toks[last]) {
		last++
		ok = true
	}
	return toks[last-1].End, ok
}

func stemOf(toks []text.Token) string {
	var b strings.Builder
	for _, t := range toks {
		if t.Kind != text.Symbol {
			b.WriteString(t.Text)
		}
	}
	return b.String()
}

// unknownModel finds a stem with a number that no name has, such as the
// "iPhone 99" of a shop that sells iPhones, or that is only the beginning of
// names, such as "Pixel 9" where there is but a Pixel 9 Pro. Tokens for which
// used is true belong to what was understood already.
func (x *nameIndex) unknownModel(toks []text.Token, used func(text.Token) bool) (start, end int, ok bool) {
	const longest = 5
	for i, tok := range toks {
		if tok.Kind != text.Number || i == 0 || used(tok) {
			continue
		}
		for j := max(0, i-longest); j < i; j++ {
			stem := stemOf(toks[j:i])
			known := x.stems[stem]
			if known != nil && !(known[tok.Text] && x.keys[stem+tok.Text] != "") && toks[j].Kind != text.Symbol && toks[i-1].Kind != text.Symbol {
				return toks[j].Start, tok.End, true
			}
		}
	}
	return 0, 0, false
}

// thingIDs are the things of a query.
func thingIDs(ctx context.Context, g *kg.Graph, q kg.Query) ([]string, error) {
	hits, err := g.Find(ctx, q)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(hits))
	for i, h := range hits {
		ids[i] = h.ID
	}
	return ids, nil
}
