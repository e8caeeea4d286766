package session

import (
	"context"
	"iter"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A Doubtful is a turn that the tracker was unsure about, to be looked at by a
// person and learned from.
type Doubtful struct {
	Key      Key
	Seq      uint64
	P        float64      // the least probability of what was decided; 0 where nothing was understood
	Dialogue dst.Dialogue // the conversation as far as the log has it, the turn last, with what was understood as its annotation, to be corrected
}

// Unsure yields the queue of what could be learned from: the turns of a
// tenant's conversations whose messages were kept (Answer.Text) and in which
// something was decided with a probability below the one given, or nothing was
// understood. They come by conversation, in the order of the log; nothing is kept
// for it but the log, so that what is erased, or too old for the log, is gone
// from here too. [dst.WriteDialogues] writes them for annotation, and
// Tracker.Fit learns from what comes of it. It reads all logs of the tenant. The
// error of a log that cannot be read comes with its Key, and the other
// conversations after it; one without a Key is the last.
func (m *Manager) Unsure(ctx context.Context, tenant string, below float64) iter.Seq2[Doubtful, error] {
	return func(yield func(Doubtful, error) bool) {
		if err := checkName("tenant", tenant, true); err != nil {
			yield(Doubtful{}, err)
			return
		}
		for r, err := range m.store.List(ctx, Filter{Tenant: tenant}) {
			if err != nil {
				yield(Doubtful{}, err)
				return
			}
			if !m.unsureOf(ctx, r.Key, below, yield) {
				return
			}
		}
	}
}

func (m *Manager) unsureOf(ctx context.Context, key Key, below float64, yield func(Doubtful, error) bool) bool {
	d := dst.Dialogue{ID: key.String()}
	var state dst.State
	var said []dst.Act // by the bot
	for e, err := range m.entries(ctx, key, 0) {
		if err != nil {
			return yield(Doubtful{Key: key}, err)
		}
		state = e.replay(state)
		if e.Event != EventTurn {
			continue
		}
		if e.Text == "" {
			said = e.Turn.Said
			continue
		}
		d.Turns = append(d.Turns[:len(d.Turns):len(d.Turns)], annotated(e, state, said))
		said = e.Turn.Said
		if p := leastSure(e.Turn.Heard); p < below && !yield(Doubtful{Key: key, Seq: e.Seq, P: p, Dialogue: d}, nil) {
			return false
		}
	}
	return true
}

// leastSure is the least probability of what was decided, 0 where nothing was.
func leastSure(ds []dst.Heard) float64 {
	if len(ds) == 0 {
		return 0
	}
	p := 1.0
	for _, d := range ds {
		if d.Evidence.P > 0 { // what no option competes for has none
			p = min(p, d.Evidence.P)
		}
	}
	return p
}

// annotated is a turn with what was understood of it.
func annotated(e Logged, after dst.State, said []dst.Act) dst.DialogueTurn {
	t := dst.DialogueTurn{System: said, User: e.Text, State: map[string][]string{}, Requested: after.Requested}
	for slot, value := range after.Flat() {
		t.State[slot] = []string{value}
	}
	for _, intent := range after.Intents {
		if t.Intents == nil {
			t.Intents = map[string]string{}
		}
		service, name, ok := strings.Cut(intent, ".")
		if !ok {
			service, name = "", intent
		}
		t.Intents[service] = name
	}
	return t
}
