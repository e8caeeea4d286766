package dst

import (
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// ResidentID is a slot type for the resident identity numbers of mainland
// China (GB 11643): eighteen characters, the last one a check digit by ISO 7064
// MOD 11-2, which may be X. A number whose place, date of birth or check digit
// cannot be is not found. Blanks and dashes between its groups are dropped.
//
// ResidentID is safe for concurrent use.
type ResidentID struct{}

const residentLen = 18

// Find implements [Type].
func (r *ResidentID) Find(t *Text) []Mention {
	if len(t.Raw) < residentLen {
		return nil
	}
	var out []Mention
	for i := 0; i < len(t.tokens); i++ {
		if t.tokens[i].Kind != text.Number || i > 0 && t.tokens[i-1].End == t.tokens[i].Start && t.tokens[i-1].Kind != text.Symbol && t.tokens[i-1].Kind != text.Han {
			continue
		}
		var buf [residentLen]byte
		last, ok := residentRead(t.tokens, i, &buf)
		if ok && ValidResidentID(string(buf[:])) {
			out = append(out, t.mention(i, last, string(buf[:]), 1))
			i = last - 1
		}
	}
	return out
}

// residentRead collects eighteen characters from token i on.
func residentRead(toks []text.Token, i int, buf *[residentLen]byte) (last int, ok bool) {
	n := 0
	for ; i < len(toks) && n < residentLen; i++ {
		tok := toks[i]
		switch {
		case n > 0 && tok.Kind == text.Symbol && tok.Text == "-" && n%2 == 0:
			continue
		case n > 0 && tok.Start-toks[i-1].End > 1:
			return i, false
		case tok.Kind == text.Number && n+len(tok.Text) <= residentLen:
			n += copy(buf[n:], tok.Text)
		case n == residentLen-1 && tok.Text == "x":
			buf[n] = 'X'
			n++
		default:
			return i, false
		}
	}
	touches := i < len(toks) && toks[i].Start == toks[i-1].End && (toks[i].Kind == text.Number || toks[i].Kind == text.Word)
	return i, n == residentLen && !touches
}

// ValidResidentID reports whether id is a resident identity number that could
// have been given out: of a province, with a date of birth and the right check
// digit, which is X in upper case.
func ValidResidentID(id string) bool {
	if len(id) != residentLen {
		return false
	}
	sum := 0
	for i := range residentLen - 1 {
		if id[i] < '0' || id[i] > '9' {
			return false
		}
		sum += int(id[i]-'0') * residentWeights[i]
	}
	if "10X98765432"[sum%11] != id[residentLen-1] {
		return false
	}
	born, err := time.Parse("20060102", id[6:14])
	province, _ := strconv.Atoi(id[:2])
	return err == nil && born.Year() >= 1850 && residentProvinces[province]
}

// residentWeights are the powers of two modulo 11, by position.
var residentWeights = [residentLen - 1]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// residentProvinces are the codes of the provinces (GB/T 2260).
var residentProvinces = func() map[int]bool {
	m := map[int]bool{}
	for _, span := range [][2]int{{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}, {81, 83}, {91, 91}} {
		for p := span[0]; p <= span[1]; p++ {
			m[p] = true
		}
	}
	return m
}()

// Parse implements [Parser]: it accepts one number, in any width, with x or X.
func (r *ResidentID) Parse(value string, now time.Time) (string, bool) {
	return parseWhole(r, strings.TrimSpace(value), now, 1)
}
