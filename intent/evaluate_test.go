package intent_test

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/intent"
)

// answers maps messages to fixed answers.
type answers map[string]intent.Prediction

func (a answers) Classify(_ context.Context, text string) (intent.Ranking, error) {
	if p, ok := a[text]; ok {
		return intent.Ranking{p}, nil
	}
	return nil, nil
}

func TestEvaluate(t *testing.T) {
	c := answers{
		"1": {Intent: "a", P: 0.9}, "2": {Intent: "a", P: 0.9}, "3": {Intent: "b", P: 0.9},
		"5": {Intent: "b", P: 0.5}, "6": {Intent: "a", P: 0.7},
	}
	r, err := intent.Evaluate(context.Background(), c, []intent.Example{
		{Text: "1", Intent: "a"}, {Text: "2", Intent: "a"}, {Text: "3", Intent: "a"}, {Text: "4", Intent: "a"},
		{Text: "5", Intent: "b"},
		{Text: "6", Intent: "oos"}, {Text: "7", Intent: "oos"}, {Text: "8", Intent: "oos"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := intent.Report{
		Messages: 8, OutOfScope: 3, Accuracy: 5.0 / 8, InScopeAccuracy: 3.0 / 5, OOSRecall: 2.0 / 3, OOSPrecision: 2.0 / 3,
		MacroF1: (2*2.0/(4+3) + 2*1.0/(1+2) + 2*2.0/(3+3)) / 3,
		ECE:     (math.Abs(3*0.9-2) + math.Abs(0.5-1)) / 4, // bins of .9 and .5
		Confusions: []intent.Confusion{
			{Want: "a", Got: "b", Count: 1}, {Want: "a", Got: "oos", Count: 1}, {Want: "oos", Got: "a", Count: 1},
		},
	}
	if math.Abs(r.MacroF1-want.MacroF1) > 1e-12 || math.Abs(r.ECE-want.ECE) > 1e-12 {
		t.Errorf("macro F1 %v, ECE %v; want %v, %v", r.MacroF1, r.ECE, want.MacroF1, want.ECE)
	}
	r.MacroF1, r.ECE = want.MacroF1, want.ECE
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got %+v\nwant %+v", r, want)
	}
	for _, line := range []string{"accuracy                0.6250", "out-of-scope recall     0.6667", "a     b    1"} {
		if !strings.Contains(r.String(), line) {
			t.Errorf("no %q in\n%v", line, r)
		}
	}
	if _, err := intent.Evaluate(context.Background(), c, nil); err == nil {
		t.Error("evaluated nothing")
	}
}

// A report without a kind of message says so instead of inventing a share.
func TestEvaluateWithoutOutOfScope(t *testing.T) {
	r, err := intent.Evaluate(context.Background(), answers{"1": {Intent: "a", P: 1}}, []intent.Example{{Text: "1", Intent: "a"}})
	if err != nil || !math.IsNaN(r.OOSRecall) || !math.IsNaN(r.OOSPrecision) || r.Accuracy != 1 || r.MacroF1 != 1 || r.ECE != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if !strings.Contains(r.String(), "out-of-scope recall     -") {
		t.Errorf("table\n%v", r)
	}
}
