package kg

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// nasty are names and ids that are markup, script or direction somewhere.
var nasty = []string{
	`</script><script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{.Title}}`, "`markdown`", `%%{init: {"theme":"dark"}}%%`,
	"\u202eright to left", "line\nfeed\r\x00\x1b[31m", `\N\`, strings.Repeat("长", 10_000), "e" + strings.Repeat("\u0301", 5000), "שלום", "-->|x|",
}

// nastyGraph has things of these names in a ring, all of which point to the
// first one.
func nastyGraph(t testing.TB) *Graph {
	var facts []Fact
	for i, name := range nasty {
		id := name
		facts = append(facts,
			Fact{Subject: id, Predicate: "name", Object: Text(name)}, Fact{Subject: id, Predicate: "kind", Object: Text(name)},
			Fact{Subject: id, Predicate: name, Object: Ref(nasty[(i+1)%len(nasty)])}, Fact{Subject: id, Predicate: "in", Object: Ref(nasty[0]), Source: name})
	}
	return newGraph(t, facts...)
}

// linked is a graph of things that refer to b, and one another.
func linked(t testing.TB) *Graph {
	return newGraph(t,
		Fact{Subject: "p", Predicate: "brand", Object: Ref("b")}, Fact{Subject: "p", Predicate: "kind", Object: Text("phone")},
		Fact{Subject: "q", Predicate: "brand", Object: Ref("b")}, Fact{Subject: "r", Predicate: "brand", Object: Ref("b")},
		Fact{Subject: "q", Predicate: "like", Object: Ref("r")}, Fact{Subject: "q", Predicate: "like", Object: Ref("far")},
		Fact{Subject: "q", Predicate: "price", Object: Num(9, "CNY")}, Fact{Subject: "b", Predicate: "name@zh", Object: Text("牌")},
		Fact{Subject: "b", Predicate: "name@en", Object: Text("Brand")}, Fact{Subject: "x", Predicate: "owns", Object: Ref("b")})
}

func TestPictureOptions(t *testing.T) {
	ctx, g := context.Background(), linked(t)
	for _, c := range []struct {
		id    string
		depth int
		opts  *PictureOptions
		want  string
	}{
		{"p", 0, nil, "p"},
		{"p", -1, nil, "p"},
		{"p", 1, nil, "p牌.: p brand b, p kind phone"},
		{"b", 1, &PictureOptions{Lang: "en"}, "b Brand 牌: b name@en Brand, b name@zh 牌"},
		{"b", 0, &PictureOptions{Incoming: 2}, "b"},
		{"b", 1, &PictureOptions{Incoming: 2}, "b+1: b name@en Brand, b name@zh 牌, p brand b, q brand b, x owns b"},
		{"b", 1, &PictureOptions{Incoming: 9, Rim: true}, "b: b name@en Brand, b name@zh 牌, p brand b, q brand b, r brand b, x owns b, p kind phone, q like r, q price 9 CNY"},
		{"b", 1, &PictureOptions{Incoming: 9, Facts: 3}, "cut: b name@en Brand, b name@zh 牌, p brand b"},
		{"p", 2, &PictureOptions{Incoming: 9}, "p: p brand b, p kind phone, b name@en Brand, b name@zh 牌, q brand b, r brand b, x owns b"},
	} {
		p, err := g.Picture(ctx, []string{c.id}, c.depth, c.opts)
		if err != nil {
			t.Fatal(err)
		}
		_, want, _ := strings.Cut(c.want, ": ")
		var got []string
		for _, e := range p.Edges {
			got = append(got, Fact{Subject: p.Nodes[e.From].Value.String(), Predicate: e.Predicate, Object: p.Nodes[e.To].Value}.String())
		}
		if strings.Join(got, ", ") != want || p.Cut != strings.HasPrefix(c.want, "cut") || (p.Nodes[0].More == 1) != strings.HasPrefix(c.want, "b+1") {
			t.Errorf("%s, depth %d, %+v: %v, cut %v, %d more; want %s", c.id, c.depth, c.opts, got, p.Cut, p.Nodes[0].More, c.want)
		}
	}
	p, err := g.Picture(ctx, []string{"p"}, 2, &PictureOptions{Lang: "zh"})
	if want := (PictureNode{Value: Ref("b"), Name: "牌", Steps: 1}); err != nil || p.Nodes[1] != want || p.Nodes[0].Kind != "phone" {
		t.Errorf("%+v, %v; want %+v", p.Nodes, err, want)
	}
}

func TestPictureJSON(t *testing.T) {
	g := nastyGraph(t)
	p, err := g.Picture(context.Background(), nasty[:1], 2, &PictureOptions{Incoming: 20, Rim: true})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back Picture
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(&back, p) {
		t.Errorf("the picture came back different: %v", err)
	}
}

// TestPictureOfNastyNames draws names that are markup: nothing of them may
// stand in the file but as text.
func TestPictureOfNastyNames(t *testing.T) {
	g := nastyGraph(t)
	p, err := g.Picture(context.Background(), nasty, 1, &PictureOptions{Incoming: 20})
	if err != nil {
		t.Fatal(err)
	}
	var dot, mermaid, page, again bytes.Buffer
	if err := errors.Join(p.DOT(&dot), p.Mermaid(&mermaid), p.HTML(&page, nil), p.HTML(&again, nil)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(page.Bytes(), again.Bytes()) {
		t.Error("the same picture gave two pages")
	}
	if n := strings.Count(page.String(), "<script"); n != 1 {
		t.Errorf("%d scripts in the page, want 1", n)
	}
	for name, out := range map[string]string{"DOT": dot.String(), "Mermaid": mermaid.String(), "HTML": page.String()} {
		if !utf8.ValidString(out) || strings.ContainsAny(out, "\x00\x1b\r\u202e") ||
			name != "DOT" && strings.Contains(out, "<img") || name == "Mermaid" && strings.Contains(out, "%%{") {
			t.Errorf("%s: a name is not taken as text", name)
		}
	}
	if lines := strings.Count(dot.String(), "\n"); lines != len(p.Nodes)+len(p.Edges)+3 {
		t.Errorf("DOT: %d lines for %d nodes and %d edges", lines, len(p.Nodes), len(p.Edges))
	}
	if page.Len() > 400_000 {
		t.Errorf("the page has %d bytes: long names are not cut", page.Len())
	}
}

func TestPageWording(t *testing.T) {
	g := newGraph(t, Fact{Subject: "p", Predicate: "kind", Object: Text("phone")}, Fact{Subject: "p", Predicate: "price", Object: Num(9, "CNY")}, Fact{Subject: "p", Predicate: "day", Object: Time(epoch)})
	p, err := g.Picture(context.Background(), []string{"p"}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	var plain, worded strings.Builder
	if err := p.HTML(&plain, nil); err != nil {
		t.Fatal(err)
	}
	if err := p.HTML(&worded, &PageOptions{Lang: "zh", Title: "图", Label: func(p string) string { return "<" + p + ">" }, Value: func(f Fact) string { return "=" + f.Object.String() }}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"<title>p</title>", `<html lang="en" data-lang="">`, "<bdi>9 CNY</bdi>", "<bdi>price</bdi>", `placeholder="Search names and facts"`} {
		if !strings.Contains(plain.String(), want) {
			t.Errorf("the page has no %s", want)
		}
	}
	for _, want := range []string{"<title>图</title>", `<html lang="zh" data-lang="zh">`, "<bdi>=9 CNY</bdi>", "<bdi>&lt;price&gt;</bdi>", `<bdi>=phone</bdi> · `, `placeholder="搜索名称和事实"`} {
		if !strings.Contains(worded.String(), want) {
			t.Errorf("the worded page has no %s", want)
		}
	}
}

// TestPictureErrors draws pictures that no graph made, and on a writer that
// fails.
func TestPictureErrors(t *testing.T) {
	for _, bad := range []*Picture{
		{Nodes: []PictureNode{{Value: Ref("a")}}, Edges: []PictureEdge{{From: 0, To: 1}}},
		{Nodes: []PictureNode{{Value: Ref("a")}}, Edges: []PictureEdge{{From: -1, To: 0}}},
		{Nodes: []PictureNode{{Value: Text("a")}}, Edges: []PictureEdge{{From: 0, To: 0}}},
	} {
		var out bytes.Buffer
		if bad.DOT(&out) == nil || bad.Mermaid(&out) == nil || bad.HTML(&out, nil) == nil || out.Len() > 0 {
			t.Errorf("%+v was drawn", bad)
		}
	}
	p, full := &Picture{Nodes: []PictureNode{{Value: Ref(strings.Repeat("a", 9000))}}}, errors.New("disk full")
	for name, err := range map[string]error{"DOT": p.DOT(failing{full}), "Mermaid": p.Mermaid(failing{full}), "HTML": p.HTML(failing{full}, nil)} {
		if !errors.Is(err, full) {
			t.Errorf("%s: error %v, want that of the writer", name, err)
		}
	}
	g := nastyGraph(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if p, err := g.Picture(ctx, nasty, 1, nil); p != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v, %v", p, err)
	}
	g.Close()
	if _, err := g.Picture(context.Background(), nasty, 1, nil); !errors.Is(err, ErrClosed) {
		t.Errorf("closed: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// TestLayout checks that no two boxes overlap, that what points to the middle
// stands left of it, and what it points to right of it.
func TestLayout(t *testing.T) {
	for _, n := range []int{0, 1, 2, 9, 60, 400} {
		boxes := []box{{w: 100, h: 50}}
		var wires []wire
		for i := range n {
			boxes = append(boxes, box{w: float64(80 + i*37%100), h: float64(32 + i%3*15), steps: 1})
			l := wire{0, i + 1, fmt.Sprint("p", i%3)}
			switch i % 4 {
			case 1:
				l.from, l.to = l.to, l.from
			case 2:
				l.from, boxes[i+1].steps = i, 2
			}
			wires = append(wires, l, wire{i / 2, i + 1, "more"})
		}
		layout(boxes, wires)
		for i, a := range boxes {
			for _, b := range boxes[:i] {
				if 2*max(a.x-b.x, b.x-a.x) < a.w+b.w && 2*max(a.y-b.y, b.y-a.y) < a.h+b.h {
					t.Fatalf("%d things: %+v and %+v overlap", n, a, b)
				}
			}
			if a.x*float64(a.side) < 0 || (a.side == 0) != (i == 0) {
				t.Fatalf("%d things: %+v stands on the wrong side", n, a)
			}
		}
	}
}

func TestWrap(t *testing.T) {
	for s, want := range map[string]string{
		"": "", "one": "one", "one two three": "one two|three", "onetwothree four": "onetwothre|e four", "苹果手机壳子": "苹果手机壳|子",
		"a b\nc\x00d": "a b c d", "one two three four five": "one two|three four…",
		"e" + strings.Repeat("\u0301", 99) + "a": "e" + strings.Repeat("\u0301", mostMarks) + "a",
	} {
		if got := strings.Join(wrap(s, 10, 2), "|"); got != want {
			t.Errorf("wrap(%q) = %q, want %q", s, got, want)
		}
	}
}

func FuzzPicture(f *testing.F) {
	f.Add([]byte(`{"nodes":[{"value":{"ref":"a"},"name":"A","kind":"k"},{"value":"x","steps":1},{"value":{"ref":"b"},"steps":-7}],"edges":[{"from":0,"to":1,"predicate":"p"},{"from":0,"to":2,"predicate":""},{"from":2,"to":2,"predicate":"<"}]}`))
	f.Add([]byte(`{"nodes":[{"value":null}],"edges":[{"from":0,"to":9}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p Picture
		if json.Unmarshal(data, &p) != nil {
			return
		}
		var dot, mermaid, page bytes.Buffer
		errs := []error{p.DOT(&dot), p.Mermaid(&mermaid), p.HTML(&page, nil)}
		if bad := p.check() != nil; bad != (errs[0] != nil) || bad != (errs[1] != nil) || bad != (errs[2] != nil) {
			t.Fatalf("check: %v; drawing: %v", p.check(), errs)
		}
		if bytes.Count(page.Bytes(), []byte("<script")) > 1 {
			t.Fatal("a script got into the page")
		}
	})
}
