package dst

import (
	"math"
	"strings"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// An Enum is a slot type with a closed list of values. Values and synonyms are
// found folded (case, width and punctuation do not matter), inside Chinese
// without word boundaries, and otherwise between them; the longest wins where
// they overlap. English words are found in the plural and with -ing and -ed,
// and from five letters on with one letter wrong, at a lower score; Chinese ones
// as they are typed in Latin letters (see [Gazetteer]). Two values
// that share a synonym are both reported, on the same span.
//
// The value of a mention is Option.Value as it was given. An Enum must not be
// changed or copied once in use, and is then safe for concurrent use.
type Enum struct {
	Values []Option

	once sync.Once
	lex  *text.Lexicon
	keys map[string]int
}

// An Option is one value of an [Enum].
type Option struct {
	Value    string
	Synonyms []string
	Labels   map[string]string // how to word the value, by language: "en", "zh"
}

// OneOf returns an Enum of values without synonyms.
func OneOf(values ...string) *Enum {
	e := &Enum{Values: make([]Option, len(values))}
	for i, v := range values {
		e.Values[i].Value = v
	}
	return e
}

// Scores of the built-in types. An exact value scores 1.
const (
	scoreInflected = 0.9 // another form of the word
	scoreBare      = 0.6 // right kind of expression, unit or sign missing
	scorePartial   = 0.6 // a part of a name
	scoreWeak      = 0.3 // more often something else
)

const enumMinTypo = 5

func (e *Enum) compile() {
	e.keys = make(map[string]int, len(e.Values))
	var terms []text.Term
	for i, o := range e.Values {
		for _, s := range o.spellings() {
			if k := text.Key(s); k != "" {
				if _, ok := e.keys[k]; !ok {
					e.keys[k] = i
				}
				terms = append(terms, text.Term{Text: s, ID: int32(i), Score: 1})
			}
		}
	}
	latin := pinyinReader{}
	for i, o := range e.Values {
		for _, s := range o.otherWords() {
			if _, taken := e.keys[text.Key(s)]; !taken {
				terms = append(terms, text.Term{Text: s, ID: int32(i), Score: scoreInflected})
			}
		}
		for _, s := range o.spellings() {
			for _, f := range enumInflected(s) {
				terms = append(terms, text.Term{Text: f, ID: int32(i), Score: scoreInflected})
			}
			terms = append(terms, latin.terms(s, int32(i), 1)...)
		}
	}
	e.lex = text.NewLexicon(terms, enumMinTypo)
}

func (o Option) spellings() []string {
	out := make([]string, 0, 1+len(o.Synonyms)+len(o.Labels))
	out = append(out, o.Value)
	out = append(out, o.Synonyms...)
	for _, lang := range []string{"en", "zh"} {
		if l := o.Labels[lang]; l != "" {
			out = append(out, l)
		}
	}
	return out
}

// enumInflected varies the last word of a spelling, and the first of two.
func enumInflected(s string) []string {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 4 {
		return nil
	}
	var out []string
	last := len(words) - 1
	head := strings.Join(words[:last], " ")
	for _, f := range text.Inflections(words[last]) {
		out = append(out, strings.TrimSpace(head+" "+f))
	}
	if last == 1 {
		for _, f := range text.Inflections(words[0]) {
			out = append(out, f+" "+words[1])
		}
	}
	return out
}

// Find implements [Type].
func (e *Enum) Find(t *Text) []Mention {
	e.once.Do(e.compile)
	return lexiconMentions(t, e.lex, func(id int32) string { return e.Values[id].Value })
}

func lexiconMentions(t *Text, lex *text.Lexicon, value func(int32) string) []Mention {
	found := lex.Find(t.tokens)
	if len(found) == 0 {
		return nil
	}
	out := make([]Mention, len(found))
	for i, m := range found {
		out[i] = t.mention(m.First, m.Last, value(m.ID), math.Round(float64(m.Score)*100)/100)
	}
	return out
}

// Parse implements [Parser]: it accepts a value, synonym or label and returns
// the value.
func (e *Enum) Parse(value string, _ time.Time) (string, bool) {
	e.once.Do(e.compile)
	i, ok := e.keys[text.Key(value)]
	if !ok {
		return "", false
	}
	return e.Values[i].Value, true
}

// Format implements [Formatter]: it returns the label of the value in lang, or
// the value itself.
func (e *Enum) Format(value, lang string) string {
	e.once.Do(e.compile)
	if i, ok := e.keys[text.Key(value)]; ok {
		if l := e.Values[i].Labels[lang]; l != "" {
			return l
		}
		return e.Values[i].Value
	}
	return value
}
