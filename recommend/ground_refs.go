package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A ref is where a sentence speaks of things of the request.
type ref struct {
	start, end int
	things     []*subject
	points     bool // by a pronoun or a place in a list rather than by name
	group      bool // several at once: "both"
}

// Scores of parts of names, and of those that are values too, such as brands.
const (
	partScore  = 0.8
	brandScore = 0.5
)

// indexNames makes a lexicon of the names of the request's things and of those
// parts of them that only one thing has: "Legion 5", "the 128 GB model", 湖畔.
func (g *grounds) indexNames(c *core) {
	parts := map[string]int{}
	spelled := make([][]string, len(g.things))
	for i, t := range g.things {
		spelled[i] = partsOf(t.name)
		for _, p := range spelled[i] {
			parts[text.Key(p)]++
		}
	}
	var terms []text.Term
	for i, t := range g.things {
		terms = append(terms, text.Term{Text: t.name, ID: int32(i), Score: 1})
		for _, p := range spelled[i] {
			if parts[text.Key(p)] != 1 {
				continue
			}
			score := float32(partScore)
			if c.isValue(p) {
				score = brandScore
			}
			terms = append(terms, text.Term{Text: p, ID: int32(i), Score: score})
		}
	}
	g.names = text.NewLexicon(terms, 0)
}

// partsOf are the parts of a name that may stand for it where nothing else has
// them: runs of its words with a capital or a digit in them, and the first
// characters of a Chinese name.
func partsOf(name string) []string {
	toks := text.Tokens(name)
	var out []string
	for i := range toks {
		for j := i + 1; j <= len(toks); j++ {
			p := name[toks[i].Start:toks[j-1].End]
			whole := i == 0 && j == len(toks)
			if !whole && toks[i].Kind != text.Symbol && toks[j-1].Kind != text.Symbol && distinctive(p, toks[i:j], i, len(toks)) {
				out = append(out, p)
			}
		}
	}
	return out
}

// distinctive reports whether a part of a name is long enough to stand for it.
func distinctive(p string, toks []text.Token, first, of int) bool {
	han, letters, digits := 0, 0, 0
	for _, t := range toks {
		switch t.Kind {
		case text.Han:
			han++
		case text.Word:
			letters += len(t.Text)
		case text.Number:
			digits++
		}
	}
	switch {
	case han > 0 && letters+digits == 0:
		return first == 0 && han >= 2 && han*2 >= of-1
	case digits > 0 && letters == 0 && han == 0:
		return false
	case digits > 0:
		return letters+han >= 2
	}
	return letters >= 3 && unicode.IsUpper([]rune(p)[0]) && !ordinary[strings.ToLower(p)]
}

// isValue reports whether words are a value of a slot, such as a brand, and
// name no thing for sure.
func (c *core) isValue(words string) bool {
	for _, x := range c.slots {
		if x.domain != nil && !x.Names && x.Of == "" && len(x.domain.byKey[text.Key(words)]) > 0 {
			return true
		}
	}
	return false
}

// refsIn finds what a sentence speaks of.
func (k *checker) refsIn(l *line) []ref {
	var out []ref
	for _, m := range k.g.names.Find(l.toks) {
		at := ref{start: l.toks[m.First].Start, end: l.toks[m.Last-1].End, things: []*subject{k.g.things[m.ID]}}
		the := m.First > 0 && l.toks[m.First-1].Text == "the"
		if m.Score <= brandScore && (!the || hasCapital(l.raw[at.end:min(len(l.raw), at.end+2)])) {
			continue // "Lenovo" alone is a brand, "the Lenovo" may stand for a thing
		}
		if m.Score < 1 && !the && strings.ToLower(l.raw[at.start:at.end]) == l.raw[at.start:at.end] && l.toks[m.First].Kind == text.Word {
			continue // "a garden" is no name, "the vest" stands for one
		}
		out = add(out, at)
	}
	for _, sv := range k.c.services {
		if sv.named == nil || sv.names == nil {
			continue
		}
		for _, m := range sv.named.Type.Find(l.txt) {
			if m.Score < wholeName {
				continue
			}
			at := ref{start: m.Start, end: m.End}
			for _, id := range sv.names.things(m.Value) {
				at.things = append(at.things, k.g.byID(id)...)
			}
			if len(at.things) > 0 {
				out = add(out, at)
			}
		}
	}
	slices.SortFunc(out, func(a, b ref) int { return a.start - b.start })
	out = l.coordinated(l.narrowed(out))
	return l.pointing(out)
}

// add takes in a name; of two that overlap the longer stays.
func add(refs []ref, at ref) []ref {
	for i, r := range refs {
		if r.start < at.end && at.start < r.end {
			if at.end-at.start > r.end-r.start {
				refs[i] = at
			}
			return refs
		}
	}
	return append(refs, at)
}

func (g *grounds) byID(id string) []*subject {
	i := slices.IndexFunc(g.things, func(t *subject) bool { return slices.Contains(t.ids, id) })
	if i < 0 {
		return nil
	}
	return g.things[i : i+1]
}

// coordinated makes "X and Y" stand for both from the second name on.
func (l *line) coordinated(refs []ref) []ref {
	for i := 1; i < len(refs); i++ {
		if slices.ContainsFunc(refs[i].things, func(t *subject) bool { return slices.Contains(refs[i-1].things, t) }) {
			continue // named anew
		}
		switch strings.Trim(l.fold(refs[i-1].end, refs[i].start), " *_\"") {
		case "and", "and the", ", and the", ", and", "or", "or the", "&", "和", "与", "、", ",", ", the", "以及", "跟", "及", "and a", "plus the", "nor the", ">", "<", "还有":
			if l.fold(refs[i-1].end, refs[i].start) == ", the " && i == 1 && i+1 >= len(refs) {
				continue // "for the X, the Y …"
			}
			refs[i].things = append(slices.Clone(refs[i-1].things), refs[i].things...)
			refs[i].group = true
		}
	}
	return refs
}

// pointers are words that stand for things, by what they point at.
var pointers = map[string]string{
	"it": "it", "its": "it", "it's": "it", "it'll": "it", "它": "it", "其": "", "它们": "all", "both": "both", "they": "all", "them": "", "their": "all", "neither": "all", "each": "all",
	"两者": "all", "former": "0", "latter": "-1", "前者": "0", "后者": "-1",
	"两款": "all", "两家": "all", "两台": "all", "两件": "all", "两个": "all", "三款": "all", "都": "all", "均": "all",
	"第一": "0", "第二": "1", "第三": "2", "first": "first", "second": "first", "third": "first",
}

// pointing adds the pronouns and places in lists.
func (l *line) pointing(refs []ref) []ref {
	for i := range l.toks {
		words, to, n := "", "", 0
		for n = min(2, len(l.toks)-i); n > 0 && to == ""; n-- {
			words = ""
			for _, t := range l.toks[i : i+n] {
				words += t.Text
			}
			if n == 1 || l.toks[i].Kind == text.Han {
				to = pointers[words]
			}
			if to != "" {
				break
			}
		}
		if to == "" || slices.ContainsFunc(refs, func(r ref) bool { return !r.points && r.start < l.toks[i+n-1].End && l.toks[i].Start < r.end }) {
			continue
		}
		if w := l.word(i + n); l.toks[i].Kind == text.Han && (w == "中" || w == "里" || w == "之") {
			continue // "of the two": what is said is said of one
		}
		at := ref{start: l.toks[i].Start, end: l.toks[i+n-1].End, points: true}
		if at.things, at.group = l.pointed(refs, at.start, i, words, to); len(at.things) > 0 {
			refs = append(refs, at)
			slices.SortStableFunc(refs, func(a, b ref) int { return a.start - b.start })
		}
	}
	return refs
}

// pointed are the things that a word points at.
func (l *line) pointed(refs []ref, at, i int, words, to string) (things []*subject, group bool) {
	before, last := l.namedBefore(refs, at)
	all := before
	if len(all) < 2 {
		all = l.k.g.offered(l.k.r)
	}
	switch to {
	case "it":
		return l.subjectBefore(refs, at, last), false
	case "all":
		return all, true
	case "both":
		if len(all) < 2 || slices.Contains([]string{"has", "have", "with", "offers", "supports", "includes"}, l.word(i-1)) {
			return nil, false
		}
		return all, true
	case "first":
		if l.word(i-1) != "the" || !slices.Contains([]string{"one", "option", "is", "has", "costs", "phone", "model", "hotel", "laptop", "choice"}, l.word(i+1)) {
			return nil, false
		}
		to = map[string]string{"first": "0", "second": "1", "third": "2"}[words]
	case "-1":
		if len(before) < 2 {
			before = l.k.g.offered(l.k.r)
		}
		return before[max(0, len(before)-1):], false
	}
	if len(before) >= 2 && to == "0" && words != "第一" && words != "first" {
		return before[len(before)-2 : len(before)-1], false
	}
	n := int(to[0] - '0')
	if offered := l.k.g.offered(l.k.r); n < len(offered) {
		return offered[n : n+1], false
	}
	return nil, false
}

// namedBefore are the things that the line names before a byte, and the last
// ones, which are those of the sentence before where it names none.
func (l *line) namedBefore(refs []ref, at int) (all, last []*subject) {
	last = l.k.focus
	for _, r := range refs {
		if r.end > at || r.points && r.group {
			continue
		}
		for _, t := range r.things {
			if !slices.Contains(all, t) {
				all = append(all, t)
			}
		}
		last = r.things
	}
	return all, last
}

// word is a token of the line, "" where there is none.
func (l *line) word(i int) string {
	if i < 0 || i >= len(l.toks) {
		return ""
	}
	return l.toks[i].Text
}

// offered are the things of the request's items in their order, or all.
func (g *grounds) offered(r Request) []*subject {
	var out []*subject
	for _, item := range r.Items {
		if i := slices.IndexFunc(g.things, func(t *subject) bool { return t.name == item.Name }); i >= 0 {
			out = append(out, g.things[i])
		}
	}
	if len(out) == 0 {
		return g.things
	}
	return out
}
