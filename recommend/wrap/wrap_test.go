package wrap

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

var (
	ask   = recommend.Request{Lang: "en", User: "how much is Snow Bud?", Steps: []recommend.Step{{Kind: recommend.StepAsk, Text: "Which one?"}}}
	busy  = &recommend.Failure{Cause: recommend.CauseLimited, Status: 429}
	nokey = &recommend.Failure{Cause: recommend.CauseKey, Status: 401}
)

// run calls a generator and checks that what it hands on is its text.
func run(t *testing.T, ctx context.Context, g recommend.Generator) (recommend.Response, string, error) {
	t.Helper()
	var b strings.Builder
	out, err := g.Generate(ctx, ask, func(c recommend.Chunk) error { b.WriteString(c.Text); return nil })
	if err == nil && b.String() != out.Text {
		t.Errorf("handed on %q, text %q", b.String(), out.Text)
	}
	return out, b.String(), err
}

func script(replies ...recommend.FakeReply) *recommend.Fake { return &recommend.Fake{Script: replies} }

func TestTimeout(t *testing.T) {
	limits := Limits{First: 2 * time.Second, Gap: time.Second, Total: 5 * time.Second}
	slow := func(d time.Duration, n int) recommend.FakeReply {
		return recommend.FakeReply{Chunks: strings.SplitAfter(strings.Repeat("a ", n), " ")[:n], Delay: d}
	}
	for _, x := range []struct {
		name   string
		reply  recommend.FakeReply
		limits Limits
		cause  string
		took   time.Duration
	}{
		{"in time", slow(900*time.Millisecond, 5), limits, "", 4500 * time.Millisecond},
		{"no first chunk", slow(3*time.Second, 1), limits, "timed out: no text within 2s", 2 * time.Second},
		{"a gap", slow(1500*time.Millisecond, 3), limits, "timed out: no further text within 1s", 2500 * time.Millisecond},
		{"never ends", slow(900*time.Millisecond, 9), limits, "timed out: not done within 5s", 5 * time.Second},
		{"no limits", slow(time.Hour, 2), Limits{}, "", 2 * time.Hour},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			_, _, err := run(t, context.Background(), Timeout(script(x.reply), x.limits))
			if x.cause == "" && err != nil || x.cause != "" && (err == nil || !strings.HasPrefix(err.Error(), x.cause) || !errors.Is(err, context.DeadlineExceeded)) {
				t.Errorf("%s: %v", x.name, err)
			}
			if took := time.Since(start); took != x.took {
				t.Errorf("%s: took %s, want %s", x.name, took, x.took)
			}
		})
	}
}

// deaf does not heed its context.
type deaf struct{ ended chan struct{} }

func (d deaf) Generate(_ context.Context, _ recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	defer close(d.ended)
	time.Sleep(time.Hour)
	err := each(recommend.Chunk{Text: "late"})
	return recommend.Response{Text: "late"}, err
}

type panics struct{}

func (panics) Generate(context.Context, recommend.Request, func(recommend.Chunk) error) (recommend.Response, error) {
	panic("oh")
}

func TestTimeoutOfTheDeaf(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := deaf{make(chan struct{})}
		if _, text, err := run(t, context.Background(), Timeout(d, Limits{Total: time.Second})); err == nil || text != "" {
			t.Errorf("%q, %v", text, err)
		}
		<-d.ended // its chunk goes nowhere
	})
	if _, _, err := run(t, context.Background(), Timeout(panics{}, Limits{})); err == nil || !strings.Contains(err.Error(), "panicked: oh") {
		t.Errorf("error %v", err)
	}
}

// TestTimeoutListens does not count what the listener takes as silence.
func TestTimeoutListens(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := Timeout(script(recommend.FakeReply{Chunks: []string{"a", "b"}}), Limits{First: time.Second, Gap: time.Second})
		if out, err := g.Generate(context.Background(), ask, func(recommend.Chunk) error { time.Sleep(time.Minute); return nil }); err != nil || out.Text != "ab" {
			t.Errorf("%+v, %v", out, err)
		}
		gone := errors.New("gone")
		g = Timeout(script(recommend.Says("a")), Limits{})
		if _, err := g.Generate(context.Background(), ask, func(recommend.Chunk) error { return gone }); !errors.Is(err, gone) {
			t.Errorf("error %v", err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		var f *recommend.Failure
		if _, _, err := run(t, ctx, Timeout(script(recommend.FakeReply{Delay: time.Minute}), Limits{})); !errors.As(err, &f) || f.Cause != recommend.CauseTimeout {
			t.Errorf("error %v", err)
		}
		ctx, stop := context.WithCancel(context.Background())
		stop()
		if _, _, err := run(t, ctx, Timeout(script(recommend.FakeReply{Delay: time.Minute}), Limits{})); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	})
}

func TestRetry(t *testing.T) {
	fails := func(err error) recommend.FakeReply {
		return recommend.FakeReply{Err: err, Usage: map[string]int{recommend.TokensIn: 5}}
	}
	half := func() float64 { return 0.5 }
	ok := recommend.FakeReply{Chunks: []string{"fine"}, Usage: map[string]int{recommend.TokensIn: 5}}
	asks := &recommend.Failure{Cause: recommend.CauseServer, RetryAfter: 5 * time.Second}
	asksLong := &recommend.Failure{Cause: recommend.CauseLimited, RetryAfter: time.Minute}
	for _, x := range []struct {
		name   string
		script []recommend.FakeReply
		calls  int
		took   time.Duration
		want   string // in the error
	}{
		{"at once", []recommend.FakeReply{ok}, 1, 0, ""},
		{"busy twice", []recommend.FakeReply{fails(busy), fails(errors.New("odd")), ok}, 3, 375*time.Millisecond + 750*time.Millisecond, ""},
		{"busy for ever", []recommend.FakeReply{fails(busy), fails(busy), fails(busy), ok}, 3, 1125 * time.Millisecond, "rate limited"},
		{"no use", []recommend.FakeReply{fails(nokey), ok}, 1, 0, "key refused"},
		{"retry-after", []recommend.FakeReply{fails(asks), ok}, 2, 5375 * time.Millisecond, ""},
		{"retry-after is too long", []recommend.FakeReply{fails(asksLong), ok}, 1, 0, "try again after 1m0s"},
		{"midway", []recommend.FakeReply{{Chunks: []string{"half an "}, Err: busy}, ok}, 1, 0, "after 8 characters were passed on: rate limited"},
	} {
		synctest.Test(t, func(t *testing.T) {
			start, fake := time.Now(), script(x.script...)
			out, _, err := run(t, context.Background(), Retry(fake, RetryOptions{Rand: half}))
			if (x.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), x.want) {
				t.Errorf("%s: %v", x.name, err)
			}
			if n := len(fake.Requests()); n != x.calls || err == nil && out.Usage[recommend.TokensIn] != 5*n {
				t.Errorf("%s: %d calls, usage %v", x.name, n, out.Usage)
			}
			took := time.Since(start)
			if x.name == "retry-after" {
				took += 375 * time.Millisecond // what the server asks for is longer than the own wait
			}
			if took != x.took {
				t.Errorf("%s: took %s, want %s", x.name, took, x.took)
			}
		})
	}
}

func TestRetryHeedsTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
		defer cancel()
		fake := script(recommend.FakeReply{Err: busy}, recommend.Says("fine"))
		start := time.Now()
		if _, _, err := run(t, ctx, Retry(fake, RetryOptions{})); !errors.Is(err, busy) || time.Since(start) != 0 {
			t.Errorf("%v after %s", err, time.Since(start))
		}
		gone := errors.New("gone")
		fake = script(recommend.Says("a"), recommend.Says("b"))
		if _, err := Retry(fake, RetryOptions{}).Generate(context.Background(), ask, func(recommend.Chunk) error { return gone }); err != gone || len(fake.Requests()) != 1 {
			t.Errorf("%v after %d calls", err, len(fake.Requests()))
		}
		fake = script(recommend.FakeReply{Chunks: []string{"half"}, Err: busy}, recommend.Says("fine"))
		if out, err := Retry(fake, RetryOptions{}).Generate(context.Background(), ask, nil); err != nil || out.Text != "fine" {
			t.Errorf("%+v, %v: nobody heard the first half", out, err)
		}
	})
}

func TestFallback(t *testing.T) {
	ok := recommend.Says("fine")
	g := Fallback(script(recommend.FakeReply{Err: busy, Usage: map[string]int{recommend.TokensIn: 3}}), script(recommend.FakeReply{Err: nokey}), recommend.Template{})
	out, _, err := run(t, context.Background(), g)
	if err != nil || out.Text != "Which one?" || out.Fallback != "rate limited (status 429); then: key refused (status 401)" || out.Usage[recommend.TokensIn] != 3 {
		t.Errorf("%+v, %v", out, err)
	}
	if out, _, err = run(t, context.Background(), Fallback(script(ok), panics{})); err != nil || out.Fallback != "" {
		t.Errorf("%+v, %v", out, err)
	}
	var partial *PartialError
	_, text, err := run(t, context.Background(), Fallback(script(recommend.FakeReply{Chunks: []string{"价格"}, Err: busy}), script(ok)))
	if !errors.As(err, &partial) || partial.Runes != 2 || !errors.Is(err, busy) || text != "价格" {
		t.Errorf("%q, %v", text, err)
	}
	if _, _, err = run(t, context.Background(), Fallback(script(recommend.FakeReply{Err: busy}), script(recommend.FakeReply{Err: nokey}))); !errors.Is(err, busy) || !errors.Is(err, nokey) {
		t.Errorf("%v", err)
	}
	gone := errors.New("gone")
	if _, err = Fallback(script(ok), panics{}).Generate(context.Background(), ask, func(recommend.Chunk) error { return gone }); err != gone {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err = run(t, ctx, Fallback(script(recommend.FakeReply{Delay: time.Second}), panics{})); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}
