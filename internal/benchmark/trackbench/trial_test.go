package trackbench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestSpread(t *testing.T) {
	var all []dst.Dialogue
	for i := range 10 {
		all = append(all, dst.Dialogue{ID: fmt.Sprint(i)})
	}
	for n, want := range map[int]string{0: "0123456789", 10: "0123456789", 99: "0123456789", 3: "036", 1: "0", 4: "0257"} {
		got := ""
		for _, d := range spread(all, n) {
			got += d.ID
		}
		if got != want {
			t.Errorf("%d of 10: %s, want %s", n, got, want)
		}
	}
}

// ownFiles are a schema and ten dialogues.
func ownFiles(t *testing.T) (schema, dialogues string) {
	t.Helper()
	dir := t.TempDir()
	schema, dialogues = filepath.Join(dir, "s.json"), filepath.Join(dir, "d.jsonl")
	write(t, schema, `[{"service_name":"H","slots":[{"name":"area","is_categorical":true,"possible_values":["north","south"]}],"intents":[]}]`)
	var b strings.Builder
	for i := range 10 {
		fmt.Fprintf(&b, `{"id":"d%d","turns":[{"system":["ask H.area"],"user":"in the north","state":{"H.area":["north"]}}]}`+"\n", i)
	}
	write(t, dialogues, b.String())
	return schema, dialogues
}

func TestFolds(t *testing.T) {
	schema, dialogues := ownFiles(t)
	out := filepath.Join(t.TempDir(), "p")
	for _, c := range []struct {
		args []string
		fits string
	}{
		{[]string{"-folds", "3", "-limit", "4"}, "fit_dialogues 4\n"},
		{[]string{"-folds", "2"}, "fit_dialogues 5\n"},
		{[]string{"-fit", filepath.Join(filepath.Dir(dialogues), ".", "d2.jsonl"), "-limit", "2"}, "fit_dialogues 2\n"},
	} {
		write(t, filepath.Join(filepath.Dir(dialogues), "d2.jsonl"), strings.Join(readLines(t, dialogues), "\n"))
		var stdout, stderr bytes.Buffer
		if err := DST(context.Background(), append(c.args, "-schema", schema, "-dialogues", dialogues, "-out", out), &stdout, &stderr); err != nil {
			t.Fatal(err, stderr.String())
		}
		for _, want := range []string{"turns 10\n", "joint_goal_accuracy 1.0000\n", c.fits, "fit_seconds "} {
			if !strings.Contains(stdout.String(), want) {
				t.Errorf("%v: no %q in\n%s", c.args, want, stdout.String())
			}
		}
		for i, line := range readLines(t, out) { // each dialogue where it belongs
			var p dst.Prediction
			if err := json.Unmarshal([]byte(line), &p); err != nil || p.ID != fmt.Sprintf("d%d", i) {
				t.Errorf("%v: line %d is of %q, %v", c.args, i, p.ID, err)
			}
		}
	}
}

func TestLearningArguments(t *testing.T) {
	schema, dialogues := ownFiles(t)
	files := []string{"-schema", schema, "-dialogues", dialogues}
	for _, c := range []struct {
		args []string
		part string
	}{
		{[]string{"-folds", "1"}, "at least two"},
		{[]string{"-folds", "11"}, "only 10 dialogues"},
		{[]string{"-folds", "2", "-fit", "x"}, "leave one out"},
		{[]string{"-limit", "-1"}, "-limit"},
		{[]string{"-fit", dialogues}, "what is scored"},
		{[]string{"-fit", "nowhere"}, "nowhere"},
		{[]string{"-weights", "nowhere"}, "-weights"},
		{[]string{"-weights", schema}, "-weights"},
		{[]string{"-out", schema}, "another name"},
	} {
		err := DST(context.Background(), append(c.args, files...), io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%v: error %v does not say %q", c.args, err, c.part)
		}
	}
}

func TestLearningDefaults(t *testing.T) {
	for _, c := range []struct {
		args, split, fit string
	}{
		{"-crosswoz d", "val", ""},
		{"-crosswoz d -split test", "test", "val"},
		{"-crosswoz d -split test -fit none", "test", ""},
		{"-crosswoz d -split test -fit train", "test", "train"},
		{"-crosswoz d -split test -folds 2", "test", ""},
		{"-sgd d", "dev", ""},
		{"-sgd d -split test -fit train", "test", "train"},
	} {
		a, err := parse("dst", strings.Fields(c.args), io.Discard)
		if err != nil || a.split != c.split || a.fit != c.fit {
			t.Errorf("%s: split %q, fit %q, %v; want %q, %q", c.args, a.split, a.fit, err, c.split, c.fit)
		}
	}
	for _, args := range []string{"-crosswoz d -fit val", "-sgd d -split test -fit test"} {
		if _, err := parse("dst", strings.Fields(args), io.Discard); err == nil || !strings.Contains(err.Error(), "what is scored") {
			t.Errorf("%s: %v", args, err)
		}
	}
}
