package text

import "github.com/shopspring/decimal"

// A Quantity is a number with the unit that stands at it, or a range of two
// such ("100-150元", "1小时 - 2小时", "between 500 and 900").
type Quantity struct {
	First, Last int // tokens [First, Last), the unit included
	Low, High   decimal.Decimal
	Range       bool
	Unit        *Unit // what Low and High count; nil for a bare number
	Own         bool  // the unit is one the caller asked for
	Weak, Part  bool  // see NumberSpan; an own unit lifts most doubts
	Scaled      bool  // a multiplier (k, 千, "hundred") stands in it
	Cued        bool  // a vague word parts number and unit (100多块): the span ends before it

	// LowUnit is what the lower end of a range was said in where that is not
	// Unit ("12 hours to 3 days"), and LowSaid what was said; nil otherwise.
	LowUnit *Unit
	LowSaid decimal.Decimal

	// LowAt and HighAt are the tokens [first, last) of the two ends of a range
	// that names both; zero otherwise.
	LowAt, HighAt [2]int

	mantissa decimal.Decimal // Low without its last multiplier
	scale    int
}

// A UnitSet is the units that a caller asks for. It is immutable.
type UnitSet struct {
	bases  []*Unit
	custom *unitNode
}

// NewUnitSet makes a set of all built-in units that convert into one of known,
// and of custom units with their own words. The tries of custom units are
// consulted first.
func NewUnitSet(known, custom []*Unit) *UnitSet {
	s := &UnitSet{bases: known}
	if len(custom) > 0 {
		s.custom = buildUnitTrie(custom)
	}
	return s
}

func (s *UnitSet) wants(u *Unit) bool {
	if s == nil {
		return false
	}
	for _, b := range s.bases {
		if b.Dim == u.Dim && (b.Base == u.Base || b.Dim == Currency) {
			return true
		}
	}
	return false
}

// match returns the unit at token i, the number of its tokens and whether the
// set wants it.
func (s *UnitSet) match(toks []Token, i int) (u *Unit, n int, own bool) {
	if i >= len(toks) {
		return nil, 0, false
	}
	if s == nil {
		u, n = matchUnit(toks, i, nil)
		return u, n, false
	}
	if node := s.custom; node != nil {
		for d := 0; node != nil; d++ {
			if len(node.units) > 0 {
				u, n = node.units[0], d
			}
			node = node.next[at(toks, i+d)]
		}
		if u != nil {
			if x, m := matchUnit(toks, i, s.wants); m > n && x.Base == u.Base && x.Dim == u.Dim {
				n = m // 平米, where the unit's own name is 平
			}
			return u, n, true
		}
	}
	u, n = matchUnit(toks, i, s.wants)
	return u, n, u != nil && s.wants(u)
}

func (s *UnitSet) matchBefore(toks []Token, i int) (u *Unit, n int, own bool) {
	if s == nil {
		u, n = beforeUnit(toks, i, nil)
		return u, n, false
	}
	if s.custom != nil {
		for n := min(3, i); n >= 1; n-- {
			node := s.custom
			for j := i - n; j < i && node != nil; j++ {
				node = node.next[toks[j].Text]
			}
			if node != nil && len(node.before) > 0 {
				return node.before[0], n, true
			}
		}
	}
	u, n = beforeUnit(toks, i, s.wants)
	return u, n, u != nil && s.wants(u)
}

// FindQuantities reads the units at the numbers of a text and joins ranges. A
// word that may be several units is read as one the set wants; a nil set wants
// none. Spans never overlap and are in order.
func FindQuantities(toks []Token, nums []NumberSpan, own *UnitSet) []Quantity {
	if len(nums) == 0 {
		return nil
	}
	out := make([]Quantity, 0, len(nums))
	EachQuantity(toks, nums, own, func(q Quantity) { out = append(out, q) })
	return out
}

// EachQuantity is [FindQuantities] without a list: it calls visit with one
// quantity after the other.
func EachQuantity(toks []Token, nums []NumberSpan, own *UnitSet, visit func(Quantity)) {
	end := 0
	for k := 0; k < len(nums); {
		q, used := own.read(toks, nums[k:], end)
		k += used
		if k < len(nums) {
			if r, more, ok := own.join(toks, q, nums[k:]); ok {
				q = r
				k += more
			}
		}
		end = q.Last
		visit(q)
	}
}

// read reads the quantity of the first number and returns how many numbers it
// took in.
func (s *UnitSet) read(toks []Token, nums []NumberSpan, from int) (Quantity, int) {
	n := nums[0]
	q := Quantity{
		First: n.First, Last: n.Last, Low: n.Value, High: n.High, Range: n.Range, Weak: n.Weak, Part: n.Part,
		Scaled: n.Scale > 0, mantissa: n.Value, scale: n.Scale,
	}
	if n.Scale > 0 {
		q.mantissa = n.Value.Shift(int32(-n.Scale))
	}
	if u, m, own := s.matchBefore(toks, n.First); u != nil && n.First-m >= from {
		q.First, q.Unit, q.Own = n.First-m, u, own
	}
	if q.Unit == nil || !q.Own {
		s.after(toks, n, &q)
	} else if u, m, _ := s.match(toks, n.Last); u != nil && u.Dim == q.Unit.Dim && (u.Base == q.Unit.Base) {
		q.Last += m // "¥500元", "$500 dollars"
	}
	used := swallowed(nums, 1, q.Last)
	if q.Unit == nil {
		return q, used
	}
	if q.Own {
		s.trust(toks, n, &q)
	}
	if !q.Cued {
		s.halves(toks, &q)
		used = swallowed(nums, used, q.Last)
		for used < len(nums) && s.compound(toks, &q, nums[used]) {
			used++
		}
	}
	return q, used
}

// swallowed skips the numbers that the unit took in: the 两 of 2两.
func swallowed(nums []NumberSpan, k, last int) int {
	for k < len(nums) && nums[k].First < last {
		k++
	}
	return k
}

// after looks for the unit behind the number.
func (s *UnitSet) after(toks []Token, n NumberSpan, q *Quantity) {
	j := n.Last
	if n.Scale > 0 && n.Core == j-1 && (at(toks, j-1) == "k" || at(toks, j-1) == "w") {
		if u, m, own := s.match(toks, n.Core); own { // the letter is the unit: 65w
			q.Low, q.High, q.scale = q.mantissa, n.High.Shift(int32(-n.Scale)), 0
			q.Unit, q.Own, q.Last, q.Scaled = u, true, n.Core+m, false
			return
		}
	}
	if at(toks, j) == "个" && at(toks, j+1) == "半" {
		if u, m, own := s.match(toks, j+2); u != nil {
			q.Low, q.High = q.Low.Add(half), q.High.Add(half)
			q.Unit, q.Own, q.Last = u, own, j+2+m
			return
		}
	}
	switch w := at(toks, j); {
	case w == "多" || w == "来" || w == "余" || w == "几":
		if u, _, own := s.match(toks, j+1); u != nil {
			q.Unit, q.Own, q.Cued = u, own, true
		}
		return
	case w == "-" && glued(toks, j-1) && glued(toks, j) && kindAt(toks, j+1) == Word:
		j++
	case (w == "a" || w == "an") && at(toks, n.First) == "half":
		j++
	}
	if w := at(toks, n.First); (w == "俩" || w == "仨") && n.Part && inWord("我咱们", at(toks, n.First-1)) {
		q.Unit, q.Own, q.Weak, q.Part = personUnit, s.wants(personUnit), false, false
		return
	}
	u, m, own := s.match(toks, j)
	if (u == nil || !own) && at(toks, j) == "个" {
		if u2, m2, own2 := s.match(toks, j+1); own2 || u2 != nil && u2.Dim == Duration {
			u, m, own = u2, m2+1, own2
		}
	}
	if u != nil && (q.Unit == nil || own) {
		q.Unit, q.Own, q.Last = u, own, j+m
	}
}

// trust lifts the doubts that an own unit answers.
func (s *UnitSet) trust(toks []Token, n NumberSpan, q *Quantity) {
	u := q.Unit
	switch {
	case u.Base == "piece" && n.Weak: // 一个 is an article
	case u.Dim == Rating && at(toks, n.First) == "十" && n.Last == n.First+1: // 十分 is an adverb
	case u.Dim == Data && networkGeneration(toks, q):
		q.Weak = true
	case n.Part && !n.tail:
	default:
		q.Weak, q.Part = false, false
	}
}

// networkGeneration reports whether "5g" names a mobile network.
func networkGeneration(toks []Token, q *Quantity) bool {
	if q.Range || at(toks, q.Last-1) != "g" || q.Low.LessThan(whole(2)) || q.Low.GreaterThan(whole(6)) {
		return false
	}
	switch at(toks, q.Last) {
	case "手", "网", "信", "套", "芯", "基", "版", "的", "phone", "phones", "network", "smartphone", "smartphones", "":
		return true
	}
	return false
}
