package dsttest

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// A bot that understands everything gives no findings, whatever the schema:
// what is found elsewhere is the bot's fault and not the user's.
func TestAPerfectBotGivesNoFindings(t *testing.T) {
	for seed := range uint64(15) {
		schema := RandomSchema(seed)
		for _, lang := range []string{"en", "zh"} {
			sim, err := newSimulation(schema, &SimOptions{Seed: seed, N: 10, Lang: lang})
			if err != nil {
				t.Fatal(err)
			}
			tracker, err := dst.NewTracker(schema, nil)
			if err != nil {
				t.Fatal(err)
			}
			for i := range sim.opt.N {
				bot := &oracle{tracker: tracker, sim: sim}
				talk := sim.talk(i, bot)
				bot.u = talk.u
				if err := talk.run(context.Background()); err != nil {
					t.Fatal(err)
				}
				for _, f := range talk.findings {
					t.Errorf("seed %d, %s: %s\n%s", seed, lang, f, f.Transcript)
				}
				if !talk.reached {
					t.Errorf("seed %d, %s, conversation %d: the goal was not reached", seed, lang, i)
				}
			}
		}
	}
}

// Bots with a fault each, and what is found of them.
func TestFindings(t *testing.T) {
	tracker := shop(t)
	good := TrackerBot(tracker)
	for _, c := range []struct {
		kind FindingKind
		text string
		bot  BotFunc
	}{
		{Lost, "colour", func(ctx context.Context, s dst.State, m string) (Answer, error) { // forgets
			a, err := good.Answer(ctx, s, m)
			a.State = a.State.Apply(dst.MustAct("forget colour"))
			return a, err
		}},
		{Wrong, "the state has price<=7, which nobody said", func(ctx context.Context, s dst.State, m string) (Answer, error) { // makes up
			a, err := good.Answer(ctx, s, m)
			if !a.State.Filled("price") {
				a.State = a.State.Apply(dst.MustAct("inform price<=7"))
			}
			return a, err
		}},
		{AskedAgain, "was said and understood, and the bot asks for it", func(ctx context.Context, s dst.State, m string) (Answer, error) {
			a, err := good.Answer(ctx, s, m)
			if a.State.Turn == 4 {
				a.Acts = []dst.Act{dst.MustAct("ask colour")}
			}
			return a, err
		}},
		{AskedAgain, "the bot asks for it for the 5. time", func(ctx context.Context, s dst.State, m string) (Answer, error) {
			return Answer{State: s.NextTurn(), Acts: []dst.Act{dst.MustAct("ask colour")}}, nil
		}},
		{Unreachable, "the user gave up saying inform", func(ctx context.Context, s dst.State, m string) (Answer, error) {
			return Answer{State: s.NextTurn()}, nil // deaf
		}},
		{Unreachable, "after 30 turns", func(ctx context.Context, s dst.State, m string) (Answer, error) {
			a, err := good.Answer(ctx, s, m)
			a.Acts = []dst.Act{dst.MustAct("confirm price=1")} // and nothing else
			return a, err
		}},
		{Unreachable, "handed the user over", func(ctx context.Context, s dst.State, m string) (Answer, error) {
			return Answer{State: s.NextTurn(), Acts: []dst.Act{{Kind: dst.Human}}}, nil
		}},
		{Failed, "out of paper", func(context.Context, dst.State, string) (Answer, error) {
			return Answer{}, errors.New("out of paper")
		}},
		{Panicked, "out of ink", func(context.Context, dst.State, string) (Answer, error) { panic("out of ink") }},
	} {
		report, err := Simulate(context.Background(), c.bot, tracker.Schema(), &SimOptions{N: 10, Values: map[string][]string{"name": {"Acorn", "Birch"}}})
		if err != nil {
			t.Fatal(err)
		}
		fake := &fakeT{}
		report.Check(fake, c.kind)
		fake.wants(t, string(c.kind)+": ", c.text, "user: ", "== simulated, seed 0, conversation ")
		if report.Count(c.kind) == 0 || !strings.Contains(report.String(), "  "+string(c.kind)) {
			t.Errorf("%s: the report is\n%s", c.kind, report)
		}
	}
}

// A bot that says what it gave up of the user's wishes is forgiven, one that
// gives it up in silence is not. A shop's word that is a value of its own is no
// word for the shop.
func TestRelaxedWishes(t *testing.T) {
	tracker := shop(t)
	schema := tracker.Schema()
	schema.Services[0].Aliases = []string{"red", "thing"}
	relaxing := func(say bool) BotFunc {
		return func(ctx context.Context, s dst.State, m string) (Answer, error) {
			a, err := TrackerBot(tracker).Answer(ctx, s, m)
			if relax := dst.MustAct("relax price"); a.State.Filled("price") {
				a.State = a.State.Apply(relax)
				if say {
					a.Acts = append(a.Acts, relax)
				}
			}
			return a, err
		}
	}
	for _, say := range []bool{true, false} {
		report, err := Simulate(context.Background(), relaxing(say), schema, &SimOptions{N: 40})
		if err != nil {
			t.Fatal(err)
		}
		lost, word := 0, 0
		for _, f := range report.Findings {
			if f.Kind == Lost && f.Slot == "price" {
				lost++
			}
			if strings.Contains(f.Transcript, "user: I need a red\n") {
				word++
			}
		}
		if (lost == 0) != say || word > 0 {
			t.Errorf("told: %v, %d prices lost, %d users call the shop by a value\n%s", say, lost, word, report)
		}
	}
}

// The transcript of a finding fails as long as the fault is there, and can be
// kept as a test.
func TestFindingsAreTranscripts(t *testing.T) {
	tracker := shop(t)
	deaf := BotFunc(func(ctx context.Context, s dst.State, m string) (Answer, error) {
		a, err := TrackerBot(tracker).Answer(ctx, s, m)
		a.State = a.State.Apply(dst.MustAct("forget price"))
		return a, err
	})
	report, err := Simulate(context.Background(), deaf, tracker.Schema(), &SimOptions{N: 20})
	if err != nil {
		t.Fatal(err)
	}
	if report.Count(Lost) == 0 {
		t.Fatal(report)
	}
	failed := 0
	for _, f := range report.Findings {
		fake, _, _ := runText(t, f.Transcript, nil)
		if fake.Failed() {
			failed++
		}
	}
	if failed > len(report.Findings)/3 { // this tracker is not the deaf one
		t.Errorf("%d of %d transcripts fail on a tracker without the fault", failed, len(report.Findings))
	}
	held, _, _ := runText(t, strings.ReplaceAll(report.Findings[0].Transcript, "holds:", "lacks:"), nil)
	held.wants(t, "lacks: ")
}

func TestSimulationsAreRepeatable(t *testing.T) {
	tracker := shop(t)
	run := func(seed uint64) (Report, []dst.Dialogue) {
		opt := &SimOptions{Seed: seed, N: 20}
		report, err := Simulate(context.Background(), TrackerBot(tracker), tracker.Schema(), opt)
		if err != nil {
			t.Fatal(err)
		}
		ds, err := SimulateDialogues(context.Background(), tracker.Schema(), opt)
		if err != nil {
			t.Fatal(err)
		}
		return report, ds
	}
	reportA, a := run(7)
	reportB, b := run(7)
	_, c := run(8)
	if !reflect.DeepEqual(reportA, reportB) || !reflect.DeepEqual(a, b) {
		t.Error("the same seed gives different conversations")
	}
	if reflect.DeepEqual(a, c) {
		t.Error("another seed gives the same conversations")
	}
}

func TestSimulationErrors(t *testing.T) {
	bot := TrackerBot(shop(t))
	unknown := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{{Name: "name", Required: true, Type: dst.NewGazetteer(dst.Entry{Value: "Acorn"})}}}}}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for want, run := range map[string]func() (Report, error){
		`no value is known of the required slot "name" (*dst.Gazetteer)`: func() (Report, error) { return Simulate(context.Background(), bot, unknown, nil) },
		"no services": func() (Report, error) { return Simulate(context.Background(), bot, dst.Schema{}, nil) },
		`"fr"`: func() (Report, error) {
			return Simulate(context.Background(), bot, shop(t).Schema(), &SimOptions{Lang: "fr"})
		},
		"no service of the schema": func() (Report, error) {
			return Simulate(context.Background(), bot, shop(t).Schema(), &SimOptions{Services: []string{"x"}})
		},
		"context canceled": func() (Report, error) { return Simulate(cancelled, bot, shop(t).Schema(), nil) },
	} {
		if _, err := run(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := SimulateDialogues(context.Background(), unknown, nil); err == nil {
		t.Error("dialogues are invented without values")
	}
	if _, err := Simulate(context.Background(), bot, unknown, &SimOptions{N: 1, Values: map[string][]string{"name": {"Acorn"}}}); err != nil {
		t.Error(err)
	}
}
