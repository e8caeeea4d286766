package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// maxTold is the number of values of one slot that a text tells; Reply.Answers
// has them all.
const maxTold = 5

// ruleRequests answers what the user asks about: of the thing that the message
// names, of the one in focus, of those just offered, or of what is found by
// the wishes in the same message.
func (t *turn) ruleRequests() (bool, error) {
	if t.describesProblem() {
		return false, nil
	}
	for _, x := range t.asksFor() {
		sv := x.service
		_, named := t.selected(sv)
		ids := t.referents(sv)
		if x.via != nil {
			ids = t.named(x.via)
		}
		switch {
		case t.offered[sv]: // told with what was offered
		case x.via == nil && (len(t.wished(sv)) > 0 && !named || x.Names || len(ids) == 0 && len(t.c.wishes(t.s, sv)) > 0):
			if err := t.offer(sv, nil); err != nil {
				return false, err
			}
		case len(ids) == 0 && x.via != nil:
			t.ask(x.via)
		case len(ids) == 0:
			t.add(Step{Kind: StepNoThing, Label: t.c.label(x, t.lang)})
		default:
			if err := t.answerAll(x, ids); err != nil {
				return false, err
			}
		}
	}
	for _, x := range t.asksFor() { // answered of a thing that was named: nothing more to say of it
		t.told[x.service] = true
	}
	return false, nil
}

// answerAll answers for the things of a slot, and for those of other services
// that the message names beside them, where the same words mean a slot of
// theirs: the stations of the hotel and of the restaurant.
func (t *turn) answerAll(x *slot, ids []string) error {
	if _, named := t.selected(x.service); named && x.via == nil {
		for _, sv := range t.c.services {
			value, also := t.selected(sv)
			if !also || sv == x.service || sv.binding == nil {
				continue
			}
			for _, y := range sv.slots {
				if y.hops != nil && y.Of == "" && sameWords(x, y) && !slices.Contains(t.asksFor(), y) {
					if err := t.answer(y, t.which(sv, value)); err != nil {
						return err
					}
				}
			}
		}
	}
	return t.answer(x, ids)
}

// inFocus is the slot that was asked about, or, where nothing of its service
// is talked about or wished, the slot that the same words mean of the thing in
// focus: "its phone number" after a hotel was offered.
func (t *turn) inFocus(x *slot) *slot {
	if x == nil || x.service.binding == nil || x.via != nil || len(t.referents(x.service)) > 0 || len(t.c.wishes(t.s, x.service)) > 0 {
		return x
	}
	for i := len(t.s.Focus) - 1; i >= 0; i-- {
		f := t.c.slots[t.s.Focus[i].Slot]
		if f == nil || f.service.binding == nil {
			continue
		}
		for _, y := range f.service.slots {
			if y.hops != nil && sameWords(x, y) {
				return y
			}
		}
	}
	return x
}

func sameWords(x, y *slot) bool {
	return slices.ContainsFunc(append(x.Aliases[:len(x.Aliases):len(x.Aliases)], x.Name), func(w string) bool {
		return slices.ContainsFunc(append(y.Aliases[:len(y.Aliases):len(y.Aliases)], y.Name), func(v string) bool { return text.Key(w) == text.Key(v) })
	})
}

// named are the things that the value of a slot stands for, of whatever
// service has a thing of that name.
func (t *turn) named(x *slot) []string {
	value, ok := t.s.Get(x.full)
	if !ok {
		return nil
	}
	if of := t.c.service(x.Of); x.Of != "" && of != nil && of.names != nil {
		return of.names.things(value)
	}
	var out []string
	for _, sv := range t.c.services {
		if sv.names != nil {
			out = append(out, sv.names.things(value)...)
		}
	}
	return distinct(out) // services may share things
}

// answer tells what things have under a slot. Of a few things that share a
// name it tells of each; of many it asks which.
func (t *turn) answer(x *slot, ids []string) error {
	if len(ids) > t.c.cfg.Offers && x.service.named != nil {
		items, err := t.some(x.service, ids)
		if err != nil {
			return err
		}
		t.add(Step{Kind: StepWhich, Label: t.c.label(x, t.lang), Items: items, Count: len(ids)}, offers(x.service, items)...)
		return nil
	}
	var same []string // names of the things that the last step is about
	for i, id := range ids {
		facts, acts, err := t.look(x, id)
		if err != nil {
			return err
		}
		s := Step{Kind: StepAnswer, Thing: t.thing(x, id), Label: t.c.label(x, t.lang), Facts: facts}
		if n := len(t.answers[len(t.answers)-1].Values); n > maxTold {
			s.Count = n
		}
		if len(facts) == 0 {
			s.Kind = StepUnknown
		}
		if value := x.service.valueOf(id); len(ids) > 1 && value != "" {
			acts = append([]dst.Act{{Kind: dst.Offer, Slot: x.service.named.full, Op: dst.Eq, Value: value}}, acts...)
		}
		if last := len(t.steps) - 1; i > 0 && sameAnswer(t.steps[last], s) {
			same = append(same, s.Thing)
			s.Each = len(distinct(same)) > 1
			s.Thing = joined(distinct(same), t.lang) // things of two services may bear one name
			s.Facts = slices.Concat(t.steps[last].Facts, s.Facts)
			t.steps = t.steps[:last]
		} else {
			same = []string{s.Thing}
		}
		t.add(s, acts...)
	}
	if len(ids) == 1 && t.steps[len(t.steps)-1].Kind == StepUnknown {
		return t.offerKnown(x, ids[0])
	}
	return nil
}

// thing is the name of a thing, "" of one that its service has no names for.
func (t *turn) thing(x *slot, id string) string {
	if x.service.named == nil && x.via == nil {
		return ""
	}
	return t.c.cfg.Graph.Name(t.ctx, id, t.lang)
}

// valueOf is what acts call a thing, "" where its service names none.
func (sv *service) valueOf(id string) string {
	if sv.named == nil || sv.names == nil {
		return ""
	}
	return sv.names.value[id]
}

// sameAnswer reports whether two things have the same values.
func sameAnswer(a, b Step) bool {
	return a.Kind == b.Kind && a.Label == b.Label && a.Count == b.Count && slices.Equal(distinct(values(a.Facts)), distinct(values(b.Facts)))
}

func distinct(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// look reads what a thing has under a slot: the facts to tell with their acts.
// The complete answer goes to Reply.Answers.
func (t *turn) look(x *slot, id string) ([]Fact, []dst.Act, error) {
	ends, err := t.c.walk(t.ctx, id, x.hops, t.lang)
	if err != nil {
		return nil, nil, err
	}
	if ends, err = t.bestFirst(x, ends); err != nil {
		return nil, nil, err
	}
	a := Answer{Slot: x.full, Thing: id}
	var acts []dst.Act
	for i, e := range ends {
		value := t.c.slotValue(x, e.value)
		a.Values = append(a.Values, value)
		if i < maxTold {
			acts = append(acts, dst.Act{Kind: dst.Inform, Slot: x.full, Op: dst.Eq, Value: value})
		}
	}
	t.answers = append(t.answers, a)
	t.path = append(t.path, onTheWay(ends[:min(len(ends), maxTold)])...)
	return some(t.c.tell(t.ctx, id, x, t.c.label(x, t.lang), ends, t.lang)), acts, nil
}

// bestFirst ranks related things as their own service ranks what it offers.
func (t *turn) bestFirst(x *slot, ends []end) ([]end, error) {
	of := t.c.service(x.Of)
	if x.Of == "" || of == nil || of.binding == nil || len(of.binding.Order) == 0 || len(ends) < 2 {
		return ends, nil
	}
	q := kg.Query{IDs: []string{}, Order: of.binding.Order}
	for _, e := range ends {
		if id, ok := e.value.ID(); ok {
			q.IDs = append(q.IDs, id)
		}
	}
	hits, err := t.c.cfg.Graph.Find(t.ctx, q)
	if err != nil {
		return nil, err
	}
	rank := make(map[string]int, len(hits))
	for i, h := range hits {
		rank[h.ID] = i - len(hits) // those that are not found come last
	}
	slices.SortStableFunc(ends, func(a, b end) int {
		x, _ := a.value.ID()
		y, _ := b.value.ID()
		return rank[x] - rank[y]
	})
	return ends, nil
}

// asksFor lists the slots whose value the user asks for, rather than whether
// it is a given one; see inFocus.
func (t *turn) asksFor() []*slot {
	if t.asks != nil {
		return t.asks
	}
	t.asks = []*slot{}
	for _, d := range t.decisions {
		if x := t.inFocus(t.c.slots[d.Act.Slot]); d.Act.Kind == dst.Request && d.Act.Op == "" && x != nil && x.service.binding != nil && !slices.Contains(t.asks, x) {
			t.asks = append(t.asks, x)
		}
	}
	return t.asks
}
