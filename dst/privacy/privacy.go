package privacy

import (
	"cmp"
	"slices"
)

// A Kind says what a personal text is. Placeholders show it in capitals.
type Kind string

// The kinds that [Recogniser] knows of itself. Recognisers of one's own may
// bring others.
const (
	Email      Kind = "email"
	Phone      Kind = "phone"       // of a person or an office; not the hotlines of businesses (400, 800, 0800, 1-800)
	Card       Kind = "card"        // numbers of payment cards and bank accounts
	IBAN       Kind = "iban"        // ISO 13616
	IP         Kind = "ip"          // version 4 or 6; not loopback, unspecified and netmask
	ResidentID Kind = "resident_id" // of mainland China (GB 11643)
	USCC       Kind = "uscc"        // unified social credit code of China (GB 32100)
	Plate      Kind = "plate"       // licence plates of mainland China
	Document   Kind = "document"    // passports, permits, driving licences, social security: only behind a word that says so
	Address    Kind = "address"     // with a street or a building; not mere cities and districts
	Name       Kind = "name"        // of a person, with the title: "Mr. Brown", 王先生
)

// Kinds returns all kinds above.
func Kinds() []Kind {
	return []Kind{Email, Phone, Card, IBAN, IP, ResidentID, USCC, Plate, Document, Address, Name}
}

// A Match is a place in a text that says something of a person.
type Match struct {
	Start, End int // bytes, End exclusive
	Kind       Kind
}

// A Finder finds what is personal in a text: a [Recogniser], a [Pattern], a
// [Type], or one's own. Implementations are safe for concurrent use.
type Finder interface {
	Recognise(text string) []Match
}

// Options say what a [Recogniser] looks for.
type Options struct {
	Kinds []Kind   // nil means all of [Kinds]; what More finds is not held to it
	More  []Finder // find what the recogniser does not know of itself
}

// A Recogniser finds personal data in English, Chinese and mixed text. Its zero
// value looks for all kinds. It is safe for concurrent use.
type Recogniser struct {
	only map[Kind]bool // nil means all
	more []Finder
}

// New returns a recogniser.
func New(o Options) *Recogniser {
	r := &Recogniser{more: slices.Clone(o.More)}
	if o.Kinds != nil {
		r.only = map[Kind]bool{}
		for _, k := range o.Kinds {
			r.only[k] = true
		}
	}
	return r
}

// Recognise implements [Finder]. The matches are in order and do not overlap;
// of readings that do, the whole stretch is taken, as the kind of the longest.
// It takes time linear in the text, what other finders need aside.
func (r *Recogniser) Recognise(text string) []Match {
	if text == "" {
		return nil
	}
	c := newScan(text)
	c.find(r.only)
	out := c.out
	for i := range out {
		out[i].Start, out[i].End = c.original(out[i].Start), c.original(out[i].End)
	}
	if r.only != nil {
		out = slices.DeleteFunc(out, func(m Match) bool { return !r.only[m.Kind] })
	}
	for _, f := range r.more {
		out = append(out, f.Recognise(text)...)
	}
	return merge(out, len(text))
}

// merge sorts matches, drops those that are none in a text of n bytes, and
// makes one of those that overlap.
func merge(found []Match, n int) []Match {
	found = slices.DeleteFunc(found, func(m Match) bool { return m.Start < 0 || m.End > n || m.Start >= m.End })
	slices.SortStableFunc(found, func(a, b Match) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := found[:0]
	longest := 0 // of those that the last one is made of
	for _, m := range found {
		if len(out) == 0 || m.Start >= out[len(out)-1].End {
			out, longest = append(out, m), m.End-m.Start
			continue
		}
		last := &out[len(out)-1]
		if m.End-m.Start > longest {
			longest, last.Kind = m.End-m.Start, m.Kind
		}
		last.End = max(last.End, m.End)
	}
	return out
}
