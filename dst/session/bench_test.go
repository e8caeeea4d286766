package session_test

import (
	"context"
	"fmt"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// BenchmarkTurn plays turns of many conversations: what a manager adds to them
// is the difference to BenchmarkTracker.
func BenchmarkTurn(b *testing.B) {
	for _, name := range []string{"plain", "sealed"} {
		b.Run(name, func(b *testing.B) {
			opts := session.Options{Schema: tables()}
			if name == "sealed" {
				opts.Keys = keyring(b, nil, "k1")
			}
			d := newDesk(b, session.NewMemory(), opts)
			texts := conversation(17)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				d.say(b, key(fmt.Sprint(i%1000)), texts[i/1000%len(texts)])
			}
		})
	}
}

// BenchmarkTurnParallel plays turns of so many conversations at once.
func BenchmarkTurnParallel(b *testing.B) {
	for _, n := range []int{16, 256} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			d := newDesk(b, session.NewMemory(), session.Options{Schema: tables()})
			texts := conversation(17)
			var speakers atomic.Int64
			b.SetParallelism(max(1, n/runtime.GOMAXPROCS(0)))
			b.ReportAllocs()
			b.RunParallel(func(pb *testing.PB) {
				own := key(fmt.Sprint(speakers.Add(1)))
				for i := 0; pb.Next(); i++ {
					text := texts[i%len(texts)]
					if _, err := d.Turn(b.Context(), own, session.Message{Size: len(text)}, d.answer(text)); err != nil {
						b.Error(err)
						return
					}
				}
			})
		})
	}
}

func BenchmarkTracker(b *testing.B) {
	d := newDesk(b, session.NewMemory(), session.Options{})
	texts := conversation(17)
	states := make([]dst.State, 1000)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p, err := d.answer(texts[i/1000%len(texts)])(context.Background(), session.Conversation{State: states[i%1000]})
		if err != nil {
			b.Fatal(err)
		}
		states[i%1000] = p.State
	}
}

// TestIdleSession holds a conversation that nobody speaks in to two kilobytes of
// memory, its log of a dozen turns included.
func TestIdleSession(t *testing.T) {
	const n = 2000
	d := newDesk(t, session.NewMemory(), session.Options{Schema: tables()})
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := range n {
		for _, text := range []string{"sushi for 4 people", "tomorrow at 8pm", "not pizza"} {
			d.say(t, key(fmt.Sprint(i)), text)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	each := int(after.HeapAlloc-before.HeapAlloc) / n
	t.Logf("%d bytes a conversation", each)
	if each > 2048 {
		t.Errorf("an idle conversation takes %d bytes", each)
	}
	runtime.KeepAlive(d)
}
