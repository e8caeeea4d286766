package kg

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/cayleygraph/quad"
)

// writer turns one batch into a new snapshot. It numbers terms in the shared
// dictionary, and everything else in copies, so that a batch that is given up
// leaves no trace that a reader could see.
type writer struct {
	s       *snapshot // before the batch
	dict    *dict
	origins paged[origin]
	preds   []*predicate
	predIDs map[string]uint32
	now     int64 // nanoseconds since 1970

	origin  map[origin]uint32 // of this batch
	edits   []edit
	pending map[node][]row // of records replayed
	// keep says which subjects lose nothing by a sweep, where it is not nil.
	keep func(subject string) bool
}

// An edit is one change of a subject, in numbers. Its kinds are those of
// changes.
type edit struct {
	triple
	op op
}

// op is what a change does.
type op uint8

const (
	addFact       op = iota
	removeFact       // whatever its origins
	removeSubject    // all its facts
	sweep            // what the origin's feed states of the subject, unless it is added again
	addQuad          // with just this origin
	removeQuad
)

func (g *Graph) writer(s *snapshot) *writer {
	return &writer{s: s, dict: s.dict, origins: s.origins, preds: slices.Clip(s.preds), predIDs: s.predIDs,
		now: g.now().UnixNano(), origin: map[origin]uint32{}}
}

// byName returns the predicates in the order of their names.
func (w *writer) byName() []uint32 {
	if len(w.preds) == len(w.s.preds) {
		return w.s.byName
	}
	out := make([]uint32, len(w.preds))
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortFunc(out, func(a, b uint32) int { return strings.Compare(w.preds[a].name, w.preds[b].name) })
	return out
}

// predicate returns the number of the predicate of that name, a new one where
// need be.
func (w *writer) predicate(name string) uint32 {
	if p, ok := w.predIDs[name]; ok {
		return p
	}
	p := &predicate{name: strings.Clone(name), term: w.dict.intern(Ref(name))}
	base, lang := splitLang(p.name)
	if p.base, p.lang = p.term, lang; lang != "" {
		p.base = w.dict.intern(Ref(base))
	}
	return w.newPredicate(p)
}

func (w *writer) newPredicate(p *predicate) uint32 {
	if len(w.preds) == len(w.s.preds) { // the first new one
		w.predIDs = maps.Clone(w.predIDs)
	}
	n := uint32(len(w.preds))
	w.preds = append(w.preds, p)
	w.predIDs[p.name] = n
	return n
}

// statement returns the number of an origin of this batch with the label.
func (w *writer) statement(label node) uint32 {
	return w.stored(origin{label: label, at: w.now})
}

// labelOf returns the node of a source.
func (w *writer) labelOf(source string) node {
	if source == "" {
		return none
	}
	return w.dict.intern(Text(source))
}

// number turns changes into edits, and groups them by subject, each one's in
// the order in which they were made.
func (w *writer) number(ctx context.Context, changes []change) error {
	w.edits = make([]edit, 0, len(changes))
	lastID, last := "", none // facts come by subject, mostly
	lastSource, statement := "", uint32(0)
	for i := range changes {
		if i%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		c := &changes[i]
		if c.op == sweep {
			w.sweep(c.fact.Source)
			continue
		}
		if last == none || c.fact.Subject != lastID {
			lastID, last = c.fact.Subject, w.dict.intern(Ref(c.fact.Subject))
		}
		e := edit{op: c.op, triple: triple{subject: last}}
		if c.op != removeSubject {
			e.predicate = w.predicate(c.fact.Predicate)
			e.object = w.dict.intern(termIn(w.preds[e.predicate], c.fact.Object))
		}
		if c.op == addFact {
			if statement == 0 || c.fact.Source != lastSource {
				lastSource, statement = c.fact.Source, w.statement(w.labelOf(c.fact.Source))
			}
			e.origin = statement
		}
		w.edits = append(w.edits, e)
	}
	w.group()
	return nil
}

func (w *writer) group() {
	bySubject := func(a, b edit) int { return compareNodes(a.subject, b.subject) }
	if !slices.IsSortedFunc(w.edits, bySubject) {
		slices.SortStableFunc(w.edits, bySubject)
	}
}

// sweep adds an edit for each subject of which the feed states something,
// before the batch or by an earlier change of it.
func (w *writer) sweep(feed string) {
	label := w.statement(w.labelOf(feed))
	states := w.feed(feed)
	subjects := map[node]bool{}
	for n, rows := range w.s.rows.each {
		if slices.ContainsFunc(rows, func(r row) bool { return states(r.origin) }) {
			subjects[n] = true
		}
	}
	for _, e := range w.edits {
		if e.op == addFact && states(e.origin) {
			subjects[e.subject] = true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(subjects)) {
		if w.keep != nil && w.keep(idOf(w.dict.terms.at(n))) {
			continue
		}
		w.edits = append(w.edits, edit{op: sweep, triple: triple{n, row{origin: label}}})
	}
}

// feed returns a test of whether one of the origins in a chain is the feed, or
// a row of it.
func (w *writer) feed(feed string) func(o uint32) bool {
	known := map[uint32]bool{0: false}
	var states func(o uint32) bool
	states = func(o uint32) bool {
		is, ok := known[o]
		if !ok {
			at := w.origins.at(o)
			is = ofSource(w.source(at.label), feed) || states(at.rest)
			known[o] = is
		}
		return is
	}
	return states
}

func (w *writer) source(label node) string {
	if label == none {
		return ""
	}
	return w.dict.terms.at(label).plain().text
}

// quad numbers a quad of cayley's.
func (w *writer) quad(q quad.Quad, kind op) error {
	var e edit
	e.op = kind
	subject, err := termOf(q.Subject)
	if err != nil {
		return badQuad("subject", q, err)
	}
	object, err := termOf(q.Object)
	if err != nil {
		return badQuad("object", q, err)
	}
	if subject == Ref("") || object == Ref("") {
		return badQuad("subject and object", q, errors.New("an empty IRI is no id"))
	}
	label := none
	if q.Label != nil {
		v, err := termOf(q.Label)
		if err != nil {
			return badQuad("label", q, err)
		}
		label = w.dict.intern(v)
	}
	e.subject, e.object, e.origin = w.dict.intern(subject), w.dict.intern(object), w.statement(label)
	if e.predicate, err = w.quadPredicate(q.Predicate, object); err != nil {
		return badQuad("predicate", q, err)
	}
	w.edits = append(w.edits, e)
	return nil
}

// quadPredicate returns the predicate of a quad: "name@zh" for <name> with a
// string tagged @zh.
func (w *writer) quadPredicate(v quad.Value, object Value) (uint32, error) {
	t, err := termOf(v)
	if err != nil {
		return 0, err
	}
	if t.kind != Thing {
		name := quadPredicateName(v)
		if p, ok := w.predIDs[name]; ok {
			return p, nil
		}
		n := w.dict.intern(t)
		return w.newPredicate(&predicate{name: name, term: n, base: n}), nil
	}
	if object.kind == langText {
		tagged := t.text + "@" + object.text[object.aux:]
		if base, _ := splitLang(tagged); base == t.text {
			return w.predicate(tagged), nil
		}
	}
	return w.predicate(t.text), nil
}

// quadPredicateName names a predicate that is no IRI. No fact may have such a
// name.
func quadPredicateName(v quad.Value) string { return "\x00" + v.String() }
