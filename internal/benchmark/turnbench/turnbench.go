// Package turnbench is the benchmark command that measures whole turns of an
// agent on a generated catalogue.
package turnbench

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

type arguments struct {
	products int
	budget   time.Duration
	show     bool
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet("turn", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.IntVar(&a.products, "products", 10_000, "`number` of products in the generated catalogue")
	set.DurationVar(&a.budget, "time", 5*time.Second, "`duration` of measuring, each with one and with two goroutines")
	set.BoolVar(&a.show, "show", false, "print the first conversations on standard error")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	switch {
	case set.NArg() > 0:
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	case a.products < 100 || a.products > 10_000_000:
		return a, fmt.Errorf("-products %d: want 100 to 10000000", a.products)
	case a.budget <= 0:
		return a, fmt.Errorf("-time %s: want more than nothing", a.budget)
	}
	return a, nil
}

// conversations is how many different ones are held in turn.
const conversations = 600

// Run executes the command: an agent sells the catalogue of kg's benchmark in
// English and Chinese conversations, each turn classified, tracked, looked up
// and worded by the template. It prints "name value" lines: microseconds and
// allocations of a turn, and turns a second with one and two goroutines.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		err = measure(ctx, a, stdout, stderr)
	}
	if err != nil {
		return fmt.Errorf("turn: %w", err)
	}
	return nil
}

func measure(ctx context.Context, a arguments, stdout, stderr io.Writer) error {
	start := time.Now()
	graph, agent, err := openShop(ctx, a.products)
	if err != nil {
		return err
	}
	defer graph.Close()
	opened := time.Since(start)
	said, err := talks(ctx, graph, conversations)
	if err != nil {
		return err
	}
	if a.show {
		if err := show(ctx, agent, said[:len(scripts)], stderr); err != nil {
			return err
		}
	}
	b := bench{agent: agent, talks: said}
	if _, err := b.run(ctx, 1, a.budget/10); err != nil { // warm
		return err
	}
	settle(ctx)
	runtime.GC()
	one, err := b.run(ctx, 1, a.budget)
	if err != nil {
		return err
	}
	two, err := b.run(ctx, 2, a.budget)
	if err != nil {
		return err
	}
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "products %d\nopen_seconds %.2f\n", a.products, opened.Seconds())
	one.print(w, "1")
	two.print(w, "2")
	fmt.Fprintf(w, "speedup_2 %.2f\n", two.rate()/one.rate())
	_, err = w.WriteTo(stdout)
	return err
}

// settle waits until the indexes, which are put in order in the background after
// a load, no longer allocate, for a minute at most.
func settle(ctx context.Context) {
	var before, after runtime.MemStats
	for start := time.Now(); time.Since(start) < time.Minute && ctx.Err() == nil; {
		runtime.ReadMemStats(&before)
		time.Sleep(200 * time.Millisecond)
		if runtime.ReadMemStats(&after); after.Mallocs-before.Mallocs < 1000 {
			return
		}
	}
}

// bench holds the conversations again and again.
type bench struct {
	agent *recommend.Agent
	talks [][]string
}

// result is what a run took.
type result struct {
	took   []time.Duration // each turn
	wall   time.Duration
	allocs uint64
}

func (r result) rate() float64 { return float64(len(r.took)) / r.wall.Seconds() }

func (r result) print(w io.Writer, goroutines string) {
	slices.Sort(r.took)
	n := len(r.took)
	us := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	fmt.Fprintf(w, "turns_per_second_%s %.0f\n", goroutines, r.rate())
	fmt.Fprintf(w, "us_per_turn_median_%s %.1f\n", goroutines, us(r.took[n/2]))
	fmt.Fprintf(w, "us_per_turn_p99_%s %.1f\n", goroutines, us(r.took[n*99/100]))
	fmt.Fprintf(w, "us_per_turn_slowest_%s %.1f\n", goroutines, us(r.took[n-1]))
	fmt.Fprintf(w, "allocs_per_turn_%s %.0f\n", goroutines, float64(r.allocs)/float64(n))
}

// run has goroutines hold conversations until the time is up.
func (b *bench) run(ctx context.Context, goroutines int, budget time.Duration) (result, error) {
	parts := make([]result, goroutines)
	errs := make([]error, goroutines)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := g; time.Since(start) < budget && errs[g] == nil; i += goroutines {
				errs[g] = b.talk(ctx, b.talks[i%len(b.talks)], &parts[g])
			}
		})
	}
	wg.Wait()
	out := result{wall: time.Since(start)}
	runtime.ReadMemStats(&after)
	out.allocs = after.Mallocs - before.Mallocs
	for _, p := range parts {
		out.took = append(out.took, p.took...)
	}
	return out, errors.Join(errs...)
}

func (b *bench) talk(ctx context.Context, said []string, r *result) error {
	var state dst.State
	for _, text := range said {
		start := time.Now()
		_, next, err := b.agent.Reply(ctx, state, text)
		r.took = append(r.took, time.Since(start))
		if err != nil {
			return fmt.Errorf("%q: %w", text, err)
		}
		state = next
	}
	return nil
}

// show writes conversations out.
func show(ctx context.Context, agent *recommend.Agent, talks [][]string, w io.Writer) error {
	for _, said := range talks {
		var state dst.State
		for _, text := range said {
			start := time.Now()
			reply, next, err := agent.Reply(ctx, state, text)
			if err != nil {
				return fmt.Errorf("%q: %w", text, err)
			}
			if _, err := fmt.Fprintf(w, "> %s\n%s\n    %s %v\n", text, reply.Text, dst.FormatActs(reply.Acts), time.Since(start)); err != nil {
				return err
			}
			state = next
		}
		if _, err := fmt.Fprintln(w, "---"); err != nil {
			return err
		}
	}
	return nil
}
