package recommend

import (
	"context"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

// Config says what an [Agent] talks about and with what means. Only Schema,
// Graph and Bindings are needed; the zero value of any other field is its
// default. Nothing in it may be changed once it was given to [New].
type Config struct {
	Schema   dst.Schema
	Graph    *kg.Graph
	Bindings []Binding // how each service's slots read the graph; a service without one is tracked and never answered

	// Classifier reads what a message is about. Its intents are kinds of acts
	// (greet, thank, bye, affirm, deny, more, restart, repeat, human), intents
	// of the schema, or those of Help, Critiques and Compare. Without it the tracker's own cues remain.
	// It gets messages with [dst.Masked] for what the tracker takes for values of sensitive slots.
	Classifier intent.Classifier
	// Critiques gives meaning to intents that ask for the like of what was
	// offered with less or more of a slot: {"cheaper": {Slot: "price"}}. What
	// messages say in so many words ("cheaper", 轻一点, "a bigger screen") needs
	// none. Compare are the intents that ask to put things side by side.
	Critiques map[string]Critique
	Compare   []string
	// Confidence is the probability from which an intent counts, 0.5 by default.
	Confidence float64

	// Track, where it is set, understands messages instead of the agent's own
	// tracker, which it is given: for states that come from elsewhere. It gets
	// all that was said, and what is sensitive is in its own hands.
	Track func(ctx context.Context, own *dst.Tracker, s dst.State, t dst.Turn) (dst.State, []dst.Decision, error)

	Generator Generator     // words the answers; nil is [Template]
	Timeout   time.Duration // for a call of Generator, after which [Template] takes over, Transcriber or Describer; 10 seconds by default
	Style     string        // wishes about the wording, handed on to Generator

	Transcriber Transcriber // hears recordings; nil: the bot says that it cannot
	Describer   Describer   // looks at pictures; nil: the bot says that it cannot
	MaxPart     int         // most bytes of a part, 10 MB by default

	Observer Observer // watches turns; nil: nobody does. See [Observers] for several

	Help *Help  // nil: no problem solving
	Live []Live // services that are answered by live data rather than the graph

	// Labels are the words shown to people for predicates, slots and values,
	// by language: Labels["battery_mah"]["zh"] = "电池容量"; and for units of
	// numbers, where those known are not to be used: Labels["分"]["en"] = "".
	Labels map[string]map[string]string
	// Phrases say in answers to yes/no questions that a thing has a value of a
	// slot, or has not, by slot and language, with %s for the value:
	// Phrases["uses"]["en"] = {"is good for %s", "is not made for %s"}. Without
	// one, things have the values of Multi slots ("has NFC", "does not have NFC")
	// and of others it is said what they are.
	Phrases map[string]map[string]Phrase
	// Names are the predicates that hold the names of things, the most official
	// first, with their language variants; "name" and "alias" by default, as in
	// [kg.Options].
	Names []string

	Lang      string            // language where neither message nor conversation has one, "en" by default
	Persona   map[string]string // who the bot is, by language: said when greeted
	Scope     map[string]string // what the bot can do, by language: said when greeted and when a message is out of scope
	Offers    int               // most things offered at once, 3 by default
	Tolerance float64           // what "around" means: 0.15, the default, is 15% either way
	Now       func() time.Time  // the clock, time.Now by default
}

// A Binding says how the slots of one service read the graph.
type Binding struct {
	Service string // of the schema, "" for the unnamed one

	// Kind is the graph's kind of the service's things. KindSlot is the slot
	// whose values are kinds, where the service deals in several: a shop's
	// category. Without both, every named thing is the service's.
	Kind     string
	KindSlot string

	// Slots maps slots, by their names without the service, to predicates or
	// paths of [kg.Condition]; a slot that is not listed reads the predicate of
	// its own name. "" says that the graph has nothing for the slot, which is
	// then merely remembered: the passengers of a taxi. "$from/station" reads
	// the path "station" of the thing that the slot "from" names.
	Slots map[string]string
	// Ranges are the slots of which things have a range: hours to visit, sizes
	// that fit. "At most 3 hours" then bounds its high end, "for 3 hours" lies
	// in it. What is told is still what the slot reads.
	Ranges map[string]Range

	Show  []string   // slots or predicates told about a thing that is offered, in this order
	Order []kg.Order // how things that fit equally well are ranked; then by id
	// Variants is the slot or predicate whose value things share that are variants
	// of one product, such as its sizes: of several that fit equally well one is
	// offered before the others. By default things are variants that share a name.
	Variants string
	Ask      []string // slots worth asking for where too much fits; by default those with a question in Ask
}

// A Phrase words that a thing has a value, and that it has not.
type Phrase struct{ Yes, No string }

// Defaults of Config.
const (
	defaultConfidence = 0.5
	defaultTimeout    = 10 * time.Second
	defaultOffers     = 3
	defaultTolerance  = 0.15
	defaultMaxPart    = 10 << 20
)

func (c Config) withDefaults() Config {
	if c.Confidence == 0 {
		c.Confidence = defaultConfidence
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Generator == nil {
		c.Generator = Template{}
	}
	if len(c.Names) == 0 {
		c.Names = []string{"name", "alias"}
	}
	if c.Lang == "" {
		c.Lang = "en"
	}
	if c.Offers == 0 {
		c.Offers = defaultOffers
	}
	if c.Tolerance == 0 {
		c.Tolerance = defaultTolerance
	}
	if c.MaxPart == 0 {
		c.MaxPart = defaultMaxPart
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return c
}
