package recommend

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// enumerated reports whether a number is one of several, one for each thing of
// a group and in its order, that are facts of one attribute: "both do well: 4.6
// and 4.2 points".
func (l *line) enumerated(a amount, owners []*subject) bool {
	if len(owners) < 2 {
		return false
	}
	for _, f := range owners[0].facts {
		place, from := -1, 0
		for i, t := range owners {
			b := l.nextOf(t, f.label, from)
			if b == nil {
				place = -1
				break
			}
			if from = b.end; b.start == a.start {
				place = i
			}
		}
		if place >= 0 {
			return true
		}
	}
	return false
}

// nextOf is the first number from a byte on that a thing has under a label.
func (l *line) nextOf(t *subject, label string, from int) *amount {
	for i, b := range l.amounts {
		if b.start >= from && slices.ContainsFunc(t.facts, func(f *known) bool {
			return f.label == label && slices.ContainsFunc(f.amounts, b.equal)
		}) {
			return &l.amounts[i]
		}
	}
	return nil
}

// sized reports whether a number without its unit, or with half of it, is part
// of a name or a value: the 128 of "128 or 256 GB", 128G.
func (l *line) sized(i int) bool {
	a := l.amounts[i]
	said := l.raw[a.start:a.end]
	if last := said[len(said)-1]; (last == 'G' || last == 'g' || last == 'T') && l.k.g.has(said+"B") {
		return true
	}
	if i+1 >= len(l.amounts) || len(a.units) > 0 {
		return false
	}
	b := l.amounts[i+1]
	switch strings.Trim(l.fold(a.end, b.start), " *_") {
	case "or", "and", "/", "to", "-", "和", "或", "、", "与", "或者":
	default:
		return false
	}
	unit := strings.TrimLeft(l.raw[b.start:b.end], "0123456789., ")
	if unit == "" {
		unit = strings.TrimLeft(l.raw[b.end:], " ")
		if end := strings.IndexFunc(unit, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') }); end >= 0 {
			unit = unit[:end]
		}
	}
	return unit != "" && l.k.g.has(said+" "+unit)
}

// starting reports whether a number is said to be where prices start, which
// one of them must do.
func (l *line) starting(a amount) bool {
	start, _ := l.clause(a.start)
	before := l.fold(start, a.start)
	return containsAny(before, []string{"starting at", "starting from", "starts at", "starts from", "start at", "start from", "起售价", "起价", "起步价"})
}

// withoutGenitive is the token of a name without its 's, so that names are
// found that end in a word: "the Grand Plaza's rating".
func withoutGenitive(raw string, t text.Token) text.Token {
	word := t.Text
	for _, end := range []string{"'s", "’s"} {
		word = strings.TrimSuffix(word, end)
	}
	first := raw[t.Start]
	if t.Kind != text.Word || word == t.Text || first < 'A' || first > 'Z' || ordinary[word] {
		return t
	}
	if i := strings.IndexAny(raw[t.Start:t.End], "'’"); i > 0 {
		t.Text, t.End = word, t.Start+i
	}
	return t
}

// second reports whether a number is the second of its kind behind a thing,
// whose own was told right before, and is of another thing: "with the X you pay
// 5 rather than the 6 that …".
func (l *line) second(a amount, owners []*subject) bool {
	if len(owners) != 1 || l.owner != nil {
		return false
	}
	last, _ := l.neighbours(a.start, a.end)
	for _, b := range l.amounts {
		if b.start >= a.start || last != nil && b.start < last.end {
			continue
		}
		if f := owners[0].amount(b); f != nil && slices.ContainsFunc(l.haveBut(a, owners), func(t *subject) bool {
			g := t.amount(a)
			return g != nil && g.label == f.label
		}) {
			return true
		}
	}
	return false
}

// inOrder reports whether the line names nothing, and a number is one of
// several that are facts of the things of the request in their order.
func (l *line) inOrder(a amount) bool {
	return l.owner == nil && !slices.ContainsFunc(l.refs, func(r ref) bool { return !r.points }) && l.enumerated(a, l.k.g.offered(l.k.r))
}

// subjectBefore is what "it" stands for: the thing that was named last, or
// what was compared with it.
func (l *line) subjectBefore(refs []ref, at int, last []*subject) []*subject {
	for i := len(refs) - 1; i > 0; i-- {
		if refs[i].end > at {
			continue
		}
		if !refs[i].points && !refs[i].group && l.follows(refs[i], "than", "as", "beats", "beat", "比", "unlike") {
			return refs[i-1].things
		}
		break
	}
	return last
}

// behind is what is named behind a value in its own clause, where nothing is
// before it: "in green you can get the …".
func (l *line) behind(start, end int) []*subject {
	from, to := l.clause(start)
	if l.owner != nil || slices.ContainsFunc(l.refs, func(r ref) bool { return r.start >= from && r.end <= start }) {
		return nil
	}
	i := slices.IndexFunc(l.refs, func(r ref) bool { return r.start >= end && r.start < to && !r.points })
	if i < 0 {
		return nil
	}
	return l.refs[i].things
}

// comparedWith is what is compared with a thing that stands behind "than" or
// the like, nil where it does not.
func (l *line) comparedWith(r ref) []*subject {
	i := slices.IndexFunc(l.refs, func(o ref) bool { return o.start == r.start && o.end == r.end })
	if i <= 0 || r.group || !l.isObject(r) {
		return nil
	}
	return l.refs[i-1].things
}

// belongs reports whether the words between a comparison and a name say that
// it is of the name: "the lower price goes to the …", and, where nothing is
// named before, "the cheaper of the two, the …".
func (l *line) belongs(between string, first bool) bool {
	if first && strings.HasPrefix(strings.TrimLeft(between, " "), "of the ") && len(between) < 30 {
		return true
	}
	to := strings.TrimSuffix(strings.TrimRight(between, " *_"), " the")
	return len(between) < 40 && strings.HasSuffix(to, " to") && !strings.ContainsAny(between, ",;") && !containsAny(between, []string{"compared", "similar", "close", "next"})
}

// neighbours are what is named last before some words and first behind them.
func (l *line) neighbours(start, end int) (last, next *ref) {
	for i := range l.refs {
		if r := &l.refs[i]; r.end <= start {
			last = r
		} else if r.start >= end && next == nil {
			next = r
		}
	}
	return last, next
}

// failUnless notes a claim that does not hold.
func (l *line) failUnless(ok bool, kind ClaimKind, start, end int, owner []*subject, reason string) {
	if !ok {
		l.fail(kind, start, end, owner, reason)
	}
}
