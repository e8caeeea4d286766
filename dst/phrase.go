package dst

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// openWords is the type of free-text slots: their values stand in no list, so
// that any words of the message may be one. It finds nothing by itself; once
// all other values are known, [Tracker.findPhrases] proposes words.
type openWords struct{}

// Find implements [Type].
func (openWords) Find(*Text) []Mention { return nil }

// Scores of words, by what speaks for them.
const (
	scorePhrase = 0.7 // behind the cue of a role: where it ends is a guess
	scoreTold   = 0.6 // as the bot put it
	scoreName   = 0.5 // with capitals
	scoreWords  = 0.2
)

const (
	maxPhrase  = 6  // tokens behind a cue
	maxName    = 6  // tokens of a name
	maxNGram   = 4  // tokens of other words
	maxRun     = 8  // tokens of any run of words
	maxPhrases = 96 // of a message: a long one is no value
)

// findPhrases proposes words of the message as values of free text: those
// behind the cue of a role, "from Phoenix to Las Vegas", and where words are
// told apart by what was learned, all names and short runs of words.
func (t *Tracker) findPhrases(r *reading, told []string, learned bool) {
	if t.openType < 0 {
		return
	}
	had := len(r.mentions)
	for _, value := range told {
		t.toldPhrase(r, value)
	}
	for _, role := range [...]Role{FromRole, ToRole, InRole} {
		if t.openRoles[role] {
			t.cuedPhrases(r, roleCues[role])
		}
		if role == InRole && t.openRoles[role] && !t.hasNear {
			t.cuedPhrases(r, cueNear) // "around London", where nothing else takes what is near
		}
	}
	if r.lang != "zh" {
		t.wordRuns(r, learned)
		if t.spans {
			t.allRuns(r)
		}
	}
	if len(r.mentions) > had {
		r.sortMentions()
	}
}

// toldPhrase proposes a value that the bot has told where the message repeats it.
func (t *Tracker) toldPhrase(r *reading, value string) {
	if len(value) < 3 {
		return
	}
	raw := r.text.Raw
	for i := 0; i+len(value) <= len(raw); i++ {
		if raw[i]|0x20 != value[0]|0x20 || !strings.EqualFold(raw[i:i+len(value)], value) {
			continue
		}
		start, end, ok := tokenSpan(r.tokens, i, i+len(value))
		if ok && r.tokens[start].Start == i && r.tokens[end-1].End == i+len(value) {
			t.propose(r, start, end, scoreTold, byTold)
			return
		}
	}
}

// propose adds words [start, end) as a mention, unless they are one already.
func (t *Tracker) propose(r *reading, start, end int, score float64, how how) {
	for i := range r.mentions {
		m := &r.mentions[i]
		if m.typ == t.openType && (m.start == start && m.end == end || m.how == byTold && how != byCue && m.start < end && start < m.end) {
			return
		}
	}
	a, b := r.tokens[start].Start, r.tokens[end-1].End
	r.mentions = append(r.mentions, mention{Mention{Start: a, End: b, Value: r.text.Raw[a:b], Score: score}, start, end, t.openType, how})
	r.longest = max(r.longest, end-start)
}

func (t *Tracker) cuedPhrases(r *reading, role cue) {
	for _, k := range r.marks {
		if k.cue != role || k.side&before == 0 {
			continue
		}
		if end := r.phraseEnd(k.end); end > k.end {
			t.propose(r, k.end, end, scorePhrase, byCue)
		}
	}
}

// wordRuns proposes runs of words that begin and end with a capital, and short
// runs of other words that begin and end with a word of its own meaning.
func (t *Tracker) wordRuns(r *reading, words bool) {
	limit := len(r.mentions) + maxPhrases
	for i := range r.tokens {
		if r.plain(i) {
			continue
		}
		for j := i; j < len(r.tokens) && j < i+maxName && r.runs(i, j); j++ {
			if r.plain(j) || len(r.mentions) >= limit {
				continue
			}
			switch {
			case r.capital(i) && r.capital(j):
				t.propose(r, i, j+1, scoreName, byName)
			case words && j < i+maxNGram:
				t.propose(r, i, j+1, scoreWords, byWords)
			}
		}
	}
}

// allRuns proposes all runs of up to maxRun words of a clause or two: what was
// fitted on holds values that only their words tell.
func (t *Tracker) allRuns(r *reading) {
	limit := len(r.mentions) + 2*maxPhrases
	for i, tok := range r.tokens {
		if tok.Kind == text.Symbol || tok.Kind == text.Han {
			continue
		}
		for j := i; j < len(r.tokens) && j < i+maxRun && len(r.mentions) < limit; j++ {
			if k := r.tokens[j].Kind; k == text.Han || k == text.Symbol && r.tokens[j].Text != "." {
				continue
			}
			t.propose(r, i, j+1, scoreWords, byWords)
		}
	}
}

// runs reports whether a name that begins at i may go on over token j.
func (r *reading) runs(i, j int) bool {
	tok := r.tokens[j]
	switch {
	case j == i:
		return true
	case tok.Kind == text.Symbol:
		return tok.Text == "," && j+1 < len(r.tokens) && r.tokens[j-1].Kind == text.Word && r.tokens[j+1].Kind == text.Word || tok.Text == "'" || tok.Text == "#" || tok.Text == "&" || tok.Text == "-" || tok.Text == "." && tok.Start == r.tokens[j-1].End
	case tok.Kind == text.Han:
		return false
	}
	return r.clauseOf[j] == r.clauseOf[i] || r.tokens[j-1].Text == "." || r.tokens[j-1].Text == ","
}

// plain reports whether no value begins or ends with token i: punctuation and
// function words in lower case.
func (r *reading) plain(i int) bool {
	tok := r.tokens[i]
	if tok.Kind == text.Symbol || tok.Kind == text.Han {
		return true
	}
	return tok.Kind == text.Word && function[tok.Text] && (!r.capital(i) || i == 0 || r.clauseOf[i] != r.clauseOf[i-1] || tok.Text == "i")
}

// capital reports whether token i is written with a capital, or is a number.
func (r *reading) capital(i int) bool {
	tok := r.tokens[i]
	if tok.Kind == text.Number {
		return true
	}
	first, _ := utf8.DecodeRuneInString(r.text.Raw[tok.Start:])
	return unicode.IsUpper(first)
}

// function are English words with which no value begins or ends.
var function = set("a an the i i'd i'll i'm i've me my you your he she it its it's we our us they them their this that these those there here and or but so if then than to of in on at for from by with as into about is are was were be been am do does did don't doesn't can can't could will would should shall may might must have has had not no yes yeah ok okay please thanks thank what what's which who whom when where why how want need like also just only let let's any some get find show tell give make book reserve look looking search see know help that's hi hello that's what's how's let's actually sorry well also thanks sure great good perfect is's there's here's i'm nope nah")

// phraseEnd is where the words that begin at token i end: at a cue, at a value
// of another type, at punctuation, and in a text with capitals at a word
// without one.
func (r *reading) phraseEnd(i int) int {
	end := i
	for end < len(r.tokens) && end < i+maxPhrase && (r.clauseOf[end] == r.clauseOf[i] || r.tokens[end-1].Text == ",") {
		tok := r.tokens[end]
		first, _ := utf8.DecodeRuneInString(r.text.Raw[tok.Start:])
		capital := tok.Kind == text.Word && !unicode.IsLower(first)
		switch {
		case tok.Text == "," && end > i && end+1 < len(r.tokens) && r.capital(end-1) && r.capital(end+1) && r.tokens[end+1].Kind == text.Word && !function[r.tokens[end+1].Text]:
			// "Fresno, CA"
		case tok.Kind == text.Symbol, tok.Kind == text.Word && !capital, tok.Kind == text.Number && end == i:
			return end
		case r.startsOther(end) && !(capital && end > i): // "Mexico City" is one name, whatever slot is called a city
			return end
		}
		end++
	}
	return end
}

// startsOther reports whether a cue, a slot or service word, or a value begins
// at token i.
func (r *reading) startsOther(i int) bool {
	for _, k := range r.marksIn(i, i+1) {
		if k.start == i {
			return true
		}
	}
	for _, m := range r.mentionsIn(i, i+1) {
		if m.start == i && m.Score >= sure {
			return true
		}
	}
	return false
}
