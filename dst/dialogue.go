package dst

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// A Dialogue is an annotated conversation: what a developer writes to measure
// a tracker, or to adapt one. Files hold one as JSON on each line (see
// [ReadDialogues]).
type Dialogue struct {
	ID    string         `json:"id"`
	Turns []DialogueTurn `json:"turns"`
}

// A DialogueTurn is what the bot did, what the user said then, and what should
// have been understood.
type DialogueTurn struct {
	System     []Act               `json:"system"`                // the bot's turn just before, in the act notation; empty at the start
	SystemText string              `json:"system_text,omitempty"` // its words
	User       string              `json:"user,omitempty"`        // the user's words,
	Hypotheses []Hypothesis        `json:"hypotheses,omitempty"`  // or what was heard of them, best first
	Services   []string            `json:"services,omitempty"`    // services open in this turn; none means that the tracker decides
	State      map[string][]string `json:"state"`                 // by slot, acceptable spellings of its one value
	Not        map[string][]string `json:"not,omitempty"`         // by slot, canonical values that the user refuses; none at all where that is not annotated
	Requested  []string            `json:"requested,omitempty"`   // slots the user asks about
	Intents    map[string]string   `json:"intents,omitempty"`     // by service
}

// Turn is what a tracker may see of the turn.
func (t DialogueTurn) Turn() Turn {
	system := t.System
	if system == nil {
		system = []Act{}
	}
	return Turn{System: system, User: t.User, Hypotheses: t.Hypotheses, Services: t.Services}
}

// ReadDialogues reads dialogues, one JSON object a line; empty lines are
// passed over. Slots are checked against the schema. Errors name the line.
func ReadDialogues(r io.Reader, schema Schema) ([]Dialogue, error) {
	var out []Dialogue
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		line, err := lines.ReadBytes('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("dst: reading dialogues: line %d: %w", n, err)
		}
		if len(bytes.TrimSpace(line)) > 0 {
			var d Dialogue
			if err := json.Unmarshal(line, &d); err != nil {
				return nil, fmt.Errorf("dst: reading dialogues: line %d: %w", n, err)
			}
			if err := d.check(schema); err != nil {
				return nil, fmt.Errorf("dst: reading dialogues: line %d: dialogue %q: %w", n, d.ID, err)
			}
			out = append(out, d)
		}
		if err != nil {
			return out, nil
		}
	}
}

func (d Dialogue) check(schema Schema) error {
	for i, t := range d.Turns {
		if err := schema.Check(t.System...); err != nil {
			return fmt.Errorf("turn %d: system: %w", i, err)
		}
		slots := slices.Concat(slices.Sorted(maps.Keys(t.State)), slices.Sorted(maps.Keys(t.Not)), t.Requested)
		for _, slot := range slots {
			if _, ok := schema.Slot(slot); !ok {
				return fmt.Errorf("turn %d: no slot %q in the schema%s", i, slot, schema.suggest(slot))
			}
		}
		for _, service := range slices.Concat(slices.Sorted(maps.Keys(t.Intents)), t.Services) {
			if !schema.has(service) {
				return fmt.Errorf("turn %d: no service %q in the schema", i, service)
			}
		}
	}
	return nil
}

// WriteDialogues writes what [ReadDialogues] reads.
func WriteDialogues(w io.Writer, ds []Dialogue) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, d := range ds {
		if err := e.Encode(d); err != nil {
			return fmt.Errorf("dst: writing dialogue %q: %w", d.ID, err)
		}
	}
	return nil
}

// A Prediction is what a tracker understood of one user turn, as prediction
// files hold it, one a line.
type Prediction struct {
	ID        string            `json:"id"`
	Turn      int               `json:"turn"` // from 0
	State     map[string]string `json:"state"`
	Requested []string          `json:"requested"`
	Intents   map[string]string `json:"intents"`
}
