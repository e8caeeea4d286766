package dst

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
)

// sizes is a type of the user's own, which cannot be compared with another and
// reports spans that do not lie in the text.
type sizes []string

func (s sizes) Find(t *Text) []Mention {
	out := []Mention{{Start: -5, End: 2, Value: "below", Score: 0.1}, {Start: 0, End: 1 << 20, Value: "beyond", Score: 0.1}}
	for _, size := range s {
		if i := strings.Index(t.Raw, size); i >= 0 {
			out = append(out, Mention{Start: i, End: i + len(size), Value: size, Score: 1})
		}
	}
	return out
}

func TestCustomType(t *testing.T) {
	tr := newTracker(t, Schema{Services: []Service{{Slots: []Slot{{Name: "shoe", Type: sizes{"EU 42"}}, {Name: "shirt", Type: sizes{"XXL"}}}}}})
	s, _ := talk(t, tr, "shoes in EU 42 and a shirt in XXL")
	if got := summary(s); got != "shirt=XXL shoe=EU 42" {
		t.Error(got)
	}
}

// What a program gives is checked: a bad act erases no good value.
func TestBadActsAreRefused(t *testing.T) {
	tr := newTracker(t, shopSchema())
	held := State{}.Apply(MustAct("inform price<=900"))
	for name, turn := range map[string]Turn{
		"needs an operator":        {Acts: []Act{{Kind: Inform, Slot: "price"}}},
		"without an operator":      {Acts: []Act{{Kind: Inform, Slot: "price", Value: "900"}}},
		"is no value of slot":      {Acts: []Act{{Inform, "price", Eq, "cheap"}}},
		"stands alone":             {Acts: []Act{{Kind: Affirm, Slot: "price"}}},
		"needs a name":             {Acts: []Act{{Kind: Request}}},
		`unknown kind "shout"`:     {System: []Act{{Kind: "shout"}}},
		`no service "Sights"`:      {Services: []string{"Sights"}},
		`unknown operator "=="`:    {Acts: []Act{{Inform, "price", "==", "9"}}},
		`no slot "prize" in the s`: {Acts: []Act{{Inform, "prize", Eq, "9"}}},
	} {
		s, _, err := tr.Update(context.Background(), held, turn)
		wantError(t, err, name)
		if !reflect.DeepEqual(s, held) {
			t.Errorf("%s: the state became %+v", name, s)
		}
	}
	s, _, err := tr.Update(context.Background(), held, Turn{Acts: []Act{{Inform, "price", Le, "700元"}}})
	if v := s.Of("price"); err != nil || len(v) != 1 || v[0].Value != "700" {
		t.Errorf("700元 became %+v, %v", v, err)
	}
}

// A state can always be stored, whatever was said to it.
func TestStatesAreReadableAgain(t *testing.T) {
	bad := []Act{{Kind: "shout"}, {Kind: Confirm}, {Kind: Inform, Slot: "price"}, {Inform, "price", "?", "1"}, {Kind: Affirm, Value: "x"}, MustAct("request area=north")}
	for _, a := range bad {
		s := State{}.Apply(MustAct("inform price<=900")).Said(a).Apply(a)
		b, err := json.Marshal(s)
		if err != nil {
			t.Errorf("%v: %v", a, err)
			continue
		}
		var back State
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, s) {
			t.Errorf("%v: %s is read %+v, %v", a, b, back, err)
		}
		if !s.Filled("price") {
			t.Errorf("%v erased the price", a)
		}
	}
}

// A question is answered once.
func TestTheBotsTurnIsAnsweredOnce(t *testing.T) {
	tr := newTracker(t, shopSchema())
	s, _ := talk(t, tr, "> confirm price<=900\nyes\nactually under 500\nok")
	s.Lang = ""
	if got := summary(s); got != "price<=500" {
		t.Error(got)
	}
}

// The time of a turn is linear in its message.
func TestLongMessages(t *testing.T) {
	tr, travel := newTracker(t, shopSchema()), newTracker(t, travelSchema())
	for _, piece := range []string{",", "no,", "any,", "hi,", "red or blue or ", "not ", "第一个", "5000,", "下周五", "red?", "pool?", "phone number,", "cancel ", "undo ", "算了", "repeat that "} {
		message := strings.Repeat(piece, MaxMessage/len(piece))
		for _, tr := range []*Tracker{tr, travel} {
			if _, _, err := tr.Update(context.Background(), State{}, Turn{User: message}); err != nil {
				t.Errorf("%q: %v", piece, err)
			}
		}
	}
}

func TestLanguageIsRemembered(t *testing.T) {
	tr := newTracker(t, shopSchema())
	for talked, want := range map[string]string{"不要联想\n9000": "zh", "不要联想\nnot Asus": "en", "9000": ""} {
		if s, _ := talk(t, tr, talked); s.Lang != want {
			t.Errorf("%q: language %q, want %q", talked, s.Lang, want)
		}
	}
}

func TestUpdateErrors(t *testing.T) {
	tr := newTracker(t, shopSchema())
	s := State{}.Apply(MustAct("inform price<=900"))
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		turn Turn
		part string
	}{
		"cancelled":    {cancelled, Turn{User: "hi"}, "canceled"},
		"unknown slot": {context.Background(), Turn{Acts: []Act{{Inform, "prise", Le, "1"}}}, `no slot "prise"`},
		"unknown kind": {context.Background(), Turn{Acts: []Act{{Kind: "shout"}}}, "unknown kind"},
		"no order":     {context.Background(), Turn{Acts: []Act{{Inform, "brand", Le, "Asus"}}}, "no order"},
		"too long":     {context.Background(), Turn{User: strings.Repeat("x", MaxMessage+1)}, "more than"},
	} {
		got, _, err := tr.Update(c.ctx, s, c.turn)
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: error %v does not say %q", name, err, c.part)
		}
		if !reflect.DeepEqual(got, s) {
			t.Errorf("%s: the state was changed to %+v", name, got)
		}
	}
	if _, _, err := tr.Update(cancelled, s, Turn{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context gives %v", err)
	}
}

func TestOddMessages(t *testing.T) {
	tr := newTracker(t, shopSchema())
	s := State{}.Apply(MustAct("inform price<=900"))
	for _, m := range []string{"", "   ", "\x00\xff\xfe", "！？。，", strings.Repeat("很", 3333), strings.Repeat("not under ", 1000),
		strings.Repeat("laptop 5000 ", 800), strings.Repeat("不要联想和", 600), "😀😀😀", "price price price", "<=<=<="} {
		got, ds, err := tr.Update(context.Background(), s, Turn{User: m})
		if err != nil {
			t.Errorf("%.20q: %v", m, err)
		}
		if !got.Filled("price") {
			t.Errorf("%.20q lost the price: %v", m, ds)
		}
		checkDecisions(t, m, s, got, ds)
	}
}

func TestTrackerIsSafeForConcurrentUse(t *testing.T) {
	tr := newTracker(t, shopSchema())
	want, _ := talk(t, tr, "a laptop under 9000\nnot Lenovo\n16GB memory")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got, _ := talk(t, tr, "a laptop under 9000\nnot Lenovo\n16GB memory"); !reflect.DeepEqual(got, want) {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestNext(t *testing.T) {
	tr := newTracker(t, shopSchema())
	s := State{}.Apply(MustAct("want buy"))
	if got := tr.Next(s); got != (Act{Kind: Ask, Slot: "category"}) {
		t.Errorf("Next = %v, want ask category", got)
	}
	if got := tr.Next(s.Apply(MustAct("inform category=phone"))); got.Kind != Offer {
		t.Errorf("Next = %v, want offer", got)
	}
	if got := tr.Next(State{}); got.Kind != Offer {
		t.Errorf("Next of the start = %v, want offer", got)
	}
}

func TestHypotheses(t *testing.T) {
	tr := newTracker(t, shopSchema())
	s, _, err := tr.Update(context.Background(), State{}, Turn{Hypotheses: []Hypothesis{{"a lap top", 0.2}, {"a laptop", 0.7}}})
	if v, _ := s.Get("category"); err != nil || v != "laptop" {
		t.Errorf("category %q, %v", v, err)
	}
}

// Whatever is said, no panic, spans inside the text, a state that survives
// JSON, and the same result twice.
func FuzzUpdate(f *testing.F) {
	for _, s := range []string{"not Lenovo, under 9000", "不要联想，九千以下，16G内存", "the second one", "第二个多少钱？\n随便", "\xff 3~5千 iPhone 15"} {
		f.Add(s)
	}
	shop, travel := newTracker(f, shopSchema()), newTracker(f, travelSchema())
	f.Fuzz(func(t *testing.T, message string) {
		if len(message) > 4000 {
			t.Skip()
		}
		for _, tr := range []*Tracker{shop, travel} {
			start := State{}.Said(MustAct("offer name=iPhone 15"), MustAct("ask price"))
			s, ds, err := tr.Update(context.Background(), start, Turn{User: message})
			if err != nil {
				t.Fatal(err)
			}
			checkDecisions(t, message, start, s, ds)
			again, _, _ := tr.Update(context.Background(), start, Turn{User: message})
			if !reflect.DeepEqual(s, again) {
				t.Fatalf("%q twice: %+v, %+v", message, s, again)
			}
			b, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			var back State
			if err := json.Unmarshal(b, &back); err != nil {
				t.Fatalf("%q: %s: %v", message, b, err)
			}
		}
	})
}

func BenchmarkUpdate(b *testing.B) {
	tr := newTracker(b, shopSchema())
	for _, c := range []struct{ name, message string }{
		{"en", "I'm looking for a laptop for gaming, not Lenovo, under 9000 with at least 16GB of memory"},
		{"zh", "我想买个打游戏的笔记本，不要联想，九千以下，内存16G以上"},
		{"10k", strings.Repeat("a laptop under 9000, not Lenovo; ", 300)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, _, err := tr.Update(context.Background(), State{}, Turn{User: c.message}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
