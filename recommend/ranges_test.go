package recommend

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// walksConfig is about walks, which take a range of hours, and cafes with
// drinks.
func walksConfig(t testing.TB) Config {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	add := func(id, predicate string, v kg.Value) {
		facts = append(facts, kg.Fact{Subject: id, Predicate: predicate, Object: v})
	}
	for i, w := range []struct {
		name      string
		low, high float64
	}{{"Lake Round", 1, 2}, {"Ridge Path", 2, 4}, {"Wood Loop", 3, 3}, {"Long Trail", 5, 8}} {
		id := string(rune('a' + i))
		add(id, "kind", kg.Text("walk"))
		add(id, "name", kg.Text(w.name))
		add(id, "hours_min", kg.Num(w.low, "hour"))
		add(id, "hours_max", kg.Num(w.high, "hour"))
		add(id, "hours", kg.Text(strings.ReplaceAll(kg.Num(w.low, "").String()+"-"+kg.Num(w.high, "").String(), "3-3", "3")))
	}
	for name, drinks := range map[string][]string{"Blue Cup": {"latte", "tea"}, "Red Cup": {"iced latte"}, "Old Cup": {"latte art"}, "蓝杯": {"桂花酸梅汤"}, "红杯": {"酸梅汤"}} {
		add(name, "kind", kg.Text("cafe"))
		add(name, "name", kg.Text(name))
		for _, d := range drinks {
			add(name, "drink", kg.Text(d))
		}
	}
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	hours := &dst.Number{Unit: "hour", Min: 0, Max: 24}
	return Config{Graph: g, Schema: dst.Schema{Services: []dst.Service{
		{Name: "Walk", Aliases: []string{"walk", "walks"}, Slots: []dst.Slot{{Name: "name", Names: true}, {Name: "hours", Type: hours}}},
		{Name: "Cafe", Aliases: []string{"cafe", "咖啡馆"}, Slots: []dst.Slot{{Name: "name", Names: true}, {Name: "drink", Multi: true}}},
	}}, Bindings: []Binding{
		{Service: "Walk", Kind: "walk", Ranges: map[string]Range{"hours": {"hours_min", "hours_max"}}},
		{Service: "Cafe", Kind: "cafe"},
	}}
}

func TestRanges(t *testing.T) {
	a := newAgent(t, walksConfig(t))
	for _, x := range []struct{ user, want string }{
		{"a walk of at most 3 hours", "Lake Round, Wood Loop"},
		{"a walk of at least 3 hours", "Wood Loop, Long Trail"},
		{"a walk between 2 and 4 hours", "Ridge Path, Wood Loop"}, // the very range first
		{"a walk of 3 hours", "Ridge Path, Wood Loop"},
		{"a walk of 1 hour", "Lake Round"},
		{"a walk of 20 hours", "Lake Round, Ridge Path, Wood Loop"}, // none; what it is to last is given up
	} {
		r, _ := reply(t, a, dst.State{}, x.user)
		if got := strings.Join(names(r.Items), ", "); got != x.want {
			t.Errorf("%q offers %s, want %s: %s", x.user, got, x.want, r.Text)
		}
	}
}

func TestSorts(t *testing.T) {
	a := newAgent(t, walksConfig(t))
	for _, x := range []struct{ user, want string }{
		{"a cafe with latte", "Blue Cup, Red Cup"}, // latte art is no latte
		{"a cafe with iced latte", "Red Cup"},
		{"a cafe without latte", "Old Cup, 红杯, 蓝杯"},
		{"有酸梅汤的咖啡馆", "红杯, 蓝杯"},
		{"有桂花酸梅汤的咖啡馆", "蓝杯"},
	} {
		r, _ := reply(t, a, dst.State{}, x.user)
		if got := strings.Join(names(r.Items), ", "); got != x.want {
			t.Errorf("%q offers %s, want %s: %s", x.user, got, x.want, r.Text)
		}
	}
}

func TestRangesMistakes(t *testing.T) {
	for want, ranges := range map[string]map[string]Range{
		`"size", which is no slot`:     {"size": {"hours_min", "hours_max"}},
		"both ends":                    {"hours": {"hours_min", ""}},
		`the predicate "hours_longest`: {"hours": {"hours_min", "hours_longest"}},
	} {
		cfg := walksConfig(t)
		cfg.Bindings[0].Ranges = ranges
		if _, err := New(context.Background(), cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", ranges, err, want)
		}
	}
}

// Another tracker may understand the messages.
func TestTrack(t *testing.T) {
	cfg := shopConfig(t)
	cfg.Track = func(ctx context.Context, own *dst.Tracker, s dst.State, in dst.Turn) (dst.State, []dst.Decision, error) {
		in.User = strings.ReplaceAll(in.User, "blower", "phone")
		return own.Update(ctx, s, in)
	}
	r, _ := reply(t, newAgent(t, cfg), dst.State{}, "a blower")
	if len(r.Items) == 0 {
		t.Errorf("no phones are offered: %s", r.Text)
	}
}
