package dst

import (
	"errors"
	"fmt"
)

// playedFormat is the version of the binary form of a [Played] that is written.
// Older ones are read. Behind it stands how many acts there are in all lists
// together, then the fields in the order of [stateWriter.played]; the parts are
// those of a state in binary form.
const playedFormat = 1

// Bits of the first byte of the fields, above the language.
const (
	isRecalled = 1 << (iota + 2)
	hasAmended
)

// leastHeard is the fewest bytes that an act of the user is written in, with its
// evidence.
const leastHeard = leastAct + 3

// AppendBinary appends the turn in a compact form to b. [Played.UnmarshalBinary]
// reads it, in this version of the package and in later ones, whatever acts
// there are. The error is always nil.
func (p Played) AppendBinary(b []byte) ([]byte, error) {
	w := stateWriters.Get().(*stateWriter)
	defer w.release()
	w.b = append(b, playedFormat)
	w.played(&p)
	return w.b, nil
}

// MarshalBinary returns what [Played.AppendBinary] appends.
func (p Played) MarshalBinary() ([]byte, error) {
	return p.AppendBinary(make([]byte, 0, 128))
}

// UnmarshalBinary reads what [Played.AppendBinary] wrote. Lists that are empty
// are nil then. The turn keeps nothing of b. It takes memory in proportion to the
// length of b, whatever stands there. Errors are of b that is cut short, damaged
// or continued, and [ErrNewerFormat]; p is not changed then.
func (p *Played) UnmarshalBinary(b []byte) error {
	switch {
	case len(b) == 0 || b[0] == 0:
		return errors.New("dst: reading a binary turn: there is none; the bytes are damaged")
	case b[0] > playedFormat:
		return fmt.Errorf("dst: reading a binary turn: %w: its version is %d and this program reads those up to %d; upgrade the program", ErrNewerFormat, b[0], playedFormat)
	}
	table := textTables.Get().(*[]string)
	r := stateReader{b: b, at: 1, table: *table}
	defer r.release(table)
	r.texts.Grow(len(b))
	next := r.played()
	if r.err == nil && r.at < len(r.b) {
		r.fail("the turn ends here, and more bytes follow")
	}
	if r.err != nil {
		return fmt.Errorf("dst: reading a binary turn: %w; the bytes are damaged", r.err)
	}
	*p = next
	return nil
}

// played writes the fields.
func (w *stateWriter) played(p *Played) {
	w.int(len(p.Read) + len(p.Said) + len(p.Notes))
	amended := !p.Amended.IsZero()
	lang := code(codedLangs[:], p.Lang, otherLang)
	w.byte(lang | bit(isRecalled, p.Recalled) | bit(hasAmended, amended))
	if lang == otherLang {
		w.str(p.Lang)
	}
	w.acts(p.Read)
	w.int(len(p.Heard))
	for i := range p.Heard {
		w.act(p.Heard[i].Act)
		w.evidence(&p.Heard[i].Evidence)
	}
	w.acts(p.Said)
	w.acts(p.Notes)
	if amended {
		w.amendment(&p.Amended)
	}
}

func (w *stateWriter) amendment(a *Amendment) {
	w.names(a.Slots)
	w.names(a.Fields)
	w.int(a.Steps[0])
	w.int(a.Steps[1])
	w.state(&a.State)
}

func (r *stateReader) played() (p Played) {
	r.acts = roomFor[Act](r, leastAct)
	head := r.byte(otherLang | isRecalled | hasAmended)
	p.Lang = coded(r, codedLangs[:], head&otherLang, otherLang)
	p.Recalled = head&isRecalled != 0
	p.Read = r.actsOf()
	p.Heard = roomFor[Heard](r, leastHeard)
	for i := range p.Heard {
		p.Heard[i].Act = r.act()
		r.evidence(&p.Heard[i].Evidence)
	}
	p.Said = r.actsOf()
	p.Notes = r.actsOf()
	if len(r.acts) > 0 {
		r.fail("the lists are shorter than is said of them")
	}
	if head&hasAmended != 0 {
		p.Amended = r.amendment()
	}
	return p
}

func (r *stateReader) amendment() (a Amendment) {
	for _, list := range []*[]string{&a.Slots, &a.Fields} {
		*list = roomFor[string](r, leastName)
		for i := range *list {
			(*list)[i] = r.name()
		}
	}
	a.Steps = [2]int{r.int(), r.int()}
	a.State = r.state()
	return a
}
