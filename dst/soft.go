package dst

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// softPhrases say that a value is a preference: "preferably black", 最好是黑色.
// They stand before their value, after it, or on either side. They are no marks
// of a reading: the features of options do not see them, so that what weights
// were learned from is not changed by them.
var softPhrases = []struct {
	side    side
	phrases string
}{
	{before, "preferably|ideally|hopefully|prefer|preference for|would love|would rather have|rather have|leaning towards|nice to have|even better if|better if|bonus if|bonus points for|would be nice if|would be great if|be nice if|be great if|be good if"},
	{after, "would be nice|would be great|would be good|would be better|would be ideal|would be perfect|would be a plus|would be a bonus|is a plus|is a bonus|a plus|a bonus|is preferred|is preferable|preferred|preferable"},
	{before | after, "if possible|if available|if you have it|if you have one|if you have any|if i can|if you can"},
	{before, "尽量|尽可能|优先|优先考虑|更喜欢|比较喜欢|更想要|更倾向|倾向于|偏好|偏向|可以的话|最好"},
	{after, "更好|更好了|更佳|优先|加分|更理想|最理想|尽量|最好|的话更好|为佳"},
}

var softSides, softLexicon = newSoftLexicon()

func newSoftLexicon() ([]side, *text.Lexicon) {
	var sides []side
	var terms []text.Term
	at := map[string]int{}
	for _, row := range softPhrases {
		for phrase := range strings.SplitSeq(row.phrases, "|") {
			i, known := at[phrase]
			if !known {
				i = len(sides)
				at[phrase] = i
				sides = append(sides, 0)
				terms = append(terms, text.Term{Text: phrase, ID: int32(i), Score: 1})
			}
			sides[i] |= row.side
		}
	}
	return sides, text.NewLexicon(terms, 0)
}

// softCues finds what makes preferences of the values in a message.
func (u *understanding) softCues(gs []given) []text.Match {
	if len(gs) == 0 {
		return nil
	}
	return slices.DeleteFunc(softLexicon.Find(u.r.tokens), func(m text.Match) bool {
		return u.r.superlative(m.First, m.Last)
	})
}

// superlative reports whether the words are 最好 or 更好 in front of what they
// describe: 拍照最好的手机, 更好的屏幕.
func (r *reading) superlative(start, end int) bool {
	return end < len(r.tokens) && r.tokens[end].Text == "的" && end < r.clauses[r.clauseOf[start]].end
}

// softened reports whether a cue makes a preference of the value: one that
// stands before it in its clause, or makes up the clause before; or the next
// one after it, in its clause or as a clause of its own.
func (u *understanding) softened(cues []text.Match, g *given) bool {
	for _, c := range cues {
		side := softSides[c.ID]
		if side&before != 0 && u.softBefore(c, g.start) || side&after != 0 && u.softAfter(c, g.end) {
			return true
		}
	}
	return false
}

func (u *understanding) softBefore(c text.Match, start int) bool {
	if c.Last > start {
		return false
	}
	own, its := u.r.clauseOf[c.First], u.r.clauseOf[start]
	return own == its || own == its-1 && u.r.fillsClause(c)
}

func (u *understanding) softAfter(c text.Match, end int) bool {
	if c.First < end {
		return false
	}
	own, its := u.r.clauseOf[c.First], u.r.clauseOf[end-1]
	if in := u.r.clauses[own]; u.r.lang != "en" && (in.has(cueWhich) || in.has(cueQuestion)) {
		return false // 哪款手机最好
	}
	if own != its && (own != its+1 || !u.r.fillsClause(c)) {
		return false
	}
	if softSides[c.ID]&before != 0 && own == its && u.mentioned(c.Last, u.r.clauses[own].end) {
		return false // "a phone, black, preferably under 3000": the cue is of what follows
	}
	return !u.mentioned(end, c.First)
}

// mentioned reports whether a value that was given to a slot lies in [i, j).
func (u *understanding) mentioned(i, j int) bool {
	return slices.ContainsFunc(u.won, func(g given) bool { return i <= g.start && g.start < j })
}

// fillsClause reports whether the cue's clause holds nothing else but fill.
func (r *reading) fillsClause(c text.Match) bool {
	in := r.clauses[r.clauseOf[c.First]]
	for i := in.start; i < in.end; i++ {
		if (i < c.First || i >= c.Last) && r.tokens[i].Kind != text.Symbol && !slices.Contains([]string{"that", "it", "这样", "那", "就", "了", "会"}, r.tokens[i].Text) {
			return false
		}
	}
	return true
}
