package dst

import (
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// phrases is the type of free-text slots with a role: "from Phoenix to Las
// Vegas" gives them values that stand in no list. Its mentions are found by the
// cue of the role, once all other values are known.
type phrases Role

// Find finds nothing: see [Tracker.findPhrases].
func (phrases) Find(*Text) []Mention { return nil }

// phraseType returns the type of free text in a role, nil for a role whose cues
// stand before too many other things.
func phraseType(role Role) Type {
	switch role {
	case FromRole, ToRole, InRole:
		return phrases(role)
	}
	return nil
}

const (
	scorePhrase = 0.7 // of a phrase: its end is a guess
	maxPhrase   = 6   // tokens
)

// findPhrases adds a mention for each run of words behind the cue of a role
// that a free-text slot has.
func (t *Tracker) findPhrases(r *reading) {
	found := false
	for i, typ := range t.types {
		p, ok := typ.(phrases)
		if !ok {
			continue
		}
		for _, k := range r.marks {
			if k.cue != roleCues[Role(p)] || k.side&before == 0 {
				continue
			}
			if end := r.phraseEnd(k.end); end > k.end {
				a, b := r.tokens[k.end].Start, r.tokens[end-1].End
				r.mentions = append(r.mentions, mention{Mention{Start: a, End: b, Value: r.text.Raw[a:b], Score: scorePhrase}, k.end, end, i})
				r.longest = max(r.longest, end-k.end)
				found = true
			}
		}
	}
	if found {
		r.sortMentions()
	}
}

// phraseEnd is where the words that begin at token i end: at a cue, at a value
// of another type, at punctuation, and in a text with capitals at a word
// without one.
func (r *reading) phraseEnd(i int) int {
	end := i
	for end < len(r.tokens) && end < i+maxPhrase && r.clauseOf[end] == r.clauseOf[i] {
		tok := r.tokens[end]
		first, _ := utf8.DecodeRuneInString(r.text.Raw[tok.Start:])
		capital := tok.Kind == text.Word && !unicode.IsLower(first)
		switch {
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
