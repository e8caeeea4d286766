package recommend

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

func faqConfig(t *testing.T) Config {
	cfg := shopConfig(t)
	for _, x := range [][4]string{
		{"q1", "Do you deliver to islands?", "Yes, to every island with a harbour. It takes 5 days.", "https://shop.example/islands"},
		{"q2", "Can I pay with a gift card?", "Gift cards are taken in the shop, not online.", ""},
		{"q3", "可以开发票吗？", "可以，下单时选择电子发票。", ""},
		{"q4", "Can I pay by bank transfer?", "Yes. The money must be here within 3 days.", ""},
	} {
		facts := []kg.Fact{{Subject: x[0], Predicate: "kind", Object: kg.Text("question")}, {Subject: x[0], Predicate: "name", Object: kg.Text(x[1])}, {Subject: x[0], Predicate: "answer_text", Object: kg.Text(x[2])}}
		if x[3] != "" {
			facts = append(facts, kg.Fact{Subject: x[0], Predicate: "url", Object: kg.Text(x[3])})
		}
		if err := cfg.Graph.Add(context.Background(), facts...); err != nil {
			t.Fatal(err)
		}
	}
	cfg.Help.FAQ = "question"
	cfg.Generator = parrot{}
	return cfg
}

func TestFAQ(t *testing.T) {
	for name, change := range map[string]func(*Config){"with articles": func(*Config) {}, "alone": func(c *Config) { c.Help.Kind = "" }} {
		t.Run(name, func(t *testing.T) {
			cfg := faqConfig(t)
			change(&cfg)
			a := newAgent(t, cfg)
			for _, x := range [][2]string{
				{"do you deliver to islands", "Yes, to every island with a harbour. It takes 5 days.\nhttps://shop.example/islands"},
				{"可以开发票吗", "可以，下单时选择电子发票。"},
				{"thanks, can I pay with a gift card?", "Gift cards are taken in the shop, not online."},
				{"how much is the Xiaomi 14?", "The price of Xiaomi 14 is ¥3,999."},
			} {
				if r, _ := reply(t, a, dst.State{}, x[0]); r.Text != x[1] || r.Trace.Fallback != "" {
					t.Errorf("%q: %q, want %q; %s", x[0], r.Text, x[1], r.Trace.Fallback)
				}
			}
			r, s := reply(t, a, dst.State{}, "pay with gift or bank")
			if !strings.Contains(r.Text, "gift card") || !strings.Contains(r.Text, "bank transfer") {
				t.Fatalf("near misses: %q\n%s", r.Text, r.Trace)
			}
			at := "1"
			if strings.Index(r.Text, "bank") > strings.Index(r.Text, "gift") {
				at = "2"
			}
			if r, _ = reply(t, a, s, at); r.Text != "Yes. The money must be here within 3 days." {
				t.Errorf("the one chosen: %q", r.Text)
			}
		})
	}
	cfg := faqConfig(t)
	cfg.Help.FAQ = "riddle"
	if _, err := New(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), `no questions of kind "riddle"`) {
		t.Errorf("error %v", err)
	}
}
