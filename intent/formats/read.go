package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// A Format is a kind of file.
type Format string

// The formats that [Read] knows.
const (
	CSV       Format = "CSV"
	JSONL     Format = "JSON Lines"
	CLINC     Format = "CLINC JSON"
	Rasa      Format = "Rasa NLU YAML"
	SnipsYAML Format = "Snips YAML"
	SnipsJSON Format = "Snips JSON"
	FastText  Format = "fastText"
)

// A File is what [Read] found in a file.
type File struct {
	Name     string
	Format   Format
	Examples []intent.Example
	Lines    []int // the line, from 1, on which each example begins; JSON may stand on one line
}

// known tells in an error what Read knows.
const known = `CSV (.csv, with the header "text,intent"), JSON Lines (.jsonl, {"text":"…","intent":"…"}), ` +
	`CLINC JSON (.json, {"train":[["text","intent"],…]}), Rasa NLU YAML (.yml, "nlu:"), ` +
	`Snips YAML (.yaml, "type: intent") or JSON, and fastText (.txt, "__label__intent text")`

// Read reads examples in whatever format the file has, by the end of its name
// where that says it, and by what it holds. Of CLINC JSON it takes the split
// "train" (see [ReadCLINC]). A file of no known format is an error that lists
// those that are.
func Read(name string, r io.Reader) (*File, error) {
	b, err := rows.All(r)
	if err != nil {
		return nil, fmt.Errorf("formats: read %q: %w", name, err)
	}
	format, err := sniff(name, b)
	if err != nil {
		return nil, fmt.Errorf("formats: read %q: %w", name, err)
	}
	all, err := readers[format](b)
	out, err := examples(format, all, err)
	if err != nil {
		return nil, fmt.Errorf("%w (file %q)", err, name)
	}
	f := &File{Name: name, Format: format, Examples: out, Lines: make([]int, len(all))}
	for i, x := range all {
		f.Lines[i] = x.Line
	}
	return f, nil
}

var readers = map[Format]func(b []byte) ([]rows.Row, error){
	CSV:       func(b []byte) ([]rows.Row, error) { return rows.CSV(bytes.NewReader(b)) },
	JSONL:     func(b []byte) ([]rows.Row, error) { return rows.JSONL(bytes.NewReader(b)) },
	CLINC:     func(b []byte) ([]rows.Row, error) { return readCLINC(b, "train") },
	Rasa:      readRasa,
	SnipsYAML: readSnipsYAML,
	SnipsJSON: readSnipsJSON,
	FastText:  readFastText,
}

// sniff tells the format of a file.
func sniff(name string, b []byte) (Format, error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return CSV, nil
	case ".jsonl", ".ndjson":
		return JSONL, nil
	case ".json":
		return sniffJSON(b)
	case ".yml", ".yaml":
		return sniffYAML(b)
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(b), []byte("\n"))
	columns := strings.ToLower(string(first))
	switch {
	case first[0] == '{':
		return sniffJSON(b)
	case bytes.Contains(first, []byte(label)):
		return FastText, nil
	case strings.Contains(columns, "text") && strings.Contains(columns, "intent") && strings.Contains(columns, ","):
		return CSV, nil
	}
	return sniffYAML(b)
}

var (
	rasaKey  = regexp.MustCompile(`(?m)^["']?nlu["']?\s*:`)
	snipsKey = regexp.MustCompile(`(?m)^["']?type["']?\s*:\s*["']?(intent|entity)\b`)
)

func sniffYAML(b []byte) (Format, error) {
	switch {
	case rasaKey.Match(b):
		return Rasa, nil
	case snipsKey.Match(b):
		return SnipsYAML, nil
	}
	return "", fmt.Errorf("no known format; known are %s", known)
}

// sniffJSON looks at the keys of the first value.
func sniffJSON(b []byte) (Format, error) {
	var found Format
	j := rows.NewJSON(b, 1)
	err := j.Object("the file", func(key string) error {
		next, _ := j.Next()
		switch {
		case key == "rasa_nlu_data":
			return errors.New("this is Rasa's old JSON; convert it with Rasa's own command to YAML, and read that")
		case next == '"' && (key == "text" || key == "intent"):
			found = JSONL
		case next == '{' && key == "intents":
			found = SnipsJSON
		case next == '[' && found == "":
			return j.Array("", func() error {
				switch first, _ := j.Next(); {
				case found != "": // the first element tells
				case first == '[':
					found = CLINC
				case first == '{':
					found = SnipsJSON
				}
				return j.Skip()
			})
		}
		return j.Skip()
	})
	if err == nil && found == "" {
		err = fmt.Errorf("no known format; known are %s", known)
	}
	return found, err
}
