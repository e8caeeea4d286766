package kg

import (
	"slices"

	"github.com/cayleygraph/cayley/graph"
)

// subjectChange is what a batch makes of one subject.
type subjectChange struct {
	subject   node
	old, rows []row
}

// fold applies the edits, which come by subject, and returns the subjects that
// they change, ascending.
func (w *writer) fold() []subjectChange {
	var out []subjectChange
	feeds := map[uint32]func(uint32) bool{}
	for lo := 0; lo < len(w.edits); {
		hi := lo + 1
		for hi < len(w.edits) && w.edits[hi].subject == w.edits[lo].subject {
			hi++
		}
		n := w.edits[lo].subject
		f := subjectFold{writer: w, feeds: feeds}
		f.start(w.s.rows.of(n), hi-lo)
		for i := lo; i < hi; i++ {
			f.apply(&w.edits[i])
		}
		if f.end(); f.changed {
			out = append(out, subjectChange{n, w.s.rows.of(n), f.rows})
		}
		lo = hi
	}
	return out
}

// subjectFold applies edits to the rows of one subject.
type subjectFold struct {
	*writer
	feeds   map[uint32]func(uint32) bool // origin of a sweep -> test
	rows    []row
	at      map[[2]uint32]int // predicate and object -> row, where there are many
	swept   []uint32          // for each row the sweep that it will go with, or 0
	changed bool
}

// manyRows is the number of rows from which a map finds them faster.
const manyRows = 64

func (f *subjectFold) start(old []row, edits int) {
	f.rows = append(make([]row, 0, len(old)+edits), old...)
	if len(old)+edits > manyRows {
		f.at = make(map[[2]uint32]int, len(old)+edits)
		for i, r := range f.rows {
			f.at[[2]uint32{r.predicate, r.object}] = i
		}
	}
}

// gone marks a row that was removed, until end.
const gone = ^uint32(0)

func (f *subjectFold) find(pred, object uint32) int {
	if f.at != nil {
		if i, ok := f.at[[2]uint32{pred, object}]; ok {
			return i
		}
		return -1
	}
	return slices.IndexFunc(f.rows, func(r row) bool { return r.predicate == pred && r.object == object && r.origin != gone })
}

func (f *subjectFold) remove(i int) {
	if f.at != nil {
		delete(f.at, [2]uint32{f.rows[i].predicate, f.rows[i].object})
	}
	f.rows[i].origin = gone
	f.changed = true
}

func (f *subjectFold) apply(e *edit) {
	switch e.op {
	case addFact, addQuad:
		f.add(e)
	case removeFact:
		f.removeFact(e)
	case removeSubject:
		for i := range f.rows {
			if f.rows[i].origin != gone {
				f.remove(i)
			}
		}
	case removeQuad:
		if i := f.find(e.predicate, e.object); i >= 0 {
			label := f.origins.at(e.origin).label
			f.drop(i, func(o uint32) bool { return f.origins.at(o).label == label })
		}
	case sweep:
		f.sweep(e)
	}
}

func (f *subjectFold) add(e *edit) {
	i := f.find(e.predicate, e.object)
	if i < 0 {
		if f.at != nil {
			f.at[[2]uint32{e.predicate, e.object}] = len(f.rows)
		}
		f.rows = append(f.rows, e.row)
		f.changed = true
		return
	}
	if len(f.swept) > i && f.swept[i] != 0 && f.feeds[f.swept[i]](e.origin) {
		f.swept[i] = 0
		return
	}
	label := f.origins.at(e.origin).label
	for o := f.rows[i].origin; o != 0; o = f.origins.at(o).rest {
		if f.origins.at(o).label == label {
			return // it keeps its first time
		}
	}
	f.rows[i].origin = f.stored(origin{label: label, rest: f.rows[i].origin, at: f.now})
	f.changed = true
}

// removeFact removes the row of a fact, which may be one of cayley's terms
// that facts see as the same value.
func (f *subjectFold) removeFact(e *edit) {
	if i := f.find(e.predicate, e.object); i >= 0 {
		f.remove(i)
		return
	}
	want := f.dict.terms.at(e.object).plain()
	for i, r := range f.rows {
		if r.predicate == e.predicate && r.origin != gone && f.dict.terms.at(r.object).plain() == want {
			f.remove(i)
		}
	}
}

func (f *subjectFold) sweep(e *edit) {
	if f.feeds[e.origin] == nil {
		f.feeds[e.origin] = f.feed(f.source(f.origins.at(e.origin).label))
	}
	f.swept = append(f.swept, make([]uint32, len(f.rows)-len(f.swept))...)
	for i := range f.swept {
		if r := f.rows[i]; r.origin != gone && f.feeds[e.origin](r.origin) {
			f.swept[i] = e.origin
		}
	}
}

// drop takes the statements for which is holds from a row, and the row where
// none is left.
func (f *subjectFold) drop(i int, is func(o uint32) bool) {
	var keep []origin
	before := f.rows[i].origin
	dropped := false
	for o := before; o != 0; o = f.origins.at(o).rest {
		at := *f.origins.at(o)
		if alone := f.alone(at); is(alone) {
			dropped = true
		} else {
			keep = append(keep, at)
		}
	}
	if !dropped {
		return
	}
	if len(keep) == 0 {
		f.remove(i)
		return
	}
	rest := uint32(0)
	for _, at := range slices.Backward(keep) {
		at.rest = rest
		rest = f.stored(at)
	}
	f.rows[i].origin = rest
	f.changed = true
}

// alone returns an origin of the same label without the rest of its chain.
func (f *subjectFold) alone(o origin) uint32 { return f.statement(o.label) }

// end drops what was swept and puts the rows in order.
func (f *subjectFold) end() {
	for i, by := range f.swept {
		if by != 0 && f.rows[i].origin != gone {
			f.drop(i, f.feeds[by])
		}
	}
	if f.changed {
		f.rows = slices.DeleteFunc(f.rows, func(r row) bool { return r.origin == gone })
		slices.SortStableFunc(f.rows, func(a, b row) int { return compareNodes(a.predicate, b.predicate) })
	}
}

// missing returns an error of cayley's where a quad that is to go is not there,
// or one that is to come is there already, unless that is to be ignored.
func (w *writer) missing(in []graph.Delta, ignore graph.IgnoreOpts) error {
	seen := map[triple]bool{} // whether a quad is there, as far as the deltas changed that
	for i, e := range w.edits {
		key := e.triple
		key.origin = w.origins.at(e.origin).label
		there, known := seen[key]
		if !known {
			there = w.has(e.triple)
		}
		switch {
		case e.op == addQuad && there && !ignore.IgnoreDup:
			return &graph.DeltaError{Delta: in[i], Err: graph.ErrQuadExists}
		case e.op == removeQuad && !there && !ignore.IgnoreMissing:
			return &graph.DeltaError{Delta: in[i], Err: graph.ErrQuadNotExist}
		}
		seen[key] = e.op == addQuad
	}
	return nil
}

// has reports whether the quad was there before the batch.
func (w *writer) has(t triple) bool {
	label := w.origins.at(t.origin).label
	for _, r := range with(w.s.rows.of(t.subject), t.predicate) {
		if r.object != t.object {
			continue
		}
		for o := r.origin; o != 0; o = w.origins.at(o).rest {
			if w.origins.at(o).label == label {
				return true
			}
		}
	}
	return false
}
