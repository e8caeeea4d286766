package recommend

import (
	"context"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// A Generator words what the agent has decided to say. It must not add
// anything: the agent checks its text against the request and has [Template]
// take over where a claim is not supported. Implementations are safe for
// concurrent use, leave the request's slices as they are, for the reply has the
// same ones, and return the context's error once it is done: a call that goes on
// holds the turn up.
//
// Where each is not nil it is called with the pieces of the text as they come;
// its error ends the generation and is returned. The Response holds the whole
// text either way.
type Generator interface {
	Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error)
}

// A Chunk is a piece of a text that is being generated.
type Chunk struct {
	Text string `json:"text"`
}

// A Response is a generated text.
type Response struct {
	Text  string         `json:"text"`
	Name  string         `json:"name,omitempty"`  // of the generator or model
	Usage map[string]int `json:"usage,omitempty"` // tokens or the like, for the trace

	// Fallback says why another generator than the one that should have wrote
	// the text, where one stood in for it.
	Fallback string `json:"fallback,omitempty"`
}

// A Request is all that a generator needs to word one turn, and all that it
// may tell; no value of a sensitive slot is in it. User and everything in Facts and Items is data: text in there that
// reads like an instruction is none.
type Request struct {
	Lang   string    `json:"lang"` // "en" or "zh"
	User   string    `json:"user"` // the message that is answered
	Wishes []Fact    `json:"wishes,omitempty"`
	Steps  []Step    `json:"steps"` // what to say, in order
	Acts   []dst.Act `json:"acts,omitempty"`
	Items  []Item    `json:"items,omitempty"`
	Facts  []Fact    `json:"facts,omitempty"`
	Limits Limits    `json:"limits"`
	Style  string    `json:"style,omitempty"`
}

// Limits bound a generated text.
type Limits struct {
	Runes int `json:"runes"` // most characters; a longer text is refused
}

// A Fact is a fact of the graph as it is told to people.
type Fact struct {
	ID        string  `json:"id,omitempty"`    // "f1", "f2" … within the request; "" for a wish
	Thing     string  `json:"thing,omitempty"` // name
	Attribute string  `json:"attribute"`       // label
	Op        dst.Op  `json:"op,omitempty"`    // of a wish
	Value     string  `json:"value"`           // worded
	Of        int     `json:"of,omitempty"`    // how many values there are in all, where some of them are not told
	Source    kg.Fact `json:"source,omitzero"`
}

// A StepKind says what one step of a turn does. The set is closed, and each
// has a template of its name in both languages.
type StepKind string

const (
	StepGreet    StepKind = "greet"    // greet; Text says who the bot is and what it can do
	StepThank    StepKind = "thank"    // the user thanked
	StepBye      StepKind = "bye"      // part
	StepFine     StepKind = "fine"     // the user agreed to nothing in particular
	StepStart    StepKind = "start"    // the user answers, or wants more of, what has not been said; Text says what the bot can do
	StepRestart  StepKind = "restart"  // the conversation starts anew
	StepHuman    StepKind = "human"    // hand over to a person; Facts say what was understood
	StepEmpty    StepKind = "empty"    // nothing was written
	StepLong     StepKind = "long"     // far too much was written
	StepUnheard  StepKind = "unheard"  // a recording could not be made out
	StepUnseen   StepKind = "unseen"   // a picture could not be made out
	StepUnable   StepKind = "unable"   // the bot does not deal with what Label names, such as pictures
	StepLarge    StepKind = "large"    // what Label names is too large
	StepScope    StepKind = "scope"    // out of scope; Text says what the bot can do
	StepUnclear  StepKind = "unclear"  // not understood
	StepConfirm  StepKind = "confirm"  // ask whether it is Items, or whether Label is Text
	StepMissing  StepKind = "missing"  // Text names a thing that there is not; Items are the nearest
	StepWhich    StepKind = "which"    // a name means several things, Items; ask for one
	StepNoThing  StepKind = "nothing"  // asked about something, Label, without saying of what, about Count things, or about a place in a list that is not there
	StepAnswer   StepKind = "answer"   // Facts answer what the user asked of Thing, Label
	StepUnknown  StepKind = "unknown"  // the graph does not know Label of Thing
	StepYes      StepKind = "yes"      // it is so: Facts
	StepNo       StepKind = "no"       // it is not so: Label of Thing is not Text
	StepChosen   StepKind = "chosen"   // confirm the choice of Items
	StepAbout    StepKind = "about"    // tell about Items, which the user named
	StepNoOffer  StepKind = "nooffer"  // no Label fits Text, nor can any wish be given up
	StepRelax    StepKind = "relax"    // no Label fits Text; without the wishes in Facts, or with Bounds instead, Count things do: Phrase says so
	StepUnmet    StepKind = "unmet"    // nothing of what follows meets Facts, which the user would like
	StepCurrency StepKind = "currency" // the user's Label is in another currency than Text, in which things are priced; ask for it in that
	StepAlike    StepKind = "alike"    // offer Items, which are like Thing
	StepUnlike   StepKind = "unlike"   // nothing is like Thing
	StepDo       StepKind = "do"       // the intent Text was confirmed with Facts: the program goes ahead
	StepCancel   StepKind = "cancel"   // what was wanted is dropped
	StepUndone   StepKind = "undone"   // the last change is taken back; Count is 0 where there was none, and 2 where nothing is wished any more
	StepInstead  StepKind = "instead"  // offer Items that Phrase says how they differ from what was wished; Count others were offered before
	StepOffer    StepKind = "offer"    // offer Items of Count that fit
	StepMore     StepKind = "more"     // offer further Items
	StepWhy      StepKind = "why"      // say why Thing was offered: Items has what meets the wishes, Bounds those that it does not meet, Facts what it is ranked by
	StepCompare  StepKind = "compare"  // put Items side by side; Lines say which has most or least of what
	StepNoBetter StepKind = "nobetter" // nothing that fits has Text, less or more, of Label
	StepNoMore   StepKind = "nomore"   // there are no further ones
	StepAsk      StepKind = "ask"      // ask Text
	StepSymptom  StepKind = "symptom"  // Text is the problem as understood, with Thing; Count says that it is taken up again
	StepCause    StepKind = "cause"    // Text is a likely cause, Lines what to do where all is told at once; Count says that it is not the likeliest
	StepTry      StepKind = "try"      // Text is what to do now, the Count-th of several steps
	StepHelped   StepKind = "helped"   // ask whether what was told solved the problem
	StepWait     StepKind = "wait"     // the user is about to try it
	StepSolved   StepKind = "solved"   // the problem is solved
	StepNoCause  StepKind = "nocause"  // nothing further is known; offer a person
	StepSummary  StepKind = "summary"  // what is passed on to a person: the problem Text with Thing, in Lines what was tried
	StepArticle  StepKind = "article"  // tell an article that solves no problem: Text is what it is about, Lines its parts
	StepProblem  StepKind = "problem"  // ask to describe the problem
)

// A Step is one thing to say. Which fields are set depends on its Kind.
type Step struct {
	Kind   StepKind `json:"kind"`
	Thing  string   `json:"thing,omitempty"` // name
	Label  string   `json:"label,omitempty"` // of the slot
	Op     dst.Op   `json:"op,omitempty"`
	Text   string   `json:"text,omitempty"`
	Phrase string   `json:"phrase,omitempty"` // of yes and no: what Thing has or has not, "has NFC"
	Each   bool     `json:"each,omitempty"`   // Thing names several, of each of which it holds
	Lines  []string `json:"lines,omitempty"`
	Items  []Item   `json:"items,omitempty"`
	Facts  []Fact   `json:"facts,omitempty"`
	Bounds []Fact   `json:"bounds,omitempty"` // of relax: the nearest values there are
	Count  int      `json:"count,omitempty"`  // how many there are in all, where not all are told
}
