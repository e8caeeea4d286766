package recommend

import (
	"slices"
	"strings"

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
			if err := t.answer(x, ids); err != nil {
				return false, err
			}
		}
	}
	for _, x := range t.asksFor() { // answered of a thing that was named: nothing more to say of it
		t.offered[x.service] = true
	}
	return false, nil
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
		return of.names.ids[value]
	}
	var out []string
	for _, sv := range t.c.services {
		if sv.names != nil {
			out = append(out, sv.names.ids[value]...)
		}
	}
	return out
}

// answer tells what things have under a slot. Of a few things that share a
// name it tells of each; of many it asks which.
func (t *turn) answer(x *slot, ids []string) error {
	if len(ids) > t.c.cfg.Offers {
		items, err := t.some(x.service, ids)
		if err != nil {
			return err
		}
		t.add(Step{Kind: StepWhich, Label: t.c.label(x, t.lang), Items: items, Count: len(ids)}, offers(x.service, items)...)
		return nil
	}
	for i, id := range ids {
		facts, acts, err := t.look(x, id)
		if err != nil {
			return err
		}
		s := Step{Kind: StepAnswer, Thing: t.thing(x, id), Label: t.c.label(x, t.lang), Facts: facts}
		s.Count = len(t.answers[len(t.answers)-1].Values)
		if len(facts) == 0 {
			s.Kind = StepUnknown
		}
		if value := x.service.valueOf(id); len(ids) > 1 && value != "" {
			acts = append([]dst.Act{{Kind: dst.Offer, Slot: x.service.named.full, Op: dst.Eq, Value: value}}, acts...)
		}
		if last := len(t.steps) - 1; i > 0 && sameAnswer(t.steps[last], s) {
			s.Thing = joined([]string{t.steps[last].Thing, s.Thing}, t.lang)
			s.Facts = append(t.steps[last].Facts[:len(s.Facts):len(s.Facts)], s.Facts...)
			t.steps = t.steps[:last]
		}
		t.add(s, acts...)
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
	return t.c.tell(t.ctx, id, x, t.c.label(x, t.lang), ends[:min(len(ends), maxTold)], t.lang), acts, nil
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

// ruleYesNo answers whether the thing talked about is as the user asks: "does
// it have NFC?", 有会议室吗, "is it under 5000?". Where nothing is talked about
// yet, or the message describes what is sought as well, the question is a
// search.
func (t *turn) ruleYesNo() (bool, error) {
	for i, d := range t.decisions {
		x := t.c.slots[d.Act.Slot]
		if x == nil || x.Names || x.service.binding == nil || x.hops == nil || d.Act.Op == "" || d.Act.Value == dst.DontCare {
			continue
		}
		ids := t.talkedAbout(x.service)
		switch {
		case d.Act.Kind == dst.Request && t.overlapped(i):
			t.answered[i] = true
			continue
		case d.Act.Kind == dst.Request && (len(ids) == 0 || t.seeks(x.service)):
			t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: d.Act.Slot, Op: d.Act.Op, Value: d.Act.Value})
			t.decisions[i].Act.Kind = dst.Inform
			continue
		case d.Act.Kind != dst.Request && !t.boundAsked(d) || len(ids) == 0 || len(ids) > t.c.cfg.Offers:
			continue
		}
		t.answered[i] = true
		t.offered[x.service] = true
		for _, id := range ids {
			if err := t.whether(x, d.Act, id); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// boundAsked reports whether a bound is asked about rather than wished: "is it
// under 5000?".
func (t *turn) boundAsked(d dst.Decision) bool {
	return d.Act.Kind == dst.Inform && isBound(d.Act.Op) && asksWhether(t.text, d.Evidence, t.selectedAny() != "")
}

// seeks reports whether the message says what a thing of the service must be
// like.
func (t *turn) seeks(sv *service) bool {
	return slices.ContainsFunc(t.wished(sv), func(i int) bool {
		return t.decisions[i].Act.Kind == dst.Inform && !t.boundAsked(t.decisions[i])
	})
}

// overlapped reports whether the words of a question stand for a slot that is
// asked about as well: "what accessories fit it?" does not ask whether it is an
// accessory.
func (t *turn) overlapped(i int) bool {
	e := t.decisions[i].Evidence
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		return d.Act.Kind == dst.Request && d.Act.Op == "" && d.Evidence.Start < e.End && e.Start < d.Evidence.End
	})
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

func (t *turn) selectedAny() string {
	for _, d := range t.decisions {
		if d.Act.Kind == dst.Select {
			return d.Act.Value
		}
	}
	return ""
}

// talkedAbout are the things that a question about the service may be about:
// named in the message or put to the user before it.
func (t *turn) talkedAbout(sv *service) []string {
	if sv.named == nil {
		return nil
	}
	if value, ok := t.selected(sv); ok {
		return sv.names.ids[value]
	}
	if value, ok := t.before.Focused(sv.named.full); ok {
		return sv.names.ids[value]
	}
	return t.offeredIDs(sv)
}

// whether answers one such question from the facts. Where a thing has no value
// at all under a slot of single values, nothing is known; a list of features
// is taken to be complete.
func (t *turn) whether(x *slot, a dst.Act, id string) error {
	a.Kind = dst.Inform
	op := a.Op
	if op == dst.Add {
		op = dst.Eq
	}
	w := t.c.wish(x, []dst.Constraint{{Slot: x.full, Op: op, Value: a.Value}})
	yes, err := t.c.meets(t.ctx, x.service, id, w)
	if err != nil {
		return err
	}
	has, err := t.c.slotFacts(t.ctx, id, x, t.lang, 0)
	if err != nil {
		return err
	}
	s := Step{Kind: StepNo, Thing: t.c.cfg.Graph.Name(t.ctx, id, t.lang), Op: op, Text: t.c.wordedSlot(x, a.Value, t.lang)}
	if !x.Multi {
		s.Label = t.c.label(x, t.lang)
	}
	answer := Answer{Slot: x.full, Thing: id}
	switch {
	case yes:
		s.Kind = StepYes
		q := kg.Query{IDs: []string{id}, Where: w.where}
		hits, err := t.c.cfg.Graph.Find(t.ctx, q)
		if err != nil {
			return err
		}
		s.Facts = matching(has, hits)
		answer.Values = []string{a.Value}
		t.add(s, dst.Act{Kind: dst.Affirm}, dst.Act{Kind: dst.Inform, Slot: x.full, Op: op, Value: a.Value})
	case len(has) == 0 && !x.Multi:
		s.Kind = StepUnknown
		t.add(s)
	default:
		if !x.Multi {
			s.Facts = has[:min(len(has), maxTold)]
		}
		t.add(s, dst.Act{Kind: dst.Deny}, dst.Act{Kind: dst.Inform, Slot: x.full, Op: opposite[op], Value: a.Value})
	}
	t.answers = append(t.answers, answer)
	return nil
}

// opposite is what holds where an operator does not.
var opposite = map[dst.Op]dst.Op{dst.Eq: dst.Ne, dst.Ne: dst.Eq, dst.Lt: dst.Ge, dst.Le: dst.Gt, dst.Gt: dst.Le, dst.Ge: dst.Lt, dst.Around: dst.Ne}

// matching keeps the facts that are the reason of a hit.
func matching(facts []Fact, hits []kg.Hit) []Fact {
	var out []Fact
	for _, f := range facts {
		for _, h := range hits {
			if slices.Contains(h.Why, f.Source) {
				out = append(out, f)
			}
		}
	}
	return out
}

// Words that make a question of a message, and words that make a search of it.
var (
	questionsZh = []string{"吗", "么", "嘛", "有没有", "有无", "是否", "是不是", "能不能", "能否", "可不可以", "支不支持", "带不带", "提供不提供", "提不提供"}
	questionsEn = []string{"does", "do", "is", "are", "has", "have", "can", "will", "did", "whether", "if"}
	seeksZh     = []string{"找", "推荐", "我要", "想要", "我想", "哪些", "哪家", "哪个", "哪款", "换", "别的", "其他", "其它"}
	seeksEn     = []string{"find", "recommend", "looking", "search", "want", "need", "which", "another", "other", "anything", "something", "any", "one", "ones", "you"}
)

// asksWhether reports whether the words around a value ask if it is so of the
// thing talked about, rather than describe what is sought.
func asksWhether(message string, e dst.Evidence, named bool) bool {
	if e.Source != dst.Span || e.End == 0 || e.End > len(message) {
		return false
	}
	clause, rest := clauseAround(message, e)
	if containsAny(clause, seeksZh) {
		return false
	}
	if i := strings.Index(rest, "的"); i >= 0 && i <= len("块钱以下") && !strings.Contains(clause, "是") {
		return false // 有五十元以下的吗
	}
	if containsAny(clause, questionsZh) {
		return true
	}
	words := strings.Fields(strings.ToLower(clause))
	asks := len(words) > 0 && (slices.Contains(questionsEn, words[0]) || slices.ContainsFunc(words, func(w string) bool { return w == "whether" || w == "if" }))
	if !asks || slices.ContainsFunc(words, func(w string) bool { return slices.Contains(seeksEn, strings.Trim(w, "?.,!")) }) {
		return false
	}
	return named || slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"it", "its", "this", "that", "they", "these", "those", "the", "he"}, strings.Trim(w, "?.,!"))
	})
}
