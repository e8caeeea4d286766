package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// maxBeside is how many words may stand beside the name of a slot that is all
// that a message says: "and what about the battery".
const maxBeside = 4

// readBare reads a message in which nothing was understood and that hardly says
// more than the name of a slot ("and the weight?") as a question for it, where
// things are talked about that have it.
func (t *turn) readBare() {
	taken := t.intent // a bare word is easily taken for a bare yes or no
	if taken.act == dst.Affirm || taken.act == dst.Deny {
		taken.act = ""
	}
	if len(t.decisions) > 0 || taken != (label{}) || t.c.cfg.Classifier != nil && !t.scope {
		return
	}
	sv := t.active()
	if sv == nil || len(t.referents(sv)) == 0 {
		return
	}
	toks := slices.DeleteFunc(text.Tokens(clipped(t.text)), func(tok text.Token) bool { return tok.Kind == text.Symbol })
	x, first, last := sv.mentioned(toks)
	if x == nil || len(toks)-(last-first) > maxBeside {
		return
	}
	start, end := toks[first].Start, toks[last-1].End
	a := dst.Act{Kind: dst.Request, Slot: x.full}
	e := dst.Evidence{Turn: t.s.Turn, Source: dst.Span, Start: start, End: end, Text: t.text[start:end]}
	t.s = t.s.Apply(a)
	t.decisions = append(t.decisions, dst.Decision{Act: a, Evidence: e, P: 1})
	t.trace.Decisions = t.decisions
}

// mentioned finds the slot that the longest run of the tokens is a name of.
func (sv *service) mentioned(toks []text.Token) (x *slot, first, last int) {
	for _, y := range sv.slots {
		if y.hops == nil || y.Names || y.via != nil {
			continue
		}
		for _, name := range append(y.Aliases[:len(y.Aliases):len(y.Aliases)], y.Name) {
			words := text.Tokens(name)
			for i := 0; len(words) > last-first && i+len(words) <= len(toks); i++ {
				if slices.EqualFunc(words, toks[i:i+len(words)], func(a, b text.Token) bool { return a.Text == b.Text }) {
					x, first, last = y, i, i+len(words)
				}
			}
		}
	}
	return x, first, last
}
