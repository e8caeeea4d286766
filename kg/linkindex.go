package kg

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// maxNameRunes is the length of the longest name that is linked.
const maxNameRunes = 100

// linkIndex finds names by their key, by their words, by their Chinese runs
// and by three Chinese characters in a row. It knows things by their ids, not
// nodes, so that it serves all snapshots that have the same names. It is
// immutable.
type linkIndex struct {
	names []linkName
	trie  trie
	words map[string][]uint32  // Latin words and numbers -> names
	runs  map[string][]uint32  // whole Chinese runs of names -> names
	grams map[[3]rune][]uint32 // three characters in a row -> names

	longestRun map[[2]rune]int        // first two characters -> runes of the longest run
	alike      map[wordShape][]string // words that a typing error may be meant for
}

// linkName is one name and the things that bear it.
type linkName struct {
	text   string
	key    string
	runes  int // of key
	breaks int // sentence punctuation within the name
	first  string
	owners []owner
}

type owner struct {
	id   string
	rank int // of the name predicate
}

// newLinkIndex indexes the names in s.
func newLinkIndex(s *snapshot, predicates []string) *linkIndex {
	x := &linkIndex{words: map[string][]uint32{}, runs: map[string][]uint32{}, grams: map[[3]rune][]uint32{},
		longestRun: map[[2]rune]int{}, alike: map[wordShape][]string{}}
	x.gather(s, predicates)
	keys := make(map[string][]uint32, len(x.names))
	for n := range x.names {
		name := &x.names[n]
		if exactable(name) {
			keys[name.key] = append(keys[name.key], uint32(n))
		}
		x.indexParts(uint32(n), itemsOf(name.text))
	}
	x.trie = newTrie(keys)
	for w := range x.words {
		if shape, ok := shapeOf(w); ok {
			x.alike[shape] = append(x.alike[shape], w)
		}
	}
	for _, words := range x.alike {
		slices.Sort(words)
	}
	return x
}

// gather collects the names, each text once, sorted.
func (x *linkIndex) gather(s *snapshot, predicates []string) {
	byText := map[string][]owner{}
	for _, p := range s.preds {
		base, _ := splitLang(p.name)
		rank := slices.Index(predicates, p.name)
		if rank < 0 {
			rank = slices.Index(predicates, base)
		}
		if rank < 0 {
			continue
		}
		for o, subjects := range p.posts.each {
			if txt, ok := s.value(o).Text(); ok {
				for _, n := range subjects {
					byText[txt] = append(byText[txt], owner{s.id(n), rank})
				}
			}
		}
	}
	for txt, owners := range byText {
		key := text.Key(txt)
		n := utf8.RuneCountInString(key)
		if n < 2 || n > maxNameRunes || strings.IndexFunc(key, alphanumeric) < 0 {
			continue
		}
		slices.SortFunc(owners, func(a, b owner) int { return cmp.Or(strings.Compare(a.id, b.id), cmp.Compare(a.rank, b.rank)) })
		x.names = append(x.names, linkName{text: txt, key: key, runes: n, owners: slices.CompactFunc(owners, func(a, b owner) bool { return a.id == b.id })})
	}
	slices.SortFunc(x.names, func(a, b linkName) int { return strings.Compare(a.text, b.text) })
}

func alphanumeric(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// exactable reports whether a name may be linked as a whole: a number of one
// or two digits may not, since texts are full of them.
func exactable(n *linkName) bool {
	return n.runes > 2 || strings.IndexFunc(n.key, func(r rune) bool { return !unicode.IsDigit(r) }) >= 0
}

// indexParts indexes the words and Chinese runs of one name.
func (x *linkIndex) indexParts(n uint32, items []item) {
	if len(items) == 0 {
		return
	}
	name := &x.names[n]
	name.breaks = items[len(items)-1].breaks - items[0].breaks
	name.first = items[0].key
	put := func(list []uint32) []uint32 {
		if len(list) > 0 && list[len(list)-1] == n {
			return list
		}
		return append(list, n)
	}
	for i := 0; i < len(items); {
		if items[i].kind != text.Han {
			x.words[items[i].key] = put(x.words[items[i].key])
			i++
			continue
		}
		end := i + 1
		for end < len(items) && items[end].kind == text.Han && items[end].start == items[end-1].end {
			end++
		}
		if end-i >= 2 {
			run := joinKeys(items[i:end])
			x.runs[run] = put(x.runs[run])
			head := [2]rune{items[i].rune, items[i+1].rune}
			x.longestRun[head] = max(x.longestRun[head], end-i)
		}
		i = end
	}
	for i := 0; i+2 < len(items); i++ {
		if gram, ok := gramOf(items[i:]); ok {
			x.grams[gram] = put(x.grams[gram])
		}
	}
}

// gramOf returns the first three items where they are Chinese characters.
func gramOf(items []item) (gram [3]rune, ok bool) {
	for k := range gram {
		if k >= len(items) || items[k].kind != text.Han {
			return gram, false
		}
		gram[k] = items[k].rune
	}
	return gram, true
}

// item is a token that takes part in names.
type item struct {
	start, end int // bytes of the text
	kind       text.Kind
	key        string
	rune       rune // of a Chinese character
	breaks     int  // sentence punctuation and line ends before it, from the start of the text
}

// itemsOf returns the tokens of a text that have a key. Other symbols are
// passed over, those that end a clause being counted.
func itemsOf(s string) []item {
	toks := text.Tokens(s)
	items := make([]item, 0, len(toks))
	breaks, end := 0, 0
	for _, t := range toks {
		if strings.ContainsAny(s[end:t.Start], "\n\r") {
			breaks++
		}
		end = t.End
		if t.Kind == text.Symbol && t.Text != "+" {
			if breaksClause(s, t) {
				breaks++
			}
			continue
		}
		it := item{start: t.Start, end: t.End, kind: t.Kind, key: t.Text, breaks: breaks}
		if t.Kind == text.Han {
			it.rune, _ = utf8.DecodeRuneInString(t.Text)
		} else {
			it.key = text.Key(t.Text)
		}
		items = append(items, it)
	}
	return items
}

// breaksClause reports whether a symbol ends a clause. A point does before
// white space only, and invalid bytes always do.
func breaksClause(s string, t text.Token) bool {
	switch t.Text {
	case ",", ";", "!", "?", ":":
		return true
	case ".":
		return s[t.Start] != '.' || t.End == len(s) || s[t.End] == ' ' || s[t.End] == '\n'
	}
	return !utf8.ValidString(t.Text)
}

func joinKeys(items []item) string {
	var b strings.Builder
	for _, it := range items {
		b.WriteString(it.key)
	}
	return b.String()
}
