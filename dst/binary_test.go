package dst

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sizeOfJSON is what binary forms are compared with.
func sizeOfJSON(t rapid.TB, s State) int {
	t.Helper()
	b, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	return len(b)
}

// comesBack fails unless the state survives its binary form, which it returns.
func comesBack(t rapid.TB, s State) []byte {
	t.Helper()
	b, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back State
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatalf("%+v as %x: %v", s, b, err)
	}
	if !reflect.DeepEqual(back, s) {
		t.Fatalf("came back as %+v, was %+v", back, s)
	}
	return b
}

func TestBinaryOfRealStates(t *testing.T) {
	for lang := range orderTalks {
		s := orderState(t, lang)
		slots := map[string]bool{}
		for _, c := range s.Constraints {
			slots[c.Slot] = true
		}
		b := comesBack(t, s)
		t.Logf("%s: %d slots, %d bytes, JSON %d", lang, len(slots), len(b), sizeOfJSON(t, s))
		if len(slots) < 10 || len(b) > 600 {
			t.Errorf("%s: %d slots, %d bytes; want ten slots at least in 600 bytes at most: %+v", lang, len(slots), len(b), s)
		}
	}
}

// distinct fills all exported fields below v with values that all differ. A
// field of a kind that it cannot fill fails the test.
func distinct(t *testing.T, v reflect.Value, n *int) {
	t.Helper()
	*n++
	switch v.Kind() {
	case reflect.String:
		v.SetString("text " + strings.Repeat("x", *n%7) + string(rune('a'+*n%26)) + string(rune(0x4e00+*n)))
	case reflect.Int:
		v.SetInt(int64(*n))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(1 / float64(*n+2))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 3, 3))
		for i := range 3 {
			distinct(t, v.Index(i), n)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			distinct(t, v.Field(i), n)
		}
	default:
		t.Fatalf("a field of type %s: let the binary form and this test have it", v.Type())
	}
}

// Whoever adds a field to a state has to write and read it, in a new version of
// the binary form.
func TestBinaryHasEveryField(t *testing.T) {
	var s State
	n := 0
	distinct(t, reflect.ValueOf(&s).Elem(), &n)
	comesBack(t, s)
	eachField(reflect.TypeFor[State](), nil, func(path []int) { // and each alone
		var one State
		n := 0
		distinct(t, fieldOf(reflect.ValueOf(&one).Elem(), path), &n)
		comesBack(t, one)
	})
}

// eachField visits the fields of a type and of those within, whose slices are
// steps of the path too.
func eachField(typ reflect.Type, path []int, visit func([]int)) {
	for typ.Kind() == reflect.Slice {
		typ = typ.Elem()
	}
	if typ.Kind() != reflect.Struct {
		return
	}
	for i := range typ.NumField() {
		at := append(path[:len(path):len(path)], i)
		visit(at)
		eachField(typ.Field(i).Type, at, visit)
	}
}

// fieldOf makes the field at a path, in slices of one.
func fieldOf(v reflect.Value, path []int) reflect.Value {
	for _, i := range path {
		if v.Kind() == reflect.Slice {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			v = v.Index(0)
		}
		v = v.Field(i)
	}
	return v
}

func TestBinaryHolds(t *testing.T) {
	text := rapid.OneOf(rapid.SampledFrom([]string{"", "a", "en", "dontcare", "S.a", "\xff", "价格"}), rapid.String())
	number := rapid.OneOf(rapid.IntRange(-3, 300), rapid.SampledFrom([]int{math.MaxInt, math.MinInt}))
	rapid.Check(t, func(t *rapid.T) {
		s := flow(t)
		b := comesBack(t, s)
		if j := sizeOfJSON(t, s); len(b) > j && len(s.Constraints) > 0 {
			t.Fatalf("%d bytes, JSON %d: %+v", len(b), j, s)
		}
		s.Turn, s.Lang, s.Move = number.Draw(t, "turn"), text.Draw(t, "lang"), Kind(text.Draw(t, "move"))
		for i := range s.Constraints {
			s.Constraints[i].Evidence = Evidence{number.Draw(t, "turn"), Source(text.Draw(t, "source")), number.Draw(t, "start"), number.Draw(t, "end"),
				text.Draw(t, "text"), text.Draw(t, "from"), text.Draw(t, "via"), rapid.OneOf(rapid.SampledFrom([]float64{0, 1, 0.001, 0.5, -1}), rapid.Float64()).Draw(t, "p")}
		}
		for range rapid.IntRange(0, 300).Draw(t, "told") {
			s.Told = append(s.Told, Told{text.Draw(t, "slot"), text.Draw(t, "value"), text.Draw(t, "text")})
		}
		s.Notes = append(s.Notes, Act{Kind(text.Draw(t, "kind")), text.Draw(t, "slot"), Op(text.Draw(t, "op")), text.Draw(t, "value")})
		comesBack(t, s)
	})
}

// Empty lists become nil, as in JSON.
func TestBinaryOfEmptyLists(t *testing.T) {
	s := State{Turn: 1, Intents: []string{}, Constraints: []Constraint{}, System: []Act{}, Past: []Step{{Turn: 1, Held: []Constraint{}}}}
	b, err := s.AppendBinary([]byte("before"))
	if err != nil || !strings.HasPrefix(string(b), "before") {
		t.Fatalf("%q, %v", b, err)
	}
	var back, json1 State
	if err := back.UnmarshalBinary(b[len("before"):]); err != nil {
		t.Fatal(err)
	}
	j, err := json.Marshal(s)
	if err != nil || json.Unmarshal(j, &json1) != nil || !reflect.DeepEqual(back, json1) {
		t.Errorf("%+v, JSON %+v, %v", back, json1, err)
	}
}

// version1 has all that version 1 tells apart.
var version1 = State{
	Turn: 300, Lang: "fr", Intents: []string{"Hotels.Find", "Hotels.Reserve"}, Requested: []string{"Hotels.phone"}, Move: Repeat,
	Constraints: []Constraint{
		{"Hotels.area", Eq, "north", false, Evidence{Turn: 2, Source: Span, Start: 7, End: 12, Text: "North", P: 0.873}},
		{"Hotels.area", Eq, "south", true, Evidence{}},
		{"Hotels.nights", Ge, "3", false, Evidence{Turn: 299, Source: System, From: "confirm Hotels.nights>=3", P: 1}},
		{"Hotels.nights", "<>", "9", true, Evidence{Source: Carry, Start: 5, End: 2, From: "Taxi.nights", P: 1. / 3}},
		{"价格", Around, "三百", false, Evidence{Turn: 3, Source: "guess", Text: "三百", Via: "audio"}},
	},
	System:       []Act{{Confirm, "Hotels.nights", Ge, "3"}, {Confirm, "Hotels.Reserve", "", ""}, {Offer, "Hotels.name", Eq, "Grand"}, {Kind: Greet}, {"sing", "song", "<>", ""}},
	Asked:        []string{"Hotels.area", "Hotels.nights"},
	Offered:      []Choice{{"Hotels.name", "Grand"}, {"Hotels.name", "Acorn House"}},
	Focus:        []Choice{{"Hotels.name", "Grand"}},
	Told:         []Told{{"Hotels.phone", "0123", ""}, {"Hotels.price", "79", "79元"}},
	Pending:      Pending{Act: Act{Kind: Ask, Slot: "Hotels.area"}, Tries: 2, Turn: 1, Heard: true},
	Confirmation: Confirmation{Intent: "Hotels.Reserve", Values: "0123456789abcdef", Answer: Deny},
	Past: []Step{
		{Turn: 1, Slots: []string{"Hotels.area"}, Held: []Constraint{{"Hotels.area", Ne, "west", false, Evidence{Turn: 1, Source: Outside, P: 1}}}},
		{Turn: 2, Opened: true, Intents: []string{"Hotels.Find"}, Moved: true, Focus: []Choice{{"Hotels.name", "Grand"}}},
	},
	Notes: []Act{{Inform, "help.step", Eq, "restart"}},
}

// What version 1 wrote stays readable, and says what it said.
func TestBinaryVersion1(t *testing.T) {
	file, err := os.ReadFile("testdata/state.v1.hex")
	if err != nil {
		t.Fatal(err)
	}
	b, err := hex.DecodeString(strings.Join(strings.Fields(string(file)), ""))
	if err != nil {
		t.Fatal(err)
	}
	var s State
	if err := s.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(s, version1) {
		t.Errorf("version 1 says %+v, %v; want %+v", s, err, version1)
	}
	if now, err := version1.MarshalBinary(); stateFormat == 1 && (err != nil || !slices.Equal(now, b)) {
		t.Errorf("it is written as %x, %v; a form that differs needs a new version", now, err)
	}
	for n := range b {
		if err := s.UnmarshalBinary(b[:n]); err == nil || errors.Is(err, ErrNewerFormat) {
			t.Errorf("the first %d bytes: %v", n, err)
		}
	}
}

func TestBinaryRefuses(t *testing.T) {
	good := comesBack(t, version1)
	with := func(at int, c byte) []byte {
		b := slices.Clone(good)
		b[at] = c
		return b
	}
	huge := []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01}
	for _, c := range []struct {
		name string
		b    []byte
		want string
	}{
		{"nothing", nil, "no bytes"},
		{"JSON", []byte(`{"turn":1}`), "json.Unmarshal"},
		{"version 0", with(0, 0), "damaged"},
		{"more", append(slices.Clone(good), 0), "more bytes follow"},
		{"a long list", slices.Concat([]byte{1}, huge, make([]byte, 100)), "too few bytes"},
		{"room that is not used", slices.Concat([]byte{1, 1}, make([]byte, 30)), "shorter"},
		{"a number of ten bytes", slices.Concat([]byte{1, 0, 0, 0, 0, 0}, huge[:9], []byte{2}, make([]byte, 30)), "too large"},
		{"a bit without meaning", slices.Concat([]byte{1, 0, 0, 0, 0, 0x80}, make([]byte, 30)), "the bits"},
		{"a text that did not come", slices.Concat([]byte{1, 1, 0, 0, 0, 0, 0, 1, 9}, make([]byte, 30)), "text 4 of 0"},
		{"a text without end", slices.Concat([]byte{1, 1, 0, 0, 0, 0, 0, 1}, huge, make([]byte, 30)), "text"},
		{"a code without meaning", slices.Concat([]byte{1, 0, 0, 0, 0, hasMove, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30}), "stands for nothing"},
	} {
		s := State{Turn: 7}
		err := s.UnmarshalBinary(c.b)
		if err == nil || !strings.Contains(err.Error(), c.want) || errors.Is(err, ErrNewerFormat) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
		if !reflect.DeepEqual(s, State{Turn: 7}) {
			t.Errorf("%s: the state became %+v", c.name, s)
		}
	}
	if err := new(State).UnmarshalBinary(with(0, stateFormat+1)); !errors.Is(err, ErrNewerFormat) || !strings.Contains(err.Error(), "upgrade") {
		t.Errorf("a newer version: %v", err)
	}
}

// States are stored with the digest of what was to be confirmed: it must not change.
func TestDigestOfValuesStays(t *testing.T) {
	if got, want := version1.values("Hotels.Reserve"), "708a50c8ad0a633a"; got != want {
		t.Errorf("the digest is %s, was %s", got, want)
	}
}
