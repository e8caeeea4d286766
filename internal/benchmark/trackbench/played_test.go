package trackbench

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// Tracked conversations are the fold of their acts: what a log keeps of each
// turn leads to the same states, without the messages. And the states are of the
// schema: there is nothing to migrate. (Every fifth dialogue:
// all are as well, and take minutes.)
func TestConversationsAreReplayed(t *testing.T) {
	ctx := context.Background()
	t.Run("CrossWOZ", func(t *testing.T) {
		if _, err := os.Stat(crossWOZ); err != nil {
			t.Skipf("CrossWOZ is not at %s", crossWOZ)
		}
		c, err := openCrossWOZ(ctx, crossWOZ, "val")
		if err != nil {
			t.Fatal(err)
		}
		defer c.graph.Close()
		var dialogues []dst.Dialogue
		for _, d := range spread(c.dialogues, len(c.dialogues)/5) {
			dialogues = append(dialogues, d.Annotated())
		}
		allReplayed(t, c.agent.Tracker(), dialogues)
	})
	t.Run("SGD", func(t *testing.T) {
		dir := filepath.Join("..", "..", "..", "..", "shared", "data", "sgd")
		if _, err := os.Stat(dir); err != nil {
			t.Skipf("SGD is not at %s", dir)
		}
		c, err := openSGD(dir, "dev", "")
		if err != nil {
			t.Fatal(err)
		}
		tr, err := dst.NewTracker(c.schema, nil)
		if err != nil {
			t.Fatal(err)
		}
		allReplayed(t, tr, spread(c.dialogues, len(c.dialogues)/5))
	})
}

func allReplayed(t *testing.T, tr *dst.Tracker, dialogues []dst.Dialogue) {
	t.Helper()
	turns, told := 0, 0
	for _, d := range dialogues {
		s := dst.State{}.Said(d.Turns[0].System...)
		for i, turn := range d.Turns {
			next, decisions, err := tr.Update(context.Background(), s, dst.Turn{User: turn.User, Services: turn.Services})
			if err != nil {
				t.Fatal(err)
			}
			var said []dst.Act
			if i+1 < len(d.Turns) {
				said = d.Turns[i+1].System
			}
			next = next.Said(said...)
			if _, changes := tr.Schema().Migrate(next); len(changes) > 0 {
				t.Errorf("%s, turn %d: a state of the schema was migrated: %v", d.ID, i, changes)
			}
			p := tr.Record(s, next, decisions, said...)
			if turns++; p.Amended.IsZero() {
				told++
			} else if turns-told <= 3 {
				t.Logf("%s, turn %d: %+v", d.ID, i, p.Amended)
			}
			if s = s.Replay(p); !same(t, s, next) {
				t.Fatalf("%s, turn %d: %+v makes %+v, want %+v", d.ID, i, p, s, next)
			}
		}
	}
	t.Logf("of %d turns acts tell all in %d", turns, told)
	if told < turns {
		t.Errorf("of %d turns acts tell all in %d only", turns, told)
	}
}

func same(t *testing.T, a, b dst.State) bool {
	t.Helper()
	x, err := a.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	y, err := b.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(x, y)
}
