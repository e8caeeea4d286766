package recommend

import (
	"reflect"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// secrets is what a turn keeps to know what is sensitive in it.
type secrets struct {
	revealed []string       // by live data and pictures
	foreread string         // the message that was read beforehand,
	foreseen []dst.Decision // with what the tracker makes of it
	tracked  bool           // the message was understood, so that nothing is to be foreseen
	confided bool           // something sensitive is said or told in the turn
	final    dst.Mask       // once all is decided
}

// mask is the mask of all that is known to be sensitive at this point.
func (t *turn) mask() dst.Mask {
	if !t.c.sensitive {
		return dst.Mask{}
	}
	if !t.final.IsZero() {
		return t.final
	}
	t.foresee()
	m := t.c.schema.Mask(t.before, t.s).Heard(t.text, t.foreseen).Heard(t.text, t.decisions).Said(t.acts...).With(t.revealed...)
	for _, k := range slices.Concat(t.before.Constraints, t.s.Constraints) {
		x := t.c.slots[k.Slot]
		if x == nil || !x.Sensitive || k.Value == dst.DontCare {
			continue
		}
		for _, lang := range languages {
			m = m.With(t.c.wordedSlot(x, k.Value, lang))
		}
	}
	return m
}

// foresee reads the message with the tracker alone, once, so that what is
// sensitive in it is known before any plug-in gets it. Where the tracker cannot
// read it, the turn will say why.
func (t *turn) foresee() {
	if t.tracked || t.text == t.foreread || t.text == "" {
		return
	}
	t.foreread, t.foreseen = t.text, nil
	if _, decisions, err := t.c.tracker.Update(t.ctx, t.before, dst.Turn{User: t.text}); err == nil {
		t.foreseen = decisions
	}
}

// publicText is the message as plug-ins may see it, which are not told what
// stands where.
func (t *turn) publicText() string {
	if !t.c.sensitive {
		return t.text
	}
	m := t.mask()
	masked, _ := m.Turn(t.text, slices.Concat(t.foreseen, t.decisions))
	return masked
}

// publicTrace is the trace without what is sensitive.
func (t *turn) publicTrace() Trace {
	if !t.c.sensitive {
		return t.trace
	}
	m := t.mask()
	out := veil{m, t.confided}.trace(t.trace, t.text)
	if !m.Knows() {
		return out // which shares its slices with the turn
	}
	t.maskParts(out.Parts)
	for i, q := range t.trace.Queries {
		for j, k := range q.Where {
			if t.c.sensitivePath(k) {
				out.Queries[i].Where[j].Values = []kg.Value{kg.Text(dst.Masked)}
			}
		}
	}
	return out
}

// maskParts hides readings of a recording that differ from the likeliest, where
// that has something sensitive: what was misheard is close to it.
func (t *turn) maskParts(parts []Percept) {
	if len(parts) == 0 || t.publicText() == t.text {
		return
	}
	for i := range parts {
		for j := range parts[i].Transcripts {
			parts[i].Transcripts[j].Text = dst.Masked
		}
	}
}

// sensitivePath reports whether a condition is that of a sensitive slot.
func (c *core) sensitivePath(k kg.Condition) bool {
	for _, x := range c.slots {
		if x.Sensitive && k.Predicate != "" && slices.Contains([]string{x.path, x.ends.Low, x.ends.High}, k.Predicate) {
			return true
		}
	}
	return false
}

// A maskedError is an error whose words are masked.
type maskedError struct {
	text string
	error
}

func (e maskedError) Error() string { return e.text }
func (e maskedError) Unwrap() error { return e.error }

// maskError takes what is sensitive out of what an error says.
func (t *turn) maskError(err error) error {
	if err == nil || !t.c.sensitive {
		return err
	}
	if s := t.mask().Text(err.Error()); s != err.Error() {
		return maskedError{s, err}
	}
	return err
}

// confides reports whether a turn says or tells anything sensitive, or its
// request has it in any other way, so that no generator may word it.
func (t *turn) confides(r Request) bool {
	if !t.c.sensitive {
		return false
	}
	m := t.mask()
	if t.final = m; !m.Knows() {
		return false
	}
	if t.confided || t.publicText() != t.text {
		return true
	}
	if slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return m.Hides(d.Act) }) || slices.ContainsFunc(t.acts, m.Hides) {
		return true
	}
	whole := slices.ContainsFunc(t.acts, func(a dst.Act) bool {
		return a.Kind == dst.Human || a.Op == "" && (a.Kind == dst.Confirm || a.Kind == dst.Do)
	})
	holds := slices.ContainsFunc(t.s.Constraints, func(k dst.Constraint) bool { return m.Sensitive(k.Slot) && k.Value != dst.DontCare })
	return whole && holds || !reflect.DeepEqual(veiled(veil{m, false}, r), r)
}
