package intent

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"text/tabwriter"
)

// A Report says how a classifier does on labelled messages. Shares lie between
// 0 and 1; a share of nothing is NaN.
type Report struct {
	Messages   int // all of them
	OutOfScope int // those labelled OutOfScope

	Accuracy        float64 // right answers, where rejecting is right for OutOfScope and wrong for others
	InScopeAccuracy float64 // the same for messages in scope alone
	MacroF1         float64 // mean F1 of the labels that occur in the messages, OutOfScope included
	OOSRecall       float64 // rejected messages among those out of scope
	OOSPrecision    float64 // messages out of scope among the rejected

	// ECE is the expected calibration error (Naeini et al., AAAI 2015): the mean
	// distance between probability and accuracy in 15 bins of equal width, over
	// the messages that are in scope and were not rejected.
	ECE float64

	// Confusions are the wrong answers by count, the most frequent first.
	Confusions []Confusion
}

// A Confusion is a pair of labels that a classifier takes for each other,
// [OutOfScope] included.
type Confusion struct {
	Want, Got string
	Count     int
}

// Evaluate classifies the messages and compares.
func Evaluate(ctx context.Context, c Classifier, examples []Example) (Report, error) {
	if len(examples) == 0 {
		return Report{}, errors.New("intent: evaluate: no examples")
	}
	answers := make([]Prediction, len(examples))
	for i, x := range examples {
		ranking, err := c.Classify(ctx, x.Text)
		if err != nil {
			return Report{}, fmt.Errorf("intent: evaluate example %d: %w", i+1, err)
		}
		best, ok := ranking.Best()
		if !ok {
			best.Intent = OutOfScope
		}
		answers[i] = best
	}
	return compare(examples, answers), nil
}

// count is what happened to one label.
type count struct{ want, got, right int }

func compare(examples []Example, answers []Prediction) Report {
	r := Report{Messages: len(examples)}
	counts := map[string]*count{}
	of := func(name string) *count {
		if counts[name] == nil {
			counts[name] = new(count)
		}
		return counts[name]
	}
	wrong := map[Confusion]int{}
	right := 0
	for i, x := range examples {
		got := answers[i].Intent
		of(x.Intent).want++
		of(got).got++
		if got == x.Intent {
			of(got).right++
			right++
		} else {
			wrong[Confusion{Want: x.Intent, Got: got}]++
		}
	}
	oos := *of(OutOfScope)
	r.OutOfScope = oos.want
	r.Accuracy = ratio(right, len(examples))
	r.InScopeAccuracy = ratio(right-oos.right, len(examples)-oos.want)
	r.OOSRecall, r.OOSPrecision = ratio(oos.right, oos.want), ratio(oos.right, oos.got)
	r.MacroF1 = macroF1(counts)
	r.ECE = calibrationError(examples, answers)
	for pair, n := range wrong {
		pair.Count = n
		r.Confusions = append(r.Confusions, pair)
	}
	slices.SortFunc(r.Confusions, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Want, b.Want), cmp.Compare(a.Got, b.Got))
	})
	return r
}

func ratio(n, of int) float64 { return float64(n) / float64(of) }

// macroF1 sums in the order of the names, so that the last bit is stable.
func macroF1(counts map[string]*count) float64 {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.Sort(names)
	sum, n := 0.0, 0
	for _, name := range names {
		if c := counts[name]; c.want > 0 {
			sum += 2 * ratio(c.right, c.want+c.got)
			n++
		}
	}
	return sum / float64(n)
}

const calibrationBins = 15

func calibrationError(examples []Example, answers []Prediction) float64 {
	var p, right, n [calibrationBins]float64
	total := 0.0
	for i, a := range answers {
		if a.Intent == OutOfScope || examples[i].Intent == OutOfScope {
			continue
		}
		b := max(0, min(int(a.P*calibrationBins), calibrationBins-1))
		p[b] += a.P
		n[b]++
		total++
		if a.Intent == examples[i].Intent {
			right[b]++
		}
	}
	sum := 0.0
	for b := range n {
		sum += math.Abs(p[b] - right[b])
	}
	return sum / total
}

// String returns a table of the numbers and the ten commonest confusions.
func (r Report) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "messages\t%d\nout of scope\t%d\n", r.Messages, r.OutOfScope)
	for _, row := range []struct {
		name  string
		share float64
	}{
		{"accuracy", r.Accuracy}, {"accuracy in scope", r.InScopeAccuracy}, {"macro F1", r.MacroF1},
		{"out-of-scope recall", r.OOSRecall}, {"out-of-scope precision", r.OOSPrecision},
		{"calibration error", r.ECE},
	} {
		if math.IsNaN(row.share) {
			fmt.Fprintf(w, "%s\t-\n", row.name)
		} else {
			fmt.Fprintf(w, "%s\t%.4f\n", row.name, row.share)
		}
	}
	for i, c := range r.Confusions {
		if i == 10 {
			break
		}
		if i == 0 {
			fmt.Fprint(w, "\nwant\tgot\ttimes\n")
		}
		fmt.Fprintf(w, "%s\t%s\t%d\n", c.Want, c.Got, c.Count)
	}
	w.Flush()
	return b.String()
}
