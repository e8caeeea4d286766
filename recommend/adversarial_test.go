package recommend

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// What the checker must reach on the suite: the share of wrong replies whose
// wrong sentence does not stand, and of right ones that are stopped.
const (
	leastCaught  = 0.95
	mostStopped  = 0.02
	leastReplies = 150
)

// A generated is a reply of the suite.
type generated struct {
	file, fixture string
	messages      []string // the last of which it answers
	kind          string   // of what is wrong, "" where nothing is
	text, wrong   string
}

// readGenerated reads the files of testdata/ground, see the first of them for
// their form.
func readGenerated(t testing.TB) []generated {
	t.Helper()
	files, err := filepath.Glob("testdata/ground/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []generated
	for _, file := range files {
		out = append(out, readReplies(t, file)...)
	}
	return out
}

func readReplies(t testing.TB, file string) (out []generated) {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var now generated
	for l := range strings.Lines(string(b)) {
		mark, rest, _ := strings.Cut(strings.TrimSuffix(l, "\n"), " ")
		rest = strings.ReplaceAll(rest, `\n`, "\n")
		now.kind, now.wrong = "", ""
		switch mark {
		case "=":
			fixture, messages, _ := strings.Cut(rest, ": ")
			now = generated{file: filepath.Base(file), fixture: fixture, messages: strings.Split(messages, " >> ")}
			continue
		case "+":
		case "-":
			now.kind, rest, _ = strings.Cut(rest, ": ")
			if _, after, ok := strings.Cut(rest, "[["); ok {
				now.wrong, _, _ = strings.Cut(after, "]]")
			}
		case "", "#":
			continue
		default:
			t.Fatalf("%s: the line %q has no mark", file, l)
		}
		now.text = strings.NewReplacer("[[", "", "]]", "").Replace(rest)
		out = append(out, now)
	}
	return out
}

// kept is where the requests are kept that the replies answer, so that they
// stay the same whatever becomes of the policy.
const kept = "testdata/ground/requests.jsonl"

type keptRequest struct {
	To      string  `json:"to"`
	Request Request `json:"request"`
}

// requests reads the requests; -recommend.update adds those that are not kept
// yet, as the agents make them now.
func requests(t testing.TB, all []generated) (agents map[string]*Agent, out map[string]Request) {
	t.Helper()
	agents, out = map[string]*Agent{}, map[string]Request{}
	for name, cfg := range map[string]func(testing.TB) Config{"shop": shopConfig, "city": cityConfig, "gear": gearConfig} {
		agents[name] = newAgent(t, cfg(t))
	}
	b, err := os.ReadFile(kept)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for l := range bytes.Lines(b) {
		var k keptRequest
		if err := json.Unmarshal(l, &k); err != nil {
			t.Fatalf("%s: %v", kept, err)
		}
		out[k.To] = k.Request
	}
	for _, x := range all {
		if _, ok := out[x.to()]; ok {
			continue
		}
		if !*update {
			t.Fatalf("%s: no request %q is kept; run with -recommend.update", x.file, x.to())
		}
		r := x.request(t)
		line, err := json.Marshal(keptRequest{x.to(), r})
		if err != nil {
			t.Fatal(err)
		}
		b, out[x.to()] = append(append(b, line...), '\n'), r
		if err := os.WriteFile(kept, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return agents, out
}

func (x generated) to() string { return x.fixture + ": " + strings.Join(x.messages, " >> ") }

// request is what a generator gets in the last turn of the conversation.
func (x generated) request(t testing.TB) Request {
	t.Helper()
	cfg := map[string]func(testing.TB) Config{"shop": shopConfig, "city": cityConfig, "gear": gearConfig}[x.fixture](t)
	fake := &Fake{}
	cfg.Generator = fake
	a := newAgent(t, cfg)
	var s dst.State
	for _, m := range x.messages {
		_, s = reply(t, a, s, m)
	}
	all := fake.Requests()
	return all[len(all)-1]
}

// caught reports whether what is wrong in a reply does not stand.
func (x generated) caught(v Verdict) bool {
	if x.wrong == "" || v.Refused != "" {
		return !v.OK()
	}
	return slices.ContainsFunc(v.Sentences, func(s Sentence) bool {
		begins, _, _ := strings.Cut(x.wrong, ". ")
		begins, _, _ = strings.Cut(begins, "\n")
		return len(s.Claims) > 0 && (strings.Contains(s.Text, strings.TrimSpace(begins)) || strings.Contains(begins, s.Text))
	})
}

type rate struct{ n, hits int }

func (r rate) String() string {
	return fmt.Sprintf("%d of %d (%.1f%%)", r.hits, r.n, 100*float64(r.hits)/float64(max(r.n, 1)))
}

func (r *rate) add(hit bool) {
	r.n++
	if hit {
		r.hits++
	}
}

// TestAdversarial measures the checker on right and wrong generated replies,
// and prints the rates by kind: go test ./recommend -run TestAdversarial -v
func TestAdversarial(t *testing.T) {
	all := readGenerated(t)
	agents, request := requests(t, all)
	kinds := map[string]*rate{}
	var caught, stopped rate
	for _, x := range all {
		r := request[x.to()]
		v := agents[x.fixture].Check(r, x.text)
		if x.kind == "" {
			stopped.add(!v.OK())
			if !v.OK() {
				t.Logf("%s %q: right and stopped: %q: %s", x.file, x.messages[len(x.messages)-1], x.text, v.reason())
			}
			continue
		}
		if kinds[x.kind] == nil {
			kinds[x.kind] = &rate{}
		}
		hit := x.caught(v)
		kinds[x.kind].add(hit)
		caught.add(hit)
		if !hit {
			t.Logf("%s %q: %s not caught: %q; cut %v, missing %d", x.file, x.messages[len(x.messages)-1], x.kind, x.text, v.Cut(), len(v.Missing))
		}
	}
	var table strings.Builder
	for _, k := range sortedKeys(kinds) {
		fmt.Fprintf(&table, "| %s | %s |\n", k, kinds[k])
	}
	t.Logf("of %d replies:\n| kind | caught |\n|---|---|\n%s| all wrong replies | %s |\n| right replies stopped | %s |", len(all), &table, caught, stopped)
	if len(all) < leastReplies || float64(caught.hits) < leastCaught*float64(caught.n) || float64(stopped.hits) > mostStopped*float64(stopped.n) {
		t.Errorf("of %d replies, %s wrong ones are caught and %s right ones stopped", len(all), caught, stopped)
	}
}
