package recommend

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
	"pgregory.net/rapid"
)

// TestRelaxProperties draws wishes and checks what relaxing promises: it says
// nothing where something fits, gives up no kind and
// nothing that must not be, finds something whenever there is anything else, and gives up no more than one wish where one suffices.
func TestRelaxProperties(t *testing.T) {
	cfg := shopConfig(t)
	a := newAgent(t, cfg)
	c := a.core.Load()
	sv := c.services[0]
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		var s dst.State
		s = s.Apply(dst.Act{Kind: dst.Inform, Slot: "category", Op: dst.Eq, Value: rapid.SampledFrom([]string{"phone", "laptop", "accessory"}).Draw(t, "category")})
		for _, act := range rapid.SliceOfN(rapid.SampledFrom([]string{"inform price<=900", "inform price<=5000", "inform price>=8500", "inform brand=Lenovo", "inform brand!=Apple",
			"inform rating>=4.85", "inform feature+=nfc", "inform feature+=waterproof", "inform price~4800"}), 1, 5).Draw(t, "wishes") {
			s = s.Apply(dst.MustAct(act))
		}
		wishes := c.wishes(s, sv)
		n, err := c.count(ctx, sv, wishes)
		if err != nil {
			t.Fatal(err)
		}
		relaxed, err := c.relax(ctx, sv, wishes, 1)
		if err != nil {
			t.Fatal(err)
		}
		rest, loose := bestOf(t, c, sv, relaxed)
		if n > 0 {
			return // relax is only called where nothing fits
		}
		firm := slices.DeleteFunc(slices.Clone(wishes), func(w wish) bool { return w.slot != sv.kindly && !w.negative() })
		if n, _ := c.count(ctx, sv, firm); n == 0 {
			if len(loose) > 0 {
				t.Fatalf("%d wishes were given up in vain", len(loose))
			}
			return
		}
		if slices.ContainsFunc(loose, func(l loosening) bool { return l.wish.negative() }) {
			t.Fatal("what must not be was given up")
		}
		if len(loose) == 0 || len(rest)+len(loose) != len(wishes) {
			t.Fatalf("%d wishes, %d left, %d given up", len(wishes), len(rest), len(loose))
		}
		if left, _ := c.count(ctx, sv, rest); left == 0 {
			t.Fatal("nothing fits what is left")
		}
		if widened, _ := c.count(ctx, sv, c.widened(rest, loose)); widened == 0 {
			t.Fatal("nothing fits the widened bounds")
		}
		if !slices.ContainsFunc(rest, func(w wish) bool { return w.slot == sv.kindly }) {
			t.Fatal("the kind was given up")
		}
		for i, w := range wishes {
			if one, _ := c.count(ctx, sv, leftOver(wishes, []int{i})); one > 0 && w.slot != sv.kindly && !w.negative() && len(loose) > 1 {
				t.Fatalf("%d wishes were given up where %s alone would do", len(loose), w.text())
			}
		}
	})
}

// bestOf is the first of the relaxations. Those that follow give one wish up,
// too, are no cheaper, and something fits them.
func bestOf(t *rapid.T, c *core, sv *service, all []relaxation) ([]wish, []loosening) {
	for i, r := range all {
		if n, _ := c.count(context.Background(), sv, c.widened(r.rest, r.loose)); n == 0 || len(all) > 1 && len(r.loose) != 1 || i > 0 && r.cost < all[i-1].cost {
			t.Fatalf("relaxation %d of %d: %d things, %d wishes, cost %v", i, len(all), n, len(r.loose), r.cost)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return all[0].rest, all[0].loose
}

func BenchmarkReplyLargeCatalogue(b *testing.B) {
	cfg := shopConfig(b)
	var facts []kg.Fact
	for i := range 10_000 {
		id := fmt.Sprintf("x%05d", i)
		facts = append(facts, kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text([]string{"phone", "laptop"}[i%2])},
			kg.Fact{Subject: id, Predicate: "name", Object: kg.Text(fmt.Sprintf("Model %d", i))}, kg.Fact{Subject: id, Predicate: "price", Object: kg.Num(float64(500+i%9000), "CNY")},
			kg.Fact{Subject: id, Predicate: "brand", Object: kg.Ref([]string{"apple", "xiaomi", "lenovo"}[i%3])}, kg.Fact{Subject: id, Predicate: "rating", Object: kg.Num(float64(i%50)/10, "")})
	}
	if err := cfg.Graph.Add(context.Background(), facts...); err != nil {
		b.Fatal(err)
	}
	a := newAgent(b, cfg)
	var s dst.State
	for b.Loop() {
		s = dst.State{}
		for _, text := range []string{"a phone under 5000, not Apple", "anything else?", "how much is the first one?", "a laptop under 100"} {
			_, s = reply(b, a, s, text)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(4*b.N), "us/turn")
}
