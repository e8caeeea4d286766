package predictions

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCreate(t *testing.T) {
	dir := t.TempDir()
	input, out, link := filepath.Join(dir, "in"), filepath.Join(dir, "out"), filepath.Join(dir, "link")
	if err := os.WriteFile(input, []byte("data"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(input, link); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{input, link, filepath.Join(dir, ".", "in")} {
		if _, err := Create(path, "", input); err == nil || !strings.Contains(err.Error(), "-out") {
			t.Errorf("Create(%s): %v; want a refusal", path, err)
		}
	}
	if b, err := os.ReadFile(input); err != nil || string(b) != "data" {
		t.Errorf("the input is now %q, %v", b, err)
	}
	for range 2 { // an old prediction file is written over
		f, err := Create(out, "", input, filepath.Join(dir, "nowhere"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.WriteString("x"); err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := os.ReadFile(out); err != nil || string(b) != "x" {
		t.Errorf("the output is %q, %v", b, err)
	}
	if _, err := Create(filepath.Join(dir, "no", "p")); err == nil || !strings.Contains(err.Error(), "prediction file") {
		t.Errorf("a path that cannot be: %v", err)
	}
}
