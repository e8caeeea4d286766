package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend"
)

// A testing is a service with a server in front of it.
type testService struct {
	*app
	url string
	log *lines
}

// serveTest serves with a config that change may adjust.
func serveTest(t *testing.T, change func(*config)) *testService {
	t.Helper()
	cfg := config{store: "memory", files: store.Demo(), turn: 20 * time.Second, grace: time.Second}
	if change != nil {
		change(&cfg)
	}
	log := &lines{}
	a, err := newApp(t.Context(), cfg, slog.New(slog.NewJSONHandler(log, nil)), io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(a.handler())
	t.Cleanup(func() {
		server.Close()
		if err := a.close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	return &testService{a, server.URL, log}
}

// lines is a log that tests read.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string

	Text, Lang string
	Seq        int
	Again      bool
	Error      problem
}

// ask sends a request with headers given in pairs.
func ask(t testing.TB, method, url, body string, header ...string) answer {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	b, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	out := answer{status: response.StatusCode, header: response.Header, body: string(b)}
	_ = json.Unmarshal(b, &out) // not all of it is JSON
	return out
}

const jsonType = "application/json"

// post sends a message.
func post(t testing.TB, base, id string, msg message, header ...string) answer {
	t.Helper()
	b, err := json.Marshal(msg)
	if err != nil {
		t.Fatal(err)
	}
	return ask(t, "POST", base+"/v1/sessions/"+id+"/messages", string(b), append(header, "Content-Type", jsonType)...)
}

// MarshalJSON leaves out what is empty.
func (m message) MarshalJSON() ([]byte, error) {
	out := map[string]string{}
	for k, v := range map[string]string{"id": m.ID, "text": m.Text, "user": m.User, "lang": m.Lang} {
		if v != "" {
			out[k] = v
		}
	}
	return json.Marshal(out)
}

// An event is one of a stream.
type event struct {
	name, data string
}

// events reads a stream.
func events(t testing.TB, body string) []event {
	t.Helper()
	var out []event
	for lines := bufio.NewScanner(strings.NewReader(body)); lines.Scan(); {
		name, data, _ := strings.Cut(lines.Text(), ": ")
		switch {
		case name == "event":
			out = append(out, event{name: data})
		case name == "data" && len(out) > 0:
			out[len(out)-1].data = data
		}
	}
	return out
}

// slow is a model that words as the template does, sentence by sentence, each
// once it is let.
type slow struct {
	mu    sync.Mutex
	calls int
	began chan struct{} // gets one with each call
	next  chan struct{} // closed, or one for each call
}

func newSlow() *slow { return &slow{began: make(chan struct{}, 10), next: make(chan struct{}, 10)} }

func (s *slow) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	s.mu.Lock()
	s.calls++
	s.mu.Unlock()
	s.began <- struct{}{}
	select {
	case <-s.next:
	case <-ctx.Done():
		return recommend.Response{}, ctx.Err()
	}
	out, err := recommend.Template{}.Generate(ctx, r, each)
	out.Name, out.Usage = "slow", map[string]int{recommend.TokensIn: 100}
	return out, err
}

func (s *slow) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls
}

// twoTenants are the tokens of tests.
func twoTenants(t testing.TB) tokens {
	t.Helper()
	var out tokens
	for tenant, secret := range map[string]string{"north": northToken, "south": southToken} {
		if err := out.add(tenant, secret); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

const northToken, southToken = "north-0123456789abcdef01234", "south-0123456789abcdef01234"

// keyring is a keyring of test keys.
func keyring(t testing.TB, names ...string) *session.Keyring {
	t.Helper()
	var secrets []session.Secret
	for _, name := range names {
		secrets = append(secrets, session.Secret{Name: name, Key: bytes.Repeat([]byte(name[:1]), 32)})
	}
	k, err := session.NewKeyring(&session.KeyringOptions{Users: bytes.Repeat([]byte("u"), 32)}, secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}
