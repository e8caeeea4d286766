package wrap

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend"
)

func subject(ids ...string) session.Subject {
	s := session.Subject{Tenant: "shop", User: "ann"}
	for _, id := range ids {
		s.Sessions = append(s.Sessions, session.Key{Tenant: "shop", ID: id})
	}
	return s
}

// A cache forgets what it has for somebody, whoever else has had it.
func TestCacheErase(t *testing.T) {
	fake := script(recommend.Says("one"), recommend.Says("two"), recommend.Says("three"))
	c := NewCache(fake, CacheOptions{Now: func() time.Time { return time.Unix(0, 0).UTC() }})
	for _, x := range []struct{ session, user string }{{"shop/a", "1"}, {"shop/b", "1"}, {"shop/b", "2"}, {"b", "3"}, {"", "3"}} {
		if _, err := c.Generate(recommend.WithSession(context.Background(), x.session), asking(x.user), nil); err != nil {
			t.Fatal(err)
		}
	}
	held, err := c.Export(context.Background(), subject("a"))
	if want := `[{"text":"one","until":"1970-01-01T00:10:00Z"}]`; err != nil || string(held) != want {
		t.Errorf("%s, %v; want %s", held, err, want)
	}
	for _, x := range []struct {
		id   string
		want int
	}{{"none", 0}, {"a", 1}, {"a", 0}, {"b", 1}} {
		if n, err := c.Erase(context.Background(), subject(x.id)); err != nil || n != x.want {
			t.Errorf("%s: %d are erased, %v; want %d", x.id, n, err, x.want)
		}
	}
	if c.Len() != 1 { // that of the tenant without a name
		t.Errorf("%d are left", c.Len())
	}
	if held, err := c.Export(context.Background(), subject("a", "b")); err != nil || held != nil {
		t.Errorf("%s, %v", held, err)
	}
}

func TestBudgetErase(t *testing.T) {
	b := NewBudget(script(recommend.FakeReply{Chunks: []string{"one"}, Usage: map[string]int{recommend.TokensIn: 7}}), BudgetOptions{})
	if _, err := b.Generate(recommend.WithSession(context.Background(), "shop/a"), ask, nil); err != nil {
		t.Fatal(err)
	}
	held, err := b.Export(context.Background(), subject("a", "b"))
	if want := `{"a":{"In":7,"Out":0,"Money":0}}`; err != nil || string(held) != want {
		t.Errorf("%s, %v; want %s", held, err, want)
	}
	if n, err := b.Erase(context.Background(), subject("a", "b")); err != nil || n != 1 || b.Spent("shop/a") != (Spent{}) {
		t.Errorf("%d, %v, %v", n, err, b.Spent("shop/a"))
	}
	if held, err := b.Export(context.Background(), subject("a")); err != nil || held != nil {
		t.Errorf("%s, %v", held, err)
	}
}

// Erasing and asking at once is safe.
func TestEraseConcurrently(t *testing.T) {
	b := NewBudget(recommend.Template{}, BudgetOptions{})
	c := NewCache(b, CacheOptions{})
	var wg sync.WaitGroup
	for i := range 4 {
		ctx := recommend.WithSession(context.Background(), fmt.Sprintf("shop/%d", i))
		wg.Go(func() {
			for k := range 50 {
				if _, err := c.Generate(ctx, asking(fmt.Sprint(k)), nil); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for range 50 {
				for _, h := range []session.Holder{c, b} {
					_, err1 := h.Erase(ctx, subject(fmt.Sprint(i)))
					if _, err := h.Export(ctx, subject(fmt.Sprint(i))); errors.Join(err, err1) != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestAllowance(t *testing.T) {
	fake := script(recommend.Says("no usage"), recommend.FakeReply{Chunks: []string{"two"}, Usage: map[string]int{recommend.TokensIn: 90, recommend.TokensOut: 10}}, recommend.FakeReply{Err: busy})
	g := Allowance(fake)
	in, out := estimate(ask)
	ctx, used := WithAllowance(context.Background(), int64(2*(in+out)))
	for i, want := range []int64{int64(in + tokens("no usage")), int64(in + tokens("no usage") + 100)} {
		if _, err := g.Generate(ctx, ask, nil); err != nil || used() != want {
			t.Errorf("call %d: %v, %d tokens are used, want %d", i+1, err, used(), want)
		}
	}
	ctx, used = WithAllowance(context.Background(), int64(in+out-1))
	_, err := g.Generate(ctx, ask, nil)
	var f *recommend.Failure
	if !errors.As(err, &f) || f.Cause != recommend.CauseBudget || !strings.Contains(f.Detail, fmt.Sprint(in+out)) || used() != 0 || len(fake.Requests()) != 2 {
		t.Errorf("%v, %d tokens are used in %d calls", err, used(), len(fake.Requests()))
	}
	ctx, used = WithAllowance(context.Background(), -1)
	if _, err := g.Generate(ctx, ask, nil); !errors.Is(err, busy) || used() != 0 {
		t.Errorf("%v, %d tokens are used: the model was not asked", err, used())
	}
}
