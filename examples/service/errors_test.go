package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// What is wrong with a request is said with a status, and to the customer.
func TestErrors(t *testing.T) {
	s := serveTest(t, func(c *config) {
		c.limits = session.Limits{Message: 4000, Session: session.Quota{Turns: 0.01, Burst: 2}}
	})
	messages := s.url + "/v1/sessions/x/messages"
	for name, x := range map[string]struct {
		a      answer
		status int
		code   string
	}{
		"slash":     {post(t, s.url, "a%2Fb", message{Text: "hi"}), 400, "name"},
		"path":      {post(t, s.url, "%2e%2e", message{Text: "hi"}), 400, "name"},
		"NUL":       {post(t, s.url, "a%00b", message{Text: "hi"}), 400, "name"},
		"newline":   {post(t, s.url, "a%0Ab", message{Text: "你好"}), 400, "name"},
		"bidi":      {post(t, s.url, "a%E2%80%AEb", message{Text: "hi"}), 400, "name"},
		"UTF-8":     {post(t, s.url, "%FF", message{Text: "hi"}), 400, "name"},
		"long id":   {post(t, s.url, strings.Repeat("x", 300), message{Text: "hi"}), 400, "name"},
		"user":      {post(t, s.url, "x", message{Text: "hi", User: "a\nb"}), 400, "name"},
		"lang":      {post(t, s.url, "x", message{Text: "hi", Lang: "fr"}), 400, "lang"},
		"no JSON":   {ask(t, "POST", messages, "hi", "Content-Type", jsonType), 400, "json"},
		"field":     {ask(t, "POST", messages, `{"txt":"hi"}`, "Content-Type", jsonType), 400, "json"},
		"two":       {ask(t, "POST", messages, `{"text":"hi"}{}`, "Content-Type", jsonType), 400, "json"},
		"type":      {ask(t, "POST", messages, `{"text":"hi"}`), 415, "content_type"},
		"novel":     {post(t, s.url, "x", message{Text: strings.Repeat("手机", 1000)}), 413, "too_long"},
		"huge":      {post(t, s.url, "x", message{Text: strings.Repeat("x", 1<<20)}), 413, "too_long"},
		"erase":     {ask(t, "DELETE", s.url+"/v1/users/a%00b", ""), 400, "name"},
		"host":      {askHost(t, s.url, "shop.example"), 421, "host"},
		"no route":  {ask(t, "GET", s.url+"/v2", ""), 404, ""},
		"no method": {ask(t, "PUT", messages, ""), 405, ""},
		"site":      {post(t, s.url, "x", message{Text: "hi"}, "Origin", "https://shop.example"), 403, ""},
	} {
		if x.a.status != x.status || x.a.Error.Code != x.code {
			t.Errorf("%s: %d %s, want %d %s", name, x.a.status, x.a.body, x.status, x.code)
		}
	}
	for range 2 {
		post(t, s.url, "fast", message{Text: "hi", User: "ann"})
	}
	a := post(t, s.url, "fast", message{Text: "你好", User: "ann"}, "Accept", "text/event-stream")
	if a.status != 429 || a.Error.Code != "too_fast" || !strings.Contains(a.Error.Message, "太快") || a.header.Get("Retry-After") == "" {
		t.Errorf("%d %v %s", a.status, a.header, a.body)
	}
	post(t, s.url, "ann", message{Text: "hi", User: "ann"})
	if a := post(t, s.url, "ann", message{Text: "hi", User: "bob"}); a.status != 403 || a.Error.Code != "user" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// askHost asks for a conversation by another name of the service.
func askHost(t *testing.T, url, host string) answer {
	t.Helper()
	r, err := http.NewRequest("GET", url+"/v1/sessions/x", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	out := answer{status: response.StatusCode}
	if err := json.NewDecoder(response.Body).Decode(&out); err != nil {
		t.Error(err)
	}
	return out
}

// A handler that panics costs its request, and no other.
func TestPanic(t *testing.T) {
	s := serveTest(t, nil)
	s.service = nil
	if a := post(t, s.url, "x", message{Text: "hi"}); a.status != 500 || a.Error.Code != "internal" || !strings.Contains(s.log.String(), `"msg":"panic"`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := ask(t, "GET", s.url+"/healthz", ""); a.status != 200 {
		t.Errorf("%d after a panic", a.status)
	}
}
