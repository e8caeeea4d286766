package kg

import (
	"slices"
	"strings"
)

// A snapshot is the state of the graph after one batch, compiled for reading.
// It is immutable, and shares with the one before all that the batch left
// alone.
type snapshot struct {
	dict    *dict
	terms   paged[Value] // by node; as many as there were
	origins paged[origin]
	sorted  node // below it are the things that lie in the order of their ids

	preds   []*predicate // by number
	predIDs map[string]uint32
	byName  []uint32 // predicates in the order of their names

	rows     rowTable
	facts    int
	quads    int // facts, counted once for each origin
	subjects int // things that have facts
	touched  int // facts that batches touched since the snapshot was compiled

	text  *textReader
	links *linkIndex
}

// predicate is a predicate with the index of its facts.
type predicate struct {
	name  string
	lang  string // "zh" of "name@zh"
	term  node   // of the quads' predicate
	base  node   // of "name" for the tagged texts of "name@zh"
	facts int
	// subjects is the number of distinct ones; where it is facts, nothing has
	// two values.
	subjects int
	posts    postings
	columns  []*column // sorted
	forward  forward   // nil where there is none
	numbers  numbers   // nil where there are none
}

// A triple is a fact in numbers.
type triple struct {
	subject node
	row
}

// node returns the node of a term, and none for one that the graph never had.
func (s *snapshot) node(v Value) node { return s.dict.find(&v, &s.terms) }

// thing returns the node of an id, and none for an unknown one.
func (s *snapshot) thing(id string) node { return s.node(Ref(id)) }

// value returns a term as facts have it.
func (s *snapshot) value(n node) Value {
	v := s.terms.at(n)
	if v.kind > Moment {
		return v.plain()
	}
	return *v
}

// id returns the id of a subject.
func (s *snapshot) id(n node) string { return idOf(s.terms.at(n)) }

func idOf(v *Value) string {
	if v.kind == Thing {
		return v.text
	}
	return v.plain().String() // cayley may make a subject of anything
}

// factsWith returns the rows of a subject that have the predicate.
func (s *snapshot) factsWith(n node, pred uint32) []row { return with(s.rows.of(n), pred) }

// isSubject reports whether the node has facts.
func (s *snapshot) isSubject(n node) bool { return len(s.rows.of(n)) > 0 }

// subjectsOf returns the things that have the object as a value of the
// predicate, by number.
func (s *snapshot) subjectsOf(pred uint32, object node) []node { return s.preds[pred].posts.of(object) }

// withValue returns the things that have the value of a fact as a value of the
// predicate, by number.
func (s *snapshot) withValue(pred uint32, v Value) postList {
	p := s.preds[pred]
	n := s.node(termIn(p, v))
	if n == none {
		return postList{}
	}
	return p.posts.list(n)
}

// fact decodes a triple.
func (s *snapshot) fact(t triple) Fact {
	return Fact{s.id(t.subject), s.preds[t.predicate].name, s.value(t.object), s.source(s.firstLabel(t.origin))}
}

// factsOf returns the facts about a thing, by the name of the predicate, then in
// the order in which they were added.
func (s *snapshot) factsOf(id string) []Fact { return s.factsAbout(s.thing(id)) }

func (s *snapshot) factsAbout(n node) []Fact {
	rows := s.rows.of(n)
	out := make([]Fact, len(rows))
	for i, r := range s.inOrder(rows) {
		out[i] = s.fact(triple{n, r})
	}
	return out
}

// inOrder returns the rows of a subject by the names of their predicates.
func (s *snapshot) inOrder(rows []row) []row {
	inName := func(a, b row) int { return strings.Compare(s.preds[a.predicate].name, s.preds[b.predicate].name) }
	if slices.IsSortedFunc(rows, inName) {
		return rows
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, inName)
	return rows
}

// all yields every fact, by subject, predicate and order of insertion.
func (s *snapshot) all(yield func(Fact) bool) {
	for _, n := range s.allSubjects() {
		for _, f := range s.factsAbout(n) {
			if !yield(f) {
				return
			}
		}
	}
}

// allSubjects returns the things that have facts, by id.
func (s *snapshot) allSubjects() []node {
	out := make([]node, 0, s.subjects)
	for n := range s.rows.each {
		out = append(out, n)
	}
	return s.byID(out)
}

// byID puts nodes, which come by number, in the order of their ids. It may
// reuse the slice.
func (s *snapshot) byID(list []node) []node {
	at, _ := slices.BinarySearch(list, s.sorted)
	if at == len(list) {
		return list
	}
	late := slices.Clone(list[at:])
	slices.SortFunc(late, s.compareIDs)
	out, early := make([]node, 0, len(list)), list[:at]
	for _, n := range late {
		i, _ := slices.BinarySearchFunc(early, n, s.compareIDs)
		out = append(append(out, early[:i]...), n)
		early = early[i:]
	}
	return append(out, early...)
}

func (s *snapshot) compareIDs(a, b node) int {
	if a < s.sorted && b < s.sorted {
		return compareNodes(a, b)
	}
	if c := strings.Compare(s.id(a), s.id(b)); c != 0 {
		return c
	}
	return compareNodes(a, b) // an id and cayley's text of the same letters
}

// find returns the row of a fact, whatever its source.
func (s *snapshot) find(f Fact) (triple, bool) {
	n := s.thing(f.Subject)
	pred, ok := s.predIDs[f.Predicate]
	if !ok || n == none {
		return triple{}, false
	}
	for _, r := range s.factsWith(n, pred) {
		if s.value(r.object) == f.Object {
			return triple{n, r}, true
		}
	}
	return triple{}, false
}
