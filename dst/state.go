package dst

import (
	"slices"
	"strings"
)

// A State is what has been understood of a conversation so far: the fold of
// its acts. It is a value: the zero State is the start of a conversation,
// methods return a new one and never change their receiver, and it may be
// copied, compared with reflect.DeepEqual, stored as JSON and shared between
// goroutines as long as its slices are not written to. It holds the values of
// sensitive slots as they are, for they are needed: a store that encrypts keeps
// it safe, and [Mask.State] is for showing it.
type State struct {
	Turn        int          `json:"turn,omitempty"`        // user turns so far
	Lang        string       `json:"lang,omitempty"`        // "en" or "zh": the language the user wrote last
	Intents     []string     `json:"intents,omitempty"`     // opened by want: intents, or services as such; the one talked about now is last, of more than 8 the first is let go
	Constraints []Constraint `json:"constraints,omitempty"` // sorted by slot, then as they came
	Requested   []string     `json:"requested,omitempty"`   // slots the user asked about in this turn
	System      []Act        `json:"system,omitempty"`      // the bot's last turn
	Asked       []string     `json:"asked,omitempty"`       // slots the bot has asked for so far, in the order it did
	Offered     []Choice     `json:"offered,omitempty"`     // what the bot offered last, in its order
	Focus       []Choice     `json:"focus,omitempty"`       // the thing talked about, one per slot that names things, the latest last
	Told        []Told       `json:"told,omitempty"`        // what the bot told, the latest last: other services may take it up

	Pending      Pending      `json:"pending,omitzero"`      // the question put last, and how often
	Confirmation Confirmation `json:"confirmation,omitzero"` // of an intent that changes the world
	Move         Kind         `json:"move,omitempty"`        // what the user did in this turn with the conversation itself: human, repeat, cancel or undo
	Past         []Step       `json:"past,omitempty"`        // what undo takes back, the latest last
	Notes        []Act        `json:"notes,omitempty"`       // what the program that runs the bot keeps with the conversation; see [State.Note]
}

// A Constraint is one thing that a slot must satisfy. All constraints of a
// slot hold together, except that several of [Eq] are alternatives (of a Multi
// slot: all of them), and stored operators are only Eq, Ne, Lt, Le, Gt, Ge and
// Around. A soft one is a preference: what satisfies it is better, and what does
// not will do.
type Constraint struct {
	Slot     string   `json:"slot"`
	Op       Op       `json:"op"`
	Value    string   `json:"value"`
	Soft     bool     `json:"soft,omitempty"`
	Evidence Evidence `json:"evidence,omitzero"`
}

// Evidence says where a value came from.
type Evidence struct {
	Turn   int     `json:"turn,omitempty"`   // the user turn, from 1; 0 when it was applied by a program
	Source Source  `json:"source,omitempty"` // what proposed it
	Start  int     `json:"start,omitempty"`  // byte span in the user's message of that turn;
	End    int     `json:"end,omitempty"`    // End is 0 where no words stand for it
	Text   string  `json:"text,omitempty"`   // the words of the span
	From   string  `json:"from,omitempty"`   // the other slot, or the bot's act, where Source is Carry or System
	Via    string  `json:"via,omitempty"`    // how it came where it was not typed: "audio", "image"; "" for what was
	P      float64 `json:"p,omitempty"`      // probability of the decision, in (0, 1]; 0 when it was applied by a program
}

// A Source is a kind of evidence. The set is closed.
type Source string

const (
	Span    Source = "span"   // words of the user
	System  Source = "system" // an act of the bot that the user took up
	Carry   Source = "carry"  // the value of another slot
	Outside Source = "act"    // an act given by the caller: a classifier, a model, a program
)

// A Choice is a thing that a slot names, such as name=Acorn House.
type Choice struct {
	Slot  string `json:"slot"`
	Value string `json:"value"`
}

// Get returns the value that the slot is to be equal to. It reports false
// where there is none, or several; see [State.Of] for all constraints.
func (s State) Get(slot string) (string, bool) {
	value, n := "", 0
	for _, c := range s.Of(slot) {
		if c.Op == Eq {
			value, n = c.Value, n+1
		}
	}
	return value, n == 1
}

// Of returns the constraints of a slot, in the order in which they came.
func (s State) Of(slot string) []Constraint {
	lo, _ := slices.BinarySearchFunc(s.Constraints, slot, func(c Constraint, slot string) int { return strings.Compare(c.Slot, slot) })
	hi := lo
	for hi < len(s.Constraints) && s.Constraints[hi].Slot == slot {
		hi++
	}
	return s.Constraints[lo:hi:hi]
}

// Filled reports whether the slot has a constraint, be it "don't care".
func (s State) Filled(slot string) bool { return len(s.Of(slot)) > 0 }

// Focused returns the thing of the slot that is talked about: chosen or named
// by the user, or the only one offered.
func (s State) Focused(slot string) (string, bool) {
	for _, f := range s.Focus {
		if f.Slot == slot {
			return f.Value, true
		}
	}
	return "", false
}

// Intent returns the intent opened last that is still open, "" at the start.
func (s State) Intent() string {
	if len(s.Intents) == 0 {
		return ""
	}
	return s.Intents[len(s.Intents)-1]
}
