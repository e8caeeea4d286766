package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A table is what the rows of a table are read by.
type table struct {
	heads  []string     // what the columns are about
	things [][]*subject // that the columns are of
	rule   bool         // the line between head and rows was seen
}

// tableRow are the cells of a row of a Markdown table, nil for any other line.
func tableRow(s string) []string {
	if strings.Count(s, "|") < 2 || !strings.HasPrefix(s, "|") {
		return nil
	}
	cells := strings.Split(strings.Trim(s, "|"), "|")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}

// row checks the cells of a row: each belongs to the thing that the row names,
// or the head of its column, and is about what the other of the two says.
func (k *checker) row(cells []string, out *Sentence) {
	if k.table != nil && !k.table.rule && strings.TrimFunc(strings.Join(cells, ""), func(r rune) bool { return r == '-' || r == ':' || unicode.IsSpace(r) }) == "" {
		k.table.rule = true
		return
	}
	lines := make([]*line, len(cells))
	var of []*subject
	for i, cell := range cells {
		lines[i] = k.line(cell, out)
		if refs := lines[i].refs; len(refs) > 0 && !refs[0].points && i == 0 {
			of = refs[0].things
		}
	}
	if k.table == nil {
		k.head(cells, lines)
		return
	}
	for i, l := range lines {
		topic := cells[0]
		if l.owner = of; of != nil && i < len(k.table.heads) {
			topic = k.table.heads[i]
		} else if of == nil && i < len(k.table.things) {
			l.owner = k.table.things[i]
		}
		if i == 0 { // the name of the row
			l.checkNames()
			l.settle()
			continue
		}
		l.check()
		l.cell(topic)
		l.settle()
	}
}

// head reads the first row of a table.
func (k *checker) head(cells []string, lines []*line) {
	k.table = &table{heads: cells}
	for _, l := range lines {
		var things []*subject
		if len(l.refs) > 0 && !l.refs[0].points {
			things = l.refs[0].things
		}
		k.table.things = append(k.table.things, things)
		l.checkNames()
		l.settle()
	}
}

// cell checks a cell that says yes or no, or a number that another column
// should have.
func (l *line) cell(topic string) {
	word := strings.Trim(text.Fold(l.raw), " *_\uFE0F.")
	yes, no := slices.Contains(yesCells, word), slices.Contains(noCells, word)
	if l.owner == nil || !yes && !no {
		return
	}
	about := l.k.line(topic, &Sentence{})
	for _, x := range l.k.c.truths() {
		for _, w := range append([]string{spaced(x.Name)}, x.Aliases...) {
			if len(about.wordsAt(w)) > 0 && !l.isTrue(x, l.owner, yes) {
				l.fail(ClaimValue, 0, len(l.raw), l.owner, topic+" is not so")
			}
		}
	}
	for _, x := range l.k.c.valued() {
		for _, m := range x.Type.Find(about.txt) {
			about.out = l.out
			if m.Score >= wholeName && (yes && !about.hasValue(x, m, l.owner) || no && !about.deniable(x, m, l.owner)) {
				l.fail(ClaimValue, 0, len(l.raw), l.owner, topic+" is not so")
			}
		}
	}
}
