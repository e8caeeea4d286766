package dst

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
)

// A scripted extractor answers every question with the same lines, and keeps
// the questions. Use through a tracker of its own.
type scripted struct {
	lines []string
	err   error

	mu    sync.Mutex
	asked []Doubt
}

func (s *scripted) Extract(ctx context.Context, q Doubt) ([]string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, q)
	return s.lines, s.err
}

// refusals collects what a tracker refuses; safe for concurrent use.
type refusals struct {
	mu  sync.Mutex
	all []string
}

func (r *refusals) note(line string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.all = append(r.all, line+": "+err.Error())
}

// helped is a tracker that decides by rules and asks the extractor.
func helped(t testing.TB, e Extractor, below float64) (*Tracker, *refusals) {
	t.Helper()
	r := &refusals{}
	tr, err := NewTracker(shopSchema(), &TrackerOptions{Now: at(2026, 11, 23), Weights: NoWeights(), Extractor: e, DoubtBelow: below, Refused: r.note})
	if err != nil {
		t.Fatal(err)
	}
	return tr, r
}

// The extractor is asked only in doubt: where nothing was understood, or where
// no outcome of a slot is likely enough.
func TestExtractorIsAskedInDoubt(t *testing.T) {
	for _, c := range []struct {
		said, message string
		below         float64
		calls         int
	}{
		{"", "a laptop under 9000", 0, 0},
		{"", "9000以下的笔记本", 0, 0},
		{"ask brand", "Lenovo", 0, 0},
		{"ask brand", "I don't mind", 0, 0},
		{"confirm price<=900", "yes", 0, 0},
		{"", "hello", 0, 0},
		{"", "", 0, 0},
		{"", "   ", 0, 0},
		{"", "something to write my thesis on", 0, 1},
		{"ask brand", "the one with the bitten fruit", 0, 1},
		{"", "a laptop under 9000", 0.999999, 1},
	} {
		e := &scripted{}
		tr, refused := helped(t, e, c.below)
		said, err := ParseActs(c.said)
		if err != nil {
			t.Fatal(err)
		}
		start := State{}.Said(said...)
		if _, _, err := tr.Update(context.Background(), start, Turn{User: c.message}); err != nil {
			t.Errorf("%q: %v", c.message, err)
		}
		if len(e.asked) != c.calls || refused.all != nil {
			t.Errorf("%q after %q: asked %d times, want %d; refused %v", c.message, c.said, len(e.asked), c.calls, refused.all)
		}
		for _, q := range e.asked {
			if q.Message != c.message || len(q.Slots) == 0 || !slices.Equal(q.System, said) {
				t.Errorf("%q: the question is %+v", c.message, q)
			}
		}
	}
}

// Slots in doubt are asked about once each, under the names that acts have, and
// none that a user cannot fill or that is not open.
func TestDoubtNamesOpenSlots(t *testing.T) {
	e := &scripted{}
	tr, err := NewTracker(travelSchema(), &TrackerOptions{Weights: NoWeights(), Extractor: e})
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := tr.Update(context.Background(), State{}, Turn{User: "whatever you fancy, old chap", Services: []string{"Hotels"}}); err != nil || len(e.asked) != 1 {
		t.Fatalf("asked %d times, %v", len(e.asked), err)
	}
	var names []string
	for _, s := range e.asked[0].Slots {
		names = append(names, s.Name)
	}
	if want := []string{"Hotels.name", "Hotels.price", "Hotels.rating", "Hotels.facility", "Hotels.near_sight"}; !slices.Equal(names, want) {
		t.Errorf("asked about %v, want %v", names, want)
	}
	if slot, _ := tr.Schema().Slot("Hotels.price"); slot.Name != "price" {
		t.Errorf("the schema's slot is now called %q", slot.Name)
	}
	for _, below := range []float64{0, 0.5, 1} { // with readings that differ
		e := &scripted{}
		tr, err := NewTracker(foodSchema(), &TrackerOptions{Weights: NoWeights(), Extractor: e, DoubtBelow: below})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := tr.Update(context.Background(), State{}, Turn{Hypotheses: hear(t, "0.4 thai in the south; 0.35 spanish in the north; 0.25 four in the north")}); err != nil {
			t.Fatal(err)
		}
		for _, q := range e.asked {
			seen := map[string]bool{}
			for _, s := range q.Slots {
				if seen[s.Name] {
					t.Errorf("below %v: asked twice about %s", below, s.Name)
				}
				seen[s.Name] = true
			}
		}
	}
}

func TestExtractorsValues(t *testing.T) {
	for _, c := range []struct{ said, message, lines, want, refused string }{
		{"", "16 of that volatile stuff, folks", "inform memory>=16", "memory>=16", ""},
		{"", "16 of that volatile stuff, folks", "  inform memory >= 16GB  ", "memory>=16", ""},
		{"", "a thing for my thesis", "", "", ""},
		{"", "a thing for my thesis", "\n \n", "", ""},
		{"", "a thing for my thesis", "inform price<=1", "", `"inform price<=1" is refused: neither the message nor the conversation has "1"; ask the user instead`},
		{"", "a thing for my thesis", "inform use=office", "", `neither the message nor the conversation has "office"`},
		{"", "a thing for my thesis", "inform prise<=900", "", `no slot "prise"`},
		{"", "a thing for my thesis", "inform weight=900", "", `slot "weight" is not open in this turn`},
		{"", "a thing for my thesis", "request weight", "", "only inform is taken, not request"},
		{"", "a thing for my thesis", "restart", "", "only inform is taken, not restart"},
		{"", "a thing for my thesis", "inform brand<=Asus", "", "no order"},
		{"", "a thing for my thesis", "inform price", "", "price"},
		{"", "a thing for my thesis", "Sure! Here are the acts:", "", "unknown kind"},
		{"", "a thing for my thesis", "inform brand=dontcare", "", `has "dontcare"`},
		{"ask brand", "a thing for my thesis", "inform brand=dontcare", "brand=dontcare", ""},
		{"ask brand", "a thing for my thesis", "inform brand<=dontcare", "", "no preference is written inform brand=dontcare"},
		{"ask brand", "a thing for my thesis", "inform brand!=dontcare", "", "no preference is written inform brand=dontcare"},
		{"", "a thing for my thesis", "inform price<=1\ninform name=thesis", "name=thesis", `neither the message nor the conversation has "1"`},
	} {
		e := &scripted{lines: strings.Split(c.lines, "\n")}
		tr, refused := helped(t, e, 1)
		said, err := ParseActs(c.said)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := tr.Update(context.Background(), State{}.Said(said...), Turn{User: c.message})
		if got := summary(s); err != nil || got != c.want || len(e.asked) != 1 {
			t.Errorf("%q, extracted %q: %q, %v, asked %d times; want %q", c.message, c.lines, got, err, len(e.asked), c.want)
		}
		if all := strings.Join(refused.all, "\n"); c.refused == "" && all != "" || !strings.Contains(all, c.refused) {
			t.Errorf("%q, extracted %q: refused %q, want %q", c.message, c.lines, all, c.refused)
		}
	}
}

// What the bot told or the user said before bears a value out, and the state
// says that it came from outside.
func TestExtractedFromTheConversation(t *testing.T) {
	e := &scripted{lines: []string{"inform name=iPhone 15"}}
	schema := shopSchema()
	schema.Services[0].Intents[0].Required = []string{"name"}
	tr, err := NewTracker(schema, &TrackerOptions{Weights: NoWeights(), Extractor: e})
	if err != nil {
		t.Fatal(err)
	}
	s, ds, err := tr.Update(context.Background(), State{}.Said(MustAct("offer name=iPhone 15"), MustAct("offer name=ThinkPad X1")), Turn{User: "that fruity gadget"})
	if v, _ := s.Get("name"); err != nil || v != "iPhone 15" {
		t.Fatalf("name %q, %v", v, err)
	}
	i := slices.IndexFunc(ds, func(d Decision) bool { return d.Act == MustAct("inform name=iPhone 15") })
	if i < 0 || ds[i].P <= 0.5 || ds[i].P > 1 || ds[i].Evidence.End != 0 && ds[i].Evidence.Source != System {
		t.Errorf("decided %v", ds)
	}
}

// An extractor that fails leaves the turn as the tracker alone decides it.
func TestExtractorsErrors(t *testing.T) {
	failed := errors.New("the model is out of order")
	e := &scripted{lines: []string{"inform brand=Asus"}, err: failed}
	tr, refused := helped(t, e, 1)
	alone := ruled(t, shopSchema())
	want, because, err := alone.Update(context.Background(), State{}, Turn{User: "Asus, or a cheap Lenovo"})
	if err != nil {
		t.Fatal(err)
	}
	got, ds, err := tr.Update(context.Background(), State{}, Turn{User: "Asus, or a cheap Lenovo"})
	if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(ds, because) {
		t.Errorf("with an extractor that fails: %v, %v; alone %v", ds, err, because)
	}
	if len(refused.all) != 1 || !strings.Contains(refused.all[0], ": dst: asking the extractor: the model is out of order") {
		t.Errorf("refused %q", refused.all)
	}
	quiet, err := NewTracker(shopSchema(), &TrackerOptions{Weights: NoWeights(), Extractor: e}) // nobody is told
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := quiet.Update(context.Background(), State{}, Turn{User: "mumble mumble"}); err != nil {
		t.Error(err)
	}
}

// asks is an extractor that is a function.
type asks func(ctx context.Context, q Doubt) ([]string, error)

func (f asks) Extract(ctx context.Context, q Doubt) ([]string, error) { return f(ctx, q) }

// A context that ends while the extractor works ends the turn; one of the
// extractor's own does not.
func TestExtractorAndContext(t *testing.T) {
	type key struct{}
	ctx, cancel := context.WithCancel(context.WithValue(context.Background(), key{}, "mine"))
	defer cancel()
	tr, _ := helped(t, asks(func(ctx context.Context, q Doubt) ([]string, error) {
		if ctx.Value(key{}) != "mine" {
			t.Error("the extractor gets another context")
		}
		cancel()
		return nil, ctx.Err()
	}), 0)
	held := State{}.Apply(MustAct("inform price<=900"))
	s, ds, err := tr.Update(ctx, held, Turn{User: "mumble mumble"})
	if !errors.Is(err, context.Canceled) || ds != nil || !reflect.DeepEqual(s, held) {
		t.Errorf("cancelled while asked: %+v, %v, %v", s, ds, err)
	}
	tr, refused := helped(t, asks(func(context.Context, Doubt) ([]string, error) { return nil, context.DeadlineExceeded }), 0)
	if _, _, err := tr.Update(context.Background(), held, Turn{User: "mumble mumble"}); err != nil || len(refused.all) != 1 {
		t.Errorf("a deadline of the extractor's own: %v, refused %v", err, refused.all)
	}
}

// An extractor must not be able to change what it is shown, and the same
// answers give the same turn, whoever asks at the same time.
func TestExtractorAndConcurrency(t *testing.T) {
	tr, _ := helped(t, asks(func(_ context.Context, q Doubt) ([]string, error) {
		for i := range q.System {
			q.System[i] = Act{Kind: Bye}
		}
		return []string{"inform brand=Asus", "inform price<=1", "nonsense"}, nil
	}), 1)
	start := State{}.Said(MustAct("ask brand"), MustAct("offer name=iPhone 15"))
	turn := Turn{User: "asus maybe, or else a black thing"}
	want, because, err := tr.Update(context.Background(), start, turn)
	if v, _ := want.Get("brand"); err != nil || v != "Asus" {
		t.Fatalf("brand %q, %v", v, err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 10 {
				got, ds, err := tr.Update(context.Background(), start, turn)
				if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(ds, because) {
					t.Errorf("got %v, %v; want %v", ds, err, because)
				}
			}
		})
	}
	wg.Wait()
}
