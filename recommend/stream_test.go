package recommend

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

const streamQuestion = "phones under 5000, not Apple"

// chunks splits a text after every n bytes, through characters too.
func chunks(s string, n int) []string {
	var out []string
	for len(s) > n {
		out, s = append(out, s[:n]), s[n:]
	}
	return append(out, s)
}

func stream(t testing.TB, a *Agent, message string) (Reply, []string) {
	t.Helper()
	var got []string
	r, _, err := a.Stream(context.Background(), dst.State{}, message, func(c Chunk) error { got = append(got, c.Text); return nil })
	if err != nil {
		t.Fatalf("%q: %v", message, err)
	}
	if text := strings.Join(got, ""); text != r.Text {
		t.Errorf("%q: the chunks are %q, the text %q", message, text, r.Text)
	}
	return r, got
}

// TestStream has models stream well and badly: what is shown holds nothing
// that the facts do not support, and all that the turn has to say.
func TestStream(t *testing.T) {
	const good = "Here are two 📱 phones:\n1. Xiaomi 14 (¥3,999)\n2. Redmi 13 (¥999)\nBoth stay under 5,000."
	cases := []struct {
		name  string
		reply FakeReply
		want  string // the text
		cause string // in the trace
	}{
		{"well", FakeReply{Chunks: chunks(good, 5)}, good, "text by fake"},
		{"a wrong sentence", FakeReply{Chunks: chunks("The Xiaomi 14 costs ¥3,999. The Redmi 13 is ¥899. The Redmi 13 costs ¥999.", 7)},
			"The Xiaomi 14 costs ¥3,999. The Redmi 13 costs ¥999.", `"¥899"`},
		{"a thing is left out", FakeReply{Chunks: chunks("The Xiaomi 14 costs ¥3,999. The Redmi 13 is ¥899.", 7)},
			"The Xiaomi 14 costs ¥3,999. There is also Redmi 13 (price ¥999, rating 4.2 points).", "text by fake, template because"},
		{"broken off", FakeReply{Chunks: []string{"The Xiaomi 14 costs ¥3,999. The Red"}, Err: errors.New("connection lost")},
			"The Xiaomi 14 costs ¥3,999. There is also Redmi 13 (price ¥999, rating 4.2 points).", "connection lost"},
		{"nothing", FakeReply{Err: errors.New("status 500")},
			"Here is what fits:\n1. Xiaomi 14: price ¥3,999, rating 4.6 points\n2. Redmi 13: price ¥999, rating 4.2 points", "status 500"},
		{"late", FakeReply{Chunks: []string{"The Xiaomi 14 costs ¥3,999. ", "late"}, Delay: 40 * time.Millisecond},
			"The Xiaomi 14 costs ¥3,999. There is also Redmi 13 (price ¥999, rating 4.2 points).", "deadline exceeded"},
	}
	for _, x := range cases {
		cfg := shopConfig(t)
		cfg.Generator, cfg.Timeout = &Fake{Script: []FakeReply{x.reply}}, 60*time.Millisecond
		r, _ := stream(t, newAgent(t, cfg), streamQuestion)
		if r.Text != x.want || !strings.Contains(r.Trace.String(), x.cause) {
			t.Errorf("%s: %q, want %q\n%s", x.name, r.Text, x.want, r.Trace)
		}
	}
}

func TestStreamOfTemplate(t *testing.T) {
	r, got := stream(t, shopAgent(t), "hi, I want a phone under 5000, not Apple")
	if len(got) != 2 || len(r.Used) != 4 || r.Trace.Generator != "template" {
		t.Errorf("%q, facts %v, %s", got, r.Used, r.Trace)
	}
}

// TestStreamStops ends the turn where the listener does.
func TestStreamStops(t *testing.T) {
	gone := errors.New("the user has gone")
	for _, g := range []Generator{Template{}, &Fake{Script: []FakeReply{Says("Xiaomi 14. Redmi 13.")}}, &Fake{}} {
		cfg := shopConfig(t)
		cfg.Generator = g
		a := newAgent(t, cfg)
		calls := 0
		r, s, err := a.Stream(context.Background(), dst.State{Turn: 3}, streamQuestion, func(Chunk) error { calls++; return gone })
		if !errors.Is(err, gone) || calls != 1 || !reflect.DeepEqual(s, dst.State{Turn: 3}) || r.Text != "" {
			t.Errorf("%T: error %v after %d calls, state %+v, reply %q", g, err, calls, s, r.Text)
		}
	}
}
