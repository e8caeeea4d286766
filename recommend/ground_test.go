package recommend

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// TestGrounding has a model answer the same question in many ways: those that
// the facts support stand, the others give way to the template.
func TestGrounding(t *testing.T) {
	const question = "phones under 5000, not Apple"
	cases := []struct {
		text  string
		claim string // that fails; "" where the text stands
	}{
		{"The Xiaomi 14 costs ¥3,999 and is rated 4.6; the Redmi 13 is only ¥999.", ""},
		{"Both stay under your 5000: Xiaomi 14 at 3999 yuan, and Redmi 13.", ""},
		{"Here are 2 phones:\n1. Xiaomi 14 (¥3,999)\n2. Redmi 13 (¥999)", ""},
		{"One of them is the Xiaomi 14.", "step more"},
		{"The Xiaomi 14 costs ¥3,899.", `"¥3,899" of Xiaomi 14`},
		{"The Redmi 13 costs ¥3,999.", `"¥3,999" of Redmi 13`},
		{"The REDMI13 costs ¥3,999.", `"¥3,999" of Redmi 13`},
		{"Xiaomi 14 has a 120 Hz display.", `"120 Hz" of Xiaomi 14`},
		{"You could also take the MacBook Air.", `name "MacBook Air"`},
		{"The Lenovo Legion 5 is better.", `name "Lenovo Legion 5"`},
		{"Lenovo makes good phones.", `name "Lenovo"`},
		{"The Xiaomi 14 costs $3,999.", "another unit"},
		{"The Xiaomi 14 weighs 3999 kg.", "another unit"},
		{"Xiaomi 14 for 3999 kuai, Redmi 13 for RMB 999.", ""},
		{"Order at https://example.com/buy", "https://example.com/buy"},
		{"3. Xiaomi 14", `"3"`},
		{strings.Repeat("Xiaomi 14. ", 400), "characters"},
		{"   ", "empty text"},
	}
	for _, x := range cases {
		fake := &Fake{Script: []FakeReply{Says(x.text)}}
		cfg := shopConfig(t)
		cfg.Generator = fake
		r, _ := reply(t, newAgent(t, cfg), dst.State{}, question)
		switch {
		case x.claim == "" && (r.Text != x.text || r.Trace.Fallback != "" || r.Trace.Generator != "fake"):
			t.Errorf("%.60q is refused: %s", x.text, r.Trace.Fallback)
		case x.claim != "" && (!strings.Contains(r.Trace.String(), x.claim) || r.Trace.Generator != "template" || !strings.Contains(r.Text, "¥3,999")):
			t.Errorf("%.60q: fallback %q, want %q in it; text %q", x.text, r.Trace.Fallback, x.claim, r.Text)
		}
	}
}

func TestGeneratorFailures(t *testing.T) {
	for _, x := range []struct {
		reply FakeReply
		want  string
	}{
		{FakeReply{Err: errors.New("quota used up")}, "quota used up"},
		{FakeReply{Chunks: []string{"Xiaomi 14 "}, Err: errors.New("connection lost")}, "connection lost"},
		{FakeReply{Chunks: []string{"late"}, Delay: time.Hour}, "deadline exceeded"},
	} {
		cfg := shopConfig(t)
		cfg.Generator, cfg.Timeout = &Fake{Script: []FakeReply{x.reply}}, 20*time.Millisecond
		r, _ := reply(t, newAgent(t, cfg), dst.State{}, "a laptop")
		if !strings.Contains(r.Trace.Fallback, x.want) || !strings.Contains(r.Text, "MacBook Air") {
			t.Errorf("fallback %q, text %q; want %q", r.Trace.Fallback, r.Text, x.want)
		}
	}
}

func TestCancelDuringGeneration(t *testing.T) {
	cfg := shopConfig(t)
	cfg.Generator = &Fake{Script: []FakeReply{{Delay: time.Hour}}}
	a := newAgent(t, cfg)
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	if _, s, err := a.Reply(ctx, dst.State{}, "a laptop"); !errors.Is(err, context.DeadlineExceeded) || s.Turn != 0 {
		t.Errorf("error %v, turn %d", err, s.Turn)
	}
}

// TestRequest checks that a model gets the facts with ids and nothing of what
// was not decided to be told.
func TestRequest(t *testing.T) {
	fake := &Fake{Script: []FakeReply{Says("Xiaomi 14")}}
	cfg := shopConfig(t)
	cfg.Generator, cfg.Style = fake, "short"
	reply(t, newAgent(t, cfg), dst.State{}, "a phone under 5000, not Apple")
	r := fake.Requests()[0]
	if r.Lang != "en" || r.Style != "short" || r.User == "" || len(r.Items) != 2 || len(r.Wishes) != 3 || len(r.Steps) != 1 {
		t.Fatalf("%+v", r)
	}
	for i, f := range r.Facts {
		if f.ID == "" || f.Thing == "" || f.Attribute == "" || f.Value == "" || f.Source.Source != "shop" {
			t.Errorf("fact %d: %+v", i, f)
		}
		if f.Source.Subject != "mi14" && f.Source.Subject != "redmi13" {
			t.Errorf("fact %d is about %s, which is not offered", i, f.Source.Subject)
		}
	}
	if r.Items[0].Show[0].ID != r.Facts[0].ID {
		t.Errorf("an item's fact is %q, the request's %q", r.Items[0].Show[0].ID, r.Facts[0].ID)
	}
}

func TestTemplateStreams(t *testing.T) {
	r := Request{Lang: "zh", Steps: []Step{{Kind: StepGreet}, {Kind: StepThank}}}
	var pieces []string
	out, err := Template{}.Generate(context.Background(), r, func(c Chunk) error { pieces = append(pieces, c.Text); return nil })
	if err != nil || strings.Join(pieces, "") != out.Text || len(pieces) != 2 {
		t.Errorf("%q, %q, %v", pieces, out.Text, err)
	}
	stop := errors.New("stop")
	if _, err := (Template{}).Generate(context.Background(), r, func(Chunk) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("error %v", err)
	}
	if _, err := (Template{}).Generate(context.Background(), Request{Lang: "fr", Steps: r.Steps}, nil); err == nil {
		t.Error("no error for a language that there is not")
	}
}

// TestTemplatesAreComplete words every kind of step in both languages.
func TestTemplatesAreComplete(t *testing.T) {
	item := Item{ID: "x", Name: "X", Show: []Fact{{Attribute: "price", Value: "9"}}}
	f := Fact{Thing: "X", Attribute: "price", Value: "9", Op: dst.Le}
	kinds := []StepKind{StepGreet, StepThank, StepBye, StepFine, StepRestart, StepHuman, StepEmpty, StepLong, StepScope, StepUnclear, StepMissing, StepWhich,
		StepNoThing, StepAnswer, StepUnknown, StepYes, StepNo, StepChosen, StepAbout, StepNoOffer, StepRelax, StepOffer, StepMore, StepNoMore, StepAsk,
		StepSymptom, StepCause, StepNoCause, StepProblem}
	for _, lang := range languages {
		for _, k := range kinds {
			for n := range 3 {
				s := Step{Kind: k, Thing: "X", Label: "price", Text: "T"}
				for range n {
					s.Items, s.Facts, s.Bounds, s.Lines = append(s.Items, item), append(s.Facts, f), append(s.Bounds, f), append(s.Lines, "L")
				}
				s.Count = 2 * n
				out, err := Template{}.Generate(context.Background(), Request{Lang: lang, Steps: []Step{s}}, nil)
				if empty := k == StepAbout && n == 0; err != nil || (out.Text == "") != empty || strings.Contains(out.Text, "<no value>") {
					t.Errorf("%s %s: %q, %v", lang, k, out.Text, err)
				}
			}
		}
	}
}
