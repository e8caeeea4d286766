// Package simbench is the benchmark command that lets invented customers buy
// in the demo shop.
package simbench

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/examples/shop/customers"
	"github.com/slotgraph/slotgraph/examples/shop/store"
)

type arguments struct {
	dialogues int
	seed      uint64
	failures  string
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet("simulate", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.IntVar(&a.dialogues, "dialogues", 1000, "`number` of conversations, half of them English and half Chinese")
	set.Uint64Var(&a.seed, "seed", 1, "`number` that all that is random follows from")
	set.StringVar(&a.failures, "failures", "", "`file` to write the conversations to that did not reach their goal")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	switch {
	case set.NArg() > 0:
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	case a.dialogues < 1 || a.dialogues > 1_000_000:
		return a, fmt.Errorf("-dialogues %d: want 1 to 1000000", a.dialogues)
	}
	return a, nil
}

// Run executes the command. It prints "name value" lines: conversations, how
// many reached their goal, in all and by language, turns and changes of mind a
// conversation, and how many failed for each reason.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		err = simulate(ctx, a, stdout)
	}
	if err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	return nil
}

func simulate(ctx context.Context, a arguments, stdout io.Writer) error {
	shop, err := store.Open(ctx, store.Demo())
	if err != nil {
		return err
	}
	defer shop.Graph.Close()
	report, err := customers.Simulate(ctx, shop, a.dialogues, a.seed)
	if err != nil {
		return err
	}
	if err := print(stdout, report); err != nil || a.failures == "" {
		return err
	}
	var text strings.Builder
	for _, f := range report.Failures {
		fmt.Fprintf(&text, "%s\n", f.Transcript)
	}
	return os.WriteFile(a.failures, []byte(text.String()), 0o644)
}

func print(stdout io.Writer, r dsttest.CustomerReport) error {
	w, n := new(bytes.Buffer), float64(r.Conversations)
	fmt.Fprintf(w, "dialogues %d\nreached %d\nshare %.3f\n", r.Conversations, r.Reached, r.Share())
	for _, lang := range []string{"en", "zh"} {
		if all := r.ByLang[lang]; all > 0 {
			fmt.Fprintf(w, "share_%s %.3f\n", lang, float64(r.ReachedBy[lang])/float64(all))
		}
	}
	fmt.Fprintf(w, "turns_mean %.2f\nchanges_mean %.2f\n", float64(r.Turns)/n, float64(r.Changes)/n)
	fmt.Fprintf(w, "said_again %.3f\n", float64(r.Repairs)/n)
	for _, c := range r.Reasons() {
		fmt.Fprintf(w, "failed_%s %d\n", strings.ReplaceAll(strings.ReplaceAll(string(c.Reason), ",", ""), " ", "_"), c.N)
	}
	_, err := w.WriteTo(stdout)
	return err
}
