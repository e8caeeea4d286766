package dsttest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// A StateCheck checks one state. Each method reports what is not as it should
// be, with the state, and returns the check, so that calls can be chained;
// the test goes on after a failure.
type StateCheck struct {
	t testing.TB
	s dst.State
}

// State begins a check of s:
//
//	dsttest.State(t, s).Has("price<=900").Empty("brand").Requested("phone")
func State(t testing.TB, s dst.State) StateCheck {
	t.Helper()
	return StateCheck{t, s}
}

// Has checks that each of the constraints, such as "price<=900" or
// "brand!=Lenovo", is there with this operator and value.
func (c StateCheck) Has(constraints ...string) StateCheck {
	c.t.Helper()
	return c.each(constraints, true)
}

// Lacks checks that none of the constraints is there.
func (c StateCheck) Lacks(constraints ...string) StateCheck {
	c.t.Helper()
	return c.each(constraints, false)
}

func (c StateCheck) each(constraints []string, has bool) StateCheck {
	c.t.Helper()
	for _, text := range constraints {
		f, err := parseForm(text)
		switch {
		case err != nil:
			c.t.Errorf("dsttest: %v", err)
		case f.met(place{}, c.s) != has && has:
			c.fail("it lacks %s", f.text)
		case f.met(place{}, c.s) != has:
			c.fail("it has %s", f.text)
		}
	}
	return c
}

// Exactly checks that these are all constraints of the state, in any order.
func (c StateCheck) Exactly(constraints ...string) StateCheck {
	c.t.Helper()
	var got, want []string
	for _, x := range c.s.Constraints {
		got = append(got, term(x))
	}
	for _, text := range constraints {
		f, err := parseForm(text)
		if err != nil {
			c.t.Errorf("dsttest: %v", err)
			return c
		}
		want = append(want, strings.TrimPrefix(f.String(), string(dst.Inform)+" "))
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		c.fail("its constraints are not those wanted:\n%s", diff(want, got))
	}
	return c
}

// Eq checks that the slot is to be equal to this one value ([dst.State.Get]).
func (c StateCheck) Eq(slot, value string) StateCheck {
	c.t.Helper()
	if got, ok := c.s.Get(slot); !ok {
		c.fail("slot %s has not one value, want %q", slot, value)
	} else if got != value {
		c.fail("slot %s is %q, want %q", slot, got, value)
	}
	return c
}

// Filled checks that each slot has a constraint.
func (c StateCheck) Filled(slots ...string) StateCheck {
	c.t.Helper()
	for _, slot := range slots {
		if !c.s.Filled(slot) {
			c.fail("slot %s is empty", slot)
		}
	}
	return c
}

// Empty checks that no slot of these has a constraint; without slots, that
// there is no constraint at all.
func (c StateCheck) Empty(slots ...string) StateCheck {
	c.t.Helper()
	if len(slots) == 0 && len(c.s.Constraints) > 0 {
		c.fail("it is not empty")
	}
	for _, slot := range slots {
		if c.s.Filled(slot) {
			c.fail("slot %s is not empty", slot)
		}
	}
	return c
}

// DontCare checks that the user has no preference for each slot.
func (c StateCheck) DontCare(slots ...string) StateCheck {
	c.t.Helper()
	for _, slot := range slots {
		c.Eq(slot, dst.DontCare)
	}
	return c
}

// Requested checks that these are the slots that the user asked about in the
// last turn, in any order.
func (c StateCheck) Requested(slots ...string) StateCheck {
	c.t.Helper()
	got, want := slices.Sorted(slices.Values(c.s.Requested)), slices.Sorted(slices.Values(slots))
	if !slices.Equal(got, want) {
		c.fail("asked about are %q, want %q", got, want)
	}
	return c
}

// Intent checks the intent that is talked about; "" is none.
func (c StateCheck) Intent(name string) StateCheck {
	c.t.Helper()
	if got := c.s.Intent(); got != name {
		c.fail("the intent is %q, want %q", got, name)
	}
	return c
}

// Focused checks the thing that is talked about; the value "" is none.
func (c StateCheck) Focused(slot, value string) StateCheck {
	c.t.Helper()
	if got, _ := c.s.Focused(slot); got != value {
		c.fail("in focus is %s=%q, want %q", slot, got, value)
	}
	return c
}

func (c StateCheck) fail(format string, args ...any) {
	c.t.Helper()
	c.t.Errorf("dsttest: the state is not as wanted: %s\n%s", fmt.Sprintf(format, args...), describe(c.s))
}

// describe lists a state for a message.
func describe(s dst.State) string {
	var b strings.Builder
	fmt.Fprintf(&b, "state after turn %d:", s.Turn)
	for _, c := range s.Constraints {
		fmt.Fprintf(&b, "\n    %s", term(c))
		if c.Evidence.Text != "" {
			fmt.Fprintf(&b, "  from %q in turn %d", c.Evidence.Text, c.Evidence.Turn)
		}
	}
	for _, row := range []struct {
		name string
		list []string
	}{{"intents", s.Intents}, {"asked about", s.Requested}, {"asked for", s.Asked}} {
		if len(row.list) > 0 {
			fmt.Fprintf(&b, "\n    %s: %s", row.name, strings.Join(row.list, ", "))
		}
	}
	for _, f := range s.Focus {
		fmt.Fprintf(&b, "\n    in focus: %s=%s", f.Slot, f.Value)
	}
	return b.String()
}

// Acts checks that what was decided is these acts, in order, in the notation of
// [dst.ParseAct]:
//
//	dsttest.Acts(t, decisions, "inform price<=900", "request weight")
func Acts(t testing.TB, decisions []dst.Decision, want ...string) {
	t.Helper()
	got := make([]string, len(decisions))
	for i, d := range decisions {
		got[i] = d.Act.String()
	}
	wanted := make([]string, len(want))
	for i, w := range want {
		wanted[i] = actText(w)
	}
	if !slices.Equal(got, wanted) {
		t.Errorf("dsttest: the acts are not as wanted:\n%s", diff(wanted, got))
	}
}

// Next checks what the tracker does next in a state.
func Next(t testing.TB, tracker *dst.Tracker, s dst.State, want string) {
	t.Helper()
	if got := tracker.Next(s).String(); got != actText(want) {
		t.Errorf("dsttest: next is %s, want %s\n%s", got, actText(want), describe(s))
	}
}
