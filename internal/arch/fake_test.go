package arch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fakeTree is a module in miniature with which nothing is wrong.
var fakeTree = map[string]string{
	"go.mod":                             "module " + module,
	".gitignore":                         "*.out\n",
	"run.out":                            "",
	"doc.go":                             "package slotgraph",
	"dst/dst.go":                         source("dst", "context", "github.com/shopspring/decimal", module+"/internal/text"),
	"dst/dst_test.go":                    source("dst_test", module+"/dst", "pgregory.net/rapid"),
	"dst/dsttest/dsttest.go":             source("dsttest", "testing", module+"/dst"),
	"dst/session/session.go":             source("session", "database/sql", module+"/dst"),
	"dst/testdata/ignored.go":            source("ignored", module+"/kg"),
	"intent/intent.go":                   source("intent", module+"/internal/text"),
	"kg/kg.go":                           source("kg", "github.com/cayleygraph/quad", "github.com/blevesearch/bleve/v2/search"),
	"recommend/recommend.go":             source("recommend", module+"/dst", module+"/intent", module+"/kg"),
	"recommend/openai/openai.go":         source("openai", "net/http", module+"/recommend"),
	"internal/text/text.go":              source("text", "golang.org/x/text/width"),
	"internal/benchmark/main.go":         source("main", module+"/examples/crosswoz/guide", module+"/internal/benchmark/b"),
	"internal/benchmark/b/b.go":          source("b", "github.com/cayleygraph/cayley/graph/path"),
	"examples/crosswoz/main.go":          source("main", module+"/examples/crosswoz/guide", "github.com/peterh/liner"),
	"examples/crosswoz/guide/guide.go":   source("guide", module+"/recommend/openai"),
	"examples/crosswoz/guide/g_test.go":  source("guide", "github.com/tidwall/gjson"),
	"internal/arch/.hidden/ignored.go":   source("ignored", "C"),
	"internal/arch/_unfinished/other.go": "not Go",
}

// source is a Go file that imports the paths, one a line from line 3 on.
func source(pkg string, imports ...string) string {
	var b strings.Builder
	b.WriteString("package " + pkg + "\nimport (\n")
	for _, p := range imports {
		b.WriteString("_ \"" + p + "\"\n")
	}
	return b.String() + ")\n"
}

// TestCheck shows that the checker finds what it is there to find, and nothing
// else: each case adds one file to a tree that is in order.
func TestCheck(t *testing.T) {
	for _, c := range []struct {
		file, source string
		want         []string
	}{
		{"dst/a.go", source("dst", module+"/internal/text"), nil},
		{"dst/a.go", source("dst", "fmt", module+"/kg"), []string{
			"dst/a.go:4: package dst may not import kg",
			"kg/kg.go:3: package dst must not reach dst -> kg -> github.com/cayleygraph/quad",
			"kg/kg.go:4: package dst must not reach dst -> kg -> github.com/blevesearch/bleve/v2/search",
			"kg/kg.go:3: package dst/dsttest must not reach dst/dsttest -> dst -> kg -> github.com/cayleygraph/quad",
			"kg/kg.go:4: package dst/dsttest must not reach dst/dsttest -> dst -> kg -> github.com/blevesearch/bleve/v2/search",
			"kg/kg.go:3: package dst/session must not reach dst/session -> dst -> kg -> github.com/cayleygraph/quad",
			"kg/kg.go:4: package dst/session must not reach dst/session -> dst -> kg -> github.com/blevesearch/bleve/v2/search",
		}},
		{"dst/session/a_windows.go", "//go:build windows\n\n" + source("session", "github.com/tidwall/gjson"), []string{
			"dst/session/a_windows.go:5: package dst/session may not import github.com/tidwall/gjson",
			"dst/session/a_windows.go:5: package dst/session must not reach dst/session -> github.com/tidwall/gjson",
		}},
		{"dst/a_test.go", source("dst", module+"/kg"), []string{"dst/a_test.go:3: package dst may not import kg"}},
		{"dst/a.go", source("dst", "pgregory.net/rapid"), []string{"dst/a.go:3: package dst may not import pgregory.net/rapid"}},
		{"dst/a.go", source("dst", module), []string{"dst/a.go:3: package dst may not import ."}},
		{"dst/a.go", source("dst", "C"), []string{"dst/a.go:3: the module is pure Go and uses no cgo"}},
		{"intent/a.go", source("intent", module+"/dst"), []string{"intent/a.go:3: package intent may not import dst"}},
		{"intent/intenttest/a.go", source("intenttest", module+"/kg/kgtest"), []string{"intent/intenttest/a.go:3: package intent/intenttest may not import kg/kgtest"}},
		{"kg/a.go", source("kg", module+"/intent"), []string{"kg/a.go:3: package kg may not import intent"}},
		{"kg/a.go", source("kg", "github.com/cayleygraph/cayley/graph/kv"), []string{"kg/a.go:3: package kg may not import github.com/cayleygraph/cayley/graph/kv"}},
		{"kg/a.go", source("kg", module+"/recommend"), []string{"kg/a.go:3: package kg may not import recommend"}},
		{"recommend/a.go", source("recommend", "github.com/cayleygraph/quad"), []string{"recommend/a.go:3: package recommend may not import github.com/cayleygraph/quad"}},
		{"recommend/a.go", source("recommend", module+"/examples/crosswoz/guide"), []string{"recommend/a.go:3: package recommend may not import examples/crosswoz/guide"}},
		{"examples/shop/main.go", source("main", module+"/internal/text"), []string{"examples/shop/main.go:3: package examples/shop may not import internal/text"}},
		{"examples/shop/a.go", source("main", "github.com/tidwall/gjson"), []string{"examples/shop/a.go:3: package examples/shop may not import github.com/tidwall/gjson"}},
		{"internal/benchmark/a.go", source("main", module+"/internal/arch"), []string{"internal/benchmark/a.go:3: package internal/benchmark may not import internal/arch"}},
		{"internal/new/a.go", source("new"), []string{"package internal/new has no rule; say in the table what it may import"}},
		{"util.go", source("slotgraph"), []string{"util.go: the root holds no Go code but doc.go"}},
		{"doc.go", source("slotgraph", module+"/dst"), []string{"doc.go:3: package . may not import dst"}},
		{"notes.txt", "", []string{"notes.txt does not belong at the top level, which holds " + strings.Join(topLevel, " ")}},
		{".golangci.yml", "", nil},
	} {
		root := t.TempDir()
		for file, src := range fakeTree {
			write(t, root, file, src)
		}
		write(t, root, c.file, c.source)
		got, _, err := check(root)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("with %s:\n%s\ngot\n\t%s\nwant\n\t%s", c.file, c.source, strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
		}
	}
}

// TestCheckUnreadable pins that a file which is no Go is an error, not a file
// without imports.
func TestCheckUnreadable(t *testing.T) {
	root := t.TempDir()
	write(t, root, "dst/broken.go", "package")
	if _, _, err := check(root); err == nil || !strings.Contains(err.Error(), "dst/broken.go") {
		t.Errorf("got error %v, want one that names dst/broken.go", err)
	}
}

func write(t *testing.T, root, file, content string) {
	t.Helper()
	file = filepath.Join(root, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
