package dst

import (
	"reflect"
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A kind is what sort of values a slot takes, as far as features need to know.
type kind uint8

const (
	kindText kind = iota
	kindName
	kindEnum
	kindYesNo
	kindNumber
	kindMoney
	kindDate
	kindClock
	kindOther
)

func kindOf(info *slotInfo) kind {
	if info.free {
		return kindText
	}
	switch info.Type.(type) {
	case *Gazetteer:
		return kindName
	case *Enum:
		return kindEnum
	case *YesNo:
		return kindYesNo
	case *Number:
		return kindNumber
	case *Money:
		return kindMoney
	case *Date:
		return kindDate
	case *Clock:
		return kindClock
	}
	return kindOther
}

// closedType reports whether the type lists its values.
func closedType(typ Type) bool {
	switch n := typ.(type) {
	case *Enum, *YesNo, *Gazetteer:
		return true
	case *Number:
		return n.Integer && n.Min < n.Max
	}
	return false
}

// maxWords bounds the words of a slot that take part in features.
const maxWords = 8

// learnable fills in what features of the slot are made of.
func (s *slotInfo) learnable(service Service) {
	s.kind = kindOf(s)
	s.closed = closedType(s.Type)
	custom := ""
	if s.kind == kindOther {
		custom = reflect.TypeOf(s.Type).String()
	}
	s.kindSym = sym(s.kind + 1).with(hashString(string(s.Role))).with(hashString(custom))
	for _, name := range append([]string{s.Name}, s.Aliases...) {
		s.name = addWords(s.name, name, maxWords)
	}
	s.all = addWords(slices.Clone(s.name), s.Description, maxWords+2)
	s.known = len(service.Intents) == 0
	for _, intent := range service.Intents {
		_, optional := intent.Optional[s.Name]
		s.needed = s.needed || slices.Contains(intent.Required, s.Name)
		s.known = s.known || s.needed || optional
	}
}

// addWords appends the words of a name or a description that mean something.
func addWords(words []sym, from string, limit int) []sym {
	for _, tok := range text.Tokens(spaced(from)) {
		if tok.Kind == text.Symbol || vague[tok.Text] {
			continue
		}
		if w := hashString(stem(tok.Text)); len(words) < limit && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	return words
}

// spaced takes a name apart: "check_in_date", "checkInDate".
func spaced(name string) string {
	var b strings.Builder
	last := ' '
	for _, r := range name {
		if unicode.IsUpper(r) && unicode.IsLower(last) {
			b.WriteByte(' ')
		}
		if r == '_' || r == '-' {
			r = ' '
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// vague are words that say nothing about a slot.
var vague = set("a an the of for to in on at is are be was it its this that or and with by from user customer whether boolean flag which who whom what has have if as would want like their they them there can will should used use about name")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
