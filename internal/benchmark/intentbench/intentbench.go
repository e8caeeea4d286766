// Package intentbench is the benchmark command that trains and tests an intent
// model on CSV files.
package intentbench

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/internal/benchmark/predictions"
)

// arguments are the command's flags.
type arguments struct {
	train, dev, test, out string
	ranked                bool
	seed                  uint64
	share                 float64
}

func parse(args []string, stderr io.Writer) (arguments, error) {
	var a arguments
	set := flag.NewFlagSet("intent", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&a.train, "train", "", "CSV `file` of examples to train on, header text,intent")
	set.StringVar(&a.dev, "dev", "", "CSV `file` to fit probabilities and the reject threshold on (default: cross-validation)")
	set.StringVar(&a.test, "test", "", "CSV `file` to test on")
	set.StringVar(&a.out, "out", "", "`file` for the predictions, CSV text,intent,confidence")
	set.BoolVar(&a.ranked, "ranked", false, "add a column with the best intent in scope to the predictions")
	set.Uint64Var(&a.seed, "seed", 0, "seed of the training")
	set.Float64Var(&a.share, "oos-share", 0, "expected share of messages out of scope (default: that of -dev, or 0.2)")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	if set.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if a.train == "" || a.test == "" {
		return a, errors.New("-train and -test are required")
	}
	if a.ranked && a.out == "" {
		return a, errors.New("-ranked needs -out, the file that it adds a column to")
	}
	return a, nil
}

// Run executes the command: it trains on -train, tests on -test, prints
// "name value" lines to stdout and writes the predictions where -out is given.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		err = run(ctx, a, stdout)
	}
	if err != nil {
		return fmt.Errorf("intent: %w", err)
	}
	return nil
}

func run(ctx context.Context, a arguments, stdout io.Writer) (err error) {
	train, err := read(a.train)
	if err != nil {
		return err
	}
	test, err := read(a.test)
	if err != nil {
		return err
	}
	opt := intent.Options{Seed: a.seed, OutOfScopeShare: a.share}
	if a.dev != "" {
		if opt.Dev, err = read(a.dev); err != nil {
			return err
		}
	}
	var out *os.File
	if a.out != "" { // before the training: a path that cannot be written fails at once
		if out, err = predictions.Create(a.out, a.train, a.dev, a.test); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, out.Close()) }()
	}
	start := time.Now()
	model, err := intent.Train(ctx, train, &opt)
	if err != nil {
		return err
	}
	seconds := time.Since(start).Seconds()
	report, err := intent.Evaluate(ctx, model, test)
	if err != nil {
		return err
	}
	if out != nil {
		if err := writePredictions(ctx, out, model, test, a.ranked); err != nil {
			return err
		}
	}
	return print(ctx, stdout, model, test, report, seconds)
}

func read(path string) ([]intent.Example, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	examples, err := intent.ReadCSV(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(examples) == 0 {
		return nil, fmt.Errorf("%s: no rows after the header", path)
	}
	return examples, nil
}

// writePredictions writes the prediction file. The confidence of a rejection
// is the probability of being out of scope.
func writePredictions(ctx context.Context, out io.Writer, model *intent.Model, test []intent.Example, ranked bool) error {
	rows := make([]intent.PredictionRow, len(test))
	for i, x := range test {
		ranking, err := model.Classify(ctx, x.Text)
		if err != nil {
			return err
		}
		row := intent.PredictionRow{Text: x.Text, Intent: intent.OutOfScope}
		if best, ok := ranking.Best(); ok {
			row.Intent, row.Confidence = best.Intent, best.P
		} else {
			scope, _ := model.InScope(x.Text)
			row.Confidence = 1 - scope
		}
		if best, ok := model.Rank(x.Text).Best(); ok {
			row.Ranked = best.Intent
		}
		rows[i] = row
	}
	return intent.WritePredictions(out, rows, ranked)
}

// latency returns the median time of one classification in microseconds.
func latency(ctx context.Context, model *intent.Model, test []intent.Example) (float64, error) {
	const atLeast = 2000
	times := make([]time.Duration, 0, atLeast+len(test))
	for len(times) < atLeast {
		for _, x := range test {
			start := time.Now()
			if _, err := model.Classify(ctx, x.Text); err != nil {
				return 0, err
			}
			times = append(times, time.Since(start))
		}
	}
	slices.Sort(times)
	return float64(times[len(times)/2].Nanoseconds()) / 1000, nil
}

func print(ctx context.Context, stdout io.Writer, model *intent.Model, test []intent.Example, r intent.Report, seconds float64) error {
	var file bytes.Buffer
	if err := model.Save(&file); err != nil {
		return err
	}
	us, err := latency(ctx, model, test)
	if err != nil {
		return err
	}
	ranked, inScope := 0, 0
	for _, x := range test {
		if x.Intent == intent.OutOfScope {
			continue
		}
		inScope++
		if best, ok := model.Rank(x.Text).Best(); ok && best.Intent == x.Intent {
			ranked++
		}
	}
	for _, line := range []struct {
		name  string
		value float64
	}{
		{"accuracy", r.Accuracy}, {"accuracy_in_scope", r.InScopeAccuracy},
		{"accuracy_ranked", float64(ranked) / float64(inScope)},
		{"macro_f1", r.MacroF1}, {"oos_recall", r.OOSRecall}, {"oos_precision", r.OOSPrecision}, {"ece", r.ECE},
		{"train_seconds", seconds}, {"model_bytes", float64(file.Len())}, {"us_per_utterance", us},
	} {
		format := "%s %.4f\n"
		if line.name == "model_bytes" {
			format = "%s %.0f\n"
		}
		if _, err := fmt.Fprintf(stdout, format, line.name, line.value); err != nil {
			return err
		}
	}
	return nil
}
