package dsttest

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// What is invented can be written, and read with its schema; the gold state is
// what the acts come to.
func TestSimulatedDialogues(t *testing.T) {
	for seed := range uint64(10) {
		schema := RandomSchema(seed)
		if again := RandomSchema(seed); !reflect.DeepEqual(schemaNames(schema), schemaNames(again)) {
			t.Fatalf("seed %d gives two schemas", seed)
		}
		for _, lang := range []string{"en", "zh"} {
			ds, err := SimulateDialogues(context.Background(), schema, &SimOptions{Seed: seed, N: 5, Lang: lang, Descriptions: true})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if err := dst.WriteDialogues(&b, ds); err != nil {
				t.Fatal(err)
			}
			back, err := dst.ReadDialogues(&b, schema)
			if err != nil || len(back) != 5 {
				t.Fatalf("seed %d: %d dialogues, %v", seed, len(back), err)
			}
			filled := 0
			for _, d := range ds {
				filled += len(d.Turns[len(d.Turns)-1].State)
				ends := map[string]string{} // by service, where a way begins
				for slot, value := range d.Turns[len(d.Turns)-1].State {
					info, _ := schema.Slot(slot)
					if info.Role != dst.FromRole && info.Role != dst.ToRole || value[0] == dst.DontCare {
						continue
					}
					service := dst.Act{Slot: slot}.Service()
					if ends[service] == value[0] {
						t.Errorf("seed %d: dialogue %s goes from %s to %s", seed, d.ID, value[0], value[0])
					}
					ends[service] = value[0]
				}
				if len(d.Turns) < 2 {
					t.Errorf("seed %d: dialogue %s has %d turns", seed, d.ID, len(d.Turns))
				}
			}
			if filled == 0 {
				t.Errorf("seed %d: no dialogue fills a slot", seed)
			}
		}
	}
}

func schemaNames(s dst.Schema) (out []string) {
	for _, service := range s.Services {
		out = append(out, service.Name, service.Description)
		for _, slot := range service.Slots {
			out = append(out, slot.Name, slot.Description, strings.Join(slot.Aliases, "|"))
		}
	}
	return out
}

// Whatever is invented can be played, and a finding about the tracker shows
// again when its transcript is.
func TestWhatIsInventedCanBePlayed(t *testing.T) {
	ctx := context.Background()
	now := shopTime()
	for seed := range uint64(8) {
		schema := RandomSchema(seed)
		tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: shopTime})
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"en", "zh"} {
			opt := &SimOptions{Seed: seed, N: 5, Lang: lang, Now: now}
			ds, err := SimulateDialogues(ctx, schema, opt)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := Play(ctx, tracker, "dialogues", FromDialogues(ds), nil); err != nil {
				t.Errorf("seed %d: %v", seed, err)
			}
			report, err := Simulate(ctx, TrackerBot(tracker), schema, opt)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range report.Findings {
				if f.Kind == Lost || f.Kind == Wrong {
					again(t, tracker, f)
				}
			}
		}
	}
}

// again plays the transcript of a finding, which must fail.
func again(t *testing.T, tracker *dst.Tracker, f Finding) {
	t.Helper()
	s, err := parse("finding", f.Transcript)
	if err != nil {
		t.Fatalf("%v\n%s", err, f.Transcript)
	}
	p, err := newPlayer(tracker, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.play(context.Background(), s.conversations[0])
	if err != nil {
		t.Fatal(err)
	}
	fake := &fakeT{}
	p.report(fake, s.conversations[0], got)
	if !fake.Failed() {
		t.Errorf("%s does not show again\n%s", f, f.Transcript)
	}
}
