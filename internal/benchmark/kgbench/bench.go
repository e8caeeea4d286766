package kgbench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strconv"
	"time"

	"github.com/slotgraph/slotgraph/internal/benchmark/cpu"
	"github.com/slotgraph/slotgraph/kg"
)

// bench is one run of the command.
type bench struct {
	arguments
	out       io.Writer
	catalogue *catalogue
	questions []question
	graph     *ours
	rivals    []*rival // ours first
	err       error    // the first of printing
}

func newBench(a arguments, out io.Writer) *bench {
	c := newCatalogue(a.products)
	return &bench{arguments: a, out: out, catalogue: c, questions: c.questions()}
}

func (b *bench) close() error {
	var errs []error
	for _, r := range b.rivals {
		errs = append(errs, r.close())
	}
	return errors.Join(errs...)
}

// run is the steps of the command.
func (b *bench) run(ctx context.Context) error {
	for _, step := range []func(context.Context) error{b.load, b.queries, b.updates, b.burst, b.disk} {
		if err := step(ctx); err != nil {
			return err
		}
		if b.err != nil {
			return b.err
		}
	}
	return nil
}

// print writes one figure.
func (b *bench) print(name string, value float64) {
	digits := 3
	if value >= 100 || value == float64(int(value)) {
		digits = 0
	}
	b.line(name, strconv.FormatFloat(value, 'f', digits, 64))
}

func (b *bench) line(name, value string) {
	if _, err := fmt.Fprintln(b.out, name, value); err != nil && b.err == nil {
		b.err = err
	}
}

func (b *bench) load(ctx context.Context) error {
	b.print("products", float64(b.products))
	defer func(rate int) { runtime.MemProfileRate = rate }(runtime.MemProfileRate)
	runtime.MemProfileRate = profileRate
	before := heapParts()
	err := b.loadOne(oursName, func(facts []kg.Fact) (r *rival, err error) {
		if b.graph, err = loadOurs(ctx, facts); err != nil {
			return nil, err
		}
		return b.graph.rival(), nil
	})
	if err != nil {
		return err
	}
	facts := float64(b.graph.g.Len())
	after := heapParts()
	runtime.MemProfileRate = 0
	for i, name := range [parts]string{"snapshot", "names", "text"} {
		b.print("bytes_per_fact_ours_"+name, (after[i]-before[i])/facts)
	}
	b.print("facts", facts)
	for _, name := range rivalNames {
		if !slices.Contains(b.arguments.rivals, name) {
			b.line("rival_"+name, "skipped")
			continue
		}
		if name == viewName { // nothing to load
			b.rivals = append(b.rivals, viewRival(b.graph.g))
			continue
		}
		if err := b.loadOne(name, func(facts []kg.Fact) (*rival, error) { return loadRival(ctx, name, facts) }); err != nil {
			return err
		}
	}
	return nil
}

func loadRival(ctx context.Context, name string, facts []kg.Fact) (*rival, error) {
	switch name {
	case plainName:
		return loadPlain(facts).rival(), nil
	case cayleyName:
		return stockRival(loadCayley(facts)), nil
	}
	r, err := loadBleve(ctx, facts)
	if err != nil {
		return nil, err
	}
	return r.rival(), nil
}

// loadOne loads a rival and prints what that takes. The making of the facts is
// not counted, and what the rival keeps of their strings is.
func (b *bench) loadOne(name string, load func([]kg.Fact) (*rival, error)) error {
	before := heapBytes()
	facts := b.catalogue.facts()
	n := float64(len(facts))
	runtime.GC() // the load should not pay for collecting what was before
	used, known := cpu.Seconds()
	start := time.Now()
	r, err := load(facts)
	if err != nil {
		return err
	}
	b.rivals = append(b.rivals, r)
	b.print("load_"+name+"_seconds", time.Since(start).Seconds())
	if now, _ := cpu.Seconds(); known {
		b.print("load_"+name+"_cpu_seconds", now-used)
	}
	b.print("bytes_per_fact_"+name, (heapBytes()-before)/n)
	return b.err
}

func (b *bench) queries(ctx context.Context) error {
	for _, form := range forms {
		if err := b.query(ctx, form); err != nil {
			return err
		}
	}
	return b.err
}

// query measures one form with each rival that has it, one after the other.
func (b *bench) query(ctx context.Context, form string) error {
	var answers [][]string
	costs := map[string]cost{}
	for _, r := range b.rivals {
		p, ok := r.probes[form]
		if !ok {
			continue
		}
		about, err := check(ctx, form, r, b.questions, &answers, b.budget)
		if err != nil {
			return err
		}
		if r.name == oursName {
			if err := b.hits(form, answers); err != nil {
				return err
			}
		}
		if costs[r.name], err = measure(ctx, p, b.questions, about, b.budget); err != nil {
			return fmt.Errorf("%s: %s: %w", form, r.name, err)
		}
	}
	b.printCosts(form, costs)
	return b.err
}

// printCosts prints what a form costs each rival, and how many times as much as
// others.
func (b *bench) printCosts(form string, costs map[string]cost) {
	ratio := func(of, to string) {
		x, ok := costs[of]
		y, both := costs[to]
		if ok && both {
			b.print(form+"_"+of+"_to_"+to, x.micros/y.micros)
		}
	}
	for _, r := range b.rivals {
		c, ok := costs[r.name]
		if !ok {
			continue
		}
		b.print(form+"_"+r.name+"_us", c.micros)
		b.print(form+"_"+r.name+"_allocs", math.Round(c.allocs*10)/10)
		if r.name != plainName {
			ratio(r.name, plainName)
		}
		if r.name != plainName && r.name != oursName {
			ratio(r.name, oursName)
		}
	}
	ratio(cayleyName, viewName)
}

// hits prints the median number of hits. Where most answers are empty, nothing
// was measured.
func (b *bench) hits(form string, answers [][]string) error {
	list := make([]float64, len(answers))
	for i, a := range answers {
		list[i] = float64(len(a))
		switch {
		case len(a) == 1 && a[0] == "":
			list[i] = 0
		case form == rangeCount:
			list[i], _ = strconv.ParseFloat(a[0], 64)
		}
	}
	b.print(form+"_hits", median(list))
	if median(list) == 0 {
		return fmt.Errorf("%s: most questions have no answer", form)
	}
	return nil
}
