package recommend

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// keepsKind takes back the new search that a message seems to open, by "another"
// and a value, where it does not say what kind of thing is sought: "another
// thing: at least 6 inches" adds to the search for a phone. A new search of a
// service with several kinds names one.
func (t *turn) keepsKind(s dst.State, decisions []dst.Decision) (dst.State, []dst.Decision) {
	for _, sv := range t.c.services {
		if sv.kindly == nil || !t.before.Filled(sv.kindly.full) {
			continue
		}
		about := func(d dst.Decision) bool { return d.Act.Slot == sv.kindly.full && d.Act.Kind != dst.Forget }
		if !slices.ContainsFunc(decisions, anew(sv.kindly)) || slices.ContainsFunc(decisions, about) {
			continue
		}
		var kept []dst.Decision
		for _, d := range decisions {
			x := t.c.slots[d.Act.Slot]
			if x == nil || x.service != sv || !anew(x)(d) {
				kept = append(kept, d)
				continue
			}
			if slices.ContainsFunc(decisions, func(other dst.Decision) bool { return other.Act.Slot == d.Act.Slot && other.Act.Kind != dst.Forget }) {
				continue // the message says what is wished of it now
			}
			s.Constraints = append(slices.Clone(s.Constraints), t.before.Of(x.full)...)
		}
		slices.SortStableFunc(s.Constraints, func(a, b dst.Constraint) int { return strings.Compare(a.Slot, b.Slot) })
		decisions = kept
	}
	return s, decisions
}

// anew finds the decision of a new search to forget a slot.
func anew(x *slot) func(dst.Decision) bool {
	return func(d dst.Decision) bool {
		return d.Act.Kind == dst.Forget && d.Act.Slot == x.full && len(d.Reasons) == 1 && d.Reasons[0].Text == "a new search"
	}
}

// ruleRestated offers again what fits where the message says only what is
// wished for already: it changes nothing, so that the tracker finds no act in
// it, but it was understood.
func (t *turn) ruleRestated() (bool, error) {
	if len(t.steps) > 0 || !t.restates() {
		return false, nil
	}
	return true, t.offer(t.active(), nil)
}

// restates reports whether the message, which does nothing else, has a value
// that is wished for already, or speaks of a slot that was said not to matter,
// and is no question.
func (t *turn) restates() bool {
	sv := t.active()
	if sv == nil || sv.binding == nil || strings.ContainsAny(t.text, "?？") || slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind != dst.Affirm && d.Act.Kind != dst.Deny }) {
		return false
	}
	return len(t.wishedAgain(sv)) > 0 && t.plain() || t.indifferentAgain(sv)
}

// wishedAgain finds the values in the message that are wished for already.
func (t *turn) wishedAgain(sv *service) []dst.Mention {
	var out []dst.Mention
	txt := dst.NewText(clipped(t.text), t.c.cfg.Now())
	for _, x := range sv.slots {
		if x.Names || x.Type == nil || !t.s.Filled(x.full) {
			continue
		}
		for _, m := range x.Type.Find(txt) {
			if m.Score >= wholeName && slices.ContainsFunc(t.s.Of(x.full), func(k dst.Constraint) bool { return k.Value == m.Value && k.Op != dst.Ne }) {
				out = append(out, m)
			}
		}
	}
	return out
}

// indifferentAgain reports whether the message says once more that a slot does
// not matter.
func (t *turn) indifferentAgain(sv *service) bool {
	folded := text.Fold(t.text)
	return containsAny(folded, anyWords) && slices.ContainsFunc(sv.slots, func(x *slot) bool {
		value, _ := t.s.Get(x.full)
		return value == dst.DontCare && containsAny(folded, x.Aliases)
	})
}

// plain reports whether the message holds nothing but values, what slots are
// called, and the words in which wishes and changes of mind are made:
// "actually, the screen size should be 6.5 inches". Such a message tells of no
// problem and is within what the agent is for, whatever the classifier says.
func (t *turn) plain() bool {
	sv := t.active()
	if sv == nil {
		return false
	}
	rest := []byte(strings.ToLower(clipped(t.text)))
	blank := func(start, end int) {
		for i := max(start, 0); i < min(end, len(rest)); i++ {
			rest[i] = ' '
		}
	}
	found := false
	for _, d := range t.decisions {
		if e := d.Evidence; e.Source == dst.Span && e.End > e.Start && d.Act.Kind == dst.Inform {
			found = true
			blank(e.Start, e.End)
		}
	}
	for _, m := range t.wishedAgain(sv) {
		found = true
		blank(m.Start, m.End)
	}
	if !found {
		return false
	}
	for _, x := range sv.slots {
		for _, alias := range x.Aliases {
			if i := bytes.Index(rest, []byte(strings.ToLower(alias))); i >= 0 {
				blank(i, i+len(alias))
			}
		}
	}
	return !slices.ContainsFunc(text.Tokens(string(rest)), func(tok text.Token) bool {
		return tok.Kind == text.Word && !plainWords[tok.Text] || tok.Kind == text.Han && !strings.Contains(plainHan, tok.Text)
	})
}

// plainWords and plainHan are words and characters that add nothing to a value
// that is wished for.
var (
	plainWords = set("a|an|the|i|i'd|i'll|i'm|me|it|its|one|ones|this|that|is|be|in|of|for|with|and|but|so|to|my|as|like|want|need|prefer|take|get|have|go|make|looking|look|let|let's|lets|us|should|must|would|will|can|please|only|just|rather|actually|instead|oh|no|not|ok|okay|well|hmm|wait|sorry|said|say|mean|meant|again|also|more|what|what's|something|anything|thing|preferably|ideally|mind|changed|second|thought|thoughts|d|ll|m|s|correction|listen|told|you|use|any|do|made|mistake|after|all|fine|then|set")
	plainHan   = "为类种我要想的是了吧就最好还有另外也再个款只得必须应该希望喜欢换改成不对说错啊哦嗯那么请给来这此加上一条下听好补充意思等重新主意可以"
)

func set(words string) map[string]bool {
	out := map[string]bool{}
	for word := range strings.SplitSeq(words, "|") {
		out[word] = true
	}
	return out
}

// answersAsk reports whether the message fills a slot that the bot has just
// asked for: "a laptop" says what is looked for and not what is broken.
func (t *turn) answersAsk() bool {
	return slices.ContainsFunc(t.before.System, func(a dst.Act) bool {
		return a.Kind == dst.Ask && a.Slot != "" && slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Kind == dst.Inform && d.Act.Slot == a.Slot })
	})
}

// indifferent reports whether the message says that a slot does not matter,
// which nobody says of what gives trouble.
func (t *turn) indifferent() bool {
	return slices.ContainsFunc(t.decisions, func(d dst.Decision) bool { return d.Act.Value == dst.DontCare })
}

// What makes a thing that is named what the sought one is for.
var (
	forBefore = regexp.MustCompile(`(?i)(?:\b(?:for|fits?|compatible with|works? with)(?:\s+(?:my|the|an?))?|给|适合|适配|兼容|能?配)\s*$`)
	forBehind = regexp.MustCompile(`^\s*(?:上?能用|可以用|用得了|用)`)
)

// keptKind is the kind sought before, where the message only names what that is
// to be for: "for the iPhone 15", after chargers were offered.
func (t *turn) keptKind(sv *service) (dst.Act, bool) {
	if sv.kindly == nil || sv.named == nil {
		return dst.Act{}, false
	}
	value, ok := t.s.Get(sv.kindly.full)
	ok = ok && slices.ContainsFunc(t.decisions, func(d dst.Decision) bool {
		e := d.Evidence
		if d.Act.Slot != sv.named.full || e.Source != dst.Span || e.Start < 0 || e.End > len(t.text) {
			return false
		}
		return forBefore.MatchString(t.text[:e.Start]) || forBehind.MatchString(t.text[e.End:])
	})
	return dst.Act{Kind: dst.Inform, Slot: sv.kindly.full, Op: dst.Eq, Value: value}, ok
}

// buyWords say that what is named beside them is chosen.
var buyWords = []string{"i'll take", "i'll have", "i'll buy", "i choose", "go with", "buy", "我买", "就买", "就要", "我选", "就选", "下单", "决定", "给我来"}

// wantsNamed reports whether a thing that is named is chosen, rather than to be
// told of: it was talked about before and the message asks nothing, or says so.
func (t *turn) wantsNamed(sv *service, value string) bool {
	if strings.ContainsAny(t.text, "?？") || containsAny(t.text, questionsZh) {
		return false
	}
	focus, ok := t.before.Focused(sv.named.full)
	return ok && (focus == value || containsAny(text.Fold(t.text), buyWords))
}

// merelyAsks reports whether a message that points at a thing is a question
// rather than a choice: 第二个是不是更好.
func (t *turn) merelyAsks() bool {
	folded := text.Fold(t.text)
	asks := strings.ContainsAny(t.text, "?？") || containsAny(folded, questionsZh)
	return asks && !containsAny(folded, buyWords) && !containsAny(folded, takeWords)
}

// insists reports whether the message holds a value that is wished for already,
// however surely it is one: "no, I said under 6000".
func (t *turn) insists(sv *service) bool {
	txt := dst.NewText(clipped(t.text), t.c.cfg.Now())
	return slices.ContainsFunc(t.s.Constraints, func(k dst.Constraint) bool {
		x := t.c.slots[k.Slot]
		return x != nil && x.service == sv && x.Type != nil && !x.Names && k.Op != dst.Ne &&
			slices.ContainsFunc(x.Type.Find(txt), func(m dst.Mention) bool { return m.Value == k.Value })
	})
}
