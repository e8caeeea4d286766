package session

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// sample is a conversation with everything in it.
func sample() *conversation {
	state := dst.State{}.Apply(dst.MustAct("want reserve"), dst.MustAct("inform food=sushi"), dst.MustAct("inform people>=4"), dst.MustAct("inform food=川菜"))
	c := &conversation{
		key: Key{"shop", "c"}, created: 1_700_000_000_000, updated: 1_700_000_090_000, seq: 21, fingerprint: 7, migrations: 2, spent: 1234,
		marks: []mark{{3, 1_700_000_001_000}, {17, 1_700_000_050_000}}, state: state.Said(dst.MustAct("ask date")),
		since: since{slots: []int64{1_700_000_080_000, 1_700_000_000_001}, intents: []int64{1_700_000_000_002}},
	}
	c.ids[20%remembered], c.ids[21%remembered], c.ids[6%remembered] = 5, messageID("m"), 9
	return c
}

func TestRecordRoundTrip(t *testing.T) {
	want := sample()
	data, err := want.encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	got := &conversation{key: want.key}
	if err := got.decode(data); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("decoded %+v, %v\nwant %+v", got, err, want)
	}
	if got.played("m") != 21 || got.played("x") != 0 || got.played("") != 0 {
		t.Error("the ids are not known again")
	}
}

// What a newer version wrote is not taken for damaged, and tells what to do.
func TestNewer(t *testing.T) {
	c := sample()
	data, err := c.encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	e := Logged{Event: EventTurn}
	entry, err := e.encode(nil)
	if err != nil {
		t.Fatal(err)
	}
	newer := func(b []byte) []byte { return append([]byte{b[0] + 1}, b[1:]...) }
	stateAt := len(data)
	if state, err := c.state.MarshalBinary(); err != nil {
		t.Fatal(err)
	} else {
		stateAt -= len(state)
	}
	var keys *Keyring
	for name, err := range map[string]error{
		"record": new(conversation).decode(newer(data)),
		"state":  named(new(conversation).decode(append(append([]byte{}, data[:stateAt]...), newer(data[stateAt:])...))),
		"entry":  new(Logged).decode(newer(entry)),
		"seal":   func() error { _, err := keys.open(place{}, []byte{3, 1, 2, 3}); return err }(),
	} {
		if !errors.Is(err, ErrNewer) || errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzRecord(f *testing.F) {
	data, err := sample().encode(nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &conversation{}
		if c.decode(data) != nil {
			return
		}
		m, err := New(NewMemory(), &Options{Now: func() time.Time { return at(c.updated).Add(time.Hour) }})
		if err != nil {
			t.Fatal(err)
		}
		m.ready(c, m.opts.Now(), &Conversation{})
		if _, err := c.encode(nil); err != nil {
			t.Skip() // acts of no kind
		}
	})
}

func FuzzEntry(f *testing.F) {
	c := sample()
	for _, e := range []Logged{
		{Event: EventTurn, Message: "m", Text: "hi", Reply: []byte("ho"), Turn: dst.Played{Lang: "zh", Heard: []dst.Heard{{Act: dst.MustAct("inform food=寿司")}}}, State: &c.state},
		{Event: EventUndo, To: 3}, {Event: EventResumed, Dropped: []Dropped{{Slot: "a", Reason: TooOld}}},
	} {
		data, err := e.encode(nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var e Logged
		if e.decode(data) != nil {
			return
		}
		e.replay(dst.State{})
		again, err := e.encode(nil)
		if err != nil {
			t.Skip() // acts of no kind
		}
		var back Logged
		if err := back.decode(again); err != nil {
			t.Fatalf("what was decoded and encoded: %v", err)
		}
	})
}

// lossy is a store whose answers get lost: every save ends in an error, and
// happens or not.
type lossy struct {
	Store
	saves int
}

var errLost = errors.New("connection reset")

func (l *lossy) Save(ctx context.Context, c Change) error {
	l.saves++
	if l.saves%2 == 1 {
		if err := l.Store.Save(ctx, c); err != nil {
			return err
		}
	}
	return errLost
}

// A save whose answer got lost is found to have happened, or not; in doubt the
// message is sent again, and counts once.
func TestLostAnswers(t *testing.T) {
	store := &lossy{Store: NewMemory()}
	m, err := New(store, nil)
	if err != nil {
		t.Fatal(err)
	}
	played := 0
	play := func(_ context.Context, c Conversation) (Answer, error) {
		played++
		return Answer{State: c.State.NextTurn()}, nil
	}
	key := Key{ID: "c"}
	for i, id := range []string{"a", "b", "b", "b"} {
		out, err := m.Turn(t.Context(), key, Message{ID: id}, play)
		if wantErr := i == 1; (err != nil) != wantErr || wantErr && !errors.Is(err, errLost) {
			t.Errorf("turn %d: %v", i, err)
		}
		if again := i == 3; out.Again != again {
			t.Errorf("turn %d: again %v", i, out.Again)
		}
	}
	if c, err := m.Get(t.Context(), key); err != nil || c.State.Turn != 2 || played != 3 {
		t.Errorf("%d turns count, %d were played, %v", c.State.Turn, played, err)
	}
}
