package recommend

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// TestModelsThatThereAreNot asks for models of which only the number or only
// the word behind it exists.
func TestModelsThatThereAreNot(t *testing.T) {
	cfg := storeConfig(t)
	for id, names := range map[string][2]string{
		"p16max":   {"Apple iPhone 16 Max", "苹果 iPhone 16 Max"},
		"mi13max":  {"Xiaomi 13 Max", "小米 13 Max"},
		"redmi9":   {"Redmi 9 Max", "红米 9 Max"},
		"shell":    {"iPhone 15 Max Shell Case", "iPhone 15 Max 保护壳"},
		"pura":     {"Apple P70", "苹果 P70"},
		"unlikely": {"Lenovo R9000P", "联想 R9000P"},
	} {
		kind := "phone"
		if id == "shell" {
			kind = "case"
		}
		facts := []kg.Fact{
			{Subject: id, Predicate: "kind", Object: kg.Text(kind)},
			{Subject: id, Predicate: "name@en", Object: kg.Text(names[0])},
			{Subject: id, Predicate: "name@zh", Object: kg.Text(names[1])},
		}
		if err := cfg.Graph.Add(context.Background(), facts...); err != nil {
			t.Fatal(err)
		}
	}
	a := newAgent(t, cfg)
	for _, x := range []struct{ user, missing, nearest, not string }{
		{"how much is the iPhone 15 Max?", `"iPhone 15 Max"`, "Apple iPhone 15 128 GB", "Shell"},
		{"小米14 Max有吗", "“小米14 Max”", "小米 14", "保护壳"},
		{"苹果 P80有货吗", "“苹果 P80”", "苹果 P70", "R9000P"},
		{"the Xiaomi 14 costs how much", "", "The price of Xiaomi 14", "do not have"},
		{"Xiaomi 13 Max", "", "Xiaomi 13 Max", "do not have"},
	} {
		r, _ := reply(t, a, dst.State{}, x.user)
		if !strings.Contains(r.Text, x.missing) || !strings.Contains(r.Text, x.nearest) || strings.Contains(r.Text, x.not) {
			t.Errorf("%q: %q; want %s missing, %q near and no %q", x.user, r.Text, x.missing, x.nearest, x.not)
		}
	}
}
