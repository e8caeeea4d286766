package inspect_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

func TestTurn(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	_, turns := c.begin("I'd like a green tea", "一百元以下")
	first, second := turns[0], turns[1]
	if got := first.State.Flat()["sort"]; got != "green" || len(first.Reply.Items) != 2 || len(first.Reply.Trace.Decisions) == 0 {
		t.Errorf("sort %q, items %v, decisions %v", got, first.Reply.Items, first.Reply.Trace.Decisions)
	}
	if w := first.Slots["sort"]; w.Label["zh"] != "品种" || w.Values["green"]["zh"] != "绿茶" || w.Values["green"]["en"] != "green tea" {
		t.Errorf("the words for sort are %v", w)
	}
	if first.Names["t3"]["zh"] != "雪芽" || len(first.Facts) != len(first.Reply.Facts) || first.Facts[0].Fact != "f1" {
		t.Errorf("names %v, facts %v", first.Names, first.Facts)
	}
	if second.Reply.Lang != "zh" || second.State.Turn != 2 || len(second.Reply.Items) != 1 {
		t.Errorf("the second turn is %+v", second)
	}
}

func TestUndoAndBranch(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	path, turns := c.begin("green tea", "under 100 yuan", "how much is it?")
	var branch, got talk
	c.ok("POST", path+"/branch", object{"keep": 1}, &branch)
	c.ok("POST", path+"/undo", object{}, &got)
	if len(got.Turns) != 2 || got.Turns[1].State.Flat()["price"] != turns[1].State.Flat()["price"] {
		t.Errorf("after undo there are %d turns", len(got.Turns))
	}
	c.ok("POST", path+"/undo", object{"keep": 0}, &got)
	c.ok("POST", path+"/turns", object{"message": "oolong"}, nil)
	c.ok("GET", path, nil, &got)
	if len(got.Turns) != 1 || got.Turns[0].State.Turn != 1 || got.Turns[0].State.Flat()["sort"] != "oolong" {
		t.Errorf("from the start again, the turns are %+v", got.Turns)
	}
	c.ok("POST", "/api/sessions/"+branch.ID+"/turns", object{"message": "over 100 yuan"}, nil)
	c.ok("GET", "/api/sessions/"+branch.ID, nil, &got)
	if len(got.Turns) != 2 || got.Turns[0].Message != "green tea" || got.Turns[1].State.Flat()["sort"] != "green" {
		t.Errorf("the branch has %+v", got.Turns)
	}
	c.ok("DELETE", path, nil, nil)
	if status, _, _ := c.status("GET", path, "", nil); status != http.StatusNotFound {
		t.Errorf("the conversation let go has status %d", status)
	}
}

type replayed struct {
	Turns [][]struct{ Part, Before, Now string } `json:"turns"`
	Talk  *talk                                  `json:"talk"`
}

// TestReplay replays a conversation with an agent that is the same, and with
// one that has changed.
func TestReplay(t *testing.T) {
	agent := teaShop(t)
	shout := false
	c := newClient(t, agent, &inspect.Options{Reply: func(ctx context.Context, s dst.State, m string, parts ...recommend.Part) (recommend.Reply, dst.State, error) {
		r, s, err := agent.Reply(ctx, s, m, parts...)
		if shout && strings.Contains(m, "how much") {
			r.Text = strings.ToUpper(r.Text)
		}
		return r, s, err
	}})
	path, _ := c.begin("green tea", "how much is the first one?")
	var got replayed
	c.ok("POST", path+"/replay", object{}, &got)
	if len(got.Turns) != 2 || len(got.Turns[0])+len(got.Turns[1]) != 0 || got.Talk != nil {
		t.Errorf("the same agent gives %+v", got)
	}
	shout = true
	c.ok("POST", path+"/replay", object{"keep": true}, &got)
	if len(got.Turns[0]) != 0 || len(got.Turns[1]) != 1 || got.Turns[1][0].Part != "text" || got.Turns[1][0].Now != strings.ToUpper(got.Turns[1][0].Before) {
		t.Errorf("an agent that shouts gives %+v", got.Turns)
	}
	if got.Talk == nil || got.Talk.Turns[1].Reply.Text != got.Turns[1][0].Now {
		t.Errorf("kept were %+v", got.Talk)
	}
}

// TestTranscript plays an exported conversation again.
func TestTranscript(t *testing.T) {
	agent := teaShop(t)
	at := &clock{at: noon}
	c := newClient(t, agent, &inspect.Options{Now: at.now, Idle: 100 * time.Hour})
	path, _ := c.begin("green tea for tomorrow", "how much is the second one?", "", `"quoted" and
on two lines `, strings.Repeat("x", dst.MaxMessage+1))
	at.pass(24 * time.Hour)
	c.ok("POST", path+"/turns", object{"message": "明天要，乌龙茶"}, nil)
	status, text, header := c.status("GET", path+"/talk.txt", "", nil)
	if status != http.StatusOK || !strings.Contains(header.Get("Content-Disposition"), "conversation.txt") {
		t.Fatalf("status %d, %v", status, header)
	}
	for _, want := range []string{"== conversation\nclock: 2026-11-23 12:00\nuser: green tea for tomorrow\n", "day=2026-11-24", "clock: 2026-11-24 12:00\n", "day=2026-11-25", "bot: offer name=Snow Bud"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the transcript:\n%s", want, text[:min(len(text), 2000)])
		}
	}
	played, err := dsttest.Play(t.Context(), agent.Tracker(), "conversation.txt", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if played != text {
		t.Errorf("played, the transcript is\n%s\nwant\n%s", played, text)
	}
}

// TestImport takes up an exported conversation in another inspector.
func TestImport(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	path, _ := c.begin("green tea", "how much is the first one?")
	_, file, _ := c.status("GET", path+"/session.json", "", nil)
	other := newClient(t, teaShop(t), nil)
	status, text, _ := other.status("POST", "/api/sessions", file, nil)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, text)
	}
	id := strings.Split(text, `"`)[3]
	if _, again, _ := other.status("GET", "/api/sessions/"+id+"/session.json", "", nil); again != file {
		t.Errorf("exported again it is\n%s\nwant\n%s", again, file)
	}
	var got replayed
	other.ok("POST", "/api/sessions/"+id+"/replay", object{}, &got)
	if len(got.Turns) != 2 || len(got.Turns[0])+len(got.Turns[1]) != 0 {
		t.Errorf("replayed there, it differs in %+v", got.Turns)
	}
}

func TestGraph(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	var got struct {
		Name      map[string]string `json:"name"`
		Relations []struct {
			Predicate string `json:"predicate"`
			Back      bool   `json:"back"`
			Count     int    `json:"count"`
			Ends      []struct {
				ID     string            `json:"id"`
				Text   map[string]string `json:"text"`
				Source string            `json:"source"`
			} `json:"ends"`
		} `json:"relations"`
	}
	c.ok("GET", "/api/graph?id=t1", nil, &got)
	seen := ""
	for _, r := range got.Relations {
		seen += fmt.Sprintf("%s %v %d %s %s; ", r.Predicate, r.Back, r.Count, r.Ends[0].ID, r.Ends[0].Text["zh"])
	}
	if got.Name["zh"] != "龙井" || !strings.Contains(seen, "sort false 1  绿茶; ") || !strings.Contains(seen, "goes_with true 4 t1 龙井; ") {
		t.Errorf("around %v stands %s", got.Name, seen)
	}
	if status, _, _ := c.status("GET", "/api/graph?id=nothing", "", nil); status != http.StatusNotFound {
		t.Errorf("an unknown thing has status %d", status)
	}
	status, text, header := c.status("GET", "/api/graph.html?id=t4&lang=zh", "", nil)
	if status != http.StatusOK || !strings.Contains(text, "&lt;img") || strings.Contains(text, "<img") || !strings.HasPrefix(header.Get("Content-Security-Policy"), "sandbox allow-scripts;") {
		t.Errorf("the picture's page: status %d, %v", status, header)
	}
}

// TestSessions checks that conversations are apart, bounded and let go.
func TestSessions(t *testing.T) {
	at, n := &clock{at: noon}, 0
	c := newClient(t, teaShop(t), &inspect.Options{Sessions: 2, Idle: time.Hour, Turns: 2, Now: at.now, NewID: func() string { n++; return fmt.Sprint("s", n) }})
	first, _ := c.begin("green tea")
	at.pass(time.Minute)
	second, turns := c.begin("oolong")
	if turns[0].State.Flat()["sort"] != "oolong" || turns[0].State.Turn != 1 {
		t.Errorf("the second conversation has the state %+v", turns[0].State)
	}
	at.pass(time.Minute)
	c.ok("GET", first, nil, nil) // so the second one is idle longest
	at.pass(time.Minute)
	third, _ := c.begin("green", "oolong")
	for path, want := range map[string]int{first: http.StatusOK, second: http.StatusNotFound, third: http.StatusOK} {
		if status, _, _ := c.status("GET", path, "", nil); status != want {
			t.Errorf("%s has status %d, want %d", path, status, want)
		}
	}
	if status, text, _ := c.status("POST", third+"/turns", `{"message":"green"}`, nil); status != http.StatusConflict || !strings.Contains(text, "2 turns at most") {
		t.Errorf("a third turn has status %d: %s", status, text)
	}
	at.pass(time.Hour + time.Minute)
	if status, _, _ := c.status("GET", third, "", nil); status != http.StatusNotFound {
		t.Errorf("after an hour the status is %d", status)
	}
}

// TestTogether has many talk at once, in conversations of their own and in one.
func TestTogether(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	shared, _ := c.begin()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			path, _ := c.begin("green tea", "how much is it?")
			for _, step := range []string{"/turns", "/undo", "/replay", "/branch", "/turns"} {
				body := object{}
				if step == "/turns" {
					body["message"] = fmt.Sprint("under ", 50+i)
				}
				c.ok("POST", path+step, body, nil)
			}
			c.ok("POST", shared+"/turns", object{"message": "green tea"}, nil)
			c.ok("GET", shared, nil, nil)
		})
	}
	wg.Wait()
	var got talk
	c.ok("GET", shared, nil, &got)
	for i, x := range got.Turns {
		if x.State.Turn != i+1 {
			t.Errorf("turn %d of the shared conversation has state %d", i+1, x.State.Turn)
		}
	}
	if len(got.Turns) != 6 {
		t.Errorf("the shared conversation has %d turns, want 6", len(got.Turns))
	}
}

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
