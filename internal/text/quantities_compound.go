package text

// halves adds the half that stands behind a unit: 两年半, "an hour and a half".
func (s *UnitSet) halves(toks []Token, q *Quantity) {
	if q.Range || q.Unit.Dim == Calendar {
		return
	}
	switch j := q.Last; {
	case at(toks, j) == "半" && at(toks, j+1) != "价" && at(toks, j+1) != "小":
		q.Last = j + 1
	case at(toks, j) == "and" && at(toks, j+1) == "a" && at(toks, j+2) == "half":
		q.Last = j + 3
	default:
		return
	}
	q.Low = q.Low.Add(half)
	q.High = q.Low
}

// compound takes in the smaller unit that follows: "1 hour 30 minutes",
// 三块五毛, and the bare digits of 5块8 and 1米75.
func (s *UnitSet) compound(toks []Token, q *Quantity, n NumberSpan) bool {
	j := q.Last
	if at(toks, j) == "and" || at(toks, j) == "零" {
		j++
	}
	if q.Range || n.Range || n.First != j || n.Value.IsNegative() || q.First == q.Last {
		return false
	}
	u, m, _ := s.match(toks, n.Last)
	if s != nil && u != nil && u.Base != q.Unit.Base {
		u, m = matchUnit(toks, n.Last, func(x *Unit) bool {
			return x.Base == q.Unit.Base && x.Dim == q.Unit.Dim && x.Factor.LessThan(q.Unit.Factor)
		})
	}
	if at(toks, n.Last) == "分" && q.Unit.Base == "CNY" && at(toks, j-1) != "元" {
		q.Low = q.Low.Add(n.Value.Shift(-2))
		q.High, q.Last = q.Low, n.Last+1
		return true
	}
	if u != nil && u.Base == q.Unit.Base && u.Dim == q.Unit.Dim && u.Factor.LessThan(q.Unit.Factor) {
		q.Low = q.Low.Add(n.Value.Mul(u.Factor).DivRound(q.Unit.Factor, 9))
		q.High, q.Last = q.Low, n.Last+m
		return true
	}
	return s.shorthand(toks, q, n, u)
}

// shorthand reads 5块8 as 5.8 and 1米75 as 1.75, but not the 2 of 10块2个.
func (s *UnitSet) shorthand(toks []Token, q *Quantity, n NumberSpan, next *Unit) bool {
	w := at(toks, q.Last-1)
	if w == "h" && n.First == q.Last && glued(toks, q.Last-1) && n.Value.IsInteger() && n.Value.LessThan(whole(60)) { // 1h30, 1h30m
		q.Low = q.Low.Add(n.Value.DivRound(whole(60), 9))
		q.High, q.Last = q.Low, n.Last
		if at(toks, q.Last) == "m" && glued(toks, q.Last-1) {
			q.Last++
		}
		return true
	}
	if w != "块" && w != "米" || n.First != q.Last || next != nil || n.Scale > 0 || !n.Value.IsInteger() || !glued(toks, q.Last-1) {
		return false
	}
	places := int32(1)
	if n.Value.GreaterThan(whole(9)) {
		if places = 2; w == "块" || n.Value.GreaterThan(whole(99)) {
			return false
		}
	}
	q.Low = q.Low.Add(n.Value.Shift(-places))
	q.High, q.Last = q.Low, n.Last
	return true
}
