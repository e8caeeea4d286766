// Package formats reads the training data of other tools as examples for
// package intent: CLINC150's JSON, Rasa's NLU YAML, the YAML and JSON of Snips
// NLU, and fastText. [Read] tells them apart, and reads the CSV and JSON Lines
// of package intent too.
//
// Intents keep their names. A tool's own name for messages of no intent, such
// as "out_of_scope" or "None", becomes one like any other: rename it to
// [intent.OutOfScope] where the classifier should learn to reject them.
//
// No reader panics or guesses: what it cannot read is an error that names the
// kind of file and the line and says what to do. All readers hold the whole
// file in memory. They are safe for concurrent use on different readers.
package formats

import (
	"fmt"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// examples turns what a reader of a format found into examples.
func examples(f Format, all []rows.Row, err error) ([]intent.Example, error) {
	if err != nil {
		return nil, fmt.Errorf("formats: read %s: %w", f, err)
	}
	out := make([]intent.Example, len(all))
	for i, x := range all {
		out[i] = intent.Example{Text: x.Text, Intent: x.Intent}
	}
	return out, nil
}
