package dst

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// An Extractor is asked where the tracker is in doubt: a language model, or a
// person. It answers with acts in the notation of [ParseAct], one a line,
// "inform price<=900": a tracker takes inform, and weighs it with all else that
// it knows. What is no act, names no slot of the schema, or has a value that
// neither the message nor the conversation bears out, is refused. Of sensitive
// slots ([Slot].Sensitive) it learns nothing and may say nothing. An error
// leaves the turn to the tracker alone. Extract must be safe for concurrent use.
type Extractor interface {
	Extract(ctx context.Context, q Doubt) ([]string, error)
}

// A Doubt is what an [Extractor] is asked.
type Doubt struct {
	Message string // with "[phone]" in the place of a value of the sensitive slot "phone"
	System  []Act  // what the bot did just before
	State   State  // before the message
	Slots   []Slot // those in doubt that are not sensitive, all that are open where nothing was understood; named as in acts
}

// Prompt words the question for a language model, in English: the notation,
// the slots with their values, what the bot did, the message. It says nothing
// of the conversation before.
func (d Doubt) Prompt() string {
	var b strings.Builder
	b.WriteString("Write what the user says as acts, one a line, and nothing else.\n")
	b.WriteString("An act is: inform SLOT OP VALUE, with OP one of = != < <= > >= ~ (about); dontcare is the value for no preference.\n")
	b.WriteString("Use only what the message says. Write nothing for a slot that it does not speak of.\nSlots:\n")
	for _, s := range d.Slots {
		fmt.Fprintf(&b, "- %s: %s", s.Name, s.Description)
		if e, ok := s.Type.(*Enum); ok {
			b.WriteString(" One of:")
			for i, v := range e.Values[:min(len(e.Values), 40)] {
				fmt.Fprintf(&b, "%s %q", [2]string{",", ""}[truthInt(i == 0)], v.Value)
			}
		}
		b.WriteByte('\n')
	}
	for _, a := range d.System {
		fmt.Fprintf(&b, "The bot said: %s\n", a)
	}
	fmt.Fprintf(&b, "The user says: %q\n", d.Message)
	return b.String()
}

func truthInt(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// defaultDoubt is the probability of a slot's likeliest outcome below which it
// is in doubt.
const defaultDoubt = 0.7

// consult asks the extractor about the slots in doubt, where there is one and
// there are some.
func (x *ranker) consult(ctx context.Context) {
	if x.t.extractor == nil || x.u.gold != nil || len(x.r.tokens) == 0 {
		return
	}
	slots := slices.DeleteFunc(slices.Clone(x.doubtful()), func(i int) bool { return x.t.slots[i].Sensitive })
	if len(slots) == 0 {
		return
	}
	q := Doubt{Message: x.r.text.Raw, System: slices.Clone(x.raw), State: x.s}
	if !x.conceal(&q) {
		return
	}
	for _, i := range slots {
		slot := x.t.slots[i].Slot
		slot.Name = x.t.slots[i].full
		q.Slots = append(q.Slots, slot)
	}
	lines, err := x.t.extractor.Extract(ctx, q)
	if err != nil {
		x.refuse("", fmt.Errorf("dst: asking the extractor: %w", err))
		return
	}
	for _, line := range lines {
		if err := x.propose(strings.TrimSpace(line)); err != nil {
			x.refuse(line, fmt.Errorf("dst: the extractor's act %q is refused: %w", line, err))
		}
	}
	x.softmax()
}

func (x *ranker) refuse(line string, err error) {
	if x.t.refused != nil {
		x.t.refused(line, err)
	}
}

// doubtful lists the open slots whose likeliest outcome is not likely enough;
// all of them where nothing at all was understood.
func (x *ranker) doubtful() []int {
	var out []int
	understood := len(x.u.decisions) > 0 || len(x.u.r.marks) > 0 && x.polarity != symNeither
	for lo := 0; lo < len(x.opts); {
		hi, keep, top := lo, 1.0, 0.0
		for hi < len(x.opts) && x.opts[hi].slot == x.opts[lo].slot {
			keep -= x.opts[hi].p
			top = max(top, x.opts[hi].p)
			understood = understood || x.opts[hi].score > 0
			hi++
		}
		if max(keep, top) < x.t.doubt {
			out = append(out, x.opts[lo].slot)
		}
		lo = hi
	}
	if !understood {
		return x.openSlot
	}
	return out
}

// propose enters an act that the extractor wrote, if it is borne out.
func (x *ranker) propose(line string) error {
	if line == "" {
		return nil
	}
	a, err := ParseAct(line)
	if err != nil {
		return err
	}
	if a.Kind != Inform {
		return fmt.Errorf("only inform is taken, not %s", a.Kind)
	}
	if a.Value == DontCare && a.Op != Eq {
		return fmt.Errorf("no preference is written %s", Act{Inform, a.Slot, Eq, DontCare})
	}
	if err := x.t.schema.Check(a); err != nil {
		return err
	}
	a = x.t.canonical([]Act{a})[0]
	slot := x.t.index[a.Slot]
	if x.t.slots[slot].Sensitive {
		return fmt.Errorf("slot %q is sensitive, and none of an extractor's business", a.Slot)
	}
	if !slices.Contains(x.openSlot, slot) {
		return fmt.Errorf("slot %q is not open in this turn", a.Slot)
	}
	words, ok := x.borneOut(slot, a)
	if !ok {
		return fmt.Errorf("neither the message nor the conversation has %q; ask the user instead", a.Value)
	}
	for i := range x.opts {
		if o := &x.opts[i]; o.slot == slot && o.value == a.Value && o.f[fAsk] == 0 && (a.Value == DontCare || x.u.optionOp(o) == a.Op) {
			o.f[fExtracted] = 1
			o.score += weights[fExtracted]
			return nil
		}
	}
	o := option{slot: slot, source: fromExtractor, mention: -1, value: a.Value, op: a.Op, text: words}
	o.f[fExtracted] = 1
	o.rate()
	x.opts = append(x.opts, o)
	return nil
}

// borneOut returns the words that a proposed value stands on: of the message,
// of what the bot told, or of what the user said of another slot.
func (x *ranker) borneOut(slot int, a Act) (string, bool) {
	info := &x.t.slots[slot]
	if a.Value == DontCare {
		return "", x.on[slot].asked || slices.ContainsFunc(x.r.marks, func(k mark) bool { return k.cue == cueDontCare || k.cue == cueAny })
	}
	for i := range x.r.mentions {
		if m := &x.r.mentions[i]; m.typ == info.typ && (m.Value == a.Value || m.To == a.Value) {
			return x.r.text.Raw[m.Start:m.End], true
		}
	}
	if key := text.Key(a.Value); key != "" && info.kind != kindYesNo && strings.Contains(text.Key(x.r.text.Raw), key) {
		return a.Value, true
	}
	if info.kind == kindYesNo {
		return "", x.on[slot].asked || x.on[slot].confirmed || sharesWord(info.own, x.bag)
	}
	for _, told := range x.s.System {
		if told.Value == a.Value {
			return told.Value, true
		}
	}
	for _, told := range x.s.Told {
		if told.Value == a.Value {
			return told.Value, true
		}
	}
	for _, c := range x.s.Constraints {
		if c.Value == a.Value {
			return c.Value, true
		}
	}
	return "", false
}
