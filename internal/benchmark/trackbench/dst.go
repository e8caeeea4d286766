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

// readFiles reads the schema and the dialogues to track, and those to learn
// from.
func readFiles(a arguments) (t trial, err error) {
	schema, _, err := readSchema(a.schema)
	if err != nil {
		return t, err
	}
	dialogues, err := readDialogues(a.dialogues, schema)
	if err != nil {
		return t, err
	}
	t = a.trial(schema, dialogues)
	if a.fit != "" {
		t.lessons, err = readDialogues(a.fit, schema)
	}
	return t, err
}

func readDialogues(path string, schema dst.Schema) ([]dst.Dialogue, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	dialogues, err := dst.ReadDialogues(f, schema)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if len(dialogues) == 0 {
		return nil, fmt.Errorf("%s: no dialogues", path)
	}
	return dialogues, nil
}

func trackFiles(ctx context.Context, a arguments, out, slips *lines) (*score, error) {
	t, err := readFiles(a)
	if err != nil {
		return nil, err
	}
	tracker, states, spent, err := t.run(ctx)
	if err != nil {
		return nil, err
	}
	s := &score{cost: spent}
	return s, s.dialogues(t.dialogues, states, reading{tracker.Surface, dst.State.Flat}, out, slips)
}

func trackCrossWOZ(ctx context.Context, a arguments, out, slips *lines) (*score, error) {
	c, err := openCrossWOZ(ctx, a.crosswoz, a.split)
	if err != nil {
		return nil, err
	}
	defer c.graph.Close()
	t := a.trial(c.agent.Schema(), nil)
	for _, d := range c.dialogues {
		t.dialogues = append(t.dialogues, wizard(d))
	}
	t.annotated = annotated(c.dialogues)
	if a.fit != "" {
		before, err := guide.Dialogues(a.crosswoz, a.fit)
		if err != nil {
			return nil, err
		}
		t.lessons = annotated(before)
	}
	_, states, spent, err := t.run(ctx)
	if err != nil {
		return nil, err
	}
	s := &score{cost: spent}
	return s, s.dialogues(t.dialogues, states, reading{guide.State, guide.State}, out, slips)
}

func annotated(dialogues []guide.Dialogue) (out []dst.Dialogue) {
	for _, d := range dialogues {
		out = append(out, d.Annotated())
	}
	return out
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
