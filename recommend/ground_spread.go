package recommend

import (
	"slices"
	"strings"
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
