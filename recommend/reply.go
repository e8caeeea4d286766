package recommend

import (
	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// A Reply is the bot's turn, as the user gets it: what is sensitive stands in
// all of it but the Trace. See [Reply.Masked] for others.
type Reply struct {
	Text    string    `json:"text"`
	Lang    string    `json:"lang"`              // of the text
	Heard   string    `json:"heard,omitempty"`   // the likeliest reading of the recordings of the message
	Acts    []dst.Act `json:"acts,omitempty"`    // what was said; the new state has taken them in. "do INTENT" is for the program to carry out
	Items   []Item    `json:"items,omitempty"`   // things offered or told about, best first
	Answers []Answer  `json:"answers,omitempty"` // what the user asked about, complete, where the text tells the first of many values only
	Facts   []kg.Fact `json:"facts,omitempty"`   // every fact the text rests on
	// Used are the facts of the request that the text tells: those that a
	// generator's sentences are found to tell, or all where [Template] wrote it.
	Used  []Fact `json:"used,omitempty"`
	Trace Trace  `json:"trace"`

	Handover *Handover `json:"handover,omitempty"` // where the user is given, or offered, a person

	mask     dst.Mask // see Mask
	confided bool     // the turn says or tells something sensitive
}

// An Item is a thing that is offered or told about.
type Item struct {
	ID    string    `json:"id"`
	Value string    `json:"value,omitempty"` // as it stands in acts and states
	Name  string    `json:"name"`            // in the language of the reply
	Score float64   `json:"score"`           // share of the user's wishes that it meets, preferences counting half, and a hundredth or two for its rank: the sum of Terms
	Why   []kg.Fact `json:"why,omitempty"`   // the facts that meet them
	Terms []Term    `json:"terms,omitempty"` // what the score and the rank are made of
	Show  []Fact    `json:"show,omitempty"`  // what is told about it

	path []kg.Fact // that lead to what is told, where it is more than one hop away
}

// A Term is one part of an item's score or rank. The scores of an item's
// terms add up to its Score; the predicates of [Binding].Order have none, what
// they come to is in the term "place".
type Term struct {
	Name  string  `json:"name"`            // the wish, "price<=5000", a predicate that things are ranked by, or one of those below
	Value string  `json:"value,omitempty"` // what the item has
	Soft  bool    `json:"soft,omitempty"`  // of a preference
	Score float64 `json:"score,omitempty"`
}

// Names of terms that are no wish and no predicate.
const (
	TermFit     = "fit"     // nothing is wished, so that everything fits
	TermPlace   = "place"   // Value is the item's place by Binding.Order among those that fit as well
	TermVariant = "variant" // the item is a variant of one offered with it, and stands behind others for that
)

// An Answer is what the graph knows of one thing under one slot.
type Answer struct {
	Slot   string   `json:"slot"` // full name
	Thing  string   `json:"thing"`
	Values []string `json:"values,omitempty"` // canonical, as in acts; none where the graph does not know
}
