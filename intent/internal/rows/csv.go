package rows

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// CSV reads rows from CSV with the columns "text" and "intent".
func CSV(r io.Reader) ([]Row, error) {
	var out []Row
	err := readCSV(r, []string{"text", "intent"}, func(line int, fields []string) error {
		row, err := New(fields[0], fields[1], line)
		out = append(out, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// readCSV calls row with the wanted fields of every record of a CSV file.
func readCSV(r io.Reader, wanted []string, row func(line int, fields []string) error) error {
	text, err := Open(r)
	if err != nil {
		return err
	}
	c := csv.NewReader(text)
	c.FieldsPerRecord = -1
	c.ReuseRecord = true
	header, err := c.Read()
	if err == io.EOF {
		return fmt.Errorf("%w; want the header %q", ErrEmpty, strings.Join(wanted, ","))
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
		if err := row(line, fields); err != nil {
			return err
		}
	}
}

// columns returns where the wanted columns are in the header.
func columns(header, wanted []string) ([]int, error) {
	at := make([]int, len(wanted))
	for k, name := range wanted {
		if at[k] = indexFold(header, name); at[k] < 0 {
			return nil, fmt.Errorf("no column %q in the header %s; want the header %q",
				name, Excerpt(strings.Join(header, ",")), strings.Join(wanted, ","))
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
