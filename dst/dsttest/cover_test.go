package dsttest

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestCoverage(t *testing.T) {
	const text = `
== one
user: hello
    greet
    next: ask colour
user: red
    inform colour=red
    next: offer
user: blue, under $50
    inform colour=blue
    inform price<=50
    next: offer
== two
acts: want buy
user: whats the weight
    want buy
    request weight
    next: ask colour
`
	file := filepath.Join(t.TempDir(), "cover.json")
	*coverFileFlag = file
	defer func() { *coverFileFlag = "" }()
	before := Covered()
	_, _, c := runText(t, text, nil)
	runText(t, text, nil)

	want := `dialogue coverage: 2 conversations, 4 turns
  slots      2 of 4: colour ×2, price ×1
             never: day, name
  operators  2 of 6: = ×2, <= ×1
             never: !=, dontcare, >=, ~
  merges     1 of 9: = on = ×1
             never: = on !=, != on =, dontcare on =, = on dontcare, <= on <=, <= on >=, >= on <=, = on <=
`
	if got := c.String(); !strings.HasPrefix(got, want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, part := range []string{"intents    1 of 1: buy ×1\n", "prompts    1 of 2: colour en ×2\n             never: colour zh\n", "requests   1 of 1: weight ×1\n", "greet ×1", "never: prefer, forget, affirm, deny"} {
		if !strings.Contains(c.String(), part) {
			t.Errorf("%q is not in\n%s", part, c)
		}
	}
	if missing := c.Missing(); !slices.Contains(missing, Item{Slots, "day", 0}) || slices.ContainsFunc(missing, func(i Item) bool { return i.Count > 0 }) {
		t.Errorf("missing %v", missing)
	}

	if all := Covered(); all.Turns != before.Turns+8 {
		t.Errorf("%d turns in all, of which %d from before", all.Turns, before.Turns)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	merged, err := ReadCoverage(f)
	if err != nil || merged.Turns != 8 || merged.Conversations != 4 || len(merged.Missing()) != len(c.Missing()) {
		t.Errorf("read %+v, %v", merged, err)
	}
	if _, err := ReadCoverage(strings.NewReader("{}\n[")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("error %v", err)
	}
	*coverFileFlag = t.TempDir()
	fake := &fakeT{}
	report(fake, c)
	fake.wants(t, "writing the coverage")
}
