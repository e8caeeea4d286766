package dst

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Attempt is which try it would be, from 1, to put the question a in this
// state: one more than it was put in vain. Where the user only digressed, it is
// the same try again.
func (s State) Attempt(a Act) int {
	switch p := s.Pending; {
	case p.Act != a || p.Tries == 0:
		return 1
	case p.Heard:
		return p.Tries
	default:
		return p.Tries + 1
	}
}

// Question is what to ask for the slot at a try, from 1, in a language: Ask,
// then the Reprompts in turn, the last one again and again. It is "" where the
// slot has no words in the language.
func (s Slot) Question(lang string, attempt int) string {
	if again := s.Reprompts[lang]; attempt > 1 && len(again) > 0 {
		return again[min(attempt-2, len(again)-1)]
	}
	return s.Ask[lang]
}

// Prompt words an act of [Tracker.Next] for the user, in "en", "zh" or the
// other languages of [Slot.Ask]; with lang "" in that of the user. Questions
// climb a ladder: asked the first time, a slot's question is its Ask; then its
// Reprompts or, where it has none, the question with an example, and from the
// third time on with the choices there are. The confirmation of an intent lists
// the values it would be done with. Acts that only the program can word, such as
// offer and do, are "".
func (t *Tracker) Prompt(s State, a Act, lang string) string {
	lang = cmp.Or(lang, s.Lang, "en")
	w, ok := promptWords[lang]
	if !ok {
		w = promptWords["en"]
	}
	switch {
	case a == Act{Kind: Human}:
		return w.human
	case a == Act{Kind: Ask}:
		return w.change
	case a.Kind == Confirm && a.Op == "":
		return w.confirmed(t.summary(s, a.Slot, w))
	}
	info, ok := t.info(a.Slot)
	switch {
	case !ok:
		return ""
	case a.Kind == Ask:
		return info.ask(lang, s.Attempt(a), t.now(), w)
	case a.Kind == Confirm:
		return w.right(w.term(&info.Slot, a.Op, a.Value))
	}
	return ""
}

// A wording holds the words of prompts in one language.
type wording struct {
	lang             string
	human, change    string
	what, what2      string // around the label of a slot without a question
	example, choices string // before examples and choices
	or, comma, colon string
	stop             string
	dontCare         string
	ops              map[Op]string
	check, check2    string // around a value to be confirmed
	list, proceed    string // around the values of an intent; the first is left out where there are none
	between          string
	yes, no          string
	tomorrow         string
}

var promptWords = map[string]wording{
	"en": {
		lang: "en", human: "I will hand you over to a colleague.", change: "What should I change?",
		what: "What is the ", what2: "?", example: " For example: ", choices: " You can choose: ", or: " or ", comma: ", ", colon: ": ", stop: ".",
		dontCare: "any", ops: map[Op]string{Ne: "not ", Lt: "less than ", Le: "at most ", Gt: "more than ", Ge: "at least ", Around: "about "},
		check: "I understood ", check2: ". Is that right?", list: "So we have ", proceed: "Shall I go ahead?",
		between: " to ", yes: "yes", no: "no", tomorrow: "tomorrow",
	},
	"zh": {
		lang: "zh", human: "我为您转接人工客服。", change: "需要改哪里呢？",
		what: "请问", what2: "是什么？", example: "例如：", choices: "可以选：", or: "或", comma: "、", colon: "：", stop: "。",
		dontCare: "不限", ops: map[Op]string{Ne: "不要", Lt: "低于", Le: "不超过", Gt: "高于", Ge: "不低于", Around: "约"},
		check2: "，对吗？", list: "跟您确认一下：", proceed: "可以办理吗？",
		between: "到", yes: "是", no: "否", tomorrow: "明天",
	},
}

func (w wording) right(term string) string { return w.check + term + w.check2 }

func (w wording) confirmed(list string) string {
	if list == "" {
		return w.proceed
	}
	list = w.list + list + w.stop
	if w.lang == "en" {
		list += " "
	}
	return list + w.proceed
}

// summary lists what an intent would be done with, in the order of the schema.
func (t *Tracker) summary(s State, intent string, w wording) string {
	held := t.schema.Effective(s)
	var parts []string
	for i := range t.slots {
		info := &t.slots[i]
		if !concerns(info.full, intent) {
			continue
		}
		cs := held.Of(info.full)
		for _, c := range cs {
			parts = append(parts, w.term(&info.Slot, c.Op, c.Value))
		}
		if v, ok := held.Focused(info.full); ok && !settled(cs) {
			parts = append(parts, w.term(&info.Slot, Eq, v))
		}
	}
	return strings.Join(parts, w.comma)
}

// term words a constraint: "budget: at most 900 yuan".
func (w wording) term(slot *Slot, op Op, value string) string {
	shown := w.dontCare
	if value != DontCare {
		shown = w.ops[op] + shownValue(slot.Type, value, w.lang)
	}
	return slot.label(w.lang) + w.colon + shown
}

// shownValue words a value; one of a list that is not of the script of the
// language by a synonym that is.
func shownValue(typ Type, value, lang string) string {
	f, ok := typ.(Formatter)
	if !ok {
		return value
	}
	shown := f.Format(value, lang)
	e, listed := typ.(*Enum)
	if !listed || shown != value {
		return shown
	}
	for _, o := range e.Values {
		if o.Value == value {
			return ofScript(append([]string{value}, o.Synonyms...), lang)
		}
	}
	return shown
}

// ofScript is the first word that is written as the language is, or the first.
func ofScript(words []string, lang string) string {
	for _, word := range words {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(unicode.Han, r) }) == (lang == "zh") {
			return word
		}
	}
	return words[0]
}

// label is the slot's name for people: itself, or an alias that is written as
// the language is.
func (s *Slot) label(lang string) string {
	name := strings.NewReplacer("_", " ", "-", " ").Replace(s.Name)
	return ofScript(append([]string{name}, s.Aliases...), lang)
}

// ask words the question for a slot at a try.
func (s *Slot) ask(lang string, attempt int, now time.Time, w wording) string {
	q := s.Question(lang, attempt)
	for _, l := range append([]string{"en"}, slices.Sorted(maps.Keys(s.Ask))...) {
		q = cmp.Or(q, s.Question(l, attempt))
	}
	q = cmp.Or(q, w.what+s.label(w.lang)+w.what2)
	if attempt < 2 || len(s.Reprompts[lang]) > 0 {
		return q
	}
	const few, many = 2, 8
	list, all := s.examples(now, w)
	switch {
	case len(list) == 0:
		return q
	case attempt == 2 || !all || len(list) > many:
		return q + w.example + strings.Join(list[:min(few, len(list))], w.or) + w.stop
	}
	return q + w.choices + strings.Join(list, w.comma) + w.stop
}

// examples are values of the slot as a user may give them, and whether these
// are all.
func (s *Slot) examples(now time.Time, w wording) (list []string, all bool) {
	switch typ := s.Type.(type) {
	case *Enum:
		for _, v := range typ.Values {
			list = append(list, shownValue(typ, v.Value, w.lang))
		}
		return list, true
	case *YesNo:
		return []string{w.yes, w.no}, true
	case *Date:
		return []string{w.tomorrow, typ.Format(now.AddDate(0, 0, 2).Format(dateLayout), w.lang)}, false
	case *Clock:
		return []string{typ.Format("10:00", w.lang), typ.Format("19:30", w.lang)}, false
	case *Money:
		return []string{typ.Format("100", w.lang)}, false
	case *Number:
		if typ.Min < typ.Max {
			return []string{typ.Format(plain(typ.Min), w.lang) + w.between + typ.Format(plain(typ.Max), w.lang)}, false
		}
		return []string{typ.Format("2", w.lang)}, false
	}
	return nil, false
}

// plain writes a number as it stands in values.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
