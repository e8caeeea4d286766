package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
	"github.com/cayleygraph/cayley/graph/graphtest/testutil"
	"github.com/cayleygraph/cayley/graph/path"
	"github.com/cayleygraph/quad"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/kg/postgres"
)

// TestSuite runs the tests that cayley has for its own stores, but for those of
// paths, which ask a file beside cayley's source.
func TestSuite(t *testing.T) {
	server(t)
	empty := func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
		dsn, db := schema(t)
		return open(t, dsn), nil, func() { counts(t, db) }
	}
	conf := &graphtest.Config{NoPrimitives: true}
	for name, test := range map[string]func(testing.TB, testutil.DatabaseFunc, *graphtest.Config){
		"load one": graphtest.TestLoadOneQuad, "load twice": graphtest.TestLoadDup, "load twice, single": graphtest.TestLoadDupSingle,
		"load twice, raw": graphtest.TestLoadDupRaw, "delete": graphtest.TestDeleteQuad, "sizes": graphtest.TestSizes,
		"iterator": graphtest.TestIterator, "has": graphtest.TestHasA, "set": graphtest.TestSetIterator, "deleted": graphtest.TestDeletedFromIterator,
		"types": graphtest.TestLoadTypedQuads, "add and remove": graphtest.TestAddRemove, "delete a node": graphtest.TestNodeDelete,
		"order": graphtest.TestIteratorsAndNextResultOrderA, "compare": graphtest.TestCompareTypedValues, "schema": graphtest.TestSchema,
		"insert again": graphtest.TestDeleteReinserted, "insert again twice": graphtest.TestDeleteReinsertedDup,
	} {
		t.Run(name, func(t *testing.T) { test(t, empty, conf) })
	}
	t.Run("writers", func(t *testing.T) { graphtest.TestWriters(t, empty, conf) })
	t.Run("1k", func(t *testing.T) { graphtest.Test1KBatch(t, empty, conf) })
}

// TestValues keeps every kind of value, and says the same of the graph and the
// store to whoever compares them.
func TestValues(t *testing.T) {
	dsn, db := schema(t)
	qs := open(t, dsn)
	at := time.Date(2024, 2, 29, 23, 59, 59, 123456789, time.FixedZone("", 8*3600))
	values := []quad.Value{
		quad.IRI("新星-12"), quad.BNode("b0"), quad.String("手机壳，适用于 Nova 12 Pro 🙂"), quad.String(""), quad.String("a\x00b"), quad.String(`a\x00b`),
		quad.String(`'"\;--`), quad.String("{a,b}"), quad.String("NULL"),
		quad.LangString{Value: "新星", Lang: "zh"}, quad.LangString{Value: "", Lang: "en"}, quad.TypedString{Value: "8", Type: "unit:GB"},
		quad.TypedString{Value: "5", Type: "schema:Integer"}, quad.TypedString{Value: "x\x00", Type: "t"},
		quad.Int(6), quad.Int(math.MaxInt64), quad.Int(math.MinInt64), quad.Bool(true), quad.Bool(false),
		quad.Float(0.1), quad.Float(math.MaxFloat64), quad.Float(math.SmallestNonzeroFloat64), quad.Float(math.Inf(1)), quad.Float(math.Inf(-1)), quad.Float(1e300),
		quad.Time(at.UTC()), quad.Time(time.Unix(5, 0).UTC()), quad.Time(time.Unix(7, 1000).UTC()), quad.Time(time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC)),
	}
	var in []graph.Delta
	for i, v := range values {
		var label quad.Value
		if i%2 == 0 {
			label = v
		}
		in = append(in, graph.Delta{Quad: quad.Quad{Subject: quad.IRI(fmt.Sprint("s", i)), Predicate: quad.IRI("p"), Object: v, Label: label}, Action: graph.Add})
	}
	bad := []graph.Delta{{Quad: quad.Quad{Subject: quad.IRI("s"), Predicate: quad.IRI("p"), Object: quad.String("no \xff UTF-8")}, Action: graph.Add}}
	if err := qs.ApplyDeltas(bad, graph.IgnoreOpts{}); err == nil {
		t.Error("bytes that are no UTF-8 were written")
	}
	if err := qs.ApplyDeltas(in, graph.IgnoreOpts{}); err != nil {
		t.Fatal(err)
	}
	counts(t, db)
	var want []string
	for _, d := range in {
		want = append(want, fmt.Sprintf("%#v", d.Quad))
	}
	slices.Sort(want)
	if got := quadsOf(t, qs); !slices.Equal(got, want) {
		t.Errorf("the store holds\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, d := range in[:5] { // cayley's own reading
		if v := qs.NameOf(qs.ValueOf(d.Quad.Object)); v != d.Quad.Object {
			t.Errorf("cayley reads %#v for %#v", v, d.Quad.Object)
		}
	}
	g := newGraph(t)
	if n, err := g.LoadQuadStore(ctx, qs); n != len(in) || err != nil {
		t.Fatalf("loaded %d, %v", n, err)
	}
	sync0(t, kg.NewMirror(g, qs))
	if err := g.Add(ctx, kg.Fact{Subject: "p", Predicate: "released", Object: kg.Time(at)}, kg.Fact{Subject: "p", Predicate: "name@zh", Object: kg.Text("新星")}); err != nil {
		t.Fatal(err)
	}
	if added, removed, err := kg.NewMirror(g, qs).Sync(ctx); added != 2 || removed != 0 || err != nil {
		t.Errorf("two more facts: %d, %d, %v", added, removed, err)
	}
	sync0(t, kg.NewMirror(g, qs))
	other := newGraph(t)
	if _, err := other.LoadQuadStore(ctx, qs); err != nil || !slices.Equal(quadsOf(t, other.QuadStore()), quadsOf(t, g.QuadStore())) {
		t.Errorf("loaded back, %v:\n%s", err, strings.Join(quadsOf(t, other.QuadStore()), "\n"))
	}
}

// TestForms has values that cayley writes alike.
func TestForms(t *testing.T) {
	dsn, db := schema(t)
	qs := open(t, dsn)
	g := newGraph(t)
	m := kg.NewMirror(g, qs)
	forms := []quad.Quad{
		quad.Make("s", "p", quad.Int(5), nil), quad.Make("s", "p", quad.TypedString{Value: "5", Type: "schema:Integer"}, nil),
		quad.Make("s", "t", quad.Time(time.Unix(5, 1)), nil), quad.Make("s", "t", quad.Time(time.Unix(5, 2)), nil),
	}
	for round := range 12 {
		q := forms[round*5%len(forms)]
		action := graph.Add
		if round%3 == 2 {
			action = graph.Delete
		}
		if err := g.QuadStore().ApplyDeltas([]graph.Delta{{Quad: q, Action: action}}, graph.IgnoreOpts{IgnoreDup: true, IgnoreMissing: true}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
		sync0(t, m)
		sync0(t, kg.NewMirror(g, qs))
		ids := map[string]bool{}
		it := g.QuadStore().QuadsAllIterator()
		for it.Next(ctx) {
			ids[g.QuadStore().Quad(it.Result()).NQuad()] = true
		}
		if got := quadsOf(t, qs); len(got) != len(ids) {
			t.Fatalf("round %d: %d quads, want %d: %v", round, len(got), len(ids), got)
		}
		counts(t, db)
	}
}

// TestQueries runs cayley's own queries on the server.
func TestQueries(t *testing.T) {
	dsn, _ := schema(t)
	qs := open(t, dsn)
	g := newGraph(t)
	if err := g.Add(ctx, kg.Fact{Subject: "p1", Predicate: "brand", Object: kg.Ref("nova")}, kg.Fact{Subject: "nova", Predicate: "country", Object: kg.Text("中国")}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := kg.NewMirror(g, qs).Sync(ctx); err != nil {
		t.Fatal(err)
	}
	for _, qs := range []graph.QuadStore{qs, qs.Cayley()} {
		got, err := path.StartPath(qs, quad.IRI("p1")).Out(quad.IRI("brand")).Out(quad.IRI("country")).Iterate(ctx).AllValues(qs)
		if err != nil || len(got) != 1 || got[0] != quad.String("中国") {
			t.Errorf("%v, %v", got, err)
		}
	}
	if st, err := qs.Stats(ctx, true); err != nil || st.Quads.Size != 2 || st.Nodes.Size != 5 {
		t.Errorf("%+v, %v", st, err)
	}
	w, err := qs.NewQuadWriter()
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.WriteQuads([]quad.Quad{quad.Make("a", "b", "c", nil)}); n != 1 || err != nil {
		t.Error(n, err)
	}
	if st, err := qs.Stats(ctx, true); err != nil || st.Quads.Size != 3 {
		t.Errorf("%+v, %v", st, err)
	}
}

// TestOpenErrors says what is wrong, and never the password.
func TestOpenErrors(t *testing.T) {
	u, admin := server(t)
	run(t, admin, "CREATE ROLE denied LOGIN PASSWORD 'right'")
	t.Cleanup(func() { run(t, admin, "DROP ROLE denied") })
	nowhere, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	nowhere.Close()
	const password = "gEhe1m-secret"
	with := func(change func(*url.URL)) string {
		c := *u
		c.User = url.UserPassword(u.User.Username(), password)
		change(&c)
		return c.String()
	}
	for name, c := range map[string]struct {
		dsn  string
		want error
		says string
	}{
		"no server":   {with(func(u *url.URL) { u.Host = nowhere.Addr().String() }), postgres.ErrUnreachable, nowhere.Addr().String()},
		"no host":     {with(func(u *url.URL) { u.Host = "no-such-host.invalid:5432" }), postgres.ErrUnreachable, "no-such-host.invalid"},
		"no database": {with(func(c *url.URL) { c.Path, c.User = "/nosuch", u.User }), postgres.ErrNoDatabase, `"nosuch"`},
		"no user":     {with(func(u *url.URL) { u.User = url.UserPassword("nobody-here", password) }), postgres.ErrDenied, "nobody-here"},
		"password":    {with(func(u *url.URL) { u.User = url.UserPassword("denied", password) }), postgres.ErrDenied, "denied"},
		"TLS":         {with(func(u *url.URL) { u.RawQuery = "sslmode=require" }), nil, "sslmode=disable"},
		"port":        {"postgres://u:" + password + "@h:port/db", nil, "DSN"},
		"words":       {"host=h password='" + password, nil, "DSN"},
	} {
		t.Run(name, func(t *testing.T) {
			qs, err := postgres.Open(ctx, c.dsn, nil)
			if err == nil {
				qs.Close()
				t.Fatal("it opened")
			}
			t.Log(err)
			if c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("want %v with %q", c.want, c.says)
			}
			if right, _ := u.User.Password(); strings.Contains(err.Error(), password) || right != "" && strings.Contains(err.Error(), right) {
				t.Error("it tells the password")
			}
		})
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := postgres.Open(cancelled, u.String(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// TestTables opens a schema from many places at once, one with other tables, and
// one in which the user may only read.
func TestTables(t *testing.T) {
	dsn, db := schema(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			qs, err := postgres.Open(ctx, dsn, nil)
			if err != nil {
				t.Error(err)
				return
			}
			if err := qs.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	run(t, db, "DROP TABLE quads")
	if _, err := postgres.Open(ctx, dsn, nil); err == nil || !strings.Contains(err.Error(), "search_path") {
		t.Errorf("one table is missing: %v", err)
	}
	run(t, db, "CREATE TABLE quads (x int)")
	if _, err := postgres.Open(ctx, dsn, nil); err == nil || !strings.Contains(err.Error(), "not cayley's") {
		t.Errorf("another table quads: %v", err)
	}
}
