package dsttest

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// learnWords collects what customers call the values of slots.
func (m *market) learnWords() {
	m.vocab = map[string]map[string]map[string][]string{}
	m.alone, m.domain = map[string]map[string]bool{}, map[string][]string{}
	for _, full := range m.order {
		for _, thing := range m.opt.Things {
			for _, v := range thing.Values[full] {
				if !slices.Contains(m.domain[full], v) {
					m.domain[full] = append(m.domain[full], v)
				}
			}
		}
	}
	for _, lang := range m.opt.Langs {
		m.vocab[lang] = map[string]map[string][]string{}
		for _, full := range m.order {
			m.vocab[lang][full] = m.wordsOf(full, lang)
			for _, words := range m.vocab[lang][full] {
				m.markAlone(full, words)
			}
		}
	}
}

// wordsOf are the words for the values of one slot.
func (m *market) wordsOf(full, lang string) map[string][]string {
	slot, out := m.slots[full], map[string][]string{}
	add := func(value, word string) {
		if word != "" && chinese(word) == (lang == "zh") && !slices.Contains(out[value], word) {
			out[value] = append(out[value], word)
		}
	}
	parser, parses := slot.Type.(dst.Parser)
	for _, word := range m.opt.Words[full].Values {
		if value, ok := word, true; parses {
			if value, ok = parser.Parse(word, time.Time{}); ok {
				add(value, word)
			}
		} else if ok {
			add(value, word)
		}
	}
	if e, ok := base(slot.Type).(*dst.Enum); ok {
		for _, o := range e.Values {
			add(o.Value, o.Labels[lang])
			for _, word := range o.Synonyms {
				add(o.Value, word)
			}
		}
	}
	return out
}

// markAlone notes which words all of which no other slot takes for a value.
func (m *market) markAlone(full string, words []string) {
	if m.alone[full] == nil {
		m.alone[full] = map[string]bool{}
	}
	for _, word := range words {
		taken := false
		for name, slot := range m.slots {
			taken = taken || name != full && slot.Type != nil && !free(slot) && isValue(slot.Type, word)
		}
		m.alone[full][word] = !taken
	}
}

// ordered reports whether the values of a slot are numbers or amounts.
func (m *market) ordered(full string) bool {
	switch base(m.slots[full].Type).(type) {
	case *dst.Number, *dst.Money:
		return true
	}
	return false
}

// sayable are the values that a thing has of a slot and for which there are words.
func (m *market) sayable(thing Thing, full, lang string) []string {
	if m.ordered(full) {
		return thing.Values[full]
	}
	return slices.DeleteFunc(slices.Clone(thing.Values[full]), func(v string) bool { return len(m.vocab[lang][full][v]) == 0 })
}

// word is what a customer calls a value, and whether no other slot would take it.
func (m *market) word(r *rand.Rand, full, value, lang string) (words string, alone bool) {
	switch t := base(m.slots[full].Type).(type) {
	case *dst.Money:
		forms := []string{t.Format(value, lang), value}
		if yuan := value + map[string]string{"en": " yuan", "zh": "元"}[lang]; t.Currency == "CNY" {
			forms = append(forms, yuan)
		}
		return pick(r, forms), true
	case *dst.Number:
		words = t.Format(value, lang)
		m.markAlone(full, []string{words})
		return words, m.alone[full][words]
	}
	words = pick(r, m.vocab[lang][full][value])
	return words, m.alone[full][words]
}

// called is what a customer calls a slot.
func (c *customer) called(full string) string {
	if own := c.m.opt.Words[full].Called[c.lang]; len(own) > 0 {
		return pick(c.r, own)
	}
	slot := c.m.slots[full]
	words := slices.DeleteFunc(slices.Clone(slot.Aliases), func(word string) bool {
		if asks(word) || chinese(word) != (c.lang == "zh") {
			return true
		}
		for _, other := range c.m.slots {
			if other.Type != nil && !free(other) && isValue(other.Type, word) {
				return true
			}
		}
		return false
	})
	if len(words) == 0 {
		return spoken(slot.Name)
	}
	return pick(c.r, words)
}

// clause words a wish so that it can stand anywhere but in a question.
func (c *customer) clause(w *want) string {
	if forms := c.m.critiques(w.full, c.lang)[w.move]; len(forms) > 0 {
		return pick(c.r, forms)
	}
	own := c.m.opt.Words[w.full].Wish[c.lang]
	slot := c.called(w.full)
	if w.move == "range" {
		a, alone := c.m.word(c.r, w.full, w.values[0], c.lang)
		b, _ := c.m.word(c.r, w.full, w.values[1], c.lang)
		return c.plain(byItself("range", alone && c.r.IntN(2) == 0), "{s}", slot, "{a}", a, "{b}", b)
	}
	word, alone := c.m.word(c.r, w.full, w.values[0], c.lang)
	move := map[string]string{"eq": "inform"}[w.move]
	if plain := c.m.slots[w.full].Plain; w.move == "around" && plain == dst.Around && c.r.IntN(2) == 0 {
		move = "inform" // said without a cue, it means the same
	}
	switch {
	case w.move == "eq" && len(own) > 0 && (!alone || c.r.IntN(2) == 0):
		return strings.ReplaceAll(pick(c.r, own), "{v}", word)
	case w.move == "eq" && alone && c.m.slots[w.full].Multi:
		return c.plain("having", "{s}", slot, "{v}", word)
	case move == "":
		move = w.move
	}
	move = byItself(move, alone && c.r.IntN(2) == 0)
	if slices.Contains(c.m.domain[w.full], w.values[0]) {
		return c.phrase(move, func(p string) bool { return stated(p) && !strict(p) }, "{s}", slot, "{v}", word)
	}
	return c.plain(move, "{s}", slot, "{v}", word)
}

// say phrases a move.
func (c *customer) say(move string, pairs ...string) string {
	return c.phrase(move, func(string) bool { return true }, pairs...)
}

// plain phrases a move in words that state a wish.
func (c *customer) plain(move string, pairs ...string) string {
	return c.phrase(move, stated, pairs...)
}

// phrase is a phrase for a move that is fit for what is to be said.
func (c *customer) phrase(move string, fit func(string) bool, pairs ...string) string {
	list := slices.DeleteFunc(slices.Concat(phrases[c.lang][move], customers[c.lang][move]), func(p string) bool { return !fit(p) })
	return strings.NewReplacer(pairs...).Replace(pick(c.r, list))
}

var (
	asking  = regexp.MustCompile(`[?？]|^do you|^have you|^how about`)
	hedged  = regexp.MustCompile(`would be|prefer|ideally|if possible|thinking of|最好|希望|喜欢`)
	closed  = regexp.MustCompile(`(no|not|not be|can't go) (more than|less than|over|under|below|above)|不(高于|低于|能低于)`)
	outside = regexp.MustCompile(`more than|less than|over|under|below|above|高于|低于|within`)
)

// stated reports whether a phrase states a wish. A question among offers asks
// about them ("do you have NFC?"), and a preference is not insisted on.
func stated(phrase string) bool { return !asking.MatchString(phrase) && !hedged.MatchString(phrase) }

// strict reports whether a bound itself is out of bounds: "under 4000".
func strict(phrase string) bool { return outside.MatchString(closed.ReplaceAllString(phrase, "")) }

// noun is what is looked for, its kind with a wish; "" where there are no words
// for that.
func (c *customer) noun(kind string, w *want) string {
	forms := c.m.opt.Words[w.full].Noun[c.lang]
	if w.move != "eq" || len(forms) == 0 {
		return ""
	}
	word, _ := c.m.word(c.r, w.full, w.values[0], c.lang)
	return strings.NewReplacer("{v}", word, "{n}", kind).Replace(pick(c.r, forms))
}

// round brings a bound to a number that people say: two digits and zeros.
func round(x float64, up bool) float64 {
	step := 1.0
	for x/step >= 100 {
		step *= 10
	}
	n := float64(int(x / step))
	if up && n*step < x {
		n++
	}
	return n * step
}

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
