package wrap

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// A recording is one line of a file of calls.
type recording struct {
	Key      string             `json:"key"`
	Request  json.RawMessage    `json:"request"` // as canonical has it
	Chunks   []string           `json:"chunks,omitempty"`
	Response recommend.Response `json:"response"`
	Error    *recordedError     `json:"error,omitempty"`
}

// A recordedError is an error as it can be written down: a Failure with its
// cause, any other with its text.
type recordedError struct {
	Cause      recommend.Cause `json:"cause,omitempty"`
	Status     int             `json:"status,omitempty"`
	RetryAfter time.Duration   `json:"retry_after,omitempty"` // nanoseconds
	Text       string          `json:"text"`
}

func recorded(err error) *recordedError {
	var f *recommend.Failure
	switch {
	case err == nil:
		return nil
	case errors.As(err, &f):
		text := f.Detail
		if f.Err != nil {
			text = f.Err.Error()
			if f.Detail != "" {
				text = f.Detail + ": " + text
			}
		}
		return &recordedError{f.Cause, f.Status, f.RetryAfter, text}
	}
	return &recordedError{Text: err.Error()}
}

func (e *recordedError) replayed() error {
	switch {
	case e == nil:
		return nil
	case e.Cause == "":
		return errors.New(e.Text)
	}
	return &recommend.Failure{Cause: e.Cause, Status: e.Status, RetryAfter: e.RetryAfter, Detail: e.Text}
}

// Record writes each call of a generator to w, one line of JSON for each, for
// [NewReplay] to play back: tests with a model's true answers, and without it.
// The lines hold the requests, and so what customers wrote. A line that cannot
// be written is an error of the call.
func Record(g recommend.Generator, w io.Writer) recommend.Generator {
	return &recorder{g: g, w: w}
}

type recorder struct {
	g  recommend.Generator
	mu sync.Mutex // one line at a time
	w  io.Writer
}

// Generate implements [recommend.Generator].
func (t *recorder) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	line := recording{Key: Key(r), Request: canonical(r)}
	listen := each
	if each != nil {
		listen = func(c recommend.Chunk) error {
			line.Chunks = append(line.Chunks, c.Text)
			return each(c)
		}
	}
	out, err := t.g.Generate(ctx, r, listen)
	line.Response, line.Error = out, recorded(err)
	if wrong := t.write(line); wrong != nil {
		return out, errors.Join(err, fmt.Errorf("wrap: recording a call: %w", wrong))
	}
	return out, err
}

func (t *recorder) write(line recording) error {
	b, err := json.Marshal(line)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	_, err = t.w.Write(append(b, '\n'))
	return err
}
