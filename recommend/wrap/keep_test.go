package wrap

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

func asking(user string) recommend.Request {
	r := ask
	r.User = user
	return r
}

func TestKey(t *testing.T) {
	a := recommend.Request{Lang: "en", Facts: []recommend.Fact{{ID: "f1", Value: "¥60", Source: kg.Fact{Subject: "t", Source: "a"}}}, Items: []recommend.Item{{ID: "t", Score: 1}}}
	b := recommend.Request{Lang: "en", Facts: []recommend.Fact{{ID: "f1", Value: "¥60"}}, Items: []recommend.Item{{ID: "t", Score: 0.5}}}
	if Key(a) != Key(b) || a.Facts[0].Source.Subject != "t" {
		t.Error("what does not matter makes another key, or is lost")
	}
	b.Facts[0].Value = "¥70"
	if Key(a) == Key(b) || len(Key(a)) != 64 {
		t.Error("another value has the same key")
	}
}

func TestCache(t *testing.T) {
	now := time.Unix(0, 0)
	u := map[string]int{recommend.TokensIn: 7}
	fake := script(recommend.FakeReply{Err: busy}, recommend.FakeReply{Chunks: []string{"o", "ne"}, Usage: u}, recommend.Says("two"), recommend.Says("three"), recommend.Says("four"))
	c := NewCache(fake, CacheOptions{Entries: 2, Age: time.Minute, Now: func() time.Time { return now }})
	get := func(user, want string, calls int) recommend.Response {
		t.Helper()
		var text string
		out, err := c.Generate(context.Background(), asking(user), func(c recommend.Chunk) error { text += c.Text; return nil })
		if err != nil || out.Text != want || text != want || len(fake.Requests()) != calls {
			t.Errorf("%q, streamed %q, %v after %d calls; want %q after %d", out.Text, text, err, len(fake.Requests()), want, calls)
		}
		return out
	}
	if _, err := c.Generate(context.Background(), asking("1"), nil); !errors.Is(err, busy) {
		t.Error(err)
	}
	get("1", "one", 2) // errors are not kept
	if out := get("1", "one", 2); out.Usage != nil || out.Name != "fake" {
		t.Errorf("%+v", out)
	}
	now = now.Add(time.Minute)
	get("1", "two", 3) // it was too old
	get("2", "three", 4)
	get("1", "two", 4)
	get("3", "four", 5) // 2 was used longest ago
	get("1", "two", 5)
	if c.Len() != 2 {
		t.Errorf("%d are kept", c.Len())
	}
	standIn := NewCache(Fallback(script(recommend.FakeReply{Err: busy}, recommend.FakeReply{Err: busy}), recommend.Template{}), CacheOptions{})
	if out, err := standIn.Generate(context.Background(), ask, nil); err != nil || out.Fallback == "" || standIn.Len() != 0 {
		t.Errorf("%+v, %v: %d are kept", out, err, standIn.Len())
	}
}

func TestCacheSharesCalls(t *testing.T) {
	for _, x := range []struct {
		reply recommend.FakeReply
		want  error
	}{{recommend.FakeReply{Chunks: []string{"one"}, Delay: time.Second}, nil}, {recommend.FakeReply{Err: busy, Delay: time.Second}, busy}} {
		synctest.Test(t, func(t *testing.T) {
			fake := script(x.reply)
			c := NewCache(fake, CacheOptions{})
			var wg sync.WaitGroup
			for range 20 {
				wg.Go(func() {
					if _, _, err := run(t, context.Background(), c); !errors.Is(err, x.want) {
						t.Error(err)
					}
				})
			}
			wg.Wait()
			if n := len(fake.Requests()); n != 1 {
				t.Errorf("%d calls", n)
			}
		})
	}
}

// TestCacheLeaderGoes has those that wait go on when the one that called, or
// one that waits, has no more use for it.
func TestCacheLeaderGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := recommend.FakeReply{Chunks: []string{"one"}, Delay: time.Second}
		fake := script(slow, slow, slow)
		c := NewCache(fake, CacheOptions{})
		ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
		defer cancel()
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, _, err := run(t, ctx, c); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		synctest.Wait()
		wg.Go(func() {
			if out, _, err := run(t, context.Background(), c); err != nil || out.Text != "one" {
				t.Error(err)
			}
		})
		wg.Go(func() {
			short, stop := context.WithTimeout(context.Background(), 100*time.Millisecond)
			defer stop()
			if _, _, err := run(t, short, c); !errors.Is(err, context.DeadlineExceeded) {
				t.Error(err)
			}
		})
		wg.Wait()
		if n := len(fake.Requests()); n < 2 {
			t.Errorf("%d calls", n)
		}
	})
	c := NewCache(panics{}, CacheOptions{})
	for range 2 {
		func() {
			defer func() { _ = recover() }()
			_, _ = c.Generate(context.Background(), ask, nil)
			t.Error("no panic")
		}()
	}
}

func TestBudget(t *testing.T) {
	now := time.Unix(0, 0)
	u := func(in, out int) recommend.FakeReply {
		return recommend.FakeReply{Chunks: []string{"fine"}, Usage: map[string]int{recommend.TokensIn: in, recommend.TokensOut: out}}
	}
	fake := script(u(100, 50), recommend.FakeReply{Err: busy}, recommend.Says("价格是六十"), u(10, 0), u(10, 0), u(10, 0), u(10, 0))
	b := NewBudget(fake, BudgetOptions{
		Tokens: 300, PriceIn: 1e4, PriceOut: 2e4, Sessions: 2, Idle: time.Hour, Now: func() time.Time { return now },
		Estimate: func(recommend.Request) (int, int) { return 80, 20 },
	})
	call := func(session string) error {
		_, err := b.Generate(recommend.WithSession(context.Background(), session), ask, nil)
		return err
	}
	steps := []struct {
		session string
		err     error
		want    Spent
	}{
		{"a", nil, Spent{100, 50, 2}},
		{"a", busy, Spent{100, 50, 2}},
		{"a", nil, Spent{180, 55, 2.9}}, // by estimate
		{"b", nil, Spent{10, 0, 0.1}},
	}
	for i, x := range steps {
		if err := call(x.session); !errors.Is(err, x.err) || b.Spent(x.session) != x.want {
			t.Errorf("%d: %v, spent %+v, want %+v", i, err, b.Spent(x.session), x.want)
		}
	}
	var f *recommend.Failure
	if err := call("a"); !errors.As(err, &f) || f.Cause != recommend.CauseBudget || !strings.Contains(err.Error(), "235 of 300") {
		t.Errorf("%v", err)
	}
	if err := call(""); err != nil || b.Spent("b") != (Spent{}) || b.Spent("a") == (Spent{}) {
		t.Errorf("%v: the session used longest ago is the one to forget", err)
	}
	now = now.Add(time.Hour)
	if err := call("a"); err != nil || b.Spent("a").In != 10 {
		t.Errorf("%v, %+v", err, b.Spent("a"))
	}
	money := NewBudget(script(u(100, 50), u(1, 1)), BudgetOptions{Money: 0.001, PriceIn: 2, PriceOut: 8})
	if _, _, err := run(t, context.Background(), money); !errors.As(err, &f) || f.Cause != recommend.CauseBudget || !strings.Contains(err.Error(), "has cost 0 of 0.001") {
		t.Errorf("%v", err)
	}
}

// TestBudgetAtOnce lets no more calls through than fit in.
func TestBudgetAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var replies []recommend.FakeReply
		for range 20 {
			replies = append(replies, recommend.FakeReply{Chunks: []string{"a"}, Delay: time.Second, Usage: map[string]int{recommend.TokensIn: 100}})
		}
		fake := script(replies...)
		b := NewBudget(fake, BudgetOptions{Tokens: 500, Estimate: func(recommend.Request) (int, int) { return 100, 0 }})
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() { _, _, _ = run(t, context.Background(), b) })
		}
		wg.Wait()
		if n := len(fake.Requests()); n != 5 || b.Spent("").In != 500 {
			t.Errorf("%d calls, spent %+v", n, b.Spent(""))
		}
	})
}

func TestRecordAndReplay(t *testing.T) {
	limited := &recommend.Failure{Cause: recommend.CauseLimited, Status: 429, RetryAfter: time.Second, Detail: "slow down"}
	var file bytes.Buffer
	g := Record(script(
		recommend.FakeReply{Chunks: []string{"on", "e"}, Usage: map[string]int{recommend.TokensIn: 7}}, recommend.Says("two"),
		recommend.FakeReply{Chunks: []string{"ha"}, Err: limited}, recommend.FakeReply{Err: errors.New("odd")}, recommend.Says("quiet"),
	), &file)
	type played struct {
		text, err string
		out       recommend.Response
	}
	play := func(g recommend.Generator) (all []played) {
		for _, user := range []string{"1", "1", "2", "3"} {
			var p played
			var err error
			if p.out, err = g.Generate(context.Background(), asking(user), func(c recommend.Chunk) error { p.text += "|" + c.Text; return nil }); err != nil {
				p.err = err.Error()
			}
			all = append(all, p)
		}
		return all
	}
	want := fmt.Sprint(play(g))
	if _, err := g.Generate(context.Background(), asking("4"), nil); err != nil {
		t.Fatal(err)
	}
	replay, err := NewReplay(bytes.NewReader(file.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(play(replay)); got != want {
		t.Errorf("%s, recorded was %s", got, want)
	}
	var f *recommend.Failure
	if _, err := replay.Generate(context.Background(), asking("2"), nil); !errors.As(err, &f) || f.RetryAfter != time.Second || f.Cause != recommend.CauseLimited {
		t.Errorf("%v", err)
	}
	if out, err := replay.Generate(context.Background(), asking("1"), nil); err != nil || out.Text != "two" {
		t.Errorf("%+v, %v", out, err)
	}
	text := ""
	if _, err := replay.Generate(context.Background(), asking("4"), func(c recommend.Chunk) error { text += c.Text; return nil }); err != nil || text != "quiet" {
		t.Errorf("%q, %v", text, err)
	}
	other := asking("5")
	other.Style = "short"
	_, err = replay.Generate(context.Background(), other, nil)
	if want := `wrap: replay: the request is not recorded; the nearest is line 1, with another style: "short", and recorded is nothing; user: "5", and recorded is "1"`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestReplayErrors(t *testing.T) {
	for text, want := range map[string]string{"\n{": "line 2", `{"key":""}`: "line 1 has no key"} {
		if _, err := NewReplay(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
	empty, err := NewReplay(strings.NewReader("\n"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := empty.Generate(context.Background(), ask, nil); err == nil || !strings.Contains(err.Error(), "nothing is recorded") {
		t.Errorf("%v", err)
	}
	if _, _, err := run(t, context.Background(), Record(script(recommend.Says("a")), broken{})); err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("%v", err)
	}
}
