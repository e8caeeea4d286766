package dst

import (
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Address is a slot type for street addresses, Chinese (北京市朝阳区建国路88号3号
// 楼1201室) and, with some caution, English ("71 North San Pedro Street, San
// Jose, CA 95110"). It knows how addresses are built and not which places there
// are: a street needs its number to be one, and a name that stands directly
// before the street is taken to belong to it.
//
// The value is the address in half width, a Chinese one without blanks. One
// with a district or a building scores 1, others 0.9. Address is safe for
// concurrent use.
type Address struct{}

// Find implements [Type].
func (a *Address) Find(t *Text) []Mention {
	if !t.hasStreet() {
		return nil
	}
	spans := text.FindAddresses(t.tokens)
	if len(spans) == 0 {
		return nil
	}
	out := make([]Mention, len(spans))
	for i, s := range spans {
		out[i] = t.mention(s.First, s.Last, "", s.Score)
		out[i].Value = addressValue(t.Raw[out[i].Start:out[i].End])
	}
	return out
}

// hasStreet is a quick look for what every address has: a number.
func (t *Text) hasStreet() bool {
	for i := range t.tokens {
		if k := t.tokens[i].Kind; k == text.Number || k == text.Han && (t.tokens[i].Text == "号" || t.tokens[i].Text == "弄" || t.tokens[i].Text == "栋") {
			return true
		}
	}
	return false
}

func addressValue(raw string) string {
	s, _ := text.Narrow(raw)
	fields := strings.Fields(s)
	if strings.ContainsFunc(s, text.IsHan) {
		return strings.Join(fields, "")
	}
	return strings.Join(fields, " ")
}

// Parse implements [Parser]: it accepts one address.
func (a *Address) Parse(value string, now time.Time) (string, bool) {
	return parseWhole(a, value, now, 0.9)
}
