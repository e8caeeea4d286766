package sessionbench

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// BenchmarkTurn is for profiles: a turn of one of many conversations of ten slots,
// with a manager and without.
func BenchmarkTurn(b *testing.B) {
	const sessions = 2000
	ctx := context.Background()
	bot, err := newBot(1)
	if err != nil {
		b.Fatal(err)
	}
	m, err := newManaged(bot, session.NewMemory(), arguments{sessions: sessions}, session.Limits{})
	if err == nil {
		err = m.open(ctx, sessions, turns)
	}
	if err != nil {
		b.Fatal(err)
	}
	ends, err := endings(ctx, bot)
	if err != nil {
		b.Fatal(err)
	}
	for name, p := range map[string]player{"memory": m, "alone": alone(bot, ends, sessions)} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if _, err := p.turn(ctx, i%sessions); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
