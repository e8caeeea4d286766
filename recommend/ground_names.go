package recommend

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

var (
	links  = regexp.MustCompile(`(?i)(https?://|www\.)[^\s，。）)\]>"|]+|\b[a-z0-9-]+\.(com|cn|net|org|io|shop|store|example)\b[^\s，。）)\]>"|]*`)
	emails = regexp.MustCompile(`[\w.+-]+@[\w-]+\.[\w.-]*\w`)
	phones = regexp.MustCompile(`\+?\(?\d[\d() -]{5,}\d`)
)

// checkLinks checks that web addresses, e-mail addresses and telephone numbers
// are facts of what they are said of.
func (l *line) checkLinks() {
	for _, at := range l.links {
		link := strings.TrimRight(l.fold(at[0], at[1]), ".,;!?)*_")
		l.contact(at[0], at[1], func(v string) bool { return slices.Contains(strings.Fields(v), link) })
	}
	for _, at := range phones.FindAllStringIndex(l.raw, -1) {
		number := digitsOf(l.raw[at[0]:at[1]])
		if len(number) < 7 || len(text.FindDates(text.Tokens(l.raw[at[0]:at[1]]), l.k.c.cfg.Now(), false)) > 0 {
			continue
		}
		l.contact(at[0], at[1], func(v string) bool { return strings.Contains(digitsOf(v), number) })
	}
}

// linksIn are the spans of web and e-mail addresses.
func linksIn(s string) [][]int {
	out := emails.FindAllStringIndex(s, -1)
	for _, at := range links.FindAllStringIndex(s, -1) {
		if !slices.ContainsFunc(out, func(o []int) bool { return o[0] < at[1] && at[0] < o[1] }) {
			out = append(out, at)
		}
	}
	return out
}

func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// contact checks one address or number.
func (l *line) contact(start, end int, is func(string) bool) {
	if l.isCovered(start, end) {
		return
	}
	l.cover(start, end)
	owners := l.ownersAt(start, end)
	if owners == nil {
		owners = l.k.g.things
	}
	for _, f := range l.k.g.shared {
		if is(f.folded) {
			l.use(f)
			return
		}
	}
	for _, t := range owners {
		for _, f := range t.facts {
			if is(f.folded) {
				l.use(f)
				return
			}
		}
	}
	l.fail(ClaimLink, start, end, owners, "no fact has it")
}

// checkNames checks that every thing that the sentence names is one of the
// request: things and brands of the graph, and what looks like a name.
func (l *line) checkNames() {
	l.knownNames()
	l.denies()
	for i := 0; i < len(l.toks); {
		n := l.properName(i)
		if n == 0 {
			i++
			continue
		}
		start, end := l.toks[i].Start, l.toks[i+n-1].End
		if !l.isCovered(start, end) && !l.k.g.has(l.raw[start:end]) && !l.inPassing(start, end) && !l.deniedNear(start, 3) {
			l.cover(start, end)
			l.fail(ClaimName, start, end, nil, "nothing of the request is called so")
		}
		i += n
	}
	l.variants()
	l.hanNames()
	l.unlisted()
}

// knownNames looks for things of the graph that are not part of the request,
// and for models of theirs that there are not.
func (l *line) knownNames() {
	for _, sv := range l.k.c.services {
		if sv.named == nil || sv.names == nil {
			continue
		}
		for _, m := range sv.named.Type.Find(l.txt) {
			if m.Score < wholeName || l.isCovered(m.Start, m.End) {
				continue
			}
			spelling := l.raw[m.Start:m.End]
			if !slices.ContainsFunc(sv.names.things(m.Value), l.k.r.mentions) && !l.k.g.has(spelling) {
				l.cover(m.Start, m.End)
				l.fail(ClaimName, m.Start, m.End, nil, "it is not part of the answer")
			}
		}
		start, end, ok := sv.names.unknownModel(l.toks, func(t text.Token) bool { return l.isCovered(t.Start, t.End) })
		if ok && !l.k.g.has(l.raw[start:end]) {
			l.cover(start, end)
			l.fail(ClaimName, start, end, nil, "there is no such model")
		}
	}
	for _, sv := range l.k.c.services {
		for _, x := range sv.slots {
			if x.domain == nil || x.Names || x.Of != "" || len(x.domain.kinds) != 1 || !slices.ContainsFunc(sortedKinds(x.domain), isThing) {
				continue
			}
			for _, m := range x.Type.Find(l.txt) {
				if m.Score >= wholeName && !l.isCovered(m.Start, m.End) && !l.k.g.has(l.raw[m.Start:m.End]) && !l.k.g.has(m.Value) {
					l.cover(m.Start, m.End)
					l.fail(ClaimName, m.Start, m.End, nil, "it is not part of the answer")
				}
			}
		}
	}
}

// denies checks that what the request says there is not is not offered.
func (l *line) denies() {
	for _, s := range l.k.r.Steps {
		if s.Kind != StepMissing || s.Text == "" {
			continue
		}
		for _, at := range l.wordsAt(s.Text) {
			if !l.deniedNear(at[0], 8) && !l.deniedAfter(at[1]) && at[0] < l.asks && !containsAny(l.fold(at[1], len(l.raw)), []string{"找不到", "没有", "不存在", "not ", "n't", "unavailable", "unfortunately"}) {
				l.fail(ClaimName, at[0], at[1], nil, "there is no such thing")
			}
			l.cover(at[0], at[1])
		}
	}
}

// properName is how many tokens from i on look like a name: words with
// capitals, or letters and digits in one, that are no ordinary words. One
// capital at the beginning of a sentence or of words in bold makes no name
// unless a verb says that it is one.
func (l *line) properName(i int) int {
	n, strong, capitals := 0, false, 0
	for i+n < len(l.toks) {
		t := l.toks[i+n]
		raw := l.raw[t.Start:t.End]
		glued := n > 0 && l.toks[i+n-1].End == t.Start
		switch {
		case t.Kind == text.Word && l.glueNumber(i+n):
			strong = strong || !l.isUnitOrKnown(i+n)
			if !strong && n == 0 {
				return 0
			}
		case t.Kind == text.Word && n == 0 && i > 0 && l.toks[i-1].Kind == text.Number && len(text.LookupUnits(t.Text)) > 0:
			return 0
		case t.Kind == text.Word && hasCapital(raw) && !isOrdinary(t.Text):
			capitals++
			strong = strong || strings.ToUpper(raw) == raw && utf8.RuneCountInString(raw) > 1
		case t.Kind == text.Number && n > 0 && (glued || capitals > 0):
			strong = strong || capitals > 0
		case t.Kind == text.Symbol && t.Text == "-" && n > 0 && glued && i+n+1 < len(l.toks) && l.toks[i+n+1].Start == t.End && capitals > 0:
		default:
			return l.nameLength(i, n, strong, capitals)
		}
		n++
	}
	return l.nameLength(i, n, strong, capitals)
}

// nameLength is n where the tokens make a name.
func (l *line) nameLength(i, n int, strong bool, capitals int) int {
	if n == 0 || n == 1 && l.toks[i].End-l.toks[i].Start == 1 || capitals == 0 && !strong || l.allKnown(i, n) || n > 1 && l.begins(i) && l.toks[i+1].Kind == text.Word && l.allKnown(i+1, n-1) {
		return 0
	}
	if strong || capitals > 1 || !l.begins(i) {
		return n
	}
	if last := l.toks[i+n-1].Text; i+n < len(l.toks) && l.toks[i+n].Text != "it" && !strings.HasSuffix(last, "ly") && (verbs[l.toks[i+n].Text] || l.toks[i+n].Text == "makes") {
		return n
	}
	return 0
}

// allKnown reports whether each word of what looks like a name stands in the
// request.
func (l *line) allKnown(i, n int) bool {
	for _, t := range l.toks[i : i+n] {
		if t.Kind == text.Word && !l.k.g.hasWord(t.Text) && !l.isCovered(t.Start, t.End) {
			return false
		}
	}
	return true
}

// hasWord reports whether a word, or its singular, stands in the request.
func (g *grounds) hasWord(w string) bool {
	w = strings.TrimSuffix(w, "'s")
	return strings.Contains(g.allText, w) || len(w) > 3 && strings.Contains(g.allText, strings.TrimSuffix(w, "s"))
}

func hasCapital(raw string) bool {
	return strings.IndexFunc(raw, unicode.IsUpper) >= 0
}

// glueNumber reports whether a word and a number are written in one: "S24", 5G.
func (l *line) glueNumber(i int) bool {
	t := l.toks[i]
	return i+1 < len(l.toks) && l.toks[i+1].Kind == text.Number && l.toks[i+1].Start == t.End ||
		i > 0 && l.toks[i-1].Kind == text.Number && l.toks[i-1].End == t.Start
}

// isUnitOrKnown reports whether a word glued to a number is its unit, an
// ordinal's ending or known.
func (l *line) isUnitOrKnown(i int) bool {
	t := l.toks[i]
	after := i > 0 && l.toks[i-1].Kind == text.Number && l.toks[i-1].End == t.Start
	if after && (slices.Contains([]string{"st", "nd", "rd", "th", "k", "x", "s", "am", "pm", "m", "w"}, t.Text) || len(text.LookupUnits(t.Text)) > 0 && t.Text != "g") {
		return true
	}
	if after && t.Text == "g" { // of 5G
		a := l.raw[l.toks[i-1].Start:l.toks[i-1].End]
		return len(a) > 1 && a != "5.5"
	}
	return l.k.g.has(l.raw[t.Start:t.End])
}

// begins reports whether a token is the first word of a sentence, an entry or
// a piece in bold or quotes.
func (l *line) begins(i int) bool {
	for i--; i >= 0; i-- {
		t := l.toks[i]
		switch {
		case t.Kind == text.Number && strings.Trim(l.raw[:t.Start], " \t*-#(") == "":
		case t.Kind == text.Symbol && strings.Contains(",-", t.Text):
			return t.Text == "-"
		case t.Kind == text.Symbol:
			return true
		default:
			return false
		}
	}
	return true
}

// models are words that make another model of a name.
var models = []string{"pro", "max", "ultra", "plus", "mini", "lite", "se", "fe", "turbo", "青春版", "至尊版", "标准版", "旗舰版", "尊享版", "增强版"}

// variants looks for names with a word behind them that makes another model of
// what is called so.
func (l *line) variants() {
	for _, r := range l.refs {
		if r.points {
			continue
		}
		rest := strings.TrimLeft(l.fold(r.end, len(l.raw)), " ")
		for _, m := range models {
			after, ok := strings.CutPrefix(rest, m)
			if ok && (after == "" || m[0] >= 0x80 || !letterAt(after, 0)) && !l.k.g.has(l.raw[r.start:r.end]+" "+m) {
				l.fail(ClaimName, r.start, min(len(l.raw), r.end+len(m)+1), nil, "there is no such model")
				break
			}
		}
	}
}

// mentions reports whether a thing is part of the request.
func (r Request) mentions(id string) bool {
	return slices.ContainsFunc(r.Items, func(i Item) bool { return i.ID == id }) || slices.ContainsFunc(r.Facts, func(f Fact) bool {
		to, _ := f.Source.Object.ID()
		return f.Source.Subject == id || to == id
	})
}
