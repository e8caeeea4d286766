package dsttest

import (
	"context"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestStateChecks(t *testing.T) {
	tracker := shop(t)
	s, decisions, err := tracker.Update(context.Background(), dst.State{}, dst.Turn{
		User: "a red one under $50, what is its weight?", Acts: []dst.Act{dst.MustAct("want buy"), dst.MustAct("inform name=Acorn"), dst.MustAct("inform day=dontcare")}})
	if err != nil {
		t.Fatal(err)
	}
	s = s.Apply(dst.MustAct("select name=Acorn"))
	good := &fakeT{}
	State(good, s).Has("colour=red", "price<=50", "want buy").Lacks("price<=60", "colour=blue").Eq("colour", "red").
		Exactly("price<=50", "day=dontcare", "colour = red", "name=Acorn").Filled("price").Empty("weight").DontCare("day").
		Requested("weight").Intent("buy").Focused("name", "Acorn")
	State(good, dst.State{}).Empty().Intent("").Requested().Focused("name", "").Exactly()
	Acts(good, decisions, "want buy", "inform name=Acorn", "inform day=dontcare", "inform colour=red", "inform price<=50", "request weight")
	Next(good, tracker, s, "offer")
	good.wants(t)

	for want, check := range map[string]func(StateCheck){
		"it lacks price<=60":              func(c StateCheck) { c.Has("price<=60") },
		"it has colour=red":               func(c StateCheck) { c.Lacks("colour=red") },
		"- colour=blue":                   func(c StateCheck) { c.Exactly("colour=blue") },
		`slot price has not one value`:    func(c StateCheck) { c.Eq("price", "50") },
		`slot colour is "red", want "b"`:  func(c StateCheck) { c.Eq("colour", "b") },
		"slot weight is empty":            func(c StateCheck) { c.Filled("weight") },
		"slot colour is not empty":        func(c StateCheck) { c.Empty("colour") },
		"it is not empty":                 func(c StateCheck) { c.Empty() },
		`slot colour is "red", want "don`: func(c StateCheck) { c.DontCare("colour") },
		`asked about are ["weight"]`:      func(c StateCheck) { c.Requested() },
		`the intent is "buy", want "b"`:   func(c StateCheck) { c.Intent("b") },
		`in focus is name="Acorn"`:        func(c StateCheck) { c.Focused("name", "Birch") },
		"is neither slot":                 func(c StateCheck) { c.Has("=x") },
	} {
		fake := &fakeT{}
		check(State(fake, s))
		fake.wants(t, want)
		if want != "is neither slot" {
			fake.wants(t, "state after turn 1:", `price<=50  from "$50" in turn 1`, "asked about: weight", "in focus: name=Acorn")
		}
	}
	bad := &fakeT{}
	Acts(bad, decisions[:1], "inform colour=red")
	Next(bad, tracker, dst.State{}, "offer")
	State(bad, s).Exactly("=")
	bad.wants(t, "- inform colour=red\n    + want buy", "next is ask colour, want offer", "is neither slot")
}
