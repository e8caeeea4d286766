package recommend

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// clinicConfig is the kitchen, which asks what it should better forget.
func clinicConfig(t testing.TB) Config {
	cfg := orderConfig(t)
	sv := &cfg.Schema.Services[0]
	ask := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	sv.Slots = append(sv.Slots[:2],
		dst.Slot{Name: "allergic", Type: &dst.YesNo{Yes: "true", No: "false"}, Sensitive: true, Ask: ask("Are you allergic to nuts?", "您对坚果过敏吗？")},
		dst.Slot{Name: "floor", Type: &dst.Number{Integer: true}, Sensitive: true, Ask: ask("On which floor do you live?", "您住几楼？")},
		dst.Slot{Name: "caller", Type: &dst.FreeText{}, Sensitive: true, Ask: ask("What is your name?", "您怎么称呼？")})
	sv.Intents[0].Required = []string{"name", "allergic", "floor", "caller"}
	cfg.Bindings[0].Slots = map[string]string{"allergic": "", "floor": "", "caller": ""}
	return cfg
}

// TestShortSecrets masks what is too short to be looked for in any text in the
// turns that tell it, and has no generator word these.
func TestShortSecrets(t *testing.T) {
	for _, c := range []struct {
		turns  []string
		wanted string // in a trace's text
		secret []string
	}{
		{[]string{"I'd like a Napoli", "yes", "9", "Li", "no"}, "allergic: •••, floor: •••, caller: •••", []string{"floor=9", "floor: 9", "caller: Li", "allergic: yes", "allergic=true"}},
		{[]string{"我要Funghi", "是的", "9", "李雷", "不对"}, "caller：•••", []string{"floor=9", "floor：9", "李雷", "allergic：是", "allergic=true"}},
	} {
		cfg := clinicConfig(t)
		g := &seen{}
		cfg.Generator = g
		a := newAgent(t, cfg)
		s := dst.State{}.Apply(dst.MustAct("want Kitchen.order"))
		var all strings.Builder
		for _, message := range c.turns {
			var r Reply
			r, s = reply(t, a, s, message)
			fmt.Fprintf(&all, "%+v\n%s\n%+v\n", r.Trace, r.Trace, r.Masked())
		}
		for _, r := range g.requests {
			fmt.Fprintf(&all, "%+v\n", r)
		}
		if !strings.Contains(all.String(), c.wanted) {
			t.Errorf("no text has %q:\n%s", c.wanted, &all)
		}
		for _, x := range c.secret {
			if i := strings.Index(all.String(), x); i >= 0 {
				t.Errorf("%q is in %s", x, all.String()[max(0, i-200):i+100])
			}
		}
		if len(g.requests) == 0 {
			t.Error("the generator was not asked for the rest")
		}
	}
}

// TestSensitiveWish searches the graph by what nobody is told of: the model
// sees neither the wish nor things that show it, the trace no bounds.
func TestSensitiveWish(t *testing.T) {
	cfg := shopConfig(t)
	for i := range cfg.Schema.Services[0].Slots {
		if x := &cfg.Schema.Services[0].Slots[i]; x.Name == "price" {
			x.Sensitive = true
		}
	}
	g := &seen{}
	cfg.Generator = g
	a := newAgent(t, cfg)
	var s dst.State
	var all strings.Builder
	for _, message := range []string{"hello", "a phone for around 4137", "a black one", "什么手机4137元以下", "thanks"} {
		var r Reply
		r, s = reply(t, a, s, message)
		b, err := json.Marshal(r.Trace)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&all, "%s\n%s\n", b, r.Trace)
	}
	b, err := json.Marshal(g.requests)
	if err != nil {
		t.Fatal(err)
	}
	all.Write(b)
	for _, x := range []string{"4137", "4,137", "3516", "4757"} { // with the bounds of about
		if i := strings.Index(all.String(), x); i >= 0 {
			t.Errorf("%q is in %s", x, all.String()[max(0, i-200):min(i+100, all.Len())])
		}
	}
	if len(g.requests) < 2 || !strings.Contains(all.String(), "price >= •••") {
		t.Errorf("%d requests\n%s", len(g.requests), &all)
	}
}

// TestSensitiveNames are not among those that help to hear right.
func TestSensitiveNames(t *testing.T) {
	s := dst.State{}.Said(dst.MustAct("offer Kitchen.caller=Arabella"), dst.MustAct("offer Kitchen.name=Funghi"))
	if got := newAgent(t, clinicConfig(t)).core.Load().vocabulary(s); !reflect.DeepEqual(got, []string{"Funghi", "Napoli"}) {
		t.Errorf("the vocabulary is %q", got)
	}
}

// TestSensitivePicture shows what is sensitive, part of which is refused.
func TestSensitivePicture(t *testing.T) {
	cfg := clinicConfig(t)
	g := &seen{}
	cfg.Generator = g
	cfg.Describer = &FakeDescriber{Script: []FakeDescription{{Description: Description{Caption: "a card of Arabella Smith", Acts: []Seen{
		{Act: dst.MustAct("inform Kitchen.caller=Arabella Smith"), P: 0.4}, {Act: dst.MustAct("inform Kitchen.caller=Barbarella Jones"), P: 0.01},
	}}}}}
	r, s, err := newAgent(t, cfg).Reply(context.Background(), dst.State{}.Apply(dst.MustAct("want Kitchen.order")), "here", Image("image/png", []byte("\x89PNG\r\n\x1a\n")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(r.Text, "Arabella Smith") {
		t.Errorf("the value is not asked about: %q", r.Text)
	}
	for _, secret := range []string{"Arabella", "Smith", "Barbarella"} {
		if all := fmt.Sprintf("%+v %+v %v %+v", r.Trace, r.Trace.Parts, r.Masked(), g.requests); strings.Contains(all, secret) {
			t.Errorf("%s is in %s", secret, all)
		}
	}
	if x := cfg.Schema.Mask(s).State(s); strings.Contains(fmt.Sprintf("%+v", x), "Arabella") {
		t.Errorf("the state is masked as %+v", x)
	}
}

// TestMaskedReply is another value than the reply, and the reply itself where
// nothing is sensitive.
func TestMaskedReply(t *testing.T) {
	a := newAgent(t, clinicConfig(t))
	_, s := reply(t, a, dst.State{}.Apply(dst.MustAct("want Kitchen.order")), "I'd like a Napoli")
	_, s = reply(t, a, s, "yes")
	_, s = reply(t, a, s, "9")
	r, _ := reply(t, a, s, "my name is Arabella")
	before, _ := json.Marshal(r)
	masked := r.Masked()
	if after, _ := json.Marshal(r); string(after) != string(before) {
		t.Error("the reply was changed")
	}
	if !strings.Contains(r.Text, "Arabella") || strings.Contains(masked.Text, "Arabella") || !strings.Contains(masked.Text, dst.Masked) {
		t.Errorf("%q, masked %q", r.Text, masked.Text)
	}
	var read Reply
	if err := json.Unmarshal(before, &read); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read.Masked(), read) || strings.Contains(read.Masked(r.Mask()).Text, "Arabella") {
		t.Error("a reply that was read is not masked by another's mask alone")
	}
	plain, _ := reply(t, newAgent(t, orderConfig(t)), dst.State{}, "I'd like a Napoli")
	if !reflect.DeepEqual(plain.Masked(), plain) || !plain.Mask().IsZero() {
		t.Error("a reply without anything sensitive is changed")
	}
}

// TestSensitiveErrors masks what errors say, and keeps what they are.
func TestSensitiveErrors(t *testing.T) {
	cfg := clinicConfig(t)
	gone := errors.New("gone")
	cfg.Track = func(_ context.Context, _ *dst.Tracker, s dst.State, in dst.Turn) (dst.State, []dst.Decision, error) {
		return s, nil, fmt.Errorf("no room for %q: %w", in.User, gone)
	}
	s := dst.State{Constraints: []dst.Constraint{{Slot: "Kitchen.caller", Op: dst.Eq, Value: "Arabella"}}}
	_, _, err := newAgent(t, cfg).Reply(context.Background(), s, "Arabella again")
	if !errors.Is(err, gone) || strings.Contains(err.Error(), "Arabella") || !strings.Contains(err.Error(), dst.Masked) {
		t.Errorf("the error is %v", err)
	}
}
