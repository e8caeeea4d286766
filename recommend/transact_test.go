package recommend

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// orderConfig is a kitchen that sells pizzas and takes orders for them.
func orderConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	for id, name := range map[string]string{"p1": "Napoli", "p2": "Funghi"} {
		for p, v := range map[string]kg.Value{"kind": kg.Text("pizza"), "name": kg.Text(name), "price": kg.Num(60, "CNY")} {
			if err := g.Add(context.Background(), kg.Fact{Subject: id, Predicate: p, Object: v, Source: "menu"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	yes := &dst.YesNo{Yes: "true", No: "false"}
	return Config{
		Graph: g,
		Schema: dst.Schema{Services: []dst.Service{{
			Name: "Kitchen", Aliases: []string{"pizza", "披萨"},
			Slots: []dst.Slot{
				{Name: "name", Names: true, Ask: map[string]string{"en": "Which pizza?", "zh": "要哪款披萨？"}},
				{Name: "price", Aliases: []string{"how much", "多少钱"}, Type: &dst.Money{Currency: "CNY"}},
				{Name: "size", Type: &dst.Enum{Values: []dst.Option{{Value: "small", Labels: map[string]string{"zh": "小份"}}, {Value: "large", Labels: map[string]string{"zh": "大份"}}}}, Ask: map[string]string{"en": "Small or large?", "zh": "小份还是大份？"}},
				{Name: "delivery", Type: yes, Aliases: []string{"delivered", "配送"}, Ask: map[string]string{"en": "Shall we deliver it?", "zh": "需要配送吗？"}},
			},
			Intents: []dst.Intent{{Name: "order", Description: "order a pizza 下单", Transactional: true, Required: []string{"name", "size", "delivery"}}},
		}}},
		Bindings: []Binding{{Service: "Kitchen", Kind: "pizza", Slots: map[string]string{"size": "", "delivery": ""}, Show: []string{"price"}}},
	}
}

// TestOrder goes through an order that is confirmed before it is done.
func TestOrder(t *testing.T) {
	for _, c := range []struct {
		lang  string
		turns [][3]string // message, part of the reply, act
	}{
		{"en", [][3]string{
			{"I'd like a Napoli", "Small or large?", "ask Kitchen.size"},
			{"how much is it?", "¥60", "ask Kitchen.size"},
			{"large", "Shall we deliver it?", "ask Kitchen.delivery"},
			{"no", "Shall I go ahead?", "confirm Kitchen.order"},
			{"no", "What should I change?", "ask"},
			{"a small one", "Shall I go ahead?", "confirm Kitchen.order"},
			{"yes", "I am seeing to it: name Napoli", "do Kitchen.order"},
		}},
		{"zh", [][3]string{
			{"我要Funghi", "小份还是大份", "ask Kitchen.size"},
			{"大份", "需要配送吗", "ask Kitchen.delivery"},
			{"需要", "可以办理吗", "confirm Kitchen.order"},
			{"好的", "正在为您办理", "do Kitchen.order"},
		}},
	} {
		cfg := orderConfig(t)
		cfg.Lang = c.lang
		a := newAgent(t, cfg)
		s := dst.State{}.Apply(dst.MustAct("want Kitchen.order"))
		for _, turn := range c.turns {
			var r Reply
			r, s = reply(t, a, s, turn[0])
			if !strings.Contains(r.Text, turn[1]) || !strings.Contains("; "+dst.FormatActs(r.Acts)+";", "; "+turn[2]+";") {
				t.Errorf("%q: %q [%s], want %q [%s]\n%s", turn[0], r.Text, dst.FormatActs(r.Acts), turn[1], turn[2], r.Trace)
			}
		}
		if len(s.Intents) != 0 {
			t.Errorf("open after it was done: %v", s.Intents)
		}
	}
}

// TestCancelAndUndo gives up, and takes back.
func TestCancelAndUndo(t *testing.T) {
	a := shopAgent(t)
	for _, c := range []struct{ first, then, want string }{
		{"a phone under 4000", "never mind", "dropped"},
		{"四千以内的手机", "算了", "已经取消"},
		{"a phone", "undo", "taken that back"},
		{"hello", "undo", "nothing to take back"},
		{"你好", "撤销", "没有可以撤回的"},
	} {
		_, s := reply(t, a, dst.State{}, c.first)
		if r, _ := reply(t, a, s, c.then); !strings.Contains(r.Text, c.want) {
			t.Errorf("%q, %q: %q, want %q\n%s", c.first, c.then, r.Text, c.want, r.Trace)
		}
	}
}
