package main

import (
	"context"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// TestRun starts the command, asks for its page, and ends its input.
func TestRun(t *testing.T) {
	input, typing := io.Pipe()
	printed, out := io.Pipe()
	code := make(chan int, 1)
	go func() { code <- run(t.Context(), []string{"-lang", "zh"}, input, out, os.Stderr) }()
	line := make([]byte, 200)
	n, err := printed.Read(line)
	if err != nil {
		t.Fatal(err)
	}
	url := strings.TrimSpace(string(line[:n]))
	if !strings.HasPrefix(url, "http://127.0.0.1:") {
		t.Fatalf("the command prints %q", url)
	}
	for path, want := range map[string]string{"": "<title>slotgraph</title>", "api/about": `"lang":"zh"`} {
		response, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		if err != nil || response.StatusCode != http.StatusOK || !strings.Contains(string(text), want) {
			t.Errorf("%s: status %s, %v, without %q:\n%s", path, response.Status, err, want, text)
		}
	}
	typing.Close()
	select {
	case got := <-code:
		if got != 0 {
			t.Errorf("exit status %d", got)
		}
	case <-time.After(20 * time.Second):
		t.Error("the command goes on after the end of its input")
	}
}

func TestCommandLine(t *testing.T) {
	for want, args := range map[int][][]string{
		0: {{"-h"}},
		1: {{"-addr", "nowhere:x"}, {"-data", "testdata/none"}},
		2: {{"-lang", "fr"}, {"-nonsense"}, {"talk.txt"}},
	} {
		for _, a := range args {
			if got := run(context.Background(), a, nil, io.Discard, io.Discard); got != want {
				t.Errorf("%v: exit status %d, want %d", a, got, want)
			}
		}
	}
}
