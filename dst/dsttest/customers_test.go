package dsttest

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// lampSchema and lamps are a shop of lamps.
func lampSchema() dst.Schema {
	words := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	return dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "name", Names: true, Type: dst.NewGazetteer(lampNames()...)},
		{Name: "kind", Required: true, Ask: words("What kind of lamp?", "什么灯？"), Type: &dst.Enum{Values: []dst.Option{
			{Value: "desk", Labels: words("desk lamp", "台灯")}, {Value: "floor", Labels: words("floor lamp", "落地灯")}}}},
		{Name: "colour", Aliases: []string{"colour", "颜色"}, Type: &dst.Enum{Values: []dst.Option{
			{Value: "red", Labels: words("red", "红色")}, {Value: "black", Labels: words("black", "黑色")}, {Value: "blue", Labels: words("blue", "蓝色")}}}},
		{Name: "price", Aliases: []string{"price", "价格"}, Type: &dst.Money{Currency: "CNY"}},
		{Name: "watts", Aliases: []string{"watts", "瓦数"}, RequestOnly: true},
	}}}}
}

func lamps() []Thing {
	var out []Thing
	for i, name := range []string{"Acorn", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Ginkgo", "Hazel"} {
		out = append(out, Thing{Value: name, Names: map[string]string{"en": name, "zh": name}, Values: map[string][]string{
			"kind": {[]string{"desk", "floor"}[i%2]}, "colour": {[]string{"red", "black", "blue"}[i%3]},
			"price": {number(float64(95 + 50*i))}, "watts": {number(float64(5 + i))}}})
	}
	return out
}

func lampNames() []dst.Entry {
	var out []dst.Entry
	for _, t := range lamps() {
		out = append(out, dst.Entry{Value: t.Value})
	}
	return out
}

func lampOptions() CustomerOptions {
	return CustomerOptions{Things: lamps(), N: 60, Seed: 1, Asks: []string{"watts", "price"}, Words: map[string]SlotWords{
		"price": {Less: map[string][]string{"en": {"cheaper"}, "zh": {"便宜点"}}},
	}}
}

// A clerk sells the things with a tracker and nothing else. It hears "cheaper"
// and comparisons as anybody would.
type clerk struct {
	m       *market
	tracker *dst.Tracker
	spoil   func(*Answer)
}

func newClerk(t testing.TB) *clerk {
	t.Helper()
	m, err := newMarket(lampSchema(), lampOptions())
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := dst.NewTracker(lampSchema(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return &clerk{m: m, tracker: tracker}
}

func (c *clerk) Answer(ctx context.Context, s dst.State, message string) (Answer, error) {
	next, decisions, err := c.tracker.Update(ctx, s, dst.Turn{User: message})
	if err != nil {
		return Answer{}, err
	}
	a := Answer{State: next}
	for _, d := range decisions {
		if d.Act.Kind == dst.Select {
			a.Acts = append(a.Acts, dst.Act{Kind: dst.Inform, Slot: "name", Op: dst.Eq, Value: d.Act.Value})
		}
	}
	if focus, ok := next.Focused("name"); ok && len(next.Requested) > 0 {
		a.Acts = nil
		for _, slot := range next.Requested {
			a.Acts = append(a.Acts, dst.Act{Kind: dst.Inform, Slot: slot, Op: dst.Eq, Value: c.m.things[focus].Values[slot][0]})
		}
	} else if ok && len(a.Acts) == 0 && slices.ContainsFunc(decisions, func(d dst.Decision) bool { return d.Act.Kind == dst.Affirm }) {
		a.Acts = append(a.Acts, dst.Act{Kind: dst.Inform, Slot: "name", Op: dst.Eq, Value: focus})
	}
	if len(a.Acts) == 0 {
		a.Acts = c.offer(next)
	}
	if c.spoil != nil {
		c.spoil(&a)
	}
	a.State = a.State.Said(a.Acts...)
	return a, nil
}

// offer are all things that meet the constraints of the state.
func (c *clerk) offer(s dst.State) []dst.Act {
	var wants []*want
	for _, k := range s.Constraints {
		moves := map[dst.Op]string{dst.Eq: "eq", dst.Ne: "ne", dst.Le: "le", dst.Ge: "ge", dst.Lt: "lt", dst.Gt: "gt", dst.Around: "around"}
		if k.Value != dst.DontCare && k.Slot != "name" {
			wants = append(wants, &want{k.Slot, moves[k.Op], []string{k.Value}})
		}
	}
	var out []dst.Act
	for _, t := range c.m.fitting(wants) {
		out = append(out, dst.Act{Kind: dst.Offer, Slot: "name", Op: dst.Eq, Value: t.Value})
	}
	if out == nil {
		return []dst.Act{{Kind: dst.NoOffer}}
	}
	return out
}

// TestCustomers has a clerk who understands words and no critiques, and sees
// that what he does wrong is told apart.
func TestCustomers(t *testing.T) {
	ctx := context.Background()
	c := newClerk(t)
	opt := lampOptions()
	opt.Words = nil // no critiques
	report, err := SimulateCustomers(ctx, c, lampSchema(), opt)
	if err != nil {
		t.Fatal(err)
	}
	if report.Conversations != 60 || report.Share() < 0.6 || report.Changes < 40 || report.ByLang["zh"] != 30 {
		t.Errorf("%+v\n%s", report, report)
	}
	again, err := SimulateCustomers(ctx, c, lampSchema(), opt)
	if err != nil || !reflect.DeepEqual(report, again) {
		t.Errorf("the same seed gives another report: %v", err)
	}
}

// TestCustomersTellFaults spoils the clerk's answers.
func TestCustomersTellFaults(t *testing.T) {
	for _, x := range []struct {
		reason Reason
		spoil  func(*Answer)
	}{
		{GivenUp, func(a *Answer) { a.Acts = []dst.Act{{Kind: dst.Human}} }},
		{NothingSaid, func(a *Answer) { a.Acts = nil }},
		{FalseNone, func(a *Answer) { a.Acts = []dst.Act{{Kind: dst.NoOffer}} }},
		{WishLost, func(a *Answer) {
			a.State.Constraints, a.Acts = nil, []dst.Act{{Kind: dst.Offer, Slot: "name", Op: dst.Eq, Value: "Acorn"}}
		}},
		{WrongOffer, func(a *Answer) {
			for i := range a.Acts {
				if a.Acts[i].Kind == dst.Offer {
					a.Acts[i].Value = "Fir"
				}
			}
		}},
		{AskedTooOften, func(a *Answer) { a.Acts = []dst.Act{{Kind: dst.Ask, Slot: "colour"}} }},
		{WrongAnswer, func(a *Answer) {
			for i := range a.Acts {
				if a.Acts[i].Slot == "watts" {
					a.Acts[i].Value = "1000"
				}
			}
		}},
		{Unanswered, func(a *Answer) {
			a.Acts = slices.DeleteFunc(a.Acts, func(x dst.Act) bool { return x.Slot == "watts" })
		}},
	} {
		c := newClerk(t)
		c.spoil = x.spoil
		report, err := SimulateCustomers(context.Background(), c, lampSchema(), lampOptions())
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(report.Failures, func(f CustomerFailure) bool { return f.Reason == x.reason })
		if i < 0 {
			t.Errorf("%s is not told: %s", x.reason, report)
		} else if f := report.Failures[i]; !strings.Contains(f.Transcript, "> ") || !strings.Contains(f.Transcript, "# wants kind=") || !strings.Contains(f.String(), string(x.reason)) {
			t.Errorf("%s: transcript is\n%s", f, f.Transcript)
		}
	}
}

func TestCustomersRefuse(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	failing := BotFunc(func(context.Context, dst.State, string) (Answer, error) { return Answer{}, errors.New("out of order") })
	report, err := SimulateCustomers(ctx, failing, lampSchema(), lampOptions())
	if err != nil || report.Reached != 0 || report.Reasons()[0] != (ReasonCount{BotFailed, 60}) {
		t.Errorf("%v\n%s", err, report)
	}
	for _, opt := range []CustomerOptions{
		{},
		{Things: lamps(), Langs: []string{"xx"}},
		{Things: []Thing{{Value: "Acorn", Values: map[string][]string{"kind": {"torch"}}}}},
	} {
		if _, err := SimulateCustomers(ctx, failing, lampSchema(), opt); err == nil {
			t.Errorf("%+v: no error", opt)
		}
	}
	cancel()
	if _, err := SimulateCustomers(ctx, failing, lampSchema(), lampOptions()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v with a cancelled context", err)
	}
}
