package dst

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

func TestParseAct(t *testing.T) {
	for _, c := range []struct {
		in   string
		want Act
	}{
		{"want buy", Act{Kind: Want, Slot: "buy"}},
		{"inform price<=900", Act{Inform, "price", Le, "900"}},
		{"inform\tprice<=900", Act{Inform, "price", Le, "900"}},
		{"inform price <= 900", Act{Inform, "price", Le, "900"}},
		{"prefer price<=900", Act{Prefer, "price", Le, "900"}},
		{"inform brand!=Lenovo", Act{Inform, "brand", Ne, "Lenovo"}},
		{"inform brand+=Asus", Act{Inform, "brand", Add, "Asus"}},
		{"inform 价格~三千", Act{Inform, "价格", Around, "三千"}},
		{"offer Hotels_1.name=Acorn House", Act{Offer, "Hotels_1.name", Eq, "Acorn House"}},
		{`inform "two words"="a = b; c"`, Act{Inform, "two words", Eq, "a = b; c"}},
		{`inform note=""`, Act{Inform, "note", Eq, ""}},
		{"inform phone=+86 10-1234", Act{Inform, "phone", Eq, "+86 10-1234"}},
		{"offer", Act{Kind: Offer}},
		{"  affirm ", Act{Kind: Affirm}},
		{"ask use", Act{Kind: Ask, Slot: "use"}},
		{"ask", Act{Kind: Ask}},
		{"confirm Hotels.Reserve", Act{Kind: Confirm, Slot: "Hotels.Reserve"}},
		{"cancel", Act{Kind: Cancel}},
		{"cancel Hotels", Act{Kind: Cancel, Slot: "Hotels"}},
		{"undo", Act{Kind: Undo}},
		{"do Hotels.Reserve", Act{Kind: Do, Slot: "Hotels.Reserve"}},
		{"inform room-size=12-14", Act{Inform, "room-size", Eq, "12-14"}},
	} {
		got, err := ParseAct(c.in)
		if err != nil || got != c.want {
			t.Errorf("ParseAct(%q) = %#v, %v; want %#v", c.in, got, err, c.want)
		}
		if again, err := ParseAct(got.String()); err != nil || again != got {
			t.Errorf("%q does not come back: %q, %v", c.in, got.String(), err)
		}
	}
}

func TestParseActErrors(t *testing.T) {
	for in, part := range map[string]string{
		"":                   "unknown kind",
		"informs price=1":    "unknown kind",
		"inform":             "needs a name",
		"inform price":       "needs an operator",
		"inform price==1":    "needs quotes",
		"inform price?1":     "needs an operator",
		"inform a b":         "needs an operator",
		"affirm price":       "stands alone",
		"ask price=1":        "takes no value",
		"confirm":            "needs a name",
		"undo price":         "stands alone",
		"cancel price=1":     "takes no value",
		"do":                 "needs a name",
		`inform "x=1`:        "does not end",
		`inform x="1`:        "malformed",
		"inform =1":          "needs a name",
		"inform price<=a;b":  "needs quotes",
		`inform x="a" extra`: "malformed",
	} {
		if _, err := ParseAct(in); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("ParseAct(%q): error %v does not say %q", in, err, part)
		}
	}
}

func TestActLists(t *testing.T) {
	in := "want buy; inform brand!=Lenovo\ninform name=\"a;b\\\"c\"; ; offer"
	acts, err := ParseActs(in)
	if err != nil || len(acts) != 4 {
		t.Fatalf("ParseActs(%q) = %v, %v", in, acts, err)
	}
	again, err := ParseActs(FormatActs(acts))
	if err != nil || !reflect.DeepEqual(again, acts) {
		t.Errorf("the list does not come back: %v, %v", again, err)
	}
	b, err := json.Marshal(acts)
	if err != nil {
		t.Fatal(err)
	}
	var back []Act
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, acts) {
		t.Errorf("JSON %s gives %v, %v", b, back, err)
	}
}

// Any act whose form is right is written so that it is read back.
func FuzzActString(f *testing.F) {
	f.Add("inform", "price", "<=", "900")
	f.Add("inform", "a+", "=", " x ")
	f.Add("offer", "名称", "=", "a\"\\\x00\xff")
	f.Fuzz(func(t *testing.T, kind, slot, op, value string) {
		a := Act{Kind(kind), slot, Op(op), value}
		form, ok := forms[a.Kind]
		if !ok || opAt(op) != a.Op || a.checkForm(form.slot, form.value) != nil || op == "" && value != "" {
			t.Skip()
		}
		back, err := ParseAct(a.String())
		if err != nil || back != a {
			t.Fatalf("%#v is written %q and read %#v, %v", a, a.String(), back, err)
		}
	})
}

// Any text that is read as an act is written in a form that reads the same.
func FuzzParseAct(f *testing.F) {
	for _, s := range []string{"want buy", "inform price<=900", `inform "a b"="c"`, "offer", "inform a+==", "forget 价格"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseAct(s)
		if err != nil {
			return
		}
		back, err := ParseAct(a.String())
		if err != nil || back != a {
			t.Fatalf("%q reads %#v, is written %q and read %#v, %v", s, a, a.String(), back, err)
		}
		if acts, err := ParseActs(a.String()); err != nil || len(acts) != 1 || acts[0] != a {
			t.Fatalf("%q as a list is %v, %v", a.String(), acts, err)
		}
	})
}

func ExampleParseAct() {
	a, _ := ParseAct("inform price<=900")
	fmt.Println(a.Kind, a.Slot, a.Op, a.Value)
	_, err := ParseAct("inform price 900")
	fmt.Println(err)
	// Output:
	// inform price <= 900
	// dst: act "inform price 900": inform price 900 needs an operator and a value, as in inform price 900=x
}
