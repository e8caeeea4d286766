package dst

import (
	"encoding/binary"
	"hash/maphash"
	"math"
	"strings"
	"sync"
)

// A stateWriter writes states in binary form. It remembers the texts of the one
// at hand, and is used again.
type stateWriter struct {
	b     []byte
	last  string // the service of the name written last, with the point; "" where it has none
	texts []string
	index []uint32 // by hash: the place in texts, plus one; its length is a power of two
}

var (
	stateWriters = sync.Pool{New: func() any { return &stateWriter{index: make([]uint32, 256)} }}
	textSeed     = maphash.MakeSeed()
	kindCodes    = codes(codedKinds[:])
)

func codes[T comparable](list []T) map[T]byte {
	m := make(map[T]byte, len(list))
	for i, x := range list {
		m[x] = byte(i)
	}
	return m
}

// release lets go of the state's memory and gives the writer back.
func (w *stateWriter) release() {
	w.b, w.last = nil, ""
	clear(w.texts)
	w.texts = w.texts[:0]
	clear(w.index)
	if len(w.index) <= maxKept {
		stateWriters.Put(w)
	}
}

// state writes the fields.
func (w *stateWriter) state(s *State) {
	w.totals(s)
	w.head(s)
	w.int(s.Turn)
	w.names(s.Intents)
	w.constraints(s.Constraints)
	w.names(s.Requested)
	w.acts(s.System)
	w.names(s.Asked)
	w.choices(s.Offered)
	w.choices(s.Focus)
	w.told(s.Told)
	w.past(s.Past)
	w.acts(s.Notes)
	if s.Pending != (Pending{}) {
		w.act(s.Pending.Act)
		w.int(s.Pending.Tries)
		w.int(s.Pending.Turn)
	}
	if s.Confirmation != (Confirmation{}) {
		w.name(s.Confirmation.Intent)
		w.str(s.Confirmation.Values)
		w.kind(s.Confirmation.Answer)
	}
	if s.Move != "" {
		w.kind(s.Move)
	}
}

// totals writes how much room the lists of each sort need together.
func (w *stateWriter) totals(s *State) {
	names, constraints, choices := len(s.Intents)+len(s.Requested)+len(s.Asked), len(s.Constraints), len(s.Offered)+len(s.Focus)
	for i := range s.Past {
		step := &s.Past[i]
		names += len(step.Slots) + len(step.Intents)
		constraints += len(step.Held)
		choices += len(step.Focus)
	}
	w.int(names)
	w.int(constraints)
	w.int(len(s.System) + len(s.Notes))
	w.int(choices)
}

// head writes what there is of the fields that are no lists.
func (w *stateWriter) head(s *State) {
	lang := code(codedLangs[:], s.Lang, otherLang)
	w.byte(lang |
		bit(hasPending, s.Pending != (Pending{})) | bit(isHeard, s.Pending.Heard) |
		bit(hasConfirmation, s.Confirmation != (Confirmation{})) | bit(hasMove, s.Move != ""))
	if lang == otherLang {
		w.str(s.Lang)
	}
}

func (w *stateWriter) names(list []string) {
	w.int(len(list))
	for _, x := range list {
		w.name(x)
	}
}

func (w *stateWriter) acts(list []Act) {
	w.int(len(list))
	for _, a := range list {
		w.act(a)
	}
}

func (w *stateWriter) choices(list []Choice) {
	w.int(len(list))
	for _, c := range list {
		w.name(c.Slot)
		w.str(c.Value)
	}
}

func (w *stateWriter) told(list []Told) {
	w.int(len(list))
	for _, x := range list {
		w.name(x.Slot)
		w.str(x.Value)
		w.str(x.Text)
	}
}

func (w *stateWriter) past(list []Step) {
	w.int(len(list))
	for i := range list {
		step := &list[i]
		w.byte(bit(isOpened, step.Opened) | bit(isMoved, step.Moved))
		w.int(step.Turn)
		w.names(step.Slots)
		w.constraints(step.Held)
		w.names(step.Intents)
		w.choices(step.Focus)
	}
}

func (w *stateWriter) act(a Act) {
	kind, known := kindCodes[a.Kind]
	if !known {
		kind = otherKind
	}
	eq := a.Op == Eq
	op := !eq && (a.Op != "" || a.Value != "")
	w.byte(kind | bit(actHasSlot, a.Slot != "") | bit(actEq, eq) | bit(actHasOp, op))
	if !known {
		w.str(string(a.Kind))
	}
	if a.Slot != "" {
		w.name(a.Slot)
	}
	if op {
		c := code(codedOps[:], a.Op, otherOp)
		w.byte(c)
		if c == otherOp {
			w.str(string(a.Op))
		}
	}
	if op || eq {
		w.str(a.Value)
	}
}

func (w *stateWriter) constraints(list []Constraint) {
	w.int(len(list))
	for i := range list {
		c := &list[i]
		w.name(c.Slot)
		op := code(codedOps[:], c.Op, otherOp)
		w.byte(op | bit(isSoft, c.Soft) | bit(hasEvidence, c.Evidence != (Evidence{})))
		if op == otherOp {
			w.str(string(c.Op))
		}
		w.str(c.Value)
		if c.Evidence != (Evidence{}) {
			w.evidence(&c.Evidence)
		}
	}
}

func (w *stateWriter) evidence(e *Evidence) {
	source, p := code(codedSources[:], e.Source, otherSource), codeOfP(e.P)
	span := e.Start != 0 || e.End != 0
	if e.Source == Span && span && e.Start >= 0 && e.End-e.Start == len(e.Text) {
		source, span = spanOfText, false
	}
	w.byte(source | bit(hasFrom, e.From != "") | bit(hasVia, e.Via != "") | bit(hasSpan, span) | p<<shiftOfP)
	if source == otherSource {
		w.str(string(e.Source))
	}
	w.int(e.Turn)
	w.str(e.Text)
	if span || source == spanOfText {
		w.int(e.Start)
	}
	if span {
		w.int(e.End)
	}
	if e.From != "" {
		w.from(e.From)
	}
	if e.Via != "" {
		w.str(e.Via)
	}
	switch p {
	case thousandths:
		w.int(int(math.Round(e.P * 1000)))
	case exactP:
		w.b = binary.LittleEndian.AppendUint64(w.b, math.Float64bits(e.P))
	}
}

// from writes a slot, or an act in its notation, in parts: the kind and the
// space after it, a name, an operator with what follows it. Strung together they
// are the text, of whatever sort it is.
func (w *stateWriter) from(s string) {
	word, rest, spaced := strings.Cut(s, " ")
	kind, known := kindCodes[Kind(word)]
	if !spaced || !known || kind == 0 || len(s) > longestFrom {
		w.byte(0)
		w.name(s)
		return
	}
	name, op := rest, Op("")
	if i := strings.IndexAny(rest, "=!<>~+-"); i >= 0 {
		name, op = rest[:i], opAt(rest[i:])
	}
	w.byte(kind)
	w.name(name)
	w.byte(code(codedOps[:], op, 0))
	w.str(rest[len(name)+len(op):])
}

// codeOfP says how a probability is written, so that it comes back as it is.
func codeOfP(p float64) byte {
	bits := math.Float64bits(p)
	switch {
	case bits == 0:
		return zeroP
	case p == 1:
		return oneP
	case p > 0 && p < 1 && math.Round(p*1000)/1000 == p:
		return thousandths
	}
	return exactP
}

func (w *stateWriter) kind(k Kind) {
	c, known := kindCodes[k]
	if !known {
		c = otherKind
	}
	w.byte(c)
	if !known {
		w.str(string(k))
	}
}
