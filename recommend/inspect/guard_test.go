package inspect_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

func TestFailures(t *testing.T) {
	agent := teaShop(t)
	c := newClient(t, agent, &inspect.Options{MaxBody: 2000, Reply: func(ctx context.Context, s dst.State, m string, parts ...recommend.Part) (recommend.Reply, dst.State, error) {
		if m == "fail" {
			return recommend.Reply{}, s, errors.New("the model is away")
		}
		return agent.Reply(ctx, s, m, parts...)
	}})
	path, _ := c.begin("green tea")
	for name, x := range map[string]struct {
		method, path, body string
		status             int
		says               string
	}{
		"no JSON":          {"POST", path + "/turns", `{"message":`, 400, "reading the request"},
		"another field":    {"POST", path + "/turns", `{"text":"x"}`, 400, "text"},
		"more than JSON":   {"POST", path + "/turns", `{"message":"x"} y`, 400, "follows"},
		"too large":        {"POST", path + "/turns", `{"message":"` + strings.Repeat("x", 3000) + `"}`, 413, "2000 bytes"},
		"no such talk":     {"POST", "/api/sessions/none/turns", `{"message":"x"}`, 404, "no such conversation"},
		"nor its export":   {"GET", "/api/sessions/none/talk.txt", "", 404, "no such conversation"},
		"nor its JSON":     {"GET", "/api/sessions/none/session.json", "", 404, "no such conversation"},
		"wrong method":     {"GET", path + "/turns", "", 405, ""},
		"another":          {"PUT", path, `{}`, 405, ""},
		"sessions listed":  {"GET", "/api/sessions", "", 405, ""},
		"too many kept":    {"POST", path + "/undo", `{"keep":2}`, 400, "not from 0 to the 1"},
		"too few kept":     {"POST", path + "/branch", `{"keep":-1}`, 400, "-1"},
		"the agent fails":  {"POST", path + "/turns", `{"message":"fail"}`, 500, "the model is away"},
		"no such file":     {"GET", "/page.html", "", 404, ""},
		"a path elsewhere": {"GET", "/../handler.go", "", 307, ""},
		"no act":           {"POST", "/api/sessions", `{"turns":[{"reply":{"acts":["sing"]}}]}`, 400, "unknown kind"},
		"an empty act":     {"POST", "/api/sessions", `{"turns":[{"reply":{"trace":{"decisions":[{}]}}}]}`, 500, "writing the answer"},
		"too many turns":   {"POST", "/api/sessions", `{"turns":[` + strings.Repeat("{},", 200) + `{}]}`, 409, "200 turns"},
		"empty turns":      {"POST", "/api/sessions", `{"turns":[{},{"reply":{"facts":[{}],"items":[{}],"trace":{"queries":[{}],"asked":[{}]}}}]}`, 200, `"n":2`},
	} {
		status, text, _ := c.status(x.method, x.path, x.body, nil)
		if status != x.status || !strings.Contains(text, x.says) {
			t.Errorf("%s: status %d: %q, want %d with %q", name, status, text, x.status, x.says)
		}
	}
	if status, _, _ := c.status("POST", path+"/turns", `{"message":"x"}`, func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }); status != http.StatusUnsupportedMediaType {
		t.Errorf("a form's content has status %d", status)
	}
	var got talk
	c.ok("GET", path, nil, &got)
	if len(got.Turns) != 1 {
		t.Errorf("after the failures there are %d turns, want the one", len(got.Turns))
	}
	empty, _ := c.begin()
	for _, x := range [][2]string{{"POST", "/undo"}, {"GET", "/talk.txt"}} {
		body := ""
		if x[0] == "POST" {
			body = "{}"
		}
		if status, _, _ := c.status(x[0], empty+x[1], body, nil); status != http.StatusConflict {
			t.Errorf("%s of nothing has status %d", x[1], status)
		}
	}
}

// TestGuard checks who may ask for what.
func TestGuard(t *testing.T) {
	agent := teaShop(t)
	from := func(addr string) func(*http.Request) { return func(r *http.Request) { r.RemoteAddr = addr } }
	host := func(name string) func(*http.Request) { return func(r *http.Request) { r.Host = name } }
	with := func(name, value string) func(*http.Request) {
		return func(r *http.Request) { r.Header.Set(name, value) }
	}
	all := func(changes ...func(*http.Request)) func(*http.Request) {
		return func(r *http.Request) {
			for _, c := range changes {
				c(r)
			}
		}
	}
	remote := &inspect.Options{AllowRemote: true, Hosts: []string{"Bot.example"}}
	for name, x := range map[string]struct {
		opts   *inspect.Options
		change func(*http.Request)
		want   int
	}{
		"this machine":               {nil, nil, 200},
		"by IPv6":                    {nil, all(from("[::1]:9"), host("[::1]:8080")), 200},
		"by an IPv4 address in IPv6": {nil, from("[::ffff:127.0.0.1]:9"), 200},
		"by name":                    {nil, host("localhost:8080"), 200},
		"another machine":            {nil, from("192.0.2.7:9"), 403},
		"no address":                 {nil, from("@"), 403},
		"forwarded":                  {nil, with("X-Forwarded-For", "192.0.2.7"), 403},
		"forwarded, as it should be": {nil, with("Forwarded", "for=192.0.2.7"), 403},
		"another name":               {nil, host("evil.example:8080"), 403},
		"a name that seems local":    {nil, host("127.0.0.1.evil.example"), 403},
		"another address":            {nil, host("192.0.2.1:8080"), 403},
		"no name":                    {nil, host(""), 403},
		"a page of another site":     {nil, with("Sec-Fetch-Site", "cross-site"), 403},
		"one of the same site":       {nil, with("Sec-Fetch-Site", "same-site"), 403},
		"its own page":               {nil, with("Sec-Fetch-Site", "same-origin"), 200},
		"another origin":             {nil, with("Origin", "http://evil.example"), 403},
		"no origin":                  {nil, with("Origin", "null"), 403},
		"its own origin":             {nil, with("Origin", "http://127.0.0.1:8080"), 200},
		"allowed machine":            {remote, all(from("192.0.2.7:9"), host("bot.example:80")), 200},
		"allowed address":            {remote, all(from("192.0.2.7:9"), host("192.0.2.1:80")), 200},
		"allowed, another name":      {remote, all(from("192.0.2.7:9"), host("evil.example")), 403},
		"allowed, another site":      {remote, all(from("192.0.2.7:9"), host("bot.example"), with("Sec-Fetch-Site", "cross-site")), 403},
	} {
		c := newClient(t, agent, x.opts)
		if status, text, _ := c.status("POST", "/api/sessions", "{}", x.change); status != x.want {
			t.Errorf("%s: status %d, want %d: %s", name, status, x.want, text)
		}
	}
}

// TestPage checks that the page comes with its policy under any path, and that
// it has no scripts or styles but those in files of their own.
func TestPage(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	for mount, path := range map[string]string{"/inspect": "/inspect/", "/a/b/": "/a/b/", "": "/"} {
		at := client{t, http.StripPrefix(mount, c.h)}
		status, text, header := at.status("GET", path, "", nil)
		if status != http.StatusOK || !strings.HasPrefix(text, "<!DOCTYPE html>") || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'") ||
			header.Get("X-Content-Type-Options") != "nosniff" || header.Get("Cache-Control") != "no-store" {
			t.Errorf("at %q: status %d, %v", mount, status, header)
		}
		for _, odd := range []string{"<style", "style=", "onclick", "onload", `="/`, "http:", "https:", "<script>"} {
			if strings.Contains(text, odd) {
				t.Errorf("the page has %q", odd)
			}
		}
		var files []string
		for _, piece := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("\"<> =", r) }) {
			if strings.HasSuffix(piece, ".js") || strings.HasSuffix(piece, ".css") {
				files = append(files, piece)
			}
		}
		if len(files) < 3 || !slices.ContainsFunc(files, func(f string) bool { return strings.HasSuffix(f, ".css") }) {
			t.Errorf("the page loads only %v", files)
		}
		for _, file := range files {
			if status, _, header := at.status("GET", path+file, "", nil); status != http.StatusOK || !strings.HasPrefix(header.Get("Content-Type"), "text/") {
				t.Errorf("at %q: %s has status %d, %s", mount, file, status, header.Get("Content-Type"))
			}
		}
	}
}

func TestNewRefuses(t *testing.T) {
	if _, err := inspect.New(nil, nil); err == nil || !strings.Contains(err.Error(), "inspect: the agent is nil") {
		t.Errorf("without an agent: %v", err)
	}
	c := newClient(t, teaShop(t), &inspect.Options{NewID: func() string { return "same" }})
	c.begin()
	w := httptest.NewRecorder()
	if c.h.ServeHTTP(w, request("POST", "/api/sessions", "{}", nil)); w.Code != http.StatusInternalServerError {
		t.Errorf("an id that is in use has status %d", w.Code)
	}
}
