package dst

import (
	"cmp"
	"slices"
	"sort"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A reading is all that was found in a message, before anything is decided:
// the clauses, the marks (cues, slot words, service words) and the mentions of
// values. It lives for one turn.
type reading struct {
	text     *Text
	lang     string
	tokens   []text.Token
	clauses  []clause
	clauseOf []int     // by token
	marks    []mark    // by start, longer ones first
	mentions []mention // by start, longer ones first
	longest  int       // tokens of the longest mark or mention
	points   bool      // the message points at what was offered: "the second one", "it"
	which    bool      // it seeks among things: "which of them"

	spareMarks    []mark // memory for untangle
	spareMentions []mention
}

// marksIn returns the marks that touch the tokens [lo, hi), and perhaps a few
// before them: the time of a turn stays linear in its message.
func (r *reading) marksIn(lo, hi int) []mark {
	a := sort.Search(len(r.marks), func(i int) bool { return r.marks[i].start > lo-r.longest })
	b := sort.Search(len(r.marks), func(i int) bool { return r.marks[i].start >= hi })
	return r.marks[a:max(a, b)]
}

// mentionsIn is marksIn for mentions.
func (r *reading) mentionsIn(lo, hi int) []mention {
	a := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start > lo-r.longest })
	b := sort.Search(len(r.mentions), func(i int) bool { return r.mentions[i].start >= hi })
	return r.mentions[a:max(a, b)]
}

// clauseMarks returns the marks of the clause that token i is in.
func (r *reading) clauseMarks(i int) []mark {
	c := r.clauses[r.clauseOf[i]]
	a := sort.Search(len(r.marks), func(i int) bool { return r.marks[i].start >= c.start })
	b := sort.Search(len(r.marks), func(i int) bool { return r.marks[i].start >= c.end })
	return r.marks[a:b]
}

// A clause is a run of tokens between punctuation.
type clause struct {
	start, end int
	service    int // index of the service it speaks of, -1 for none
	last, next int // the nearest clauses that speak of a service, up to this one and after it, -1 for none
	cues       uint64
}

func (c clause) has(k cue) bool { return c.cues&(1<<k) != 0 }

func (c clause) seeks() bool { return c.has(cueSeek) || c.has(cueWish) }

// A mention is a value of a type in the message; start and end are tokens.
type mention struct {
	Mention
	start, end int
	typ        int // index of the type in the tracker
	how        how
}

// how says in what way a mention was found.
type how uint8

const (
	byType   how = iota // by its type
	byCue               // free text behind the cue of a role
	byName              // free text: words with capitals
	byWords             // free text: any words
	byTold              // free text: a value that the bot told, in its words
	byEnd               // one end of a range, for slots that take one each
	byAnswer            // free text: the whole message, where it answers a question
)

// sure is the score from which a mention counts as the value itself: words
// inside it are then no cues.
const sure = 0.9

func (t *Tracker) read(raw string, told ...string) *reading {
	r := &reading{}
	t.readInto(r, raw, told)
	return r
}

// readInto reads a message into r, which is empty but for its memory.
func (t *Tracker) readInto(r *reading, raw string, told []string) {
	txt := NewText(raw, t.now())
	r.text, r.tokens, r.lang = txt, txt.tokens, text.LanguageOf(txt.tokens)
	for i, typ := range t.types {
		for _, m := range typ.Find(txt) {
			if start, end, ok := tokenSpan(r.tokens, m.Start, m.End); ok {
				r.mentions = append(r.mentions, mention{Mention: m, start: start, end: end, typ: i})
			}
		}
	}
	r.sortMentions()
	r.marks = t.lexicon.find(r.tokens, r.marks)
	for _, m := range r.mentions {
		r.longest = max(r.longest, m.end-m.start)
	}
	for _, k := range r.marks {
		r.longest = max(r.longest, k.end-k.start)
	}
	r.untangle()
	r.cut()
	t.findEnds(r)
	t.findPhrases(r, told, t.learned(r.lang))
	t.pointServices(r)
}

// findEnds adds the two ends of ranges of days and times as values of their
// own: "March 1st to the 5th" fills the two slots of a stay.
func (t *Tracker) findEnds(r *reading) {
	had := len(r.mentions)
	for i := range had {
		m := r.mentions[i]
		if m.To == "" || m.ValueAt[1] == 0 || m.ToAt[1] == 0 || len(t.takers[m.typ]) < 2 {
			continue
		}
		for _, end := range []struct {
			value string
			at    [2]int
		}{{m.Value, m.ValueAt}, {m.To, m.ToAt}} {
			if a, b, ok := tokenSpan(r.tokens, end.at[0], end.at[1]); ok {
				r.mentions = append(r.mentions, mention{Mention{Start: end.at[0], End: end.at[1], Value: end.value, Score: m.Score}, a, b, m.typ, byEnd})
			}
		}
	}
	if len(r.mentions) > had {
		r.sortMentions()
	}
}

// sortMentions puts mentions by start, longer and surer ones first.
func (r *reading) sortMentions() {
	slices.SortStableFunc(r.mentions, func(a, b mention) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(b.Score, a.Score))
	})
}

// tokenSpan maps a byte span to the tokens it touches.
func tokenSpan(tokens []text.Token, start, end int) (int, int, bool) {
	lo := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > start })
	hi := lo
	for hi < len(tokens) && tokens[hi].Start < end {
		hi++
	}
	return lo, hi, lo < hi
}

// untangle settles overlaps. A name keeps the words in it from being read as
// cues or as other values; a slot word keeps the values in it; a longer cue
// keeps the shorter ones in it.
func (r *reading) untangle() {
	mentions := slices.Grow(r.spareMentions, len(r.mentions))
	for i := range r.mentions {
		if m := &r.mentions[i]; !r.swallowed(m) {
			mentions = append(mentions, *m)
		}
	}
	r.mentions, r.spareMentions = mentions, r.mentions
	marks := slices.Grow(r.spareMarks, len(r.marks))
	for _, k := range r.marks {
		if !r.overruled(k) {
			marks = append(marks, k)
		}
	}
	r.marks, r.spareMarks = marks, r.marks
}

// swallowed reports whether a mention lies within a longer one, or within a
// longer phrase.
func (r *reading) swallowed(m *mention) bool {
	in := r.mentionsIn(m.start, m.end)
	for i := range in {
		if o := &in[i]; o.Score >= sure && covers(o.start, o.end, m.start, m.end) {
			return true
		}
	}
	for _, k := range r.marksIn(m.start, m.end) {
		if covers(k.start, k.end, m.start, m.end) && (k.slot+k.service > 0 || m.end-m.start > 1) {
			return true
		}
	}
	return false
}

// overruled reports whether a mark lies within a value or a longer mark.
func (r *reading) overruled(k mark) bool {
	for _, m := range r.mentionsIn(k.start, k.end) {
		if m.Score >= sure && covers(m.start, m.end, k.start, k.end) {
			return true
		}
	}
	for _, o := range r.marksIn(k.start, k.end) {
		if covers(o.start, o.end, k.start, k.end) && ((k.cue != cueNone) == (o.cue != cueNone) || k.cue != cueNone && k.cue != cueQuestion) {
			return true
		}
	}
	return false
}

// covers reports whether [a, b) holds [c, d) and is longer.
func covers(a, b, c, d int) bool { return a <= c && d <= b && b-a > d-c }
