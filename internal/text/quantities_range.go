package text

import "github.com/shopspring/decimal"

// join makes a range of q and the quantity behind a separator.
func (s *UnitSet) join(toks []Token, q Quantity, nums []NumberSpan) (Quantity, int, bool) {
	j, about := separator(toks, q)
	if j < 0 || q.Range || q.Part && q.Unit == nil {
		return q, 0, false
	}
	r, used := s.read(toks, nums, j)
	if r.First != j || r.Range || r.Part && r.Unit == nil {
		return q, 0, false
	}
	if about && (q.Unit != nil || r.scale > 0 || !r.Low.Equal(q.Low.Add(whole(1))) || r.Low.GreaterThan(whole(9))) {
		return q, 0, false
	}
	if q.Unit == nil && r.scale > q.scale && q.scale == 0 && q.Low.LessThan(r.mantissa) {
		q.Low = q.Low.Shift(int32(r.scale)) // 2到3千
	}
	low, ok := align(&q, &r)
	if !ok || low.Equal(r.High) || r.High.LessThan(low) && !eitherWay(toks, q, j) {
		return q, 0, false
	}
	r.LowAt, r.HighAt = [2]int{q.First, q.Last}, [2]int{r.First, r.Last}
	if q.Unit != nil && q.Unit != r.Unit && !q.Unit.Factor.Equal(r.Unit.Factor) {
		r.LowUnit, r.LowSaid = q.Unit, q.Low
	}
	r.First, r.Low, r.Range = q.First, low, true
	if r.High.LessThan(low) {
		r.Low, r.High = r.High, low
		r.LowAt, r.HighAt = r.HighAt, r.LowAt
		r.reverseUnits(q)
	}
	if at(toks, q.First-1) == "between" {
		r.First--
	}
	r.Weak, r.Part = q.Weak && r.Weak, false
	r.Own, r.Scaled = q.Own || r.Own, q.Scaled || r.Scaled
	return r, used, true
}

// reverseUnits has the ends of a range in two units change places: the upper
// one is now what q said.
func (r *Quantity) reverseUnits(q Quantity) {
	if r.LowUnit == nil {
		return
	}
	r.LowSaid, r.LowUnit, r.Unit = r.Low, r.Unit, q.Unit
	r.Low = r.LowSaid.Mul(r.LowUnit.Factor).DivRound(r.Unit.Factor, 9)
	r.High = q.High
}

// eitherWay reports whether the ends of the range may stand in either order:
// "between 3000 and 2000", 三千到两千, but not "from 3000 to 2000", a change.
func eitherWay(toks []Token, q Quantity, j int) bool {
	switch at(toks, j-1) {
	case "到", "至":
		return at(toks, q.First-1) != "从" && at(toks, q.First-1) != "由"
	}
	return at(toks, q.First-1) == "between"
}

// align brings the lower end q of a range to the unit of the upper end r,
// which takes over q's where it has none.
func align(q, r *Quantity) (decimal.Decimal, bool) {
	switch {
	case r.Unit == nil:
		r.Unit = q.Unit
	case q.Unit == nil || q.Unit == r.Unit:
	case q.Unit.Base == r.Unit.Base && q.Unit.Dim == r.Unit.Dim:
		return q.Low.Mul(q.Unit.Factor).DivRound(r.Unit.Factor, 9), true
	default:
		return q.Low, false
	}
	return q.Low, true
}

// separator returns the token behind what joins q to a higher number, or -1,
// and whether it does so only for neighbours (2、3个).
func separator(toks []Token, q Quantity) (next int, about bool) {
	j := q.Last
	if q.Cued {
		return -1, false
	}
	switch at(toks, j) {
	case "-", "~":
		if j++; at(toks, j) == "-" || at(toks, j) == "~" {
			j++
		}
		return j, false
	case "to", "到", "至", "till", "until":
		return j + 1, false
	case ",":
		if toks[j].End-toks[j].Start == len("、") && glued(toks, j-1) && glued(toks, j) {
			return j + 1, true
		}
	case "and":
		if at(toks, q.First-1) == "between" {
			return j + 1, false
		}
	}
	return -1, false
}
