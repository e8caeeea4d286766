package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// ruleLive answers from live data: what the message asks of a service that is
// bound to a Lookup, or says in answer to a question about it.
func (t *turn) ruleLive() (bool, error) {
	if len(t.c.cfg.Live) == 0 {
		return false, nil
	}
	for _, sv := range t.c.services {
		if sv.live == nil {
			continue
		}
		if done, err := t.answersUnreached(sv); done || err != nil {
			return done, err
		}
		if !t.concerns(sv) {
			continue
		}
		t.takeKey(sv)
		if err := t.live(sv); err != nil {
			return false, err
		}
	}
	return len(t.steps) > 0 && !t.concernsOthers(), nil
}

// answersUnreached answers what the user says to the offer of a person, made
// where the live data could not be reached.
func (t *turn) answersUnreached(sv *service) (bool, error) {
	if !slices.Contains(t.before.System, dst.Act{Kind: dst.NoOffer, Slot: sv.Name}) || t.elsewhere() {
		return false, nil
	}
	switch {
	case t.said(dst.Affirm):
		return true, t.handOver()
	case t.said(dst.Deny):
		t.add(Step{Kind: StepFine})
		return true, nil
	}
	return false, nil
}

// concerns reports whether the message is about the service: asks for a value,
// names a record, or fails to answer the bot's question for one. Where the
// message tells of a problem or of a thing besides, less does not suffice: "how
// do I cancel my order" asks for an article, "I want to order it" buys.
func (t *turn) concerns(sv *service) bool {
	weak := t.intent.want != "" && t.c.serviceOf(t.intent.want) == sv
	for _, d := range t.decisions {
		switch {
		case !t.of(d, sv):
		case d.Act.Kind == dst.Request && d.Act.Op == "", d.Act.Slot == sv.full(sv.live.Key):
			return true
		default:
			weak = true
		}
	}
	if weak {
		return !t.intent.help && !t.concernsOthers()
	}
	asked := slices.ContainsFunc(t.before.System, func(a dst.Act) bool {
		return a.Kind == dst.Ask && t.c.slots[a.Slot] != nil && t.c.slots[a.Slot].service == sv
	})
	return asked && len(t.decisions) == 0 && t.intent == (label{})
}

// of reports whether a decision is about the service.
func (t *turn) of(d dst.Decision, sv *service) bool {
	switch d.Act.Kind {
	case dst.Inform, dst.Request, dst.Select, dst.Forget:
		x := t.c.slots[d.Act.Slot]
		return x != nil && x.service == sv
	case dst.Want:
		return t.c.serviceOf(d.Act.Slot) == sv
	}
	return false
}

// concernsOthers reports whether the message is also about what the graph knows.
func (t *turn) concernsOthers() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		x := t.c.slots[d.Act.Slot]
		return x != nil && x.service.live == nil && d.Act.Kind != dst.Want
	})
}

// takeKey makes a record that was chosen from several the one that is spoken of.
func (t *turn) takeKey(sv *service) {
	key := sv.full(sv.live.Key)
	for _, d := range t.decisions {
		if d.Act.Kind == dst.Select && d.Act.Slot == key {
			t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: key, Op: dst.Eq, Value: d.Act.Value})
		}
	}
}

// live asks for what a call needs, or calls and tells what came of it.
func (t *turn) live(sv *service) error {
	t.told[sv] = true
	t.dropQuestions(sv)
	q := LookupRequest{Service: sv.Name, Values: map[string]string{}, Lang: t.lang}
	for _, x := range sv.slots {
		if value, ok := t.s.Get(x.full); ok && value != dst.DontCare {
			q.Values[x.Name] = value
			t.confided = t.confided || x.Sensitive
		}
		if x.Required && q.Values[x.Name] == "" {
			return t.askLive(sv, x)
		}
	}
	asked := t.asksLive(sv)
	for _, d := range asked {
		if name := t.c.slots[d.Act.Slot].Name; !slices.Contains(q.Asked, name) {
			q.Asked = append(q.Asked, name)
		}
	}
	records, err := t.lookUp(sv, q)
	switch {
	case t.ctx.Err() != nil:
		return t.ctx.Err()
	case err != nil:
		t.add(Step{Kind: StepUnreached, Label: t.c.serviceWord(sv.Name, t.lang)}, dst.Act{Kind: dst.NoOffer, Slot: sv.Name})
		return nil
	case len(records) == 0:
		return t.notFound(sv)
	case len(records) > 1:
		return t.whichRecord(sv, records)
	}
	return t.tellRecord(sv, records[0], asked)
}

// dropQuestions takes out of the state what was asked about and not said.
func (t *turn) dropQuestions(sv *service) {
	for _, d := range t.asksLive(sv) {
		if d.Act.Kind == dst.Inform {
			t.s = t.s.Apply(dst.Act{Kind: dst.Forget, Slot: d.Act.Slot})
		}
	}
}

// askLive asks for a slot that a call needs, and hands over where it was asked
// for too often.
func (t *turn) askLive(sv *service, x *slot) error {
	if t.c.tracker.Next(t.s).Kind == dst.Human {
		return t.handOver()
	}
	t.repeatQuestion(x)
	return nil
}

// asksLive are the decisions that ask about a service: for a value, or whether
// it is the given one. Nobody says what live data should be, so that a value
// which no call needs is a question, too: "has it shipped?"
func (t *turn) asksLive(sv *service) []dst.Decision {
	var out []dst.Decision
	for _, d := range t.decisions {
		x := t.c.slots[d.Act.Slot]
		if x == nil || x.service != sv || x.Name == sv.live.Key || x.Required {
			continue
		}
		if d.Act.Kind == dst.Request || d.Act.Kind == dst.Inform {
			out = append(out, d)
		}
	}
	asked := slices.ContainsFunc(t.before.System, func(a dst.Act) bool { return a.Kind == dst.Ask && a.Slot == sv.full(sv.live.Key) })
	if len(out) > 0 || !asked {
		return out
	}
	for _, name := range t.before.Requested { // before the bot asked for the key
		if x := t.c.slots[name]; x != nil && x.service == sv {
			out = append(out, dst.Decision{Act: dst.Act{Kind: dst.Request, Slot: name}})
		}
	}
	return out
}

// notFound says that there is no such record and asks for its key again.
func (t *turn) notFound(sv *service) error {
	x := sv.slot(sv.live.Key)
	value, given := t.s.Get(x.full)
	s := Step{Kind: StepNotFound, Thing: t.c.serviceWord(sv.Name, t.lang)}
	if !given {
		t.add(s, dst.Act{Kind: dst.NoOffer, Slot: x.full})
		return nil
	}
	s.Label, s.Text = t.c.label(x, t.lang), t.c.wordedSlot(x, value, t.lang)
	t.s = t.s.Apply(dst.Act{Kind: dst.Forget, Slot: x.full})
	t.add(s, dst.Act{Kind: dst.NoOffer, Slot: x.full}, dst.Act{Kind: dst.Ask, Slot: x.full})
	return nil
}

// whichRecord puts several records to the user.
func (t *turn) whichRecord(sv *service, records []Record) error {
	s := Step{Kind: StepWhichRecord, Count: len(records)}
	var acts []dst.Act
	key := sv.full(sv.live.Key)
	for _, r := range records {
		item := t.recordItem(sv, r)
		s.Items = append(s.Items, item)
		acts = append(acts, dst.Act{Kind: dst.Offer, Slot: key, Op: dst.Eq, Value: r.Key})
	}
	t.add(s, acts...)
	return nil
}

// tellRecord tells what was asked about a record, or what is shown of one.
func (t *turn) tellRecord(sv *service, r Record, asked []dst.Decision) error {
	t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: sv.full(sv.live.Key), Op: dst.Eq, Value: r.Key})
	name := t.recordName(sv, r)
	if len(asked) == 0 {
		t.add(Step{Kind: StepRecord, Items: []Item{t.recordItem(sv, r)}}, informed(sv.full(sv.live.Key), r.Key))
		return nil
	}
	var seen []*slot
	for _, d := range asked {
		x := t.c.slots[d.Act.Slot]
		if slices.Contains(seen, x) {
			continue
		}
		seen = append(seen, x)
		facts := t.recordFacts(sv, r, x)
		var values []string
		for _, v := range r.Values[x.Name] {
			values = append(values, t.c.slotValue(x, v))
		}
		t.answers = append(t.answers, Answer{Slot: x.full, Thing: r.Key, Values: values})
		s := Step{Thing: name, Label: t.c.label(x, t.lang), Facts: facts}
		switch {
		case len(facts) == 0:
			s.Kind = StepUnknown
			t.add(s)
		case d.Act.Op != "" && slices.Contains(values, d.Act.Value):
			s.Kind, s.Text = StepYes, t.c.wordedSlot(x, d.Act.Value, t.lang)
			s.Phrase = filled(t.c.phrase(x, t.lang).Yes, s.Text)
			t.add(s, dst.Act{Kind: dst.Affirm}, informed(x.full, d.Act.Value))
		case d.Act.Op != "":
			s.Kind = StepNo
			t.add(s, dst.Act{Kind: dst.Deny}, informed(x.full, values[0]))
		default:
			s.Kind = StepAnswer
			t.add(s, informed(x.full, values[0]))
		}
	}
	return nil
}
