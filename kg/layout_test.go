package kg

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// checkLayout compares the indexes of a snapshot with its rows.
func checkLayout(t fatal, s *snapshot) {
	facts, quads, subjects := 0, 0, 0
	links := make([][]link, len(s.preds))
	has := make([]map[node]bool, len(s.preds))
	for n, rows := range s.rows.each {
		subjects++
		facts += len(rows)
		for i, r := range rows {
			if i > 0 && rows[i-1].predicate > r.predicate {
				t.Fatalf("the rows of %s are not by predicate: %v", s.id(n), rows)
			}
			if statements := statements(&s.origins, r.origin); statements == 0 {
				t.Fatalf("%v has no origin", s.fact(triple{n, r}))
			} else {
				quads += statements
			}
			links[r.predicate] = append(links[r.predicate], link{r.object, n})
			if has[r.predicate] == nil {
				has[r.predicate] = map[node]bool{}
			}
			has[r.predicate][n] = true
		}
	}
	if facts != s.facts || quads != s.quads || subjects != s.subjects {
		t.Fatalf("counts %d facts, %d quads, %d subjects; want %d, %d, %d", s.facts, s.quads, s.subjects, facts, quads, subjects)
	}
	for i, p := range s.preds {
		if s.predIDs[p.name] != uint32(i) || p.facts != len(links[i]) || p.subjects != len(has[i]) {
			t.Fatalf("predicate %d %s has number %d, %d facts, %d subjects; want %d, %d", i, p.name, s.predIDs[p.name], p.facts, p.subjects, len(links[i]), len(has[i]))
		}
		checkPredicate(t, s, p, links[i])
	}
	for n := node(1); n < s.sorted; n++ {
		if s.id(n-1) >= s.id(n) {
			t.Fatalf("things %q and %q are not in order", s.id(n-1), s.id(n))
		}
	}
	if !slices.IsSortedFunc(s.byName, func(a, b uint32) int { return strings.Compare(s.preds[a].name, s.preds[b].name) }) || len(s.byName) != len(s.preds) {
		t.Fatalf("byName is %v", s.byName)
	}
}

func checkPredicate(t fatal, s *snapshot, p *predicate, want []link) {
	slices.SortFunc(want, compareLinks)
	var got []link
	for o, subjects := range p.posts.each {
		if !slices.Equal(p.posts.of(o), subjects) || len(subjects) == 0 {
			t.Fatalf("%s: subjects of %v: %v, found %v", p.name, s.value(o), subjects, p.posts.of(o))
		}
		for _, n := range subjects {
			got = append(got, link{o, n})
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: postings %v, want %v", p.name, got, want)
	}
	for _, c := range p.posts.chunks {
		if c.set == nil {
			continue
		}
		var in []node
		for n := range s.terms.n {
			if c.set.has(n) {
				in = append(in, n)
			}
		}
		if !slices.Equal(in, c.subjects) {
			t.Fatalf("%s: set %v, want %v", p.name, in, c.subjects)
		}
	}
	if p.numbers != nil {
		for n := range s.terms.n {
			if o, num := p.forward.of(n), p.numbers.of(n); o == none != (num != num) || o != none && s.terms.at(o).num != num {
				t.Fatalf("%s: number %v of %v", p.name, num, s.id(n))
			}
		}
	}
	if p.forward != nil {
		var in []link
		for n := range s.terms.n + 2*pageSize {
			if o := p.forward.of(n); o != none {
				in = append(in, link{o, n})
			}
		}
		slices.SortFunc(in, compareLinks)
		if !slices.Equal(in, want) {
			t.Fatalf("%s: forward column %v, want %v", p.name, in, want)
		}
	}
	byColumn := map[columnKey][]columnEntry{}
	for _, l := range want {
		v := s.terms.at(l.object)
		if kind, unit, ok := columnOf(v); ok {
			byColumn[columnKey{kind, unit}] = append(byColumn[columnKey{kind, unit}], columnEntry{v.num, l})
		}
	}
	if len(byColumn) != len(p.columns) {
		t.Fatalf("%s: %d columns, want %d", p.name, len(p.columns), len(byColumn))
	}
	for _, c := range p.columns {
		list := byColumn[columnKey{c.kind, c.unit}]
		aux := s.aux(c.kind)
		slices.SortFunc(list, func(a, b columnEntry) int { return compareColumnEntries(aux, a.key, a.link, b.key, b.link) })
		var in []columnEntry
		c.slice(0, c.len(), func(keys []float64, links []link) bool {
			for i := range keys {
				in = append(in, columnEntry{keys[i], links[i]})
			}
			return true
		})
		if !slices.Equal(in, list) {
			t.Fatalf("%s: column %v, want %v", p.name, in, list)
		}
	}
}

// statement is a fact and who states it.
type statement struct {
	fact   Fact // without source
	source string
}

// model is the plainest graph there is.
type model struct {
	order []statement
}

func (m *model) add(f Fact) {
	st := statement{Fact{f.Subject, f.Predicate, f.Object, ""}, f.Source}
	for _, other := range m.order {
		if other == st {
			return
		}
	}
	m.order = append(m.order, st)
}

func (m *model) remove(is func(statement) bool) { m.order = slices.DeleteFunc(m.order, is) }

// sync does what Batch.Sync promises.
func (m *model) sync(source string, facts []Fact) {
	keep := map[Fact]bool{}
	for _, f := range facts {
		keep[Fact{f.Subject, f.Predicate, f.Object, ""}] = true
	}
	had := map[Fact]bool{}
	for _, st := range m.order {
		if ofSource(st.source, source) {
			had[st.fact] = true
		}
	}
	m.remove(func(st statement) bool { return ofSource(st.source, source) && !keep[st.fact] })
	for _, f := range facts {
		if k := (Fact{f.Subject, f.Predicate, f.Object, ""}); !had[k] {
			had[k] = true // further rows that state it say nothing new
			m.add(f)
		}
	}
}

func (m *model) statements() map[statement]bool {
	out := map[statement]bool{}
	for _, st := range m.order {
		out[st] = true
	}
	return out
}

func randomFact(rnd *rand.Rand) Fact {
	object := []Value{Text(fmt.Sprint("t", rnd.IntN(6))), Ref(fmt.Sprint("p", rnd.IntN(30))), Num(float64(rnd.IntN(40)), ""),
		Num(float64(rnd.IntN(9)), "GB"), Num(float64(rnd.IntN(9)), "MB"), Bool(rnd.IntN(2) == 0)}[rnd.IntN(6)]
	return Fact{fmt.Sprint("p", rnd.IntN(30)), []string{"a", "b", "name@zh", "name", "c"}[rnd.IntN(5)], object,
		[]string{"", "f", "f row 1", "f row 2", "g line 1"}[rnd.IntN(5)]}
}

// TestBatchesAgainstModel makes random batches, large and small, and compares
// statements, layout and answers with those of the plainest graph.
func TestBatchesAgainstModel(t *testing.T) {
	for seed := range uint64(12) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		g, m := newGraph(t), &model{}
		g.compileLeast = []int{0, 1 << 30, 300}[seed%3]
		for range 60 {
			randomBatch(t, g, m, rnd)
			s := g.snap.Load()
			checkLayout(t, s)
			got := map[statement]bool{}
			for n, rows := range s.rows.each {
				for _, r := range rows {
					f := s.fact(triple{n, r})
					f.Source = ""
					for _, o := range s.chain(r.origin) {
						got[statement{f, s.source(o.label)}] = true
					}
				}
			}
			if want := m.statements(); !maps.Equal(got, want) {
				t.Fatalf("seed %d: statements\n%v, want\n%v", seed, got, want)
			}
		}
		checkStore(t, g)
	}
}

func randomBatch(t fatal, g *Graph, m *model, rnd *rand.Rand) {
	err := g.Update(context.Background(), func(b *Batch) error {
		for range 1 + rnd.IntN(4) {
			switch rnd.IntN(8) {
			case 0:
				f := randomFact(rnd)
				b.Remove(f)
				m.remove(func(st statement) bool { return st.fact == Fact{f.Subject, f.Predicate, f.Object, ""} })
			case 1:
				id := fmt.Sprint("p", rnd.IntN(30))
				b.RemoveSubject(id)
				m.remove(func(st statement) bool { return st.fact.Subject == id })
			case 2:
				if rnd.IntN(3) > 0 {
					continue
				}
				var facts []Fact
				for range rnd.IntN(20) {
					if f := randomFact(rnd); ofSource(f.Source, "f") {
						facts = append(facts, f)
					}
				}
				b.Sync("f", facts...)
				m.sync("f", facts)
				return nil // a later change may add again what is to go, and it keeps its row
			default:
				for range rnd.IntN(12) {
					f := randomFact(rnd)
					b.Add(f)
					m.add(f)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatalf("update: %v", err)
	}
}
