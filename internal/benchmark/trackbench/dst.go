package trackbench

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/crosswoz/guide"
	"github.com/slotgraph/slotgraph/internal/benchmark/predictions"
)

// DST is the command dst: it tracks every dialogue on its own predicted
// states, prints figures and writes the predictions where -out is given.
func DST(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse("dst", args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("dst: %w", err)
	}
	inputs := a.inputs()
	out, err := create(a.out, inputs...)
	if err != nil {
		return fmt.Errorf("dst: %w", err)
	}
	defer out.Close()
	slips, err := create(a.slips, append(inputs, a.out)...)
	if err != nil {
		return fmt.Errorf("dst: -errors: %w", err)
	}
	defer slips.Close()
	var s interface{ print(io.Writer) error }
	switch {
	case a.sgd != "":
		s, err = trackSGD(ctx, a, out, slips)
	case a.crosswoz != "":
		s, err = trackCrossWOZ(ctx, a, out, slips)
	default:
		s, err = trackFiles(ctx, a, out, slips)
	}
	if err != nil {
		return fmt.Errorf("dst: %w", err)
	}
	if err := errors.Join(s.print(stdout), out.Close(), slips.Close()); err != nil {
		return fmt.Errorf("dst: %w", err)
	}
	return nil
}

// readFiles reads the schema and the dialogues.
func readFiles(a arguments) (schema dst.Schema, dialogues []dst.Dialogue, err error) {
	f, err := os.Open(a.schema)
	if err != nil {
		return schema, nil, err
	}
	defer f.Close()
	schema, err = dst.ReadSchema(f)
	if err != nil {
		return schema, nil, fmt.Errorf("%s: %w", a.schema, err)
	}
	g, err := os.Open(a.dialogues)
	if err != nil {
		return schema, nil, err
	}
	defer g.Close()
	dialogues, err = dst.ReadDialogues(g, schema)
	if err != nil {
		return schema, nil, fmt.Errorf("%s: %w", a.dialogues, err)
	}
	if len(dialogues) == 0 {
		return schema, nil, fmt.Errorf("%s: no dialogues", a.dialogues)
	}
	return schema, dialogues, nil
}

func trackFiles(ctx context.Context, a arguments, out, slips *lines) (*score, error) {
	schema, dialogues, err := readFiles(a)
	if err != nil {
		return nil, err
	}
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Weights: a.prior})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.schema, err)
	}
	s := &score{}
	states, spent, err := follow(ctx, tracker, scripts(dialogues), a.jobs)
	if err != nil {
		return nil, err
	}
	s.cost.add(spent)
	for i, d := range dialogues {
		if err := s.dialogue(d, states[i], reading{tracker.Surface, dst.State.Flat}, out, slips); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func trackCrossWOZ(ctx context.Context, a arguments, out, slips *lines) (*score, error) {
	c, err := openCrossWOZ(ctx, a.crosswoz, a.split)
	if err != nil {
		return nil, err
	}
	defer c.graph.Close()
	s := &score{}
	var dialogues []dst.Dialogue
	for _, d := range c.dialogues {
		dialogues = append(dialogues, wizard(d))
	}
	states, spent, err := follow(ctx, c.agent.Tracker(), scripts(dialogues), a.jobs)
	if err != nil {
		return nil, err
	}
	s.cost.add(spent)
	for i, d := range dialogues {
		if err := s.dialogue(d, states[i], reading{guide.State, guide.State}, out, slips); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// wizard is the dialogue with the wizard's queries, as they were written, as the
// gold states.
func wizard(d guide.Dialogue) dst.Dialogue {
	out := d.Annotated()
	for i, t := range d.Turns {
		out.Turns[i].State = spellings(t.Gold)
	}
	return out
}

// lines writes JSON Lines to a file, or nowhere.
type lines struct {
	f *os.File
	e *json.Encoder
}

// create makes the prediction file, which may be none of the inputs.
func create(path string, inputs ...string) (*lines, error) {
	if path == "" {
		return &lines{}, nil
	}
	f, err := predictions.Create(path, inputs...)
	if err != nil {
		return nil, err
	}
	e := json.NewEncoder(f)
	e.SetEscapeHTML(false)
	return &lines{f, e}, nil
}

func (l *lines) write(v any) error {
	if l.f == nil {
		return nil
	}
	if err := l.e.Encode(v); err != nil {
		return fmt.Errorf("the prediction file: %w", err)
	}
	return nil
}

// Close closes the file; a second call does nothing.
func (l *lines) Close() error {
	if l.f == nil {
		return nil
	}
	f := l.f
	l.f = nil
	return f.Close()
}
