package intent

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ReadCSV reads examples from CSV with the header "text,intent", in any order
// and among other columns, after an optional byte order mark. Empty lines are
// skipped. A row without a text or an intent is an error, and so is one of more
// fields than the header, in which a text with a comma was not quoted. Errors
// name the line.
func ReadCSV(r io.Reader) ([]Example, error) {
	var out []Example
	err := readRows(r, []string{"text", "intent"}, func(fields []string) error {
		if strings.TrimSpace(fields[0]) == "" {
			return errors.New("the text is empty")
		}
		if strings.TrimSpace(fields[1]) == "" {
			return fmt.Errorf("%s has no intent; label messages of no intent %q", excerpt(fields[0]), OutOfScope)
		}
		out = append(out, Example{fields[0], strings.TrimSpace(fields[1])})
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("intent: read examples: %w", err)
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

// readRows calls row with the wanted fields of every record of a CSV file.
func readRows(r io.Reader, wanted []string, row func(fields []string) error) error {
	c := csv.NewReader(skipBOM(r))
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	header, err := c.Read()
	if err == io.EOF {
		return fmt.Errorf("the file is empty; want the header %q", strings.Join(wanted, ","))
	}
	if err != nil {
		return err
	}
	at, err := columns(header, wanted)
	if err != nil {
		return fmt.Errorf("line 1: %w", err)
	}
	width := len(header)
	fields := make([]string, len(wanted))
	for {
		record, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err // csv.ParseError names the line
		}
		line, _ := c.FieldPos(0)
		if len(record) > width {
			return fmt.Errorf("line %d: %d fields, but the header has %d; quote texts that hold commas", line, len(record), width)
		}
		for k, i := range at {
			if i >= len(record) {
				return fmt.Errorf("line %d: %d fields, but the column %q is number %d; quote texts that hold commas", line, len(record), wanted[k], i+1)
			}
			if fields[k] = record[i]; !utf8.ValidString(fields[k]) || strings.ContainsRune(fields[k], 0) {
				return fmt.Errorf("line %d: the column %q is not UTF-8 text; save the file as UTF-8 CSV", line, wanted[k])
			}
		}
		if err := row(fields); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
}

// columns returns where the wanted columns are in the header.
func columns(header, wanted []string) ([]int, error) {
	at := make([]int, len(wanted))
	for k, name := range wanted {
		if at[k] = indexFold(header, name); at[k] < 0 {
			return nil, fmt.Errorf("no column %q in the header %s; want the header %q",
				name, excerpt(strings.Join(header, ",")), strings.Join(wanted, ","))
		}
		if indexFold(header[at[k]+1:], name) >= 0 {
			return nil, fmt.Errorf("the header has the column %q twice", name)
		}
	}
	return at, nil
}

func indexFold(header []string, name string) int {
	for i, h := range header {
		if strings.EqualFold(strings.TrimSpace(h), name) {
			return i
		}
	}
	return -1
}

func skipBOM(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, _ := b.Peek(3); string(mark) == "\uFEFF" {
		b.Discard(3)
	}
	return b
}
