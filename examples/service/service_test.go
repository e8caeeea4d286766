package main

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Customers are answered in their language, and what they said stays.
func TestConversation(t *testing.T) {
	s := serveTest(t, nil)
	for i, x := range []struct{ session, text, lang, want string }{
		{"en", "I need a phone for photography under 4000 yuan", "en", "Xiaomi 14"},
		{"zh", "想买个拍照好的手机，4000以内", "zh", "小米 14"},
		{"en", "does the first one have NFC?", "en", "NFC"},
		{"zh", "第二款的电池多大？", "zh", "5400毫安时"},
		{"en", "asdf qwer", "en", "cannot help"},
		{"zh", "", "zh", "没有收到"},
	} {
		a := post(t, s.url, x.session, message{ID: string(rune('a' + i)), Text: x.text, User: "ann"})
		if a.status != http.StatusOK || a.Lang != x.lang || !strings.Contains(a.Text, x.want) || a.Seq != i/2+1 {
			t.Errorf("%q: %d %s, want %q", x.text, a.status, a.body, x.want)
		}
	}
	a := ask(t, "GET", s.url+"/v1/sessions/zh", "")
	if a.status != http.StatusOK || !strings.Contains(a.body, `"Shop.price":"<=4000"`) || !strings.Contains(a.body, `"turns":3`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := ask(t, "GET", s.url+"/v1/sessions/nobody", ""); a.status != http.StatusNotFound || a.Error.Code != "not_found" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// The pieces of a stream are the reply; a message that comes again has the same
// one, streamed or not.
func TestStreamAndAgain(t *testing.T) {
	model := newSlow()
	close(model.next)
	s := serveTest(t, func(c *config) { c.model = model })
	for i, text := range []string{"a phone for photography under 4000 yuan", "有黑色的吗"} {
		msg := message{ID: text, Text: text}
		a := post(t, s.url, "s", msg, "Accept", "text/event-stream")
		if kind := a.header.Get("Content-Type"); a.status != http.StatusOK || !strings.HasPrefix(kind, "text/event-stream") {
			t.Fatalf("%d %s", a.status, kind)
		}
		all := events(t, a.body)
		var text string
		for _, e := range all[:len(all)-1] {
			var chunk struct{ Text string }
			if err := json.Unmarshal([]byte(e.data), &chunk); err != nil || e.name != "chunk" {
				t.Errorf("%+v, %v", e, err)
			}
			text += chunk.Text
		}
		last := all[len(all)-1]
		var reply answer
		if err := json.Unmarshal([]byte(last.data), &reply); err != nil || last.name != "reply" || reply.Text != text || reply.Seq != i+1 {
			t.Errorf("%q ends with %+v", text, last)
		}
		calls := model.count()
		if again := post(t, s.url, "s", msg); !again.Again || again.Text != text || again.Seq != i+1 || model.count() != calls {
			t.Errorf("again it is %s, after %d calls and %d", again.body, calls, model.count())
		}
	}
}

// Two tenants have conversations and users of one name, and nothing of each
// other's; a token is needed, but to ask whether the service is well.
func TestTenants(t *testing.T) {
	s := serveTest(t, func(c *config) { c.tokens = twoTenants(t) })
	north, south := []string{"Authorization", "Bearer " + northToken}, []string{"Authorization", "bearer " + southToken}
	post(t, s.url, "1", message{Text: "a gaming laptop", User: "ann"}, north...)
	a := post(t, s.url, "1", message{Text: "手机", User: "ann"}, south...)
	if a.status != 200 || a.Seq != 1 {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := ask(t, "GET", s.url+"/v1/users/ann/export", "", south...); strings.Contains(a.body, "laptop") || !strings.Contains(a.body, "phone") {
		t.Errorf("south is shown %s", a.body)
	}
	if a := ask(t, "DELETE", s.url+"/v1/users/ann", "", north...); a.status != 200 || !strings.Contains(a.body, `"id":"1"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := ask(t, "GET", s.url+"/v1/sessions/1", "", north...); a.status != 404 {
		t.Errorf("%d %s after it was erased", a.status, a.body)
	}
	if a := ask(t, "GET", s.url+"/v1/sessions/1", "", south...); a.status != 200 {
		t.Errorf("%d %s: the other tenant's is gone too", a.status, a.body)
	}
	for _, header := range [][]string{nil, {"Authorization", "Bearer " + northToken + "x"}, {"Authorization", "Basic " + northToken}, {"Authorization", "Bearer"}, {"Authorization", northToken}} {
		if a := ask(t, "GET", s.url+"/v1/sessions/1", "", header...); a.status != 401 || a.header.Get("WWW-Authenticate") != "Bearer" {
			t.Errorf("%q: %d %s", header, a.status, a.body)
		}
	}
	for _, path := range []string{"/healthz", "/readyz"} {
		if a := ask(t, "GET", s.url+path, ""); a.status != 200 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

// An export is for people to read; the log of the service names no user.
func TestExport(t *testing.T) {
	s := serveTest(t, func(c *config) { c.keepText = true })
	post(t, s.url, "1", message{ID: "m1", Text: "a phone, call me at 13812345678", User: "ann-user"})
	a := ask(t, "GET", s.url+"/v1/users/ann-user/export", "")
	if a.status != 200 || !strings.Contains(a.body, `"reply":{"text":`) || !strings.Contains(a.body, "call me at [PHONE") || strings.Contains(a.body, "13812345678") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if log := s.log.String(); strings.Contains(log, "ann-user") || !strings.Contains(log, `"route":"GET /v1/users/{user}/export"`) {
		t.Errorf("the log is\n%s", log)
	}
}

// A client that goes away ends its turn, and nothing of it is kept.
func TestDisconnect(t *testing.T) {
	model := newSlow()
	s := serveTest(t, func(c *config) { c.model = model })
	ctx, cancel := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", s.url+"/v1/sessions/s/messages", strings.NewReader(`{"id":"1","text":"a gaming laptop"}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", jsonType)
	r.Header.Set("Accept", "text/event-stream")
	done := make(chan error, 1)
	go func() {
		response, err := http.DefaultClient.Do(r)
		if err == nil {
			response.Body.Close()
		}
		done <- err
	}()
	<-model.began
	cancel()
	if err := <-done; err == nil {
		t.Error("an answer came")
	}
	for deadline := time.Now().Add(10 * time.Second); !strings.Contains(s.log.String(), `"status":499`); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the turn goes on:\n%s", s.log)
		}
	}
	if strings.Contains(s.log.String(), "ERROR") {
		t.Errorf("that counts as an error of the service:\n%s", s.log)
	}
	close(model.next)
	if a := post(t, s.url, "s", message{ID: "1", Text: "a gaming laptop"}); a.status != 200 || a.Again || a.Seq != 1 {
		t.Errorf("sent again, the message is answered %d %s", a.status, a.body)
	}
}

// The same file continues the conversation, sealed; another key does not open it.
func TestRestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "service.db")
	for i, x := range []struct {
		keys   []string
		text   string
		rekey  bool
		status int
	}{
		{[]string{"a"}, "a phone for photography under 4000 yuan", false, 200},
		{[]string{"a"}, "有黑色的吗", false, 200},
		{[]string{"b"}, "hello", false, 500},
		{[]string{"b", "a"}, "what does the second one cost?", true, 200},
		{[]string{"b"}, "第一款呢？", false, 200},
	} {
		t.Run(x.text, func(t *testing.T) {
			s := serveTest(t, func(c *config) { c.store, c.keys = file, keyring(t, x.keys...) })
			if x.rekey {
				if err := s.rekey(t.Context()); err != nil {
					t.Error(err)
				}
			}
			a := post(t, s.url, "s", message{Text: x.text, User: "ann"})
			if a.status != x.status || a.status == 200 && a.Seq < i-1 {
				t.Errorf("%d %s", a.status, a.body)
			}
			if a.status != 200 && (a.Error.Code != "unreadable" || a.Error.Detail != "" || !strings.Contains(s.log.String(), "sealed with the key")) {
				t.Errorf("%s; the log is\n%s", a.body, s.log)
			}
			if x.text == "what does the second one cost?" && !strings.Contains(a.Text, "¥3,999") {
				t.Errorf("%q does not know what was offered", a.Text)
			}
		})
	}
}

// Whoever is not ready says so: while the store is gone, and while stopping.
func TestReady(t *testing.T) {
	s := serveTest(t, nil)
	s.stopping.Store(true)
	if a := ask(t, "GET", s.url+"/readyz", ""); a.status != 503 {
		t.Errorf("%d while stopping", a.status)
	}
	s.stopping.Store(false)
	s.store = session.Store(downStore{s.store})
	if a := ask(t, "GET", s.url+"/readyz", ""); a.status != 503 {
		t.Errorf("%d while the store is down", a.status)
	}
	if a := ask(t, "GET", s.url+"/healthz", ""); a.status != 200 {
		t.Errorf("%d: the process is up", a.status)
	}
}

type downStore struct{ session.Store }

func (downStore) Load(context.Context, session.Key) (session.Record, error) {
	return session.Record{}, &net.OpError{Op: "dial", Err: context.DeadlineExceeded}
}

// Several customers at once do not get in each other's way.
func TestSideBySide(t *testing.T) {
	s := serveTest(t, nil)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			id := string(rune('a' + i))
			for k, text := range []string{"a phone under 4000 yuan", "有黑色的吗", "thanks"} {
				if a := post(t, s.url, id, message{ID: text, Text: text, User: id}); a.status != 200 || a.Seq != k+1 {
					t.Errorf("%s: %d %s", id, a.status, a.body)
				}
			}
		})
	}
	wg.Wait()
}

// Where another process answers the conversation meanwhile, the stream says that
// it begins anew.
func TestRestarts(t *testing.T) {
	model := newSlow()
	left := serveTest(t, func(c *config) { c.model = model })
	right := serveTest(t, nil)
	right.store = left.store
	if err := right.join(nil); err != nil {
		t.Fatal(err)
	}
	answered := make(chan answer, 1)
	go func() {
		answered <- post(t, left.url, "s", message{ID: "1", Text: "a phone for photography"}, "Accept", "text/event-stream")
	}()
	<-model.began
	post(t, right.url, "s", message{ID: "2", Text: "你好"})
	close(model.next)
	var names []string
	for _, e := range events(t, (<-answered).body) {
		names = append(names, e.name)
	}
	got := strings.Join(slices.Compact(names), " ")
	if got != "chunk restart chunk reply" {
		t.Errorf("the stream has %q", got)
	}
}
