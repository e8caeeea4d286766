package arch

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const top = "../.." // the root of the module, seen from this package

var readmes = []string{"README.md", "README.zh.md"}

// readReadme returns a README of the module.
func readReadme(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(top, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// blocks returns the fenced blocks of a kind, without their fences.
func blocks(text, kind string) []string {
	var out []string
	for _, m := range regexp.MustCompile("(?ms)^```"+kind+"\n(.*?)^```$").FindAllStringSubmatch(text, -1) {
		out = append(out, m[1])
	}
	return out
}

// Go code in a README stands in a file that is compiled and run by the tests.
func TestReadmeCodeIsRealCode(t *testing.T) {
	var sources []string
	err := filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		b, err := os.ReadFile(path)
		sources = append(sources, unindented(string(b)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range readmes {
		code := blocks(readReadme(t, name), "go")
		if len(code) == 0 {
			t.Errorf("%s shows no Go code", name)
		}
		for _, block := range code {
			if !slices.ContainsFunc(sources, func(s string) bool { return strings.Contains(s, unindented(block)) }) {
				t.Errorf("%s: this code stands in no file of the module:\n%s", name, block)
			}
		}
	}
}

func unindented(code string) string {
	lines := strings.Split(code, "\n")
	for i := range lines {
		lines[i] = strings.TrimSpace(lines[i])
	}
	return strings.Join(lines, "\n")
}

// A transcript in a README is the golden file that it names, which the
// program's own test compares with its output.
func TestReadmeTranscripts(t *testing.T) {
	marked := regexp.MustCompile("(?ms)^<!-- transcript (\\S+) -->\n```\n(.*?)^```$")
	for _, name := range readmes {
		found := marked.FindAllStringSubmatch(readReadme(t, name), -1)
		if len(found) < 2 {
			t.Errorf("%s has %d transcripts; it should show both languages", name, len(found))
		}
		for _, m := range found {
			want, err := os.ReadFile(filepath.Join(top, filepath.FromSlash(m[1])))
			if err != nil {
				t.Errorf("%s: %v", name, err)
			} else if strings.TrimSpace(m[2]) != strings.TrimSpace(string(want)) {
				t.Errorf("%s: the transcript is not %s; copy that file into the block", name, m[1])
			}
		}
	}
}

// The two READMEs have equal content: the same headings in number, the same
// code, commands, links into the repository and figures.
func TestReadmesAgree(t *testing.T) {
	en, zh := readReadme(t, readmes[0]), readReadme(t, readmes[1])
	for what, find := range map[string]func(string) []string{
		"code":     func(s string) []string { return blocks(s, "go") },
		"commands": commands,
		"files": func(s string) []string {
			return sorted(regexp.MustCompile(`\]\(([a-z]+/[^)]*)\)`).FindAllString(s, -1))
		},
		"figures":  func(s string) []string { return sorted(regexp.MustCompile(`0\.\d{3}`).FindAllString(s, -1)) },
		"headings": func(s string) []string { return regexp.MustCompile(`(?m)^##+ `).FindAllString(s, -1) },
	} {
		if a, b := find(en), find(zh); !slices.Equal(a, b) {
			t.Errorf("the READMEs differ in their %s:\n%q\n%q", what, a, b)
		}
	}
}

// commands are the shell commands, without comments.
func commands(s string) []string {
	var out []string
	for _, block := range blocks(s, "sh") {
		for line := range strings.Lines(block) {
			line, _, _ = strings.Cut(line, "#")
			out = append(out, strings.TrimSpace(line))
		}
	}
	return out
}

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}
