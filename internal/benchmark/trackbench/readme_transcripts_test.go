package trackbench

import (
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// With -readme.update, the shop's transcripts are recorded anew and copied into
// the READMEs; -v names those that changed, for a recording takes a wrong answer
// as well as a right one, and the difference has to be read. That READMEs and
// recordings are alike is tested in internal/arch.
func TestReadmeTranscripts(t *testing.T) {
	if !*readmeUpdate {
		t.Skip("the READMEs are rewritten only with -readme.update")
	}
	before := recordings(t)
	record := exec.CommandContext(t.Context(), "go", "test", "./examples/shop", "-run", "TestScripts", "-shop.update")
	record.Dir = repository
	if out, err := record.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	after := recordings(t)
	for _, file := range slices.Sorted(maps.Keys(after)) {
		if before[file] != after[file] {
			t.Logf("%s has changed: is what the shop says now right? git diff -- %[1]s", file)
		}
	}
	for _, name := range []string{"README.md", "README.zh.md"} {
		path := filepath.Join(repository, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		write(t, path, withTranscripts(string(b), func(file string) string {
			golden, err := os.ReadFile(filepath.Join(repository, filepath.FromSlash(file)))
			if err != nil {
				t.Fatal(err)
			}
			return string(golden)
		}))
	}
}

// recordings are the shop's transcripts, by their names in the repository.
func recordings(t *testing.T) map[string]string {
	files, err := filepath.Glob(filepath.Join(repository, "examples", "shop", "testdata", "*.golden"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d recordings, %v", len(files), err)
	}
	out := map[string]string{}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.Join("examples", "shop", "testdata", filepath.Base(file))] = string(b)
	}
	return out
}

// withTranscripts puts into each block below a transcript's mark what the file
// that the mark names holds.
func withTranscripts(text string, read func(file string) string) string {
	marked := regexp.MustCompile("(?ms)^<!-- transcript (\\S+) -->\n```\n.*?^```$")
	return marked.ReplaceAllStringFunc(text, func(block string) string {
		file := marked.FindStringSubmatch(block)[1]
		return "<!-- transcript " + file + " -->\n```\n" + strings.TrimSpace(read(file)) + "\n```"
	})
}

func TestRewriting(t *testing.T) {
	text := "a\n<!-- transcript x.golden -->\n```\nold\n```\n<!-- figures\np.q -\n- p.r\n-->\n| h | a | b |\n|---|---|---|\n| one | 1 | 2 |\n| two | 3 | 4 |\nb\n"
	want := "a\n<!-- transcript x.golden -->\n```\nnew x.golden\n```\n<!-- figures\np.q -\n- p.r\n-->\n| h | a | b |\n|---|---|---|\n| one | p.q=1 | 2 |\n| two | 3 | p.r=4 |\nb\n"
	got := withTranscripts(text, func(file string) string { return "new " + file + "\n\n" })
	got, n := figureTables(got, func(figure, cell string) string { return figure + "=" + cell })
	if got != want || n != 2 {
		t.Errorf("%d cells\n%s\nwant\n%s", n, got, want)
	}
}
