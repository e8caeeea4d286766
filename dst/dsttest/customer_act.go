package dsttest

import (
	"slices"
	"strings"
)

// places are the words for the things in a list; "one" is put to them in English.
var places = map[string][]string{"en": {"the first one", "the second one", "the third one", "the fourth one"}, "zh": {"第一个", "第二个", "第三个", "第四个"}}

// act words a step. It reports false where there is nothing to do: no critique
// that customers have words for, or nothing to compare.
func (c *customer) act(s step) (string, bool) {
	switch s.does {
	case "tell":
		c.take(s)
		parts := append([]string{c.clause(s.w)}, c.tells(c.r.IntN(2))...)
		for _, more := range c.now[1:] {
			c.take(more)
		}
		return c.say("more", "{x}", c.join(parts)), true
	case "change":
		c.take(s)
		return c.say("change", "{x}", c.clause(s.w)), true
	case "drop":
		c.take(s)
		return c.say("drop", "{s}", c.called(s.w.full)), true
	case "another":
		return c.say("another"), len(c.offered) > 0 && !c.old
	case "compare":
		return c.say("compare"), len(c.offered) > 1 && !c.old
	case "less", "more":
		return c.critique(s.does)
	case "ask":
		return c.ask(s)
	case "whether":
		return c.whether(s)
	}
	return c.choose(), true
}

// critique asks for less, or more, of a slot than any thing offered has.
func (c *customer) critique(does string) (string, bool) {
	var slots []string
	move := map[string]string{"less": "lt", "more": "gt"}[does]
	for _, full := range c.m.order {
		if len(c.m.critiques(full, c.lang)[move]) > 0 && c.want(full) == nil && c.all(full) {
			slots = append(slots, full)
		}
	}
	if len(slots) == 0 || c.old {
		return "", false
	}
	full := pick(c.r, slots)
	c.now = []step{{does: does, full: full, w: c.beyond(full, move)}}
	return pick(c.r, c.m.critiques(full, c.lang)[move]), true
}

// critiques are the words for less, and for more, of a slot.
func (m *market) critiques(full, lang string) map[string][]string {
	return map[string][]string{"lt": m.opt.Words[full].Less[lang], "gt": m.opt.Words[full].More[lang]}
}

// all reports whether there are offers, and all have a value of the slot.
func (c *customer) all(full string) bool {
	return len(c.offered) > 0 && !slices.ContainsFunc(c.offered, func(t Thing) bool { return len(t.Values[full]) == 0 })
}

// beyond is less than the least that is offered, or more than the most.
func (c *customer) beyond(full, move string) *want {
	w := &want{full, move, []string{c.offered[0].Values[full][0]}}
	for _, t := range c.offered {
		for _, v := range t.Values[full] {
			if order := c.m.compare(full, v, w.values[0]); move == "lt" && order == -1 || move == "gt" && order == 1 {
				w.values[0] = v
			}
		}
	}
	return w
}

// ask asks about a thing that is offered, or about the one asked about before.
func (c *customer) ask(s step) (string, bool) {
	thing, it, place, ok := c.point()
	if !ok {
		return "", false
	}
	full := s.full
	if full == "" || len(thing.Values[full]) == 0 {
		var slots []string
		for _, slot := range c.m.opt.Asks {
			if len(thing.Values[slot]) > 0 {
				slots = append(slots, slot)
			}
		}
		if len(slots) == 0 {
			return "", false
		}
		full = pick(c.r, slots)
	}
	c.now, c.thing = []step{{does: "ask", full: full}}, thing
	word := c.called(full)
	if own := c.m.opt.Words[full].Ask[c.lang]; len(own) > 0 && c.r.IntN(2) == 0 {
		return strings.ReplaceAll(pick(c.r, own), "{o}", place), true
	}
	if it {
		return c.say("request-it", "{s}", word), true
	}
	return c.say("request-of", "{s}", word, "{o}", place), true
}

// point chooses what is asked about, with words for it; "it" now and then where
// something was asked about before.
func (c *customer) point() (thing Thing, it bool, words string, ok bool) {
	if len(c.offered) == 0 {
		return thing, false, "", false
	}
	if c.thing.Value != "" && slices.ContainsFunc(c.offered, func(t Thing) bool { return t.Value == c.thing.Value }) && c.r.IntN(2) == 0 {
		return c.thing, true, map[string]string{"en": "it", "zh": "它"}[c.lang], true
	}
	i := c.r.IntN(len(c.offered))
	return c.offered[i], false, c.place(i), true
}

// place is what a thing offered is called: by its place among several, or "it".
func (c *customer) place(i int) string {
	if name := c.offered[i].Names[c.lang]; c.old && name != "" {
		return name // what was offered last is something else
	}
	if len(c.offered) == 1 || i >= len(places[c.lang]) {
		return map[string]string{"en": "it", "zh": "它"}[c.lang]
	}
	return places[c.lang][i]
}

// whether asks whether a thing has a value.
func (c *customer) whether(s step) (string, bool) {
	thing, _, place, ok := c.point()
	if !ok {
		return "", false
	}
	var slots []string
	for _, full := range c.m.order {
		if len(c.m.opt.Words[full].Whether[c.lang]) > 0 && len(thing.Values[full]) > 0 {
			slots = append(slots, full)
		}
	}
	if len(slots) == 0 {
		return "", false
	}
	full, value := s.full, s.value
	if full == "" {
		full = pick(c.r, slots)
		value = pick(c.r, c.m.domain[full])
	}
	if len(c.m.vocab[c.lang][full][value]) == 0 {
		return "", false
	}
	c.now, c.thing = []step{{does: "whether", full: full, value: value}}, thing
	word, _ := c.m.word(c.r, full, value, c.lang)
	return strings.NewReplacer("{o}", place, "{v}", word).Replace(pick(c.r, c.m.opt.Words[full].Whether[c.lang])), true
}

// choose takes one of the things offered, by its place, its name or as "it".
// Where nothing is offered now, all wishes are said again.
func (c *customer) choose() string {
	if len(c.offered) == 0 {
		c.now = []step{{does: "tell"}}
		c.agenda = append(c.agenda, step{does: "choose"})
		c.violated = slices.Clone(c.wants)
		return c.again()
	}
	asked := slices.ContainsFunc(c.offered, func(t Thing) bool { return t.Value == c.thing.Value })
	if (asked || len(c.offered) == 1 && !c.old) && c.r.IntN(2) == 0 {
		if !asked {
			c.thing = c.offered[0]
		}
		return c.say("take-it")
	}
	i := c.r.IntN(len(c.offered))
	c.thing = c.offered[i]
	words := c.place(i)
	if name := c.thing.Names[c.lang]; name != "" && (c.troubles > 0 || c.old || c.r.IntN(4) == 0) {
		words = name
	}
	return c.say("take", "{o}", words)
}
