package main

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("crosswoz.update", false, "rewrite the golden files")

// small is a database and a dialogue in CrossWOZ's form, made up for the tests.
var small = filepath.Join("testdata", "small")

func TestTalkAndReplay(t *testing.T) {
	for golden, args := range map[string][]string{
		"talk.golden":   {"-data", small, "-script", filepath.Join("testdata", "talk.txt")},
		"replay.golden": {"-data", small, "-replay", "5"},
	} {
		var out bytes.Buffer
		if err := run(context.Background(), args, strings.NewReader(""), &out); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", golden)
		if *update {
			if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if out.String() != string(want) {
			t.Errorf("%s: run with -crosswoz.update and look at the difference; got\n%s", golden, out.String())
		}
	}
}

func TestPipe(t *testing.T) {
	var out bytes.Buffer
	in := strings.NewReader("免费的景点\n\n" + strings.Repeat("很", 10000) + "\n\xff\xfe\n:quit\n不再回答\n")
	if err := run(context.Background(), []string{"-data", small}, in, &out); err != nil {
		t.Fatal(err)
	}
	if s := out.String(); !strings.Contains(s, "山湖公园") || strings.Count(s, "向导") != 3 {
		t.Errorf("output:\n%.2000s", s)
	}
}

func TestBadArguments(t *testing.T) {
	for _, c := range []struct {
		args []string
		part string
	}{
		{[]string{"-data", "nowhere"}, "attraction_db.json"},
		{[]string{"-data", small, "-script", "nowhere.txt"}, "nowhere.txt"},
		{[]string{"-data", small, "-replay", "1", "-split", "test"}, "test.json"},
		{[]string{"-nonsense"}, "nonsense"},
	} {
		err := run(context.Background(), c.args, strings.NewReader(""), &bytes.Buffer{})
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%v: error %v does not say %q", c.args, err, c.part)
		}
	}
}

// The real corpus, where it lies beside the repository.
func TestRealDialogues(t *testing.T) {
	data := filepath.Join("..", "..", "..", "shared", "data", "crosswoz")
	if _, err := os.Stat(data); err != nil {
		t.Skipf("CrossWOZ is not at %s", data)
	}
	var out bytes.Buffer
	if err := run(context.Background(), []string{"-data", data, "-replay", "20"}, strings.NewReader(""), &out); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "向导："); n < 100 {
		t.Errorf("20 dialogues gave %d answers", n)
	}
}
