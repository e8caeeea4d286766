// Package kgbench is the benchmark command that measures the product graph
// beside its rivals on a generated catalogue.
package kgbench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// The graph and its rivals by name.
const (
	oursName   = "ours"           // the graph through its public API
	plainName  = "plain"          // a hand-written index of Go maps and slices
	viewName   = "cayley_on_ours" // cayley's path package on the graph's snapshot
	cayleyName = "cayley"         // the same paths on cayley's memstore
	bleveName  = "bleve"          // a bleve index as a filter
)

var rivalNames = []string{plainName, viewName, cayleyName, bleveName}

// slowLimit is the number of products above which cayley's memstore and bleve
// are left out unless they are asked for.
const slowLimit = 100_000

// arguments are the command's flags.
type arguments struct {
	products int
	rivals   []string
	budget   time.Duration
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet("kg", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.IntVar(&a.products, "products", 10_000, "`number` of products in the generated catalogue")
	names := set.String("rivals", "", "comma-separated `names` out of "+strings.Join(rivalNames, ", ")+
		fmt.Sprintf(", or none (default all; above %d products without cayley and bleve)", slowLimit))
	set.DurationVar(&a.budget, "time", 300*time.Millisecond, "`duration` of measuring each query of each rival")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	if set.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if a.products < 100 || a.products > 10_000_000 {
		return a, fmt.Errorf("-products %d: want 100 to 10000000", a.products)
	}
	switch *names {
	case "":
		if a.rivals = rivalNames; a.products > slowLimit {
			a.rivals = []string{plainName, viewName}
		}
	case "none":
	default:
		a.rivals = strings.Split(*names, ",")
		for _, name := range a.rivals {
			if !slices.Contains(rivalNames, name) {
				return a, fmt.Errorf("-rivals: no %q; want some of %s, or none", name, strings.Join(rivalNames, ", "))
			}
		}
	}
	return a, nil
}

// Run executes the command: it loads the same catalogue into the graph and its
// rivals, checks that they give the same answers, and prints "name value" lines
// to stdout: seconds and memory of the load, microseconds and allocations of
// each query, and how updates fare.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		b := newBench(a, stdout)
		err = errors.Join(b.run(ctx), b.close())
	}
	if err != nil {
		return fmt.Errorf("kg: %w", err)
	}
	return nil
}
