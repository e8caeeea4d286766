package kg

import (
	"context"
	"errors"
	"fmt"
	"testing"
)

// TestWalkOfManyWays follows a path to whose end there is the cube of the
// graph's facts in ways.
func TestWalkOfManyWays(t *testing.T) {
	const things = 300
	var facts []Fact
	for i := range things {
		facts = append(facts, Fact{Subject: fmt.Sprintf("p%03d", i), Predicate: "brand", Object: Ref("nova")})
	}
	g := newGraph(t, facts...)
	s := g.snap.Load()
	const predicate = "brand/^brand/brand/^brand"
	path, err := s.path(predicate)
	if err != nil {
		t.Fatal(err)
	}
	visits := 0
	s.walk(s.thing("p000"), path, func(node) bool { visits++; return true })
	if visits < things || visits > 4*things {
		t.Errorf("%d visits; want each of %d values, and no more than a few times", visits, things)
	}
	ctx := context.Background()
	where := []Condition{{predicate, Eq, []Value{Ref("p007")}}}
	hits, err := g.Find(ctx, Query{IDs: []string{"p001"}, Where: where})
	if err != nil || len(hits) != 1 || len(hits[0].Why) != things {
		t.Errorf("%d hits, %v; want one, because of the brand of every thing", len(hits), err)
	}
	for _, q := range []Query{{Where: []Condition{{predicate, Ne, []Value{Ref("x")}}}}, {Order: []Order{{Predicate: predicate}}}} {
		if _, err := g.Find(&cancelAfter{Context: ctx, n: 20}, q); !errors.Is(err, context.Canceled) {
			t.Errorf("%+v: %v; want a look at the context after each thing", q, err)
		}
	}
}
