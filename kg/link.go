package kg

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// LinkOptions narrows a [Graph.Link].
type LinkOptions struct {
	Kind          string  // only things of this kind
	MaxCandidates int     // most candidates of one link; 0 is 20
	MinScore      float64 // no candidates below this score
	ExactOnly     bool    // whole names only: no parts of names, no typing errors
}

// A Link is a span of a text that names things of the graph.
type Link struct {
	Start, End int         // byte offsets into the text as given, End exclusive
	Candidates []Candidate // the best first, ties by id; never empty
}

// A Candidate is a thing that a span may mean.
type Candidate struct {
	ID   string
	Name string // the name of the thing that the span matches, as it is in the graph
	// Score is 1 for a whole name, 0.95 for a whole value of a later name
	// predicate (an alias), 0.4 to 0.9 for a part of a name, by how much of the
	// name it covers, and less for each typing error.
	Score float64
}

// Link finds the names of things in a text (entity linking). Names are the
// values of the name predicates (see [Options]), compared by their letters and
// digits alone, without case and width. A span is
//
//   - a whole name: at the boundaries of words in alphabetic scripts, anywhere
//     in Chinese, where no word segmenter is trusted;
//   - or a part of one: words that all stand in one name ("iPhone Pro"), three
//     or more Chinese characters in a row ("全聚德王府井"), or a Chinese run that
//     stands between other characters in the name ("华为" of "华为 Mate 60");
//   - or either of them with typing errors in its Latin words: one, or two in a
//     word of eight letters or more, never in the first letter, never in a word
//     of fewer than five letters (four beside other words of the name), and
//     never in a common English word.
//
// Spans do not overlap; of those that do, the longest wins, whole names before
// parts. A part that fits very many names in their middle or end (大酒店) is no
// link. Where one span fits several things, all are candidates: two things of
// one name, or ten iPhones for "iPhone". Links come by the score of their best
// candidate, then by length, then by place.
//
// Link takes time in proportion to the text. Names of more than 100 characters
// and names of a single character are not linked. opts may be nil.
func (g *Graph) Link(ctx context.Context, text string, opts *LinkOptions) ([]Link, error) {
	s, err := g.read(ctx, "link")
	if err != nil {
		return nil, err
	}
	l := linker{snapshot: s, index: s.links}
	if opts != nil {
		l.LinkOptions = *opts
	}
	if l.MaxCandidates <= 0 {
		l.MaxCandidates = 20
	}
	if l.Kind != "" {
		l.ofKind = []cond{g.ofKind(s, l.Kind)}
	}
	links, err := l.link(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("kg: link: %w", err)
	}
	return links, nil
}

// linker links one text.
type linker struct {
	LinkOptions
	snapshot *snapshot
	index    *linkIndex
	ofKind   []cond

	items []item
	spans []span
	typos map[string][]typo      // words of the text looked up so far
	known map[string][]Candidate // of spans looked up so far, by their key
}

// span is a stretch of items that fits some names.
type span struct {
	from, to int     // items, to exclusive
	weight   float64 // the heavier of overlapping spans wins
	exact    bool
	names    []uint32 // names that fit, ascending
	runes    int      // of the names' keys that are covered
	edits    int
}

func (l *linker) link(ctx context.Context, text string) ([]Link, error) {
	if len(l.index.names) == 0 {
		return nil, ctx.Err()
	}
	l.items = itemsOf(text)
	l.typos, l.known = map[string][]typo{}, map[string][]Candidate{}
	for i := range l.items {
		if i%128 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		l.exact(i)
		if !l.ExactOnly {
			l.parts(i)
		}
	}
	links, err := l.choose(ctx, text)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(b.Candidates[0].Score, a.Candidates[0].Score),
			cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	return links, nil
}

// choose picks spans that do not overlap, the heaviest first.
func (l *linker) choose(ctx context.Context, text string) ([]Link, error) {
	slices.SortStableFunc(l.spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.from, b.from))
	})
	taken := make([]bool, len(l.items))
	var links []Link
	for i, sp := range l.spans {
		if i%128 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if slices.Contains(taken[sp.from:sp.to], true) {
			continue
		}
		if c := l.candidates(sp); len(c) > 0 {
			start := l.items[sp.from].start
			links = append(links, Link{start, closing(text, start, l.items[sp.to-1].end), c})
			for j := sp.from; j < sp.to; j++ {
				taken[j] = true
			}
		}
	}
	return links, ctx.Err()
}

// closing moves the end of a span past a bracket right behind it that closes
// one within it.
func closing(text string, start, end int) int {
	r, size := utf8.DecodeRuneInString(text[end:])
	opens := map[rune]string{')': "(（", '）': "(（", ']': "[【", '】': "[【", '》': "《", '」': "「"}[r]
	if opens == "" {
		return end
	}
	open := strings.LastIndexAny(text[start:end], opens)
	if open < 0 || strings.ContainsAny(text[start+open:end], ")）]】》」") {
		return end
	}
	return end + size
}

// exact records the whole names that begin at item i.
func (l *linker) exact(i int) {
	x := l.index
	at := int32(0)
	for j := i; j < len(l.items); j++ {
		for _, r := range l.items[j].key {
			if at = x.trie.step(at, r); at < 0 {
				return
			}
		}
		leaf := x.trie.leaf(at)
		if leaf == nil {
			continue
		}
		breaks := l.items[j].breaks - l.items[i].breaks
		names := leaf
		if breaks > 0 { // "iPhone, 15" is "iPhone 15" only where the name has the comma too
			names = slices.DeleteFunc(slices.Clone(leaf), func(n uint32) bool { return x.names[n].breaks < breaks })
		}
		if len(names) > 0 {
			n := x.names[names[0]].runes
			l.spans = append(l.spans, span{from: i, to: j + 1, weight: float64(n), exact: true, names: names, runes: n})
		}
	}
}

// candidates returns the things that a span fits, the best first, and none for
// a part that is too general. Spans of one wording share the result, which
// callers own.
func (l *linker) candidates(sp span) []Candidate {
	key := wording(l.items[sp.from:sp.to], sp.exact)
	known, ok := l.known[key]
	if !ok {
		if sp.exact || !l.tooGeneral(sp) {
			known = l.best(sp)
		}
		l.known[key] = known
	}
	return slices.Clone(known)
}

// wording tells apart all spans that may fit different names: by their items,
// what stands between them, and whether they are whole names.
func wording(items []item, exact bool) string {
	var b strings.Builder
	if exact {
		b.WriteByte('=') // a key holds no such sign, nor those below
	}
	for i, it := range items {
		switch {
		case i > 0 && it.breaks != items[i-1].breaks:
			b.WriteString(strings.Repeat(",", it.breaks-items[i-1].breaks))
		case i > 0 && it.start != items[i-1].end:
			b.WriteByte(' ')
		case i > 0:
			b.WriteByte('|')
		}
		b.WriteString(it.key)
	}
	return b.String()
}

// best returns the MaxCandidates best things of a span.
func (l *linker) best(sp span) []Candidate {
	var top []Candidate
	for _, n := range sp.names {
		name := &l.index.names[n]
		for _, o := range name.owners {
			c := Candidate{o.id, name.text, l.score(sp, name, o)}
			if c.Score < l.MinScore || len(top) == l.MaxCandidates && !before(c, top[len(top)-1]) {
				continue
			}
			if l.ofKind != nil && !l.snapshot.holdsAll(l.snapshot.thing(o.id), l.ofKind) {
				continue
			}
			top = insert(top, c, l.MaxCandidates)
		}
	}
	return top
}

// before orders candidates: by score, then id.
func before(a, b Candidate) bool {
	return a.Score > b.Score || a.Score == b.Score && a.ID < b.ID
}

// insert puts c in its place among the best, each thing once.
func insert(top []Candidate, c Candidate, most int) []Candidate {
	if i := slices.IndexFunc(top, func(t Candidate) bool { return t.ID == c.ID }); i >= 0 {
		if !before(c, top[i]) {
			return top
		}
		top = slices.Delete(top, i, i+1)
	}
	at := len(top)
	for at > 0 && before(c, top[at-1]) {
		at--
	}
	top = slices.Insert(top, at, c)
	return top[:min(len(top), most)]
}

func (l *linker) score(sp span, name *linkName, o owner) float64 {
	score := 1.0
	if !sp.exact {
		score = 0.4 + 0.5*min(1, float64(sp.runes)/float64(name.runes))
	}
	if o.rank > 0 {
		score *= 0.95
	}
	for range sp.edits {
		score *= 0.9
	}
	return score
}
