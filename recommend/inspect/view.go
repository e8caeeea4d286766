package inspect

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// words are a text in the languages of the page.
type words struct {
	EN string `json:"en"`
	ZH string `json:"zh"`
}

// A turnView is a turn with the words that the page needs for it.
type turnView struct {
	turn
	Slots map[string]slotWords `json:"slots"` // by the slots' full names
	Facts []factView           `json:"facts"` // those of the reply, in its order
	Names map[string]words     `json:"names"` // of the things in it, by id
	Where [][]string           `json:"where"` // the conditions of each query
	N     int                  `json:"n"`     // its number, from 1
}

// slotWords are what a slot and its values are called.
type slotWords struct {
	Label  words            `json:"label"`
	Values map[string]words `json:"values,omitempty"`
}

// A factView is a fact as the bot words it.
type factView struct {
	Fact  string `json:"fact,omitempty"` // "f1": what the generator knows it by, of one that the text tells
	Label words  `json:"label"`
	Value words  `json:"value"`
}

// mask hides what is sensitive in any of the turns: what the agent came to
// understand later is hidden where it was said first, too.
func (h *Handler) mask(turns []turn) dst.Mask {
	m := h.agent.Schema().Mask()
	if m.IsZero() {
		return m
	}
	for _, t := range turns {
		m = m.Join(h.agent.Schema().Mask(t.State)).Join(t.Reply.Mask())
	}
	return m
}

// public is the turn without what is sensitive. Recordings and pictures with
// which something sensitive came are left out.
func (t turn) public(m dst.Mask) turn {
	if m.IsZero() {
		return t
	}
	raw := t
	t.Reply, t.State = t.Reply.Masked(m), m.State(t.State)
	switch said := t.Reply.Trace.User; {
	case t.Reply.Heard == "" && said != "":
		t.Message = said // in which the decisions have their places
	default:
		t.Message = m.Text(t.Message)
	}
	if strings.TrimSpace(t.Message) == "" && t.Reply.Heard != "" {
		t.Reply.Heard = t.Reply.Trace.User
	}
	t.Parts = slices.Clone(t.Parts)
	for i := range t.Parts {
		p := &t.Parts[i]
		p.Name, p.URL = m.Text(p.Name), m.Text(p.URL)
		if t.Message != raw.Message || t.Reply.Heard != raw.Reply.Heard || slices.ContainsFunc(t.Reply.Trace.Decisions, func(d dst.Decision) bool { return m.Hides(d.Act) }) {
			p.Data = nil
		}
	}
	return t
}

// view words the n-th turn of a conversation, without what the mask hides.
func (h *Handler) view(ctx context.Context, n int, t turn, m dst.Mask) turnView {
	t = t.public(m)
	v := turnView{turn: t, Slots: map[string]slotWords{}, Facts: []factView{}, Names: map[string]words{}, Where: [][]string{}, N: n}
	v.Parts = slices.Clone(t.Parts)
	for i := range v.Parts {
		v.Parts[i].Data = nil // the page has no use for it
	}
	h.wordTurn(v.Slots, t)
	for _, item := range t.Reply.Items {
		v.Names[item.ID] = h.name(ctx, item.ID)
	}
	told := map[kg.Fact]string{}
	for _, f := range t.Reply.Used {
		told[f.Source] = f.ID
	}
	for _, f := range t.Reply.Facts {
		v.Names[f.Subject] = h.name(ctx, f.Subject)
		v.Facts = append(v.Facts, factView{Fact: told[f], Label: h.label(f.Predicate), Value: h.object(ctx, f)})
	}
	for _, q := range t.Reply.Trace.Queries {
		v.Where = append(v.Where, where(q.Query))
	}
	return v
}

// where writes what a query asks for. Long lists of values, as of all the
// kinds that a service deals in, are cut.
func where(q kg.Query) []string {
	const most = 3
	parts := []string{}
	if q.Kind != "" {
		parts = append(parts, "kind "+q.Kind)
	}
	if q.IDs != nil {
		parts = append(parts, fmt.Sprintf("among %d things", len(q.IDs)))
	}
	for _, c := range q.Where {
		more := ""
		if n := len(c.Values); n > most {
			c.Values = c.Values[:most]
			more = fmt.Sprintf(" … (%d)", n)
		}
		parts = append(parts, c.String()+more)
	}
	return parts
}

// wordTurn words the slots and values that a turn and the state after it have.
func (h *Handler) wordTurn(to map[string]slotWords, t turn) {
	for _, d := range t.Reply.Trace.Decisions {
		h.wordAct(to, d.Act)
	}
	for _, a := range t.Reply.Trace.Asked {
		h.wordAct(to, dst.Act{Slot: a.Slot})
		for _, g := range a.Gains {
			h.wordAct(to, dst.Act{Slot: g.Slot})
		}
	}
	for _, a := range slices.Concat(t.Reply.Acts, t.Reply.Trace.Relaxed) {
		h.wordAct(to, a)
	}
	for _, c := range t.State.Constraints {
		h.wordAct(to, dst.Act{Slot: c.Slot, Value: c.Value})
	}
	for _, c := range slices.Concat(t.State.Focus, t.State.Offered) {
		h.wordAct(to, dst.Act{Slot: c.Slot, Value: c.Value})
	}
	for _, slot := range slices.Concat(t.State.Requested, t.State.Asked) {
		h.wordAct(to, dst.Act{Slot: slot})
	}
	for _, item := range t.Reply.Items {
		for _, x := range item.Terms { // of a wish, the notation of which has its slot's words already, or of a predicate
			if !strings.ContainsAny(x.Name, " =<>~") {
				h.wordAct(to, dst.Act{Slot: x.Name})
			}
		}
	}
}

func (h *Handler) wordAct(to map[string]slotWords, a dst.Act) {
	if a.Slot == "" {
		return
	}
	w, ok := to[a.Slot]
	if !ok {
		w = slotWords{h.label(a.Slot), map[string]words{}}
		to[a.Slot] = w
	}
	if a.Value != "" && a.Value != dst.DontCare {
		w.Values[a.Value] = words{h.agent.Value(a.Slot, a.Value, "en"), h.agent.Value(a.Slot, a.Value, "zh")}
	}
}

func (h *Handler) label(name string) words {
	return words{h.agent.Label(name, "en"), h.agent.Label(name, "zh")}
}

func (h *Handler) name(ctx context.Context, id string) words {
	g := h.agent.Graph()
	return words{g.Name(ctx, id, "en"), g.Name(ctx, id, "zh")}
}

func (h *Handler) object(ctx context.Context, f kg.Fact) words {
	return words{h.agent.Object(ctx, f, "en"), h.agent.Object(ctx, f, "zh")}
}
