package kg

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func pathTexts(paths []Path) string {
	var out []string
	for _, p := range paths {
		out = append(out, p.String())
	}
	return strings.Join(out, "; ")
}

func ref(s, p, o string) Fact { return Fact{Subject: s, Predicate: p, Object: Ref(o)} }

// roads is a graph with several ways between its things.
func roads(t testing.TB) *Graph {
	return newGraph(t,
		ref("a", "brand", "b"), ref("c", "brand", "b"), ref("a", "like", "d"), ref("d", "like", "c"), ref("d", "seen", "c"), ref("c", "like", "e"),
		ref("a", "self", "a"), ref("a", "kind", "k"), ref("e", "kind", "k"), Fact{Subject: "x", Predicate: "brand", Object: Text("b")}, ref("x", "to", "y"),
		ref("a", "p/q", "far"), ref("h1", "at", "hub"), ref("h2", "at", "hub"), ref("h3", "at", "hub"), ref("h1", "by", "m"), ref("m", "by", "n"), ref("n", "by", "h2"))
}

func TestPaths(t *testing.T) {
	ctx, g := context.Background(), roads(t)
	for _, c := range []struct {
		from, to string
		opts     *PathOptions
		want     string
	}{
		{"a", "b", nil, "a brand b"},
		{"b", "a", nil, "b ^brand a"},
		{"a", "c", nil, "a brand b ^brand c; a like d like c; a like d seen c"},
		{"c", "a", nil, "c ^like d ^like a; c ^seen d ^like a; c brand b ^brand a"},
		{"a", "c", &PathOptions{Limit: 2}, "a brand b ^brand c; a like d like c"},
		{"a", "c", &PathOptions{Leave: []string{"brand", "seen"}}, "a like d like c"},
		{"a", "e", nil, "a kind k ^kind e"},
		{"a", "e", &PathOptions{Leave: []string{"kind", "like"}}, ""},
		{"a", "e", &PathOptions{Leave: []string{"kind"}, MaxLength: 3, Limit: 1}, "a brand b ^brand c like e"},
		{"a", "e", &PathOptions{Leave: []string{"kind"}, MaxLength: 2}, ""},
		{"a", "a", nil, ""},
		{"a", "y", nil, ""},
		{"a", "nothing", nil, ""},
		{"nothing", "nothing", nil, ""},
		{"h1", "h2", nil, "h1 at hub ^at h2"},
		{"h1", "h2", &PathOptions{Hub: 2}, "h1 by m by n by h2"},
		{"h1", "hub", &PathOptions{Hub: 2}, "h1 at hub"},
		{"hub", "n", &PathOptions{Hub: 2}, "hub ^at h2 ^by n"},
	} {
		got, err := g.Paths(ctx, c.from, c.to, c.opts)
		if err != nil || pathTexts(got) != c.want {
			t.Errorf("Paths(%s, %s, %+v) = %s, %v; want %s", c.from, c.to, c.opts, pathTexts(got), err, c.want)
		}
	}
}

func TestPath(t *testing.T) {
	ctx, g := context.Background(), roads(t)
	if got, err := g.Paths(ctx, "a", "a", nil); err != nil || len(got) != 1 || len(got[0].Steps) != 0 {
		t.Errorf("from a thing to itself: %v, %v; want one path without steps", got, err)
	}
	got, err := g.Paths(ctx, "b", "e", &PathOptions{Leave: []string{"kind"}})
	if err != nil || len(got) != 1 || got[0].Predicate() != "^brand/like" {
		t.Fatalf("%v, %v", got, err)
	}
	if want := []Fact{ref("c", "brand", "b"), ref("c", "like", "e")}; !slices.Equal(got[0].Facts(), want) {
		t.Errorf("facts %v, want %v", got[0].Facts(), want)
	}
	if values, err := g.Values(ctx, "b", got[0].Predicate()); err != nil || !slices.Contains(values, Ref("e")) {
		t.Errorf("the path's predicate leads to %v, %v; want e", values, err)
	}
}

// TestPathsAgainstAllWalks compares the search from both ends with one that
// tries every way.
func TestPathsAgainstAllWalks(t *testing.T) {
	ctx := context.Background()
	rapid.Check(t, func(t *rapid.T) {
		g, err := New(nil)
		if err != nil {
			t.Fatal(err)
		}
		defer g.Close()
		things := rapid.IntRange(2, 9).Draw(t, "things")
		id := rapid.Custom(func(t *rapid.T) string { return fmt.Sprint("t", rapid.IntRange(0, things-1).Draw(t, "id")) })
		var facts []Fact
		for range rapid.IntRange(1, 14).Draw(t, "facts") {
			facts = append(facts, Fact{Subject: id.Draw(t, "from"), Predicate: rapid.SampledFrom([]string{"p", "q"}).Draw(t, "predicate"), Object: Ref(id.Draw(t, "to"))})
		}
		if err := g.Add(ctx, facts...); err != nil {
			t.Fatal(err)
		}
		from, to := facts[0].Subject, id.Draw(t, "end")
		most := rapid.IntRange(1, 4).Draw(t, "most")
		got, err := g.Paths(ctx, from, to, &PathOptions{Limit: 1000, MaxLength: most})
		if err != nil {
			t.Fatal(err)
		}
		if want := allWalks(facts, from, to, most); pathTexts(got) != strings.Join(want, "; ") {
			t.Fatalf("%s to %s in %v: %s; want %s", from, to, facts, pathTexts(got), want)
		}
	})
}

// allWalks words the shortest walks between two things, sorted.
func allWalks(facts []Fact, from, to string, most int) []string {
	walks := map[string]string{from: from} // text -> where it ends
	for length := 0; length <= most; length++ {
		var found []string
		longer := map[string]string{}
		for text, at := range walks {
			if at == to {
				found = append(found, text)
			}
			for _, f := range facts {
				if other, _ := f.Object.ID(); f.Subject == at && other != at {
					longer[text+" "+f.Predicate+" "+other] = other
				} else if other == at && f.Subject != at {
					longer[text+" ^"+f.Predicate+" "+f.Subject] = f.Subject
				}
			}
		}
		if len(found) > 0 && length > 0 || from == to {
			if from == to {
				return []string{""}
			}
			slices.Sort(found)
			return found
		}
		walks = longer
	}
	return nil
}

func TestNeighbours(t *testing.T) {
	ctx := context.Background()
	var facts []Fact
	for i := range 15 {
		facts = append(facts, Fact{Subject: fmt.Sprintf("p%02d", i), Predicate: "brand", Object: Ref("b")}, Fact{Subject: "b", Predicate: "alias", Object: Num(float64(i), "")})
	}
	facts = append(facts, Fact{Subject: "b", Predicate: "country", Object: Text("CN")}, Fact{Subject: "z", Predicate: "owns", Object: Ref("b")})
	g := newGraph(t, facts...)
	for _, c := range []struct {
		id   string
		opts *NeighbourOptions
		want string
	}{
		{"b", nil, "alias 10/15 country 1/1 ^brand 10/15 ^owns 1/1"},
		{"b", &NeighbourOptions{Limit: 2}, "alias 2/15 country 1/1 ^brand 2/15 ^owns 1/1"},
		{"b", &NeighbourOptions{Predicates: []string{"brand", "^owns", "country"}}, "country 1/1 ^owns 1/1"},
		{"b", &NeighbourOptions{Limit: 99, Predicates: []string{"^brand"}}, "^brand 15/15"},
		{"p03", nil, "brand 1/1"},
		{"nothing", nil, ""},
	} {
		relations, err := g.Neighbours(ctx, c.id, c.opts)
		var got []string
		for _, r := range relations {
			name := r.Predicate
			if r.Back {
				name = "^" + name
			}
			got = append(got, fmt.Sprintf("%s %d/%d", name, len(r.Facts), r.Count))
			for i, f := range r.Facts {
				if f.Predicate != r.Predicate || r.Back != (f.Object == Ref(c.id)) || r.Back && i > 0 && f.Subject <= r.Facts[i-1].Subject {
					t.Errorf("%s: %v does not belong to %s there", c.id, f, name)
				}
			}
		}
		if strings.Join(got, " ") != c.want || err != nil {
			t.Errorf("Neighbours(%s, %+v): %v, %v; want %s", c.id, c.opts, got, err, c.want)
		}
	}
}

// TestRelatedCancelled checks that what is cancelled, or asked of a closed
// graph, is an error and no part of an answer.
func TestRelatedCancelled(t *testing.T) {
	g := newGraph(t, Fact{Subject: "a", Predicate: "p", Object: Ref("b")}, Fact{Subject: "b", Predicate: "p", Object: Ref("c")})
	calls := map[string]func(ctx context.Context) (any, error){
		"Paths":      func(ctx context.Context) (any, error) { p, err := g.Paths(ctx, "a", "c", nil); return p == nil, err },
		"Neighbours": func(ctx context.Context) (any, error) { r, err := g.Neighbours(ctx, "a", nil); return r == nil, err },
		"Compare": func(ctx context.Context) (any, error) {
			c, err := g.Compare(ctx, []string{"a", "b"}, nil)
			return c.IDs == nil, err
		},
	}
	for name, call := range calls {
		for after := range 2 {
			ctx := &cancelledAfter{Context: context.Background(), looks: after}
			if empty, err := call(ctx); !errors.Is(err, context.Canceled) || empty != true {
				t.Errorf("%s, cancelled after %d looks: %v, empty %v", name, after, err, empty)
			}
		}
	}
	g.Close()
	for name, call := range calls {
		if empty, err := call(context.Background()); !errors.Is(err, ErrClosed) || empty != true {
			t.Errorf("%s of a closed graph: %v, empty %v", name, err, empty)
		}
	}
}

// cancelledAfter is a context that is cancelled once it was looked at a number
// of times.
type cancelledAfter struct {
	context.Context
	looks int
}

func (c *cancelledAfter) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

func BenchmarkPaths(b *testing.B) {
	g := benchGraph()
	for _, c := range []struct{ name, from, to string }{{"brand", "p1", "brand1"}, {"product", "p1", "p9999"}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				if _, err := g.Paths(context.Background(), c.from, c.to, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
