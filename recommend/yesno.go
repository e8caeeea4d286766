package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// ruleYesNo answers whether the thing talked about is as the user asks: "does
// it have NFC?", 有会议室吗, "is it under 5000?". Where nothing is talked about
// yet, or the message describes what is sought as well, the question is a
// search.
func (t *turn) ruleYesNo() (bool, error) {
	if t.describesProblem() {
		return false, nil
	}
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
		case len(ids) == 0 && x.service.named != nil && t.pointsAtNothing() && len(t.wished(x.service)) < telling && (d.Act.Kind == dst.Request || asksWhether(t.text, d.Evidence, false)):
			t.answered[i] = true
			t.told[x.service] = true
			t.s.Constraints = t.before.Constraints
			t.add(Step{Kind: StepNoThing})
			return false, nil
		case d.Act.Kind == dst.Request && (len(ids) == 0 || t.seeks(x.service) || t.describes(x.service, d.Evidence)):
			t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: d.Act.Slot, Op: d.Act.Op, Value: d.Act.Value})
			t.decisions[i].Act.Kind = dst.Inform
			continue
		case d.Act.Kind != dst.Request && (!t.boundAsked(x, d) || t.seeks(x.service)) || len(ids) == 0 || len(ids) > t.c.cfg.Offers:
			continue
		}
		t.answered[i] = true
		t.told[x.service] = true
		for _, id := range ids {
			if err := t.whether(x, d.Act, id); err != nil {
				return false, err
			}
		}
	}
	return false, nil
}

// telling is from how many wishes on a message describes what is sought, whatever
// else "it" may stand for in it: 想吃炒疙瘩，找一家能做这个的.
const telling = 3

// pointsAtNothing reports whether the message says "it" where nothing was
// talked about before.
func (t *turn) pointsAtNothing() bool {
	return t.points() && len(t.before.Offered)+len(t.before.Focus)+len(t.before.Constraints) == 0
}

// points reports whether the message speaks of a thing without its name: "it",
// 第二款.
func (t *turn) points() bool {
	words := strings.FieldsFunc(text.Fold(t.text), func(r rune) bool { return !unicode.IsLetter(r) })
	return containsAny(t.text, []string{"它", "这款", "这个", "这台", "这部", "那款", "那个", "第一", "第二", "第三"}) ||
		slices.ContainsFunc(words, func(w string) bool {
			return slices.Contains([]string{"it", "this", "that", "they", "these", "those"}, w)
		})
}

// boundAsked reports whether a bound is asked about rather than wished: "is it
// under 5000?".
func (t *turn) boundAsked(x *slot, d dst.Decision) bool {
	return d.Act.Kind == dst.Inform && isBound(d.Act.Op) && !t.describes(x.service, d.Evidence) && asksWhether(t.text, d.Evidence, t.selectedAny() != "")
}

// seeks reports whether the message says what a thing of the service must be
// like, or looks for one anew.
func (t *turn) seeks(sv *service) bool {
	return slices.ContainsFunc(t.wished(sv), func(i int) bool {
		d := t.decisions[i]
		return d.Act.Kind == dst.Forget || !t.boundAsked(t.c.slots[d.Act.Slot], d)
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
		return sv.names.things(value)
	}
	if value, ok := t.before.Focused(sv.named.full); ok {
		return sv.names.things(value)
	}
	return t.offeredIDs(sv)
}

// whether answers one such question from the facts. One that denies ("does it
// not have NFC?") is answered like the one that does not, as a bare yes or no
// to it could mean either. Where a thing has no value
// at all under a slot of single values, nothing is known; a list of features
// is taken to be complete.
func (t *turn) whether(x *slot, a dst.Act, id string) error {
	op := a.Op
	if op == dst.Add || op == dst.Ne {
		op = dst.Eq
	}
	w := t.c.wish(x, []dst.Constraint{{Slot: x.full, Op: op, Value: a.Value}})
	hits, err := t.c.cfg.Graph.Find(t.ctx, kg.Query{IDs: []string{id}, Where: w.where})
	if err != nil {
		return err
	}
	has, err := t.c.slotFacts(t.ctx, id, x, t.lang, 0)
	if err != nil {
		return err
	}
	phrase := t.c.phrase(x, t.lang)
	s := Step{Kind: StepNo, Thing: t.c.cfg.Graph.Name(t.ctx, id, t.lang), Op: op, Text: t.c.wordedSlot(x, a.Value, t.lang)}
	if !x.Multi {
		s.Label = t.c.label(x, t.lang)
		s.Facts = has[:min(len(has), maxTold)]
	}
	answer := Answer{Slot: x.full, Thing: id}
	told := dst.Act{Kind: dst.Inform, Slot: x.full, Op: op, Value: a.Value}
	switch {
	case len(hits) > 0:
		s.Kind, s.Facts = StepYes, matching(has, hits)
		s.Phrase = filled(phrase.Yes, s.Text)
		answer.Values = []string{a.Value}
		t.add(s, dst.Act{Kind: dst.Affirm}, told)
	case len(has) == 0 && !x.Multi:
		s.Kind = StepUnknown
		t.add(s)
	default:
		told.Op = opposite[op]
		s.Phrase = filled(phrase.No, s.Text)
		t.add(s, dst.Act{Kind: dst.Deny}, told)
	}
	t.answers = append(t.answers, answer)
	return nil
}

// phrase is how people say that a thing has a value of a slot; it is empty where
// they rather say what the slot is.
func (c *core) phrase(x *slot, lang string) Phrase {
	for _, name := range []string{x.full, x.Name} {
		if p, ok := c.cfg.Phrases[name][lang]; ok {
			return p
		}
	}
	switch {
	case !x.Multi:
		return Phrase{}
	case lang == "zh":
		return Phrase{"有%s", "没有%s"}
	}
	return Phrase{"has %s", "does not have %s"}
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
	questionsZh  = []string{"吗", "么", "嘛", "有没有", "有无", "是否", "是不是", "能不能", "能否", "可不可以", "支不支持", "带不带", "提供不提供", "提不提供"}
	questionEnds = []string{"吗", "么", "嘛", "没", "?", "？"}
	questionsEn  = []string{"does", "do", "is", "are", "has", "have", "can", "will", "did", "whether", "if"}
	seeksZh      = []string{"找", "推荐", "我要", "想要", "我想", "哪些", "哪家", "哪个", "哪款", "换", "别的", "其他", "其它"}
	seeksEn      = []string{"find", "recommend", "looking", "search", "want", "need", "which", "another", "other", "anything", "something", "any", "one", "ones", "you"}
)

// asksWhether reports whether the words around a value ask if it is so of the
// thing talked about, rather than describe what is sought.
func asksWhether(message string, e dst.Evidence, named bool) bool {
	if e.Source != dst.Span || e.End == 0 || e.End > len(message) {
		return false
	}
	clause, _ := clauseAround(message, e)
	if containsAny(clause, seeksZh) {
		return false
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

// describes reports whether 的 makes an attribute of the words of the evidence,
// as in 有五十元以下的吗 and 是否有150元的景点; 是防水的吗 asks, and so does
// 第二款有黑色的吗, of a thing that the message points at.
func (t *turn) describes(sv *service, e dst.Evidence) bool {
	clause, rest := clauseAround(t.text, e)
	if i := strings.Index(rest, "的"); i >= 0 && i <= len("块钱以下") && !strings.Contains(clause, "是") {
		asks := slices.ContainsFunc(questionEnds, func(end string) bool { return strings.HasPrefix(rest[i+len("的"):], end) })
		return !asks || t.selectedAny() == "" && !t.points()
	}
	return slices.ContainsFunc(append(sv.Aliases[:len(sv.Aliases):len(sv.Aliases)], sv.Name), func(w string) bool {
		return w != "" && strings.Contains(rest, "的"+w)
	})
}

// describesProblem reports whether a problem was explained and the message
// names no thing: its words then say what is wrong ("my screen is black") and
// ask nothing of the thing talked about before.
func (t *turn) describesProblem() bool { return t.helped && t.selectedAny() == "" }
