package dst

import (
	"fmt"
	"strings"
	"unicode"
)

// A Kind says what an act does. The set is closed.
type Kind string

// Acts of the user.
const (
	Want    Kind = "want"    // open an intent or a service: want buy, want Hotels.FindHotel
	Inform  Kind = "inform"  // constrain a slot: inform price<=900; of the bot: tell a value
	Prefer  Kind = "prefer"  // constrain a slot softly, "preferably black": prefer colour=black
	Request Kind = "request" // ask for the value of a slot: request price; or whether it has one: request feature=nfc
	Forget  Kind = "forget"  // drop the constraints of a slot, of a service, or all, with the thing talked about there: forget brand
	Select  Kind = "select"  // choose one of the things offered: select name=Acorn House
	Affirm  Kind = "affirm"  // yes
	Deny    Kind = "deny"    // no
	More    Kind = "more"    // something else than what was offered
	Repeat  Kind = "repeat"  // say that again
	Restart Kind = "restart" // forget the conversation
	Human   Kind = "human"   // hand over to a person; of the bot: it does
	Cancel  Kind = "cancel"  // give up what was wanted: the intent opened last, or cancel Hotels.ReserveHotel
	Undo    Kind = "undo"    // take back what the last turn that changed anything changed
	Greet   Kind = "greet"
	Thank   Kind = "thank"
	Bye     Kind = "bye"
)

// Acts of the bot. A bot also uses inform, greet and bye.
const (
	Ask     Kind = "ask"     // ask the user to fill a slot: ask use; bare, what to change
	Confirm Kind = "confirm" // ask the user to confirm a value: confirm date=2026-11-24; or an intent with all its values: confirm Hotels.ReserveHotel
	Offer   Kind = "offer"   // propose a thing, or, bare, the next thing to do: offer name=Acorn House
	NoOffer Kind = "nooffer" // nothing fits
	Relax   Kind = "relax"   // the bot loosened its own query: relax price, relax rating>=4
	Propose Kind = "propose" // propose an intent: propose Hotels.ReserveHotel
	Do      Kind = "do"      // of Next: go ahead with an intent; once said, it is done: do Hotels.ReserveHotel
)

// An Op relates a slot to a value.
type Op string

// The operators of the notation. Eq replaces what the slot held, Add joins a
// further value to it, Remove takes one out.
const (
	Eq     Op = "="
	Ne     Op = "!="
	Lt     Op = "<"
	Le     Op = "<="
	Gt     Op = ">"
	Ge     Op = ">="
	Around Op = "~"
	Add    Op = "+="
	Remove Op = "-="
)

// DontCare is the value of a slot for which the user has no preference.
const DontCare = "dontcare"

// An Act is one thing said in a conversation, by either side. Acts are
// comparable. The text form (see [ParseAct]) is at once what String returns,
// the line of a test transcript, the log line and what a language model is
// asked to write.
type Act struct {
	Kind  Kind
	Slot  string // the slot, "service.slot" in schemas with named services; of want, cancel, propose and do the intent or service
	Op    Op     // "" where the act has no value
	Value string // canonical value of the slot's type
}

// part says whether an act of a kind has a slot or a value.
type part uint8

const (
	none part = iota
	optional
	required
)

// forms is the grammar: what may follow each kind.
var forms = map[Kind]struct{ slot, value part }{
	Want: {required, none}, Inform: {required, required}, Prefer: {required, required}, Request: {required, optional},
	Forget: {optional, none}, Select: {optional, optional},
	Affirm: {}, Deny: {}, More: {optional, none}, Repeat: {}, Restart: {}, Human: {}, Greet: {}, Thank: {}, Bye: {},
	Cancel: {optional, none}, Undo: {},
	Ask: {optional, none}, Confirm: {required, optional}, Offer: {optional, optional},
	NoOffer: {optional, none}, Relax: {required, optional}, Propose: {required, none}, Do: {required, none},
}

// ops in the order in which they are recognised: longer ones first.
var ops = []Op{Ne, Le, Ge, Add, Remove, Eq, Lt, Gt, Around}

// MustAct is [ParseAct] for literals in programs and tests; it panics on a
// malformed act.
func MustAct(s string) Act {
	a, err := ParseAct(s)
	if err != nil {
		panic(err)
	}
	return a
}

// ParseAct reads one act in the notation
//
//	kind [slot [op value]]
//
// for instance "want buy", "inform price<=900", `inform name="A = B"`. Slots
// and values stand bare unless they are empty, begin or end with space, or hold
// a quote, a backslash, an operator character (= ! < > ~), ";", or a control
// character; then they are Go string literals. A bare slot has no space either.
func ParseAct(s string) (Act, error) {
	in := strings.TrimSpace(s)
	word, rest := in, ""
	if i := strings.IndexFunc(in, unicode.IsSpace); i >= 0 {
		word, rest = in[:i], in[i:]
	}
	a := Act{Kind: Kind(word)}
	form, known := forms[a.Kind]
	if !known {
		return Act{}, fmt.Errorf("dst: act %q: unknown kind %q; the kinds are %s", s, word, kindNames())
	}
	rest = strings.TrimSpace(rest)
	slot, rest, err := scanName(rest)
	if err != nil {
		return Act{}, fmt.Errorf("dst: act %q: %w", s, err)
	}
	a.Slot = slot
	if rest != "" {
		if a.Op, rest, err = scanOp(rest); err != nil {
			return Act{}, fmt.Errorf("dst: act %q: %w", s, err)
		}
		if a.Value, err = scanValue(rest); err != nil {
			return Act{}, fmt.Errorf("dst: act %q: %w", s, err)
		}
	}
	if err := a.checkForm(form.slot, form.value); err != nil {
		return Act{}, fmt.Errorf("dst: act %q: %w", s, err)
	}
	return a, nil
}

// ParseActs reads a list of acts separated by ";" or line ends. An empty text
// is an empty list.
func ParseActs(s string) ([]Act, error) {
	var acts []Act
	for _, piece := range splitActs(s) {
		if strings.TrimSpace(piece) == "" {
			continue
		}
		a, err := ParseAct(piece)
		if err != nil {
			return nil, err
		}
		acts = append(acts, a)
	}
	return acts, nil
}

// FormatActs is the inverse of [ParseActs], on one line.
func FormatActs(acts []Act) string {
	var b strings.Builder
	for i, a := range acts {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(a.String())
	}
	return b.String()
}

// String returns the act in the notation of [ParseAct].
func (a Act) String() string {
	s := string(a.Kind)
	if a.Slot != "" || a.Op != "" {
		s += " " + quoteIf(a.Slot, needsQuotes(a.Slot) || strings.ContainsFunc(a.Slot, unicode.IsSpace))
	}
	if a.Op != "" {
		s += string(a.Op) + quoteIf(a.Value, needsQuotes(a.Value))
	}
	return s
}

// MarshalText makes acts strings in JSON. It refuses an act that
// UnmarshalText could not read.
func (a Act) MarshalText() ([]byte, error) {
	if err := a.Validate(); err != nil {
		return nil, fmt.Errorf("dst: act %q: %w", a, err)
	}
	return []byte(a.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (a *Act) UnmarshalText(b []byte) (err error) {
	*a, err = ParseAct(string(b))
	return err
}

// Validate reports what keeps the act from being written in the notation: an
// unknown kind or operator, a slot or value that its kind needs or cannot have.
func (a Act) Validate() error {
	form, known := forms[a.Kind]
	switch {
	case !known:
		return fmt.Errorf("unknown kind %q; the kinds are %s", a.Kind, kindNames())
	case a.Op != "" && opAt(string(a.Op)) != a.Op:
		return fmt.Errorf("unknown operator %q; the operators are = != < <= > >= ~ += -=", a.Op)
	case a.Op == "" && a.Value != "":
		return fmt.Errorf("the value %q stands without an operator; use = for equality", a.Value)
	}
	return a.checkForm(form.slot, form.value)
}

// Service returns the part of the slot name before its first point, "" where
// the schema has but one, unnamed service.
func (a Act) Service() string { return serviceOf(a.Slot) }

func serviceOf(slot string) string {
	service, _, ok := strings.Cut(slot, ".")
	if !ok {
		return ""
	}
	return service
}

func (a Act) checkForm(slot, value part) error {
	switch {
	case a.Slot == "" && (slot == required || a.Op != ""):
		return fmt.Errorf("%s needs a name after it", a.Kind)
	case a.Slot != "" && slot == none:
		return fmt.Errorf("%s stands alone, without %q", a.Kind, a.Slot)
	case a.Op == "" && value == required:
		return fmt.Errorf("%s %s needs an operator and a value, as in %s %s=x", a.Kind, a.Slot, a.Kind, a.Slot)
	case a.Op != "" && value == none:
		return fmt.Errorf("%s takes no value", a.Kind)
	}
	return nil
}

func kindNames() string {
	names := []string{}
	for _, k := range []Kind{Want, Inform, Prefer, Request, Forget, Select, Affirm, Deny, More, Repeat, Restart, Human, Cancel, Undo,
		Greet, Thank, Bye, Ask, Confirm, Offer, NoOffer, Relax, Propose, Do} {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}
