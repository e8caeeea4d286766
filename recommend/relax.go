package recommend

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// What giving a kind of wish up costs: bounds are cheaper to loosen than
// identities, what the user said himself weighs more than what was carried
// over, older wishes more than newer ones but less than what was said just now,
// and what the bot had to ask for more than what came up by the way.
const (
	costBound    = 1.0
	costValue    = 2.0
	costNear     = 2.5
	costName     = 4.0
	costSaid     = 0.5
	costPerTurn  = 0.1 // of age, up to ten turns
	costRequired = 1.0
	costNow      = 0.5 // said in this very message
)

// maxPairs bounds the pairs of wishes that are tried.
const maxPairs = 45

// A loosening gives one wish up, or widens its bound.
type loosening struct {
	wish  wish
	acts  []dst.Act
	op    dst.Op // of the new bound, "" where the wish is dropped
	value string // the new bound
}

// negative reports whether the wish only says what a thing must not be.
func (w wish) negative() bool {
	return !slices.ContainsFunc(w.constraints, func(k dst.Constraint) bool { return k.Op != dst.Ne })
}

func (w wish) cost(turn int) float64 {
	c := costValue
	switch {
	case w.slot.Names:
		c = costName
	case w.slot.Role == dst.NearRole:
		c = costNear
	case isBound(w.constraints[0].Op), w.constraints[0].Op == dst.Around, w.slot.ordered, w.slot.ends != Range{}:
		c = costBound
	}
	if w.slot.Required {
		c += costRequired
	}
	e := w.constraints[0].Evidence
	if e.Source == dst.Span || e.Source == dst.Outside {
		c += costSaid
	}
	if e.Turn == turn {
		return c + costNow
	}
	return c + costPerTurn*float64(min(10, max(0, turn-e.Turn)))
}

// relax finds the cheapest set of wishes without which something fits: one,
// else two, else as many as it takes, the cheapest first. The kind of thing is
// never given up, nor what it must go with: a case for another phone is no
// case. Nor is what it must not be. Where one wish suffices, the others that
// would do by themselves follow. Where nothing is left to give up, the result is
// nil.
func (c *core) relax(ctx context.Context, sv *service, wishes []wish, turn int) ([]relaxation, error) {
	order := c.givable(sv, wishes, turn)
	singles, err := c.relaxOne(ctx, sv, wishes, order, turn)
	if err != nil || len(singles) > 0 {
		return singles, err
	}
	for _, set := range relaxSets(order, wishes, turn) {
		rest := leftOver(wishes, set)
		n, err := c.count(ctx, sv, rest)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		if set, rest, err = c.putBack(ctx, sv, wishes, set, rest); err != nil {
			return nil, err
		}
		loose, err := c.loosen(ctx, sv, wishes, set)
		return []relaxation{{rest: rest, loose: loose}}, err
	}
	return nil, nil
}

// givable lists the wishes that may be given up, the cheapest first.
func (c *core) givable(sv *service, wishes []wish, turn int) []int {
	order := make([]int, 0, len(wishes))
	for i, w := range wishes {
		if w.slot != sv.kindly && !c.refersToThings(w.slot) && !w.negative() && !w.soft && !w.firm {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(wishes[a].cost(turn), wishes[b].cost(turn)) })
	return order
}

// A relaxation is what may be given up so that something fits.
type relaxation struct {
	rest  []wish
	loose []loosening
	cost  float64 // of a single wish
}

// relaxOne lists the wishes without each of which something fits, the cheapest
// first. A bound costs more the further it must be moved: from 5000 to 5299
// next to nothing, to 20000 as much as an identity.
func (c *core) relaxOne(ctx context.Context, sv *service, wishes []wish, order []int, turn int) ([]relaxation, error) {
	var out []relaxation
	for _, i := range order {
		set := []int{i}
		rest := leftOver(wishes, set)
		n, err := c.count(ctx, sv, rest)
		if err != nil {
			return nil, err
		}
		if n == 0 {
			continue
		}
		l, err := c.loosen(ctx, sv, wishes, set)
		if err != nil {
			return nil, err
		}
		out = append(out, relaxation{rest, l, wishes[i].cost(turn) + l[0].distance()})
	}
	slices.SortStableFunc(out, func(a, b relaxation) int { return cmp.Compare(a.cost, b.cost) })
	return out, nil
}

// distance is how far a bound was moved, in doublings of its size.
func (l loosening) distance() float64 {
	if l.op == "" {
		return 0
	}
	from, ok1 := numberValue(l.wish.slot.Type, l.wish.constraints[0].Value)
	to, ok2 := numberValue(l.wish.slot.Type, l.value)
	a, unit, _ := from.Number()
	b, other, _ := to.Number()
	if !ok1 || !ok2 || unit != other || a == 0 {
		return 0
	}
	return math.Log2(1 + math.Abs(b-a)/math.Abs(a))
}

// putBack keeps the wishes of a large set that need not have been given up,
// the dearest first.
func (c *core) putBack(ctx context.Context, sv *service, wishes []wish, set []int, rest []wish) ([]int, []wish, error) {
	for i := len(set) - 1; i >= 0 && len(set) > 2; i-- {
		fewer := slices.Delete(slices.Clone(set), i, i+1)
		left := leftOver(wishes, fewer)
		n, err := c.count(ctx, sv, left)
		if err != nil {
			return nil, nil, err
		}
		if n > 0 {
			set, rest = fewer, left
		}
	}
	return set, rest, nil
}

// relaxSets lists the sets of two and more wishes to try, the cheapest of each
// size first.
func relaxSets(order []int, wishes []wish, turn int) [][]int {
	var sets, pairs [][]int
	for a := range order {
		for b := a + 1; b < len(order); b++ {
			pairs = append(pairs, []int{order[a], order[b]})
		}
	}
	cost := func(set []int) float64 {
		sum := 0.0
		for _, i := range set {
			sum += wishes[i].cost(turn)
		}
		return sum
	}
	slices.SortStableFunc(pairs, func(a, b []int) int { return cmp.Compare(cost(a), cost(b)) })
	sets = append(sets, pairs[:min(len(pairs), maxPairs)]...)
	for n := 3; n <= len(order); n++ {
		sets = append(sets, order[:n:n])
	}
	return sets
}

func leftOver(wishes []wish, set []int) []wish {
	var rest []wish
	for i, w := range wishes {
		if !slices.Contains(set, i) {
			rest = append(rest, w)
		}
	}
	return rest
}

// loosen words what is given up. A bound is widened to the nearest value that
// exists once the other wishes of the set are gone or widened, so that
// something fits all the widened bounds together.
func (c *core) loosen(ctx context.Context, sv *service, wishes []wish, set []int) ([]loosening, error) {
	var out []loosening
	rest := leftOver(wishes, set)
	for _, i := range set {
		w := wishes[i]
		l := loosening{wish: w}
		k := w.constraints[0]
		switch {
		case len(w.constraints) == 1 && k.Op != dst.Ne && !w.slot.Multi:
			v, ok, err := c.nearest(ctx, sv, rest, w)
			if err != nil {
				return nil, err
			}
			if ok {
				l.op, l.value = widerOp(k.Op), v
				l.acts = []dst.Act{{Kind: dst.Relax, Slot: k.Slot, Op: l.op, Value: v}}
				rest = append(rest, c.widenedWish(l))
			}
		case w.slot.Multi && k.Op == dst.Eq:
			l.acts = []dst.Act{{Kind: dst.Relax, Slot: k.Slot, Op: dst.Remove, Value: k.Value}}
		}
		if l.acts == nil {
			l.acts = []dst.Act{{Kind: dst.Relax, Slot: k.Slot}}
		}
		out = append(out, l)
	}
	return out, nil
}

func (c *core) widenedWish(l loosening) wish {
	return c.wish(l.wish.slot, []dst.Constraint{{Slot: l.wish.slot.full, Op: l.op, Value: l.value}})
}

// widened are the conditions under which things are offered after relaxing:
// the wishes left and the widened bounds.
func (c *core) widened(rest []wish, loose []loosening) []wish {
	out := slices.Clone(rest)
	for _, l := range loose {
		if l.op != "" {
			out = append(out, c.widenedWish(l))
		}
	}
	return out
}
