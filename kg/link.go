package kg

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// LinkOptions narrows a [Graph.Link].
type LinkOptions struct {
	Kind          string  // only things of this kind
	MaxCandidates int     // most candidates of one link; 0 is 20
	MinScore      float64 // no candidates below this score
	ExactOnly     bool    // whole names only: no parts of names, no typing errors, no pinyin
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
	// Score is 1 for a whole name, and 0.4 to 0.9 for a part of a name, by how
	// much of the name it covers. It is multiplied by 0.95 for a later name
	// predicate (an alias) or a synonym, and by 0.9 for each typing error and
	// each word in pinyin, 0.85 for Chinese of the same reading, 0.7 for
	// initials.
	Score float64
}

// Link finds the names of things in a text (entity linking). Names are the
// values of the name predicates (see [Options]), compared by their letters and
// digits alone, without case, width and accents. A span is
//
//   - a whole name: at the boundaries of words in alphabetic scripts, anywhere
//     in Chinese, where no word segmenter is trusted;
//   - or a part of one: words that all stand in one name ("iPhone Pro"), three
//     or more Chinese characters in a row ("全聚德王府井"), or a Chinese run that
//     stands between other characters in the name ("华为" of "华为 Mate 60").
//
// In a part, any of its words may be written another way:
//
//   - with typing errors, in Latin: one, or two in a word of eight letters or
//     more, never in the first letter, never in a word of fewer than five letters
//     (four beside other words of the name), and never in a common English word;
//   - without the space between two words of the name ("ProMax");
//   - a Chinese run in pinyin ("huawei", "hua wei" for 华为), with other
//     characters of the same reading (全巨德 for 全聚德; never the first, nor more
//     than half of them; by themselves only three or more characters), or by its
//     initials ("hw", beside other words of the name; by themselves initials of
//     three letters or more, without a vowel, that fit one thing).
//
// Spans do not overlap; of those that do, the longest wins, whole names before
// parts. A part that fits very many names in their middle or end (大酒店) is no
// link. Where one span fits several things, all are candidates: two things of
// one name, or ten iPhones for "iPhone". Links come by the score of their best
// candidate, then by length, then by place.
//
// Link takes time in proportion to the text, and hardly more in a large graph
// than in a small one. With a Kind, it gives up on a span where the 10,000 best
// things are of another kind. Names of more than 100 characters and names of a
// single character are not linked. opts may be nil.
func (g *Graph) Link(ctx context.Context, text string, opts *LinkOptions) ([]Link, error) {
	s, err := g.read(ctx, "link")
	if err != nil {
		return nil, err
	}
	if opts == nil {
		opts = &LinkOptions{}
	}
	var accept func(id string) bool
	if opts.Kind != "" {
		ofKind := []cond{g.ofKind(s, opts.Kind)}
		accept = func(id string) bool { return s.holdsAll(s.thing(id), ofKind) }
	}
	links, err := s.links.link(ctx, text, *opts, accept)
	if err != nil {
		return nil, fmt.Errorf("kg: link: %w", err)
	}
	return links, nil
}

// linker links one text. Its slices are kept from text to text.
type linker struct {
	LinkOptions
	accept func(id string) bool // nil accepts all
	index  *linkIndex

	toks     []text.Token
	items    []item
	terms    []posting // of term t in layer k at t*layers+k
	wordTerm []int32   // of items, termUnset until it is asked for
	steps    []step
	stepTerm []int32 // of steps
	spans    []span
	spanStep []int32 // the last steps of spans

	open    []int32 // steps that parts is to extend
	telling []int32 // steps that parts may end with
	streams []stream
	cursors []cursor
	hint    namePlace         // the name that fitted last, which may fit what begins at the next item
	typos   map[string][]typo // words of the text looked up so far
	taken   []bool
}

var linkers = sync.Pool{New: func() any { return &linker{typos: map[string][]typo{}} }}

// link finds the names in a text. accept may be nil.
func (x *linkIndex) link(ctx context.Context, txt string, opts LinkOptions, accept func(id string) bool) ([]Link, error) {
	if x.live == 0 {
		return nil, ctx.Err()
	}
	l := linkers.Get().(*linker)
	defer l.release()
	l.LinkOptions, l.accept, l.index = opts, accept, x
	if l.MaxCandidates <= 0 {
		l.MaxCandidates = 20
	}
	l.hint = namePlace{layer: -1}
	l.items = appendItems(l.items[:0], &l.toks, txt)
	for range l.items {
		l.wordTerm = append(l.wordTerm, termUnset)
	}
	for i := range l.items {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		l.exact(i)
		if !l.ExactOnly {
			l.parts(i)
		}
	}
	links, err := l.choose(ctx, txt)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(links, func(a, b Link) int {
		return cmp.Or(cmp.Compare(b.Candidates[0].Score, a.Candidates[0].Score),
			cmp.Compare(b.End-b.Start, a.End-a.Start), cmp.Compare(a.Start, b.Start))
	})
	return links, nil
}

// release keeps the linker for another text, without what it refers to, and
// not after one that was far longer than a message.
func (l *linker) release() {
	if cap(l.items) > 1<<12 || cap(l.steps) > 1<<14 || len(l.typos) > 256 {
		return
	}
	clear(l.toks)
	clear(l.items)
	clear(l.terms)
	clear(l.steps)
	clear(l.streams[:cap(l.streams)])
	clear(l.cursors[:cap(l.cursors)])
	clear(l.typos)
	*l = linker{toks: l.toks, items: l.items, terms: l.terms[:0], wordTerm: l.wordTerm[:0], steps: l.steps[:0], stepTerm: l.stepTerm[:0],
		spans: l.spans[:0], spanStep: l.spanStep[:0], open: l.open, telling: l.telling, streams: l.streams, cursors: l.cursors, typos: l.typos, taken: l.taken}
	linkers.Put(l)
}

// span is a stretch of items that fits some names, in one way or several.
type span struct {
	from, to int // items, to exclusive
	weight   float64
	exact    bool
	breaks   int      // of an exact span: sentence punctuation that the name must have
	ways     [2]int32 // from and to in linker.spanStep
}

// choose picks spans that do not overlap, the heaviest first.
func (l *linker) choose(ctx context.Context, txt string) ([]Link, error) {
	slices.SortStableFunc(l.spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.from, b.from))
	})
	l.taken = append(l.taken[:0], make([]bool, len(l.items))...)
	var links []Link
	for i := range l.spans {
		if i%64 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		sp := &l.spans[i]
		if slices.Contains(l.taken[sp.from:sp.to], true) {
			continue
		}
		if c := l.candidates(sp); len(c) > 0 {
			start := l.items[sp.from].start
			links = append(links, Link{start, closing(txt, start, l.items[sp.to-1].end), c})
			for j := sp.from; j < sp.to; j++ {
				l.taken[j] = true
			}
		}
	}
	return links, ctx.Err()
}

// closing moves the end of a span past marks on its last letter, and past a
// bracket right behind it that closes one within it.
func closing(txt string, start, end int) int {
	r, size := utf8.DecodeRuneInString(txt[end:])
	for unicode.Is(unicode.M, r) {
		end += size
		r, size = utf8.DecodeRuneInString(txt[end:])
	}
	opens := ""
	switch r {
	case ')', '）':
		opens = "(（"
	case ']', '】':
		opens = "[【"
	case '》':
		opens = "《"
	case '」':
		opens = "「"
	default:
		return end
	}
	open := strings.LastIndexAny(txt[start:end], opens)
	if open < 0 || strings.ContainsAny(txt[start+open:end], ")）]】》」") {
		return end
	}
	return end + size
}

// exact records the whole names that begin at item i.
func (l *linker) exact(i int) {
	most := l.index.longest(headOf(l.items[i:min(i+2, len(l.items))]))
	h, runes := featKey, 0
	for j := i; j < len(l.items); j++ {
		if runes += l.items[j].runes; runes > most {
			return
		}
		h = rollItem(h, &l.items[j])
		t := l.term(h)
		if t < 0 {
			continue
		}
		st := step{parent: -1, from: i, to: j + 1, runes: runes, factor: 1}
		st.terms[0] = int32(len(l.stepTerm))
		l.stepTerm = append(l.stepTerm, t)
		st.terms[1] = int32(len(l.stepTerm))
		at := int32(len(l.spanStep))
		l.spanStep = append(l.spanStep, int32(len(l.steps)))
		l.steps = append(l.steps, st)
		l.spans = append(l.spans, span{from: i, to: j + 1, weight: float64(runes), exact: true,
			breaks: l.items[j].breaks - l.items[i].breaks, ways: [2]int32{at, at + 1}})
	}
}
