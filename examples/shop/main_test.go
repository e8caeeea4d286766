package main

import (
	"bytes"
	"context"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

var update = flag.Bool("shop.update", false, "rewrite the transcripts in testdata")

// start runs the command on what comes through a pipe.
func start(t testing.TB, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(stdin), &out, &errs)
	return code, out.String(), errs.String()
}

// opened is the shop that the tests share.
var opened = sync.OnceValues(func() (*store.Shop, error) { return store.Open(context.Background(), store.Demo()) })

// hold has the conversation of a customer's lines. Pictures go to a folder that
// it calls PICTURES.
func hold(t testing.TB, lines string) string {
	t.Helper()
	s, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	folder := t.TempDir()
	if err := (&talk{shop: s, lang: "en", folder: folder}).replay(context.Background(), strings.NewReader(lines), &out); err != nil {
		t.Error(err)
	}
	return strings.ReplaceAll(out.String(), folder+string(filepath.Separator), "PICTURES/")
}

// TestScripts replays every script and compares the conversation with the one
// on record. After a change that is meant, run the test with -shop.update and
// read the difference.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("data/scripts/*.txt")
	if err != nil || len(scripts) < 8 {
		t.Fatalf("found %d scripts, want at least 8 (%v)", len(scripts), err)
	}
	for _, script := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(script), ".txt"), func(t *testing.T) {
			lines, err := os.ReadFile(script)
			if err != nil {
				t.Fatal(err)
			}
			got := hold(t, string(lines))
			golden := filepath.Join("testdata", strings.TrimSuffix(filepath.Base(script), ".txt")+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatalf("%v; write the transcript with -shop.update", err)
			}
			if got != string(want) {
				t.Errorf("the conversation has changed at %s\n(if that is meant, run with -shop.update)", difference(string(want), got))
			}
		})
	}
}

// difference shows the first line that differs.
func difference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range w {
		if i >= len(g) {
			return "its end, before\n  " + w[i]
		}
		if w[i] != g[i] {
			return "\n- " + w[i] + "\n+ " + g[i]
		}
	}
	return "its end, which goes on with\n  " + strings.Join(g[len(w):], "\n  ")
}

// TestPipe checks that a pipe is answered as a script is, without a prompt,
// and that the same words get the same answers to the byte.
func TestPipe(t *testing.T) {
	const lines = "# a comment\n\n  我想买个手机，3000以内，不要华为  \r\n第二个多重？\n:why\n"
	code, got, stderr := start(t, lines)
	if code != 0 || stderr != "" {
		t.Fatalf("exit status %d: %s", code, stderr)
	}
	if !strings.HasPrefix(got, "you: 我想买个手机，3000以内，不要华为\nshop: ") || strings.Count(got, "\nyou: ") != 2 || !strings.HasSuffix(got, "\n") {
		t.Errorf("not the conversation's three turns:\n%s", got)
	}
	if again := hold(t, lines); again != got {
		t.Errorf("the same words again get other answers at %s", difference(got, again))
	}
}

// TestScript checks that -script replays a file as a pipe is answered.
func TestScript(t *testing.T) {
	script := filepath.Join("data", "scripts", "mixed.txt")
	lines, err := os.ReadFile(script)
	if err != nil {
		t.Fatal(err)
	}
	code, got, stderr := start(t, "not read", "-script", script)
	if want := hold(t, string(lines)); code != 0 || got != want {
		t.Errorf("exit status %d, %s; the script's conversation differs at %s", code, stderr, difference(want, got))
	}
}

func TestQuitEndsTheTalk(t *testing.T) {
	for _, quit := range []string{":quit", "：quit", ":quit now"} {
		got := hold(t, "hello\n"+quit+"\nhello\n")
		if strings.Count(got, "you: ") != 2 || !strings.HasSuffix(got, "shop: Goodbye!\n") {
			t.Errorf("%s: the talk goes\n%s", quit, got)
		}
	}
}

// TestBadInput checks that no message breaks the talk: each is answered, in
// text fit for a terminal, and those that say nothing lose nothing of what was
// understood before.
func TestBadInput(t *testing.T) {
	for name, bad := range map[string]struct {
		message string
		nothing bool
	}{
		"10,000 characters": {strings.Repeat("手机", 5000), false},
		"a long word":       {strings.Repeat("a", 10_000), true},
		"far too long":      {strings.Repeat("phone ", 50_000), true},
		"invalid UTF-8":     {"\xff\xfe手\x80机", false},
		"control":           {"\x00\x1b[31m\x07", true},
		"signs":             {"?!?!…… 🙂🙂 ~~~", true},
		"a bare colon":      {":", true},
		"template":          {"{{.Facts}} %s %d <script>", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := hold(t, "a laptop under 8000 yuan\n"+bad.message+"\n:state\n")
			if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }) {
				t.Errorf("unfit for a terminal: %q", got)
			}
			turns := strings.Split(got, "you: ")
			if len(turns) != 4 {
				t.Fatalf("%d turns, want 3:\n%s", len(turns)-1, got)
			}
			if held := strings.ReplaceAll(turns[3], ",", ""); bad.nothing && !strings.Contains(held, "8000") {
				t.Errorf("the wishes from before are lost:\n%s", turns[3])
			}
		})
	}
}

func TestCommandLine(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"-script", "no-such-file.txt"}, 1, "no-such-file.txt"},
		{[]string{"-script", t.TempDir()}, 1, "reading the script"},
		{[]string{"-scrpt", "x"}, 2, "-script"},
		{[]string{"talk.txt"}, 2, "-script talk.txt"},
		{[]string{"-h"}, 0, "-script"},
		{[]string{"-data", "no-such-folder"}, 1, "mapping.json"},
	} {
		code, stdout, stderr := start(t, "", c.args...)
		if code != c.code || stdout != "" || !strings.Contains(stderr, c.says) {
			t.Errorf("%v: exit status %d, want %d; output %q; errors %q, want them to speak of %q", c.args, code, c.code, stdout, stderr, c.says)
		}
	}
}

func TestLineBeyondAllBounds(t *testing.T) {
	s, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	in := strings.NewReader(strings.Repeat("x", maxLine+1))
	if err := (&talk{shop: s, lang: "en"}).replay(context.Background(), in, io.Discard); err == nil || !strings.Contains(err.Error(), "too long") {
		t.Errorf("error %v; want one that says that the line is too long", err)
	}
}

// TestOwnData sells what a folder describes: the demo with one price changed.
func TestOwnData(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, store.Demo()); err != nil {
		t.Fatal(err)
	}
	catalogue := filepath.Join(dir, "catalogue.json")
	raw, err := os.ReadFile(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	raw = bytes.Replace(raw, []byte(`"amount": 3699`), []byte(`"amount": 3701`), 1) // of the first product with this price, the iPhone 13
	if err := os.WriteFile(catalogue, raw, 0o644); err != nil {
		t.Fatal(err)
	}
	const ask = "how much is the iPhone 13?\n"
	if _, got, stderr := start(t, ask, "-data", dir); !strings.Contains(got, "¥3,701") {
		t.Errorf("the folder's price is not told: %s%s", got, stderr)
	}
	if got := hold(t, ask); !strings.Contains(got, "¥3,699") {
		t.Errorf("the demo's price is not told: %s", got)
	}
}

// TestTwoTalksAtOnce checks that conversations share the shop and nothing
// else: with others going on beside it, each goes as it does alone.
func TestTwoTalksAtOnce(t *testing.T) {
	talks := []string{
		"I need a phone under 4000, not Xiaomi\nhow heavy is the second one?\n:state\n:facts\n",
		"想买个游戏本，不要联想，9000以内\n第一个多少钱\n:state\n:facts\n",
	}
	alone := []string{hold(t, talks[0]), hold(t, talks[1])}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if got := hold(t, talks[i%2]); got != alone[i%2] {
				t.Errorf("beside others, talk %d differs at %s", i, difference(alone[i%2], got))
			}
		})
	}
	wg.Wait()
}

func TestCancelledTalk(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var out, errs bytes.Buffer
	if code := run(ctx, nil, strings.NewReader("hello\n"), &out, &errs); code != 1 || !strings.Contains(errs.String(), "canceled") {
		t.Errorf("exit status %d, %q; want 1 and that the talk was cancelled", code, errs.String())
	}
}

// BenchmarkStart is what a customer waits for the first answer: loading the
// shop, training the intents and one turn.
func BenchmarkStart(b *testing.B) {
	for b.Loop() {
		if code, out, stderr := start(b, "I need a phone under 4000\n"); code != 0 || !strings.Contains(out, "shop: ") {
			b.Fatal(code, stderr)
		}
	}
}
