package trackbench

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/benchmark/predictions"
)

// curveParts is the number of parts that the dialogues are dealt to: each is
// scored after learning from dialogues of the others.
const curveParts = 3

// curveCounts are the numbers of dialogues to learn from; the whole pool comes
// last.
var curveCounts = []int{0, 5, 10, 20, 50, 100, 200}

// Curve is the command curve: how much better a tracker gets with a number of
// dialogues of a schema that the shipped weights have not seen, with them and
// without. It takes a few minutes on one core.
//
// The schema is that of the split's services that do not stand in train's
// schema, the dialogues are those that speak of these alone. They are shuffled,
// always in the same way, cut to -limit, and dealt to three parts. A tracker learns from the
// first n dialogues of two parts and is scored on the third; each part has its
// turn, and the figure is SGD's joint goal accuracy over all three. So every
// dialogue is scored once for each n, never by a tracker that learned from it,
// and a larger n adds dialogues to those of a smaller one.
func Curve(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, out, err := parseCurve(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("curve: %w", err)
	}
	corpus, err := strangeSGD(a)
	if err != nil {
		return fmt.Errorf("curve: %w", err)
	}
	c := &curve{corpus: corpus, counts: curveSteps(len(corpus.dialogues)), jobs: a.jobs, stderr: stderr}
	rows, err := c.measure(ctx, a.prior)
	if err != nil {
		return fmt.Errorf("curve: %w", err)
	}
	table := curveTable(rows)
	if out != "" {
		f, err := predictions.Create(out, a.inputs()...)
		if err != nil {
			return fmt.Errorf("curve: %w", err)
		}
		_, err = f.Write(curvePlot(rows, table, a.split))
		if err := errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("curve: %w", err)
		}
	}
	_, err = io.WriteString(stdout, table)
	return err
}

func parseCurve(args []string, stderr io.Writer) (a arguments, out string, err error) {
	set := flag.NewFlagSet("curve", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&a.sgd, "sgd", "", "`folder` of SGD: {train,dev,test}/schema.json and dialogues_*.json or .json.gz")
	set.StringVar(&a.split, "split", "dev", "`split` whose services are learned")
	set.StringVar(&a.weights, "weights", "", "weights `file` of the upper line (default the shipped ones)")
	set.IntVar(&a.limit, "limit", 300, "`number` of dialogues in all: two thirds to learn from, the rest to score; 0 means all")
	set.IntVar(&a.jobs, "jobs", 1, "`number` of trackers to fit at once")
	set.StringVar(&out, "out", "", "`file` for the plot, SVG")
	if err := set.Parse(args); err != nil {
		return a, out, err
	}
	switch {
	case set.NArg() > 0:
		return a, out, fmt.Errorf("unexpected argument %q", set.Arg(0))
	case a.sgd == "":
		return a, out, errors.New("-sgd is required")
	case a.jobs < 1:
		return a, out, fmt.Errorf("-jobs %d: at least one is needed", a.jobs)
	case a.limit != 0 && a.limit < 2*curveParts:
		return a, out, fmt.Errorf("-limit %d: at least %d dialogues are needed", a.limit, 2*curveParts)
	}
	a.prior, err = readWeights(a.weights)
	return a, out, err
}

// strangeSGD is the part of a split that is about services that train does not
// have, its dialogues shuffled.
func strangeSGD(a arguments) (sgdCorpus, error) {
	c, err := openSGD(a.sgd, a.split, "")
	if err != nil {
		return c, err
	}
	c.schema.Services = slices.DeleteFunc(c.schema.Services, func(s dst.Service) bool { return c.seen[s.Name] })
	c.dialogues = slices.DeleteFunc(c.dialogues, func(d dst.Dialogue) bool {
		return slices.ContainsFunc(d.Turns, func(t dst.DialogueTurn) bool {
			return slices.ContainsFunc(t.Services, func(s string) bool { return c.seen[s] })
		})
	})
	if len(c.dialogues) < 2*curveParts {
		return c, fmt.Errorf("%s has %d dialogues on services that train does not have; at least %d are needed", a.split, len(c.dialogues), 2*curveParts)
	}
	random := rand.New(rand.NewPCG(1, 1))
	random.Shuffle(len(c.dialogues), func(i, j int) {
		c.dialogues[i], c.dialogues[j] = c.dialogues[j], c.dialogues[i]
	})
	if a.limit > 0 {
		c.dialogues = c.dialogues[:min(a.limit, len(c.dialogues))]
	}
	return c, nil
}

// curveSteps is the numbers of dialogues to learn from, of so many in all.
func curveSteps(dialogues int) (out []int) {
	pool := dialogues - (dialogues+curveParts-1)/curveParts // the smallest
	for _, n := range curveCounts {
		if n < pool {
			out = append(out, n)
		}
	}
	return append(out, pool)
}

// A curveRow is a point of each line.
type curveRow struct {
	dialogues     int
	without, with frameScore
}

// A curve is the work of one [Curve].
type curve struct {
	corpus sgdCorpus
	counts []int
	jobs   int
	stderr io.Writer
}

// A curveJob is one trial of a curve: a row, a part, and with weights or not.
type curveJob struct {
	row, part int
	with      bool
}

// measure runs every trial and sums up those of a row.
func (c *curve) measure(ctx context.Context, with *dst.Weights) ([]curveRow, error) {
	var todo []curveJob
	for row := range c.counts {
		for part := range curveParts {
			todo = append(todo, curveJob{row, part, false}, curveJob{row, part, true})
		}
	}
	scores, err := c.trials(ctx, todo, with)
	if err != nil {
		return nil, err
	}
	rows := make([]curveRow, len(c.counts))
	for i, j := range todo {
		rows[j.row].dialogues = c.counts[j.row]
		if j.with {
			rows[j.row].with.merge(scores[i])
		} else {
			rows[j.row].without.merge(scores[i])
		}
	}
	return rows, nil
}

// trials runs trials, some at once.
func (c *curve) trials(ctx context.Context, todo []curveJob, with *dst.Weights) ([]frameScore, error) {
	scores, errs := make([]frameScore, len(todo)), make([]error, len(todo))
	free := make(chan struct{}, c.jobs)
	var wg sync.WaitGroup
	for i, j := range todo {
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			weights := dst.NoWeights()
			if j.with {
				weights = with
			}
			scores[i], errs[i] = c.trial(ctx, c.counts[j.row], j.part, weights)
		})
		if j.part == 0 && !j.with {
			fmt.Fprintf(c.stderr, "%d dialogues\n", c.counts[j.row])
		}
	}
	wg.Wait()
	return scores, errors.Join(errs...)
}

// trial scores a part after learning from n dialogues of the others.
func (c *curve) trial(ctx context.Context, n, part int, weights *dst.Weights) (frameScore, error) {
	var lessons, held []dst.Dialogue
	for i, d := range c.corpus.dialogues {
		if i%curveParts == part {
			held = append(held, d)
		} else {
			lessons = append(lessons, d)
		}
	}
	t := trial{schema: c.corpus.schema, weights: weights, now: sgdClock, dialogues: held, lessons: lessons[:n], jobs: 1}
	tracker, states, _, err := t.run(ctx)
	if err != nil {
		return frameScore{}, err
	}
	var s sgdScore
	s.slips = &lines{}
	for i, d := range held {
		if err := s.dialogue(c.corpus, d, tracker, states[i], &lines{}); err != nil {
			return frameScore{}, err
		}
	}
	return s.all, nil
}

func (s *frameScore) merge(t frameScore) {
	s.frames += t.frames
	s.joint += t.joint
}

// jga is the joint goal accuracy.
func (s *frameScore) jga() float64 { return s.joint / float64(max(s.frames, 1)) }

// curveTable is the rows as columns.
func curveTable(rows []curveRow) string {
	b := new(bytes.Buffer)
	fmt.Fprintln(b, "dialogues jga_without jga_with")
	for _, r := range rows {
		fmt.Fprintf(b, "%d %.4f %.4f\n", r.dialogues, r.without.jga(), r.with.jga())
	}
	return b.String()
}
