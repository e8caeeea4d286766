package kg

import (
	"context"
	"strings"
	"testing"
)

func TestRankKeepsTheOrderOfTheFile(t *testing.T) {
	ctx := context.Background()
	g, err := New(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	m := Mapping{ID: "id", Kind: "phone", Rank: "rank"}
	if _, err := g.LoadJSON(ctx, strings.NewReader(`[{"id":"c"},{"id":"a"},{"id":"b"}]`), m); err != nil {
		t.Fatal(err)
	}
	hits, err := g.Find(ctx, Query{Kind: "phone", Order: []Order{{Predicate: "rank"}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, h := range hits {
		got = append(got, h.ID)
	}
	if strings.Join(got, "") != "cab" {
		t.Errorf("found %v, want the order of the file", got)
	}
}
