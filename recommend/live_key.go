package recommend

import (
	"slices"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// maxBesideKey is how many words may stand beside a bare key.
const maxBesideKey = 2

// readKey reads a bare number as the key of another record, where a record of
// as long a key was spoken of and nothing is offered or asked about otherwise:
// after order 1042, "and 1044?" is no price.
func (t *turn) readKey() {
	if slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Offer || a.Kind == dst.Ask }) {
		return
	}
	for _, sv := range t.c.services {
		if sv.live == nil {
			continue
		}
		x := sv.slot(sv.live.Key)
		last, known := t.before.Get(x.full)
		if !known || slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Slot == x.full }) {
			continue
		}
		tok, value, words := bareKey(x, t.text)
		if value == "" || !t.speaksOf(sv, tok, words) || utf8.RuneCountInString(value) != utf8.RuneCountInString(last) {
			continue
		}
		for _, d := range slices.Clone(t.decisions) {
			if y := t.c.slots[d.Act.Slot]; y != nil && y.service != sv && overlaps(d.Evidence, tok) {
				t.unsay(d)
			}
		}
		e := dst.Evidence{Turn: t.s.Turn, Source: dst.Span, Start: tok.Start, End: tok.End, Text: t.text[tok.Start:tok.End], P: 1}
		t.take(dst.Decision{Act: informed(x.full, value), P: 1, Evidence: e})
		return
	}
}

// speaksOf reports whether a message with a bare key asks something of the
// service, or says little else: nothing of other services, no bound and no amount.
func (t *turn) speaksOf(sv *service, key text.Token, words int) bool {
	msg := dst.NewText(t.text, t.c.cfg.Now())
	asks := words <= maxBesideKey
	for _, d := range t.decisions {
		y := t.c.slots[d.Act.Slot]
		switch {
		case y == nil:
		case y.service == sv:
			asks = true
		case !overlaps(d.Evidence, key), isBound(d.Act.Op), y.Type != nil && mentionAt(y, msg, d.Evidence).Score == 1:
			return false
		}
	}
	return asks
}

func overlaps(e dst.Evidence, tok text.Token) bool {
	return e.Source == dst.Span && e.Start < tok.End && tok.Start < e.End
}

// bareKey is the only number of a message as a key, with how many words stand
// beside it.
func bareKey(x *slot, message string) (key text.Token, value string, words int) {
	for _, tok := range text.Tokens(clipped(message)) {
		switch {
		case tok.Kind == text.Number && key.End > 0:
			return key, "", 0
		case tok.Kind == text.Number:
			key = tok
		case tok.Kind != text.Symbol:
			words++
		}
	}
	if key.End == 0 || x.Type == nil {
		return key, "", 0
	}
	for _, m := range x.Type.Find(dst.NewText(message[key.Start:key.End], time.Time{})) {
		return key, m.Value, words
	}
	return key, "", 0
}
