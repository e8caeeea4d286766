package dst

import (
	"cmp"
	"slices"
	"sort"
	"strings"

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

// cut finds the clauses and what cues each holds.
func (r *reading) cut() {
	r.clauseOf = zeros(r.clauseOf, len(r.tokens))
	start := 0
	for i, tok := range r.tokens {
		r.clauseOf[i] = len(r.clauses)
		if r.ends(i, tok) {
			r.clauses = append(r.clauses, clause{start: start, end: i + 1, service: -1})
			start = i + 1
		}
	}
	if start < len(r.tokens) {
		r.clauses = append(r.clauses, clause{start: start, end: len(r.tokens), service: -1})
	}
	for _, k := range r.marks {
		r.clauses[r.clauseOf[k.start]].cues |= 1 << k.cue
		r.points = r.points || k.cue == cueThis || k.cue >= cueFirst && k.cue <= cueLast
		r.which = r.which || k.cue == cueWhich || k.cue == cueAmong
	}
}

// ends reports whether a clause ends after token i: at punctuation that is not
// inside a value, or before a line break.
func (r *reading) ends(i int, tok text.Token) bool {
	if i+1 < len(r.tokens) && strings.ContainsAny(r.text.Raw[tok.End:r.tokens[i+1].Start], "\n\r") {
		return true
	}
	if tok.Kind != text.Symbol || !strings.Contains(",.;!?", tok.Text) || r.text.Raw[tok.Start:tok.End] == "、" {
		return false
	}
	for _, m := range r.mentionsIn(i, i+1) {
		if m.start < i && i < m.end-1 {
			return false
		}
	}
	return true
}

// pointServices finds what each clause speaks of: the service whose word it
// holds, the last one in Chinese, where the head of a phrase comes last, and
// the first in English. A word that only says where ("near the hotel",
// 酒店附近) does not count.
func (t *Tracker) pointServices(r *reading) {
	for i := range r.marks {
		k := &r.marks[i]
		if k.service == 0 || k.slot != 0 || r.nearMarked(k.start, k.end) || t.asksNear(r, *k) {
			continue
		}
		c := &r.clauses[r.clauseOf[k.start]]
		if c.service < 0 || r.lang != "en" {
			c.service = k.service - 1
		}
	}
	for i := range r.clauses {
		c := &r.clauses[i]
		if c.service < 0 {
			c.service = t.impliedService(r, i)
		}
	}
	r.linkServices()
}

// linkServices finds for each clause the nearest ones that speak of a service.
func (r *reading) linkServices() {
	last := -1
	for i := range r.clauses {
		if r.clauses[i].service >= 0 {
			last = i
		}
		r.clauses[i].last = last
	}
	next := -1
	for i := len(r.clauses) - 1; i >= 0; i-- {
		r.clauses[i].next = next
		if r.clauses[i].service >= 0 {
			next = i
		}
	}
}

// impliedService is the service that alone has a slot for what the clause
// measures: only sights have a visiting time. It is -1 where none or several do.
func (t *Tracker) impliedService(r *reading, clause int) int {
	service := -1
	for _, m := range r.mentionsIn(r.clauses[clause].start, r.clauses[clause].end) {
		if r.clauseOf[m.start] != clause || m.Score < sure {
			continue
		}
		if _, ordered := t.types[m.typ].(Comparer); !ordered {
			continue
		}
		for _, slot := range t.takers[m.typ] {
			if own := t.slots[slot].service; service < 0 {
				service = own
			} else if service != own {
				return -1
			}
		}
	}
	return service
}

// cueAfter reports whether a cue of the kind that stands after its value
// begins within gap tokens of end, in the same clause.
func (r *reading) cueAfter(end, gap int, kind cue) bool {
	for _, k := range r.marksIn(end, end+gap+1) {
		if k.cue == kind && k.side&after != 0 && k.start >= end && k.start <= end+gap && r.sameClause(end-1, k.start) && r.onlyFill(end, k.start) {
			return kind != cueNot || r.atClauseEnd(k.end) // "苹果不要" negates, "苹果不要太重的" does not
		}
	}
	return false
}

// atClauseEnd reports whether nothing but symbols follows in the clause.
func (r *reading) atClauseEnd(i int) bool {
	for ; i < len(r.tokens) && r.sameClause(i-1, i); i++ {
		if r.tokens[i].Kind != text.Symbol {
			return false
		}
	}
	return true
}

// cueBefore is the mirror of cueAfter.
func (r *reading) cueBefore(start, gap int, kind cue) bool {
	for _, k := range r.marksIn(start-gap-1, start) {
		if k.cue == kind && k.side&before != 0 && k.end <= start && k.end >= start-gap && r.sameClause(k.start, start) && r.onlyFill(k.end, start) {
			return true
		}
	}
	return false
}

func (r *reading) sameClause(i, j int) bool { return r.clauseOf[i] == r.clauseOf[j] }

// onlyFill reports whether the tokens in [i, j) change nothing between a cue
// and its value: articles, prepositions, slot words.
func (r *reading) onlyFill(i, j int) bool {
	for i < j {
		step := 0
		for _, k := range r.marksIn(i, j) {
			if k.start == i && k.end <= j && (k.cue == cueFill || k.cue == cueOne || k.slot > 0 || k.cue == cueSeek || k.cue == cueWish || k.cue == cueFrom) {
				step = max(step, k.end-k.start)
			}
		}
		if step == 0 {
			return false
		}
		i += step
	}
	return true
}

// coverage is the share of the message's tokens, symbols aside, that lie in [start, end).
func (r *reading) coverage(start, end int) float64 {
	in, all := 0, 0
	for i, tok := range r.tokens {
		if tok.Kind == text.Symbol {
			continue
		}
		all++
		if start <= i && i < end {
			in++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(in) / float64(all)
}

// near reports whether at most a few tokens lie between i and j, and no
// mention: "价格最好是在 300", "price of at most 300".
func (r *reading) near(i, j int) bool {
	if j-i > 6 {
		return false
	}
	for _, m := range r.mentionsIn(i, j) {
		if m.Score >= sure && i <= m.start && m.end <= j && m.start < j {
			return false
		}
	}
	return true
}
