package dst

import (
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// references reads what points at something instead of naming it: "the second
// one" among what was offered, and "a hotel near it", whose value is the thing
// talked about in another service.
func (u *understanding) references(gs []given) {
	for _, k := range u.r.marks {
		if k.cue >= cueFirst && k.cue <= cueLast && !u.r.cueBefore(k.start, 2, cueNot) && !u.r.cueBefore(k.start, 0, cueNotHere) && !u.r.precedesNoun(k) {
			u.ordinal(k)
			break
		}
	}
	if target := u.target(gs); target >= 0 {
		for i := range u.t.slots {
			if info := &u.t.slots[i]; info.service == target && info.Role == NearRole && info.Of != "" {
				u.nearby(info, gs)
				u.among(info, gs)
			}
		}
	}
}

// precedesNoun reports whether an English word without meaning to us follows: "the
// first time" chooses nothing.
func (r *reading) precedesNoun(k mark) bool {
	if k.end >= len(r.tokens) || !r.sameClause(k.start, k.end) || r.tokens[k.end].Kind != text.Word || r.tokens[k.end-1].Text == "one" {
		return false
	}
	return len(slices.DeleteFunc(slices.Clone(r.marksIn(k.end, k.end+1)), func(m mark) bool { return m.start != k.end })) == 0
}

func (u *understanding) ordinal(k mark) {
	n := int(k.cue - cueFirst)
	if k.cue == cueLast {
		n = len(u.s.Offered) - 1
	}
	if n < 0 || n >= len(u.s.Offered) {
		return
	}
	c := u.s.Offered[n]
	e := u.span(k.start, k.end)
	e.From = Act{Offer, c.Slot, Eq, c.Value}.String()
	u.decide(Decision{Act: Act{Select, c.Slot, Eq, c.Value}, P: 0.95, Evidence: e})
}
