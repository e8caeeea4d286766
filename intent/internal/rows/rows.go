// Package rows reads labelled messages with the lines that they stand on, and
// holds what the readers of every format share.
package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// A Row is a labelled message and the line, from 1, on which it begins.
type Row struct {
	Text, Intent string
	Line         int
}

// outOfScope is intent.OutOfScope, which this package cannot import.
const outOfScope = "oos"

// ErrEmpty says that a file holds nothing.
var ErrEmpty = errors.New("the file is empty")

// New checks a row: both parts must hold something, and the intent loses its
// outer space.
func New(text, intent string, line int) (Row, error) {
	if strings.TrimSpace(text) == "" {
		if intent != "" {
			return Row{}, fmt.Errorf("line %d: the text is empty (intent %s)", line, Excerpt(intent))
		}
		return Row{}, fmt.Errorf("line %d: the text is empty", line)
	}
	intent = strings.TrimSpace(intent)
	if intent == "" {
		return Row{}, fmt.Errorf("line %d: %s has no intent; label messages of no intent %q", line, Excerpt(text), outOfScope)
	}
	return Row{text, intent, line}, nil
}

// marks are the beginnings of files that are no UTF-8 text.
var marks = []struct{ begins, what string }{
	{"\xFF\xFE", "UTF-16; save it as UTF-8"},
	{"\xFE\xFF", "UTF-16; save it as UTF-8"},
	{"\x1F\x8B", "compressed with gzip; unpack it first"},
	{"PK\x03\x04", "a ZIP archive or a spreadsheet; unpack it, or save it as UTF-8 CSV"},
}

// Open skips a byte order mark, and refuses a file that is written in UTF-16 or
// compressed.
func Open(r io.Reader) (*bufio.Reader, error) {
	b := bufio.NewReader(r)
	begins, _ := b.Peek(4) // an error comes again with the first read
	for _, m := range marks {
		if strings.HasPrefix(string(begins), m.begins) {
			return nil, fmt.Errorf("the file is %s", m.what)
		}
	}
	if bytes.HasPrefix(begins, []byte("\uFEFF")) {
		b.Discard(3)
	}
	return b, nil
}

// All reads a whole file of UTF-8 text, without its byte order mark.
func All(r io.Reader) ([]byte, error) {
	b, err := Open(r)
	if err != nil {
		return nil, err
	}
	all, err := io.ReadAll(b)
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(all)) == 0 {
		return nil, ErrEmpty
	}
	if at := notText(all); at >= 0 {
		return nil, fmt.Errorf("line %d: the file is not UTF-8 text; save it as UTF-8", 1+bytes.Count(all[:at], []byte("\n")))
	}
	return all, nil
}

// notText is where b stops being UTF-8 text, -1 where it is text to its end.
func notText(b []byte) int {
	if at := bytes.IndexByte(b, 0); at >= 0 {
		return at
	}
	if utf8.Valid(b) {
		return -1
	}
	at := 0
	for at < len(b) {
		r, n := utf8.DecodeRune(b[at:])
		if r == utf8.RuneError && n == 1 {
			break
		}
		at += n
	}
	return at
}

// Excerpt quotes the beginning of a text for an error message.
func Excerpt(s string) string {
	const most = 40
	n := 0
	for i := range s {
		if n++; n > most {
			return fmt.Sprintf("%q…", s[:i])
		}
	}
	return fmt.Sprintf("%q", s)
}
