package dst_test

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"pgregory.net/rapid"
)

// invented are trackers for invented schemas, with weights and without.
type invented struct {
	schema   dst.Schema
	trackers [2]*dst.Tracker
	words    []string // names, aliases and values
}

const inventions = 12

func inventAll(t testing.TB) []invented {
	t.Helper()
	var out []invented
	for seed := range uint64(inventions) {
		in := invented{schema: dsttest.RandomSchema(seed)}
		for i, w := range []*dst.Weights{nil, dst.NoWeights()} {
			tr, err := dst.NewTracker(in.schema, &dst.TrackerOptions{Weights: w, Now: func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }})
			if err != nil {
				t.Fatal(err)
			}
			in.trackers[i] = tr
		}
		for _, service := range in.schema.Services {
			in.words = append(in.words, service.Aliases...)
			for _, slot := range service.Slots {
				in.words = append(append(in.words, slot.Name), slot.Aliases...)
				if e, ok := slot.Type.(*dst.Enum); ok {
					for _, v := range e.Values {
						in.words = append(append(in.words, v.Value), v.Synonyms...)
					}
				}
			}
		}
		out = append(out, in)
	}
	return out
}

var common = strings.Split("not|no|yes|or|and|under|at least|about|between|the second one|what|how much|?|any|don't care|actually|instead|from|to|near|tomorrow|next Friday|6 pm|7|3000|$20|please|start over|cancel|undo|"+
	"不要|不|好的|或者|和|以下|至少|左右|第二个|什么|多少钱|吗|随便|改成|从|到|附近|明天|下周五|晚上六点|七|三千|20元|谢谢|重新开始|算了|，|。|, |. |😀|👩‍👩‍👧|é|e\u0301|\u200b|\x00|\xff|\x80|\u3000", "|")

func (in *invented) message(t *rapid.T) string {
	word := rapid.OneOf(rapid.SampledFrom(in.words), rapid.SampledFrom(common), rapid.SampledFrom(common), rapid.String())
	gap := rapid.SampledFrom([]string{" ", "", " "})
	var b strings.Builder
	for _, w := range rapid.SliceOfN(word, 0, 20).Draw(t, "words") {
		b.WriteString(w + gap.Draw(t, "gap"))
	}
	return b.String()
}

// acts are a few acts on slots of the schema, and on none of it.
func (in *invented) acts(t *rapid.T, kinds ...dst.Kind) []dst.Act {
	var out []dst.Act
	for range rapid.IntRange(0, 5).Draw(t, "acts") {
		service := rapid.SampledFrom(in.schema.Services).Draw(t, "service")
		slot := rapid.SampledFrom(service.Slots).Draw(t, "slot")
		a := dst.Act{Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Slot: service.Name + "." + slot.Name, Op: dst.Eq}
		switch a.Kind {
		case dst.Want, dst.Propose:
			a.Slot, a.Op = service.Name, ""
			if len(service.Intents) > 0 {
				a.Slot += "." + rapid.SampledFrom(service.Intents).Draw(t, "intent").Name
			}
		case dst.Ask:
			a.Op = ""
		default:
			a.Value = rapid.OneOf(rapid.SampledFrom(in.words), rapid.SampledFrom([]string{"3", "12", "2026-11-24", "18:00", "yes", dst.DontCare}), rapid.String()).Draw(t, "value")
		}
		if rapid.IntRange(0, 9).Draw(t, "stranger") == 0 {
			a.Slot = rapid.SampledFrom([]string{"price", "Nowhere.price", service.Name + ".", "."}).Draw(t, "slot")
		}
		out = append(out, a)
	}
	return out
}

// Whatever is said in whatever state: no panic and no error, spans inside the
// message, probabilities that are some, a state that can be stored, the same
// result twice, and the same decisions when they are explained.
func TestUpdateHolds(t *testing.T) {
	all := inventAll(t)
	rapid.Check(t, func(r *rapid.T) {
		in := &all[rapid.IntRange(0, inventions-1).Draw(r, "schema")]
		s := dst.State{}.Apply(in.acts(r, dst.Want, dst.Inform)...).Said(in.acts(r, dst.Ask, dst.Confirm, dst.Offer, dst.Inform, dst.Relax, dst.Propose)...)
		turn := dst.Turn{User: in.message(r)}
		if rapid.Bool().Draw(r, "open") {
			turn.Services = []string{rapid.SampledFrom(in.schema.Services).Draw(r, "open service").Name}
		}
		for i, tr := range in.trackers {
			for _, fault := range updateFaults(tr, s, turn) {
				r.Errorf("%q, tracker %d: %s", turn.User, i, fault)
			}
		}
	})
}

// updateFaults lists what is wrong with an update.
func updateFaults(tr *dst.Tracker, s dst.State, turn dst.Turn) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	before, err := json.Marshal(s)
	if err != nil {
		return []string{err.Error()}
	}
	next, ds, err := tr.Update(context.Background(), s, turn)
	if err != nil {
		return []string{err.Error()}
	}
	if after, err := json.Marshal(s); err != nil || string(after) != string(before) {
		fault("the state given became %s, %v", after, err)
	}
	for _, d := range ds {
		faults = append(faults, decisionFaults(d, turn.User)...)
	}
	again, because, err := tr.Update(context.Background(), s, turn)
	if err != nil || !reflect.DeepEqual(next, again) || !reflect.DeepEqual(ds, because) {
		fault("twice: %v and %v, %v", ds, because, err)
	}
	b, err := json.Marshal(next)
	var back dst.State
	if err != nil || json.Unmarshal(b, &back) != nil {
		fault("the state cannot be stored: %s, %v", b, err)
	}
	told, err := tr.Explain(context.Background(), s, turn)
	if err != nil || len(told) != len(ds) {
		return append(faults, fmt.Sprintf("decided %v, explained %v, %v", ds, told, err))
	}
	for i, d := range ds {
		if told[i].Act != d.Act || told[i].P != d.P || told[i].Evidence != d.Evidence {
			fault("decided %v, explained %v", d, told[i])
		}
	}
	return faults
}

// decisionFaults lists what is wrong with a decision on the message.
func decisionFaults(d dst.Decision, message string) []string {
	var faults []string
	e := d.Evidence
	switch {
	case e.End == 0:
	case e.Start < 0 || e.Start >= e.End || e.End > len(message) || message[e.Start:e.End] != e.Text:
		faults = append(faults, fmt.Sprintf("%v: the span %+v is not in the message", d, e))
	case utf8.ValidString(message) && !utf8.ValidString(e.Text):
		faults = append(faults, fmt.Sprintf("%v: the span %+v cuts a character", d, e))
	}
	sum := d.P
	for _, a := range d.Alternatives {
		sum += a.P
	}
	if d.P < 0 || d.P > 1 || sum > 1.005 { // rounded to three digits: of two values of a slot, the less likely may come to 0
		faults = append(faults, fmt.Sprintf("%v: its probability and those of the alternatives %v", d, d.Alternatives))
	}
	if _, err := dst.ParseAct(d.Act.String()); err != nil {
		faults = append(faults, err.Error())
	}
	return faults
}

// Messages of ten thousand characters are read like any other.
func TestUpdateHoldsOfLongMessages(t *testing.T) {
	all := inventAll(t)
	for n := range 3 {
		in := &all[n]
		for _, piece := range []string{strings.Join(in.words, " "), strings.Join(in.words, ""), strings.Join(common[:48], " "), strings.Join(common, ""), "😀", "not " + in.words[0] + ", "} {
			runes := []rune(strings.Repeat(piece, 10_000/utf8.RuneCountInString(piece)+1))[:10_000]
			turn := dst.Turn{User: string(runes)}
			for i, tr := range in.trackers {
				for _, fault := range updateFaults(tr, dst.State{}, turn) {
					t.Errorf("%.20q…, tracker %d: %.400s", turn.User, i, fault)
				}
			}
		}
	}
}

func FuzzUpdateInvented(f *testing.F) {
	all := inventAll(f)
	f.Add(uint(1), "", "", "under 20 dollars, not blue")
	f.Add(uint(2), "inform Hotels.price<=9", "ask Hotels.area; offer Hotels.name=x", "不要，第二个多少钱？")
	f.Add(uint(3), "want Hotels", "propose Hotels", "yes\xff 😀 from here to there")
	f.Fuzz(func(t *testing.T, seed uint, held, said, message string) {
		if len(message) > 4000 {
			t.Skip()
		}
		acts, err := dst.ParseActs(held)
		if err != nil {
			t.Skip()
		}
		system, err := dst.ParseActs(said)
		if err != nil {
			t.Skip()
		}
		s := dst.State{}.Apply(acts...).Said(system...)
		for _, tr := range all[seed%inventions].trackers {
			for _, fault := range updateFaults(tr, s, dst.Turn{User: message}) {
				t.Errorf("%q: %s", message, fault)
			}
		}
	})
}
