package dst

import (
	"errors"
	"fmt"
)

// ErrNewerFormat is what [State.UnmarshalBinary] returns, wrapped, for a state
// that a later version of this package has written.
var ErrNewerFormat = errors.New("written in a newer format")

// stateFormat is the version of the binary form that is written. Older ones are
// read: the bytes in testdata/state.v1.hex stay readable for good.
//
// After the version come the lengths of all lists of names, constraints, acts
// and choices, summed up, so that a reader makes room once, and then the fields
// in the order of [stateWriter.state]. Numbers are varints. A text is its
// length times two, with its bytes behind it, or, where it came before, its
// place among the texts so far times two, plus one. A name of a slot or an
// intent is the same, but may be short of its service, where that is the one of
// the name that was written last. What recurs in every state (kinds, operators,
// sources) has codes, of which the last stands for a text.
const stateFormat = 1

// What is put together from parts that were written before is no longer than
// this, so that few bytes cannot become many.
const (
	longestService = 32
	longestFrom    = 128
)

// The codes of version 1: the place in the list. What is not listed is written
// as a text; a list must not change, since stored states have its numbers.
var (
	codedKinds = [...]Kind{"", Want, Inform, Prefer, Request, Forget, Select, Affirm, Deny, More, Repeat, Restart, Human, Cancel, Undo,
		Greet, Thank, Bye, Ask, Confirm, Offer, NoOffer, Relax, Propose, Do}
	codedOps     = [...]Op{"", Eq, Ne, Lt, Le, Gt, Ge, Around, Add, Remove}
	codedSources = [...]Source{"", Span, System, Carry, Outside}
	codedLangs   = [...]string{"", "en", "zh"}
)

// The codes that stand for a text: all bits of the field.
const (
	otherKind   = 31
	otherOp     = 15
	otherSource = 7
	spanOfText  = 5 // Span, whose bytes are as many as the text has
	otherLang   = 3
)

// Bits of the first byte of an act, above its kind. Of operators only none and
// Eq have a code there.
const (
	actHasSlot = 1 << 5
	actEq      = 1 << 6
	actHasOp   = 1 << 7 // an operator follows, whatever it is, and a value
)

// Bits of the byte of a constraint, above its operator.
const (
	isSoft      = 1 << 4
	hasEvidence = 1 << 5
)

// Bits of the first byte of an evidence, above its source.
const (
	hasFrom  = 1 << 3 // what follows is as in [stateWriter.from]
	hasVia   = 1 << 4
	hasSpan  = 1 << 5
	shiftOfP = 6
)

// Codes of a probability: nearly all are zero, one, or rounded to three places.
const (
	zeroP = iota
	oneP
	thousandths
	exactP
)

// Bits of the first byte of a step.
const (
	isOpened = 1 << iota
	isMoved
)

// Bits of the first byte of the fields, above the language.
const (
	hasPending = 1 << (iota + 2)
	isHeard
	hasConfirmation
	hasMove
)

// AppendBinary appends the state in a compact form to b: a third of its JSON or
// less. [State.UnmarshalBinary] reads it, in this version of the package and in
// later ones. Equal states have equal bytes. The error is always nil.
func (s State) AppendBinary(b []byte) ([]byte, error) {
	w := stateWriters.Get().(*stateWriter)
	defer w.release()
	w.b = append(b, stateFormat)
	w.state(&s)
	return w.b, nil
}

// MarshalBinary returns what [State.AppendBinary] appends.
func (s State) MarshalBinary() ([]byte, error) {
	return s.AppendBinary(make([]byte, 0, 512))
}

// UnmarshalBinary reads what [State.AppendBinary] wrote. Lists that are empty
// are nil then. The state keeps nothing of b, and its texts lie side by side: one
// that is kept keeps all. It takes memory in proportion to the length of b,
// whatever stands there.
// Errors are of b that is cut short, damaged or continued, and
// [ErrNewerFormat]; s is not changed then.
func (s *State) UnmarshalBinary(b []byte) error {
	switch {
	case len(b) == 0:
		return errors.New("dst: reading a binary state: there are no bytes")
	case b[0] == '{':
		return errors.New("dst: reading a binary state: this is JSON; read it with json.Unmarshal")
	case b[0] > stateFormat:
		return fmt.Errorf("dst: reading a binary state: %w: its version is %d and this program reads those up to %d; upgrade the program", ErrNewerFormat, b[0], stateFormat)
	case b[0] == 0:
		return errors.New("dst: reading a binary state: byte 0: there is no version 0; the bytes are damaged or none of a state")
	}
	table := textTables.Get().(*[]string)
	r := stateReader{b: b, at: 1, table: *table}
	defer r.release(table)
	r.texts.Grow(len(b))
	next := r.state()
	if r.err == nil && r.at < len(r.b) {
		r.fail("the state ends here, and more bytes follow")
	}
	if r.err != nil {
		return fmt.Errorf("dst: reading a binary state: %w; the bytes are damaged", r.err)
	}
	*s = next
	return nil
}
