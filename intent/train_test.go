package intent_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/intent"
)

func readCSV(t testing.TB, path string) []intent.Example {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	examples, err := intent.ReadCSV(f)
	if err != nil {
		t.Fatal(err)
	}
	return examples
}

// shop returns a model of twelve intents with a dozen examples each, half of
// them Chinese, half English.
var shop = sync.OnceValues(func() (*intent.Model, error) {
	f, err := os.Open("testdata/shop_train.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	examples, err := intent.ReadCSV(f)
	if err != nil {
		return nil, err
	}
	return intent.Train(context.Background(), examples, nil)
})

func shopModel(t testing.TB) *intent.Model {
	t.Helper()
	m, err := shop()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestShop(t *testing.T) {
	r, err := intent.Evaluate(context.Background(), shopModel(t), readCSV(t, "testdata/shop_test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%v", r)
	if r.InScopeAccuracy < 0.95 {
		t.Errorf("in-scope accuracy %.3f: obvious paraphrases are missed", r.InScopeAccuracy)
	}
	if r.OOSRecall < 0.7 {
		t.Errorf("out-of-scope recall %.3f", r.OOSRecall)
	}
}

// One model serves messages that mix the languages.
func TestMixedLanguages(t *testing.T) {
	m := shopModel(t)
	for message, want := range map[string]string{
		"我的 order 到哪了": "order_status", "帮我 cancel 这个 order": "cancel_order",
		"我要 refund": "refund", "ＩＮＶＯＩＣＥ怎么开": "invoice", "有没有 coupon": "coupon",
	} {
		if best, ok := m.Rank(message).Best(); !ok || best.Intent != want {
			t.Errorf("Rank(%q) = %v, want %s", message, best, want)
		}
	}
}

func TestOutOfScopeExamplesAreLearned(t *testing.T) {
	examples := readCSV(t, "testdata/shop_train.csv")
	for _, text := range []string{
		"今天会下雨吗", "明天天气怎么样", "北京天气热吗", "给我讲个故事", "讲个冷笑话", "唱首歌吧", "你叫什么名字", "你几岁了", "写一首诗", "帮我写作文",
		"will it rain today", "how is the weather tomorrow", "is it hot in paris", "tell me a story", "tell a funny joke",
		"sing a song", "what is your name", "how old are you", "write me a poem", "help me write an essay",
	} {
		examples = append(examples, intent.Example{Text: text, Intent: intent.OutOfScope})
	}
	m, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range m.Intents() {
		if name == intent.OutOfScope {
			t.Error("oos is listed among the intents")
		}
	}
	for _, text := range []string{"今天天气怎么样", "给我讲个笑话", "what's the weather like today", "tell me a joke"} {
		if r, err := m.Classify(context.Background(), text); err != nil || len(r) > 0 {
			t.Errorf("Classify(%q) = %v, %v; want out of scope", text, r, err)
		}
		if len(m.Rank(text)) == 0 {
			t.Errorf("Rank(%q) is empty", text)
		}
	}
	r, err := intent.Evaluate(context.Background(), m, readCSV(t, "testdata/shop_test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("\n%v", r)
	if r.InScopeAccuracy < 0.95 || r.OOSRecall < 0.8 {
		t.Errorf("in scope %.3f, out-of-scope recall %.3f", r.InScopeAccuracy, r.OOSRecall)
	}
}

func TestDev(t *testing.T) {
	opt := &intent.Options{Dev: readCSV(t, "testdata/shop_test.csv")}
	m, err := intent.Train(context.Background(), readCSV(t, "testdata/shop_train.csv"), opt)
	if err != nil {
		t.Fatal(err)
	}
	r, err := intent.Evaluate(context.Background(), m, opt.Dev)
	if err != nil {
		t.Fatal(err)
	}
	if r.Accuracy < 0.95 { // the threshold was fitted to these very messages
		t.Errorf("accuracy on dev %.3f", r.Accuracy)
	}
	opt.Dev = []intent.Example{{Text: "hello", Intent: "greet"}}
	if _, err := intent.Train(context.Background(), readCSV(t, "testdata/shop_train.csv"), opt); err == nil || !strings.Contains(err.Error(), `"greet"`) {
		t.Errorf("unknown dev intent: %v", err)
	}
}

// Equal seeds give equal files on any number of workers; the seed matters.
func TestTrainIsDeterministic(t *testing.T) {
	examples := readCSV(t, "testdata/shop_train.csv")
	file := func(opt *intent.Options) string {
		m, err := intent.Train(context.Background(), examples, opt)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := m.Save(&b); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	one := file(&intent.Options{Workers: 1})
	for _, workers := range []int{2, 7, 100} {
		if file(&intent.Options{Workers: workers}) != one {
			t.Errorf("%d workers give another model", workers)
		}
	}
	if file(&intent.Options{Seed: 1}) == one {
		t.Error("the seed has no effect")
	}
}

func TestTrainRefuses(t *testing.T) {
	good := []intent.Example{{Text: "hello", Intent: "greet"}, {Text: "再见", Intent: "bye"}}
	for name, c := range map[string]struct {
		examples []intent.Example
		opt      *intent.Options
		want     string
	}{
		"no examples":   {nil, nil, "no examples"},
		"no intent":     {[]intent.Example{{Text: "hi", Intent: " "}}, nil, "example 1"},
		"not UTF-8":     {append(good, intent.Example{Text: "hi", Intent: "a\xff"}), nil, "not valid UTF-8"},
		"empty text":    {append(good, intent.Example{Intent: "greet"}), nil, "example 3"},
		"case":          {append(good, intent.Example{Text: "hi", Intent: "Greet"}), nil, "differ only in case"},
		"width":         {append(good, intent.Example{Text: "hi", Intent: "ｇreet"}), nil, "differ only in case"},
		"only oos":      {[]intent.Example{{Text: "hi", Intent: "oos"}}, nil, "out of scope"},
		"no letters":    {[]intent.Example{{Text: "?!", Intent: "greet"}}, nil, "letter"},
		"share":         {good, &intent.Options{OutOfScopeShare: 1}, "OutOfScopeShare"},
		"max rejected":  {good, &intent.Options{MaxRejected: -1}, "MaxRejected"},
		"cost":          {good, &intent.Options{Cost: -1}, "Cost"},
		"workers":       {good, &intent.Options{Workers: -1}, "Workers"},
		"dev no intent": {good, &intent.Options{Dev: []intent.Example{{Text: "x"}}}, "no intent"},
	} {
		if _, err := intent.Train(context.Background(), c.examples, c.opt); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}

// However little there is to learn from, what was learned is known, and a
// message in another script is out of scope.
func TestTinyTrainingSets(t *testing.T) {
	for name, examples := range map[string][]intent.Example{
		"one example":   {{Text: "where is my order", Intent: "a"}},
		"one intent":    {{Text: "where is my order", Intent: "a"}, {Text: "track my parcel", Intent: "a"}, {Text: "我的包裹", Intent: "a"}},
		"two singles":   {{Text: "where is my order", Intent: "a"}, {Text: "我要退款", Intent: "b"}},
		"repeated":      {{Text: "where is my order", Intent: "a"}, {Text: "where is my order", Intent: "a"}, {Text: "我要退款", Intent: "b"}},
		"contradictory": {{Text: "hello", Intent: "a"}, {Text: "hello", Intent: "b"}},
		"with oos":      {{Text: "where is my order", Intent: "a"}, {Text: "tell me a joke", Intent: "oos"}},
		"rubbish too":   {{Text: "where is my order", Intent: "a"}, {Text: "!!!", Intent: "b"}, {Text: "\xff\xfe", Intent: "b"}},
	} {
		m, err := intent.Train(context.Background(), examples, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		r, err := m.Classify(context.Background(), examples[0].Text)
		if best, ok := r.Best(); err != nil || !ok || best.Intent != "a" && name != "contradictory" {
			t.Errorf("%s: Classify(%q) = %v, %v", name, examples[0].Text, r, err)
		}
		if r, err := m.Classify(context.Background(), "Здравствуйте"); err != nil || len(r) > 0 {
			t.Errorf("%s: a foreign message gives %v, %v", name, r, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := intent.Train(ctx, readCSV(t, "testdata/shop_train.csv"), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Train: %v", err)
	}
	if _, err := shopModel(t).Classify(ctx, "我要退款"); !errors.Is(err, context.Canceled) {
		t.Errorf("Classify: %v", err)
	}
	if _, err := intent.Evaluate(ctx, shopModel(t), []intent.Example{{Text: "a", Intent: "b"}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Evaluate: %v", err)
	}
}

// Training stops soon after the context is done, not after the last class.
func TestTrainStops(t *testing.T) {
	var many []intent.Example
	for i := range 4000 {
		many = append(many, intent.Example{Text: fmt.Sprintf("message %d about %d %d", i*7919, i%400, i*31), Intent: fmt.Sprint("intent", i%400)})
	}
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	start := time.Now()
	if _, err := intent.Train(ctx, many, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("after %v: %v", time.Since(start), err)
	}
	if took := time.Since(start); took > 3*time.Second {
		t.Errorf("stopped after %v", took)
	}
}
