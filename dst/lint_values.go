package dst

import (
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A value is long that nobody says word for word: from so many words, or
// characters where it is Chinese.
const (
	longWords = 6
	longHan   = 12
)

// noValues are values that stand for the lack of one.
var noValues = map[string]bool{DontCare: true}

func init() {
	for w := range strings.SplitSeq("none|n/a|na|null|nil|unknown|unspecified|undefined|not specified|any|anything|无|未知|不详|不限|任意|随便|都可以", "|") {
		noValues[text.Key(w)] = true
	}
}

// cueKeys are the cues by the key of their phrases. Words that only lead to a
// value or follow it are left out: they are no message of their own.
func cueKeys() map[string]cue {
	keys := map[string]cue{}
	for _, row := range cueTable {
		switch row.cue {
		case cueLead, cueTail, cueFill, cueSeek, cueWish, cueQuestion, cueHave, cueOne:
			continue
		}
		for phrase := range strings.SplitSeq(row.phrases, "|") {
			if key := text.Key(phrase); key != "" {
				keys[key] = row.cue
			}
		}
	}
	return keys
}

// cueMeanings word what a cue is taken for.
var cueMeanings = map[cue]string{
	cueAffirm: "a yes", cueDeny: "a no", cueNot: "a no", cueNotHere: "a no", cueAny: "no preference", cueDontCare: "no preference",
	cueAnother: "the wish for another offer", cueHuman: "the wish for a person", cueReach: "the wish for a person",
	cueCancel: "a cancellation", cueGiveUp: "a cancellation", cueUndo: "the wish to go back", cueRestart: "a new start", cueRepeat: "the wish to hear it again",
	cueThank: "thanks", cueGreet: "a greeting", cueBye: "a farewell", cueFirst: "a choice among offers", cueSecond: "a choice among offers", cueLast: "a choice among offers",
}

// values looks at what fills a slot.
func (l *linter) values(at spot) {
	switch typ := l.slot(at).Type.(type) {
	case *Enum:
		l.enum(at.of("possible_values"), typ)
	case *Gazetteer:
		l.gazetteer(at.of("gazetteer"), typ)
	case *Number:
		l.number(at, typ)
	}
}

func (l *linter) enum(at spot, e *Enum) {
	if yesOrNo(e) {
		l.warn(at, "yes-no-enum", "its values are a yes and a no, and as an Enum it is found by these words alone, be they said of anything; make it a YesNo (kind boolean), which knows other words for them")
		return
	}
	if len(e.Values) == 1 {
		l.note(at, "one-value", "it has one value, %q, so there is nothing to choose; make it a YesNo (kind boolean), or add values", e.Values[0].Value)
	}
	for _, o := range e.Values {
		l.option(at, o)
	}
	l.sharedSynonyms(at, e)
}

// yesOrNo reports whether an Enum is a yes/no type in other words.
func yesOrNo(e *Enum) bool {
	if len(e.Values) != 2 {
		return false
	}
	y := &YesNo{}
	a, ok := y.Parse(e.Values[0].Value, time.Time{})
	b, too := y.Parse(e.Values[1].Value, time.Time{})
	return ok && too && a != b
}

// option looks at one value with its synonyms.
func (l *linter) option(at spot, o Option) {
	short := false
	for i, s := range o.spellings() {
		key := text.Key(s)
		short = short || key != "" && !long(s)
		what := "the value"
		if i > 0 {
			what = "the synonym"
		}
		if key == "" {
			l.warn(at, "empty-value", "%s %q of %q holds nothing that could be said; leave it out", what, s, o.Value)
			continue
		}
		meaning, isCue := cueMeanings[l.cues[key]]
		switch {
		case i == 0 && noValues[key]:
			l.warn(at, "no-value", "the value %q stands for the lack of one; leave it out: an empty slot, or %q where the user has no preference, says so already", s, DontCare)
		case isCue:
			l.warn(at, "value-is-cue", "%s %q is also taken for %s; rename it or leave it out", what, s, meaning)
		}
	}
	if !short && long(o.Value) {
		l.note(at, "long-value", "nobody says %q word for word; give it a short synonym", o.Value)
	}
}

func long(s string) bool {
	words, han := 0, 0
	for _, tok := range text.Tokens(spaced(s)) {
		switch tok.Kind {
		case text.Han:
			han++
		case text.Word, text.Number:
			words++
		}
	}
	return words >= longWords || han >= longHan
}

// sharedSynonyms finds words of two values of one Enum.
func (l *linter) sharedSynonyms(at spot, e *Enum) {
	owner := map[string]int{}
	for i, o := range e.Values {
		for _, s := range o.spellings() {
			key := text.Key(s)
			first, taken := owner[key]
			if taken && first != i && key != "" {
				l.warn(at, "shared-synonym", "%q stands for %q and for %q, so that whoever says it gets both as alternatives; keep it for one of them", s, e.Values[first].Value, o.Value)
				continue
			}
			owner[key] = i
		}
	}
}

// number looks at bounds, which count where Min < Max.
func (l *linter) number(at spot, n *Number) {
	switch {
	case n.Min >= n.Max && (n.Min != 0 || n.Max != 0):
		l.warn(at, "bounds", "its bounds, Min %v and Max %v, have no effect: they count only where Min is less than Max; set both", n.Min, n.Max)
	case n.Integer && n.Min < n.Max && math.Ceil(n.Min) > math.Floor(n.Max):
		l.warn(at, "bounds", "no whole number lies between its Min %v and its Max %v, so nothing can fill it; widen them", n.Min, n.Max)
	case n.Unit == "%" && n.Min >= 0 && n.Max > 0 && n.Max <= 1:
		l.warn(at, "bounds", "its values are in percent, so that with a Max of %v no more than %v%% can fill it; write 100 for a whole", n.Max, n.Max)
	}
}

// commonWords are English words that are said for themselves far more often
// than for a name.
const commonWords = "about above after again all also always am an and another are around as ask at away back bad be because been before best better big both but buy by call can change check close cold come cool could date day deal did different do does done down each early easy end enough even ever every find first fine for found free friday from fresh full get give go going gold good great had happy hard has have he help her here high him his home hot hour house how i if in into is it just keep kind know large last late leave left less let life like little live local long look lot love low make many march may maybe me menu midnight mine more morning most much must my name near need never new next nice night no none not now of off office ok old on once one only open or order other our out over own part pay people place plan please plus price quick quiet ready really red right room safe same save see she should show simple since small so some something soon special start stay still stop store such summer sun sure table take talk tell than thank thanks that the their them then there they thing things think this time to today together tomorrow tonight too top try two under until up us very wait want warm was water way we week well were what when where which white who why will winter wish with work world would year yes yet you your"

// gazetteer looks for names that are said without being meant. One remark lists
// them all.
func (l *linter) gazetteer(at spot, g *Gazetteer) {
	var common, cues, single []string
	for w := range strings.FieldsSeq(commonWords) {
		if id, ok := g.keys[text.Key(w)]; ok && l.cues[text.Key(w)] == cueNone {
			common = append(common, g.values[id])
		}
	}
	for _, key := range slices.Sorted(maps.Keys(g.keys)) {
		if _, isCue := cueMeanings[l.cues[key]]; isCue {
			cues = append(cues, g.values[g.keys[key]])
		} else if r, size := utf8.DecodeRuneInString(key); size == len(key) && text.IsHan(r) {
			single = append(single, g.values[g.keys[key]])
		}
	}
	if len(common) > 0 {
		l.warn(at, "common-name", "it will be found where it is not meant, since common words are names: %s; write these out in full or leave them out", quoted(common))
	}
	if len(cues) > 0 {
		l.warn(at, "value-is-cue", "names that are also taken for a yes, a no or the like: %s; write these out in full or leave them out", quoted(cues))
	}
	if len(single) > 0 {
		l.warn(at, "short-name", "names of one Chinese character are found within other words: %s; write these out in full or leave them out", quoted(single))
	}
}
