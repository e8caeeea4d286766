package recommend

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// A kin is a thing with a name that begins like one which no thing has.
type kin struct {
	id     string
	stem   int     // letters before the number that the names share
	gap    float64 // between the numbers of the names
	shared int     // letters that they begin with
	rest   int     // letters of its name that come then
}

// closer orders kin, the closest first.
func closer(a, b kin) int {
	return cmp.Or(cmp.Compare(b.stem, a.stem), cmp.Compare(a.gap, b.gap), cmp.Compare(a.rest, b.rest), cmp.Compare(b.shared, a.shared))
}

// sameStem are the things with a name that begins like the given one, those
// first whose number is closest. A name that shares less than two characters or
// half its stem is another thing's.
func (t *turn) sameStem(sv *service, name string) ([]string, error) {
	key := []rune(text.Key(name))
	stem := slices.IndexFunc(key, unicode.IsDigit)
	if stem < 0 {
		stem = len(key)
	}
	var found []kin
	for _, id := range sv.ids {
		official, others, err := t.c.namesOf(t.ctx, id)
		if err != nil {
			return nil, err
		}
		var of []kin
		for _, n := range append(official, others...) {
			other := []rune(text.Key(n))
			shared := sharedPrefix(key, other)
			of = append(of, kin{id, min(stem, shared), math.Abs(leadingNumber(key) - leadingNumber(other)), shared, len(other) - shared})
		}
		if len(of) > 0 {
			found = append(found, slices.MinFunc(of, closer))
		}
	}
	slices.SortStableFunc(found, closer)
	var out []string
	for _, k := range found {
		if k.stem >= 2 && 2*k.stem >= stem && k.stem == found[0].stem {
			out = append(out, k.id)
		}
	}
	return t.alike(sv, out)
}

// alike keeps the things that are of a kind with the first.
func (t *turn) alike(sv *service, ids []string) ([]string, error) {
	if sv.kindly == nil || len(ids) < 2 {
		return ids, nil
	}
	kinds, err := t.c.cfg.Graph.Values(t.ctx, ids[0], sv.kindly.path)
	if err != nil || len(kinds) == 0 {
		return ids, err
	}
	hits, err := t.c.cfg.Graph.Find(t.ctx, kg.Query{IDs: ids, Where: []kg.Condition{{Predicate: sv.kindly.path, Op: kg.Eq, Values: kinds}}})
	return slices.DeleteFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(hits, func(h kg.Hit) bool { return h.ID == id })
	}), err
}

func sharedPrefix(a, b []rune) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// leadingNumber is the first number in a name, which counts its models.
func leadingNumber(key []rune) float64 {
	from := slices.IndexFunc(key, unicode.IsDigit)
	if from < 0 {
		return 0
	}
	to := from
	for to < len(key) && unicode.IsDigit(key[to]) {
		to++
	}
	n, err := strconv.ParseFloat(string(key[from:to]), 64)
	if err != nil {
		return 0
	}
	return n
}
