package recommend

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Words that begin a clause which supposes something, and those that end one
// in Chinese.
var (
	supposes   = []string{"if ", "should ", "in case ", "unless ", "whenever ", "provided ", "assuming ", "as long as ", "in the event", "only if ", "even if ", "especially if ", "particularly if ", "just in case", "如果", "若", "要是", "假如", "倘若", "万一", "除非", "只要"}
	supposesZh = []string{"的话", "的话呢", "的时候", "的朋友", "的用户", "的顾客"}
)

// supposed reports whether the clause of a claim only supposes it, and nothing
// is recommended for that case: "if you need NFC, I can look for others". Where
// something is, see leadsOn, it must be so.
func (l *line) supposed(at int) bool {
	if l.seeks(at) {
		return true
	}
	start, end := l.clause(at)
	if !supposing(l.fold(start, end)) {
		return false
	}
	for _, r := range l.refs {
		if !r.points && (r.start >= end || r.start >= start && r.end <= end) {
			return l.declines(r.end)
		}
	}
	return true
}

// supposing reports whether a folded clause supposes something.
func supposing(clause string) bool {
	clause = strings.Trim(clause, " *_-—")
	for _, w := range []string{"and ", "or ", "but ", "so ", "then ", "even ", "不过", "当然", "但", "而"} {
		clause = strings.TrimPrefix(clause, w)
	}
	return slices.ContainsFunc(supposes, func(w string) bool { return strings.HasPrefix(clause, w) }) ||
		slices.ContainsFunc(supposesZh, func(w string) bool { return strings.HasSuffix(clause, w) })
}

// declines reports whether the words behind a thing say that it is not the one.
func (l *line) declines(from int) bool {
	return containsAny(l.fold(from, len(l.raw)), []string{"not ", "n't ", "no ", "never", "rather", "other", "不", "没", "别的", "其他"})
}

// comparing are words of which one stands where a number says how far two
// things are apart.
var comparing = []string{"more", "less", "extra", "additional", "another", "add", "save", "saving", "difference", "gap", "cheaper", "lower", "higher", "lighter", "heavier", "pricier", "over", "undercut", "ahead", "behind", "exceed", "off", "apart", "between", "beat", "premium", "stretch", "increase", "leave", "left", "differ", "spare", "budget", "limit", "预算", "剩", "余", "多", "少", "差", "贵", "便宜", "高", "低", "省", "加", "轻", "重", "超", "领先", "相比", "优势"}

// leftovers are those behind or before which the number may be a rough one.
var leftovers = []string{"leave", "left", "spare", "remain", "sav", "difference", "gap", "剩", "余", "省", "差"}

// gap reports whether a number that is no fact is how far two things, or a
// thing and a wish, are apart and the sentence compares.
func (l *line) gap(a amount) bool {
	op, words, in := l.boundAt(a), comparing, l.low
	if op == "" && strings.HasPrefix(l.raw[a.end:], "多") {
		op = dst.Gt
	}
	if op != "" {
		start, end := l.clause(a.start)
		words, in = leftovers, l.fold(start, end)
	}
	if !a.base.IsPositive() || !containsAny(in, words) || !l.k.g.difference(a, op) {
		return false
	}
	l.differs = true
	return true
}

// beside are what else a number may be said of: a thing that is named in its
// own clause, behind it, where the one before it stands in another.
func (l *line) beside(a amount) []*subject {
	start, end := l.clause(a.start)
	var next *ref
	for i := range l.refs {
		switch r := &l.refs[i]; {
		case r.start >= start && r.end <= a.start:
			if l.owner == nil && i+1 < len(l.refs) && l.bracketed(a.end, l.refs[i+1]) {
				return l.refs[i+1].things
			}
			if r.points && r.group && i > 0 { // 都 may be said of something else
				return l.refs[i-1].things
			}
			return nil
		case r.start >= a.end && r.start < end && next == nil && !r.points:
			next = r
		}
	}
	if i := slices.IndexFunc(l.refs, func(r ref) bool { return r.start >= a.end && !r.points }); next == nil && i >= 0 && l.bracketed(a.end, l.refs[i]) {
		next = &l.refs[i]
	}
	for i := len(l.refs) - 1; i > 0 && next == nil && l.owner == nil; i-- {
		if r := l.refs[i]; r.end <= a.start && r.points && r.group {
			return l.refs[i-1].things
		} else if r.end <= a.start {
			break
		}
	}
	if next == nil || l.owner != nil || slices.ContainsFunc(l.amounts, func(b amount) bool { return b.start >= a.end && b.end <= next.start && !b.spoken }) {
		return nil
	}
	return next.things
}

// bracketed reports whether a name alone stands in brackets right behind a
// number: "¥5,999 (256 GB)".
func (l *line) bracketed(end int, r ref) bool {
	return r.start > end && r.end <= len(l.raw) && containsAny("|"+strings.TrimSpace(l.raw[end:r.start])+"|", []string{"|(|", "|（|"}) && strings.HasPrefix(strings.TrimLeft(text.Fold(l.raw[r.end:]), " "), ")")
}

var (
	// abstract nouns are counted without a claim of how many things there are.
	abstract = []string{"requirement", "criteria", "criterion", "reason", "condition", "wish", "box", "way", "question", "difference", "need", "must-have", "preference", "step", "thing to", "things to", "side", "demand", "feature", "aspect", "word",
		"样", "项", "方面", "种", "条", "功能", "要求", "特点", "原因", "步", "个条件", "个功能", "个要求", "个方面", "个原因", "个步骤", "句", "处"}
	// parts of what there is are counted behind these.
	partly = []string{"next", "other", "another", "remaining", "last", "first", "top", "these", "those", "either of the", "of the", "between the", "the following", "my", "following", "另外", "其余", "其他", "后", "前", "这", "那", "其中", "剩下", "剩下的", "以上", "以下", "上面", "上述"}
)

// countsElse reports whether a number counts something else than all the things
// there are: some of them, wishes, or the values that a thing has.
func (l *line) countsElse(a amount, owners []*subject) bool {
	if !a.value.IsInteger() || a.value.IntPart() > 10 || len(a.units) > 0 && a.digits {
		return false
	}
	rest := strings.TrimLeft(l.fold(a.end, len(l.raw)), " *_")
	begins := func(w string) bool {
		return strings.HasPrefix(rest, w) || a.count && strings.HasSuffix(l.fold(a.start, a.end), w)
	}
	if slices.ContainsFunc(abstract, begins) {
		return true
	}
	if strings.HasPrefix(rest, "of your ") && a.value.IntPart() <= int64(len(l.k.g.wishes)) {
		return true
	}
	before := strings.TrimRight(l.fold(0, a.start), " *_")
	some := slices.ContainsFunc(partly, func(w string) bool {
		_, ok := cutWord(before, w)
		return ok
	})
	if some && a.value.IntPart() <= int64(max(len(l.k.g.things), len(l.k.r.Items))) {
		return true
	}
	word, _, _ := strings.Cut(rest, " ")
	word = strings.TrimSuffix(strings.Trim(word, ",.;:!?*_"), "s")
	called := 0
	for _, t := range l.k.g.things {
		if len(word) > 2 && strings.Contains(text.Fold(t.name), word) {
			called++
		}
	}
	if n := a.value.IntPart(); n > 1 && len(a.units) == 0 && (n == int64(called) || n == int64(len(owners))) {
		return true
	}
	return slices.ContainsFunc(owners, func(t *subject) bool { return t.hasSoMany(a, rest) })
}

// hasSoMany reports whether a thing has as many values of an attribute as a
// number says that stands before the word for it: "two colours", 两种颜色.
func (t *subject) hasSoMany(a amount, rest string) bool {
	n := map[string]int64{}
	for _, f := range t.facts {
		n[f.label]++
	}
	for label, k := range n {
		i := strings.Index(rest, label)
		if label != "" && i >= 0 && i < 16 && k == a.value.IntPart() {
			return true
		}
	}
	return false
}

// leavesOut reports whether the clause of a value that is not wished leaves it
// out: "leaving Apple aside", 除了苹果.
func (l *line) leavesOut(x *slot, m dst.Mention) bool {
	start, end := l.clause(m.Start)
	return slices.ContainsFunc(l.k.g.wishes, func(w *known) bool { return w.path == x.path && w.Op == dst.Ne && l.means(w, x, m) }) &&
		(strings.HasSuffix(l.fold(0, m.Start), " but ") || containsAny(l.fold(start, end), []string{"leav", "exclud", "clear of", "anything but", "away from", "remov", "filter", "off the table", "off the list", "no option", "drop", "out", "except", "skip", "avoid", "aside", "rather", "instead", "other than", "besides", "not ", "n't", "non-", "no ", "without", "free", "除", "排", "避", "不", "非", "没", "以外", "之外"}))
}

// thousands are digits with a wide comma before three of them.
var thousands = regexp.MustCompile(`\d+，\d{3}(\D|$)`)

// parted is a text, byte for byte, in which a wide comma between two numbers
// that make none of the request's in one is no part of a number: 红米 13，999元.
func (g *grounds) parted(s string) string {
	if !strings.Contains(s, "，") {
		return s
	}
	return thousands.ReplaceAllStringFunc(s, func(n string) string {
		if strings.Contains(strings.ReplaceAll(g.allText, ",", ""), digitsOf(n)) {
			return n
		}
		return strings.Replace(n, "，", ",  ", 1)
	})
}

// besideAnd reports whether a number stands before "and" and the first thing
// that is named, and is of another: "the smaller one is ¥4,999 and the …".
func (l *line) besideAnd(a amount) bool {
	i := slices.IndexFunc(l.refs, func(r ref) bool { return !r.points })
	if i < 0 || l.owner != nil || l.refs[i].start < a.end || l.named(a.start) {
		return false
	}
	between := strings.TrimLeft(l.fold(a.end, l.refs[i].start), " *_,，")
	return slices.ContainsFunc([]string{"and ", "while ", "but ", "whereas ", "而"}, func(w string) bool { return strings.HasPrefix(between, w) }) && len(l.haveBut(a, l.refs[i].things)) > 0
}
