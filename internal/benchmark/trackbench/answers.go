package trackbench

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/crosswoz/guide"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// An answerLine is what the agent would say in one turn, as prediction files
// hold it.
type answerLine struct {
	ID          string              `json:"id"`
	Turn        int                 `json:"turn"`
	Answers     map[string][]string `json:"answers"`
	Recommended []string            `json:"recommended"`
}

// answerScore compares with what the wizard said next.
type answerScore struct {
	turns       int
	told, right int // values that the wizard told of requested slots, and those that the agent tells
	named       int // turns in which the wizard names a thing that was not spoken of
	hit1, hit5  int // of these, in which the agent's first, and any of its first five, is one of them
	took        []time.Duration
	gold        guide.Turn // the turn that is answered
}

// Answers is the command answers: whole turns. For each user turn, with the
// conversation so far as it was, it compares the agent's answer with the
// wizard's next acts: answer recall is the share of the values the wizard told
// of the slots the user asked about that the agent tells too; hit@1 and hit@5
// are over the turns in which the wizard names something new.
func Answers(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse("answers", args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	out, err := create(a.out)
	if err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	defer out.Close()
	c, err := openCrossWOZ(ctx, a.crosswoz, a.split)
	if err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	defer c.graph.Close()
	var s answerScore
	agent := c.agent
	if a.gold {
		if agent, err = s.golden(ctx, c.graph); err != nil {
			return fmt.Errorf("answers: %w", err)
		}
	}
	for _, d := range c.dialogues {
		if err := s.dialogue(ctx, agent, d, out); err != nil {
			return fmt.Errorf("answers: dialogue %s: %w", d.ID, err)
		}
	}
	if err := errors.Join(s.print(stdout), out.Close()); err != nil {
		return fmt.Errorf("answers: %w", err)
	}
	return nil
}

// golden is the guide's agent in the states that the wizard wrote down: what
// the message says of the wizard's query is given, the rest is the tracker's.
func (s *answerScore) golden(ctx context.Context, graph *kg.Graph) (*recommend.Agent, error) {
	cfg, err := guide.Config(ctx, graph)
	if err != nil {
		return nil, err
	}
	cfg.Track = func(ctx context.Context, own *dst.Tracker, before dst.State, t dst.Turn) (dst.State, []dst.Decision, error) {
		after, decisions, err := own.Update(ctx, before, t)
		if err == nil {
			after.Constraints = s.gold.Constraints()
		}
		return after, decisions, err
	}
	return recommend.New(ctx, cfg)
}

// dialogue answers each turn of a dialogue in the state that the tracker has
// of it, with the wizard's acts as the bot's.
func (s *answerScore) dialogue(ctx context.Context, agent *recommend.Agent, d guide.Dialogue, out *lines) error {
	var state dst.State
	spoken := map[string]bool{}
	for i, t := range d.Turns {
		state, s.gold = state.Said(t.System...), t
		start := time.Now()
		reply, _, err := agent.Reply(ctx, state, t.User)
		s.took = append(s.took, time.Since(start))
		if err != nil {
			return fmt.Errorf("turn %d: %w", i, err)
		}
		if state, _, err = agent.Tracker().Update(ctx, state, dst.Turn{User: t.User}); err != nil {
			return fmt.Errorf("turn %d: %w", i, err)
		}
		line := answerLine{ID: d.ID, Turn: i, Answers: guide.Answers(reply), Recommended: guide.Recommended(reply)}
		s.add(t, line, spoken)
		if err := out.write(line); err != nil {
			return err
		}
	}
	return nil
}

// add scores one turn; spoken are the names of the conversation so far.
func (s *answerScore) add(t guide.Turn, got answerLine, spoken map[string]bool) {
	s.turns++
	var fresh []string
	for _, act := range t.Reply {
		switch {
		case act.Kind == dst.Offer:
			if !spoken[act.Value] && !strings.Contains(t.User, act.Value) {
				fresh = append(fresh, act.Value)
			}
		case act.Kind == dst.Inform && slices.Contains(t.Requested, act.Slot):
			s.told++
			if right(act.Value, got.Answers[act.Slot]) {
				s.right++
			}
		}
	}
	for _, act := range t.Reply {
		if act.Kind == dst.Offer {
			spoken[act.Value] = true
		}
	}
	if len(fresh) == 0 {
		return
	}
	s.named++
	for i, name := range got.Recommended {
		if slices.ContainsFunc(fresh, func(f string) bool { return key(f) == key(name) }) {
			if i == 0 {
				s.hit1++
			}
			s.hit5++
			break
		}
	}
}

// print writes the figures as "name value" columns.
func (s *answerScore) print(out io.Writer) error {
	w := new(bytes.Buffer)
	slices.Sort(s.took)
	fmt.Fprintf(w, "turns %d\n", s.turns)
	fmt.Fprintf(w, "requested_values %d\n", s.told)
	fmt.Fprintf(w, "answer_recall %.4f\n", ratio(s.right, s.told))
	fmt.Fprintf(w, "naming_turns %d\n", s.named)
	fmt.Fprintf(w, "hit@1 %.4f\n", ratio(s.hit1, s.named))
	fmt.Fprintf(w, "hit@5 %.4f\n", ratio(s.hit5, s.named))
	if n := len(s.took); n > 0 {
		fmt.Fprintf(w, "us_per_turn_median %.1f\n", float64(s.took[n/2].Nanoseconds())/1000)
		fmt.Fprintf(w, "us_per_turn_p99 %.1f\n", float64(s.took[n*99/100].Nanoseconds())/1000)
	}
	_, err := w.WriteTo(out)
	return err
}
