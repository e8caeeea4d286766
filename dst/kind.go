package dst

import (
	"fmt"
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

// typeKey is equal for types that find the same values. It reports false for
// one that cannot be compared.
func typeKey(typ Type) (any, bool) {
	switch n := typ.(type) {
	case *Date:
		return *n, reflect.TypeFor[Date]().Comparable()
	case *Clock:
		return *n, reflect.TypeFor[Clock]().Comparable()
	case *YesNo:
		return *n, true
	case *Enum:
		return fmt.Sprint(n.Values), true
	case *Number:
		if len(n.Units) == 0 && len(n.Words) == 0 {
			return [5]any{"number", n.Unit, n.Min, n.Max, n.Integer}, true
		}
	}
	return typ, reflect.ValueOf(typ).Comparable()
}

// maxWords bounds the words of a slot that take part in features.
const maxWords = 8

// learnable fills in what features of the slot are made of.
func (s *slotInfo) learnable(service Service) {
	s.kind = kindOf(s)
	s.closed = closed(s.Type)
	s.listed = s.closed || s.kind == kindName
	custom := ""
	if s.kind == kindOther {
		custom = reflect.TypeOf(s.Type).String()
	}
	s.kindSym = sym(s.kind + 1).with(hashString(string(s.Role))).with(hashString(custom))
	for _, name := range append([]string{s.Name}, s.Aliases...) {
		s.name = addWords(s.name, name, maxWords)
	}
	for _, w := range addWords(nil, s.Name, maxWords) {
		s.last = w
	}
	words := s.name
	s.name = addClasses(words)
	for _, c := range s.name[len(words):] {
		if c == classPlace || c == classPeople {
			s.class = append(s.class, c)
		}
	}
	s.paired = s.kind == kindDate && (slices.Contains(s.name, classLeave) || slices.Contains(s.name, classArrive) || slices.Contains(s.name, hashString("check")))
	s.all = addWords(slices.Clone(s.name), s.Description, len(s.name)+maxWords/2)
	s.own = ownWords(s.spoken())
	s.thing = addWords(nil, service.Name+" "+strings.Join(service.Aliases, " ")+" "+service.Description, maxWords+2)
	s.lengthy = s.free && isLengthy(s.Name)
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

// classes are words of slot names that mean much the same in different
// services: what is learned of one serves the others.
var classes = func() map[sym][]sym {
	m := map[sym][]sym{}
	for _, row := range [][2]string{
		{"people", "people person guest seat passenger traveler traveller rider adult party group attendee ticket diner occupant visitor pax headcount"},
		{"place", "city location area destination origin place town where region address neighborhood neighbourhood locality venue"},
		{"leave", "origin from departure depart leaving pickup source start starting outbound checkin"},
		{"arrive", "destination to arrival arrive dropoff end ending return returning inbound checkout"},
		{"sort", "category genre type kind cuisine subcategory style class"},
		{"who", "actor director artist recipient starring cast singer author stylist doctor dentist therapist payee contact"},
		{"title", "title name song movie album track event film"},
	} {
		for w := range set(row[1]) {
			w := hashString(stem(w))
			m[w] = append(m[w], hashString("class "+row[0]))
		}
	}
	return m
}()

// Classes that rules know too.
var (
	classPlace  = hashString("class place")
	classPeople = hashString("class people")
	classLeave  = hashString("class leave")
	classArrive = hashString("class arrive")
	wordName    = hashString(stem("name"))
)

// addClasses appends the classes of the words. What is called a name of a place
// is no place.
func addClasses(words []sym) []sym {
	named := slices.Contains(words, wordName)
	for _, w := range words {
		for _, c := range classes[w] {
			if !slices.Contains(words, c) && !(named && c == classPlace) {
				words = append(words, c)
			}
		}
	}
	return words
}

// lengthy are words of slots whose values are sentences: a part of one is none.
var lengthy = set("address note notes comment comments message reason request feedback complaint description text remark remarks details instructions question 地址 备注 留言 原因 描述 说明 要求 意见 反馈 内容 详情")

// isLengthy reports whether the slot takes whole sentences.
func isLengthy(name string) bool {
	for word := range strings.FieldsSeq(spaced(name)) {
		if lengthy[strings.ToLower(word)] {
			return true
		}
	}
	return false
}

// asking are words of questions, which aliases such as "how much" have.
var asking = set("how much many long big far old when where")

// ownWords are the words of the names that say what is measured, and not how:
// of "number_of_rooms" the rooms. Chinese has no words that could be told
// apart from characters, and what is as short as "g" is a unit.
func ownWords(names []string) []sym {
	var out []sym
	for _, name := range names {
		for _, tok := range text.Tokens(spaced(name)) {
			if w := hashString(stem(tok.Text)); tok.Kind == text.Word && len(tok.Text) > 2 && !vague[tok.Text] && !asking[tok.Text] && !generic[w] && !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

var generic = func() map[sym]bool {
	m := map[sym]bool{}
	for w := range kindWords {
		m[hashString(stem(w))] = true
	}
	for w := range set("type kind number total id code value level status name") {
		m[hashString(stem(w))] = true
	}
	for w := range set("day days night nights people guest seat room passenger rating price fare rent budget") {
		delete(m, hashString(stem(w)))
	}
	return m
}()

// vague are words that say nothing about a slot.
var vague = set("a an the of for to in on at is are be was it its this that or and with by from user customer whether boolean flag which who whom what has have if as would want like their they them there can will should used use about name")

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
