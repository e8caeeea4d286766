package dst

import (
	"cmp"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A source is where an option comes from. Weights that were learned know sources
// by their numbers: a new one goes to the end.
type source uint8

const (
	fromSpan      source = iota // words of the user
	fromSystem                  // the bot's last acts on the slot
	fromCarry                   // another slot's value, or what the bot told of another service
	fromDontCare                // no preference
	fromImplied                 // words about the slot that name no value: "with wifi"
	fromClear                   // the slot is dropped
	fromHeard                   // words of another reading of what was spoken
	fromExtractor               // a plugged-in model
	fromRequest                 // the user asks about the slot
	fromIntent                  // the user wants something else of the service
	fromProposal                // see Proposal
)

// An option is one thing that may become of a slot in a turn. To leave the
// slot as it is, is the option that is not listed: it scores 0, and all others
// are scored against it.
type option struct {
	slot    int
	source  source
	mention int    // of a span: index into reading.mentions; else -1
	value   string // canonical
	text    string // as the user or the bot wrote it
	from    string // the slot it comes from,
	act     Act    // or the bot's act
	start   int    // tokens that stand for it, where it is no mention
	end     int
	apart   bool   // of a world of its own: see ranker.world
	op      Op     // of what has no mention: "" is Eq
	to      string // and its upper end
	words   [2]int // byte span in another reading
	f       [features]float64
	hand    float64 // score by the rules
	score   float64
	p       float64 // probability among the options of its slot
	lo, hi  int     // its sparse features, in ranker.feats
}

// rate scores the option by the weights set by hand.
func (o *option) rate() {
	o.hand = 0
	for i, x := range o.f {
		if x != 0 {
			o.hand += x * weights[i]
		}
	}
	o.score = o.hand
}

// A ranker lists and scores the options of one turn.
type ranker struct {
	t     *Tracker
	u     *understanding
	r     *reading
	s     State
	turn  Turn
	raw   []Act // the bot's acts in its own words, beside s.System
	opts  []option
	feats []uint32 // sparse features, one option's after the other's

	tokens  []text.Token // memory for valueWords
	inValue []sym
	spare   []option // memory for bySlot
	intents []option // of the service being decided
	ranked  []int    // see likeliest

	apart    sym           // tells the features of some options from those of all others
	record   []toldFeature // of the features emitted, while they are told
	lang     string        // the message's, or else the conversation's
	asks     bool          // the message asks something
	active   int
	on       []slotActs // by slot: what the bot just did about it
	filled   []bool     // by slot: it has a constraint
	open     []bool     // by slot: a user can fill it, and its service is open
	openSlot []int      // slots of the open services that a user can fill
	surroundings
}

// slotActs says what the bot's last turn did about a slot.
type slotActs struct {
	asked, confirmed, offered, informed bool
	first                               int // index+1 of the first act with a value
}

// surroundings are what the features of all options of a turn share.
type surroundings struct {
	stems     []sym // by token
	bag       []sym // distinct words of the message
	first     sym
	firstTwo  sym
	polarity  sym
	signature sym // the kinds of the bot's acts
	answer    answer
	someAsked bool
	proposed  bool
	opened    []bool // by service: it has just been opened
}

// options lists every option of the turn and scores it.
func (x *ranker) options() {
	x.prepare()
	for i := range x.r.mentions {
		for _, slot := range x.t.takers[x.r.mentions[i].typ] {
			if x.fillable(slot) {
				x.span(slot, i)
			}
		}
		x.words(i)
	}
	for _, slot := range x.openSlot {
		x.clear(slot)
		x.system(slot)
		if x.spokenOf(x.t.slots[slot].service) {
			x.earlier(slot)
			x.carry(slot)
			x.dontCare(slot)
			x.implied(slot)
		}
	}
	x.proposals()
	x.softmax()
}

// spokenOf reports whether the turn may be about the service: the caller says
// so, or a word of the message or else what was talked about last. What no
// words give is taken for no other.
func (x *ranker) spokenOf(service int) bool {
	if len(x.turn.Services) > 0 || service == x.active || len(x.t.schema.Services) == 1 {
		return true
	}
	return slices.ContainsFunc(x.r.clauses, func(c clause) bool { return c.service == service })
}

func (x *ranker) fillable(slot int) bool { return x.open[slot] }

// prepare gathers what the options share.
func (x *ranker) prepare() {
	x.lang = cmp.Or(x.r.lang, x.s.Lang, "en")
	x.asks = x.r.questions()
	x.active = x.t.activeService(x.s, x.turn)
	x.on = zeros(x.on, len(x.t.slots))
	x.filled, x.open = zeros(x.filled, len(x.t.slots)), zeros(x.open, len(x.t.slots))
	for i := range x.s.Constraints {
		if n, ok := x.t.index[x.s.Constraints[i].Slot]; ok {
			x.filled[n] = true
		}
	}
	x.prepareActs()
	for i := range x.t.slots {
		info := &x.t.slots[i]
		x.open[i] = !info.RequestOnly && x.turn.open(x.t.schema.Services[info.service].Name)
		if x.open[i] {
			x.openSlot = append(x.openSlot, i)
		}
	}
	x.prepareWords()
}

// prepareActs gathers what the bot just did about each slot.
func (x *ranker) prepareActs() {
	for i, a := range x.s.System {
		x.signature = x.signature.with(hashString(string(a.Kind)))
		x.proposed = x.proposed || a.Kind == Propose
		n, ok := x.t.index[a.Slot]
		if !ok {
			continue
		}
		on := &x.on[n]
		switch a.Kind {
		case Ask:
			on.asked, x.someAsked = true, true
		case Confirm:
			on.confirmed = true
		case Offer:
			on.offered = true
		case Inform:
			on.informed = true
		default:
			continue
		}
		if on.first == 0 && a.Value != "" {
			on.first = i + 1
		}
	}
}

// trained reports whether sparse features have weights in this language.
func (x *ranker) trained() bool {
	return x.t.learned(x.lang)
}

// prepareWords hashes the words of the message.
func (x *ranker) prepareWords() {
	x.stems = zeros(x.stems, len(x.r.tokens))
	for i, tok := range x.r.tokens {
		x.stems[i] = hashString(stem(tok.Text))
		if tok.Kind != text.Symbol && len(x.bag) < 48 && !slices.Contains(x.bag, x.stems[i]) {
			x.bag = append(x.bag, x.stems[i])
		}
	}
	if len(x.stems) > 0 {
		x.first = x.stems[0]
	}
	if len(x.stems) > 1 {
		x.firstTwo = x.first.with(x.stems[1])
	}
	x.answer = x.findAnswer()
	x.polarity = symNeither
	for _, k := range x.r.marks {
		if k.start > 1 {
			break
		}
		switch k.cue {
		case cueAffirm:
			x.polarity = hashString("yes")
		case cueDeny:
			x.polarity = hashString("no")
		}
	}
	x.opened = zeros(x.opened, len(x.t.schema.Services))
	for i := range x.t.schema.Services {
		service := x.t.schema.Services[i].Name
		x.opened[i] = !slices.ContainsFunc(x.s.Intents, func(name string) bool { return name == service || serviceOf(name) == service })
	}
}

// add enters an option, scored by rules and by what was learned.
func (x *ranker) add(option option) {
	x.opts = append(x.opts, option)
	o := &x.opts[len(x.opts)-1]
	o.rate()
	o.lo = len(x.feats)
	if x.trained() {
		x.sparse(o)
		o.hi = len(x.feats)
		if x.t.learner != nil || len(x.turn.Services) > 0 || o.f[fAsk]+o.f[fAskable] == 0 { // a wish or a question: that the words tell
			o.score += x.t.learnedScore(x.feats[o.lo:o.hi], x.lang, o.apart || x.surely(o))
		}
		if x.t.learner == nil {
			x.feats = x.feats[:o.lo]
		}
	}
}

// bySlot sorts the options by slot, those of one slot as they came. An option
// is large: each is moved once.
func (x *ranker) bySlot() {
	sorted := true
	for i := 1; i < len(x.opts) && sorted; i++ {
		sorted = x.opts[i-1].slot <= x.opts[i].slot
	}
	if sorted {
		return
	}
	at := zeros(x.ranked, len(x.t.slots)+1)
	for i := range x.opts {
		at[x.opts[i].slot+1]++
	}
	for i := 1; i < len(at); i++ {
		at[i] += at[i-1]
	}
	x.spare = slices.Grow(x.spare[:0], len(x.opts))[:len(x.opts)]
	for i := range x.opts {
		o := &x.opts[i]
		x.spare[at[o.slot]] = *o
		at[o.slot]++
	}
	x.opts, x.spare, x.ranked = x.spare, x.opts, at[:0]
}

// surely reports whether the words themselves say the value, where the caller
// does not say what the turn is about: what was learned on others' services may
// then not take it away, nor where no other slot could take the value.
func (x *ranker) surely(o *option) bool {
	if len(x.turn.Services) > 0 || o.source != fromSpan || o.f[fUnbound] > 0 {
		return false
	}
	m := &x.r.mentions[o.mention]
	return m.typ != x.t.openType && (m.Score >= sure || o.f[fOnlyTaker] > 0 && m.how == byType)
}

// softmax turns the scores of each slot into probabilities: of its options and
// of leaving it as it is.
func (x *ranker) softmax() {
	x.bySlot()
	for lo := 0; lo < len(x.opts); {
		hi := lo
		top := 0.0
		for hi < len(x.opts) && x.opts[hi].slot == x.opts[lo].slot {
			top = max(top, x.opts[hi].score)
			hi++
		}
		sum := math.Exp(-top)
		for i := lo; i < hi; i++ {
			x.opts[i].p = math.Exp(x.opts[i].score - top)
			sum += x.opts[i].p
		}
		for i := lo; i < hi; i++ {
			x.opts[i].p /= sum
		}
		lo = hi
	}
}
