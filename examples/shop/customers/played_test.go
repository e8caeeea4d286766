package customers

import (
	"bytes"
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/examples/shop/store"
)

// The talks of customers are replayed from a log, turn by turn.
func TestTalksAreReplayed(t *testing.T) {
	ctx := context.Background()
	shop, err := store.Open(ctx, store.Demo())
	if err != nil {
		t.Fatal(err)
	}
	defer shop.Graph.Close()
	var turns, told, lines atomic.Int64
	bot := dsttest.BotFunc(func(ctx context.Context, s dst.State, message string) (dsttest.Answer, error) {
		reply, next, err := shop.Agent.Reply(ctx, s, message)
		if err != nil {
			return dsttest.Answer{}, err
		}
		p := shop.Agent.Tracker().Record(s, next, reply.Trace.Decisions, reply.Acts...)
		line, err := json.Marshal(p)
		if err != nil {
			return dsttest.Answer{}, err
		}
		var back dst.Played
		if err := json.Unmarshal(line, &back); err != nil {
			return dsttest.Answer{}, err
		}
		want, err := next.MarshalBinary()
		if err != nil {
			return dsttest.Answer{}, err
		}
		if got, err := s.Replay(back).MarshalBinary(); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%q: %s makes %+v, %v; want %+v", message, line, s.Replay(back), err, next)
		}
		turns.Add(1)
		lines.Add(int64(len(line)))
		if p.Amended.IsZero() {
			told.Add(1)
		}
		return dsttest.Answer{Text: reply.Text, Acts: reply.Acts, State: next}, nil
	})
	if _, err := simulateWith(ctx, shop, bot, 40, 9); err != nil {
		t.Fatal(err)
	}
	t.Logf("of %d turns acts tell all in %d; a line takes %d bytes of JSON", turns.Load(), told.Load(), lines.Load()/turns.Load())
	if 100*told.Load() < 80*turns.Load() {
		t.Errorf("of %d turns acts tell all in %d only", turns.Load(), told.Load())
	}
}
