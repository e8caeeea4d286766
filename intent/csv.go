package intent

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// ReadCSV reads examples from CSV with the header "text,intent", in any order
// and among other columns, after an optional byte order mark. Empty lines are
// skipped. A row without a text or an intent is an error, and so is one of more
// fields than the header, in which a text with a comma was not quoted. Errors
// name the line.
func ReadCSV(r io.Reader) ([]Example, error) { return read(rows.CSV(r)) }

// read turns what a reader found into examples.
func read(all []rows.Row, err error) ([]Example, error) {
	if err != nil {
		return nil, fmt.Errorf("intent: read examples: %w", err)
	}
	out := make([]Example, len(all))
	for i, x := range all {
		out[i] = Example{x.Text, x.Intent}
	}
	return out, nil
}

// WriteCSV writes examples in the form that [ReadCSV] reads.
func WriteCSV(w io.Writer, examples []Example) error {
	c := csv.NewWriter(w)
	c.Write([]string{"text", "intent"}) // the first error stays and is reported below
	for _, x := range examples {
		c.Write([]string{x.Text, x.Intent})
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("intent: write examples: %w", err)
	}
	return nil
}

// A PredictionRow is a line of a prediction file.
type PredictionRow struct {
	Text       string
	Intent     string  // OutOfScope where the message was rejected
	Confidence float64 // probability that Intent is right
	Ranked     string  // best intent in scope, whether rejected or not; may be empty
}

// WritePredictions writes a prediction file: CSV with the header
// "text,intent,confidence", and "ranked" after it where that is wanted.
func WritePredictions(w io.Writer, rows []PredictionRow, ranked bool) error {
	c := csv.NewWriter(w)
	width := 3
	if ranked {
		width = 4
	}
	c.Write([]string{"text", "intent", "confidence", "ranked"}[:width])
	for _, x := range rows {
		c.Write([]string{x.Text, x.Intent, strconv.FormatFloat(x.Confidence, 'f', 6, 64), x.Ranked}[:width])
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("intent: write predictions: %w", err)
	}
	return nil
}
