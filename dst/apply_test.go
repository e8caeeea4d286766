package dst

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// The merge table of Apply: what a slot holds (row), what is said next
// (column), what it holds then. 5 < 7 < 9; "-" is an empty slot.
const mergeTable = `
held        | =7       | +=7        | -=7      | !=7         | >=7         | <=7         | ~7       | =dontcare  | forget
-           | =7       | =7         | -        | !=7         | >=7         | <=7         | ~7       | =dontcare  | -
=5          | =7       | =5 =7      | =5       | =5 !=7      | >=7         | <=7         | ~7       | =dontcare  | -
=7          | =7       | =7         | -        | !=7         | >=7         | <=7         | ~7       | =dontcare  | -
=5 =7       | =7       | =5 =7      | =5       | =5 !=7      | >=7         | <=7         | ~7       | =dontcare  | -
!=5         | =7       | !=5 =7     | !=5      | !=5 !=7     | !=5 >=7     | !=5 <=7     | !=5 ~7   | =dontcare  | -
!=7         | =7       | =7         | !=7      | !=7         | !=7 >=7     | !=7 <=7     | ~7       | =dontcare  | -
>=5         | =7       | =7         | >=5      | >=5 !=7     | >=7         | >=5 <=7     | ~7       | =dontcare  | -
>=9         | =7       | =7         | >=9      | >=9 !=7     | >=7         | <=7         | ~7       | =dontcare  | -
<=9         | =7       | =7         | <=9      | <=9 !=7     | <=9 >=7     | <=7         | ~7       | =dontcare  | -
<=5         | =7       | =7         | <=5      | <=5 !=7     | >=7         | <=7         | ~7       | =dontcare  | -
>7          | =7       | =7         | >7       | >7 !=7      | >=7         | <=7         | ~7       | =dontcare  | -
<7          | =7       | =7         | <7       | <7 !=7      | >=7         | <=7         | ~7       | =dontcare  | -
>=5 <=9     | =7       | =7         | >=5 <=9  | >=5 <=9 !=7 | <=9 >=7     | >=5 <=7     | ~7       | =dontcare  | -
~5          | =7       | =7         | ~5       | ~5 !=7      | >=7         | <=7         | ~7       | =dontcare  | -
=dontcare   | =7       | =7         | =dontcare| !=7         | >=7         | <=7         | ~7       | =dontcare  | -
`

func TestMergeTable(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(mergeTable), "\n")
	columns := cells(lines[0])
	for _, line := range lines[1:] {
		row := cells(line)
		if len(row) != len(columns) {
			t.Fatalf("row %q has %d cells, not %d", line, len(row), len(columns))
		}
		for i := 1; i < len(row); i++ {
			s := held(t, row[0])
			act := "inform price" + columns[i]
			if columns[i] == "forget" {
				act = "forget price"
			}
			if got := show(s.Apply(MustAct(act))); got != row[i] {
				t.Errorf("a slot that holds %s, then %s: holds %s, want %s", row[0], act, got, row[i])
			}
			if got := show(s); got != row[0] {
				t.Fatalf("Apply changed its receiver from %s to %s", row[0], got)
			}
		}
	}
}

func cells(line string) []string {
	var out []string
	for _, c := range strings.Split(line, "|") {
		out = append(out, strings.TrimSpace(c))
	}
	return out
}

// held builds a state by hand, so that the table does not lean on Apply itself.
func held(t *testing.T, terms string) State {
	var s State
	if terms == "-" {
		return s
	}
	for _, f := range strings.Fields(terms) {
		a, err := ParseAct("inform price" + f)
		if err != nil {
			t.Fatal(err)
		}
		s.Constraints = append(s.Constraints, Constraint{Slot: a.Slot, Op: a.Op, Value: a.Value})
	}
	return s
}

func show(s State) string {
	var out []string
	for _, c := range s.Constraints {
		out = append(out, string(c.Op)+c.Value)
	}
	if out == nil {
		return "-"
	}
	return strings.Join(out, " ")
}

func TestBoundsThatCannotBeComparedAreKept(t *testing.T) {
	s := State{}.Apply(MustAct("inform price<=900"), MustAct("inform price>=1000 USD"))
	if got := show(s); got != "<=900 >=1000 USD" {
		t.Errorf("bounds in two currencies: %s", got)
	}
	s = State{}.Apply(MustAct("inform date<=2026-11-30"), MustAct("inform date>=2026-12-01"))
	if got := show(s); got != ">=2026-12-01" {
		t.Errorf("dates in the wrong order: %s", got)
	}
}

func TestApplyOtherActs(t *testing.T) {
	for _, c := range []struct{ said, acts, want string }{
		{"", "want Hotels.Find; inform Hotels.area=north; want Taxi", "intents=Hotels.Find,Taxi Hotels.area=north"},
		{"", "want Hotels.Find; want Taxi; want Hotels", "intents=Taxi,Hotels.Find"},
		{"", "want Hotels; want Taxi; want Hotels.Find", "intents=Taxi,Hotels.Find"},
		{"confirm price<=900", "affirm", "price<=900"},
		{"confirm price<=900", "deny", ""},
		{"propose Hotels.Reserve", "affirm", "intents=Hotels.Reserve"},
		{"offer name=A; offer name=B", "select name=B; request price", "requested=price focus=name:B"},
		{"offer name=A", "affirm", "focus=name:A"},
		{"offer name=A; offer name=B", "affirm", ""},
		{"", "inform A.x=1; inform B.x=2; forget A", "B.x=2"},
		{"", "inform A.x=1; restart; inform B.x=2", "B.x=2"},
		{"", "request price; request price; request size", "requested=price,size"},
		{"", "inform z=1; inform a=1; inform z+=2", "a=1 z=1 z=2"},
	} {
		said, err := ParseActs(c.said)
		if err != nil {
			t.Fatal(err)
		}
		acts, err := ParseActs(c.acts)
		if err != nil {
			t.Fatal(err)
		}
		if got := summary(State{}.Said(said...).Apply(acts...)); got != c.want {
			t.Errorf("after %q, %q gives %q, want %q", c.said, c.acts, got, c.want)
		}
	}
}

func summary(s State) string {
	var out []string
	if s.Intents != nil {
		out = append(out, "intents="+strings.Join(s.Intents, ","))
	}
	for _, c := range s.Constraints {
		out = append(out, c.Slot+string(c.Op)+c.Value)
	}
	if s.Requested != nil {
		out = append(out, "requested="+strings.Join(s.Requested, ","))
	}
	for _, f := range s.Focus {
		out = append(out, "focus="+f.Slot+":"+f.Value)
	}
	return strings.Join(out, " ")
}

func TestAskedIsRemembered(t *testing.T) {
	s := State{}.Said(MustAct("ask price"), MustAct("request use")).NextTurn().Said(MustAct("ask price")).Said()
	if want := []string{"price", "use"}; !reflect.DeepEqual(s.Asked, want) {
		t.Errorf("asked %q, want %q", s.Asked, want)
	}
}

func TestRelaxBySystem(t *testing.T) {
	s := State{}.Apply(MustAct("inform price>=5"), MustAct("inform price<=7"), MustAct("inform brand=X"))
	s = s.Said(MustAct("relax price<=9"), MustAct("relax brand"))
	if got := summary(s); got != "price>=5 price<=9" {
		t.Errorf("after the bot relaxed: %q", got)
	}
}

var anyAct = rapid.Custom(func(t *rapid.T) Act {
	kind := rapid.SampledFrom([]Kind{Inform, Inform, Inform, Inform, Forget, Want, Request, Select, Affirm, Restart}).Draw(t, "kind")
	slot := rapid.SampledFrom([]string{"a", "S.a", "S.b"}).Draw(t, "slot")
	switch kind {
	case Affirm, Restart:
		return Act{Kind: kind}
	case Inform:
		op := rapid.SampledFrom([]Op{Eq, Ne, Lt, Le, Gt, Ge, Around, Add, Remove}).Draw(t, "op")
		value := rapid.SampledFrom([]string{"5", "7", "9", "red", DontCare}).Draw(t, "value")
		return Act{kind, slot, op, value}
	case Select:
		return Act{kind, slot, Eq, "x"}
	}
	return Act{Kind: kind, Slot: slot}
})

// Apply is a fold: it does not matter how the acts are grouped, and a state
// survives JSON.
func TestApplyIsAFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		acts := rapid.SliceOf(anyAct).Draw(t, "acts")
		cut := rapid.IntRange(0, len(acts)).Draw(t, "cut")
		whole := State{}.Apply(acts...)
		parts := State{}.Apply(acts[:cut]...).Apply(acts[cut:]...)
		if !reflect.DeepEqual(whole, parts) {
			t.Fatalf("%v in one go: %+v, in two: %+v", acts, whole, parts)
		}
		for i, c := range whole.Constraints {
			if i > 0 && whole.Constraints[i-1].Slot > c.Slot {
				t.Fatalf("constraints out of order: %+v", whole.Constraints)
			}
		}
		b, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		var back State
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, whole) {
			t.Fatalf("JSON %s gives %+v, %v", b, back, err)
		}
	})
}
