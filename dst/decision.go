package dst

import (
	"fmt"
	"strings"
)

// A Decision is one act that the tracker understood, with its reasons. It has
// the user's words, and the values of sensitive slots, and so has what
// [Tracker.Explain] tells: see [Mask.Turn] before it is logged.
type Decision struct {
	Act          Act           `json:"act"`
	Evidence     Evidence      `json:"evidence,omitzero"`
	P            float64       `json:"p"`                      // probability against the alternatives and against nothing; what no option competes for has a fixed one
	Alternatives []Alternative `json:"alternatives,omitempty"` // other readings of the same words, likelier first
	Reasons      []Reason      `json:"reasons,omitempty"`      // what weighed most, heaviest first
}

// An Alternative is a reading that lost.
type Alternative struct {
	Act Act     `json:"act"`
	P   float64 `json:"p"`
}

// A Reason is one feature of a decision with what it added to its score.
type Reason struct {
	Text   string  `json:"text"`
	Weight float64 `json:"weight"`
}

// String shows a decision on one line: the act, its probability, the words it
// rests on and the reasons.
func (d Decision) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  p=%.2f", d.Act, d.P)
	switch {
	case d.Evidence.Text != "":
		fmt.Fprintf(&b, "  from %q", d.Evidence.Text)
	case d.Evidence.From != "":
		fmt.Fprintf(&b, "  from %s", d.Evidence.From)
	}
	for i, r := range d.Reasons {
		sep := ", "
		if i == 0 {
			sep = "  because: "
		}
		fmt.Fprintf(&b, "%s%s %+.1f", sep, r.Text, r.Weight)
	}
	return b.String()
}
