package recommend

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

var update = flag.Bool("recommend.update", false, "rewrite the transcripts in testdata")

// parrot words requests as the template does, but counts as a model, so that
// its texts are checked against the facts.
type parrot struct{}

func (parrot) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	return Template{}.Generate(ctx, r, each)
}

// classified reads the intents that a transcript gives messages: "> (buy) a
// phone" is of the intent buy. Without any there is no classifier.
func classified(script string) intent.Classifier {
	c := byMessage{}
	for line := range strings.Lines(script) {
		if m := mark.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			c[m[2]] = intent.Ranking{{Intent: m[1], P: 0.9}}
		}
	}
	if len(c) == 0 {
		return nil
	}
	return c
}

var mark = regexp.MustCompile(`^> \((\w+)\) (.*)`)

// TestTranscripts replays the conversations in testdata: lines that begin with
// "> " are the user's, "---" begins a new conversation. What the template says
// must hold against the check that models' texts undergo, and every fact of a
// reply must be in the graph.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			cfg := map[string]func(testing.TB) Config{"shop": shopConfig, "city": cityConfig, "store": storeConfig, "mart": martConfig, "desk": deskConfig, "bikes": bikesConfig}[strings.Split(filepath.Base(file), "_")[0]](t)
			script, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			cfg.Classifier = classified(string(script))
			cfg.Generator = parrot{}
			a, err := New(context.Background(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			want := script
			got := replay(t, a, cfg.Graph, string(want))
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(want) {
				t.Errorf("%s differs; review with -recommend.update.\n%s", file, firstDifference(got, string(want)))
			}
		})
	}
}

func replay(t *testing.T, a *Agent, g *kg.Graph, script string) string {
	var out strings.Builder
	var s dst.State
	for line := range strings.Lines(script) {
		line = strings.TrimRight(line, "\n")
		if line == "---" {
			s = dst.State{}
			out.WriteString("---\n")
		}
		user, ok := strings.CutPrefix(line, "> ")
		if !ok {
			continue
		}
		if m := mark.FindStringSubmatch(line); m != nil {
			user = m[2]
		}
		r, next, err := a.Reply(context.Background(), s, user)
		if err != nil {
			t.Fatalf("%q: %v", user, err)
		}
		if r.Trace.Fallback != "" {
			t.Errorf("%q: the template's own text %q is refused: %s", user, r.Text, r.Trace.Fallback)
		}
		for _, f := range r.Facts {
			if f.Source != "live" && !inGraph(t, g, f) {
				t.Errorf("%q: the reply rests on %s, which is not in the graph", user, f)
			}
		}
		if len(r.Trace.Relaxed) > 0 {
			checkRelaxed(t, a, user, next)
		}
		fmt.Fprintf(&out, "%s\n%s\n    %s\n", line, r.Text, dst.FormatActs(r.Acts))
		s = next
	}
	return out.String()
}

func inGraph(t *testing.T, g *kg.Graph, f kg.Fact) bool {
	facts, err := g.Facts(context.Background(), f.Subject, f.Predicate)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range facts {
		if x == f {
			return true
		}
	}
	return false
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range g {
		if i >= len(w) || g[i] != w[i] {
			return fmt.Sprintf("line %d\n got %q\nwant %q", i+1, g[i], append(w, "")[min(i, len(w))])
		}
	}
	return "the transcript is longer"
}

// checkRelaxed makes sure that the state after relaxing asks for something that
// exists: it must hold what the bot searched by.
func checkRelaxed(t *testing.T, a *Agent, user string, s dst.State) {
	c := a.core.Load()
	for _, sv := range c.services {
		if sv.named == nil {
			continue
		}
		if n, err := c.count(context.Background(), sv, c.wishes(s, sv)); err != nil || n == 0 {
			t.Errorf("%q: after relaxing, nothing fits the state's wishes %+v: %v", user, s.Constraints, err)
		}
	}
}
