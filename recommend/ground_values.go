package recommend

import (
	"context"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// checkValues checks that what a sentence says to be so of a thing, or not to
// be so, is: "comes in red", 没有健身房.
func (l *line) checkValues() {
	for _, x := range l.k.c.valued() {
		for _, m := range x.Type.Find(l.txt) {
			if m.Score < wholeName || l.isCovered(m.Start, m.End) || m.Start >= l.asks || l.dunno(m.Start) || l.supposed(m.Start) || l.leavesOut(x, m) {
				continue
			}
			if x.service.kindly == x {
				l.checkKind(x, m)
				continue
			}
			denied := l.denied(m.Start, m.End) || l.topicDenied(m.End) || strings.HasSuffix(l.fold(0, m.Start), "non-")
			owners := l.ownersAt(m.Start, m.End)
			if denied && l.deniable(x, m, owners) || !denied && l.hasValue(x, m, owners) {
				continue
			}
			if next := l.behind(m.Start, m.End); !denied && next != nil && l.hasValue(x, m, next) {
				continue
			}
			reason := "no fact supports it"
			if denied {
				reason = "no fact denies it"
			}
			l.fail(ClaimValue, m.Start, m.End, owners, reason)
		}
	}
}

// valued are the slots whose values are words.
func (c *core) valued() []*slot {
	var out []*slot
	for _, sv := range c.services {
		for _, x := range sv.slots {
			if x.Names || x.Of != "" {
				continue
			}
			switch x.Type.(type) {
			case *dst.Enum, *dst.Gazetteer:
				if !slices.ContainsFunc(out, func(y *slot) bool { return y.Type == x.Type }) {
					out = append(out, x)
				}
			}
		}
	}
	return out
}

// hasValue reports whether each of the things has the value, or any where it
// may be said of any; or the user wishes it and nothing was named.
func (l *line) hasValue(x *slot, m dst.Mention, owners []*subject) bool {
	wished := slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path && w.Op != dst.Ne && l.means(w, x, m) })
	if wished && (!l.named(m.Start) || containsAny(l.fold(0, m.Start), wishCues)) {
		return true
	}
	any := owners == nil
	if any {
		owners = l.k.g.things
		if l.k.g.said(l.raw[m.Start:m.End]) {
			return true
		}
	}
	n := 0
	for _, t := range owners {
		i := slices.IndexFunc(t.facts, func(f *known) bool { return f.path == x.path && l.means(f, x, m) })
		if i >= 0 {
			l.use(t.facts[i])
		}
		if i >= 0 || strings.Contains(text.Fold(t.name), l.fold(m.Start, m.End)) {
			n++
		}
	}
	if n == 0 && !any {
		i := slices.IndexFunc(l.k.r.Steps, func(s Step) bool { return s.Kind == StepYes && text.Fold(s.Text) == l.fold(m.Start, m.End) })
		return i >= 0 && slices.ContainsFunc(owners, func(t *subject) bool { return strings.Contains(l.k.r.Steps[i].Thing, t.name) })
	}
	return n > 0 && (any || n == len(owners))
}

// means reports whether a fact or wish has the value that was found.
func (l *line) means(f *known, x *slot, m dst.Mention) bool {
	if f.folded == l.fold(m.Start, m.End) || f.Value == m.Value {
		return true
	}
	if f.Source != (kg.Fact{}) {
		return l.k.c.slotValue(x, f.Source.Object) == m.Value
	}
	parser, ok := x.Type.(dst.Parser)
	if !ok {
		return false
	}
	value, ok := parser.Parse(f.Value, l.txt.Now)
	return ok && value == m.Value
}

// said reports whether words stand in the words of a step.
func (g *grounds) said(words string) bool { return strings.Contains(g.steps, text.Fold(words)) }

// deniable reports whether it is a fact that the things have not the value: the
// answer to a question says so, they have another one of a slot of single
// values, or it was wished that they should not have it.
func (l *line) deniable(x *slot, m dst.Mention, owners []*subject) bool {
	if slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path && w.Op == dst.Ne && l.means(w, x, m) }) {
		return true
	}
	for _, s := range l.k.r.Steps {
		switch s.Kind {
		case StepNo:
			about := owners == nil || slices.ContainsFunc(owners, func(t *subject) bool { return strings.Contains(s.Thing, t.name) })
			if about && l.means(l.k.c.withSlot(&known{Fact: Fact{Value: s.Text}, folded: text.Fold(s.Text)}), x, m) {
				return true
			}
		case StepNoOffer, StepRelax, StepNoMore, StepMissing:
			if !l.named(m.Start) && slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path && l.means(w, x, m) }) {
				return true
			}
		}
	}
	return !x.Multi && len(owners) > 0 && !slices.ContainsFunc(owners, func(t *subject) bool {
		return !slices.ContainsFunc(t.facts, func(f *known) bool { return f.path == x.path && !l.means(f, x, m) })
	})
}

// checkKind checks that a thing is of the kind that it is said to be. Kinds
// are known without facts of them: the graph has them for each thing.
func (l *line) checkKind(x *slot, m dst.Mention) {
	owners := l.ownersAt(m.Start, m.End)
	if l.k.g.has(l.raw[m.Start:m.End]) && !l.named(m.Start) || l.denied(m.Start, m.End) {
		return
	}
	if owners == nil {
		owners = l.k.g.things
	}
	for _, t := range owners {
		if l.k.c.isKind(t, x, m.Value) {
			return
		}
	}
	wished := slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path })
	if (len(l.k.g.things) > 0 || wished) && !l.k.g.said(l.raw[m.Start:m.End]) {
		l.fail(ClaimValue, m.Start, m.End, owners, "it is of another kind")
	}
}

func (c *core) isKind(t *subject, x *slot, value string) bool {
	if len(t.ids) == 0 {
		return true
	}
	for _, id := range t.ids {
		values, err := c.cfg.Graph.Values(context.Background(), id, x.path)
		if err != nil || slices.ContainsFunc(values, func(v kg.Value) bool { return c.slotValue(x, v) == value }) {
			return true // what cannot be read is not held against the text
		}
	}
	return false
}

var yesCells = []string{"yes", "✓", "✔", "✅", "true", "是", "有", "支持", "可以"}
var noCells = []string{"no", "none", "✗", "✘", "❌", "false", "not available", "否", "无", "没有", "不支持", "不"}

// topicDenied reports whether "no" stands behind what a line is about: "NFC: no".
func (l *line) topicDenied(end int) bool {
	rest := strings.Trim(l.fold(end, len(l.raw)), " *_|.。\uFE0F")
	rest, _, _ = strings.Cut(rest, " (")
	rest, ok := strings.CutPrefix(rest, ":")
	return ok && slices.Contains(noCells, strings.Trim(rest, " *_\uFE0F"))
}

// checkTruths checks what is said of slots that hold yes or no: "waterproof",
// 不防水, "Waterproof: yes".
func (l *line) checkTruths() {
	for _, x := range l.k.c.truths() {
		for _, w := range append([]string{spaced(x.Name)}, x.Aliases...) {
			for _, at := range l.wordsAt(w) {
				if l.isCovered(at[0], at[1]) || at[0] >= l.asks || l.dunno(at[0]) || l.supposed(at[0]) {
					continue
				}
				l.cover(at[0], at[1])
				owners := l.ownersAt(at[0], at[1])
				so := !l.denied(at[0], at[1]) && !l.topicDenied(at[1])
				if !l.isTrue(x, owners, so) {
					l.fail(ClaimValue, at[0], at[1], owners, "the facts do not say that it is so, or not so")
				}
			}
		}
	}
}

// isTrue reports whether a slot is so, or not so, of each of the things.
func (l *line) isTrue(x *slot, owners []*subject, so bool) bool {
	any := owners == nil
	if any {
		owners = l.k.g.things
	}
	n := 0
	for _, t := range owners {
		for _, f := range t.facts {
			if b, ok := f.Source.Object.Bool(); ok && f.path == x.path && b == so {
				l.use(f)
				n++
				break
			}
		}
	}
	wished := slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path })
	return n > 0 && (any || n == len(owners)) || wished && !l.named(len(l.raw))
}

// truths are the slots that hold yes or no.
func (c *core) truths() []*slot {
	var out []*slot
	for _, sv := range c.services {
		for _, x := range sv.slots {
			if _, is := x.Type.(*dst.YesNo); is || x.domain != nil && x.domain.kinds[kg.Truth] {
				out = append(out, x)
			}
		}
	}
	return out
}

// wordsAt are the places where words stand in the line.
func (l *line) wordsAt(words string) [][2]int {
	want := text.Tokens(words)
	var out [][2]int
	for i := 0; len(want) > 0 && i+len(want) <= len(l.toks); i++ {
		if slices.EqualFunc(want, l.toks[i:i+len(want)], func(a, b text.Token) bool { return a.Text == b.Text }) {
			out = append(out, [2]int{l.toks[i].Start, l.toks[i+len(want)-1].End})
		}
	}
	return out
}

// unknowns are words that say that something is not known.
var unknowns = []string{"no information", "no details", "no data", "don't know", "do not know", "not know", "not sure", "can't say", "cannot say", "don't have any information", "don't have information", "do not have information", "do not have any information", "don't have details", "couldn't find any information", "unable to confirm", "can't confirm", "cannot confirm", "没有查到", "查不到", "没有相关", "不清楚", "无法确认", "不确定", "没有关于", "暂无", "没有信息", "未查到", "不知道"}

// records are words of what is on record; with a negation they say that
// something is not known.
var records = []string{"information", "details", "data", " info", "listed", "specified", "mentioned", "stated", "on record", "on file", "say anything", "says anything", "known", "available to me", "信息", "资料", "记录", "说明", "注明", "提及", "提到", "标明", "数据"}

// dunno reports whether the clause of a claim says that it is not known.
func (l *line) dunno(at int) bool {
	start, end := l.clause(at)
	clause := l.fold(start, end)
	return containsAny(clause, unknowns) || containsAny(clause, records) && containsAny(clause, nays)
}
