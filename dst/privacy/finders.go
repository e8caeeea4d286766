package privacy

import (
	"regexp"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A Pattern is a [Finder] of what a regular expression matches: customer
// numbers, codes of one's own. Where it has a group, the first group is the
// match.
type Pattern struct {
	Kind   Kind
	Regexp *regexp.Regexp
}

// Recognise implements [Finder].
func (p Pattern) Recognise(text string) []Match {
	var out []Match
	for _, m := range p.Regexp.FindAllStringSubmatchIndex(text, -1) {
		if len(m) > 2 && m[2] >= 0 {
			m = m[2:]
		}
		if m[0] < m[1] {
			out = append(out, Match{m[0], m[1], p.Kind})
		}
	}
	return out
}

// A Type is a [Finder] of the values of a slot type, such as phone.Phone with
// the numbering plans of all countries (package dst/phone), or a gazetteer of
// one's own. Mentions that score less than Least are left out.
type Type struct {
	Kind  Kind
	Type  dst.Type
	Least float64 // in [0, 1]
}

// Recognise implements [Finder].
func (t Type) Recognise(text string) []Match {
	var out []Match
	for _, m := range t.Type.Find(dst.NewText(text, time.Time{})) {
		if m.Score >= t.Least {
			out = append(out, Match{m.Start, m.End, t.Kind})
		}
	}
	return out
}
