package kgbench

import (
	"bytes"
	"context"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// figures reads "name value" lines.
func figures(t *testing.T, out string) map[string]string {
	t.Helper()
	got := map[string]string{}
	for line := range strings.Lines(out) {
		name, value, ok := strings.Cut(strings.TrimSpace(line), " ")
		if _, err := strconv.ParseFloat(value, 64); !ok || err != nil && value != "skipped" {
			t.Errorf("line %q is not name value", line)
		}
		if _, twice := got[name]; twice {
			t.Errorf("%s is printed twice", name)
		}
		got[name] = value
	}
	return got
}

// TestRun runs the whole command on a tiny catalogue; it fails where the
// rivals' answers differ, before and after updates.
func TestRun(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if err := Run(context.Background(), []string{"-products", "200", "-time", "1ms"}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	got := figures(t, stdout.String())
	var want []string
	for _, name := range []string{oursName, plainName, cayleyName, bleveName} {
		want = append(want, "load_"+name+"_seconds", "bytes_per_fact_"+name, "update_product_"+name+"_ms")
	}
	for _, form := range forms {
		want = append(want, form+"_hits", form+"_ours_us", form+"_plain_us", form+"_ours_to_plain")
	}
	for _, form := range []string{oneHop, twoHops, three, threeRange, rangeCount, reverseHops, facets} {
		want = append(want, form+"_cayley_us", form+"_cayley_on_ours_us", form+"_cayley_to_cayley_on_ours")
	}
	for _, form := range []string{three, threeRange, rangeCount, rangeFirst, facets} {
		want = append(want, form+"_bleve_us", form+"_bleve_to_ours")
	}
	want = append(want, "bytes_per_fact_ours_snapshot", "burst_updates_per_second", "burst_read_p99_us", "facts", "update_product_measured",
		"open_seconds", "open_facts_per_second", "disk_bytes_per_fact", "disk_load_and_close_seconds")
	for _, name := range want {
		if x, err := strconv.ParseFloat(got[name], 64); err != nil || x <= 0 {
			t.Errorf("%s is %q", name, got[name])
		}
	}
}

func TestRunSomeRivals(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if err := Run(context.Background(), []string{"-products", "200", "-time", "1ms", "-rivals", "bleve"}, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	got := figures(t, stdout.String())
	for _, name := range []string{plainName, viewName, cayleyName} {
		if got["rival_"+name] != "skipped" || got[three+"_"+name+"_us"] != "" {
			t.Errorf("%s: %q, %q", name, got["rival_"+name], got[three+"_"+name+"_us"])
		}
	}
	if got[three+"_bleve_us"] == "" || got["rival_bleve"] != "" {
		t.Errorf("bleve is missing: %v", got)
	}
}

func TestRunFails(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"unknown flag":   {[]string{"-fast"}, "-fast"},
		"argument":       {[]string{"more"}, `"more"`},
		"too few":        {[]string{"-products", "7"}, "-products 7"},
		"too many":       {[]string{"-products", "20000000"}, "-products 20000000"},
		"no such rival":  {[]string{"-rivals", "plain,sqlite"}, `"sqlite"`},
		"not a number":   {[]string{"-products", "many"}, "many"},
		"not a duration": {[]string{"-time", "long"}, "long"},
	} {
		var stdout, stderr bytes.Buffer
		err := Run(context.Background(), c.args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), c.want) || stdout.Len() > 0 {
			t.Errorf("%s: %v, stdout %q; want %q", name, err, stdout.String(), c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Run(ctx, []string{"-products", "200"}, &bytes.Buffer{}, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := Run(context.Background(), []string{"-products", "200", "-time", "1ms"}, fullDisk{}, &bytes.Buffer{}); !errors.Is(err, errFull) {
		t.Errorf("output that fails: %v", err)
	}
	var help bytes.Buffer
	if err := Run(context.Background(), []string{"-help"}, &bytes.Buffer{}, &help); err != nil || !strings.Contains(help.String(), "-products") {
		t.Errorf("help: %v %s", err, help.String())
	}
}

var errFull = errors.New("disk is full")

type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

// TestDisagreement has one rival load a product less, and another of them name
// a wrong colour: each must be found.
func TestDisagreement(t *testing.T) {
	c := newCatalogue(200)
	facts := c.facts()
	less := loadPlain(facts[:len(facts)-factsOfProduct]).rival()
	for i, f := range facts {
		if f.Predicate == "colour" {
			facts[i].Object = kg.Text("beige")
		}
	}
	beige := loadPlain(facts).rival()
	o, err := loadOurs(context.Background(), c.facts())
	if err != nil {
		t.Fatal(err)
	}
	defer o.g.Close()
	for form, wrong := range map[string]*rival{rangeCount: less, facets: beige, three: beige} {
		questions := c.questions()[:64]
		questions[0].any = prices + 9 // all products
		var answers [][]string
		if _, err := check(context.Background(), form, o.rival(), questions, &answers, time.Second); err != nil {
			t.Fatal(err)
		}
		if _, err := check(context.Background(), form, wrong, questions, &answers, time.Second); err == nil || !strings.Contains(err.Error(), form) {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestCatalogue(t *testing.T) {
	for _, n := range []int{200, 5000} {
		c := newCatalogue(n)
		facts := c.facts()
		seen, names, perProduct := map[kg.Fact]bool{}, map[string]bool{}, map[string]int{}
		for _, f := range facts {
			if seen[f] {
				t.Fatalf("fact %v twice", f)
			}
			seen[f] = true
			if text, _ := f.Object.Text(); isName(f.Predicate) && names[text] {
				t.Errorf("name %q twice", text)
			} else if isName(f.Predicate) {
				names[text] = true
			}
			perProduct[f.Subject]++
		}
		for i := range n {
			if perProduct[productID(i)] != factsOfProduct {
				t.Fatalf("%s has %d facts", productID(i), perProduct[productID(i)])
			}
		}
		again := newCatalogue(n)
		for i, f := range again.facts() {
			if facts[i] != f {
				t.Fatalf("fact %d is %v, and %v again", i, facts[i], f)
			}
		}
	}
}

func TestQuestions(t *testing.T) {
	for _, q := range newCatalogue(5000).questions()[:100] {
		if got := len(strings.Fields(q.english)); got < 10 || got > 12 {
			t.Errorf("%d words: %q", got, q.english)
		}
	}
}

func TestRevise(t *testing.T) {
	c := newCatalogue(5000)
	before := c.productFacts(7)
	c.revise(7)
	for i, f := range c.productFacts(7) {
		if i > 0 && f == before[i] { // the kind may stay
			t.Errorf("%v is not revised", f)
		}
	}
}

func TestMeasure(t *testing.T) {
	calls := 0
	p := probe{ask: func(context.Context, *question) error { calls++; return nil }}
	got, err := measure(context.Background(), p, make([]question, 3), 100*time.Microsecond, 0)
	if err != nil || calls != leastTimes || got.micros < 0 || got.allocs > 2 {
		t.Errorf("%+v, %v, %d calls", got, err, calls)
	}
	if m := quantile([]float64{5, 1, 4, 2, 3}, 0.99); m != 5 || median([]float64{5, 1, 4, 2, 3}) != 3 {
		t.Errorf("quantile %v", m)
	}
	wrong := errors.New("no")
	if _, err := measure(context.Background(), probe{ask: func(context.Context, *question) error { return wrong }}, make([]question, 1), 0, 0); !errors.Is(err, wrong) {
		t.Errorf("error %v", err)
	}
}
