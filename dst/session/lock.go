package session

import (
	"context"
	"sync"
)

// locks has one lock for each conversation that somebody waits for. Whoever
// waits gets it in the order of coming.
type locks struct {
	mu   sync.Mutex
	held map[Key]*lock
}

type lock struct {
	token chan struct{} // holds one while the lock is held
	users int           // who holds it and who waits
}

// idle are locks that nobody holds or waits for.
var idle = sync.Pool{New: func() any { return &lock{token: make(chan struct{}, 1)} }}

// lock waits for the conversation and returns what frees it. It fails where
// most, unless it is 0, hold it or wait for it already, with ok = false, and
// with the context's error.
func (l *locks) lock(ctx context.Context, key Key, most int) (unlock func(), ok bool, err error) {
	l.mu.Lock()
	k := l.held[key]
	if k == nil {
		if l.held == nil {
			l.held = map[Key]*lock{}
		}
		k = idle.Get().(*lock)
		l.held[key] = k
	}
	if most > 0 && k.users >= most {
		l.mu.Unlock()
		return nil, false, nil
	}
	k.users++
	l.mu.Unlock()
	select {
	case k.token <- struct{}{}:
		return func() { <-k.token; l.leave(key, k) }, true, nil
	default:
	}
	select {
	case k.token <- struct{}{}: // those who wait to send are served in order
		return func() { <-k.token; l.leave(key, k) }, true, nil
	case <-ctx.Done():
		l.leave(key, k)
		return nil, true, ctx.Err()
	}
}

func (l *locks) leave(key Key, k *lock) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if k.users--; k.users == 0 {
		delete(l.held, key)
		idle.Put(k)
	}
}
