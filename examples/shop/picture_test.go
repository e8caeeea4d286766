package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/kg"
)

// TestGraphFiles draws a product in each form.
func TestGraphFiles(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]string{
		"a.html": "<bdi>苹果 iPhone 15 128GB</bdi>", "b.DOT": "digraph {", "c.mmd": "graph LR", "with space.json": `"ref": "iphone-15-128"`,
	} {
		file := filepath.Join(dir, name)
		if got := hold(t, ":lang zh\n:graph 苹果15 > "+file+"\n"); !strings.HasSuffix(got, "图："+file+"\n") {
			t.Errorf("%s: the talk ends\n%s", name, got)
		}
		drawn, err := os.ReadFile(file)
		if err != nil || !strings.Contains(string(drawn), want) {
			t.Errorf("%s: %v; want it to have %s", name, err, want)
		}
	}
	var p kg.Picture
	raw, err := os.ReadFile(filepath.Join(dir, "with space.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &p); err != nil || len(p.Edges) < 50 || p.Cut {
		t.Errorf("the JSON has %d facts, cut %v, %v", len(p.Edges), p.Cut, err)
	}
}

// TestGraphPage checks that the page speaks the language of the conversation,
// and that a file of its own is made where none is named.
func TestGraphPage(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s, err := opened()
	if err != nil {
		t.Fatal(err)
	}
	talk := &talk{shop: s, lang: "zh"}
	said, err := talk.showGraph(context.Background(), "brand:apple")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(talk.folder, "brand-apple.html")
	page, err := os.ReadFile(file)
	if err != nil || !strings.HasSuffix(said, "图："+file) {
		t.Fatalf("said %s, %v; want the file %s", said, err, file)
	}
	for _, want := range []string{`<html lang="zh"`, "<title>苹果</title>", "<span><bdi>品牌</bdi></span>", "<bdi>配件</bdi>"} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page has no %s", want)
		}
	}
}
