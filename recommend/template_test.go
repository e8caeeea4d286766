package recommend

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// said is what the template makes of one step.
func said(t *testing.T, lang string, s Step) string {
	t.Helper()
	out, err := Template{}.Generate(context.Background(), Request{Lang: lang, Steps: []Step{s}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return out.Text
}

func valued(values ...string) []Fact {
	var out []Fact
	for _, v := range values {
		out = append(out, Fact{Value: v})
	}
	return out
}

func named3(n int) []Item { return []Item{{Name: "A1"}, {Name: "B2"}, {Name: "C3"}}[:n] }

// TestTemplateWording pins lists, number and plural in both languages.
func TestTemplateWording(t *testing.T) {
	answer := func(label string, count int, values ...string) Step {
		return Step{Kind: StepAnswer, Thing: "A1", Label: label, Facts: valued(values...), Count: count}
	}
	for _, x := range []struct {
		step   Step
		en, zh string
	}{
		{answer("colour", 0, "black"), "The colour of A1 is black.", "A1的colour是black。"},
		{answer("colour", 0, "black", "white"), "The colour of A1: black and white.", "A1的colour有black和white。"},
		{answer("colour", 0, "black", "white", "red"), "The colour of A1: black, white and red.", "A1的colour有black、white和red。"},
		{answer("colour", 0, "black", "black"), "The colour of A1 is black.", "A1的colour是black。"},
		{answer("features", 0, "NFC"), "The features of A1: NFC.", "A1的features是NFC。"},
		{answer("colour", 9, "black", "white"), "The colour of A1: black and white (9 in all).", "A1的colour有black和white等9个。"},
		{Step{Kind: StepAnswer, Thing: "A1 and B2", Label: "price", Facts: valued("¥60"), Each: true}, "The price of A1 and B2 is ¥60 each.", "A1 and B2的price都是¥60。"},
		{Step{Kind: StepYes, Thing: "A1", Label: "series", Text: "X"}, "Yes, the series of A1 is X.", "是的，A1的series是X。"},
		{Step{Kind: StepYes, Thing: "A1", Label: "uses", Text: "X"}, "Yes, the uses of A1 are X.", "是的，A1的uses是X。"},
		{Step{Kind: StepWhich, Text: "A", Items: named3(3)}, `"A" may mean several: A1, B2 and C3. Which one do you mean?`, "“A”有好几个：A1、B2和C3，请问您要的是哪一个？"},
		{Step{Kind: StepWhich, Text: "A", Items: named3(2), Count: 7}, `"A" may mean several: A1 and B2 (7 in all). Which one do you mean?`, "“A”有好几个：A1和B2（共7个），请问您要的是哪一个？"},
		{Step{Kind: StepNoThing, Count: 2}, "Which ones do you mean?", "请问您指的是哪几个？"},
		{Step{Kind: StepNoThing}, "Which one do you mean?", "请问您指的是哪一个？"},
		{Step{Kind: StepOffer, Items: named3(1), Count: 1}, "I recommend A1.", "为您推荐A1。"},
		{Step{Kind: StepOffer, Items: named3(2), Count: 2}, "Here is what fits:\n1. A1\n2. B2", "为您推荐：\n1. A1\n2. B2"},
		{Step{Kind: StepOffer, Items: named3(3), Count: 12}, "Here are the best 3 of 12:\n1. A1\n2. B2\n3. C3", "符合要求的共有12个，为您推荐：\n1. A1\n2. B2\n3. C3"},
		{Step{Kind: StepMore, Items: named3(1)}, "There is also A1.", "还有A1。"},
		{Step{Kind: StepMore, Items: named3(2)}, "There are also:\n1. A1\n2. B2", "还有这些：\n1. A1\n2. B2"},
	} {
		if got := said(t, "en", x.step); got != x.en {
			t.Errorf("%q, want %q", got, x.en)
		}
		if got := said(t, "zh", x.step); got != x.zh {
			t.Errorf("%q, want %q", got, x.zh)
		}
	}
}

// TestTemplateOfSteps puts sentences of a turn side by side as each language
// does.
func TestTemplateOfSteps(t *testing.T) {
	steps := []Step{{Kind: StepThank}, {Kind: StepOffer, Items: named3(2)}, {Kind: StepAsk, Text: "?"}, {Kind: StepBye}}
	for lang, want := range map[string]string{
		"en": "You're welcome. Is there anything else I can do for you?\nHere is what fits:\n1. A1\n2. B2\n? Goodbye, and have a nice day!",
		"zh": "不客气，还有什么可以帮您？\n为您推荐：\n1. A1\n2. B2\n?再见，祝您生活愉快！",
	} {
		var pieces []string
		out, err := Template{}.Generate(context.Background(), Request{Lang: lang, Steps: steps}, func(c Chunk) error { pieces = append(pieces, c.Text); return nil })
		if err != nil || out.Text != want || strings.Join(pieces, "") != want || len(pieces) != len(steps) {
			t.Errorf("%q in %d pieces, %v; want %q", out.Text, len(pieces), err, want)
		}
	}
}

// TestTemplateMoneyAndDates has an agent tell amounts and dates of a graph.
func TestTemplateMoneyAndDates(t *testing.T) {
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	for p, v := range map[string]kg.Value{
		"kind": kg.Text("trip"), "name@en": kg.Text("Harbour Tour"), "name@zh": kg.Text("海港之旅"),
		"fare": kg.Num(1234567.5, "CNY"), "deposit": kg.Num(80, "USD"), "day": kg.Time(time.Date(2026, 12, 24, 0, 0, 0, 0, time.UTC)),
	} {
		facts = append(facts, kg.Fact{Subject: "t", Predicate: p, Object: v})
	}
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	a := newAgent(t, Config{Graph: g, Bindings: []Binding{{Kind: "trip"}}, Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "name", Names: true},
		{Name: "fare", Aliases: []string{"票价"}, Type: &dst.Money{Currency: "CNY"}},
		{Name: "deposit", Aliases: []string{"押金"}, Type: &dst.Money{Currency: "USD"}},
		{Name: "day", Aliases: []string{"日期"}, Type: &dst.Date{}},
	}}}}})
	for message, want := range map[string]string{
		"what is the fare of Harbour Tour?":    "The fare of Harbour Tour is ¥1,234,567.50.",
		"what is the deposit of Harbour Tour?": "The deposit of Harbour Tour is $80.",
		"what is the day of Harbour Tour?":     "The day of Harbour Tour is 24 December 2026.",
		"海港之旅的票价是多少":                           "海港之旅的票价是1234567.5元。",
		"海港之旅的押金是多少":                           "海港之旅的押金是80美元。",
		"海港之旅的日期是哪天":                           "海港之旅的日期是2026年12月24日。",
	} {
		if r, _ := reply(t, a, dst.State{}, message); r.Text != want {
			t.Errorf("%s: %q, want %q", message, r.Text, want)
		}
	}
}
