package text

// numeric reads 2026-11-24, 2026/11/24, 11/24, 24/11/2026 and 20261124.
func (r *dateReader) numeric(i int) (dateExpr, bool) {
	if glued(r.toks, i-1) && (r.toks[i-1].Kind == Word || r.w(i-1) == "/" || r.w(i-1) == "-" && r.toks[max(i-2, 0)].Kind == Number) {
		return dateExpr{}, false
	}
	var part [3]int
	var width [3]int
	e := dateExpr{first: i, last: i + 1, score: 1}
	if n := dotted(r.w(i), &part, &width); n == 3 {
		return e.ordered(part, width, r.dayFirst)
	}
	sep := r.w(i + 1)
	if sep != "/" && sep != "-" {
		return r.compact(i)
	}
	n := 0
	for j := i; n < 3; j += 2 {
		v, ok := plainInt(r.w(j), 4)
		if !ok {
			return e, false
		}
		part[n], width[n] = v, len(r.w(j))
		n++
		if e.last = j + 1; r.w(j+1) != sep || kindAt(r.toks, j+2) != Number || !glued(r.toks, j) || !glued(r.toks, j+1) {
			break
		}
	}
	if r.w(e.last) == sep && glued(r.toks, e.last-1) && kindAt(r.toks, e.last+1) == Number {
		return e, false
	}
	if n == 3 {
		return e.ordered(part, width, r.dayFirst)
	}
	if n != 2 || sep != "/" || width[0] > 2 || width[1] > 2 {
		return e, false
	}
	return r.monthDay(e, part[0], part[1])
}

// ordered takes three numbers as year-month-day, or as the locale has it.
func (e dateExpr) ordered(p, width [3]int, dayFirst bool) (dateExpr, bool) {
	if width[0] == 4 {
		e.y, e.m, e.d = p[0], p[1], p[2]
	} else {
		e.y, e.m, e.d = p[2], p[0], p[1]
		if dayFirst && p[1] <= 12 || p[0] > 12 {
			e.m, e.d = p[1], p[0]
		}
		if width[2] == 2 {
			e.y += 2000
		} else if width[2] != 4 {
			return e, false
		}
	}
	_, ok := day(e.y, e.m, e.d)
	return e, ok
}

// monthDay takes two numbers as a date without a year, which a fraction or a
// score ("24/7", "9/10") may be as well.
func (r *dateReader) monthDay(e dateExpr, a, b int) (dateExpr, bool) {
	e.m, e.d, e.score = a, b, 0.8
	if r.dayFirst && b <= 12 || a > 12 {
		e.m, e.d = b, a
	}
	if a <= 12 && b <= 12 {
		e.score = 0.4
	}
	switch r.w(e.first - 1) {
	case "on", "by", "until", "from", "for", "before", "after", "date", "在", "到":
		e.score += 0.2
	}
	if a == 24 && b == 7 || r.w(e.last) == "of" || r.w(e.last) == "cup" || unitAt(r.toks, e.last) != nil && glued(r.toks, e.last-1) {
		return e, false
	}
	_, ok := day(2000, e.m, e.d)
	return e, ok
}

// compact reads 20261124.
func (r *dateReader) compact(i int) (dateExpr, bool) {
	v, ok := plainInt(r.w(i), 8)
	if !ok || len(r.w(i)) != 8 || v < 19000000 || v > 21000000 {
		return dateExpr{}, false
	}
	e := dateExpr{first: i, last: i + 1, y: v / 10000, m: v / 100 % 100, d: v % 100, score: 0.8}
	_, ok = day(e.y, e.m, e.d)
	return e, ok
}

// plainInt reads up to n ASCII digits.
func plainInt(s string, n int) (int, bool) {
	if s == "" || len(s) > n {
		return 0, false
	}
	v := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		v = v*10 + int(s[i]-'0')
	}
	return v, true
}

// dotted splits 2026.11.24.
func dotted(s string, part, width *[3]int) int {
	n, start := 0, 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] != '.' {
			continue
		}
		v, ok := plainInt(s[start:i], 4)
		if !ok || n == 3 {
			return 0
		}
		part[n], width[n] = v, i-start
		n, start = n+1, i+1
	}
	return n
}

// smallNumber reads a number below 100 in digits, numerals or words at token i
// and returns the token behind it; last = i where there is none.
func smallNumber(toks []Token, i int) (v, last int) {
	switch kindAt(toks, i) {
	case Number:
		if n, ok := plainInt(toks[i].Text, 2); ok {
			return n, i + 1
		}
	case Han:
		return smallHan(toks, i)
	case Word:
		n, ok := enUnit(toks[i].Text)
		if !ok {
			return 0, i
		}
		j := i + 1
		if n >= 20 {
			if at(toks, j) == "-" && glued(toks, j) {
				j++
			}
			if u, ok := enUnit(at(toks, j)); ok && u > 0 && u < 10 {
				return int(n + u), j + 1
			}
		}
		return int(n), i + 1
	}
	return 0, i
}

func smallHan(toks []Token, i int) (v, last int) {
	d, ok := hanDigit(at(toks, i))
	j := i
	if ok {
		if j++; d == 0 { // 零五, 〇五
			if u, ok := hanDigit(at(toks, j)); ok {
				return int(u), j + 1
			}
			return 0, j
		}
	} else if at(toks, i) == "廿" {
		d, j = 2, i+1
		if u, ok := hanDigit(at(toks, j)); ok && u > 0 {
			return int(20 + u), j + 1
		}
		return 20, j
	}
	if hanPower(at(toks, j)) != 1 {
		return int(d), j
	}
	if !ok {
		d = 1
	}
	j++
	if u, ok := hanDigit(at(toks, j)); ok && u > 0 {
		return int(d*10 + u), j + 1
	}
	return int(d * 10), j
}
