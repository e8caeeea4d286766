package sessionbench

import (
	"context"
	"encoding/json"

	"github.com/slotgraph/slotgraph/dst/session"
)

// sizes says how large conversations are, of which each talk has as many.
func (b *bench) sizes(ctx context.Context) error {
	if err := b.storedBytes(ctx); err != nil {
		return err
	}
	for _, v := range []struct {
		name string
		fill func(*managed, int) error
	}{
		{"heap_bytes_per_session_without_log", func(m *managed, n int) error { return m.copyFrom(ctx, b.memory, n, 2, false) }},
		{"heap_bytes_per_session_without_replies", func(m *managed, n int) error {
			m.replies = false
			return m.open(ctx, n, turns)
		}},
	} {
		n := min(b.sessions, 10_000)
		m, err := newManaged(b.bot, session.NewMemory(), b.arguments, session.Limits{})
		if err != nil {
			return err
		}
		before := liveBytes()
		if err := v.fill(m, n); err != nil {
			return err
		}
		b.out.print(v.name, "%.0f", (liveBytes()-before)/float64(n))
		m.played[0] = 0 // what it stands for is in use until here
	}
	return nil
}

// storedBytes says what stores get of a conversation, on average and at most.
func (b *bench) storedBytes(ctx context.Context) error {
	var record, log, most, replies, plain, n int
	for i := range min(b.sessions, talks) {
		r, entries, err := stored(ctx, b.memory.store, b.memory.key(i))
		if err != nil {
			return err
		}
		n++
		record += len(r.Data)
		most = max(most, len(r.Data))
		for _, e := range entries {
			log += len(e.Data)
		}
		for e, err := range b.memory.manager.Log(ctx, b.memory.key(i)) {
			if err != nil {
				return err
			}
			replies += len(e.Reply)
		}
		text, err := json.Marshal(b.ends[i])
		if err != nil {
			return err
		}
		plain += len(text)
	}
	each := func(sum int) float64 { return float64(sum) / float64(n) }
	b.out.print("slots_per_session", "%d", slots)
	b.out.print("entries_per_session", "%d", turns)
	b.out.print("stored_record_bytes", "%.0f", each(record))
	b.out.print("stored_record_bytes_max", "%d", most)
	b.out.print("stored_log_bytes", "%.0f", each(log))
	b.out.print("stored_log_bytes_of_replies", "%.0f", each(replies))
	b.out.print("json_state_bytes", "%.0f", each(plain))
	return nil
}
