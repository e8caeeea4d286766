package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

// TestRun starts the command without an argument, as the README does, and ends
// its input.
func TestRun(t *testing.T) {
	t.Chdir(t.TempDir())
	t.Setenv("SERVICE_STORE", "")
	input, typing := io.Pipe()
	printed, out := io.Pipe()
	code := make(chan int, 1)
	log := &lines{}
	go func() { code <- run(t.Context(), nil, input, out, log) }()
	url := address(t, printed)
	if a := post(t, url, "1", message{Text: "你好"}); a.status != 200 || a.Lang != "zh" {
		t.Errorf("%d %s", a.status, a.body)
	}
	typing.Close()
	if got := wait(t, code); got != 0 {
		t.Errorf("exit status %d", got)
	}
	if _, err := os.Stat("service.db"); err != nil || !strings.Contains(log.String(), "the input has ended") {
		t.Errorf("%v; the log is\n%s", err, log)
	}
}

// A command whose input has ended already starts, and ends well.
func TestRunWithoutInput(t *testing.T) {
	var out bytes.Buffer
	log := &lines{}
	if code := run(t.Context(), []string{"-store", "memory"}, strings.NewReader(""), &out, log); code != 0 || !strings.HasPrefix(out.String(), "http://127.0.0.1:") {
		t.Errorf("exit status %d, %s%s", code, out.String(), log.String())
	}
}

// address reads what the command prints.
func address(t *testing.T, printed io.Reader) string {
	t.Helper()
	line := make([]byte, 200)
	n, err := printed.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSuffix(strings.TrimSpace(string(line[:n])), "/")
	if !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the command prints %q", url)
	}
	return url
}

func wait[T any](t *testing.T, done <-chan T) (out T) {
	t.Helper()
	select {
	case out = <-done:
	case <-time.After(30 * time.Second):
		t.Error("it does not end")
	}
	return out
}

func TestCommandLine(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	short, three := file("short", "north x\n"), file("three", "a b c\n")
	same := file("same", "north "+northToken+"\nsouth "+northToken+"\n")
	key, users := file("key", "a notbase64\n"), file("users", "users dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXV1dXU=\n")
	for _, x := range []struct {
		want int
		says string
		args []string
	}{
		{0, "-store", []string{"-h"}},
		{2, "nonsense", []string{"-nonsense"}},
		{2, "talk.txt", []string{"talk.txt"}},
		{2, "needs -tokens", []string{"-addr", ":0"}},
		{2, "needs -tokens", []string{"-addr", "0.0.0.0:0"}},
		{2, "-addr", []string{"-addr", "nowhere"}},
		{2, "needs 24", []string{"-tokens", short}},
		{2, "line 1 has 3 words", []string{"-tokens", three}},
		{2, "the same token", []string{"-tokens", same}},
		{2, "32 bytes", []string{"-keys", key}},
		{2, "there is no key", []string{"-keys", users}},
		{2, "needs -keys", []string{"-rekey"}},
		{2, "no such file", []string{"-keys", filepath.Join(dir, "none")}},
		{1, "opening the store", []string{"-store", "mysql://x"}},
		{1, "opening the store", []string{"-store", filepath.Join(dir, "none", "x.db")}},
		{1, "opening the shop", []string{"-store", "memory", "-data", dir}},
	} {
		var out bytes.Buffer
		if got := run(t.Context(), x.args, nil, io.Discard, &out); got != x.want || !strings.Contains(out.String(), x.says) {
			t.Errorf("%v: exit status %d, %s, want %d and %q", x.args, got, out.String(), x.want, x.says)
		}
	}
}

// start runs a service until stop is called, which returns its error.
func start(t *testing.T, change func(*config)) (url string, log *lines, stop context.CancelFunc, ended <-chan error) {
	t.Helper()
	cfg := config{addr: "127.0.0.1:0", store: "memory", files: store.Demo(), turn: 20 * time.Second, grace: 20 * time.Second}
	change(&cfg)
	log = &lines{}
	printed, out := io.Pipe()
	ctx, stop := context.WithCancel(context.Background())
	t.Cleanup(stop)
	done := make(chan error, 1)
	go func() {
		done <- serveUntil(ctx, cfg, nil, slog.New(slog.NewJSONHandler(log, nil)), out)
		out.Close()
	}()
	url = address(t, printed)
	go io.Copy(io.Discard, printed) // telemetry
	return url, log, stop, done
}

// A turn that is in flight when the service stops is answered and kept; no
// further one is taken.
func TestStopDuringTurn(t *testing.T) {
	model, file := newSlow(), filepath.Join(t.TempDir(), "service.db")
	url, _, stop, ended := start(t, func(c *config) { c.model, c.store, c.telemetry = model, file, true })
	answered := make(chan answer, 1)
	go func() { answered <- post(t, url, "s", message{ID: "1", Text: "a gaming laptop"}) }()
	<-model.began
	stop()
	for refused := false; !refused; time.Sleep(5 * time.Millisecond) {
		response, err := http.Get(url + "/healthz")
		if refused = err != nil; err == nil {
			response.Body.Close()
		}
	}
	close(model.next)
	first := wait(t, answered)
	if err := wait(t, ended); err != nil || first.status != 200 {
		t.Errorf("%d %s, then %v", first.status, first.body, err)
	}
	s := serveTest(t, func(c *config) { c.store = file })
	if a := post(t, s.url, "s", message{ID: "1", Text: "a gaming laptop"}); !a.Again || a.Text != first.Text {
		t.Errorf("after the restart: %s, want %s", a.body, first.body)
	}
}

// A turn that takes too long is given up, and its message may be sent again.
func TestStopGivesUp(t *testing.T) {
	model, file := newSlow(), filepath.Join(t.TempDir(), "service.db")
	url, _, stop, ended := start(t, func(c *config) { c.model, c.store, c.grace = model, file, 50*time.Millisecond })
	go func() {
		response, err := http.Post(url+"/v1/sessions/s/messages", jsonType, strings.NewReader(`{"id":"1","text":"a gaming laptop"}`))
		if err == nil {
			response.Body.Close()
		}
	}()
	<-model.began
	stop()
	if err := wait(t, ended); err == nil || !strings.Contains(err.Error(), "given up") {
		t.Errorf("it ends with %v", err)
	}
	s := serveTest(t, func(c *config) { c.store = file })
	if a := post(t, s.url, "s", message{ID: "1", Text: "a gaming laptop"}); a.Again || a.status != 200 {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// A turn that takes longer than a turn may is an error, and nothing is kept.
func TestTurnTimesOut(t *testing.T) {
	model := newSlow()
	s := serveTest(t, func(c *config) { c.model, c.turn = model, 50*time.Millisecond })
	a := post(t, s.url, "s", message{ID: "1", Text: "a gaming laptop"})
	if a.status != http.StatusGatewayTimeout || a.Error.Code != "timeout" || a.header.Get("Retry-After") == "" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Two servers on one database have one conversation, and stores of servers are
// readied like any other.
func TestReplicas(t *testing.T) {
	for _, name := range []string{"SLOTGRAPH_POSTGRES", "SLOTGRAPH_REDIS"} {
		t.Run(name, func(t *testing.T) {
			place := os.Getenv(name)
			if place == "" {
				t.Skipf("set %s to the URL of a server to try it", name)
			}
			left := serveTest(t, func(c *config) { c.store = place })
			right := serveTest(t, func(c *config) { c.store = place })
			user := "test-" + time.Now().Format("150405.000000")
			defer ask(t, "DELETE", left.url+"/v1/users/"+user, "")
			for i, x := range []struct{ url, text, want string }{
				{left.url, "a phone for photography under 4000 yuan", "Xiaomi 14"},
				{right.url, "有黑色的吗", "小米 14"},
				{left.url, "what does the second one cost?", "¥3,999"},
			} {
				msg := message{ID: x.text, Text: x.text, User: user}
				if a := post(t, x.url, user, msg); a.status != 200 || a.Seq != i+1 || !strings.Contains(a.Text, x.want) {
					t.Errorf("%q: %d %s", x.text, a.status, a.body)
				}
			}
			again := message{ID: "有黑色的吗", Text: "有黑色的吗", User: user}
			if a := post(t, left.url, user, again); !a.Again {
				t.Errorf("%d %s", a.status, a.body)
			}
			if a := ask(t, "GET", right.url+"/readyz", ""); a.status != 200 {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
}
