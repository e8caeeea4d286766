package dsttest

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// A Sampler is a slot type that says values for a simulated user: words for
// one of its values, in "en" or "zh". The built-in types need none; a type of
// your own may implement it, or its values are given in [SimOptions.Values].
type Sampler interface {
	Sample(r *rand.Rand, lang string) string
}

// A sample is a value with words for it.
type sample struct {
	value string // canonical
	words string
}

// sampler makes values for the slots of one simulation.
type sampler struct {
	now    time.Time // zero: no relative dates
	values map[string][]string
}

// sample invents a value of a slot. It reports false where none is known.
func (v *sampler) sample(r *rand.Rand, slot dst.Slot, full, lang string) (sample, bool) {
	for range 8 { // some words may not be those of one value
		words := v.words(r, slot, full, lang)
		if words == "" {
			return sample{}, false
		}
		p, parses := slot.Type.(dst.Parser)
		if !parses {
			return sample{words, words}, true
		}
		if value, ok := p.Parse(words, v.clock()); ok {
			return sample{value, words}, true
		}
	}
	return sample{}, false
}

// clock is the time in which words are read.
func (v *sampler) clock() time.Time {
	if v.now.IsZero() {
		return time.Date(2027, 1, 1, 9, 0, 0, 0, time.UTC)
	}
	return v.now
}

// words are those of some value of the slot.
func (v *sampler) words(r *rand.Rand, slot dst.Slot, full, lang string) string {
	if list := v.values[full]; len(list) > 0 {
		return pick(r, inLang(list, lang))
	}
	if s, ok := slot.Type.(Sampler); ok {
		return s.Sample(r, lang)
	}
	switch t := base(slot.Type).(type) {
	case nil:
		return invented(r, slot.Name, lang)
	case *dst.Enum:
		return enumWords(r, t, lang)
	case *dst.YesNo:
		return pick(r, []string{"yes", "no"})
	case *dst.Number:
		return t.Format(numberValue(r, t), lang)
	case *dst.Money:
		return t.Format(strconv.Itoa([]int{5, 10, 50, 100, 500}[r.IntN(5)]*(1+r.IntN(19))), lang)
	case *dst.Date:
		return v.day(r, t, lang)
	case *dst.Clock:
		return t.Format(fmt.Sprintf("%02d:%02d", 8+r.IntN(14), 15*r.IntN(4)), lang)
	case *dst.FreeText:
		if t.Pattern != nil {
			return fromPattern(r, t.Pattern.String())
		}
		return invented(r, slot.Name, lang)
	}
	return probe(r, slot.Type, lang, v.clock())
}

// base unwraps a type of the user's that embeds a built-in one.
func base(typ dst.Type) dst.Type {
	v := reflect.ValueOf(typ)
	if v.Kind() == reflect.Pointer && !v.IsNil() {
		v = v.Elem()
	}
	if v.Kind() != reflect.Struct || v.Type().PkgPath() == reflect.TypeFor[dst.State]().PkgPath() {
		return typ
	}
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Anonymous && f.IsExported() {
			if inner, ok := v.Field(i).Interface().(dst.Type); ok {
				return base(inner)
			}
		}
	}
	return typ
}

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// chinese reports whether a text has Chinese characters.
func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// inLang keeps the words of a language, or all where there are none of it.
func inLang(words []string, lang string) []string {
	out := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" || chinese(w) != (lang == "zh") })
	if len(out) == 0 {
		return words
	}
	return out
}

func enumWords(r *rand.Rand, e *dst.Enum, lang string) string {
	if len(e.Values) == 0 {
		return ""
	}
	o := pick(r, e.Values)
	words := append([]string{o.Value}, o.Synonyms...)
	if label := o.Labels[lang]; label != "" {
		words = append(words, label)
	}
	return pick(r, inLang(words, lang))
}

// numberValue is a number that the slot allows: a whole one, unless its bounds
// lie too close together.
func numberValue(r *rand.Rand, n *dst.Number) string {
	low, high := 1.0, 20.0
	if n.Min < n.Max {
		low, high = n.Min, min(n.Max, n.Min+100)
	}
	if high-low < 8 && !n.Integer {
		return strconv.FormatFloat(low+float64(r.IntN(int((high-low)*2)+1))/2, 'f', -1, 64)
	}
	return strconv.Itoa(int(low) + r.IntN(int(high-low)+1))
}

// day is a day within two months from now.
func (v *sampler) day(r *rand.Rand, d *dst.Date, lang string) string {
	n := 1 + r.IntN(60)
	near := map[string][]string{"en": {"today", "tomorrow", "the day after tomorrow"}, "zh": {"今天", "明天", "后天"}}[lang]
	if !v.now.IsZero() && r.IntN(3) == 0 {
		return pick(r, near)
	}
	at := v.clock().AddDate(0, 0, n)
	if r.IntN(4) == 0 {
		return at.Format(time.DateOnly)
	}
	return d.Format(at.Format(time.DateOnly), lang)
}

var (
	givenNames = []string{"Ada", "Tom", "Maria", "Kwame", "Ingrid", "Ravi", "Lucy", "Omar", "Nina", "Paul"}
	lastNames  = []string{"Brook", "Keller", "Moreau", "Tanaka", "Okafor", "Lindqvist", "Novak", "Reyes", "Walsh", "Iyer"}
	streets    = []string{"Mill Lane", "Harbour Street", "Orchard Road", "Castle Hill", "Linden Avenue"}
	cities     = []string{"Northfield", "Port Alma", "Westbury", "Lakeside", "San Marino", "Oakdale"}
	namesZH    = []string{"王小明", "李静", "张伟", "陈晓燕", "刘洋", "赵敏", "周杰", "吴芳"}
	streetsZH  = []string{"中山路12号", "人民路88号3楼", "解放大道5号", "长安街7号", "建设路21号"}
	citiesZH   = []string{"青山镇", "临江市", "白石县", "东湖区"}
)

// invented is a text for a slot that takes any: an address, a place or a name,
// as the slot is called.
func invented(r *rand.Rand, name, lang string) string {
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(strings.ToLower(name), w) })
	}
	address, place := has("address", "street", "地址", "住址"), has("city", "town", "place", "location", "origin", "destination", "area", "城市", "地点", "地")
	switch {
	case has("phone", "电话"):
		return fmt.Sprintf("202-555-%04d", 100+r.IntN(100)) // numbers kept for fiction
	case has("warranty", "guarantee", "保修", "质保"):
		return pick(r, map[string][]string{"en": {"12 months", "two years"}, "zh": {"一年", "两年"}}[lang])
	case lang == "zh" && address:
		return pick(r, streetsZH)
	case lang == "zh" && place:
		return pick(r, citiesZH)
	case lang == "zh":
		return pick(r, namesZH)
	case address:
		return fmt.Sprintf("%d %s", 1+r.IntN(120), pick(r, streets))
	case place:
		return pick(r, cities)
	}
	return pick(r, givenNames) + " " + pick(r, lastNames)
}

// probes are texts of many kinds. A type whose values nothing else tells is
// asked which of them it takes.
var probes = []string{
	"ada.brook@example.com", "info@example.org", "t.keller@example.net", "+1 202 555 0143", "202-555-0187", "13912345678", "010-62345678",
	"2 hours", "90 minutes", "3 days", "a week", "两个小时", "三天", "半年", "一个半小时", "45分钟", "10%", "三成", "25 percent",
	"11010519491231002X", "440524188001010014", "京A12345", "沪B67890", "EU 42", "XL", "M", "100000", "10115", "SW1A 1AA", "94110",
	"SF1234567890123", "https://example.com/a", "20 km", "5公里", "10 kg", "2斤", "CA1234", "MU5101", "G123", "room 12", "18°C", "37 degrees",
	"2026-11-24 15:00", "tomorrow at 3pm", "明天下午三点", "monday", "周一", "blue", "north", "1", "2", "3",
}

// probe finds a text that is one mention of the type.
func probe(r *rand.Rand, typ dst.Type, lang string, now time.Time) string {
	var fits []string
	for _, text := range probes {
		for _, m := range typ.Find(dst.NewText(text, now)) {
			if m.Start == 0 && m.End == len(text) && m.To == "" && m.Score >= 0.5 {
				fits = append(fits, text)
				break
			}
		}
	}
	if len(fits) == 0 {
		return ""
	}
	return pick(r, inLang(fits, lang))
}

// fromPattern makes a text that a regular expression matches, "" where the
// expression is malformed.
func fromPattern(r *rand.Rand, pattern string) string {
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return ""
	}
	var b strings.Builder
	writePattern(r, re.Simplify(), &b)
	return strings.TrimSpace(b.String())
}

func writePattern(r *rand.Rand, re *syntax.Regexp, b *strings.Builder) {
	times := 1
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
		return
	case syntax.OpCharClass:
		b.WriteRune(classRune(r, re.Rune))
		return
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteByte("abcdefgh"[r.IntN(8)])
		return
	case syntax.OpAlternate:
		writePattern(r, pick(r, re.Sub), b)
		return
	case syntax.OpStar, syntax.OpQuest:
		times = r.IntN(2)
	case syntax.OpPlus:
		times = 1 + r.IntN(3)
	}
	for range times {
		for _, sub := range re.Sub {
			writePattern(r, sub, b)
		}
	}
}

// classRune takes a rune of a class, an ASCII letter or digit where it has any.
func classRune(r *rand.Rand, class []rune) rune {
	var plain []rune
	for i := 0; i+1 < len(class); i += 2 {
		for c := class[i]; c <= class[i+1] && c < unicode.MaxASCII; c++ {
			if unicode.IsLetter(c) || unicode.IsDigit(c) {
				plain = append(plain, c)
			}
		}
	}
	if len(plain) > 0 {
		return pick(r, plain)
	}
	return class[0]
}
