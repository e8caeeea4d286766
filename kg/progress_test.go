package kg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// feeds are the same n rows in each format, each with one more fact than it
// needs.
func feeds(n int) map[string]string {
	var csv, lines, quads strings.Builder
	csv.WriteString("id,n\n")
	var rows []string
	for i := range n {
		fmt.Fprintf(&csv, "p%d,%d\n", i, i)
		fmt.Fprintf(&lines, "{\"id\":\"p%d\",\"n\":%d}\n", i, i)
		fmt.Fprintf(&quads, "<p%d> <n> \"%d\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n", i, i)
		rows = append(rows, fmt.Sprintf(`{"id":"p%d","n":%d}`, i, i))
	}
	return map[string]string{"csv": csv.String(), "jsonl": lines.String(), "nquads": quads.String(), "json": "[" + strings.Join(rows, ",\n") + "]"}
}

func loadFeed(ctx context.Context, g *Graph, format string, r io.Reader) (Report, error) {
	m := Mapping{ID: "id", Fields: []Field{{Path: "n", Type: NumberField}}}
	switch format {
	case "csv":
		return g.LoadCSV(ctx, r, m)
	case "nquads":
		return g.LoadNQuads(ctx, r)
	}
	return g.LoadJSON(ctx, r, m)
}

func TestProgress(t *testing.T) {
	const n = 3 * everyRows
	for format, doc := range feeds(n) {
		path := filepath.Join(t.TempDir(), "feed")
		if err := os.WriteFile(path, []byte("skipped"+doc), 0o644); err != nil {
			t.Fatal(err)
		}
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		if _, err := io.ReadFull(file, make([]byte, len("skipped"))); err != nil {
			t.Fatal(err)
		}
		for name, r := range map[string]io.Reader{"file": file, "memory": strings.NewReader(doc), "stream": io.MultiReader(strings.NewReader(doc))} {
			var seen []Progress
			ctx := WithProgress(context.Background(), func(p Progress) { seen = append(seen, p) })
			if _, err := loadFeed(ctx, newGraph(t), format, r); err != nil {
				t.Fatal(format, err)
			}
			last := seen[len(seen)-1]
			want := Progress{last.Rows, n, int64(len(doc)), int64(len(doc))}
			if name == "stream" {
				want.Total = 0
			}
			if len(seen) < 4 || last != want || last.Rows < n || last.Rows > n+1 {
				t.Errorf("%s from %s: %d reports, the last %+v, want %+v", format, name, len(seen), last, want)
			}
			if !slices.IsSortedFunc(seen, func(a, b Progress) int { return a.Rows - b.Rows }) {
				t.Errorf("%s from %s: %+v", format, name, seen)
			}
		}
	}
}

// A load that is cancelled on its way leaves the graph as it was.
func TestCancelledLoad(t *testing.T) {
	for format, doc := range feeds(3 * everyRows) {
		ctx, cancel := context.WithCancel(context.Background())
		calls := 0
		ctx = WithProgress(ctx, func(Progress) {
			if calls++; calls == 2 {
				cancel()
			}
		})
		g := newGraph(t)
		if report, err := loadFeed(ctx, g, format, strings.NewReader(doc)); !errors.Is(err, context.Canceled) || g.Len() != 0 || report.Facts != 0 || report.Rows != 0 {
			t.Errorf("%s: %v, %+v, %d facts", format, err, report, g.Len())
		}
		cancel()
	}
}

type brokenReader struct{ io.Reader }

func (b brokenReader) Read(p []byte) (int, error) {
	n, err := b.Reader.Read(p)
	if err == io.EOF {
		err = errors.New("the line went dead")
	}
	return n, err
}

func TestBrokenReader(t *testing.T) {
	for format, doc := range feeds(5) {
		g := newGraph(t)
		_, err := loadFeed(context.Background(), g, format, brokenReader{strings.NewReader(doc)})
		if err == nil || !strings.Contains(err.Error(), "the line went dead") || g.Len() != 0 {
			t.Errorf("%s: %v, %d facts", format, err, g.Len())
		}
	}
}

// Where JSON ends tells documents from lines.
func TestLinesOrDocument(t *testing.T) {
	for doc, want := range map[string]string{
		`{"id":"a","n":1}`: "a n 1", "\n\n[{\"id\":\"a\",\"n\":1},\n{\"id\":\"b\",\"n\":2}]\n": "a n 1|b n 2",
		"{\"id\":\"a\",\"n\":1}\n\n \n{\"id\":\"b\",\"n\":2}": "a n 1|b n 2", "[{\"id\":\"a\",\"n\":1}]\n\n": "a n 1",
		"{\n\"id\":\"a\",\"n\":1}\n": "a n 1", "\ufeff[]": "",
	} {
		g := newGraph(t)
		_, err := loadFeed(context.Background(), g, "json", strings.NewReader(doc))
		if got := strings.Join(dump(g), "|"); err != nil || got != want {
			t.Errorf("%q: %v, got %s, want %s", doc, err, got, want)
		}
	}
}

func TestLoadRows(t *testing.T) {
	ctx := context.Background()
	rows := []Row{
		{Number: 4, ID: "a", Group: "g", Facts: []Fact{{Subject: "ignored", Predicate: "n", Object: Num(1, ""), Source: "ignored"}}},
		{Number: 5, ID: "b", Facts: []Fact{{Predicate: "n", Object: Num(2, "")}}},
		{Number: 5, ID: "c", Errors: []RowError{{Path: "x", Reason: "it is broken"}}},
		{Number: 6, ID: "g", Facts: []Fact{{Predicate: "m", Object: Num(3, "")}}},
		{Number: 7, ID: "d", Facts: []Fact{{Predicate: "m"}}},
		{Number: 8, Facts: []Fact{{Predicate: "m", Object: Num(3, "")}}},
		{Number: 9, ID: "g"},
	}
	feed := func(fail error) func(func(Row, error) bool) {
		return func(yield func(Row, error) bool) {
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
			if fail != nil {
				yield(Row{}, fail)
			}
		}
	}
	g := newGraph(t)
	report, err := g.LoadRows(ctx, feed(nil), LoadOptions{Source: "s", SkipBadRows: true, GroupPredicate: "in"})
	want := []string{"row 5, path x: it is broken", `row 7, path m: fact "d m ": empty value; use Ref, Text, Num, Bool or Time`,
		"row 8: the row has no id", `row 9: the id "g" is already that of row 6`}
	var got []string
	for _, e := range report.Errors {
		got = append(got, e.Error())
	}
	if err != nil || !slices.Equal(got, want) || report.Rows != 2 {
		t.Errorf("%v, %d rows, %q\nwant %q", err, report.Rows, got, want)
	}
	facts, err := g.Facts(ctx, "a")
	if words := strings.Join(dump(g), "|"); err != nil || words != "a in g|a m 3|a n 1|g m 3" || facts[0].Source != "s row 4" {
		t.Errorf("%v: %s, %+v", err, words, facts)
	}
	broken := errors.New("no more rows")
	g = newGraph(t)
	if _, err := g.LoadRows(ctx, feed(broken), LoadOptions{SkipBadRows: true}); !errors.Is(err, broken) || g.Len() != 0 {
		t.Errorf("%v, %d facts", err, g.Len())
	}
	if _, err := g.LoadRows(ctx, feed(nil), LoadOptions{Replace: true}); err == nil || !strings.Contains(err.Error(), "replace needs a source") {
		t.Error(err)
	}
}
