package inspect

import (
	"net/http"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A difference is a part of a turn that has come out otherwise than before.
type difference struct {
	Part   string `json:"part"`
	Before string `json:"before"`
	Now    string `json:"now"`
}

// replay has the agent answer all messages again, from the start, and tells
// turn by turn what has changed. The new turns are kept only where that is
// asked for.
func (h *Handler) replay(r *http.Request) (any, error) {
	var in struct {
		Keep bool `json:"keep"`
	}
	s, done, err := h.own(r, &in)
	if err != nil {
		return nil, err
	}
	defer done()
	old := s.list()
	turns := make([]turn, 0, len(old))
	out := struct {
		Turns [][]difference `json:"turns"`
		Talk  *talk          `json:"talk,omitempty"` // with the new turns, where they are kept
	}{Turns: [][]difference{}}
	for _, t := range old {
		again, err := h.reply(r.Context(), after(turns), t.Message, t.Parts)
		if err != nil {
			return nil, err
		}
		turns = append(turns, again)
	}
	before, now := h.mask(old), h.mask(turns)
	for i, t := range old {
		out.Turns = append(out.Turns, compare(t.public(before), turns[i].public(now)))
	}
	if in.Keep {
		s.set(turns)
		now := h.talk(r.Context(), s)
		out.Talk = &now
	}
	return out, nil
}

// compare tells what of a turn has changed, its times aside.
func compare(before, now turn) []difference {
	a, b := parts(before), parts(now)
	out := []difference{}
	for i := range a {
		if a[i].Before != b[i].Before {
			out = append(out, difference{a[i].Part, a[i].Before, b[i].Before})
		}
	}
	return out
}

// parts are what turns are compared by, as text.
func parts(t turn) []difference {
	var understood, items, facts []string
	for _, d := range t.Reply.Trace.Decisions {
		understood = append(understood, d.Act.String())
	}
	for _, item := range t.Reply.Items {
		items = append(items, item.Name)
	}
	for _, f := range t.Reply.Facts {
		facts = append(facts, f.String())
	}
	intent := ""
	if best, ok := t.Reply.Trace.Ranking.Best(); ok {
		intent = best.Intent
	}
	return []difference{
		{Part: "intent", Before: intent},
		{Part: "understood", Before: strings.Join(understood, "; ")},
		{Part: "state", Before: held(t.State)},
		{Part: "rules", Before: strings.Join(t.Reply.Trace.Rules, ", ")},
		{Part: "acts", Before: dst.FormatActs(t.Reply.Acts)},
		{Part: "items", Before: strings.Join(items, "; ")},
		{Part: "facts", Before: strings.Join(facts, "\n")},
		{Part: "text", Before: t.Reply.Text},
	}
}

// held is what a state holds, in the notation of acts without their kind.
func held(s dst.State) string {
	var out []string
	for _, c := range s.Constraints {
		out = append(out, strings.TrimPrefix(dst.Act{Kind: dst.Inform, Slot: c.Slot, Op: c.Op, Value: c.Value}.String(), "inform "))
	}
	for _, f := range s.Focus {
		out = append(out, dst.Act{Kind: dst.Select, Slot: f.Slot, Op: dst.Eq, Value: f.Value}.String())
	}
	return strings.Join(slices.Clip(out), "; ")
}
