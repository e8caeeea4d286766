package simbench

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out bytes.Buffer
	file := filepath.Join(t.TempDir(), "failures.txt")
	if err := Run(context.Background(), []string{"-dialogues", "10", "-failures", file}, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if !regexp.MustCompile(`^[a-z_]+ [0-9.]+\n$`).MatchString(line) {
			t.Errorf("line %q is no name with a value", line)
		}
	}
	if !strings.HasPrefix(out.String(), "dialogues 10\nreached ") {
		t.Errorf("figures are\n%s", out.String())
	}
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{"-dialogues", "0"}, {"x"}, {"-nothing"}} {
		if err := Run(context.Background(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
