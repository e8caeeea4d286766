package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// An aside is a part of a message that only makes sense beside what was
// offered, "half that price", "the middle one", 换个牌子. It is read here, and
// the tracker reads the message without it.
type aside struct {
	start, end int       // bytes
	acts       []dst.Act // none where the words are merely not to be misread
	from       string    // the slot of the thing that the acts rest on
}

// readAsides finds the asides of a message, the first reader's first.
func (t *turn) readAsides() error {
	if err := t.readVariant(); err != nil {
		return err
	}
	sv := t.c.serviceOf(lastSlot(t.before.Offered))
	if len(t.before.Offered)+len(t.before.Focus) == 0 || len(t.text) > dst.MaxMessage || t.heard != nil {
		return nil
	}
	if len(t.before.Offered) == 0 {
		sv = t.c.serviceOf(lastSlot(t.before.Focus))
	}
	if sv == nil || sv.named == nil || sv.binding == nil {
		return nil
	}
	for _, read := range []func(*service) ([]aside, error){t.relativeAmounts, t.pointings, t.otherValues, t.refusesAll} {
		found, err := read(sv)
		if err != nil {
			return err
		}
		for _, a := range found {
			if !slices.ContainsFunc(t.asides, func(o aside) bool { return a.start < o.end && o.start < a.end }) {
				t.asides = append(t.asides, a)
			}
		}
	}
	return nil
}

// withoutAsides is a message with blanks for its asides.
func (t *turn) withoutAsides(message string) string {
	if len(t.asides) == 0 || message != t.text {
		return message
	}
	for _, a := range t.asides {
		message = message[:a.start] + strings.Repeat(" ", a.end-a.start) + message[a.end:]
	}
	return message
}

// conclude adds what the asides say to what the tracker understood.
func (t *turn) conclude() {
	for _, a := range t.asides {
		for _, act := range a.acts {
			e := dst.Evidence{Turn: t.s.Turn, Source: dst.Span, Start: a.start, End: a.end, Text: t.text[a.start:a.end], From: a.from, P: 1}
			t.take(dst.Decision{Act: act, P: 1, Evidence: e})
		}
	}
}
