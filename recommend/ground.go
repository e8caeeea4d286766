package recommend

import (
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// wholeName is the score from which a mention is a whole name rather than a
// part of one or a misspelling.
const wholeName = 0.9

// maxSentence is how many bytes a sentence may have: the work is linear in the
// number of sentences, and not in their length.
const maxSentence = 1500

// A checker checks the sentences of one text, in order, against a request.
// What it cannot read as a claim it lets stand: that values, names, numbers
// and promises are not invented or mixed up is checked, and not that the text
// is helpful or kind.
type checker struct {
	c      *core
	r      Request
	g      *grounds
	focus  []*subject // what the last sentence ended on
	before []*subject // and what it named before that
	table  *table     // whose rows are being read
	said   map[*subject]bool
}

func (c *core) newChecker(r Request) *checker {
	return &checker{c: c, r: r, g: c.newGrounds(r), said: map[*subject]bool{}}
}

// A line is one sentence, or one cell of a table, while it is checked.
type line struct {
	k       *checker
	raw     string
	low     string // raw with A to Z in lower case
	toks    []text.Token
	txt     *dst.Text
	links   [][]int // spans of web and e-mail addresses
	refs    []ref
	amounts []amount
	owner   []*subject // of all claims in a cell; nil elsewhere
	asks    int        // byte from which it asks and claims nothing, len(raw) where it does not
	cuts    [][2]int   // tokens that part clauses
	differs bool       // it says how far two things are apart
	covered [][2]int   // spans that need no further reading
	out     *Sentence
}

// sentence checks one sentence.
func (k *checker) sentence(s string) Sentence {
	out := Sentence{Text: s}
	if cells := tableRow(s); cells != nil {
		k.row(cells, &out)
		return out
	}
	k.table = nil
	if len(s) > maxSentence {
		out.Claims = []Claim{{Kind: ClaimWords, Text: strings.ToValidUTF8(s[:40], "") + "…", Reason: "the sentence is too long to be checked"}}
		return out
	}
	l := k.line(s, &out)
	l.check()
	l.settle()
	return out
}

// line reads the words of a sentence.
func (k *checker) line(s string, out *Sentence) *line {
	l := &line{k: k, raw: s, low: lowered(s), out: out, links: linksIn(s)}
	for _, at := range l.links { // names in addresses name nothing
		s = s[:at[0]] + strings.Repeat(" ", at[1]-at[0]) + s[at[1]:]
	}
	s = k.g.parted(s)
	l.toks, l.txt = text.Tokens(s), dst.NewText(s, time.Time{})
	for i, t := range l.toks {
		l.toks[i] = withoutGenitive(l.raw, t)
		if t.Text == "." && i > 0 && abbreviated(l.toks[i-1].Text, s[t.End:]) && l.toks[i-1].End == t.Start {
			continue
		}
		if parts(l.raw, t, i+1 < len(l.toks) && l.toks[i+1].Kind == text.Word) {
			l.cuts = append(l.cuts, [2]int{t.Start, t.End})
		}
	}
	l.refs = k.refsIn(l)
	l.asks = l.questionAt()
	l.amounts = amountsIn(s, l.toks)
	return l
}

// check reads the claims of the line, kind by kind: what one has read the next
// do not read again.
func (l *line) check() {
	for _, q := range l.k.g.quotes {
		if i := strings.Index(l.raw, q); i >= 0 {
			l.cover(i, i+len(q))
		}
	}
	l.checkLinks()
	l.checkNames()
	l.checkDates()
	l.checkNumbers()
	l.checkValues()
	l.checkTruths()
	l.checkOrder()
	l.checkAnswer()
	l.checkPromises()
	l.checkFeatures()
	l.checkConcrete()
	l.checkLanguage()
}

// settle notes what the next sentence may speak of as "it".
func (l *line) settle() {
	var named []ref
	for _, r := range l.refs {
		for _, t := range r.things {
			l.k.said[t] = l.k.said[t] || len(l.out.Claims) == 0
		}
		if !r.group || len(r.things) > 0 {
			named = append(named, r)
		}
	}
	if len(named) == 0 {
		return
	}
	l.k.before = l.k.focus
	if len(named) > 1 {
		l.k.before = named[0].things
	}
	last := named[len(named)-1]
	if l.k.focus = last.things; len(named) > 1 && (l.differs || l.isObject(last)) {
		l.k.focus = named[0].things // "it" is what was compared, and not with what
	}
}

// fail notes a claim that nothing supports.
func (l *line) fail(kind ClaimKind, start, end int, owner []*subject, reason string) {
	c := Claim{Kind: kind, Text: strings.TrimSpace(l.raw[start:end]), Reason: reason}
	if len(owner) > 0 && len(owner) < 4 {
		var names []string
		for _, t := range owner {
			names = append(names, t.name)
		}
		c.Thing = joined(names, l.k.r.Lang)
	}
	if !slices.Contains(l.out.Claims, c) {
		l.out.Claims = append(l.out.Claims, c)
	}
}

// use notes a fact that the sentence tells.
func (l *line) use(f *known) {
	if f.ID != "" && !slices.Contains(l.out.Used, f.ID) {
		l.out.Used = append(l.out.Used, f.ID)
	}
}

// cover marks bytes as read.
func (l *line) cover(start, end int) { l.covered = append(l.covered, [2]int{start, end}) }

func (l *line) isCovered(start, end int) bool {
	return slices.ContainsFunc(l.covered, func(c [2]int) bool { return c[0] < end && start < c[1] }) ||
		slices.ContainsFunc(l.refs, func(r ref) bool { return !r.points && r.start < end && start < r.end })
}

// ownersAt are the things that a claim at these bytes is about: what a cell
// belongs to; the thing right behind it ("3999元的小米 14", "¥999 for the
// Redmi 13"); the last one named before; the first one named behind; that of the
// sentence before; and the only one there is. None means that it may be any.
func (l *line) ownersAt(start, end int) []*subject {
	if l.owner != nil {
		return l.owner
	}
	var last, next *ref
	for i := range l.refs {
		r := &l.refs[i]
		switch {
		case r.end <= start:
			last = r
		case r.start >= end && next == nil:
			next = r
		}
	}
	if next != nil && !next.points && (forward(l.fold(end, next.start)) || l.leadsOn(start, next.start)) {
		return next.things
	}
	switch {
	case last != nil:
		return last.things
	case next != nil && !next.points:
		return next.things
	case len(l.k.focus) > 0:
		return l.k.focus
	case len(l.k.g.things) == 1:
		return l.k.g.things
	}
	return nil
}

// leadsOn reports whether the clause of a claim only leads up to the thing
// that is named behind it: "if you want a higher rating, take the …".
func (l *line) leadsOn(at, next int) bool {
	start, end := l.clause(at)
	if next < end || slices.ContainsFunc(l.refs, func(r ref) bool { return r.start >= start && r.end <= at }) {
		return false
	}
	if strings.HasSuffix(strings.TrimRight(l.raw[:start], " "), ")") {
		return false // "the X (5) if you want …" speaks of what was named before
	}
	clause := strings.TrimLeft(l.fold(start, end), " *_-")
	for _, w := range []string{"and ", "or ", "but "} {
		clause = strings.TrimPrefix(clause, w)
	}
	return supposing(clause) || slices.ContainsFunc([]string{"for a ", "for an ", "for the ", "if you", "if a ", "if the ", "want", "prefer", "looking for", "need", "when you", "想要", "如果", "要是", "若", "追求", "看重", "更看重", "想", "喜欢", "需要", "在意"}, func(w string) bool { return strings.HasPrefix(clause, w) })
}

// named reports whether a thing is named, or pointed at, before a byte.
func (l *line) named(at int) bool {
	return l.owner != nil || slices.ContainsFunc(l.refs, func(r ref) bool { return r.end <= at && len(r.things) > 0 })
}

// forward reports whether the folded words between a claim and a name say that
// the claim is about the name.
func forward(between string) bool {
	switch strings.Trim(between, " *_") {
	case "for the", "for", "for a", "for an", "on the", "with", "with the", "的", "的是", "买", "的这款", "is the", "的就是", "gets you the", "you get the", "goes to the":
		return true
	}
	return false
}

func (l *line) fold(start, end int) string {
	if start >= end {
		return ""
	}
	return text.Fold(l.raw[start:end])
}

// clause is the clause that a byte stands in. Commas inside numbers and 、
// part no clauses.
func (l *line) clause(at int) (start, end int) {
	i, _ := slices.BinarySearchFunc(l.cuts, at, func(c [2]int, at int) int { return c[1] - at - 1 }) // the first that ends behind it
	if i > 0 {
		start = l.cuts[i-1][1]
	}
	if i < len(l.cuts) {
		return start, max(start, l.cuts[i][0])
	}
	return start, len(l.raw)
}

// parts reports whether a token parts clauses.
func parts(raw string, t text.Token, word bool) bool {
	switch t.Text {
	case ",":
		return raw[t.Start:t.End] != "、"
	case ";", "(", ")", ":", ".", "!", "?", "|":
		return t.Kind == text.Symbol
	case "-": // a dash between words
		return t.Start > 0 && raw[t.Start-1] == ' ' && t.End < len(raw) && raw[t.End] == ' ' && t.End-t.Start > 1
	case "but", "while", "whereas", "although", "though", "however", "because", "so", "unlike":
		return word
	case "但":
		return true
	}
	return false
}
