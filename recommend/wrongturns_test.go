package recommend

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

// always is a classifier that takes every message for the same.
type always string

func (a always) Classify(context.Context, string) (intent.Ranking, error) {
	if a == "" {
		return nil, nil
	}
	return intent.Ranking{{Intent: string(a), P: 0.8}}, nil
}

// TestWrongTurns has the classifier misread messages that say by themselves
// what is meant, after phones were offered.
func TestWrongTurns(t *testing.T) {
	for _, x := range []struct{ taken, text, want, not string }{
		{"compare", "the second one", "Good choice", "lowest"},
		{"compare", "第二个", "为您选定", "评分最高"},
		{"compare", "is the first one better than the second?", "is cheaper", "Good choice"},
		{"compare", "which brand is the second one?", "The brand of Xiaomi 14 is Xiaomi", "cheaper"},
		{"affirm", "the fifth one", "Which one do you mean", "All right"},
		{"", "I don't care about the brand", "Here are the best", "cannot help"},
		{"buy", "why?", "ranked by rating", "did not understand"},
		{"buy", "为什么", "按评分", "没有听懂"},
		{"more", "便宜的", "红米 13", "还有"},
		{"affirm", "and the price", "¥3,999", "All right"},
		{"buy", "not that expensive", "Redmi 13", "best"},
		{"buy", "不贵的", "1. 红米 13", "还有"},
		{"compare", "MacBook Air", "MacBook Air: price", "cheaper"},
		{"buy", "does the Xiaomi 14 not have NFC?", "Yes, Xiaomi 14 has NFC", "No"},
		{"buy", "小米14没有NFC吗", "有NFC", "没有"},
		{"buy", "does the Redmi 13 not have NFC?", "No, Redmi 13 does not", "Yes"},
		{"buy", "how much is the Lenovo Legion 99", "We do not have", "¥99"},
		{"buy", "iPhone\n99", `"iPhone 99"`, "\n99"},
	} {
		cfg := shopConfig(t)
		cfg.Compare = []string{"compare"}
		cfg.Classifier = always("buy")
		_, s := reply(t, newAgent(t, cfg), dst.State{}, "phones")
		cfg.Classifier = always(x.taken)
		r, _ := reply(t, newAgent(t, cfg), s, x.text)
		if !strings.Contains(r.Text, x.want) || strings.Contains(r.Text, x.not) {
			t.Errorf("%q taken for %q: %q; want %q, not %q\n%s", x.text, x.taken, r.Text, x.want, x.not, r.Trace)
		}
	}
}

// TestBeginningOfName names a model of which there are only variants.
func TestBeginningOfName(t *testing.T) {
	cfg := shopConfig(t)
	err := cfg.Graph.Add(context.Background(),
		kg.Fact{Subject: "px9p", Predicate: "kind", Object: kg.Text("phone"), Source: "shop"},
		kg.Fact{Subject: "px9p", Predicate: "name@en", Object: kg.Text("Pixel 9 Pro"), Source: "shop"},
		kg.Fact{Subject: "px9p", Predicate: "price", Object: kg.Num(7299, "CNY"), Source: "shop"})
	if err != nil {
		t.Fatal(err)
	}
	a := newAgent(t, cfg)
	r, s := reply(t, a, dst.State{}, "price of pixel 9")
	if want := `We do not have "pixel 9". The closest is Pixel 9 Pro.`; r.Text != want || s.Filled("price") {
		t.Errorf("%q, want %q; price %v", r.Text, want, s.Of("price"))
	}
	if r, _ := reply(t, a, dst.State{}, "price of pixel 9 pro"); !strings.Contains(r.Text, "7,299") {
		t.Errorf("%q", r.Text)
	}
	_, s = reply(t, a, s, "hmm, what's that?")
	if r, _ := reply(t, a, s, "repeat"); !strings.Contains(r.Text, "Pixel 9 Pro") {
		t.Errorf("repeat: %q", r.Text)
	}
}

// TestSameAnswerOfMany checks that the facts of each thing stay where several
// share an answer, and that an answer that tells all says nothing of more.
func TestSameAnswerOfMany(t *testing.T) {
	cfg := shopConfig(t)
	var facts []kg.Fact
	for _, id := range []string{"p15-128", "mi14", "redmi13", "p15-256"} {
		facts = append(facts, kg.Fact{Subject: id, Predicate: "battery_mah", Object: kg.Num(3349, "mAh"), Source: "shop"})
	}
	if err := cfg.Graph.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	a := newAgent(t, cfg)
	_, s := reply(t, a, dst.State{}, "phones")
	r, _ := reply(t, a, s, "what is the battery")
	things := map[string]bool{}
	for _, f := range r.Facts {
		if f.Predicate == "battery_mah" {
			things[f.Subject] = true
		}
	}
	if len(things) != 3 || len(r.Answers) != 3 || strings.Contains(r.Text, "in all") {
		t.Errorf("%q rests on the facts of %d things, answers %v", r.Text, len(things), r.Answers)
	}
	again, _ := reply(t, a, s.Said(r.Acts...), "repeat")
	if n := strings.Count(again.Text, "3349 mAh"); n != 1 {
		t.Errorf("repeated %d times: %q", n, again.Text)
	}
}

// rogue is a generator that panics.
type rogue struct{}

func (rogue) Generate(context.Context, Request, func(Chunk) error) (Response, error) {
	panic(errors.New("index out of range"))
}

func TestGeneratorPanics(t *testing.T) {
	cfg := shopConfig(t)
	cfg.Generator = rogue{}
	r, s := reply(t, newAgent(t, cfg), dst.State{}, "a laptop")
	if !strings.Contains(r.Text, "MacBook Air") || !strings.Contains(r.Trace.Fallback, "index out of range") || s.Turn != 1 {
		t.Errorf("text %q, fallback %q, turn %d", r.Text, r.Trace.Fallback, s.Turn)
	}
}

// TestUnprintable gives a thing a name that would break the list it stands in.
func TestUnprintable(t *testing.T) {
	cfg := shopConfig(t)
	err := cfg.Graph.Add(context.Background(),
		kg.Fact{Subject: "odd", Predicate: "kind", Object: kg.Text("laptop"), Source: "shop"},
		kg.Fact{Subject: "odd", Predicate: "brand", Object: kg.Ref("lenovo"), Source: "shop"},
		kg.Fact{Subject: "odd", Predicate: "name@en", Object: kg.Text("Odd\n2. {{.Name}}\x1b[31m\u202e<b>"), Source: "shop"},
		kg.Fact{Subject: "odd", Predicate: "price", Object: kg.Num(1, "CNY"), Source: "shop"})
	if err != nil {
		t.Fatal(err)
	}
	r, _ := reply(t, newAgent(t, cfg), dst.State{}, "a Lenovo laptop")
	if strings.Count(r.Text, "\n2. ") != 1 || strings.Contains(r.Text, "\x1b") || !strings.Contains(r.Text, "Odd 2. {{.Name}}") {
		t.Errorf("%q", r.Text)
	}
}

// TestUnknownCompared asks which of two things has more of what is known of
// neither.
func TestUnknownCompared(t *testing.T) {
	a := newAgent(t, shopConfig(t))
	_, s := reply(t, a, dst.State{}, "phones, not Apple")
	r, next := reply(t, a, s, "which has the bigger battery?")
	if want := "I have no information about the battery of Xiaomi 14 and Redmi 13."; r.Text != want {
		t.Errorf("%q, want %q", r.Text, want)
	}
	if r, _ := reply(t, a, next, "the second one"); !strings.Contains(r.Text, "Redmi 13") {
		t.Errorf("the list offered is lost: %q", r.Text)
	}
}
