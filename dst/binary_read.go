package dst

import (
	"strings"
	"sync"
)

// A stateReader reads a state in binary form. The first error stays, and
// nothing is read after it.
type stateReader struct {
	b     []byte
	at    int
	err   error
	last  string          // as the writer's
	table []string        // the texts so far
	texts strings.Builder // what they are parts of

	names       []string // room for the lists
	constraints []Constraint
	acts        []Act
	choices     []Choice
}

// textTables have the texts of what is read, while it is.
var textTables = sync.Pool{New: func() any {
	table := make([]string, 0, 128) // seldom are there more
	return &table
}}

// release lets go of the texts and gives their table back.
func (r *stateReader) release(table *[]string) {
	clear(r.table)
	if *table = r.table[:0]; cap(r.table) <= maxKept {
		textTables.Put(table)
	}
}

// The fewest bytes that an item of a list is written in. They bound the room
// that is made for a list by the bytes that there are.
const (
	leastName       = 1
	leastConstraint = 3
	leastAct        = 1
	leastChoice     = 2
	leastTold       = 3
	leastStep       = 6
)

func (r *stateReader) state() (s State) {
	r.names, r.constraints = roomFor[string](r, leastName), roomFor[Constraint](r, leastConstraint)
	r.acts, r.choices = roomFor[Act](r, leastAct), roomFor[Choice](r, leastChoice)
	head := r.byte(otherLang | hasPending | isHeard | hasConfirmation | hasMove)
	s.Lang = coded(r, codedLangs[:], head&otherLang, otherLang)
	s.Turn = r.int()
	s.Intents = r.namesOf()
	s.Constraints = r.constraintsOf()
	s.Requested = r.namesOf()
	s.System = r.actsOf()
	s.Asked = r.namesOf()
	s.Offered = r.choicesOf()
	s.Focus = r.choicesOf()
	s.Told = r.told()
	s.Past = r.past()
	s.Notes = r.actsOf()
	if head&hasPending != 0 {
		s.Pending = Pending{Act: r.act(), Tries: r.int(), Turn: r.int(), Heard: head&isHeard != 0}
	}
	if head&hasConfirmation != 0 {
		s.Confirmation = Confirmation{Intent: r.name(), Values: r.str(), Answer: r.kind()}
	}
	if head&hasMove != 0 {
		s.Move = r.kind()
	}
	if len(r.names)+len(r.constraints)+len(r.acts)+len(r.choices) > 0 {
		r.fail("the lists are shorter than is said of them")
	}
	return s
}

// roomFor makes room for the lists of one sort, nil where there are none.
func roomFor[T any](r *stateReader, least int) []T {
	n := r.uint()
	if n > uint64(len(r.b)-r.at)/uint64(least) {
		r.fail("lists of %d items, for which there are too few bytes", n)
	}
	if r.err != nil || n == 0 {
		return nil
	}
	return make([]T, n)
}

// take returns the room for one list.
func take[T any](r *stateReader, all *[]T) []T {
	n := r.uint()
	if n > uint64(len(*all)) {
		r.fail("a list of %d items, where room is left for %d", n, len(*all))
	}
	if r.err != nil || n == 0 {
		return nil
	}
	list := (*all)[:n:n]
	*all = (*all)[n:]
	return list
}

func (r *stateReader) namesOf() []string {
	list := take(r, &r.names)
	for i := range list {
		list[i] = r.name()
	}
	return list
}

func (r *stateReader) actsOf() []Act {
	list := take(r, &r.acts)
	for i := range list {
		list[i] = r.act()
	}
	return list
}

func (r *stateReader) choicesOf() []Choice {
	list := take(r, &r.choices)
	for i := range list {
		list[i] = Choice{Slot: r.name(), Value: r.str()}
	}
	return list
}

func (r *stateReader) told() []Told {
	list := roomFor[Told](r, leastTold)
	for i := range list {
		list[i] = Told{Slot: r.name(), Value: r.str(), Text: r.str()}
	}
	return list
}

func (r *stateReader) past() []Step {
	list := roomFor[Step](r, leastStep)
	for i := range list {
		head := r.byte(isOpened | isMoved)
		list[i] = Step{Opened: head&isOpened != 0, Moved: head&isMoved != 0, Turn: r.int(),
			Slots: r.namesOf(), Held: r.constraintsOf(), Intents: r.namesOf(), Focus: r.choicesOf()}
	}
	return list
}

func (r *stateReader) act() (a Act) {
	head := r.byte(0xff)
	a.Kind = coded(r, codedKinds[:], head&otherKind, otherKind)
	if head&actHasSlot != 0 {
		a.Slot = r.name()
	}
	switch head & (actEq | actHasOp) {
	case actEq:
		a.Op = Eq
	case actHasOp:
		a.Op = coded(r, codedOps[:], r.byte(otherOp), otherOp)
	case actEq | actHasOp:
		r.fail("an act with two operators")
	default:
		return a
	}
	a.Value = r.str()
	return a
}

func (r *stateReader) constraintsOf() []Constraint {
	list := take(r, &r.constraints)
	for i := range list {
		c := &list[i]
		c.Slot = r.name()
		head := r.byte(otherOp | isSoft | hasEvidence)
		c.Op = coded(r, codedOps[:], head&otherOp, otherOp)
		c.Soft = head&isSoft != 0
		c.Value = r.str()
		if head&hasEvidence != 0 {
			r.evidence(&c.Evidence)
		}
	}
	return list
}

func (r *stateReader) evidence(e *Evidence) {
	head := r.byte(0xff)
	e.Source = Span
	if head&otherSource != spanOfText {
		e.Source = coded(r, codedSources[:], head&otherSource, otherSource)
	}
	e.Turn, e.Text = r.int(), r.str()
	switch {
	case head&otherSource == spanOfText && head&hasSpan == 0:
		e.Start = r.int()
		e.End = r.whole(int64(e.Start) + int64(len(e.Text)))
	case head&hasSpan != 0:
		e.Start, e.End = r.int(), r.int()
	}
	if head&hasFrom != 0 {
		e.From = r.from()
	}
	if head&hasVia != 0 {
		e.Via = r.str()
	}
	switch head >> shiftOfP {
	case oneP:
		e.P = 1
	case thousandths:
		n := r.uint()
		if n > 1000 {
			r.fail("a probability of %d thousandths", n)
		}
		e.P = float64(n) / 1000
	case exactP:
		e.P = r.float()
	}
}

func (r *stateReader) kind() Kind {
	return coded(r, codedKinds[:], r.byte(otherKind), otherKind)
}

// coded returns what a code stands for; other is a text that follows.
func coded[T ~string](r *stateReader, list []T, code, other byte) T {
	if int(code) < len(list) {
		return list[code]
	}
	if code != other {
		r.fail("the code %d, which stands for nothing", code)
		return ""
	}
	return T(r.str())
}

// from reads what [stateWriter.from] wrote.
func (r *stateReader) from() string {
	kind := r.byte(otherKind)
	name := r.name()
	if kind == 0 {
		return name
	}
	if int(kind) >= len(codedKinds) {
		r.fail("the code %d, which stands for nothing", kind)
		return ""
	}
	op := coded(r, codedOps[:], r.byte(otherOp), otherOp)
	value := r.str()
	if len(codedKinds[kind])+1+len(name)+len(op)+len(value) > longestFrom {
		r.fail("an act of over %d bytes", longestFrom)
		return ""
	}
	return r.join(string(codedKinds[kind]), " ", name, string(op), value)
}
