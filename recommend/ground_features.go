package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Verbs behind which stands what a thing comes with.
var (
	hasVerbs   = map[string]bool{"has": true, "have": true, "supports": true, "support": true, "features": true, "includes": true, "include": true, "offers": true, "boasts": true, "sports": true, "packs": true, "with": true, "contains": true, "provides": true, "uses": true}
	hasVerbsZh = []string{"支持", "配备", "搭载", "采用", "自带", "拥有", "内置", "附带", "具备", "带有", "配有", "设有", "含有", "装有", "备有"}
)

// objectEnds are words at which what a verb takes ends.
var objectEnds = map[string]bool{"against": true, "versus": true, "compared": true, "over": true, "among": true, "when": true, "without": true, "from": true, "and": false, "but": true, "for": true, "at": true, "while": true, "which": true, "that": true, "if": true, "so": true, "because": true, "to": true, "than": true, "as": true, "or": false, "in": true, "on": true, "of": false}

// checkFeatures checks that what a thing is said to have or to support is
// something that the request speaks of: of the words behind such a verb each
// must be an ordinary one or stand in the request.
func (l *line) checkFeatures() {
	if len(l.k.g.things) == 0 || len(l.out.Claims) > 0 {
		return
	}
	for i, t := range l.toks {
		if t.Start >= l.asks || l.dunno(t.Start) {
			return
		}
		switch {
		case t.Kind == text.Word && technical(t.Text) && !l.knownWord(t.Text) && !l.isCovered(t.Start, t.End),
			t.Text == "防" && i+1 < len(l.toks) && l.toks[i+1].Kind == text.Han && !l.k.g.has("防"+l.toks[i+1].Text) && !l.isCovered(t.Start, t.End):
			l.fail(ClaimFeature, t.Start, t.End, l.ownersAt(t.Start, t.End), "nothing in the request speaks of it")
		case t.Kind == text.Word && hasVerbs[t.Text] && l.speaksOfThing(i):
			l.object(i + 1)
		case t.Kind == text.Han:
			l.objectZh(i)
		}
	}
}

// technical reports whether a word says what a thing withstands or works with:
// windproof, shockproof, compatible.
func technical(w string) bool {
	return slices.ContainsFunc([]string{"proof", "resistant", "compatible", "foldable", "rechargeable", "wireless", "breathable", "insulated", "unlocked", "refurbished"}, func(end string) bool {
		return strings.HasSuffix(w, end)
	})
}

// speaksOfThing reports whether a verb is said of a thing rather than of the
// shop or the user: "we have", "if you have".
func (l *line) speaksOfThing(i int) bool {
	if i > 0 && slices.Contains([]string{"we", "you", "i", "to", "help", "happy", "you'd", "let's", "don't", "along", "go", "work", "fine"}, l.toks[i-1].Text) {
		return false
	}
	return len(l.ownersAt(l.toks[i].Start, l.toks[i].End)) > 0 && l.named(l.toks[i].Start)
}

// object checks the words behind a verb.
func (l *line) object(i int) {
	for ; i < len(l.toks); i++ {
		t := l.toks[i]
		if t.Kind == text.Symbol && t.Text != "-" && t.Text != "*" || objectEnds[t.Text] || t.Kind == text.Han || t.Text == "been" || t.Text == "and" && i+1 < len(l.toks) && verbs[l.toks[i+1].Text] {
			return
		}
		if t.Kind != text.Word || l.isCovered(t.Start, t.End) || isOrdinary(t.Text) && !concrete[t.Text] || l.knownWord(t.Text) || len(text.LookupUnits(t.Text)) > 0 || len(t.Text) < 3 || verbs[t.Text] {
			continue
		}
		if strings.HasSuffix(t.Text, "ly") || l.inAmount(t) {
			continue
		}
		l.fail(ClaimFeature, t.Start, t.End, l.ownersAt(t.Start, t.End), "nothing in the request speaks of it")
		return
	}
}

func (l *line) inAmount(t text.Token) bool {
	return slices.ContainsFunc(l.amounts, func(a amount) bool { return a.start <= t.Start && t.End <= a.end })
}

// knownWord reports whether a word or a form of it stands in the request or is
// a value or a name of a slot.
func (l *line) knownWord(w string) bool {
	if l.k.g.hasWord(w) {
		return true
	}
	for _, f := range text.Inflections(w) {
		if ordinary[f] || strings.Contains(l.k.g.allText, f) {
			return true
		}
	}
	return l.k.c.slotWord(w)
}

// slotWord reports whether a word is the name of a slot or part of one.
func (c *core) slotWord(w string) bool {
	for _, sv := range c.services {
		for _, x := range sv.slots {
			for _, name := range append(x.Aliases[:len(x.Aliases):len(x.Aliases)], x.Name) {
				if strings.Contains(text.Fold(name), w) {
					return true
				}
			}
		}
	}
	return false
}

// objectZh checks what stands behind a Chinese verb, if one stands at i: the
// first two characters of it must stand in the request, or be ordinary.
func (l *line) objectZh(i int) {
	at := l.toks[i].Start
	j := slices.IndexFunc(hasVerbsZh, func(v string) bool { return strings.HasPrefix(l.raw[at:], v) })
	if j < 0 {
		return
	}
	from := at + len(hasVerbsZh[j])
	object := strings.TrimLeft(l.raw[from:], "了有的着 ")
	if k := strings.IndexFunc(object, func(r rune) bool { return unicode.IsPunct(r) || r == '，' || r == '\n' }); k >= 0 {
		object = object[:k]
	}
	runes := []rune(object)
	if len(runes) < 2 || l.k.g.has(string(runes[:2])) || l.k.c.slotWord(string(runes[:2])) || l.isCovered(from, from+1) || slices.ContainsFunc(ordinaryZh, func(w string) bool { return strings.HasPrefix(object, w) }) {
		return
	}
	if slices.ContainsFunc(l.amounts, func(a amount) bool { return a.start-from >= 0 && a.start-from < 4 }) || slices.ContainsFunc(l.refs, func(r ref) bool { return r.start-from >= 0 && r.start-from < 4 }) {
		return
	}
	for k := 1; k+1 < len(runes); k++ {
		if l.k.g.has(string(runes[k:k+2])) && unicode.Is(unicode.Han, runes[k]) {
			return
		}
	}
	l.fail(ClaimFeature, from, min(len(l.raw), from+len(object)), l.ownersAt(at, from), "nothing in the request speaks of it")
}

// classes are the last characters of Chinese names that say what a thing is.
var classes = []string{"酒店", "宾馆", "饭店", "旅馆", "旅店", "客栈", "民宿", "餐厅", "餐馆", "面馆", "酒楼", "火锅店", "饭馆", "咖啡馆", "公园", "博物馆", "景区", "大厦", "广场"}

// generic are characters before such a word that make no name with it.
const generic = "家间个些座所有该贵本此这那哪种类等在住到找订选找荐边近和与或及是的了为级型性价比好佳适合带求符两三四五六七八九十几多各每以上下内外新老市城区里型宜贵高低端并且还另外一 、，。：:；（(“\"'*-—"

// hanNames looks for Chinese names of things that are not in the request: a
// word for the class of a thing with the beginning of a name before it.
func (l *line) hanNames() {
	for _, class := range classes {
		for from := 0; ; {
			i := strings.Index(l.raw[from:], class)
			if i < 0 {
				break
			}
			i += from
			from = i + len(class)
			start, n := i, 0
			for n < 6 {
				r, size := lastRune(l.raw[:start])
				if size == 0 || !unicode.Is(unicode.Han, r) || strings.ContainsRune(generic, r) {
					break
				}
				start -= size
				n++
			}
			if n >= 2 && !l.isCovered(start, from) && !l.k.g.has(l.raw[i-6:from]) && !slices.ContainsFunc(modifiersZh, func(w string) bool { return strings.HasSuffix(l.raw[:i], w) }) {
				l.cover(start, from)
				l.fail(ClaimName, start, from, nil, "nothing of the request is called so")
			}
		}
	}
}

// modifiersZh may stand before the class of a thing.
var modifiersZh = []string{"经济", "豪华", "舒适", "高档", "精品", "星级", "周边", "附近", "其他", "其它", "别的", "推荐", "合适", "便宜", "实惠", "泳池", "无线", "要求", "条件", "连锁", "度假", "商务", "温馨", "优质", "满意", "心仪", "介绍", "查询", "预订"}

func lastRune(s string) (rune, int) {
	for i := len(s) - 1; i >= 0 && i >= len(s)-4; i-- {
		if s[i] < 0x80 || s[i] >= 0xC0 {
			return []rune(s[i:])[0], len(s) - i
		}
	}
	return 0, 0
}
