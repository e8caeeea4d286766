package recommend

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// The turns of an agent are replayed as they were, from a log alone. What rules
// of the agent do to a state besides the tracker's acts is in the log too, and
// little. The states are of the agent's schema: there is nothing to migrate.
func TestTurnsAreReplayed(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	turns, told, amended, whole := 0, 0, 0, 0
	for _, file := range files {
		cfg := map[string]func(testing.TB) Config{"shop": shopConfig, "city": cityConfig, "store": storeConfig, "mart": martConfig, "desk": deskConfig, "bikes": bikesConfig}[strings.Split(filepath.Base(file), "_")[0]](t)
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		cfg.Classifier = classified(string(script))
		a, err := New(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		var s, fromLog dst.State
		for line := range strings.Lines(string(script)) {
			user, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), "> ")
			if m := mark.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
				user = m[2]
			}
			if !ok {
				if strings.HasPrefix(line, "---") {
					s, fromLog = dst.State{}, dst.State{}
				}
				continue
			}
			r, next, err := a.Reply(context.Background(), s, user)
			if err != nil {
				t.Fatalf("%q: %v", user, err)
			}
			p := a.Tracker().Record(s, next, r.Trace.Decisions, r.Acts...)
			if fromLog = replayed(t, fromLog, p); !bytes.Equal(binary(t, fromLog), binary(t, next)) {
				t.Fatalf("%s: %q: %+v makes %+v, want %+v", file, user, p, fromLog, next)
			}
			if _, changes := a.Schema().Migrate(next); len(changes) > 0 {
				t.Errorf("%s: %q: the state is of the schema, and was migrated: %v", file, user, changes)
			}
			turns++
			if p.Amended.IsZero() {
				told++
			} else {
				amended += len(jsonOf(t, p.Amended))
				whole += len(jsonOf(t, next))
			}
			s = next
		}
	}
	t.Logf("of %d turns acts tell all in %d (%.0f%%); what they do not takes %d bytes of JSON, the states %d", turns, told, 100*float64(told)/float64(turns), amended, whole)
	if 10*told < 7*turns || 3*amended > whole {
		t.Errorf("acts tell all in %d of %d turns; of the others, %d bytes are amended in %d", told, turns, amended, whole)
	}
}

// replayed is the state after a turn that a log holds.
func replayed(t *testing.T, s dst.State, p dst.Played) dst.State {
	t.Helper()
	var back dst.Played
	if err := json.Unmarshal(jsonOf(t, p), &back); err != nil {
		t.Fatal(err)
	}
	return s.Replay(back)
}

func jsonOf(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func binary(t *testing.T, s dst.State) []byte {
	t.Helper()
	b, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return b
}
