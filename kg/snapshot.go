package kg

import (
	"slices"
	"sort"
)

// A node is the dense number of a value within one snapshot. Things come
// first, in the order of their ids, so that a sorted list of nodes is a list
// sorted by id.
type node = uint32

// none is no node.
const none = ^node(0)

// A row is a fact in numbers.
type row struct {
	subject, predicate, object, source uint32
}

// A snapshot is the state of the graph after one batch, compiled for reading.
// It is immutable.
type snapshot struct {
	values  []Value        // by node
	things  int            // values[:things] are references
	nodes   map[Value]node // inverse of values
	preds   []string       // by predicate number, sorted
	predIDs map[string]uint32
	sources []string // by source number; 0 is ""

	rows     []row    // by subject, predicate, then order of insertion
	first    []uint32 // thing -> its first row; one more entry at the end
	subjects []node   // things that are a subject

	byPred []predicateIndex

	text  *textReader
	links *linkIndex
}

// predicateIndex holds the facts of one predicate from the objects' side.
type predicateIndex struct {
	objects  []node   // distinct objects, ascending
	start    []uint32 // objects[i] has the subjects posts[start[i]:start[i+1]]
	posts    []node   // subjects, ascending for each object
	subjects []node   // distinct subjects, ascending
	columns  []column // its numbers, one column for each unit
}

// A column lists the numbers of one predicate in one unit, ascending.
type column struct {
	unit     string
	nums     []float64
	subjects []node
}

// node returns the number of a value, and none for one in no fact.
func (s *snapshot) node(v Value) node {
	if n, ok := s.nodes[v]; ok {
		return n
	}
	return none
}

// thing returns the node of an id, and none for an unknown one.
func (s *snapshot) thing(id string) node { return s.node(Ref(id)) }

// facts returns the rows of a thing.
func (s *snapshot) facts(n node) []row {
	if int(n) >= s.things {
		return nil
	}
	return s.rows[s.first[n]:s.first[n+1]]
}

// factsWith returns the rows of a thing that have the predicate.
func (s *snapshot) factsWith(n node, pred uint32) []row {
	rows := s.facts(n)
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

// subjectsOf returns the things that have the object as a value of the
// predicate, ascending.
func (s *snapshot) subjectsOf(pred uint32, object node) []node {
	p := &s.byPred[pred]
	i, ok := slices.BinarySearch(p.objects, object)
	if !ok {
		return nil
	}
	return p.posts[p.start[i]:p.start[i+1]]
}

// fact decodes a row.
func (s *snapshot) fact(r row) Fact {
	return Fact{s.values[r.subject].text, s.preds[r.predicate], s.values[r.object], s.sources[r.source]}
}

// all yields every fact, by subject, predicate and order of insertion.
func (s *snapshot) all(yield func(Fact) bool) {
	for _, r := range s.rows {
		if !yield(s.fact(r)) {
			return
		}
	}
}

func (s *snapshot) factsOf(id string) []Fact {
	rows := s.facts(s.thing(id))
	out := make([]Fact, len(rows))
	for i, r := range rows {
		out[i] = s.fact(r)
	}
	return out
}

// row returns the row of a fact.
func (s *snapshot) row(subject node, pred uint32, object node) (row, bool) {
	for _, r := range s.factsWith(subject, pred) {
		if r.object == object {
			return r, true
		}
	}
	return row{}, false
}

// stored returns the fact as it is stored, with its source.
func (s *snapshot) stored(f Fact) (Fact, bool) {
	subject, object := s.thing(f.Subject), s.node(f.Object)
	pred, ok := s.predIDs[f.Predicate]
	if !ok || subject == none || object == none {
		return Fact{}, false
	}
	r, ok := s.row(subject, pred, object)
	if !ok {
		return Fact{}, false
	}
	return s.fact(r), true
}
