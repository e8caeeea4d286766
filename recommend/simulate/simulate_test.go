package simulate_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/simulate"
)

var binding = recommend.Binding{KindSlot: "kind", Slots: map[string]string{"made_in": "brand/country", "watts": ""}, Show: []string{"price"}}

// lampAgent sells lamps; two of them share a name.
func lampAgent(ctx context.Context) (*recommend.Agent, error) {
	graph, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	facts := []kg.Fact{
		{Subject: "b1", Predicate: "name@en", Object: kg.Text("Brightly")}, {Subject: "b1", Predicate: "name@zh", Object: kg.Text("明亮")},
		{Subject: "b1", Predicate: "country", Object: kg.Text("Sweden")},
		{Subject: "b2", Predicate: "name@en", Object: kg.Text("Glow")}, {Subject: "b2", Predicate: "alias", Object: kg.Text("Brightly")},
	}
	for i, name := range []string{"Acorn", "Birch", "Cedar", "Dogwood", "Elder", "Elder"} {
		id := fmt.Sprintf("l%d", i)
		facts = append(facts,
			kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text([]string{"desk", "floor"}[i%2])},
			kg.Fact{Subject: id, Predicate: "name@en", Object: kg.Text(name)},
			kg.Fact{Subject: id, Predicate: "brand", Object: kg.Ref([]string{"b1", "b2"}[i/3])},
			kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(float64(95+50*i), "CNY")})
	}
	if err := graph.Add(ctx, facts...); err != nil {
		return nil, err
	}
	words := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	return recommend.New(ctx, recommend.Config{Graph: graph, Bindings: []recommend.Binding{binding}, Schema: dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "name", Names: true},
		{Name: "kind", Required: true, Ask: words("What kind of lamp?", "什么灯？"), Type: &dst.Enum{Values: []dst.Option{
			{Value: "desk", Labels: words("desk lamp", "台灯")}, {Value: "floor", Labels: words("floor lamp", "落地灯")}}}},
		{Name: "brand", Aliases: []string{"brand", "品牌"}},
		{Name: "price", Aliases: []string{"price", "价格"}, Type: &dst.Money{Currency: "CNY"}},
		{Name: "made_in", Aliases: []string{"country", "产地"}, RequestOnly: true},
		{Name: "watts", Type: &dst.Number{Unit: "W"}},
	}}}}})
}

// Customers with goals from its own graph try an agent.
func Example() {
	ctx := context.Background()
	agent, err := lampAgent(ctx)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer agent.Graph().Close()
	opt, err := simulate.Options(ctx, agent, binding)
	if err != nil {
		fmt.Println(err)
		return
	}
	opt.N, opt.Langs = 20, []string{"en"}
	report, err := dsttest.SimulateCustomers(ctx, simulate.Bot(agent), agent.Schema(), opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Conversations, "customers, most of them content:", report.Share() > 0.5)
	// Output: 20 customers, most of them content: true
}

func TestOptions(t *testing.T) {
	ctx := context.Background()
	agent, err := lampAgent(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer agent.Graph().Close()
	opt, err := simulate.Options(ctx, agent, binding)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, thing := range opt.Things {
		names = append(names, thing.Value)
	}
	slices.Sort(names)
	if want := []string{"Acorn", "Birch", "Cedar", "Dogwood", "Elder", "l5"}; !slices.Equal(names, want) {
		t.Errorf("things are %q, want %q", names, want)
	}
	acorn := opt.Things[slices.IndexFunc(opt.Things, func(x dsttest.Thing) bool { return x.Value == "Acorn" })]
	for slot, want := range map[string]string{"kind": "desk", "brand": "Brightly", "price": "95", "made_in": "Sweden", "watts": ""} {
		if got := append(acorn.Values[slot], "")[0]; got != want {
			t.Errorf("%s of Acorn is %q, want %q", slot, got, want)
		}
	}
	if words := opt.Words["brand"].Values; slices.Contains(words, "Brightly") || !slices.Contains(words, "明亮") {
		t.Errorf("words for brands are %q; one that two bear says neither", words)
	}
	if _, err := simulate.Options(ctx, agent, recommend.Binding{Service: "Taxi"}); err == nil {
		t.Error("no error for a service that there is not")
	}
}
