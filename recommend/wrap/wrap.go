// Package wrap has generators around generators, for models that are slow,
// fail, cost money and must not be told everything. They compose; this order
// has each do its work once and where it matters, from outside to inside:
//
//	Fallback(Redact(NewCache(NewBudget(Retry(Timeout(model)), …)), privacy.New(…)), recommend.Template{})
//
// so that a hit of the cache costs no budget, what is cached holds no personal
// data, each attempt has a deadline of its own, and the template speaks for
// whatever goes wrong. The [recommend.Agent] has a deadline for all of it,
// Config.Timeout, and falls back on the template of its own accord: Fallback
// is for a second model in between, or for programs without an agent. Either
// way the trace's Fallback says why.
//
// [Allowance] stands where NewBudget does, or around it, and keeps to what the
// limits of a conversation leave: see package serve. A cache and a budget are
// holders of package session, to be erased and exported with conversations.
//
// What has been handed to a listener cannot be taken back: once a chunk was
// passed on, nothing is tried again and nobody takes over, and the error says
// so, see [PartialError]. (The agent then says what is missing.)
//
// Everything here is safe for concurrent use, as long as what it wraps is.
package wrap

import (
	"fmt"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/recommend"
)

// A PartialError says that a generator failed when a part of its text had been
// handed to the listener already.
type PartialError struct {
	Runes int // characters handed on
	Err   error
}

// Error says how far it got, and why not further.
func (e *PartialError) Error() string {
	return fmt.Sprintf("after %d characters were passed on: %v", e.Runes, e.Err)
}

// Unwrap returns Err.
func (e *PartialError) Unwrap() error { return e.Err }

// listening hands chunks on and knows how many there were.
type listening struct {
	each  func(recommend.Chunk) error // may be nil
	runes int
	err   error // of the listener
}

// callback is nil where nobody listens.
func (l *listening) callback() func(recommend.Chunk) error {
	if l.each == nil {
		return nil
	}
	return func(c recommend.Chunk) error {
		l.runes += utf8.RuneCountInString(c.Text)
		l.err = l.each(c)
		return l.err
	}
}

// final reports whether nothing can be done about an error, and what to return.
func (l *listening) final(err error) (error, bool) {
	switch {
	case l.err != nil:
		return l.err, true
	case l.runes > 0:
		return &PartialError{Runes: l.runes, Err: err}, true
	}
	return err, false
}

// handOut gives a text that is there already to whom it may concern.
func handOut(text string, each func(recommend.Chunk) error) error {
	if each == nil || text == "" {
		return nil
	}
	return each(recommend.Chunk{Text: text})
}
