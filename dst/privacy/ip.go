package privacy

import (
	"net/netip"
	"strings"
)

// dotted returns how many groups from the first one on stand with single points
// between them, 0 for fewer than four.
func (c *scan) dotted(chain []group) int {
	n := 1
	for n < len(chain) && chain[n].start == chain[n-1].end+1 && c.s[chain[n-1].end] == '.' && chain[n].len() <= 3 && chain[n-1].len() <= 3 {
		n++
	}
	if n < 4 {
		return 0
	}
	return n
}

// version4 reads an address of version 4 in groups with points between them,
// with its port or prefix. Four small numbers are one only behind a word that
// says so: they are a version.
func (c *scan) version4(chain []group, used int) (Match, int) {
	start, end := chain[0].start, chain[used-1].end
	a, err := netip.ParseAddr(c.s[start:end])
	if used != 4 || err != nil || isDigit(c.byteAt(start-1)) || isLetter(c.byteAt(start-1)) && c.label(start) != IP || isLetter(c.byteAt(end)) || common(a) {
		return Match{}, used
	}
	switch c.label(start) {
	case other, Phone:
		return Match{}, used
	case IP:
	default:
		if c.labelBehind(end) == IP {
			break
		}
		if b := a.As4(); b[0] <= 10 && max(b[1], b[2], b[3]) < 30 || c.tight(start, start) && !strings.HasSuffix(c.s[:start], "//") {
			return Match{}, used
		}
	}
	if used < len(chain) && chain[used].start == end+1 && c.s[end] == '/' && chain[used].len() <= 2 {
		end, used = chain[used].end, used+1
	}
	return Match{start, end, IP}, used
}

// common reports whether an address says nothing of anybody.
func common(a netip.Addr) bool {
	return a.IsLoopback() || a.IsUnspecified() || a.Is4() && a.As4()[0] == 255
}

// addresses6 reads addresses of version 6.
func (c *scan) addresses6() {
	for i := 0; i < len(c.s); {
		if !hex(c.s[i]) && c.s[i] != ':' {
			i++
			continue
		}
		end, colons := i, 0
		for end < len(c.s) && (hex(c.s[end]) || c.s[end] == ':' || c.s[end] == '.') {
			if c.s[end] == ':' {
				colons++
			}
			end++
		}
		if colons >= 2 && end-i < 64 {
			c.version6(i, end)
		}
		i = end
	}
}

func (c *scan) version6(i, end int) {
	if isAlnum(c.byteAt(i-1)) || isAlnum(c.byteAt(end)) {
		return
	}
	s := strings.TrimRight(c.s[i:end], ".")
	if strings.HasSuffix(s, ":") && !strings.HasSuffix(s, "::") {
		s = s[:len(s)-1]
	}
	if t := strings.TrimLeft(s, ":"); len(s)-len(t) == 1 { // "IP:2001:db8::1"
		i, s = i+1, t
	}
	a, err := netip.ParseAddr(s)
	if err != nil || common(a) || len(s) < 7 && c.label(i) != IP || !strings.ContainsAny(s, "0123456789") {
		return
	}
	c.add(i, i+len(s), IP)
}

func hex(b byte) bool { return isDigit(b) || b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F' }
