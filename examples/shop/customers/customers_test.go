package customers

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

// TestCustomers lets customers buy in the shop. The share of the benchmark's
// 1,000 is higher than what is asked of a few.
func TestCustomers(t *testing.T) {
	ctx := context.Background()
	shop, err := store.Open(ctx, store.Demo())
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Graph.Close()
	report, err := Simulate(ctx, shop, 60, 4)
	if err != nil {
		t.Fatal(err)
	}
	if report.Share() < 0.9 {
		t.Errorf("%s", report)
		for _, f := range report.Failures {
			t.Log(f.Transcript)
		}
	}
}
