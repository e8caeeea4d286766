package kg

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A Kind is the class of a [Value].
type Kind uint8

const (
	None   Kind = iota // the zero Value, which is in no fact
	Thing              // a reference to another thing, by its id
	String             // text
	Number             // a float64 with an optional unit
	Truth              // true or false
	Moment             // a point in time
)

// The kinds from here on are terms that only cayley's quads know; readers of
// facts see them as one of the kinds above (see Value.plain).
const (
	integer   Kind = iota + Moment + 1 // a quad.Int; text is its digits where num is not exact
	clock                              // a quad.Time
	langText                           // a quad.LangString: text is the value, from aux on the language
	typedText                          // a quad.TypedString: text is the value, from aux on the type
	oddFloat                           // a quad.Float that is no number of ours, in words
)

var kindNames = [...]string{"none", "ref", "text", "number", "bool", "time"}

func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return "Kind(" + strconv.Itoa(int(k)) + ")"
}

// A Value is the object of a [Fact]: a reference to a thing, a text, a number
// with an optional unit, a truth value or a time. Values are comparable with ==
// and usable as map keys; == is identity, so 8 GB and 8192 MB differ under it,
// while the conditions of a [Query] hold them equal. The zero Value is none of
// these, and no fact may hold it.
type Value struct {
	text string  // id, text, or canonical unit
	num  float64 // the number, 1 for true, or the Unix seconds of a time
	aux  uint32  // the nanoseconds within the second of a time
	kind Kind
}

// Ref returns a reference to the thing with the given id.
func Ref(id string) Value { return Value{kind: Thing, text: id} }

// Text returns a text value.
func Text(s string) Value { return Value{kind: String, text: s} }

// Num returns a number in a unit, or without one where unit is "". Known units
// are brought to one spelling ("元" and "RMB" become "CNY", "公斤" becomes
// "kg"); others are kept as given.
func Num(n float64, unit string) Value {
	return Value{kind: Number, num: n + 0, text: canonicalUnit(unit)} // +0 turns -0 into 0
}

// Bool returns a truth value.
func Bool(b bool) Value {
	v := Value{kind: Truth}
	if b {
		v.num = 1
	}
	return v
}

// Time returns a point in time, kept to the nanosecond and without its zone.
func Time(t time.Time) Value {
	return Value{kind: Moment, num: float64(t.Unix()), aux: uint32(t.Nanosecond())}
}

// Kind returns the class of v.
func (v Value) Kind() Kind { return v.kind }

// IsRef reports whether v refers to a thing.
func (v Value) IsRef() bool { return v.kind == Thing }

// ID returns the id that v refers to, and false where v is no reference.
func (v Value) ID() (string, bool) {
	if v.kind != Thing {
		return "", false
	}
	return v.text, true
}

// Text returns the text that v holds, and false where v is no text.
func (v Value) Text() (string, bool) {
	if v.kind != String {
		return "", false
	}
	return v.text, true
}

// Number returns the number and its unit, and false where v is no number.
func (v Value) Number() (n float64, unit string, ok bool) {
	if v.kind != Number {
		return 0, "", false
	}
	return v.num, v.text, true
}

// Bool returns the truth value, and false for ok where v holds none.
func (v Value) Bool() (b, ok bool) { return v.num == 1 && v.kind == Truth, v.kind == Truth }

// Time returns the time in UTC, and false where v is no time.
func (v Value) Time() (time.Time, bool) {
	if v.kind != Moment {
		return time.Time{}, false
	}
	return time.Unix(int64(v.num), int64(v.aux)).UTC(), true
}

// String words v for people: the id or text itself, "4999 CNY", "true", or a
// time in the form of RFC 3339. It does not tell a text from a reference; the
// JSON form does.
func (v Value) String() string {
	switch v.kind {
	case Thing, String:
		return v.text
	case Number:
		if v.text == "" {
			return formatFloat(v.num)
		}
		return formatFloat(v.num) + " " + v.text
	case Truth:
		return strconv.FormatBool(v.num == 1)
	case Moment:
		t, _ := v.Time()
		return t.Format(time.RFC3339Nano)
	}
	return ""
}

func formatFloat(f float64) string {
	if a := math.Abs(f); a != 0 && (a >= 1e15 || a < 1e-6) {
		return strconv.FormatFloat(f, 'g', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}

type valueJSON struct {
	Ref    *string  `json:"ref,omitempty"`
	Number *float64 `json:"number,omitempty"`
	Unit   string   `json:"unit,omitempty"`
	Time   string   `json:"time,omitempty"`
}

// MarshalJSON writes a text as a JSON string, a number without unit as a JSON
// number, a truth value as true or false, and the others as
// {"ref":"p1"}, {"number":8,"unit":"GB"} and {"time":"2026-01-02T15:04:05Z"}.
func (v Value) MarshalJSON() ([]byte, error) {
	switch v.kind {
	case Thing:
		return json.Marshal(valueJSON{Ref: &v.text})
	case String:
		return json.Marshal(v.text)
	case Number:
		if v.text == "" {
			return json.Marshal(v.num)
		}
		return json.Marshal(valueJSON{Number: &v.num, Unit: v.text})
	case Truth:
		return json.Marshal(v.num == 1)
	case Moment:
		return json.Marshal(valueJSON{Time: v.String()})
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (v *Value) UnmarshalJSON(data []byte) error {
	var raw any
	if err := json.Unmarshal(data, &raw); err != nil {
		return fmt.Errorf("kg: read value: %w", err)
	}
	switch x := raw.(type) {
	case nil:
		*v = Value{}
		return nil
	case string:
		*v = Text(x)
		return nil
	case float64:
		*v = Num(x, "")
		return nil
	case bool:
		*v = Bool(x)
		return nil
	}
	return v.unmarshalObject(data)
}

func (v *Value) unmarshalObject(data []byte) error {
	var o valueJSON
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields() // a misspelt unit would be lost
	if err := d.Decode(&o); err != nil {
		return fmt.Errorf("kg: read value %s: %w", clip(string(data)), err)
	}
	switch {
	case o.Ref != nil && o.Number == nil && o.Time == "" && o.Unit == "":
		*v = Ref(*o.Ref)
	case o.Number != nil && o.Ref == nil && o.Time == "":
		*v = Num(*o.Number, o.Unit)
	case o.Time != "" && o.Ref == nil && o.Unit == "":
		t, err := time.Parse(time.RFC3339Nano, o.Time)
		if err != nil {
			return fmt.Errorf("kg: read value: %w", err)
		}
		*v = Time(t)
	default:
		return fmt.Errorf("kg: read value %s: want a string, a number, true, false, or an object with one of ref, number (and unit) or time", clip(string(data)))
	}
	return nil
}

// check reports why v cannot be the object of a fact.
func (v Value) check() error {
	switch v.kind {
	case None:
		return fmt.Errorf("empty value; use Ref, Text, Num, Bool or Time")
	case Thing:
		if v.text == "" {
			return fmt.Errorf("reference to an empty id")
		}
	case Number:
		if math.IsNaN(v.num) || math.IsInf(v.num, 0) {
			return fmt.Errorf("%v is not a finite number", v.num)
		}
	case Moment:
		if t, _ := v.Time(); t.Year() < 1 || t.Year() > 9999 {
			return fmt.Errorf("year %d is outside 1 to 9999", t.Year())
		}
	}
	if !utf8.ValidString(v.text) {
		return fmt.Errorf("%q is not valid UTF-8", clip(v.text))
	}
	return nil
}

// equal is the equality of conditions: identity, but for numbers, which are
// converted to one unit.
func equal(a, b Value) bool {
	if a.kind == Number && b.kind == Number {
		c, ok := compareNumbers(a, b)
		return ok && c == 0
	}
	return a == b
}

// compare orders two values as the conditions Lt to Ge do: numbers in units
// that convert into each other, times, and texts by their bytes. It reports
// false for values that have no order between them.
func compare(a, b Value) (int, bool) {
	if a.kind != b.kind {
		return 0, false
	}
	switch a.kind {
	case Number:
		return compareNumbers(a, b)
	case Moment:
		return cmp.Or(cmp.Compare(a.num, b.num), cmp.Compare(a.aux, b.aux)), true
	case String:
		return strings.Compare(a.text, b.text), true
	}
	return 0, false
}

// rank is a total order over all values: numbers by dimension, then size in
// its base unit; then times, texts, references and truth values. Values that
// are not identical never compare as 0.
func rank(a, b Value) int {
	return cmp.Or(rankSize(a, b), strings.Compare(a.text, b.text), cmp.Compare(a.num, b.num))
}

// rankSize is rank without a difference between 8 GB and 8192 MB.
func rankSize(a, b Value) int {
	if a.kind != b.kind {
		return cmp.Compare(kindRank[a.kind], kindRank[b.kind])
	}
	if a.kind == Number {
		ua, ub := unitOf(a.text), unitOf(b.text)
		return cmp.Or(strings.Compare(ua.dimension, ub.dimension), cmp.Compare(a.num*ua.factor, b.num*ub.factor))
	}
	return cmp.Or(cmp.Compare(a.num, b.num), cmp.Compare(a.aux, b.aux), strings.Compare(a.text, b.text))
}

var kindRank = [...]int{Number: 0, Moment: 1, String: 2, Thing: 3, Truth: 4, None: 5}

func clip(s string) string {
	const most = 60
	if len(s) <= most {
		return s
	}
	cut := most
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}
