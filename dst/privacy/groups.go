package privacy

import "strings"

const (
	maxGroups = 8  // of one number
	maxDigits = 22 // bank accounts of businesses have up to these
)

// A group is a run of digits.
type group struct{ start, end int }

func (g group) len() int { return g.end - g.start }

// A number is a candidate: some groups of digits with separators between them.
type number struct {
	start, end int // with a plus and brackets
	groups     []group
	buf        [maxDigits + 1]byte
	n          int // digits in buf
	label      Kind
	before     rune // the rune before it, blanks aside
}

func (d *number) digits() string { return string(d.buf[:d.n]) }

// sizes reports whether the groups have these lengths.
func (d *number) sizes(want ...int) bool {
	if len(d.groups) != len(want) {
		return false
	}
	for i, g := range d.groups {
		if g.len() != want[i] {
			return false
		}
	}
	return true
}

// least is the length of the shortest group.
func (d *number) least() int {
	least := maxDigits
	for _, g := range d.groups {
		least = min(least, g.len())
	}
	return least
}

// numbers reads what is written in digits alone.
func (c *scan) numbers() {
	var chain []group
	last := Match{} // the number before
	for i := 0; i < len(c.s); {
		if !isDigit(c.s[i]) {
			i++
			continue
		}
		chain = c.chain(chain[:0], i)
		for k := 0; k < len(chain); {
			m, used := c.number(chain[k:], last)
			if m.End > 0 {
				c.out = append(c.out, m)
				last = m
			}
			for k += max(used, 1); k < len(chain) && chain[k].start < last.End; { // its extension
				k++
			}
		}
		i = max(chain[len(chain)-1].end, last.End)
	}
}

// chain collects the groups of digits from i on that have at most three
// separators between them.
func (c *scan) chain(out []group, i int) []group {
	for {
		g := group{i, i}
		for g.end < len(c.s) && isDigit(c.s[g.end]) {
			g.end++
		}
		out = append(out, g)
		j := c.skip(g.end, 3, " -.()/")
		if j == g.end || !isDigit(c.byteAt(j)) || j > g.end+1 && strings.Contains(c.s[g.end:j], "/") {
			return out
		}
		i = j
	}
}

// number reads the longest number that begins with the first group, and says
// how many groups it took.
func (c *scan) number(chain []group, last Match) (Match, int) {
	if used := c.dotted(chain); used > 0 {
		return c.version4(chain, used)
	}
	start := c.opened(chain[0].start)
	if c.tight(start, chain[0].start) {
		return Match{}, 0
	}
	d := number{start: start}
	d.before, _ = c.before(c.backBlanks(start))
	known := false
	for n := min(len(chain), maxGroups); n > 0; n-- {
		d.groups, d.end = chain[:n], chain[n-1].end
		if d.collect(c.s) < 7 || d.n > maxDigits || n == len(chain) && c.loose(d.end) || n < len(chain) && c.joined(d.end) {
			continue
		}
		if !known {
			d.label, known = c.labelOf(start, chain[0].end, last), true
		}
		if k := c.kind(&d); k != "" {
			if n > 1 && d.end < len(c.s) && c.s[d.end] == ')' && strings.Count(c.s[d.start:d.end], "(") > strings.Count(c.s[d.start:d.end], ")") {
				d.end++
			}
			return Match{d.start, d.end, k}, n
		}
	}
	return Match{}, 0
}

// kind says what a number is, "" for nothing personal. It may move its end.
func (c *scan) kind(d *number) Kind {
	switch {
	case c.resident(d):
		return ResidentID
	case c.card(d):
		return Card
	case c.documentNumber(d):
		return Document
	case c.unitAt(d.end):
		return ""
	case c.phone(d):
		d.end = c.extension(d.end)
		return Phone
	}
	return ""
}

// collect writes the digits into the buffer and returns how many they are; more
// than maxDigits for too many.
func (d *number) collect(s string) int {
	d.n = 0
	for _, g := range d.groups {
		if d.n += copy(d.buf[d.n:], s[g.start:g.end]); d.n > maxDigits {
			break
		}
	}
	return d.n
}

// labelOf is the label of a number, before it or behind its first group; "138…
// or 139…" has that of the number before.
func (c *scan) labelOf(start, end int, last Match) Kind {
	if k := c.label(start); k != "" {
		return k
	}
	if last.End > 0 && start-last.End < 16 {
		switch strings.Trim(c.low[last.End:start], " ,") {
		case "", "or", "and", "/", "或", "或者", "和", "、", "还有", "或是", "以及", "/ ", "&":
			return last.Kind
		}
	}
	return c.labelBehind(end)
}

// opened takes in a plus and an opening bracket before the digits.
func (c *scan) opened(i int) int {
	if c.byteAt(i-1) == '(' {
		i--
	}
	if c.byteAt(i-1) == '+' {
		i--
	}
	if c.byteAt(i-1) == '(' && c.byteAt(i) == '+' {
		i--
	}
	return i
}

func (c *scan) backBlanks(i int) int {
	for i > 0 && c.s[i-1] == ' ' {
		i--
	}
	return i
}

// tight reports whether what stands before a number makes it a part of
// something longer: letters, a decimal, a code. A word that is a label may
// stand directly before it: "tel13812345678".
func (c *scan) tight(start, digits int) bool {
	if start == 0 {
		return false
	}
	switch b := c.s[start-1]; {
	case isLetter(b):
		return c.label(start) == ""
	case isDigit(b):
		return start < digits // "5+3…"
	case strings.IndexByte("-./_#=&%~^", b) >= 0:
		k := start - 1
		if b == '/' && k >= 7 && isDigits(c.s[k-7:k]) { // another number
			return false
		}
		return k > 0 && (isAlnum(c.s[k-1]) || c.s[k-1] == b && b != '-') && c.label(start) == ""
	case b == '*':
		return start > 1 && isAlnum(c.s[start-2])
	}
	return false
}

// loose reports whether a letter or a further part of a code follows a number.
func (c *scan) loose(end int) bool {
	switch b := c.byteAt(end); {
	case isLetter(b):
		return !(b == 'x' || b == 'X' || strings.HasPrefix(c.low[end:], "ext"))
	case b == '*' || b == '_':
		return true
	case strings.IndexByte("-.:/@", b) >= 0 && b != 0:
		return isAlnum(c.byteAt(end+1)) && !(b == '/' && !isDigit(c.byteAt(end+1))) && !(b == '.' && isLetter(c.byteAt(end+1)))
	}
	return false
}

// joined reports whether the next group of digits belongs to the same code: a
// dash, point or stroke without blanks stands before it.
func (c *scan) joined(end int) bool {
	b := c.byteAt(end)
	return (b == '-' || b == '.' || b == '/') && isDigit(c.byteAt(end+1)) && !(b == '/' && c.longRun(end+1))
}

// longRun reports whether at least seven digits stand at i.
func (c *scan) longRun(i int) bool {
	n := 0
	for isDigit(c.byteAt(i + n)) {
		if n++; n == 7 {
			return true
		}
	}
	return false
}

// units follow amounts.
var units = []string{
	"元", "块", "美元", "欧元", "日元", "港币", "万", "亿", "千", "个", "件", "台", "部", "克", "斤", "公斤", "毫", "厘", "分", "秒", "米", "平", "升", "人", "次", "步", "像素", "款", "版", "年", "%", "‰", "¥", "€", "$", "英镑", "日圆", "积分", "点",
	"mah", "gb", "mb", "tb", "kg", "km", "mm", "cm", "ml", "usd", "rmb", "cny", "eur", "gbp", "jpy", "yuan", "dollar", "euro", "pound", "pcs", "pieces", "units", "points", "miles", "hz", "px", "rpm", "lumen", "yen", "won", "people", "users", "steps", "views", "likes", "bytes", "watts", "milliseconds", "seconds", "rows", "records", "copies",
}

// unitAt reports whether a unit follows.
func (c *scan) unitAt(end int) bool {
	s := c.low[c.skip(end, 2, " "):]
	for _, u := range units {
		if strings.HasPrefix(s, u) && (u[0] >= 0x80 || !isLetter(u[0]) || len(u) > 3 || len(s) == len(u) || !isLetter(s[len(u)])) {
			return true
		}
	}
	return false
}
