package rows

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A JSON walks through a JSON text. It knows its lines, and refuses an object
// that has one key twice, of which encoding/json would keep the last.
type JSON struct {
	data     []byte
	dec      *json.Decoder
	at, line int // lines are counted up to at
}

// NewJSON returns a walker that begins before the first value of data, which
// stands on the given line of its file.
func NewJSON(data []byte, line int) *JSON {
	return &JSON{data: data, dec: json.NewDecoder(bytes.NewReader(data)), line: line}
}

// Next returns the first byte of the next value or closing bracket, 0 at the
// end, and its line.
func (j *JSON) Next() (byte, int) {
	to := int(j.dec.InputOffset())
	for to < len(j.data) && bytes.IndexByte([]byte(" \t\r\n,:"), j.data[to]) >= 0 {
		to++
	}
	if to > j.at {
		j.line += bytes.Count(j.data[j.at:to], []byte("\n"))
		j.at = to
	}
	if to == len(j.data) {
		return 0, j.line
	}
	return j.data[to], j.line
}

// fail says where what the decoder reported is.
func (j *JSON) fail(err error) error {
	_, line := j.Next()
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("line %d: the JSON ends too early; is the file cut off?", line)
	}
	return fmt.Errorf("line %d: this is no JSON: %w", line, err)
}

// Object calls member at the value of each key of the object that comes next.
// Member must read the value.
func (j *JSON) Object(what string, member func(key string) error) error {
	if err := j.open('{', what, "object"); err != nil {
		return err
	}
	seen := map[string]bool{}
	for j.dec.More() {
		_, line := j.Next()
		t, err := j.dec.Token()
		if err != nil {
			return j.fail(err)
		}
		key, _ := t.(string) // the decoder lets nothing else be a key
		if seen[key] {
			return fmt.Errorf("line %d: the key %s stands twice in one object; keep one", line, Excerpt(key))
		}
		seen[key] = true
		if err := member(key); err != nil {
			return err
		}
	}
	return j.close()
}

// Array calls element at each element of the array that comes next. Element
// must read the value.
func (j *JSON) Array(what string, element func() error) error {
	if err := j.open('[', what, "array"); err != nil {
		return err
	}
	for j.dec.More() {
		if err := element(); err != nil {
			return err
		}
	}
	return j.close()
}

func (j *JSON) open(bracket byte, what, kind string) error {
	if next, line := j.Next(); next != bracket && next != 0 {
		return fmt.Errorf("line %d: %s is no JSON %s", line, what, kind)
	}
	if _, err := j.dec.Token(); err != nil {
		return j.fail(err)
	}
	return nil
}

func (j *JSON) close() error {
	if _, err := j.dec.Token(); err != nil {
		return j.fail(err)
	}
	return nil
}

// String reads the string that comes next.
func (j *JSON) String(what string) (string, error) {
	if next, line := j.Next(); next != '"' && next != 0 {
		return "", fmt.Errorf("line %d: %s is no JSON string", line, what)
	}
	t, err := j.dec.Token()
	if err != nil {
		return "", j.fail(err)
	}
	s, _ := t.(string)
	return s, nil
}

// Skip passes over the next value.
func (j *JSON) Skip() error {
	var value json.RawMessage
	if err := j.dec.Decode(&value); err != nil {
		return j.fail(err)
	}
	return nil
}

// End reports what follows where nothing should.
func (j *JSON) End() error {
	if next, line := j.Next(); next != 0 {
		return fmt.Errorf("line %d: more follows after the end of the JSON", line)
	}
	return nil
}
