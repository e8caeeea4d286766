package dst

import (
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// playedBack fails unless the turn survives its binary form.
func playedBack(t *testing.T, p Played) {
	t.Helper()
	b, err := p.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Played
	if err := back.UnmarshalBinary(b); err != nil {
		t.Fatalf("%+v as %x: %v", p, b, err)
	}
	if !reflect.DeepEqual(back, p) {
		t.Fatalf("came back as %+v, was %+v", back, p)
	}
}

// Whoever adds a field to a turn has to write and read it, in a new version of
// the binary form.
func TestPlayedBinaryHasEveryField(t *testing.T) {
	var p Played
	n := 0
	distinct(t, reflect.ValueOf(&p.Amended.State).Elem(), &n)
	p.Amended.Slots, p.Amended.Fields, p.Amended.Steps = []string{"a.b", "a.c"}, []string{"past", "told"}, [2]int{-1, 300}
	for i := range reflect.TypeFor[Played]().NumField() {
		if f := reflect.ValueOf(&p).Elem().Field(i); f.Type() != reflect.TypeFor[Amendment]() {
			distinct(t, f, &n)
		}
	}
	playedBack(t, p)
	for i := range reflect.TypeFor[Played]().NumField() { // and each alone
		var one Played
		reflect.ValueOf(&one).Elem().Field(i).Set(reflect.ValueOf(p).Field(i))
		playedBack(t, one)
	}
	if n := reflect.TypeFor[Amendment]().NumField(); n != 4 {
		t.Errorf("an amendment has %d fields: let the binary form and this test have them", n)
	}
}

func TestPlayedBinaryHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := flow(t), flow(t)
		p := Played{Lang: rapid.SampledFrom([]string{"", "en", "zh", "de"}).Draw(t, "lang"), Said: after.System, Notes: after.Notes}
		for _, c := range after.Constraints {
			p.Heard = append(p.Heard, Heard{Act{Inform, c.Slot, c.Op, c.Value}, c.Evidence})
		}
		if got := before.Replay(p); !got.Equal(after) {
			p.Amended = amendment(got, after)
		}
		b, err := p.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back Played
		if err := back.UnmarshalBinary(b); err != nil {
			t.Fatal(err)
		}
		if again, _ := back.MarshalBinary(); !slices.Equal(again, b) { // empty lists come back as nil
			t.Fatalf("%+v came back as %+v", p, back)
		}
		if got := before.Replay(back); !got.Equal(after) {
			t.Fatalf("%+v leads to %+v, want %+v", back, got, after)
		}
	})
}

func TestPlayedBinaryErrors(t *testing.T) {
	whole, err := Played{Lang: "en", Said: []Act{MustAct("ask a")}, Heard: []Heard{{MustAct("inform a=1"), Evidence{Turn: 1, Source: Span, Text: "1", P: 0.5}}},
		Amended: Amendment{Slots: []string{"b"}, Fields: []string{"lang"}, State: State{Lang: "zh"}}}.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	p := Played{Lang: "zh"}
	for n := range whole {
		if err := p.UnmarshalBinary(whole[:n]); err == nil {
			t.Errorf("the first %d of %d bytes are no error", n, len(whole))
		}
	}
	if err := p.UnmarshalBinary(append(slices.Clone(whole), 0)); err == nil {
		t.Error("one byte more is no error")
	}
	if err := p.UnmarshalBinary([]byte{playedFormat + 1, 0}); !errors.Is(err, ErrNewerFormat) {
		t.Errorf("a newer format is %v", err)
	}
	if !reflect.DeepEqual(p, Played{Lang: "zh"}) {
		t.Errorf("an error left %+v", p)
	}
}

// Whatever the bytes are: no panic, memory in proportion to them, and what is
// read comes back.
func FuzzPlayedBinary(f *testing.F) {
	b, err := Played{Lang: "en", Said: []Act{MustAct("ask a")}, Heard: []Heard{{MustAct("inform a=1"), Evidence{Turn: 1, Source: Span, Text: "1", P: 0.5}}},
		Amended: Amendment{Slots: []string{"b"}, State: State{Lang: "zh"}}}.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, b []byte) {
		var p Played
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := p.UnmarshalBinary(b)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > uint64(1<<16+200*len(b)) {
			t.Fatalf("%d bytes took %d", len(b), took)
		}
		if err != nil {
			return
		}
		again, _ := p.MarshalBinary()
		var back Played
		if err := back.UnmarshalBinary(again); err != nil {
			t.Fatal(err)
		}
		if twice, _ := back.MarshalBinary(); !slices.Equal(twice, again) {
			t.Fatalf("%x became %x", again, twice)
		}
	})
}

// Equal finds what differs in any field.
func TestEqual(t *testing.T) {
	build := func(path []int) (s State) {
		n := 0
		distinct(t, reflect.ValueOf(&s).Elem(), &n)
		if path == nil {
			return s
		}
		v := reflect.ValueOf(&s).Elem()
		for _, i := range path {
			if v.Kind() == reflect.Slice {
				v = v.Index(1)
			}
			v = v.Field(i)
		}
		v.SetZero()
		return s
	}
	if a, b := build(nil), build(nil); !a.Equal(b) {
		t.Error("a state does not equal itself")
	}
	fields := 0
	eachField(reflect.TypeFor[State](), nil, func(path []int) {
		fields++
		if a, b := build(nil), build(path); a.Equal(b) || b.Equal(a) {
			t.Errorf("without the field %v a state equals one with it", path)
		}
	})
	if fields < 40 {
		t.Errorf("%d fields were tried", fields)
	}
	if a, b := (State{Asked: []string{}}), (State{Past: []Step{{Slots: []string{}}}}); !a.Equal(State{}) || !b.Equal(State{Past: []Step{{}}}) {
		t.Error("an empty list does not count as nil")
	}
}

func ExamplePlayed_AppendBinary() {
	ask := MustAct("ask price")
	p := Played{Lang: "en", Heard: []Heard{{Act: MustAct("want buy")}}, Said: []Act{ask}}
	b, err := p.AppendBinary(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var back Played
	if err := back.UnmarshalBinary(b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(b), "bytes:", FormatActs(back.Said))
	// Output: 22 bytes: ask price
}
