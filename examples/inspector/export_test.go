package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/internal/webtest"
)

// play plays a transcript of the shop's bot.
func play(t *testing.T, shop *store.Shop, text string) string {
	t.Helper()
	played, err := dsttest.Play(t.Context(), shop.Agent.Tracker(), "conversation.txt", text, nil)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return played
}

// TestScripts exports the conversations of the shop's scripts, and plays them.
func TestScripts(t *testing.T) {
	scripts, err := filepath.Glob("../shop/data/scripts/*.txt")
	if err != nil || len(scripts) < 8 {
		t.Fatalf("found %d scripts, want at least 8 (%v)", len(scripts), err)
	}
	shop, err := demo()
	if err != nil {
		t.Fatal(err)
	}
	h, err := handler(shop, "")
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(h)
	defer server.Close()
	post := func(path string, in any) (out struct{ ID string }) {
		t.Helper()
		body, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		response, err := http.Post(server.URL+path, "application/json", bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if err := json.NewDecoder(response.Body).Decode(&out); err != nil || response.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", path, response.Status, err)
		}
		return out
	}
	d := &developer{Tab: &webtest.Tab{T: t}}
	for _, script := range scripts {
		lines, err := os.ReadFile(script)
		if err != nil {
			t.Fatal(err)
		}
		path := "/api/sessions/" + post("/api/sessions", struct{}{}).ID
		for line := range strings.Lines(string(lines)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, ":") {
				post(path+"/turns", map[string]string{"message": line})
			}
		}
		text := d.get(server.URL + path + "/talk.txt")
		if played := play(t, shop, text); played != text {
			t.Errorf("%s: the exported transcript is\n%s\nand played\n%s", script, text, played)
		}
	}
}
