package intent_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/intent"
)

func TestExact(t *testing.T) {
	c, err := intent.Exact([]intent.Example{
		{Text: "转人工", Intent: "human"}, {Text: "Talk to a human!", Intent: "human"},
		{Text: "C++", Intent: "course"}, {Text: "讲个笑话", Intent: intent.OutOfScope}, {Text: "???", Intent: "puzzled"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for message, want := range map[string]string{
		"转人工": "human", "转 人工。": "human", "ＴＡＬＫ to a human": "human", "c++": "course", "c": "",
		"讲个笑话": "", "": "", "转人工服务": "", "???": "puzzled", "!!!": "", strings.Repeat("转人工", 1<<18): "", "转人工\xff": "human",
	} {
		r, err := c.Classify(context.Background(), message)
		best, _ := r.Best()
		if err != nil || best.Intent != want || want != "" && (best.P != 1 || len(r) != 1) {
			t.Errorf("Classify(%.30q) = %v, %v; want %q", message, r, err, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.Classify(ctx, "转人工"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

func TestExactRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		examples []intent.Example
		want     string
	}{
		"conflict":   {[]intent.Example{{Text: "退货", Intent: "return"}, {Text: "退 货！", Intent: "refund"}}, `both the intent "return" and "refund"`},
		"oos":        {[]intent.Example{{Text: "hi", Intent: "greet"}, {Text: "Hi", Intent: "oos"}}, `"greet" and "oos"`},
		"empty text": {[]intent.Example{{Text: " ", Intent: "greet"}}, "example 1"},
		"no intent":  {[]intent.Example{{Text: "hi"}}, "has no intent"},
		"case":       {[]intent.Example{{Text: "a", Intent: "Refund"}, {Text: "b", Intent: "refund"}}, "differ only in case"},
		"reserved":   {[]intent.Example{{Text: "a", Intent: "OOS"}}, "differ only in case"},
	} {
		if _, err := intent.Exact(c.examples); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

// fixed answers every message alike.
type fixed struct {
	ranking intent.Ranking
	err     error
}

func (f fixed) Classify(context.Context, string) (intent.Ranking, error) { return f.ranking, f.err }

func TestChain(t *testing.T) {
	a := fixed{ranking: intent.Ranking{{Intent: "a", P: 1}}}
	b := fixed{ranking: intent.Ranking{{Intent: "b", P: 0.5}}}
	broken := fixed{err: errors.New("broken")}
	for name, c := range map[string]struct {
		chain intent.Classifier
		want  string
		fails bool
	}{
		"none": {intent.Chain(), "", false}, "first": {intent.Chain(a, b), "a", false},
		"second": {intent.Chain(fixed{}, b, a), "b", false}, "all empty": {intent.Chain(fixed{}, fixed{}), "", false},
		"error after an answer": {intent.Chain(a, broken), "a", false}, "error first": {intent.Chain(broken, a), "", true},
	} {
		r, err := c.chain.Classify(context.Background(), "x")
		best, _ := r.Best()
		if best.Intent != c.want || (err != nil) != c.fails {
			t.Errorf("%s: %v, %v", name, r, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := intent.Chain(a).Classify(ctx, "x"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
