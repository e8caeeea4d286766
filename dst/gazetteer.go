package dst

import (
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A Gazetteer is a slot type for names from a list: places, products, people.
// It takes 100,000 names and more; finding them takes time linear in the text.
//
// Names are found folded, inside Chinese without word boundaries and otherwise
// between them, the longest of overlapping ones. Latin names of at least six
// letters are found with one letter wrong (score 0.7). A name with a branch in
// parentheses, "全聚德(王府井店)", is also found without it (score 0.6). Chinese
// names of two characters and more are found as they are typed in Latin letters:
// haidilao (score 0.8), and of three by their initials, hdl (0.6). Where one
// span may stand for several values there is a Mention for each, up to sixteen,
// the likeliest first.
//
// A Gazetteer is immutable and safe for concurrent use.
type Gazetteer struct {
	values []string
	lex    *text.Lexicon
	keys   map[string]int32
}

// An Entry is one value of a [Gazetteer] and its other names.
type Entry struct {
	Value   string
	Aliases []string
}

// GazetteerOptions adjusts a [Gazetteer]. The zero value is the default.
type GazetteerOptions struct {
	// Optional are words at either end of a name that users leave out: with
	// "北京" and "Hotel", 北京昆仑饭店 is found as 昆仑饭店, and "Acorn Hotel"
	// as "Acorn" (score 0.6). What remains must hold two Chinese characters
	// or four letters.
	Optional []string
	// MinTypo is the number of letters from which a name may be misspelt:
	// 0 means 6, a negative number never.
	MinTypo int
	// NoPinyin leaves out the Latin spellings of Chinese names.
	NoPinyin bool
}

// NewGazetteer returns a gazetteer of the entries with the default options.
// Entries with the same Value are merged.
func NewGazetteer(entries ...Entry) *Gazetteer {
	return NewGazetteerWith(nil, entries...)
}

// NewGazetteerWith returns a gazetteer of the entries; nil options are the
// default ones.
func NewGazetteerWith(opt *GazetteerOptions, entries ...Entry) *Gazetteer {
	if opt == nil {
		opt = &GazetteerOptions{}
	}
	g := &Gazetteer{keys: make(map[string]int32, len(entries))}
	ids := make(map[string]int32, len(entries))
	terms := make([]text.Term, 0, len(entries))
	latin := pinyinReader{}
	for _, e := range entries {
		id, ok := ids[e.Value]
		if !ok {
			id = int32(len(g.values))
			ids[e.Value] = id
			g.values = append(g.values, e.Value)
		}
		for i := -1; i < len(e.Aliases); i++ {
			name := e.Value
			if i >= 0 {
				name = e.Aliases[i]
			}
			if k := text.Key(name); k != "" {
				if _, ok := g.keys[k]; !ok {
					g.keys[k] = id
				}
				terms = append(terms, text.Term{Text: name, ID: id, Score: 1})
			}
			terms = gazetteerOther(terms, name, id, opt, latin)
		}
	}
	typo := opt.MinTypo
	if typo == 0 {
		typo = 6
	}
	g.lex = text.NewLexicon(terms, max(typo, 0))
	return g
}

// gazetteerOther appends the shorter forms of a name and its Latin spellings.
func gazetteerOther(terms []text.Term, name string, id int32, opt *GazetteerOptions, latin pinyinReader) []text.Term {
	from := len(terms)
	for _, p := range gazetteerParts(name, opt.Optional) {
		terms = append(terms, text.Term{Text: p, ID: id, Score: scorePartial})
	}
	if opt.NoPinyin {
		return terms
	}
	for _, part := range terms[from:] {
		terms = append(terms, latin.terms(part.Text, id, scorePartial)...)
	}
	return append(terms, latin.terms(name, id, 1)...)
}

// gazetteerParts returns the shorter forms of a name.
func gazetteerParts(name string, optional []string) []string {
	var out []string
	add := func(s string) {
		s = strings.TrimSpace(s)
		if s != "" && s != name && gazetteerDistinct(s) {
			out = append(out, s)
		}
	}
	whole := name
	if i := strings.IndexAny(name, "(（[［【"); i > 0 {
		whole = name[:i]
		add(whole)
	}
	tail := gazetteerCut(whole, optional, false)
	add(tail)
	add(gazetteerCut(whole, optional, true))
	add(gazetteerCut(tail, optional, true))
	return out
}

// gazetteerCut takes the longest of the words off the start or the end.
func gazetteerCut(name string, words []string, start bool) string {
	short := name
	for _, w := range words {
		rest := len(name) - len(w)
		if w == "" || rest < 0 || rest >= len(short) {
			continue
		}
		if start && strings.EqualFold(name[:len(w)], w) {
			short = name[len(w):]
		} else if !start && strings.EqualFold(name[rest:], w) {
			short = name[:rest]
		}
	}
	return strings.TrimSpace(short)
}

// gazetteerDistinct reports whether a part of a name is long enough to stand
// for it.
func gazetteerDistinct(s string) bool {
	han, other := 0, 0
	for _, r := range text.Key(s) {
		if text.IsHan(r) {
			han++
		} else {
			other++
		}
	}
	return han*2+other >= 4
}

// Find implements [Type].
func (g *Gazetteer) Find(t *Text) []Mention {
	return lexiconMentions(t, g.lex, func(id int32) string { return g.values[id] })
}

// Parse implements [Parser]: it accepts a whole name or alias and returns its
// value.
func (g *Gazetteer) Parse(value string, _ time.Time) (string, bool) {
	if id, ok := g.keys[text.Key(value)]; ok {
		return g.values[id], true
	}
	return "", false
}

// Len returns the number of values.
func (g *Gazetteer) Len() int { return len(g.values) }
