package faulttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A Load has many clients talk at once, in two tenants whose conversations and
// users have the same names. Each sends the messages of a conversation one after
// the other, again after every error until it hears of an answer, at times gives
// one up, and at times sends one again that was answered. The zero value is
// ready to use.
type Load struct {
	Seed     uint64        // of what the clients do
	For      time.Duration // how long they go on; 0: [For]
	Clients  int           // of each tenant; 0: 6, of 3 users
	Messages int           // after which a client begins its next conversation; 0: 40
	Patience time.Duration // after which a message that is not answered fails the test; 0: 30 s

	runs int

	mu     sync.Mutex
	talks  []*talk
	result Result
	errors map[string]bool // the kinds that clients were told
}

// A Result counts what became of the messages.
type Result struct {
	Acknowledged int // messages
	Retried      int // sendings after an error
	GivenUp      int // messages that nobody waited for any more: they may count, once, before the next or later
	Lost         int // that were acknowledged and do not count
	Mixed        int // things of another conversation or user in what is a conversation's
	Doubled      int // messages that count twice, or of those that were waited for not in their order
}

// String is the result on one line.
func (r Result) String() string {
	return fmt.Sprintf("acknowledged %d, retried %d, given up %d: lost %d, mixed %d, doubled %d", r.Acknowledged, r.Retried, r.GivenUp, r.Lost, r.Mixed, r.Doubled)
}

// talk is what a client knows of its conversation.
type talk struct {
	Request               // of the latest message
	heard   map[int]Reply // to those that were acknowledged
	unheard map[int]bool  // those that were given up
}

// at is a message of the talk.
func (k *talk) at(n int) Request { return Request{Key: k.Key, User: k.User, N: n} }

// Run has the clients talk until their time is over and all is answered. It may
// be called again, for other conversations.
func (l *Load) Run(t testing.TB, send Send) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), or(l.For, For()))
	defer cancel()
	var wg sync.WaitGroup
	for i := range or(l.Clients, 6) {
		for _, tenant := range []string{"east", "west"} {
			c := client{Load: l, tenant: tenant, i: i, next: 1000 * l.runs, send: send, rand: rand.New(rand.NewPCG(l.Seed, uint64(i)<<8|uint64(tenant[0])))}
			wg.Go(func() { c.run(t, ctx) })
		}
	}
	wg.Wait()
	l.runs++
}

func or[T comparable](value, fallback T) T {
	var zero T
	if value == zero {
		return fallback
	}
	return value
}

// client is one that talks.
type client struct {
	*Load
	tenant string
	i      int
	next   int // number of its next conversation
	send   Send
	rand   *rand.Rand
}

func (c *client) run(t testing.TB, over context.Context) {
	for over.Err() == nil && !t.Failed() {
		k := &talk{heard: map[int]Reply{}, unheard: map[int]bool{}}
		k.Key, k.User = session.Key{Tenant: c.tenant, ID: fmt.Sprintf("c%d-%d", c.i, c.next)}, fmt.Sprint("u", c.i%3)
		c.next++
		c.mu.Lock()
		c.talks = append(c.talks, k)
		c.mu.Unlock()
		for n := range or(c.Messages, 40) {
			if over.Err() != nil {
				break
			}
			k.N = n + 1
			c.message(t, k)
			if len(k.heard) > 0 && c.rand.IntN(10) == 0 {
				c.again(t, k)
			}
		}
	}
}

// message sends a message until it is answered, or at times given up.
func (c *client) message(t testing.TB, k *talk) {
	began := time.Now()
	for try := 1; !t.Failed(); try++ {
		reply, err := c.try(t, k.Request)
		if err == nil {
			c.hear(t, k, reply)
			return
		}
		if final(err) || time.Since(began) > or(c.Patience, 30*time.Second) {
			t.Errorf("message %d of %s, sent %d times: %v", k.N, k.Key, try, err)
			return
		}
		if c.rand.IntN(40) == 0 {
			k.unheard[k.N] = true
			c.count(&c.result.GivenUp)
			return
		}
		c.count(&c.result.Retried)
		time.Sleep(time.Duration(c.rand.IntN(1+min(try, 20))) * time.Millisecond)
	}
}

// try sends a message once, at times with little time for the answer.
func (c *client) try(t testing.TB, r Request) (Reply, error) {
	ctx := t.Context()
	if c.rand.IntN(20) == 0 {
		short, cancel := context.WithTimeout(ctx, time.Duration(c.rand.IntN(2000))*time.Microsecond)
		defer cancel()
		ctx = short
	}
	reply, err := c.send(ctx, r)
	if err != nil {
		c.note(t, r, err)
	}
	return reply, err
}

// hear takes in the answer to the latest message.
func (c *client) hear(t testing.TB, k *talk, reply Reply) {
	k.heard[k.N] = reply
	c.count(&c.result.Acknowledged)
	want := fmt.Sprintf("%s %s %d ", k.conversation(), k.user(), k.N)
	if !reply.Gone && !strings.HasPrefix(reply.Text, want) {
		c.count(&c.result.Mixed)
		t.Errorf("the answer to message %d of %s is %q", k.N, k.Key, reply.Text)
	}
}

// again sends one of the latest messages again, which must be answered as it was.
func (c *client) again(t testing.TB, k *talk) {
	n := k.N - c.rand.IntN(min(k.N, 8))
	was, ok := k.heard[n]
	if !ok || was.Gone {
		return
	}
	if reply, err := c.try(t, k.at(n)); err == nil && reply != was && !reply.Gone {
		c.count(&c.result.Doubled)
		t.Errorf("message %d of %s was answered %+v, and is %+v when it comes again", n, k.Key, was, reply)
	}
}

func (l *Load) count(n *int) {
	l.mu.Lock()
	*n++
	l.mu.Unlock()
}
