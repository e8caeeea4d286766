package dsttest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A Thing is one of those that simulated customers choose from, with all that
// is true of it.
type Thing struct {
	Value  string              // as acts have it, of the slot that names things
	Names  map[string]string   // how it is called, by language
	Values map[string][]string // by slot, its full name: canonical values, as in acts
}

// SlotWords is how customers speak of one slot, by language; what is left out
// is worded by the package. Places: {v} a value, {n} what is looked for, {o} a
// thing that was offered ("the second one").
type SlotWords struct {
	Called  map[string][]string // the slot itself: "weight"; by default its aliases, but for questions and what are values too
	Values  []string            // words for values, in any language, of a type that is neither [dst.Enum] nor numbers
	Wish    map[string][]string // that stand anywhere: "for {v}"
	Noun    map[string][]string // that open a conversation: "{v} {n}", a red phone
	Ask     map[string][]string // "how much is {o}?"
	Whether map[string][]string // "does {o} have {v}?"; without them nobody asks whether
	Less    map[string][]string // "cheaper"; without them nobody asks for less than what was offered
	More    map[string][]string // "a bigger screen"
	Never   bool                // nobody wishes for a value of it
}

// CustomerOptions adjusts a simulation of customers. Things are needed.
type CustomerOptions struct {
	Things    []Thing
	Words     map[string]SlotWords // by slot, its full name
	Asks      []string             // slots, by full names, that customers ask about what is offered
	Seed      uint64               // of all that is random: the same seed gives the same customers
	N         int                  // conversations; 0 means 100
	Langs     []string             // "en", "zh": the customers take turns; none means both
	MaxTurns  int                  // of a customer; 0 means 15
	Tolerance float64              // how far "about 100" reaches, as a share; 0 means 0.15
}

// A Reason says why a customer did not get what he wants. The set is closed.
type Reason string

// The reasons.
const (
	WishLost      Reason = "wish not understood"  // it was said, and the state does not have it
	WishKept      Reason = "wish made up or kept" // the state has one that was never said, changed or dropped
	WrongOffer    Reason = "wrong thing offered"  // the state is right, and the offer does not meet it
	FalseNone     Reason = "nothing fits, though it does"
	NoMore        Reason = "no others, though there are"
	Unanswered    Reason = "question not answered"
	WrongAnswer   Reason = "question answered wrongly"
	CritiqueLost  Reason = "critique not met"
	ChoiceLost    Reason = "choice not understood"
	NothingSaid   Reason = "no offer and no question"
	AskedTooOften Reason = "asked again and again"
	TooLong       Reason = "too many turns"
	GivenUp       Reason = "handed over to a person"
	BotFailed     Reason = "error"
)

var reasons = []Reason{WishLost, WishKept, WrongOffer, FalseNone, NoMore, Unanswered, WrongAnswer,
	CritiqueLost, ChoiceLost, NothingSaid, AskedTooOften, TooLong, GivenUp, BotFailed}

// A CustomerFailure is a conversation in which a customer did not get what he
// wants.
type CustomerFailure struct {
	Conversation int // from 0
	Lang         string
	Reason       Reason
	Text         string // what happened
	Transcript   string // goal and conversation, to be read
}

// String is the failure on one line.
func (f CustomerFailure) String() string {
	return fmt.Sprintf("conversation %d (%s): %s: %s", f.Conversation, f.Lang, f.Reason, f.Text)
}

// A CustomerReport is what came of a simulation of customers.
type CustomerReport struct {
	Conversations, Reached int
	Turns                  int            // of all customers
	Changes                int            // of mind: values changed, wishes dropped or turned round
	Repairs                int            // conversations in which something had to be said again
	ByLang                 map[string]int // conversations
	ReachedBy              map[string]int // by language
	Failures               []CustomerFailure
}

// Share is the part of the conversations that reached their goal, from 0 to 1.
func (r CustomerReport) Share() float64 {
	if r.Conversations == 0 {
		return 0
	}
	return float64(r.Reached) / float64(r.Conversations)
}

// Reasons counts the failures by reason, the most frequent first.
func (r CustomerReport) Reasons() []ReasonCount {
	var out []ReasonCount
	for _, reason := range reasons {
		n := 0
		for _, f := range r.Failures {
			if f.Reason == reason {
				n++
			}
		}
		if n > 0 {
			out = append(out, ReasonCount{reason, n})
		}
	}
	slices.SortStableFunc(out, func(a, b ReasonCount) int { return b.N - a.N })
	return out
}

// A ReasonCount says how many conversations failed for a reason.
type ReasonCount struct {
	Reason Reason
	N      int
}

// String sums the report up, with a line for each reason.
func (r CustomerReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "customers: %d of %d reached their goal, in %d turns with %d changes of mind\n", r.Reached, r.Conversations, r.Turns, r.Changes)
	for _, c := range r.Reasons() {
		fmt.Fprintf(&b, "  %-30s %4d\n", c.Reason, c.N)
	}
	return b.String()
}

// SimulateCustomers lets invented customers buy from a bot. Each has one of the
// things in mind and describes it by some of its values. They open, answer
// questions, add wishes, change their minds (another value, "not red", "never
// mind the price"), ask for cheaper ones and for others, compare, ask about what
// is offered, and in the end choose.
//
// A goal is reached where the bot confirms the choice of a thing that meets all
// that the customer wishes in the end, and each question was answered with what
// is true, both judged by Things rather than by what the bot says. A customer
// says again what was not understood, three times in all; then the report has
// the reason. The same seed and bot give the same report.
//
// The method is the agenda of Schatzmann et al., Agenda-Based User Simulation
// for Bootstrapping a POMDP Dialogue System (2007). The error is that of the
// context or of the options; what the bot does wrong is a failure.
func SimulateCustomers(ctx context.Context, bot Bot, schema dst.Schema, opt CustomerOptions) (CustomerReport, error) {
	m, err := newMarket(schema, opt)
	if err != nil {
		return CustomerReport{}, fmt.Errorf("dsttest: simulate customers: %w", err)
	}
	report := CustomerReport{ByLang: map[string]int{}, ReachedBy: map[string]int{}}
	for i := range m.opt.N {
		c, err := m.visit(ctx, i, bot)
		if err != nil {
			return report, fmt.Errorf("dsttest: simulate customers: conversation %d: %w", i, err)
		}
		report.add(c)
	}
	return report, nil
}

func (r *CustomerReport) add(c *customer) {
	r.Conversations++
	r.ByLang[c.lang]++
	r.Turns += len(c.log)
	r.Changes += c.changes
	if c.troubles > 0 {
		r.Repairs++
	}
	if c.failed == "" {
		r.Reached++
		r.ReachedBy[c.lang]++
		return
	}
	r.Failures = append(r.Failures, CustomerFailure{c.n, c.lang, c.failed, c.why, c.transcript()})
}

// A market is what all customers of a simulation share.
type market struct {
	opt    CustomerOptions
	schema dst.Schema
	slots  map[string]dst.Slot
	order  []string // slots of the service that things have values of, as in the schema
	names  string   // the slot that names things
	things map[string]Thing
	vocab  map[string]map[string]map[string][]string // words by language, slot and value
	alone  map[string]map[string]bool                // by slot, words that no other slot would take
	domain map[string][]string                       // by slot, the values that things have
}

func newMarket(schema dst.Schema, opt CustomerOptions) (*market, error) {
	if err := schema.Validate(); err != nil {
		return nil, err
	}
	if len(opt.Things) == 0 {
		return nil, errors.New("CustomerOptions.Things is empty; customers need something to choose from")
	}
	opt.N, opt.MaxTurns = or(opt.N, 100), or(opt.MaxTurns, 15)
	if len(opt.Langs) == 0 {
		opt.Langs = []string{"en", "zh"}
	}
	for _, lang := range opt.Langs {
		if phrases[lang] == nil {
			return nil, fmt.Errorf("no customers speak %q; Langs are en and zh", lang)
		}
	}
	if opt.Tolerance == 0 {
		opt.Tolerance = 0.15
	}
	m := &market{opt: opt, schema: schema, slots: map[string]dst.Slot{}, things: map[string]Thing{}}
	for _, thing := range opt.Things {
		m.things[thing.Value] = thing
	}
	for _, service := range schema.Services {
		for _, slot := range service.Slots {
			full := fullName(service, slot.Name)
			m.slots[full] = slot
			if slot.Names && m.names == "" {
				m.names = full
			}
			if slices.ContainsFunc(opt.Things, func(t Thing) bool { return len(t.Values[full]) > 0 }) {
				m.order = append(m.order, full)
			}
		}
	}
	if m.names == "" {
		return nil, errors.New("no slot of the schema names things; set Names on one")
	}
	m.learnWords()
	return m, m.check()
}

// check reports required slots that a thing has no value of that customers
// could say.
func (m *market) check() error {
	for _, lang := range m.opt.Langs {
		for _, thing := range m.opt.Things {
			for _, full := range m.order {
				if m.slots[full].Required && len(m.sayable(thing, full, lang)) == 0 {
					return fmt.Errorf("no words in %q for the value of slot %q that %q has; give some in CustomerOptions.Words", lang, full, thing.Value)
				}
			}
		}
	}
	return nil
}
