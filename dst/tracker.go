package dst

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A Tracker turns what users say into acts. It is immutable once built and
// safe for concurrent use; all that it remembers is in the [State].
type Tracker struct {
	schema     Schema
	slots      []slotInfo
	types      []Type         // distinct types, in the order of the schema
	takers     [][]int        // by type: the slots that have it
	index      map[string]int // of a slot, by its full name
	lexicon    *lexicon
	listed     map[string]listedValue // of enums
	openType   int                    // index into types of free text, -1 where there is none
	openRoles  map[Role]bool          // of slots of free text
	hasIntents bool
	intents    [][]intentInfo // by service
	hasNear    bool           // some slot says what a thing is near to
	now        func() time.Time
	base       *Weights // of any schema, for English
	fitted     *Weights // of this one
	learner    *learner // while training
	spans      bool     // what was fitted on has values that the types of their slots do not find
	extractor  Extractor
	points     bool // while training: see Corpus.Points
	fitting    bool // while Fit learns
	explains   bool // decisions tell all their reasons
	doubt      float64
	refused    func(line string, err error)

	confirmBelow float64 // see TrackerOptions
	maxAsks      int
}

// slotInfo is a slot with its place in the tracker.
type slotInfo struct {
	Slot
	full    string // name as it stands in acts
	service int
	typ     int   // index into Tracker.types, -1 for none
	free    bool  // free text
	words   []int // the slots that share a word with it, itself among them: services often have the same slot
	paired  bool  // the service has another slot of days, or of times: "until" tells them apart and bounds neither
	needed  bool  // an intent of the service requires it
	known   bool  // or takes it at least, or there are no intents
	lengthy bool  // its values are whole sentences
	closed  bool  // its values can be written down: see closed
	listed  bool  // or are names of a list
	kind    kind
	kindSym sym
	name    []sym // the words of its name and aliases
	all     []sym // and of its description
	thing   []sym // of the service's name, aliases and description
	last    sym   // the last word of its name, which often says what it is
	class   []sym // classes of its name's words
	own     []sym // those of its name that say what is measured
}

// spoken are the names that a user may call the slot by.
func (s *slotInfo) spoken() []string {
	return append([]string{strings.NewReplacer("_", " ", "-", " ").Replace(s.Name)}, s.Aliases...)
}

// TrackerOptions are what a tracker needs besides its schema.
type TrackerOptions struct {
	Now     func() time.Time // what "tomorrow" is relative to; nil means time.Now
	Weights *Weights         // what was learned on dialogues of any schema; nil means what is shipped, [NoWeights] none
	Fitted  *Weights         // what [Tracker.Fit] learned for this schema; nil means nothing

	Extractor  Extractor                    // is asked where the tracker is in doubt; nil: nobody
	DoubtBelow float64                      // probability of a slot's likeliest outcome below which it is in doubt; 0 means 0.7
	Refused    func(line string, err error) // is told what the extractor wrote in vain, and of its errors; may be nil; must be safe for concurrent use

	// ConfirmBelow is the probability under which [Tracker.Next] has a value
	// confirmed before it goes on; 0 means never. With 0.4 about one value in
	// seventy is asked about, and half of these are wrong (SGD, development set).
	ConfirmBelow float64
	// MaxAsks is how often Next puts a question that gets no answer before it
	// hands over to a person; 0 means 3, less than 0 that it never gives up.
	MaxAsks int
}

// NewTracker builds a tracker for the schema. It reports what is wrong with
// the schema (see [Schema.Validate]), and weights fitted on another one.
func NewTracker(schema Schema, opt *TrackerOptions) (*Tracker, error) {
	if err := schema.Validate(); err != nil {
		return nil, err
	}
	t := &Tracker{schema: schema, lexicon: newLexicon(), index: map[string]int{}, listed: map[string]listedValue{}, openType: -1, openRoles: map[Role]bool{}, now: time.Now, maxAsks: defaultMaxAsks, fitted: noWeights}
	if opt != nil {
		t.options(*opt)
	}
	if err := t.ship(); err != nil {
		return nil, err
	}
	t.lexicon.addCues() // before the slots, whose words may hold cues
	types := map[any]int{}
	for i, service := range schema.Services {
		t.hasIntents = t.hasIntents || len(service.Intents) > 0
		infos := make([]intentInfo, len(service.Intents))
		for j, intent := range service.Intents {
			infos[j] = newIntentInfo(service.full(intent.Name), intent)
		}
		t.intents = append(t.intents, infos)
		for _, word := range append([]string{service.Name}, service.Aliases...) {
			t.lexicon.add(word, phraseID{service: i + 1})
		}
		for _, slot := range service.Slots {
			t.addSlot(slotInfo{Slot: slot, full: service.full(slot.Name), service: i, typ: -1}, types)
		}
	}
	t.relateWords()
	t.pair()
	if err := t.checkFitted(); err != nil {
		return nil, err
	}
	return t, nil
}

// options takes over what the tracker was given besides its schema.
func (t *Tracker) options(opt TrackerOptions) {
	if opt.Now != nil {
		t.now = opt.Now
	}
	if opt.Weights != nil {
		t.base = opt.Weights
	}
	t.extractor, t.doubt, t.refused = opt.Extractor, cmp.Or(opt.DoubtBelow, defaultDoubt), opt.Refused
	if opt.Fitted != nil {
		t.fitted, t.spans = opt.Fitted, opt.Fitted.spans
	}
	if opt.MaxAsks != 0 {
		t.maxAsks = opt.MaxAsks
	}
	t.confirmBelow = opt.ConfirmBelow
}

// ship gives a tracker without weights those of the package.
func (t *Tracker) ship() (err error) {
	if t.base == nil {
		t.base, err = english()
	}
	return err
}

// addSlot enters a slot with its words. Types are the same where they are
// equal: types, an index of them, sees to it that each is found once.
func (t *Tracker) addSlot(info slotInfo, types map[any]int) {
	typ := info.Type
	if free, ok := typ.(*FreeText); typ == nil || ok && free.Pattern == nil {
		info.free, typ = true, nil
		if !info.RequestOnly {
			typ = openWords{} // what nobody fills needs no words
		}
	}
	if typ != nil {
		key, shared := typeKey(typ)
		n, known := 0, false
		if shared {
			n, known = types[key]
		}
		if !known {
			n = len(t.types)
			if shared {
				types[key] = n
			}
			t.types = append(t.types, typ)
			t.takers = append(t.takers, nil)
		}
		if _, open := typ.(openWords); open {
			t.openType = n
			t.openRoles[info.Role] = true
		}
		info.typ = n
		t.takers[n] = append(t.takers[n], len(t.slots))
	}
	info.learnable(t.schema.Services[info.service])
	if e, ok := info.Type.(*Enum); ok {
		t.list(e)
	}
	t.index[info.full] = len(t.slots)
	t.slots = append(t.slots, info)
	t.hasNear = t.hasNear || info.Role == NearRole
	if info.Role == NearRole && info.Of != "" {
		return // "nearby hotels" is read from its parts: it may set the slot or ask for it
	}
	for _, word := range info.spoken() {
		t.lexicon.addSlot(word, len(t.slots)-1)
	}
}

// pair finds the slots of days and of times that a service has several of.
func (t *Tracker) pair() {
	for i := range t.slots {
		s := &t.slots[i]
		for j := range t.slots {
			o := &t.slots[j]
			s.paired = s.paired || i != j && o.service == s.service && o.kind == s.kind && (s.kind == kindDate || s.kind == kindClock) && !o.RequestOnly
		}
	}
}

// relateWords finds out which slots share words.
func (t *Tracker) relateWords() {
	users := map[string][]int{}
	for i := range t.slots {
		for _, word := range t.slots[i].spoken() {
			users[text.Key(word)] = append(users[text.Key(word)], i)
		}
	}
	for i := range t.slots {
		s := &t.slots[i]
		for _, word := range s.spoken() {
			s.words = append(s.words, users[text.Key(word)]...)
		}
		slices.Sort(s.words)
		s.words = slices.Compact(s.words)
	}
}

// Schema returns the schema the tracker was built for.
func (t *Tracker) Schema() Schema { return t.schema }

// activeService is the index of the service that the conversation is about:
// that of the latest intent, or the one the bot spoke of; -1 where none is.
func (t *Tracker) activeService(s State, turn Turn) int {
	if len(t.schema.Services) == 1 {
		return 0
	}
	if len(turn.Services) == 1 {
		return t.serviceIndex(turn.Services[0])
	}
	for i := len(s.Intents) - 1; i >= 0; i-- {
		if n := t.serviceIndex(s.Intents[i]); n >= 0 && turn.open(t.schema.Services[n].Name) {
			return n
		}
	}
	for _, choices := range [][]Choice{s.Focus, s.Offered} {
		if len(choices) > 0 {
			return t.serviceIndex(choices[len(choices)-1].Slot)
		}
	}
	return -1
}

// serviceIndex finds the service of a slot or intent name, or of a service.
func (t *Tracker) serviceIndex(name string) int {
	for i := range t.schema.Services {
		s := t.schema.Services[i].Name
		if s == name || s != "" && len(name) > len(s) && name[len(s)] == '.' && name[:len(s)] == s {
			return i
		}
	}
	if len(t.schema.Services) == 1 {
		return 0
	}
	return -1
}

// info finds a slot of the tracker by its full name.
func (t *Tracker) info(full string) (*slotInfo, bool) {
	if i, ok := t.index[full]; ok {
		return &t.slots[i], true
	}
	return nil, false
}
