package session

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// ErrLimit is what every [LimitError] is.
var ErrLimit = errors.New("over the limit")

// Limits bound what one tenant and each of its conversations may ask of a
// process. They are kept by process: with several replicas, each has its own.
type Limits struct {
	Message int // bytes of a message; 0 is [dst.MaxMessage]
	// State is how many bytes the state may have that a turn ends with, as it is
	// stored, and how many its reply and text together; 0 is 256 KB. Whoever heaps
	// wish upon wish makes each turn dearer than the last.
	State   int
	Session Quota
	Tenant  Quota // of all conversations of the tenant together
}

// A Quota is the bound of a conversation or a tenant. 0 is none, but for
// Waiting of a conversation, where it is 8.
type Quota struct {
	Turns   float64       // a second, on average
	Burst   int           // that may come at once; 0 is Turns, but at least 1
	Waiting int           // turns in flight: the one that is played and those that wait for it
	Tokens  int64         // of language models: of a conversation in all its life, of a tenant in TokensPer
	Per     time.Duration // what Tokens of a tenant are counted over, a day by default
}

// defaultWaiting is how many turns of a conversation may be in flight.
const defaultWaiting = 8

// defaultState is Limits.State by default.
const defaultState = 256 << 10

// A LimitError says which limit a message is over. It is [ErrLimit].
type LimitError struct {
	Scope string        // "session" or "tenant"
	Key   Key           // of the message
	What  string        // "message", "state", "rate" or "waiting"
	Limit float64       // what is allowed: bytes, turns a second, turns
	Retry time.Duration // when to try again, 0 where that is of no use
}

// Error says what was too much, and what to do.
func (e *LimitError) Error() string {
	whose := "session " + e.Key.String()
	if e.Scope == "tenant" {
		whose = fmt.Sprintf("tenant %q", e.Key.Tenant)
	}
	switch e.What {
	case "message":
		return fmt.Sprintf("session: %s: the message is too long: a message may have %v bytes", whose, e.Limit)
	case "state":
		return fmt.Sprintf("session: %s: the turn leaves too much to keep: a state may have %v bytes, and reply and text as many", whose, e.Limit)
	case "rate":
		return fmt.Sprintf("session: %s: too many messages: %v a second are allowed, try again in %v", whose, e.Limit, e.Retry)
	}
	return fmt.Sprintf("session: %s: %v messages are being answered already: wait for their answers", whose, e.Limit)
}

// Is reports whether target is ErrLimit.
func (e *LimitError) Is(target error) bool { return target == ErrLimit }

// quotas counts what the limits bound.
type quotas struct {
	mu       sync.Mutex
	sessions map[Key]*rate.Limiter
	tenants  map[string]*tenantUse
	swept    int // size of sessions when those that are idle were let go last
}

type tenantUse struct {
	rate    *rate.Limiter
	waiting int
	tokens  int64
	since   time.Time // what tokens were counted from
}

// enter counts a turn. leave is to be called when it is over. What a
// conversation is refused takes nothing from its tenant.
func (q *quotas) enter(now time.Time, key Key, l Limits) (leave func(), err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := q.tenant(key.Tenant)
	if most := l.Tenant.Waiting; most > 0 && t.waiting >= most {
		return nil, &LimitError{"tenant", key, "waiting", float64(most), 0}
	}
	own := q.session(now, key, l.Session)
	if wait := own.DelayFrom(now); wait > 0 {
		own.CancelAt(now)
		return nil, &LimitError{"session", key, "rate", l.Session.Turns, wait}
	}
	t.rate = bucket(t.rate, l.Tenant)
	of := t.rate.ReserveN(now, 1)
	if wait := of.DelayFrom(now); wait > 0 {
		of.CancelAt(now)
		own.CancelAt(now)
		return nil, &LimitError{"tenant", key, "rate", l.Tenant.Turns, wait}
	}
	t.waiting++
	return func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		t.waiting--
	}, nil
}

// session takes a turn out of a conversation's bucket.
func (q *quotas) session(now time.Time, key Key, quota Quota) *rate.Reservation {
	if quota.Turns <= 0 {
		return unbounded.ReserveN(now, 1)
	}
	q.sweep(now)
	limiter := bucket(q.sessions[key], quota)
	q.sessions[key] = limiter
	return limiter.ReserveN(now, 1)
}

// unbounded lets everybody through.
var unbounded = rate.NewLimiter(rate.Inf, 0)

// bucket is a limiter for the quota: the one there is, where it fits.
func bucket(limiter *rate.Limiter, quota Quota) *rate.Limiter {
	if quota.Turns <= 0 {
		return unbounded
	}
	burst := quota.Burst
	if burst <= 0 {
		burst = max(1, int(quota.Turns))
	}
	if limiter == nil || limiter.Limit() != rate.Limit(quota.Turns) || limiter.Burst() != burst {
		limiter = rate.NewLimiter(rate.Limit(quota.Turns), burst)
	}
	return limiter
}

func (q *quotas) tenant(name string) *tenantUse {
	if q.tenants == nil {
		q.tenants, q.sessions = map[string]*tenantUse{}, map[Key]*rate.Limiter{}
	}
	t := q.tenants[name]
	if t == nil {
		t = &tenantUse{}
		q.tenants[name] = t
	}
	return t
}

// sweep lets go of the buckets that are full again, once there are twice as
// many as there were.
func (q *quotas) sweep(now time.Time) {
	if len(q.sessions) < max(1024, 2*q.swept) {
		return
	}
	for key, l := range q.sessions {
		if l.TokensAt(now) >= float64(l.Burst()) {
			delete(q.sessions, key)
		}
	}
	q.swept = len(q.sessions)
}

// left is how many tokens of language models a turn may use: less than 0 is
// as many as it likes.
func (q *quotas) left(now time.Time, key Key, l Limits, spent int64) int64 {
	left := int64(-1)
	if l.Session.Tokens > 0 {
		left = max(0, l.Session.Tokens-spent)
	}
	if l.Tenant.Tokens > 0 {
		q.mu.Lock()
		defer q.mu.Unlock()
		t := q.tenant(key.Tenant)
		t.renew(now, l.Tenant)
		if of := max(0, l.Tenant.Tokens-t.tokens); left < 0 || of < left {
			left = of
		}
	}
	return left
}

// spend counts tokens that a turn has used.
func (q *quotas) spend(now time.Time, key Key, l Limits, tokens int64) {
	if l.Tenant.Tokens > 0 && tokens > 0 {
		q.mu.Lock()
		defer q.mu.Unlock()
		t := q.tenant(key.Tenant)
		t.renew(now, l.Tenant)
		t.tokens += tokens
	}
}

func (t *tenantUse) renew(now time.Time, quota Quota) {
	per := quota.Per
	if per <= 0 {
		per = 24 * time.Hour
	}
	if now.Sub(t.since) >= per {
		t.tokens, t.since = 0, now
	}
}
