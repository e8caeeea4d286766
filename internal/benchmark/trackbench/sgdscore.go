package trackbench

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// sgdNoIntent is SGD's active intent of a frame that has none.
const sgdNoIntent = "NONE"

// An sgdScore is SGD's official score: means over frames, a frame being one
// service in one turn of the user.
type sgdScore struct {
	all, seen, unseen, single, multi frameScore
	calibration                      calibration
	cost                             cost
	slips                            *lines
}

// A frameScore sums up frames.
type frameScore struct {
	frames    int
	joint     float64 // products over the frame's slots
	active    int     // frames with a slot in the gold state
	average   float64 // means over these slots
	intent    int     // right ones
	requested float64 // F1 of requested slots
}

// A frame is what one frame adds to the sums.
type frame struct {
	joint, average, requested float64
	active, intent            bool
}

func (s *frameScore) add(f frame) {
	s.frames++
	s.joint += f.joint
	s.requested += f.requested
	if f.active {
		s.active++
		s.average += f.average
	}
	if f.intent {
		s.intent++
	}
}

// slotScore is how right a slot is, from 0 to 1: a categorical value has to be
// the first gold one, others are compared loosely with each. Empty is right
// where gold is empty, and only there.
func slotScore(categorical bool, gold []string, got string, filled bool) float64 {
	switch {
	case len(gold) == 0 && !filled:
		return 1
	case len(gold) == 0 || !filled:
		return 0
	case categorical:
		if gold[0] == got {
			return 1
		}
		return 0
	}
	best := 0.0
	for _, g := range gold {
		best = max(best, tokenSortRatio(g, got)/100)
	}
	return best
}

// scoreFrame scores the frame of a service.
func scoreFrame(service string, slots []sgdSlot, gold dst.DialogueTurn, got dst.Prediction) frame {
	f := frame{joint: 1}
	active := 0
	for _, slot := range slots {
		value, filled := got.State[slot.name]
		c := slotScore(slot.categorical, gold.State[slot.name], value, filled)
		f.joint *= c
		if len(gold.State[slot.name]) > 0 {
			active++
			f.average += c
		}
	}
	if active > 0 {
		f.active = true
		f.average /= float64(active)
	}
	f.intent = orNone(gold.Intents[service]) == orNone(got.Intents[service])
	f.requested = requestedF1(inService(gold.Requested, service), inService(got.Requested, service))
	return f
}

func orNone(intent string) string {
	if intent == "" {
		return sgdNoIntent
	}
	return intent
}

func inService(slots []string, service string) map[string]bool {
	out := map[string]bool{}
	for _, s := range slots {
		if strings.HasPrefix(s, service+".") {
			out[s] = true
		}
	}
	return out
}

// requestedF1 counts two empty sets as alike.
func requestedF1(gold, got map[string]bool) float64 {
	if len(gold) == 0 && len(got) == 0 {
		return 1
	}
	both := 0
	for s := range got {
		if gold[s] {
			both++
		}
	}
	return f1(both, len(got), len(gold))
}

// trackSGD tracks the corpus's dialogues and scores them.
func trackSGD(ctx context.Context, a arguments, out, slips *lines) (*sgdScore, error) {
	c, err := openSGD(a.sgd, a.split, a.sgdx)
	if err != nil {
		return nil, err
	}
	t := a.trial(c.schema, c.dialogues)
	t.now = sgdClock
	if a.fit != "" {
		before, err := openSGD(a.sgd, a.fit, "")
		if err != nil {
			return nil, err
		}
		t.schema = union(c.schema, before.schema) // what is fitted holds for one schema only
		t.lessons = before.dialogues
	}
	tracker, states, spent, err := t.run(ctx)
	if err != nil {
		return nil, err
	}
	s := &sgdScore{slips: slips, cost: spent}
	for i, d := range c.dialogues {
		if err := s.dialogue(c, d, tracker, states[i], out); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// union is a schema with the services of another, but for those of the same
// name. Services are given turn by turn, so that further ones do no harm.
func union(schema, other dst.Schema) dst.Schema {
	out := dst.Schema{Services: slices.Clone(schema.Services)}
	for _, s := range other.Services {
		if !slices.ContainsFunc(schema.Services, func(t dst.Service) bool { return t.Name == s.Name }) {
			out.Services = append(out.Services, s)
		}
	}
	return out
}

// dialogue scores a dialogue. Gold states speak only of a turn's own services,
// so what is compared with the turn before is what was last said of each.
func (s *sgdScore) dialogue(c sgdCorpus, d dst.Dialogue, tracker *dst.Tracker, states []dst.State, out *lines) error {
	kind := &s.single
	if several(d) {
		kind = &s.multi
	}
	var before dst.State
	last := map[string][]string{}
	for i, t := range d.Turns {
		p := prediction(d.ID, i, tracker.Surface(states[i]), states[i])
		if err := out.write(p); err != nil {
			return err
		}
		for _, service := range t.Services {
			f := scoreFrame(service, c.slots[service], t, p)
			s.all.add(f)
			kind.add(f)
			if c.seen[service] {
				s.seen.add(f)
			} else {
				s.unseen.add(f)
			}
			for _, slot := range c.slots[service] {
				value, filled := p.State[slot.name]
				gold := t.State[slot.name]
				right := slotScore(slot.categorical, gold, value, filled)
				s.calibration.slot(before.Of(slot.name), states[i].Of(slot.name), last[slot.name], gold, right)
				if err := s.slips.slip(right, slot.name, i, d, before, states[i], last[slot.name], value); err != nil {
					return err
				}
				last[slot.name] = gold
			}
		}
		before = states[i]
	}
	return nil
}

// several reports whether the dialogue has more than one service.
func several(d dst.Dialogue) bool {
	first := ""
	for _, t := range d.Turns {
		for _, s := range t.Services {
			if first == "" {
				first = s
			}
			if s != first {
				return true
			}
		}
	}
	return false
}

// print writes the figures as "name value" columns. Groups without a frame are
// left out.
func (s *sgdScore) print(out io.Writer) error {
	w := new(bytes.Buffer)
	fmt.Fprintf(w, "turns %d\n", s.cost.turns)
	fmt.Fprintf(w, "frames %d\n", s.all.frames)
	for _, g := range []struct {
		name string
		frameScore
	}{{"", s.all}, {"_seen", s.seen}, {"_unseen", s.unseen}, {"_single", s.single}, {"_multi", s.multi}} {
		if g.frames > 0 {
			fmt.Fprintf(w, "joint_goal_accuracy%s %.4f\n", g.name, g.joint/float64(g.frames))
		}
	}
	n := float64(max(s.all.frames, 1))
	fmt.Fprintf(w, "average_goal_accuracy %.4f\n", s.all.average/float64(max(s.all.active, 1)))
	fmt.Fprintf(w, "intent_accuracy %.4f\n", float64(s.all.intent)/n)
	fmt.Fprintf(w, "requested_f1 %.4f\n", s.all.requested/n)
	fmt.Fprintf(w, "expected_calibration_error %.4f\n", s.calibration.ece())
	s.cost.print(w)
	_, err := w.WriteTo(out)
	return err
}
