// Package trackbench is the benchmark commands that measure a tracker, and
// whole turns, on annotated dialogues.
package trackbench

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// A score sums up the turns of a corpus.
type score struct {
	turns, joint           int // user turns, and those whose whole state is right
	active, activeRight    int // slots that are filled in the gold state, and those that are right
	predicted              int // slots that are filled in the predicted state
	asked, told, askedTold int // requested slots: gold, predicted, both
	intents, intentsRight  int // gold intents
	calibration            calibration
	cost                   cost
}

// A reading writes a state down in two ways: the first stands in predictions,
// and a slot is right where either is a gold spelling. Both have the same slots.
type reading [2]func(dst.State) map[string]string

// key is what values are compared by: spaces and punctuation dropped.
func key(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.IsPunct(r) || unicode.IsSymbol(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// right reports whether a value is one of the acceptable spellings.
func right(got string, gold []string) bool {
	return slices.ContainsFunc(gold, func(g string) bool { return key(g) == key(got) })
}

// dialogues scores dialogues by the states that were tracked.
func (s *score) dialogues(all []dst.Dialogue, states [][]dst.State, read reading, out, slips *lines) error {
	for i, d := range all {
		if err := s.dialogue(d, states[i], read, out, slips); err != nil {
			return err
		}
	}
	return nil
}

func (s *score) dialogue(d dst.Dialogue, states []dst.State, read reading, out, slips *lines) error {
	var before dst.State
	var last map[string][]string
	for i, t := range d.Turns {
		p := prediction(d.ID, i, read[0](states[i]), states[i])
		other := read[1](states[i])
		if err := out.write(p); err != nil {
			return err
		}
		s.add(t, p, other)
		for _, slot := range slotsOf(t.State, p.State) {
			right := 0.0
			if rightSlot(t.State[slot], p.State, other, slot) {
				right = 1
			}
			s.calibration.slot(before.Of(slot), states[i].Of(slot), last[slot], t.State[slot], right)
			if err := slips.slip(right, slot, i, d, before, states[i], last[slot], p.State[slot]); err != nil {
				return err
			}
		}
		before, last = states[i], t.State
	}
	return nil
}

// slotsOf is the slots of two states, sorted.
func slotsOf(gold map[string][]string, got map[string]string) []string {
	slots := slices.AppendSeq(slices.Collect(maps.Keys(gold)), maps.Keys(got))
	slices.Sort(slots)
	return slices.Compact(slots)
}

// rightSlot reports whether a filled slot of the prediction is a gold spelling
// in either form.
func rightSlot(gold []string, got, other map[string]string, slot string) bool {
	value, filled := got[slot]
	return filled && (right(value, gold) || right(other[slot], gold))
}

// add scores one turn; other is the predicted state in its second form.
func (s *score) add(t dst.DialogueTurn, got dst.Prediction, other map[string]string) {
	s.turns++
	all := len(t.State) == len(got.State)
	for slot, spellings := range t.State {
		ok := rightSlot(spellings, got.State, other, slot)
		all = all && ok
		s.active++
		if ok {
			s.activeRight++
		}
	}
	if all {
		s.joint++
	}
	s.predicted += len(got.State)
	s.asked += len(t.Requested)
	s.told += len(got.Requested)
	for _, slot := range got.Requested {
		if slices.Contains(t.Requested, slot) {
			s.askedTold++
		}
	}
	for service, intent := range t.Intents {
		s.intents++
		if got.Intents[service] == intent {
			s.intentsRight++
		}
	}
}

// print writes the figures as "name value" columns.
func (s *score) print(out io.Writer) error {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "turns %d\n", s.turns)
	fmt.Fprintf(w, "joint_goal_accuracy %.4f\n", ratio(s.joint, s.turns))
	fmt.Fprintf(w, "average_goal_accuracy %.4f\n", ratio(s.activeRight, s.active))
	fmt.Fprintf(w, "slot_f1 %.4f\n", f1(s.activeRight, s.predicted, s.active))
	if s.asked > 0 {
		fmt.Fprintf(w, "requested_f1 %.4f\n", f1(s.askedTold, s.told, s.asked))
	}
	if s.intents > 0 {
		fmt.Fprintf(w, "intent_accuracy %.4f\n", ratio(s.intentsRight, s.intents))
	}
	fmt.Fprintf(w, "expected_calibration_error %.4f\n", s.calibration.ece())
	s.cost.print(w)
	_, err := w.WriteTo(out)
	return err
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 0
	}
	return float64(a) / float64(b)
}

func f1(both, predicted, gold int) float64 { return ratio(2*both, predicted+gold) }

// prediction writes down what a tracker understood.
func prediction(id string, turn int, state map[string]string, s dst.State) dst.Prediction {
	p := dst.Prediction{ID: id, Turn: turn, State: state, Requested: slices.Clone(s.Requested), Intents: map[string]string{}}
	for _, name := range s.Intents {
		if service, intent, ok := strings.Cut(name, "."); ok {
			p.Intents[service] = intent
		}
	}
	if p.Requested == nil {
		p.Requested = []string{}
	}
	return p
}

// spellings turns a plain state into one with acceptable spellings.
func spellings(state map[string]string) map[string][]string {
	out := make(map[string][]string, len(state))
	for slot, value := range state {
		out[slot] = []string{value}
	}
	return out
}
