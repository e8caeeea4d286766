package recommend

import (
	"context"
	"encoding/json"
	"math"
	"sync"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// echo is a plug-in that gives what it is made of.
type echo struct {
	seen  Description
	heard []Transcript
}

func (e echo) Describe(context.Context, Part, Scene) (Description, error) { return e.seen, nil }
func (e echo) Transcribe(context.Context, Part, TranscribeHint) ([]Transcript, error) {
	return e.heard, nil
}

// Whatever a model says of a picture or a recording, there is a reply, a trace
// that can be written, and no value that the schema does not have.
func FuzzPercepts(f *testing.F) {
	cfg := partsConfig(f, nil)
	base := newAgent(f, cfg)
	f.Add("this one in black", "a red phone", "inform", "colour", "=", "red", 0.9, "iPhone 15", "", 0.8)
	f.Add("", "", "inform", "name", "!=", "小米14", 0.2, "小米", "mi14", 0.3)
	f.Add("不要这款", "\xff", "forget", "", "", "", math.NaN(), "\n", "p15-128", math.Inf(1))
	f.Add("yes", "x", "inform", "price", "<=", "5000", 1.0, "the first one", "apple", 1.0)
	f.Add("another", "x", "inform", "feature", "+=", "nfc", 0.6, "Apple", "\x00", -1.0)
	f.Fuzz(func(t *testing.T, text, caption, kind, slot, op, value string, p float64, name, id string, q float64) {
		act := dst.Act{Kind: dst.Kind(kind), Slot: slot, Op: dst.Op(op), Value: value}
		e := echo{Description{caption, []Seen{{act, p}, {act, q}}, []Entity{{id, name, q}, {"", caption, p}}}, []Transcript{{text, p, name}, {caption, q, ""}}}
		core := *base.core.Load()
		core.cfg.Describer, core.cfg.Transcriber = e, e
		var s dst.State
		for _, message := range []string{"a phone", text, "", "yes"} {
			r, next, err := core.reply(context.Background(), s, message, nil, []Part{Image("", pngBytes), Audio("", wavBytes)})
			if err != nil || r.Text == "" {
				t.Fatalf("%q: %q, %v", message, r.Text, err)
			}
			if _, err := json.Marshal(r); err != nil {
				t.Fatalf("%q: %v", message, err)
			}
			if _, err := json.Marshal(r.Trace.Redacted()); err != nil {
				t.Fatalf("%q: %v", message, err)
			}
			for _, k := range next.Constraints {
				if k.Slot == "colour" && k.Value != "red" && k.Value != "black" && k.Value != dst.DontCare {
					t.Fatalf("%q: %+v", message, k)
				}
			}
			s = next
		}
	})
}

// Turns with parts share nothing but what is given to all.
func TestParallelParts(t *testing.T) {
	cfg := partsConfig(t, nil)
	e := echo{Description{Entities: []Entity{{Name: "Xiaomi 14", P: 0.9}}}, []Transcript{{Text: "how much is this?", P: 1}}}
	cfg.Describer, cfg.Transcriber = e, e
	cfg.Observer = Observers(clumsy{"end"})
	a := newAgent(t, cfg)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				r, _, err := a.Reply(context.Background(), dst.State{}, "", Image("", pngBytes), Audio("", wavBytes))
				if err != nil || dst.FormatActs(r.Acts) != "inform price=3999" {
					t.Errorf("%q, %v", r.Text, err)
				}
			}
		})
	}
	wg.Wait()
}
