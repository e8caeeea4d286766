package rows

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// maxLine bounds one line of JSON Lines, in bytes.
const maxLine = 64 << 20

// JSONL reads rows from JSON Lines.
func JSONL(r io.Reader) ([]Row, error) {
	text, err := Open(r)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(text)
	lines.Buffer(nil, maxLine)
	var out []Row
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		row, err := jsonRow(line, n)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, fmt.Errorf("line %d is longer than %d MiB; want one object to a line", n+1, maxLine>>20)
	} else if err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf(`%w; want lines such as {"text":"…","intent":"…"}`, ErrEmpty)
	}
	return out, nil
}

func jsonRow(b []byte, line int) (Row, error) {
	if !utf8.Valid(b) {
		return Row{}, fmt.Errorf("line %d: the line is not UTF-8 text; save the file as UTF-8", line)
	}
	var row Row
	var has [2]bool
	j := NewJSON(b, line)
	err := j.Object("the line", func(key string) (err error) {
		switch key {
		case "text":
			has[0] = true
			row.Text, err = j.String(`the value of "text"`)
		case "intent":
			has[1] = true
			row.Intent, err = j.String(`the value of "intent"`)
		default:
			err = j.Skip()
		}
		return err
	})
	if err == nil {
		err = j.End()
	}
	if err != nil {
		return Row{}, fmt.Errorf(`%w; want one object to a line, as {"text":"…","intent":"…"}`, err)
	}
	for k, key := range []string{"text", "intent"} {
		if !has[k] {
			return Row{}, fmt.Errorf(`line %d: no key %q; want {"text":"…","intent":"…"}`, line, key)
		}
	}
	return New(row.Text, row.Intent, line)
}
