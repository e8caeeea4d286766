package text

import "github.com/shopspring/decimal"

// A hanReader folds numerals left to right. The number so far is
// total + section + cur, where section is what follows the last 万 or 亿, all
// three in units of one by ten to the power places. It reads no further than
// numbers of some 10^17 units.
type hanReader struct {
	toks           []Token
	i              int // next token
	places         int
	total, section int64
	cur            int64
	has            bool // cur holds a digit that no multiplier has claimed
	zero           bool // a 零 stands since the last multiplier
	last           int  // power of the last multiplier; they must fall
	core, scale    int
	seen           bool
}

func (r *hanReader) run() {
	for r.step() {
	}
}

// step takes one token in and reports whether it belonged to the number.
func (r *hanReader) step() bool {
	w := at(r.toks, r.i)
	if d, ok := hanDigit(w); ok {
		return r.digit(d)
	}
	if p := hanPower(w); p > 0 {
		return r.power(p)
	}
	if (w == "多" || w == "来") && !r.has && r.last > 0 && r.last < 4 && hanPower(at(r.toks, r.i+1)) >= 4 {
		r.i++ // 十多万: the multiplier belongs to the number, whatever the cue says
		return true
	}
	if kindAt(r.toks, r.i) == Number && r.last >= 2 && !r.has && glued(r.toks, r.i-1) {
		return r.digitsAfter(w)
	}
	return false
}

func (r *hanReader) digit(d int64) bool {
	if d == 0 && r.seen && !r.has && !r.zero {
		next, ok := hanDigit(at(r.toks, r.i+1))
		if ok && next == 0 || !ok && hanPower(at(r.toks, r.i+1)) != 1 {
			return false
		}
		r.zero = true
		r.i++
		return true
	}
	if r.has {
		return false
	}
	if r.last >= 2 && !r.zero && r.foreignDigit(d) {
		return false
	}
	r.cur, r.has, r.seen = d*pow10(r.places), true, true
	r.i++
	return true
}

const hanMost = 900_000_000_000_000_000

// foreignDigit reports whether the digit after a multiplier begins something
// else: 五百一晚 is 500 a night, 五百一 is 510.
func (r *hanReader) foreignDigit(d int64) bool {
	next := r.i + 1
	if hanPower(at(r.toks, next)) > 0 {
		return false
	}
	if at(r.toks, r.i) == "两" {
		return true
	}
	u := unitAt(r.toks, next)
	return d == 1 && (u != nil && u.Dim != Currency || kindAt(r.toks, next) == Han && isMeasure(at(r.toks, next)))
}

func (r *hanReader) power(p int) bool {
	switch {
	case p < 4:
		if !r.has && p > 1 || r.last != 0 && r.last < 4 && p >= r.last || r.last >= 4 && !r.has && p > 1 {
			return false
		}
		if !r.has {
			r.cur = pow10(r.places)
		}
		if r.cur > hanMost/pow10(p) {
			return false
		}
		r.section += r.cur * pow10(p)
	default:
		sum := r.section + r.cur
		if !r.seen || sum == 0 && (p != 8 || r.total == 0) || p == 8 && r.last == 8 {
			return false
		}
		if p == 8 {
			sum += r.total
		}
		if sum > hanMost/pow10(p) || r.total > hanMost-sum*pow10(p) {
			return false
		}
		if sum *= pow10(p); p != 8 {
			sum += r.total
		}
		r.total, r.section = sum, 0
	}
	r.core, r.scale = r.i, p
	r.cur, r.has, r.zero, r.last, r.seen = 0, false, false, p, true
	r.i++
	return true
}

// digitsAfter takes digits behind a multiplier: 1万2 is 12000, 2万5000 is
// 25000, but in 1万20个 the 20 stands alone.
func (r *hanReader) digitsAfter(w string) bool {
	v, ok := plainInt(w, 8)
	if !ok {
		return false
	}
	if len(w) > 1 && len(w) != r.last {
		return false
	}
	if u := unitAt(r.toks, r.i+1); len(w) == 1 && u != nil && u.Dim != Currency && hanPower(at(r.toks, r.i+1)) == 0 {
		return false
	}
	if len(w) > 1 {
		r.section += int64(v) * pow10(r.places)
		r.i++
		r.core, r.scale = r.i, 0
		r.last = 0
		return true
	}
	r.cur, r.has = int64(v)*pow10(r.places), true
	r.i++
	return true
}

func (r *hanReader) decimal(v int64) decimal.Decimal {
	if r.places > 0 {
		return decimal.New(v, int32(-r.places))
	}
	return whole(v)
}

// number closes the reading that began at token first.
func (r *hanReader) number(first int) NumberSpan {
	n := NumberSpan{First: first, Last: r.i, Core: r.i}
	v := r.total + r.section
	unit := int64(1)
	if r.has && r.last >= 2 && !r.zero {
		unit = pow10(r.last - 1) // 两万五 = 25000
	}
	if r.has {
		n.Value = r.decimal(v + r.cur*unit)
		n.High = n.Value
		one := pow10(r.places)
		if d, ok := hanDigit(at(r.toks, r.i)); ok && r.last > 0 && (d-1)*one == r.cur && d > 1 && hanPower(at(r.toks, r.i+1)) == 0 {
			n.High, n.Range = r.decimal(v+d*one*unit), true // 十七八, 三万五六
			n.Last, n.Core = r.i+1, r.i+1
		}
		return n
	}
	n.Value = r.decimal(v)
	n.High = n.Value
	if n.Core, n.Scale = r.core, r.scale; r.scale == 0 {
		n.Core = n.Last
	}
	return n
}
