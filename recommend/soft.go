package recommend

import (
	"cmp"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// What a wish weighs in an item's score: a preference half of what must hold.
const (
	weightHard = 1.0
	weightSoft = 0.5
	weightNear = 0.25 // that a number is close to the one it is to be around
)

// maxSoft is how many preferences are told apart: things are looked for that
// meet all of them, then for those that lack the least, and so on.
const maxSoft = 4

// asInforms is what the message says, for rules to which it is all the same
// whether it must hold: preferences as informs.
func asInforms(decisions []dst.Decision) []dst.Decision {
	if !slices.ContainsFunc(decisions, func(d dst.Decision) bool { return d.Act.Kind == dst.Prefer }) {
		return decisions
	}
	out := slices.Clone(decisions)
	for i := range out {
		if out[i].Act.Kind == dst.Prefer {
			out[i].Act.Kind = dst.Inform
		}
	}
	return out
}

// weight is what a wish counts for.
func (w wish) weight() float64 {
	switch {
	case w.near:
		return weightNear
	case w.soft:
		return weightSoft
	}
	return weightHard
}

// softApart groups the constraints of a slot that must hold and those that are
// preferences. Of names and kinds nothing is a mere preference.
func softApart(x *slot, cs []dst.Constraint) (hard, soft []dst.Constraint) {
	if x.Names || x == x.service.kindly || !slices.ContainsFunc(cs, func(k dst.Constraint) bool { return k.Soft }) {
		return cs, nil
	}
	for _, k := range cs {
		if k.Soft {
			soft = append(soft, k)
		} else {
			hard = append(hard, k)
		}
	}
	return hard, soft
}

// preferred turns the preferences among wishes into lists of wishes that must
// hold, the one that demands most first and the one without any last. Of more
// than a few preferences, the later ones make no list of their own.
func preferred(wishes []wish) [][]wish {
	var soft []int
	for i, w := range wishes {
		if w.soft && len(soft) < maxSoft {
			soft = append(soft, i)
		}
	}
	if len(soft) == 0 {
		return [][]wish{wishes}
	}
	sets := make([]int, 1<<len(soft)) // bit k: the k-th preference holds
	for i := range sets {
		sets[i] = len(sets) - 1 - i
	}
	weight := func(set int) float64 {
		sum := 0.0
		for k, i := range soft {
			if set>>k&1 == 1 {
				sum += wishes[i].weight()
			}
		}
		return sum
	}
	slices.SortStableFunc(sets, func(a, b int) int { return cmp.Compare(weight(b), weight(a)) })
	out := make([][]wish, len(sets))
	for i, set := range sets {
		out[i] = slices.Clone(wishes)
		for k, at := range soft {
			out[i][at].soft = set>>k&1 == 0
		}
	}
	return out
}

// admitUnmet says which preferences of this message nothing that is offered
// meets.
func (t *turn) admitUnmet(items []Item, wishes []wish) {
	var unmet []wish
	for _, w := range wishes {
		now := slices.ContainsFunc(w.constraints, func(k dst.Constraint) bool { return k.Evidence.Turn == t.s.Turn })
		met := func(item Item) bool {
			return slices.ContainsFunc(item.Terms, func(x Term) bool { return x.Name == w.text() && x.Soft && x.Score > 0 })
		}
		if w.soft && now && !slices.ContainsFunc(items, met) {
			unmet = append(unmet, w)
		}
	}
	if len(unmet) > 0 {
		t.add(Step{Kind: StepUnmet, Facts: t.c.tellWishes(unmet, t.lang)})
	}
}
