package inspect

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// A turn is one message with all that came of it.
type turn struct {
	Message string           `json:"message"`
	Parts   []recommend.Part `json:"parts,omitempty"`
	At      time.Time        `json:"at"`
	Reply   recommend.Reply  `json:"reply"`
	State   dst.State        `json:"state"` // after the reply
}

// A session is one conversation. Its turns are never changed in place, so that
// who has them can read them without the lock.
type session struct {
	id    string
	busy  chan struct{} // holds a token while turns are made
	mu    sync.Mutex
	turns []turn
	used  time.Time // guarded by the store
}

// list returns the turns so far.
func (s *session) list() []turn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.turns
}

func (s *session) set(turns []turn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.turns = slices.Clip(turns)
}

// take waits until nobody else changes the session; the caller calls done.
func (s *session) take(ctx context.Context) (done func(), err error) {
	select {
	case s.busy <- struct{}{}:
		return func() { <-s.busy }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// after is the state that the next message is read in.
func after(turns []turn) dst.State {
	if len(turns) == 0 {
		return dst.State{}
	}
	return turns[len(turns)-1].State
}

// A store keeps sessions, a bounded number of them and each for a bounded time.
type store struct {
	opt *Options
	mu  sync.Mutex
	all map[string]*session
}

func newStore(opt *Options) *store { return &store{opt: opt, all: map[string]*session{}} }

// add makes a session of turns.
func (st *store) add(turns []turn) (*session, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.expire()
	for len(st.all) >= st.opt.Sessions {
		oldest := ""
		for id, s := range st.all {
			if o := st.all[oldest]; o == nil || s.used.Before(o.used) || s.used.Equal(o.used) && id < oldest {
				oldest = id
			}
		}
		delete(st.all, oldest)
	}
	id := st.opt.NewID()
	if id == "" || st.all[id] != nil {
		return nil, errors.New("Options.NewID made an id that is empty or in use")
	}
	s := &session{id: id, busy: make(chan struct{}, 1), turns: slices.Clip(turns), used: st.opt.Now()}
	st.all[id] = s
	return s, nil
}

// get finds a session and counts as using it.
func (st *store) get(id string) (*session, error) {
	st.mu.Lock()
	defer st.mu.Unlock()
	st.expire()
	s := st.all[id]
	if s == nil {
		return nil, failure{http.StatusNotFound, "there is no such conversation (any more)"}
	}
	s.used = st.opt.Now()
	return s, nil
}

func (st *store) remove(id string) {
	st.mu.Lock()
	defer st.mu.Unlock()
	delete(st.all, id)
}

func (st *store) expire() {
	limit := st.opt.Now().Add(-st.opt.Idle)
	for id, s := range st.all {
		if s.used.Before(limit) {
			delete(st.all, id)
		}
	}
}
