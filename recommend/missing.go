package recommend

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// ruleMissing notices a model that there is not, such as "iPhone 99": it says
// so and offers the nearest names. What the tracker took the number for is
// read again without it.
func (t *turn) ruleMissing() (bool, error) {
	toks := text.Tokens(t.text)
	for _, sv := range t.c.services {
		if sv.names == nil {
			continue
		}
		start, end, ok := sv.names.unknownModel(toks, t.explained)
		if !ok {
			start, end, ok = t.unknownVariant(sv, toks)
		}
		if !ok {
			continue
		}
		name := strings.Join(strings.Fields(t.text[start:end]), " ")
		if err := t.rereadWithout(start, end); err != nil {
			return false, err
		}
		ids, err := t.nearestNames(sv, name)
		if err != nil {
			return false, err
		}
		items, err := t.some(sv, ids)
		if err != nil {
			return false, err
		}
		t.offered[sv] = true
		acts := append([]dst.Act{{Kind: dst.NoOffer, Slot: sv.Name}}, offers(sv, items)...)
		t.add(Step{Kind: StepMissing, Text: name, Items: items}, acts...)
		return false, nil
	}
	return false, nil
}

// unknownVariant finds a thing that the message names with a word more than any
// name has.
func (t *turn) unknownVariant(sv *service, toks []text.Token) (start, end int, ok bool) {
	for _, e := range t.nameSpans() {
		first := slices.IndexFunc(toks, func(tok text.Token) bool { return tok.Start >= e.Start })
		last := first
		for first >= 0 && last < len(toks) && toks[last].End <= e.End {
			last++
		}
		if first < 0 || last == first {
			continue
		}
		if end, ok = sv.names.unknownVariant(toks, first, last, t.understood); ok {
			return e.Start, end, true
		}
	}
	return 0, 0, false
}

// understood reports whether a word is part of something understood.
func (t *turn) understood(tok text.Token) bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Evidence.Source == dst.Span && d.Evidence.Start <= tok.Start && tok.End <= d.Evidence.End
	})
}

// explained reports whether a number is part of something understood. A bare
// number that was taken for a value is not sure enough.
func (t *turn) explained(tok text.Token) bool {
	for _, d := range t.decisions {
		e := d.Evidence
		if e.Source != dst.Span || e.Start > tok.Start || e.End < tok.End || e.End == 0 {
			continue
		}
		bare := e.Start == tok.Start && e.End == tok.End
		if !bare || d.Act.Op != dst.Eq && d.Act.Op != dst.Add && d.Act.Op != dst.Around {
			return true
		}
	}
	rest := text.Tokens(strings.ToValidUTF8(t.text[tok.End:min(len(t.text), tok.End+24)], ""))
	if len(rest) == 0 {
		return false
	}
	return len(text.LookupUnits(rest[0].Text)) > 0 || rest[0].Kind == text.Han && isMeasure(rest[0].Text)
}

func isMeasure(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return slices.Contains([]rune("台部个款件只张年月日号点元块寸折万千百"), r)
}

func (t *turn) rereadWithout(start, end int) error {
	blank := make([]byte, end-start)
	for i := range blank {
		blank[i] = ' '
	}
	t.asks = nil
	in := dst.Turn{User: t.text[:start] + string(blank) + t.text[end:], Proposals: t.proposals}
	return t.track(in)
}

// nearestNames are the things whose names are closest to a text: those that
// begin like it, or else those that are linked to it or share words with it.
func (t *turn) nearestNames(sv *service, name string) ([]string, error) {
	if ids, err := t.sameStem(sv, name); len(ids) > 0 || err != nil {
		return ids, err
	}
	links, err := t.c.cfg.Graph.Link(t.ctx, name, &kg.LinkOptions{MaxCandidates: 100})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, l := range links {
		for _, k := range l.Candidates {
			if _, own := sv.names.value[k.ID]; own && !slices.Contains(out, k.ID) {
				out = append(out, k.ID)
			}
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	hits, err := t.c.cfg.Graph.Search(t.ctx, name, &kg.SearchOptions{Predicates: t.c.cfg.Names})
	for _, h := range hits {
		if _, own := sv.names.value[h.ID]; own {
			out = append(out, h.ID)
		}
	}
	return out, err
}
