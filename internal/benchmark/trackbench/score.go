// Package trackbench is the benchmark commands that measure a tracker, and
// whole turns, on annotated dialogues.
package trackbench

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// A score sums up the turns of a corpus.
type score struct {
	turns, joint           int           // user turns, and those whose whole state is right
	active, activeRight    int           // slots that are filled in the gold state, and those that are right
	predicted              int           // slots that are filled in the predicted state
	asked, told, askedTold int           // requested slots: gold, predicted, both
	intents, intentsRight  int           // gold intents
	took                   time.Duration // in the tracker
}

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

// add scores one turn.
func (s *score) add(gold map[string][]string, requested []string, intents map[string]string, got dst.Prediction) {
	s.turns++
	all := len(gold) == len(got.State)
	for slot, spellings := range gold {
		value, ok := got.State[slot]
		ok = ok && right(value, spellings)
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
	s.asked += len(requested)
	s.told += len(got.Requested)
	for _, slot := range got.Requested {
		if slices.Contains(requested, slot) {
			s.askedTold++
		}
	}
	for service, intent := range intents {
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
	fmt.Fprintf(w, "us_per_turn %.1f\n", float64(s.took.Microseconds())/float64(max(s.turns, 1)))
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
