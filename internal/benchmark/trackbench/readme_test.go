package trackbench

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// The figures of the READMEs come out of the commands. Speed is left out: it is
// that of a machine.
func TestReadmeFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the whole validation split")
	}
	if _, err := os.Stat(crossWOZ); err != nil {
		t.Skipf("CrossWOZ is not at %s", crossWOZ)
	}
	var out bytes.Buffer
	args := []string{"-crosswoz", crossWOZ, "-split", "val"}
	for _, command := range []func(context.Context, []string, io.Writer, io.Writer) error{DST, Answers} {
		if err := command(context.Background(), args, &out, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"README.md", "README.zh.md"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(out.String()) {
			figure, value, _ := strings.Cut(strings.TrimSpace(line), " ")
			switch figure {
			case "joint_goal_accuracy", "slot_f1", "answer_recall", "hit@1", "hit@5":
				x, err := strconv.ParseFloat(value, 64)
				if err != nil {
					t.Fatal(err)
				}
				if short := strconv.FormatFloat(x, 'f', 3, 64); !strings.Contains(string(b), short) {
					t.Errorf("%s does not have %s %s", name, figure, short)
				}
			}
		}
	}
}
