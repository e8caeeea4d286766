package kg

import "sort"

// A row is a fact without its subject, in numbers.
type row struct {
	predicate, object, origin uint32
}

// rowTable holds the rows of each subject, by predicate number, then in the
// order in which they were added. Subjects lie by number in pages, which
// tables share: a change copies one page.
type rowTable []*rowPage

const pageSubjects = 64

type rowPage struct {
	first [pageSubjects + 1]uint32
	rows  []row
}

// of returns the rows of a node, none for one that is no subject.
func (t rowTable) of(n node) []row {
	if int(n/pageSubjects) >= len(t) {
		return nil
	}
	p := t[n/pageSubjects]
	if p == nil {
		return nil
	}
	i := n % pageSubjects
	return p.rows[p.first[i]:p.first[i+1]]
}

// with returns the part of rows that have the predicate.
func with(rows []row, pred uint32) []row {
	if len(rows) > 16 {
		lo := sort.Search(len(rows), func(i int) bool { return rows[i].predicate >= pred })
		rows = rows[lo:]
		return rows[:sort.Search(len(rows), func(i int) bool { return rows[i].predicate > pred })]
	}
	lo := 0
	for lo < len(rows) && rows[lo].predicate < pred {
		lo++
	}
	hi := lo
	for hi < len(rows) && rows[hi].predicate == pred {
		hi++
	}
	return rows[lo:hi]
}

// replace returns a table in which the subjects of changes, which are
// ascending, have their new rows.
func (t rowTable) replace(changes []subjectChange) rowTable {
	if len(changes) == 0 {
		return t
	}
	size := max(len(t), int(changes[len(changes)-1].subject/pageSubjects)+1)
	out := make(rowTable, size)
	copy(out, t)
	for len(changes) > 0 {
		at := changes[0].subject / pageSubjects
		end := 1
		for end < len(changes) && changes[end].subject/pageSubjects == at {
			end++
		}
		out[at] = out[at].replace(changes[:end])
		changes = changes[end:]
	}
	return out
}

// replace returns the page with the new rows, nil where it has none left.
func (p *rowPage) replace(changes []subjectChange) *rowPage {
	if p == nil {
		p = &rowPage{}
	}
	size := len(p.rows)
	for _, c := range changes {
		size += len(c.rows) - len(c.old)
	}
	if size == 0 {
		return nil
	}
	out := &rowPage{rows: make([]row, 0, size)}
	for i := range uint32(pageSubjects) {
		if len(changes) > 0 && changes[0].subject%pageSubjects == i {
			out.rows = append(out.rows, changes[0].rows...)
			changes = changes[1:]
		} else {
			out.rows = append(out.rows, p.rows[p.first[i]:p.first[i+1]]...)
		}
		out.first[i+1] = uint32(len(out.rows))
	}
	return out
}

// newRowTable lays out the rows of all subjects: those of n are
// rows[first[n]:first[n+1]].
func newRowTable(rows []row, first []uint32) rowTable {
	subjects := len(first) - 1
	t := make(rowTable, (subjects+pageSubjects-1)/pageSubjects)
	for at := range t {
		lo := at * pageSubjects
		hi := min(lo+pageSubjects, subjects)
		if first[lo] == first[hi] {
			continue
		}
		p := &rowPage{rows: append([]row(nil), rows[first[lo]:first[hi]]...)}
		for i := range p.first {
			p.first[i] = first[min(lo+i, hi)] - first[lo]
		}
		t[at] = p
	}
	return t
}

// each yields every subject that has rows, ascending.
func (t rowTable) each(yield func(node, []row) bool) {
	for at, p := range t {
		if p == nil {
			continue
		}
		for i := range pageSubjects {
			if rows := p.rows[p.first[i]:p.first[i+1]]; len(rows) > 0 && !yield(node(at*pageSubjects+i), rows) {
				return
			}
		}
	}
}
