package dst

import (
	"slices"
	"strings"
)

// A State is what has been understood of a conversation so far: the fold of
// its acts. It is a value: the zero State is the start of a conversation,
// methods return a new one and never change their receiver, and it may be
// copied, compared with reflect.DeepEqual, stored as JSON and shared between
// goroutines as long as its slices are not written to.
type State struct {
	Turn        int          `json:"turn,omitempty"`        // user turns so far
	Lang        string       `json:"lang,omitempty"`        // "en" or "zh": the language the user wrote last
	Intents     []string     `json:"intents,omitempty"`     // opened by want: intents, or services as such; the one talked about now is last
	Constraints []Constraint `json:"constraints,omitempty"` // sorted by slot, then as they came
	Requested   []string     `json:"requested,omitempty"`   // slots the user asked about in this turn
	System      []Act        `json:"system,omitempty"`      // the bot's last turn
	Asked       []string     `json:"asked,omitempty"`       // slots the bot has asked for so far, in the order it did
	Offered     []Choice     `json:"offered,omitempty"`     // what the bot offered last, in its order
	Focus       []Choice     `json:"focus,omitempty"`       // the thing talked about, one per slot that names things, the latest last
	Told        []Told       `json:"told,omitempty"`        // what the bot told, the latest last: other services may take it up
}

// A Constraint is one thing that a slot must satisfy. All constraints of a
// slot hold together, except that several of [Eq] are alternatives (of a Multi
// slot: all of them), and stored operators are only Eq, Ne, Lt, Le, Gt, Ge and
// Around.
type Constraint struct {
	Slot     string   `json:"slot"`
	Op       Op       `json:"op"`
	Value    string   `json:"value"`
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

// Intent returns the intent opened last, "" at the start.
func (s State) Intent() string {
	if len(s.Intents) == 0 {
		return ""
	}
	return s.Intents[len(s.Intents)-1]
}

// NextTurn begins a user turn: it counts it and lets go of what held only for
// the last one. [Tracker.Update] does it.
func (s State) NextTurn() State {
	s.Turn++
	s.Requested = nil
	return s
}

// Said folds in a turn of the bot: what it asked, offered and confirmed is
// what the user's next words answer, and what it relaxed is no constraint any
// more. Kinds that only a user says are kept in State.System and change
// nothing. SGD writes "request" for both sides: the bot's is read as ask. Acts
// that are not valid (see [Act.Validate]) are passed over.
func (s State) Said(acts ...Act) State {
	s.System = nil
	var offered []Choice
	for _, a := range acts {
		if a.Kind == Request {
			a = Act{Kind: Ask, Slot: a.Slot}
		}
		if a.Validate() != nil {
			continue
		}
		s.System = append(s.System, a)
		switch a.Kind {
		case Ask:
			if !slices.Contains(s.Asked, a.Slot) {
				s.Asked = append(slices.Clip(s.Asked), a.Slot)
			}
		case Offer:
			if a.Op == Eq {
				offered = append(offered, Choice{a.Slot, a.Value})
			}
		case Relax:
			s = s.relax(a)
		}
	}
	if offered == nil {
		return s
	}
	s.Offered = offered
	for _, c := range offered {
		s.Focus = without(s.Focus, c.Slot)
	}
	for i, c := range offered {
		if only(offered, i) {
			s.Focus = append(slices.Clone(s.Focus), c)
		}
	}
	return s
}

// only reports whether the slot of choice i is offered once.
func only(offered []Choice, i int) bool {
	for j, c := range offered {
		if i != j && c.Slot == offered[i].Slot {
			return false
		}
	}
	return true
}

func (s State) relax(a Act) State {
	return s.apply(a, Evidence{Turn: s.Turn, Source: System, From: a.String()})
}

// without drops the choices of a slot, of a service, or all where name is "".
func without(choices []Choice, name string) []Choice {
	out := make([]Choice, 0, len(choices)+1)
	for _, c := range choices {
		if name != "" && c.Slot != name && serviceOf(c.Slot) != name {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// Apply folds acts of the user into the state. It is pure and the whole of
// tracking: Apply(a, b) equals Apply(a).Apply(b), and a [Tracker] only decides
// which acts to apply. Affirm takes up what the bot last confirmed, proposed
// or, if it was one thing, offered. Of the kinds that only a bot says relax is
// applied; the others, and acts that are not valid (see [Act.Validate]), are
// passed over.
func (s State) Apply(acts ...Act) State {
	for _, a := range acts {
		s = s.apply(a, Evidence{Turn: s.Turn, Source: Outside})
	}
	return s
}

func (s State) apply(a Act, e Evidence) State {
	if a.Validate() != nil {
		return s
	}
	switch a.Kind {
	case Want:
		s.Intents = open(s.Intents, a.Slot)
	case Inform:
		s.Constraints = merge(s.Constraints, Constraint{a.Slot, a.Op, a.Value, e})
		if c := (Choice{a.Slot, a.Value}); a.Op == Ne && slices.Contains(s.Focus, c) {
			s.Focus = without(s.Focus, a.Slot)
		}
	case Relax:
		if a.Op == "" {
			s.Constraints = dropSlot(s.Constraints, a.Slot)
		} else {
			s.Constraints = merge(s.Constraints, Constraint{a.Slot, a.Op, a.Value, e})
		}
	case Forget:
		s.Constraints = dropSlot(s.Constraints, a.Slot)
		s.Focus = without(s.Focus, a.Slot)
	case Request:
		if !slices.Contains(s.Requested, a.Slot) {
			s.Requested = append(slices.Clip(s.Requested), a.Slot)
		}
	case Select:
		if a.Op == Eq {
			s.Focus = append(without(s.Focus, a.Slot), Choice{a.Slot, a.Value})
		}
	case Affirm:
		s = s.affirm(e)
	case Restart:
		s = State{Turn: s.Turn, Lang: s.Lang}
	}
	return s
}

// open moves name to the end of the intents. A bare service that has an open
// intent stands for that one: "back to the hotel" resumes what was wanted there.
func open(intents []string, name string) []string {
	for i := len(intents) - 1; i >= 0; i-- {
		if serviceOf(intents[i]) == name {
			name = intents[i]
			break
		}
	}
	out := make([]string, 0, len(intents)+1)
	for _, x := range intents {
		if x != name && serviceOf(name) != x {
			out = append(out, x)
		}
	}
	return append(out, name)
}

// affirm applies what the bot put to the user.
func (s State) affirm(e Evidence) State {
	e.Source = System
	for _, a := range s.System {
		e.From = a.String()
		switch a.Kind {
		case Confirm:
			s = s.apply(Act{Inform, a.Slot, a.Op, a.Value}, e)
		case Propose:
			s = s.apply(Act{Kind: Want, Slot: a.Slot}, e)
		case Offer:
			if i := slices.Index(s.Offered, Choice{a.Slot, a.Value}); i >= 0 && only(s.Offered, i) {
				s = s.apply(Act{Select, a.Slot, Eq, a.Value}, e)
			}
		}
	}
	return s
}

// dropSlot drops the constraints of one slot, of all slots of a service where
// name is a service, and all where name is "".
func dropSlot(cs []Constraint, name string) []Constraint {
	out := make([]Constraint, 0, len(cs))
	for _, c := range cs {
		if name != "" && c.Slot != name && serviceOf(c.Slot) != name {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
