package dst

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"slices"
	"testing"
)

// Whatever the bytes are: no panic, memory in proportion to them, and what is
// read comes back.
func FuzzBinary(f *testing.F) {
	for _, s := range []State{{}, version1, orderState(f, "en"), orderState(f, "zh")} {
		b, err := s.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var s State
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := s.UnmarshalBinary(b)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > uint64(1<<16+200*len(b)) {
			t.Fatalf("%d bytes took %d", len(b), took)
		}
		if err != nil {
			return
		}
		again, err := s.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var back State
		if err := back.UnmarshalBinary(again); err != nil {
			t.Fatal(err)
		}
		if twice, err := back.MarshalBinary(); err != nil || !slices.Equal(twice, again) { // states may hold NaN
			t.Fatalf("%x became %x, %v", again, twice, err)
		}
	})
}

func BenchmarkState(b *testing.B) {
	for _, lang := range []string{"en", "zh"} {
		s := orderState(b, lang)
		form, err := s.MarshalBinary()
		if err != nil {
			b.Fatal(err)
		}
		text, err := json.Marshal(s)
		if err != nil {
			b.Fatal(err)
		}
		buf := make([]byte, 0, 1024)
		run := func(name string, size int, f func() error) {
			b.Run(lang+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(size), "bytes")
			})
		}
		run("append", len(form), func() error { _, err := s.AppendBinary(buf); return err })
		run("read", len(form), func() error { return new(State).UnmarshalBinary(form) })
		run("appendJSON", len(text), func() error { _, err := json.Marshal(s); return err })
		run("readJSON", len(text), func() error { return json.Unmarshal(text, new(State)) })
	}
}

func ExampleState_AppendBinary() {
	s := State{}.Said(MustAct("ask price")).NextTurn().Apply(MustAct("inform price<=900"))
	b, err := s.AppendBinary(nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	var back State
	if err := back.UnmarshalBinary(b); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(len(b), "bytes:", back.Of("price")[0].Value)
	// Output: 41 bytes: 900
}

// A turn that ends a long conversation, written to a log and read from it.
func BenchmarkPlayed(b *testing.B) {
	tr, err := NewTracker(orderSchema(), &TrackerOptions{Now: at(2026, 11, 23)})
	if err != nil {
		b.Fatal(err)
	}
	before := orderState(b, "en")
	after, decisions, err := tr.Update(context.Background(), before, Turn{User: "no, pickup please"})
	if err != nil {
		b.Fatal(err)
	}
	said := MustAct("confirm Phones.Order")
	after = after.Said(said)
	b.Run("record", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			tr.Record(before, after, decisions, said)
		}
	})
	p := tr.Record(before, after, decisions, said)
	b.Run("replay", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			before.Replay(p)
		}
	})
}
