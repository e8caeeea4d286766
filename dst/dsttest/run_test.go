package dsttest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// runText runs one transcript and returns what it reports, and the file after.
func runText(t *testing.T, text string, opt *Options) (*fakeT, string, *Coverage) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.txt")
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	fake := &fakeT{}
	c := RunWith(fake, shop(t), opt, file)
	after, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return fake, string(after), c
}

func TestATranscriptThatHoldsIsQuiet(t *testing.T) {
	fake, _, _ := runText(t, `
> a red one
    inform colour=red
    next: offer
    state: colour=red
    # A comment among them.
    holds: colour=red | colour=blue; colour
    lacks: price; colour=black; request weight
`, nil)
	fake.wants(t)
}

func TestATranscriptThatDoesNotHoldFails(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a wrong act", "user: red\n    inform colour=blue\n    next: offer\n", []string{"a.txt:1: user: red", "    - inform colour=blue\n    + inform colour=red\n      next: offer"}},
		{"a missing act", "user: red\n    next: offer\n", []string{"    + inform colour=red\n      next: offer"}},
		{"an act too many", "user: hm\n    inform colour=red\n    next: ask colour\n", []string{"    - inform colour=red\n      next: ask colour"}},
		{"a wrong next act", "user: red\n    inform colour=red\n    next: ask price\n", []string{"      inform colour=red\n    - next: ask price\n    + next: offer"}},
		{"no next act", "user: red\n    inform colour=red\n", []string{"    + next: offer"}},
		{"a wrong state", "user: red\n    state: colour=blue\n", []string{"    - state: colour=blue\n    + state: colour=red"}},
		{"a state that is not empty", "user: red\n    state:\n", []string{"    - state:\n    + state: colour=red"}},
		{"an assertion", "user: red\n    holds: colour=blue; price\n", []string{"line 2: holds: colour=blue; price, but the state holds colour=red"}},
		{"a negative assertion", "user: red\n    lacks: colour\n", []string{"a.txt:1: user: red\n    line 2: lacks: colour, but the state holds colour=red"}},
		{"of an empty state", "user: hm\n    holds: colour\n", []string{"the state holds nothing"}},
		{"of an intent", "user: red\n    holds: want buy\n", []string{"the open intents are []"}},
		{"of a request", "user: red\n    holds: request weight\n", []string{"asked about is []"}},
		{"of the focus", "user: red\n    holds: select name=Acorn\n", []string{"in focus is []"}},
		{"nothing expected", "== a\nuser: red\n", []string{"a.txt:2: user: red", "nothing is expected here", "-dsttest.update", "+ inform colour=red"}},
		{"no error", "user: red\n    error: no such slot\n    next: offer\n", []string{"- error: no such slot\n    + inform colour=red"}},
		{"an error", "acts: inform prize=9\nuser: red\n    inform colour=red\n    next: offer\n", []string{`+ error: dst: update: the turn's acts: dst: act "inform prize=9"`}},
	} {
		fake, _, _ := runText(t, c.text, nil)
		t.Run(c.name, func(t *testing.T) { fake.wants(t, c.want...) })
	}
}

func TestTranscriptsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"user: red\nuzer: blue\n":                               `a.txt:2: unknown line "uzer: blue"`,
		"hello\n":                                               `a.txt:1: unknown line "hello"`,
		"    next: offer\n":                                     `a.txt:1: "next: offer" is indented`,
		"user: red\n    informs colour=red\n":                   `a.txt:2: dst: act "informs colour=red": unknown kind`,
		"user: red\n    next: offer\n    next: offer\n":         `a.txt:3: "next: offer": the turn has one already`,
		"user: red\n    next: off\n":                            `a.txt:2: dst: act "off"`,
		"user: red\n    holds: colour=red;; price\n":            `a.txt:2: "colour=red;; price" names nothing`,
		"user: red\n    holds: =red\n":                          `a.txt:2: "=red" is neither slot`,
		"bot: offer\nbot: offer\nuser: red\n":                   `a.txt:2: bot: the turn has one already`,
		"bot: shout\nuser: red\n":                               `a.txt:1: bot: dst: act "shout"`,
		"user: red\n    next: offer\nbot: offer\n":              `a.txt:3: what is set here needs a line of the user's after it`,
		"bot: offer\n== a\nuser: red\n    next: offer\n":        `a.txt:1: what is set here`,
		"bot: offer\n    inform colour=red\nuser: red\n":        `a.txt:2: "inform colour=red" is indented`,
		"== a\n== b\nuser: red\n    next: offer\n":              `a.txt:1: in this conversation nothing is said`,
		"clock: noon\nuser: red\n":                              `a.txt:1: clock: "noon" is no time`,
		"lang: fr\nuser: red\n":                                 `a.txt:1: lang: "fr" is neither en nor zh`,
		"hear: red\n":                                           `a.txt:1: hear: "red" is no probability`,
		"hear: 1.5 red\n":                                       `a.txt:1: hear: "1.5" is no probability`,
		"user: red\n    holds: prize=9\n":                       `a.txt:2: dst: act "request prize": no slot "prize"`,
		"user: red\n    lacks: want sell\n":                     `no intent or service "sell"`,
		"bot: ask prize\nuser: red\n    next: offer\n":          `a.txt:2: bot: dst: act "ask prize": no slot "prize"`,
		"user: red\n    inform colour=red\n  \tnonsense here\n": `a.txt:3: dst: act "nonsense here"`,
	} {
		fake, _, _ := runText(t, text, nil)
		fake.wants(t, want)
	}
	fake := &fakeT{}
	Run(fake, shop(t), "testdata/none*.txt", "[", "testdata")
	fake.wants(t, `no transcript matches "testdata/none*.txt"`, `pattern "["`, "testdata: is a directory")
}

// Settings and what they do.
func TestSettings(t *testing.T) {
	fake, _, _ := runText(t, `
clock: 2026-11-23 09:00
== the bot asks by itself, and the answer is its answer
user: hello
    greet
    next: ask colour
user: whatever
    inform colour=dontcare
    next: offer

== but not where it keeps quiet
user: hello
    greet
    next: ask colour
bot:
user: whatever
    next: ask colour

== time goes on
user: tomorrow
    holds: day=2026-11-24
clock: 2027-01-01
user: tomorrow
    holds: day=2027-01-02
user: today
    holds: day=2027-01-01; day=today; day=January 1

== and is that of the file again
user: tomorrow
    holds: day=2026-11-24

== the likeliest hypothesis is read
hear: 0.2 a red one
hear: 0.8 a blue one
    holds: colour=blue
hear: 0.9 a red one
    holds: colour=red

== acts from elsewhere
lang: zh
acts: want buy; inform price<=900
user:
    want buy
    inform price<=900
    next: ask colour

== quoted words
user: "a red one, \"please\"\n"
    holds: colour=red
`, nil)
	fake.wants(t)
}

func TestOptions(t *testing.T) {
	calls := 0
	opt := &Options{
		At: func(now time.Time) (*dst.Tracker, error) {
			calls++
			if now.Year() > 2100 {
				return nil, errors.New("too late")
			}
			return dst.NewTracker(shop(t).Schema(), &dst.TrackerOptions{Now: func() time.Time { return now.AddDate(0, 0, 7) }})
		},
		Say: func(s dst.State) []dst.Act { return []dst.Act{dst.MustAct("ask price")} },
	}
	fake, _, _ := runText(t, "clock: 2026-11-23\nuser: tomorrow\n    holds: day=2026-12-01\nuser: 500\n    holds: price=500\n", opt)
	fake.wants(t)
	if calls != 1 {
		t.Errorf("made %d trackers for one time", calls)
	}
	fake, _, _ = runText(t, "clock: 2126-11-23\nuser: tomorrow\n    holds: day\n", opt)
	fake.wants(t, "a.txt:2: clock: too late")
}

// Update writes what the tracker does and touches nothing else.
func TestUpdate(t *testing.T) {
	*updateFlag = true
	defer func() { *updateFlag = false }()
	fake, after, _ := runText(t, `# Head.
clock: 2026-11-23 09:00

== first   # not a comment
bot: offer name=Acorn
> red, under 50
	# On the price.
	inform price<50
	# On the colour.
	inform   colour = red
	select name=Birch

	next: ask price
	# On the state.
	state:
	holds: colour=red

== new
user: blue
    holds: colour=red
# Tail.
`, nil)
	want := `# Head.
clock: 2026-11-23 09:00

== first   # not a comment
bot: offer name=Acorn
> red, under 50
	# On the price.
	# On the colour.
	inform   colour = red

	inform price<=50
	next: offer
	# On the state.
	state: colour=red; price<=50
	holds: colour=red

== new
user: blue
    inform colour=blue
    next: offer
    holds: colour=red
# Tail.
`
	if after != want {
		t.Errorf("written is\n%s\nwant\n%s", after, want)
	}
	fake.wants(t, "a.txt:19: user: blue", "holds: colour=red, but the state holds colour=blue")
	*updateFlag = false
	fake, again, _ := runText(t, strings.Replace(want, "    holds: colour=red\n# Tail", "# Tail", 1), nil)
	fake.wants(t)
	if again != strings.Replace(want, "    holds: colour=red\n# Tail", "# Tail", 1) {
		t.Errorf("a run without the flag wrote\n%s", again)
	}
}

func TestPlayKeepsLineEnds(t *testing.T) {
	got, err := Play(context.Background(), shop(t), "a.txt", "\uFEFF> red\r\n\r\n# end\r\n", nil)
	if want := "> red\r\n    inform colour=red\r\n    next: offer\r\n\r\n# end\r\n"; err != nil || got != want {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := Play(context.Background(), shop(t), "a.txt", "red", nil); err == nil || !strings.Contains(err.Error(), "a.txt:1") {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Play(ctx, shop(t), "a.txt", "> red", nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Whatever is read is written as it was, but for its line ends, and playing is
// idempotent.
func FuzzTranscript(f *testing.F) {
	f.Add("clock: 2026-11-23\n== a\nbot: offer name=Acorn\nlang: en\nhear: 0.5 \"red\\n\"\nhear: 1 x\n\tinform colour=red\n  state:\n holds: colour=\" | \" | price<=9; want buy\n\n# x\n")
	f.Add("> red\r\n    next: offer\r\n")
	f.Add("> red\n# flush\n holds: colour | price\n")
	tracker := shop(f)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parse("f", text)
		if err != nil {
			return
		}
		same := s.update(make([][]outcome, len(s.conversations)))
		if got, want := splitLines(same), splitLines(text); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Fatalf("%q is written %q", text, same)
		}
		once, err := Play(context.Background(), tracker, "f", text, nil)
		if err != nil {
			return // the schema has not what it speaks of
		}
		twice, err := Play(context.Background(), tracker, "f", once, nil)
		if err != nil || once != twice {
			t.Fatalf("%q is written %q, then %q, %v", text, once, twice, err)
		}
	})
}
