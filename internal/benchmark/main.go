// Benchmark measures the library on public or your own data. Every figure in
// the README comes out of one of its commands:
//
//	go run ./internal/benchmark dst -crosswoz DIR -split val
//	go run ./internal/benchmark dst -sgd DIR -split dev [-sgdx v1] [-errors E.jsonl]
//	go run ./internal/benchmark dst -schema S.json -dialogues D.jsonl [-fit F.jsonl] [-weights none] [-out P.jsonl]
//	go run ./internal/benchmark train -sgd DIR -out W
//	go run ./internal/benchmark curve -sgd DIR [-split dev] [-out FILE.svg]
//	go run ./internal/benchmark answers -crosswoz DIR -split val [-out P.jsonl]
//	go run ./internal/benchmark intent -train T.csv [-dev V.csv] -test E.csv [-out P.csv] [-ranked]
//	go run ./internal/benchmark kg -products N [-rivals plain,cayley_on_ours,cayley,bleve]
//	go run ./internal/benchmark turn -products N
//	go run ./internal/benchmark sessions [-store memory,bolt,redis,postgres] [-sessions N] [-soak 60s] [-out FILE.svg]
//	go run ./internal/benchmark simulate -dialogues N [-seed S] [-failures F.txt]
//
// curve says how much a tracker gains by learning from dialogues of a schema of
// its own, and draws it. dst also takes -folds N, to score each part of the dialogues after adapting to
// the others. kg measures the product graph beside its rivals on a generated
// catalogue, and fails where their answers differ. turn measures whole turns of
// an agent that sells it. sessions measures conversations that are kept, by store.
// simulate lets invented customers buy in the demo shop.
//
// Figures are printed as "name value" lines. A command that cannot do what it
// was asked exits with status 1 and says why on standard error.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/benchmark/intentbench"
	"github.com/slotgraph/slotgraph/internal/benchmark/kgbench"
	"github.com/slotgraph/slotgraph/internal/benchmark/sessionbench"
	"github.com/slotgraph/slotgraph/internal/benchmark/simbench"
	"github.com/slotgraph/slotgraph/internal/benchmark/trackbench"
	"github.com/slotgraph/slotgraph/internal/benchmark/turnbench"
)

type command struct {
	name string
	run  func(ctx context.Context, args []string, stdout, stderr io.Writer) error
}

var commands = []command{
	{"answers", trackbench.Answers},
	{"curve", trackbench.Curve},
	{"dst", trackbench.DST},
	{"intent", intentbench.Run},
	{"kg", kgbench.Run},
	{"sessions", sessionbench.Run},
	{"simulate", simbench.Run},
	{"train", trackbench.Train},
	{"turn", turnbench.Run},
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	if len(args) == 0 {
		return fmt.Errorf("which command? One of %s; each has -help", strings.Join(names, ", "))
	}
	switch args[0] {
	case "-h", "-help", "--help", "help":
		_, err := fmt.Fprintf(stderr, "usage: benchmark COMMAND [flags]\nThe commands are %s; each has -help.\n", strings.Join(names, ", "))
		return err
	}
	i := slices.IndexFunc(commands, func(c command) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("no command %q; the commands are %s", args[0], strings.Join(names, ", "))
	}
	return commands[i].run(ctx, args[1:], stdout, stderr)
}
