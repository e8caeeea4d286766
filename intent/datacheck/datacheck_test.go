package datacheck_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/datacheck"
)

func shop(t testing.TB) []intent.Example {
	t.Helper()
	f, err := os.Open("../testdata/shop_train.csv")
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

func inspect(t testing.TB, examples []intent.Example, o *datacheck.Options) *datacheck.Findings {
	t.Helper()
	f, err := datacheck.Inspect(context.Background(), examples, o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// rows makes examples of "text|intent".
func rows(all ...string) []intent.Example {
	var out []intent.Example
	for _, s := range all {
		text, name, _ := strings.Cut(s, "|")
		out = append(out, intent.Example{Text: text, Intent: name})
	}
	return out
}

// summary is the kinds and the numbers of the rows of the findings.
func summary(f *datacheck.Findings) []string {
	var out []string
	for _, x := range f.All {
		s := string(x.Kind) + ":"
		for _, r := range x.Rows {
			if s += fmt.Sprintf(" %d", r.Number); r.Test {
				s += "t"
			}
		}
		out = append(out, s)
	}
	return out
}

func TestInspect(t *testing.T) {
	words := strings.Fields("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda")
	many := rows("only here once|small", "only there twice|small")
	for _, w := range words {
		many = append(many, rows("we "+w+" once|big", "they "+w+" then|big")...)
	}
	var allBig string
	for i := range many {
		if i >= 2 {
			allBig += fmt.Sprintf(" %d", i)
		}
	}
	for name, c := range map[string]struct {
		rows, test []intent.Example
		want       []string
	}{
		"nothing":       {rows("hi there|greet", "hi you|greet", "bye there|bye", "bye you|bye"), nil, nil},
		"empty":         {rows("|greet", " ，?!\u200b|greet", "hi |", "hi you|greet", "hi me|greet"), nil, []string{"empty: 0", "empty: 2"}},
		"double":        {rows("Hi, you|greet", "ｈｉ you!|greet", "hi me|greet"), nil, []string{"duplicate: 0 1"}},
		"contradiction": {rows("hi you|greet", "HI YOU|bye", "hi me|greet", "you too|bye"), nil, []string{"contradiction: 0 1"}},
		"near":          {rows("我想要申请退款|refund", "我想要申请换货|swap", "我想要申请退款呢|swap", "我|refund"), nil, []string{"near-duplicate: 0 2"}},
		"near alike":    {rows("where is my big order|a", "where is my big orders|a"), nil, nil},
		"spelling":      {rows("hi you|Greet", "hi me|greet", "me you|ｇｒｅｅｔ "), nil, []string{"spelling: 0 1 2", "one example: 0", "one example: 1", "one example: 2"}},
		"out of scope":  {rows("hi you|OOS", "hi me|greet", "me you|greet"), nil, []string{"spelling: 0", "one example: 0"}},
		"one example":   {rows("hi you|greet", "hi me|greet", "you me|bye", "me hi|oos"), nil, []string{"one example: 2"}},
		"imbalance":     {many, nil, []string{"imbalance:"}},
		"unfamiliar":    {rows("hi you|greet", "hi me|greet", "ciao, ciao|greet", "CIAO ciao|greet"), rows("salut|greet", "hi salut|greet", "12345|greet"), []string{"duplicate: 2 3", "unfamiliar: 2 3", "unfamiliar: 0t"}},
		"leak":          {rows("where is my order|a", "where is it|a"), rows("Where is my order?|a", "where is my orders|a", "is it here|b"), []string{"leak: 0 0t", "near leak: 0 1t", "untrained: 2t"}},
		"test doubles":  {rows("hi you|a", "hi me|a"), rows("you hi|a", "You, hi.|a", "me hi|a", "me hi|b"), []string{"contradiction: 2t 3t", "untrained: 3t", "duplicate: 0t 1t"}},
		"long":          {rows("hi you|a", "hi me|a", strings.Repeat("hi ", 60)+"|a", strings.Repeat("你", 70)+"|a"), nil, []string{"unfamiliar: 3", "long: 3 2"}},
	} {
		got := summary(inspect(t, c.rows, &datacheck.Options{Test: c.test, Few: 2}))
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
	f := inspect(t, rows("a b|x", "a c|x", "b c|y", "c b a|y"), nil)
	if got := f.Of(datacheck.Few); len(got) != 2 || got[0].Intents[0] != "x" || got[0].Advice != datacheck.Few.Advice() || got[0].Score != 2 {
		t.Errorf("few: %+v", got)
	}
}

func TestInspectLines(t *testing.T) {
	f := inspect(t, rows("hi|a", "hi|b"), &datacheck.Options{Lines: []int{7, 9}})
	if !strings.Contains(f.String(), "    line 7 [a] hi\n    line 9 [b] hi\n") {
		t.Errorf("no lines in\n%v", f)
	}
	f = inspect(t, rows("hi|a", "h\x1b[31mi\u202e\n|b"), nil)
	if !strings.Contains(f.String(), "row 2 [b] h [31mi") {
		t.Errorf("no clean rows in\n%q", f.String())
	}
}

func TestInspectRefuses(t *testing.T) {
	some := rows("hi|a", "you|a")
	for want, o := range map[string]*datacheck.Options{
		"Options.Lines holds 1 lines for 2":     {Lines: []int{1}},
		"Options.TestLines holds 1 lines for 0": {TestLines: []int{1}},
		"Options.Similar is 2":                  {Similar: 2},
		"Options.Doubt is -1":                   {Doubt: -1},
		"Options.Imbalance is 0.5":              {Imbalance: 0.5},
		"Options.Few is negative":               {Few: -1},
		"Options.Folds is 1":                    {Folds: 1},
		"Options.Cost is -1":                    {Folds: 2, Train: &intent.Options{Cost: -1}},
	} {
		if f, err := datacheck.Inspect(context.Background(), some, o); f != nil || err == nil || !strings.HasPrefix(err.Error(), "datacheck: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, %v; want %s", f, err, want)
		}
	}
	if _, err := datacheck.Inspect(context.Background(), nil, nil); err == nil {
		t.Error("inspected nothing")
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := datacheck.Inspect(done, some, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a done context gives %v", err)
	}
}

// A label that was swapped is found among the doubtful ones, and an intent that
// was split at random among those taken for each other.
func TestInspectLabels(t *testing.T) {
	examples := shop(t)
	examples = append(examples, intent.Example{Text: "我要退款,请把钱退给我", Intent: "invoice"},
		intent.Example{Text: "", Intent: "invoice"}, intent.Example{Text: "开张发票给我们公司", Intent: "Invoice"})
	f := inspect(t, examples, &datacheck.Options{Folds: 3})
	found := slices.ContainsFunc(f.Of(datacheck.Noise), func(x datacheck.Finding) bool {
		return x.Rows[0].Text == "我要退款,请把钱退给我" && strings.Contains(x.Message, `probably "refund"`) && x.Score > 0.5
	})
	if !found {
		t.Errorf("the wrong label is not in\n%v", f)
	}
	if c := f.CrossValidation; len(c.HeldOut) != len(examples)-1 || c.HeldOut[len(c.HeldOut)-1].Intent != "invoice" || c.HeldOut[len(c.HeldOut)-1].Number != len(examples)-1 {
		t.Errorf("%d of %d rows held out, the last %+v", len(c.HeldOut), len(examples), c.HeldOut[len(c.HeldOut)-1])
	}
	examples = nil
	for i, thing := range strings.Fields("衬衫 裤子 帽子 手机 电脑 雨伞 杯子 书包 鞋子 手表 眼镜 台灯") {
		examples = append(examples, intent.Example{Text: "我想买" + thing, Intent: []string{"buy", "purchase"}[i%2]},
			intent.Example{Text: thing + "坏了怎么修", Intent: "repair"})
	}
	f = inspect(t, examples, &datacheck.Options{Folds: 3})
	if got := f.Of(datacheck.Alike); len(got) != 1 || !reflect.DeepEqual(got[0].Intents, []string{"buy", "purchase"}) || len(got[0].Rows) < 3 {
		t.Errorf("the split intent is not in\n%v", f)
	}
	again := inspect(t, examples, &datacheck.Options{Folds: 3, Train: &intent.Options{Workers: 1}})
	if !reflect.DeepEqual(again.All, f.All) {
		t.Errorf("other findings the second time:\n%v\n%v", f, again)
	}
}

// Every near-duplicate is found that comparing all texts finds.
func TestNearDuplicatesExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var examples []intent.Example
	for i := range 120 {
		var b strings.Builder
		for range 4 + rng.IntN(5) {
			b.WriteRune([]rune("退款订单")[rng.IntN(4)])
		}
		examples = append(examples, intent.Example{Text: b.String(), Intent: fmt.Sprint("i", i%40)})
	}
	set := func(s string) map[string]bool {
		out := map[string]bool{}
		r := []rune(s)
		for i := range r {
			out[string(r[i])] = true
			if i > 0 {
				out[string(r[i-1:i+1])] = true
			}
		}
		return out
	}
	for _, similar := range []float64{0.6, 0.8, 1} {
		var want []string
		seen := map[intent.Example]bool{}
		for j, y := range examples {
			for i, x := range examples[:j] {
				if x.Intent == y.Intent || x.Text == y.Text || seen[y] || slices.Contains(examples[:i], x) {
					continue
				}
				a, b, common := set(x.Text), set(y.Text), 0
				for s := range a {
					if b[s] {
						common++
					}
				}
				if float64(common)/float64(len(a)+len(b)-common) >= similar {
					want = append(want, fmt.Sprint(i, j))
				}
			}
			seen[y] = true
		}
		var got []string
		for _, f := range inspect(t, examples, &datacheck.Options{Similar: similar}).Of(datacheck.NearDouble) {
			got = append(got, fmt.Sprint(f.Rows[0].Number, f.Rows[1].Number))
		}
		slices.Sort(got)
		slices.Sort(want)
		if len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("%v: found %d pairs, want %d: %v, %v", similar, len(got), len(want), got, want)
		}
	}
}

// Thousands of rows that are nearly one text do not take the square of their
// number.
func TestInspectManyAlike(t *testing.T) {
	var examples []intent.Example
	for i := range 3000 {
		examples = append(examples, intent.Example{Text: fmt.Sprintf("please tell me where on earth order %d is", i), Intent: fmt.Sprint("i", i%50)})
	}
	start := time.Now()
	f := inspect(t, examples, nil)
	if took := time.Since(start); took > 20*time.Second || len(f.Of(datacheck.NearDouble)) < 3000 {
		t.Errorf("%d findings in %v", len(f.All), took)
	}
}

func TestWriteHTML(t *testing.T) {
	examples := append(shop(t), rows(`<script>alert("1")</script>|<b onclick='x'>&`, `<script>alert("1")</script>!|'"><img src=x>`, "我要退款\u202e|退款", strings.Repeat("长", 5000)+"\xff|refund")...)
	f := inspect(t, examples, &datacheck.Options{Folds: 2, Test: examples[:2]})
	var page, again bytes.Buffer
	if err := errors.Join(f.WriteHTML(&page), f.WriteHTML(&again)); err != nil {
		t.Fatal(err)
	}
	html := page.String()
	for _, bad := range []string{"<script", "<img", "<b ", "onclick='", "http://", "https://", "url(", "\u202e", "ZgotmplZ", strings.Repeat("长", 500)} {
		if strings.Contains(html, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	for _, want := range []string{"&lt;script&gt;", "prefers-color-scheme: dark", "我要退款", `lang="zh"`, "<svg ", "Cross-validation", `id="leak"`, "Probability of the examples", "default-src &#39;none&#39;"} {
		if !strings.Contains(html, want) && !strings.Contains(html, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("the page holds no %q", want)
		}
	}
	if !bytes.Equal(page.Bytes(), again.Bytes()) || strings.ToValidUTF8(html, "") != html {
		t.Error("the page differs the second time, or is not UTF-8")
	}
	if err := f.WriteHTML(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("the writer's error is lost: %v", err)
	}
	if err := f.WriteText(broken{}); !errors.Is(err, errBroken) {
		t.Errorf("the writer's error is lost: %v", err)
	}
}

var errBroken = errors.New("broken")

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func FuzzInspect(f *testing.F) {
	f.Add("hi you|a\nhi me|b\n我要退款|退款\n||\n", "hi|a")
	f.Add("\xff|\xfe\n\x00|oos\nOOS|OOS", "")
	f.Fuzz(func(t *testing.T, train, test string) {
		o := &datacheck.Options{Test: rows(strings.Split(test, "\n")...)}
		found := inspect(t, rows(strings.Split(train, "\n")...), o)
		if strings.ToValidUTF8(found.String(), "") != found.String() {
			t.Fatalf("not UTF-8: %q", found.String())
		}
		if err := found.WriteHTML(&bytes.Buffer{}); err != nil {
			t.Fatal(err)
		}
	})
}
