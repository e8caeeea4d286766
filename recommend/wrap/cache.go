package wrap

import (
	"container/list"
	"context"
	"errors"
	"maps"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// CacheOptions are the options of [NewCache]. The zero value of each is its
// default.
type CacheOptions struct {
	Entries int              // most texts kept, those used last; 1000 by default
	Age     time.Duration    // how long a text is good, 10 minutes by default
	Now     func() time.Time // the clock, time.Now by default
}

// A Cache keeps the texts of a generator for requests that come again, and has
// those that come at once share one call. A hit is handed out in one chunk and
// has no usage. Neither errors nor texts of a stand-in (Response.Fallback) are
// kept.
//
// What is kept are texts, by a hash of their requests: of what a customer has
// written, no more than the text repeats. A request with what only one customer
// says hits for nobody else; wrap the cache in [Redact] so that not even that
// is kept. It is safe for concurrent use.
type Cache struct {
	g recommend.Generator
	o CacheOptions

	mu      sync.Mutex
	entries map[string]*list.Element // of *entry
	order   *list.List               // used last comes first
	calls   map[string]*call
}

type entry struct {
	key      string
	out      recommend.Response
	until    time.Time
	sessions []string // in which it was made and handed out, see sharers
}

// A call is under way, or done and closed.
type call struct {
	done   chan struct{}
	out    recommend.Response
	err    error
	shared bool // others have the same error: it is not about the one who called
}

// NewCache makes a cache around a generator.
func NewCache(g recommend.Generator, o CacheOptions) *Cache {
	if o.Entries <= 0 {
		o.Entries = 1000
	}
	if o.Age <= 0 {
		o.Age = 10 * time.Minute
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Cache{g: g, o: o, entries: map[string]*list.Element{}, order: list.New(), calls: map[string]*call{}}
}

// Generate implements [recommend.Generator].
func (c *Cache) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	key, session := Key(r), recommend.Session(ctx)
	for {
		out, waiting, mine := c.look(key, session)
		switch {
		case mine != nil:
			return c.run(ctx, r, each, key, mine)
		case waiting == nil:
			return out, handOut(out.Text, each)
		}
		select {
		case <-waiting.done:
		case <-ctx.Done():
			return recommend.Response{}, stopped(ctx)
		}
		switch {
		case waiting.err == nil:
			c.share(key, session)
			return hit(waiting.out), handOut(waiting.out.Text, each)
		case waiting.shared:
			return recommend.Response{}, waiting.err
		}
	}
}

// hit is a response that cost nothing.
func hit(out recommend.Response) recommend.Response {
	out.Usage = nil
	return out
}

// look finds a text, or a call under way, or begins one.
func (c *Cache) look(key, session string) (out recommend.Response, waiting, mine *call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e, ok := c.entries[key]; ok {
		if found := e.Value.(*entry); c.o.Now().Before(found.until) {
			c.order.MoveToFront(e)
			found.shared(session)
			return hit(found.out), nil, nil
		}
		c.drop(e)
	}
	if under, ok := c.calls[key]; ok {
		return out, under, nil
	}
	mine = &call{done: make(chan struct{}), err: errors.New("wrap: cache: the generator panicked"), shared: true}
	c.calls[key] = mine
	return out, nil, mine
}

// run makes a call for all who wait for it.
func (c *Cache) run(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error, key string, mine *call) (recommend.Response, error) {
	l := &listening{each: each}
	defer func() { // also where the generator panics
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.calls, key)
		if mine.err == nil && mine.out.Fallback == "" && mine.out.Text != "" {
			c.keep(key, mine.out, recommend.Session(ctx))
		}
		close(mine.done)
	}()
	out, err := c.g.Generate(ctx, r, l.callback())
	mine.out, mine.err, mine.shared = out, err, ctx.Err() == nil && l.err == nil
	mine.out.Usage = maps.Clone(out.Usage)
	return out, err
}

func (c *Cache) keep(key string, out recommend.Response, session string) {
	e := &entry{key: key, out: out, until: c.o.Now().Add(c.o.Age)}
	e.shared(session)
	c.entries[key] = c.order.PushFront(e)
	for c.order.Len() > c.o.Entries {
		c.drop(c.order.Back())
	}
}

func (c *Cache) drop(e *list.Element) {
	delete(c.entries, e.Value.(*entry).key)
	c.order.Remove(e)
}

// Len returns how many texts are kept.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}
