package serve_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend/serve"
	"github.com/slotgraph/slotgraph/recommend/wrap"
)

// What is left to models binds them, in every process; then the template speaks.
func TestTokens(t *testing.T) {
	store := session.NewMemory()
	limits := func(string) session.Limits { return session.Limits{Session: session.Quota{Tokens: 3000}} }
	m := &model{tokens: 1200}
	for i := range 5 {
		s, manager := newService(t, store, wrap.Allowance(m), session.Options{Limits: limits}, nil) // a new process each time
		r := say(t, s, ann, serve.Message{Text: "I want a floral tea"}, nil)
		c, err := manager.Get(context.Background(), ann)
		want := []int64{1800, 600, 600, 600, 600}[i]
		if err != nil || c.Tokens != want || !strings.Contains(r.Text, "Snow Bud") {
			t.Errorf("turn %d: %d tokens are left, %v, want %d; %q", i+1, c.Tokens, err, want, r.Text)
		}
	}
	if m.count() != 2 {
		t.Errorf("the model was called %d times, want 2", m.count())
	}
}

// Whoever is erased is erased from caches and budgets too, and nobody else.
func TestErase(t *testing.T) {
	m := &model{tokens: 10}
	budget := wrap.NewBudget(m, wrap.BudgetOptions{Tokens: 100_000})
	cache := wrap.NewCache(budget, wrap.CacheOptions{})
	s, manager := newService(t, session.NewMemory(), cache, session.Options{Holders: []session.Holder{cache, budget}}, nil)
	bob := session.Key{Tenant: "teas", ID: "bob-1"}
	say(t, s, ann, serve.Message{User: "ann", Text: "I want a floral tea"}, nil)
	say(t, s, ann, serve.Message{User: "ann", Text: "what does Pine Smoke cost?"}, nil)
	say(t, s, bob, serve.Message{User: "bob", Text: "I want a floral tea"}, nil) // has ann's answer from the cache
	say(t, s, bob, serve.Message{User: "bob", Text: "I want a smoky tea"}, nil)
	held, err := manager.Export(context.Background(), "teas", "ann")
	if err != nil || strings.Count(string(held.Holders["cache"]), `"text"`) != 2 || !strings.Contains(string(held.Holders["budget"]), `"ann-1"`) || strings.Contains(string(held.Holders["budget"]), "bob") {
		t.Errorf("%s, %v", held.Holders, err)
	}
	receipt, err := manager.Erase(context.Background(), "teas", "ann")
	if err != nil || receipt.Holders["cache"] != 2 || receipt.Holders["budget"] != 1 || len(receipt.Sessions) != 1 {
		t.Errorf("%+v, %v", receipt, err)
	}
	if cache.Len() != 1 || budget.Spent("teas/ann-1") != (wrap.Spent{}) || budget.Spent("teas/bob-1") == (wrap.Spent{}) {
		t.Errorf("%d texts are left, ann has spent %v, bob %v", cache.Len(), budget.Spent("teas/ann-1"), budget.Spent("teas/bob-1"))
	}
	if held, err := manager.Export(context.Background(), "teas", "ann"); err != nil || held.Holders != nil {
		t.Errorf("%s, %v", held.Holders, err)
	}
}

// Errors keep their meaning, and are said to customers in both languages.
func TestWords(t *testing.T) {
	limits := func(tenant string) session.Limits {
		l := session.Limits{Message: 100, Session: session.Quota{Turns: 0.001, Burst: 2}}
		if tenant == "full" {
			l = session.Limits{Tenant: session.Quota{Turns: 0.001, Burst: 1}}
		}
		return l
	}
	s, _ := newService(t, session.NewMemory(), nil, session.Options{Limits: limits}, nil)
	reply := func(tenant, id, user, text string) error {
		_, err := s.Reply(context.Background(), session.Key{Tenant: tenant, ID: id}, serve.Message{User: user, Text: text}, nil)
		return err
	}
	for range 2 {
		if err := reply("teas", "fast", "ann", "hi"); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(reply("teas", "a", "ann", "hi"), reply("full", "x", "", "hi")); err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		err    error
		is     error
		en, zh string
	}{
		{nil, nil, "", ""},
		{reply("teas", "b", "ann", strings.Repeat("x", 101)), session.ErrLimit, "too long", "太长"},
		{reply("teas", "fast", "ann", "hi"), session.ErrLimit, "at once", "太快"},
		{reply("full", "y", "", "hi"), session.ErrLimit, "a lot going on", "较多"},
		{reply("teas", "a", "bob", "hi"), session.ErrUser, "new one", "新开"},
		{reply("teas", "a/b", "ann", "hi"), session.ErrName, "new one", "新开"},
		{fmt.Errorf("x: %w", &session.LimitError{Scope: "session", What: "waiting"}), session.ErrLimit, "still answering", "还在回复"},
		{session.ErrConflict, session.ErrConflict, "again", "再发一次"},
		{session.ErrGone, session.ErrGone, "already", "已经"},
		{context.DeadlineExceeded, context.DeadlineExceeded, "too long", "超时"},
		{errors.New("dial tcp 10.0.0.1: refused"), nil, "few minutes", "几分钟"},
	} {
		if x.is != nil && !errors.Is(x.err, x.is) {
			t.Errorf("%v is not %v", x.err, x.is)
		}
		if en, zh := serve.Words(x.err, "en"), serve.Words(x.err, "zh"); !strings.Contains(en, x.en) || !strings.Contains(zh, x.zh) || strings.Contains(en, "10.0") {
			t.Errorf("%v: %q, %q", x.err, en, zh)
		}
	}
	var limit *session.LimitError
	if err := reply("teas", "fast", "ann", "hi"); !errors.As(err, &limit) || limit.Retry < time.Second {
		t.Errorf("%v does not say when to try again", err)
	}
}
