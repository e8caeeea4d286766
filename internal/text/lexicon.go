package text

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Term is one spelling of an entry of a [Lexicon].
type Term struct {
	Text  string
	ID    int32   // of the entry, for the caller
	Score float32 // 1 for the name itself, less for a part or an inflected form
}

// A Match is a term found in a text.
type Match struct {
	First, Last int // tokens [First, Last)
	ID          int32
	Score       float32
}

// A Lexicon finds any number of names in a text in one pass. It is a trie over
// the keys of the names (see [Key]), walked from token to token, so that a
// name is found without word boundaries in Chinese and only between token
// boundaries elsewhere. It is immutable and safe for concurrent use.
type Lexicon struct {
	nodes   []lexNode
	outs    []lexOut
	minTypo int
}

type lexNode struct {
	label     rune
	first, n  int32 // children
	out, nOut int32
	depth     int32 // runes of the key so far
}

type lexOut struct {
	id     int32
	score  float32
	breaks uint64 // bit i: a word of the name begins at rune i of its key
}

// MaxAmbiguous is the number of entries that one key may stand for; further
// ones are dropped, lower scores and later entries first.
const MaxAmbiguous = 16

type lexKey struct {
	key string
	lexOut
}

// NewLexicon builds a lexicon. Names of at least minTypo letters are found
// with one letter wrong, missing, too many or swapped; 0 turns that off. Terms
// without a key are left out.
func NewLexicon(terms []Term, minTypo int) *Lexicon {
	keys := make([]lexKey, 0, len(terms))
	for _, t := range terms {
		if k := Key(t.Text); k != "" {
			keys = append(keys, lexKey{k, lexOut{t.ID, t.Score, breaksOf(t.Text)}})
		}
	}
	slices.SortStableFunc(keys, func(a, b lexKey) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	l := &Lexicon{minTypo: minTypo, nodes: make([]lexNode, 1, len(keys)*4+1)}
	l.build(keys)
	return l
}

// build lays the nodes out breadth first, so that siblings are neighbours.
func (l *Lexicon) build(keys []lexKey) {
	type span struct{ node, lo, hi, off int32 } // keys that share their first off bytes
	queue := append(make([]span, 0, cap(l.nodes)), span{0, 0, int32(len(keys)), 0})
	for head := 0; head < len(queue); head++ {
		s := queue[head]
		lo := s.lo
		for lo < s.hi && len(keys[lo].key) == int(s.off) {
			lo++
		}
		l.addOuts(s.node, keys[s.lo:lo])
		l.nodes[s.node].first = int32(len(l.nodes))
		for lo < s.hi {
			r, n := utf8.DecodeRuneInString(keys[lo].key[s.off:])
			prefix, hi := keys[lo].key[:int(s.off)+n], lo
			for hi < s.hi && strings.HasPrefix(keys[hi].key, prefix) {
				hi++
			}
			queue = append(queue, span{int32(len(l.nodes)), lo, hi, s.off + int32(n)})
			l.nodes = append(l.nodes, lexNode{label: r, depth: l.nodes[s.node].depth + 1})
			l.nodes[s.node].n++
			lo = hi
		}
	}
}

func (l *Lexicon) addOuts(node int32, keys []lexKey) {
	n := &l.nodes[node]
	n.out = int32(len(l.outs))
	for _, k := range keys {
		if n.nOut == MaxAmbiguous {
			break
		}
		if !slices.ContainsFunc(l.outs[n.out:], func(o lexOut) bool { return o.id == k.id }) {
			l.outs = append(l.outs, k.lexOut)
			n.nOut++
		}
	}
}

// breaksOf marks where the words of a name begin in its key.
func breaksOf(name string) uint64 {
	var mask uint64
	i := 0
	for k, t := range Tokens(name) {
		if k > 0 && t.Kind == Word && i < 64 {
			mask |= 1 << i
		}
		for _, r := range t.Text {
			if keyRune(r) {
				i++
			}
		}
	}
	return mask
}

func keyRune(r rune) bool {
	return 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '+' ||
		r >= 0x80 && (IsHan(r) || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r))
}

// child returns the child of node that r leads to, or 0.
func (l *Lexicon) child(node int32, r rune) int32 {
	lo := l.nodes[node].first
	hi := lo + l.nodes[node].n
	for lo < hi {
		mid := int32(uint32(lo+hi) >> 1)
		switch at := l.nodes[mid].label; {
		case at == r:
			return mid
		case at < r:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return 0
}

// A lexHit is a node reached at the end of a token.
type lexHit struct {
	first, last int
	node        int32
	breaks      uint64
	doubt       float32 // factor for what the text has and the name has not
	typo        bool
}

// Find returns the terms that stand in a text, in order. Of overlapping ones
// the longest stays. Several entries under one key share a span, the likeliest
// first.
func (l *Lexicon) Find(toks []Token) []Match {
	if l == nil || l.nodes[0].n == 0 {
		return nil
	}
	var buf [8]lexHit
	hits := buf[:0]
	for i := range toks {
		h, ok := l.walk(toks, i)
		if !ok && l.minTypo > 0 && toks[i].Kind == Word {
			h, ok = l.walkTypo(toks, i)
		}
		if ok {
			hits = append(hits, h)
		}
	}
	return l.matches(toks, longest(toks, hits))
}

// longest keeps the longest of overlapping hits, in the order of the text. A
// misspelt hit counts as shorter by two bytes.
func longest(toks []Token, hits []lexHit) []lexHit {
	overlap := false
	for i := 1; i < len(hits); i++ {
		overlap = overlap || hits[i].first < hits[i-1].last
	}
	if !overlap {
		return hits
	}
	size := func(h lexHit) int {
		n := toks[h.last-1].End - toks[h.first].Start
		if h.typo {
			n -= 2
		}
		return n
	}
	slices.SortStableFunc(hits, func(a, b lexHit) int { return cmp.Compare(size(b), size(a)) })
	var small [64]bool
	taken := small[:]
	if len(toks) > len(small) {
		taken = make([]bool, len(toks))
	}
	kept := hits[:0]
	for _, h := range hits {
		if slices.Contains(taken[h.first:h.last], true) {
			continue
		}
		for i := h.first; i < h.last; i++ {
			taken[i] = true
		}
		kept = append(kept, h)
	}
	slices.SortFunc(kept, func(a, b lexHit) int { return cmp.Compare(a.first, b.first) })
	return kept
}

func (l *Lexicon) matches(toks []Token, hits []lexHit) []Match {
	if len(hits) == 0 {
		return nil
	}
	out := make([]Match, 0, len(hits))
	for _, h := range hits {
		n := l.nodes[h.node]
		for _, o := range l.outs[n.out : n.out+n.nOut] {
			score := o.score
			switch {
			case h.typo && o.score < 1:
				continue
			case h.typo:
				score = 0.7
			case h.breaks&^o.breaks != 0:
				score *= splitDoubt(toks[h.first:h.last])
			}
			out = append(out, Match{h.first, h.last, o.id, score * h.doubt})
		}
	}
	return out
}
