package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// redacted stands where a value stood.
const redacted = "…"

// unsound begins the Fallback of a text whose claims fail.
const unsound = "the generated text does not stand: "

// Redacted is the trace without what the user wrote, said or showed, and
// without any value: what is left says what kind of things happened and how
// sure the bot was, not of what was spoken. Slots, operators, probabilities,
// rules, counts, timings and the causes of failures stay. Errors of plug-ins
// stay as the plug-ins word them.
func (t Trace) Redacted() Trace {
	t.User, t.Text, t.Facts = "", "", nil
	t.Parts = slices.Clone(t.Parts)
	for i := range t.Parts {
		t.Parts[i] = t.Parts[i].redacted()
	}
	t.Decisions = slices.Clone(t.Decisions)
	for i := range t.Decisions {
		d := &t.Decisions[i]
		e := d.Evidence
		d.Act, d.Evidence, d.Reasons = hidden(d.Act), dst.Evidence{Turn: e.Turn, Source: e.Source, Via: e.Via, P: e.P}, nil
		d.Alternatives = slices.Clone(d.Alternatives)
		for j := range d.Alternatives {
			d.Alternatives[j].Act = hidden(d.Alternatives[j].Act)
		}
	}
	t.Queries = slices.Clone(t.Queries)
	for i := range t.Queries {
		t.Queries[i] = t.Queries[i].redacted()
	}
	t.Relaxed, t.Acts = hiddenAll(t.Relaxed), hiddenAll(t.Acts)
	if cause, _, ok := strings.Cut(t.Fallback, unsound); ok {
		t.Fallback = cause + strings.TrimSuffix(unsound, ": ")
	}
	t.Cut = slices.Clone(t.Cut)
	for i := range t.Cut {
		t.Cut[i] = Claim{Kind: t.Cut[i].Kind}
	}
	return t
}

func (p Percept) redacted() Percept {
	p.Name = ""
	p.Transcripts = slices.Clone(p.Transcripts)
	for i := range p.Transcripts {
		p.Transcripts[i].Text = ""
	}
	p.Refused = slices.Repeat([]string{redacted}, len(p.Refused))
	if len(p.Refused) == 0 {
		p.Refused = nil
	}
	if p.Description != nil {
		d := Description{Acts: slices.Clone(p.Description.Acts), Entities: slices.Clone(p.Description.Entities)}
		for i := range d.Acts {
			d.Acts[i].Act = hidden(d.Acts[i].Act)
		}
		for i := range d.Entities {
			d.Entities[i] = Entity{P: d.Entities[i].P}
		}
		p.Description = &d
	}
	return p
}

func (q Queried) redacted() Queried {
	q.Text, q.IDs = "", nil
	q.Where = slices.Clone(q.Where)
	for i, c := range q.Where {
		q.Where[i] = kg.Condition{Predicate: c.Predicate, Op: c.Op}
	}
	return q
}

// hidden is an act without its value.
func hidden(a dst.Act) dst.Act {
	if a.Value != "" && a.Value != dst.DontCare {
		a.Value = redacted
	}
	return a
}

func hiddenAll(acts []dst.Act) []dst.Act {
	acts = slices.Clone(acts)
	for i, a := range acts {
		acts[i] = hidden(a)
	}
	return acts
}
