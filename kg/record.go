package kg

import (
	"fmt"
	"slices"
)

// A record is one batch as the journal keeps it, in terms of its own, so that
// it can be replayed on any snapshot of the same state: for each subject and
// predicate that changed, how many of the rows stand, and those that follow.

// encode writes the record of a batch.
func (w *writer) encode(changes []subjectChange) []byte {
	r := recorder{writer: w, termAt: map[node]int{}, predAt: map[uint32]int{}, chainAt: map[uint32]int{}}
	r.body.uint(uint64(len(changes)))
	for _, c := range changes {
		r.subject(c)
	}
	var out encoder
	out.uint(uint64(len(r.terms)))
	for _, n := range r.terms {
		out.term(w.dict.terms.at(n))
	}
	out.uint(uint64(len(r.preds)))
	for _, p := range r.preds {
		out.uint(uint64(r.termAt[w.preds[p].term]))
		out.string(w.preds[p].name)
	}
	out.uint(uint64(len(r.chainAt)))
	out.b = append(append(out.b, r.chains.b...), r.body.b...)
	return out.b
}

type recorder struct {
	*writer
	termAt  map[node]int
	terms   []node
	predAt  map[uint32]int
	preds   []uint32
	chainAt map[uint32]int
	chains  encoder
	body    encoder
}

func (r *recorder) term(n node) uint64 {
	at, ok := r.termAt[n]
	if !ok {
		at = len(r.terms)
		r.termAt[n] = at
		r.terms = append(r.terms, n)
	}
	return uint64(at)
}

func (r *recorder) pred(p uint32) uint64 {
	at, ok := r.predAt[p]
	if !ok {
		at = len(r.preds)
		r.predAt[p] = at
		r.preds = append(r.preds, p)
		r.term(r.writer.preds[p].term)
	}
	return uint64(at)
}

// chain writes the statements of a fact, the newest first; label 0 is none.
func (r *recorder) chain(o uint32) uint64 {
	at, ok := r.chainAt[o]
	if !ok {
		at = len(r.chainAt)
		r.chainAt[o] = at
		r.chains.uint(uint64(statements(&r.origins, o)))
		for ; o != 0; o = r.origins.at(o).rest {
			label := uint64(0)
			if n := r.origins.at(o).label; n != none {
				label = r.term(n) + 1
			}
			r.chains.uint(label)
			r.chains.fixed(uint64(r.origins.at(o).at))
		}
	}
	return uint64(at)
}

func (r *recorder) subject(c subjectChange) {
	var body encoder
	groups := 0
	c.byPredicate(func(pred uint32, old, now []row) {
		if slices.Equal(old, now) {
			return
		}
		groups++
		keep := 0
		for keep < min(len(old), len(now)) && old[keep] == now[keep] {
			keep++
		}
		body.uint(r.pred(pred))
		body.uint(uint64(keep))
		body.uint(uint64(len(now) - keep))
		for _, row := range now[keep:] {
			body.uint(r.term(row.object))
			body.uint(r.chain(row.origin))
		}
	})
	r.body.uint(r.term(c.subject))
	r.body.uint(uint64(groups))
	r.body.b = append(r.body.b, body.b...)
}

// replay applies a record on top of the batch so far. What is wrong with a
// record is found before anything is applied.
func (w *writer) replay(record []byte) error {
	p, err := w.decode(record)
	if err != nil {
		return err
	}
	for _, c := range p.subjects {
		if w.pending == nil {
			w.pending = map[node][]row{}
		}
		rows, ok := w.pending[c.subject]
		if !ok {
			rows = w.s.rows.of(c.subject)
		}
		var next []row
		for len(rows) > 0 || len(c.groups) > 0 {
			if len(c.groups) == 0 || len(rows) > 0 && rows[0].predicate < c.groups[0].pred {
				n := run(rows, rows[0].predicate)
				next, rows = append(next, rows[:n]...), rows[n:]
				continue
			}
			g := c.groups[0]
			n := run(rows, g.pred)
			if g.keep > n {
				return fmt.Errorf("it keeps %d facts of %s, which has %d: it does not follow what is before it", g.keep, clip(w.preds[g.pred].name), n)
			}
			next = append(append(next, rows[:g.keep]...), g.rows...)
			rows, c.groups = rows[n:], c.groups[1:]
		}
		w.pending[c.subject] = next
	}
	return nil
}

// replayed returns the changes of all records replayed.
func (w *writer) replayed() []subjectChange {
	out := make([]subjectChange, 0, len(w.pending))
	for n, rows := range w.pending {
		out = append(out, subjectChange{n, w.s.rows.of(n), rows})
	}
	slices.SortFunc(out, func(a, b subjectChange) int { return compareNodes(a.subject, b.subject) })
	return out
}

type decodedRecord struct{ subjects []decodedSubject }

type decodedSubject struct {
	subject node
	groups  []decodedGroup // by predicate number
}

type decodedGroup struct {
	pred uint32
	keep int
	rows []row
}

func (w *writer) decode(record []byte) (decodedRecord, error) {
	d := newDecoder(record)
	terms := make([]node, d.count())
	for i := range terms {
		if v := d.term(); d.err == nil {
			terms[i] = w.dict.intern(v)
		}
	}
	preds := make([]uint32, d.count())
	for i := range preds {
		term, name := d.index(len(terms)), d.string()
		if d.err != nil {
			break
		}
		preds[i] = w.storedPredicate(name, terms[term])
	}
	chains := make([]uint32, d.count())
	for i := range chains {
		chains[i] = w.decodeChain(d, terms)
	}
	out := decodedRecord{make([]decodedSubject, d.count())}
	for i := range out.subjects {
		if d.err != nil {
			break
		}
		s := &out.subjects[i]
		if at := d.index(len(terms)); d.err == nil {
			s.subject = terms[at]
		}
		s.groups = decodeGroups(d, terms, preds, chains)
	}
	if d.err == nil && len(d.b) > 0 {
		d.fail(fmt.Errorf("%d bytes too many", len(d.b)))
	}
	return out, d.err
}

// storedPredicate returns the predicate of a file: one that is no IRI brings
// its term.
func (w *writer) storedPredicate(name string, term node) uint32 {
	if p, ok := w.predIDs[name]; ok {
		return p
	}
	if name != "" && name[0] == 0 {
		return w.newPredicate(&predicate{name: name, term: term, base: term})
	}
	return w.predicate(name)
}

func (w *writer) decodeChain(d *decoder, terms []node) uint32 {
	list := make([]origin, d.count())
	for i := range list {
		list[i].label = none
		if at := d.index(len(terms) + 1); at > 0 {
			list[i].label = terms[at-1]
		}
		list[i].at = int64(d.fixed())
	}
	if d.err == nil && len(list) == 0 {
		d.fail(fmt.Errorf("a fact that nobody states"))
	}
	rest := uint32(0)
	for _, o := range slices.Backward(list) {
		o.rest = rest
		rest = w.stored(o)
	}
	return rest
}

// stored returns the number of an origin as it is.
func (w *writer) stored(o origin) uint32 {
	n, ok := w.origin[o]
	if !ok {
		n = w.origins.n
		w.origin[o] = n
		w.origins.append(o)
	}
	return n
}

func decodeGroups(d *decoder, terms []node, preds, chains []uint32) []decodedGroup {
	groups := make([]decodedGroup, d.count())
	for i := range groups {
		g := &groups[i]
		at := d.index(len(preds))
		g.keep = int(min(d.uint(), 1<<31))
		g.rows = make([]row, d.count())
		for j := range g.rows {
			object, chain := d.index(len(terms)), d.index(len(chains))
			if d.err != nil {
				return nil
			}
			g.rows[j] = row{preds[at], terms[object], chains[chain]}
		}
		if d.err != nil {
			return nil
		}
		g.pred = preds[at]
	}
	slices.SortFunc(groups, func(a, b decodedGroup) int { return compareNodes(a.pred, b.pred) })
	for i := 1; i < len(groups); i++ {
		if groups[i].pred == groups[i-1].pred {
			d.fail(fmt.Errorf("a predicate twice for one subject"))
			return nil
		}
	}
	return groups
}
