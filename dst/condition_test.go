package dst

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pizza is an order with conditions: an address only for delivery, a floor
// only with an address, a deposit only for many.
func pizza() Service {
	return Service{
		Name: "Pizza",
		Slots: []Slot{
			{Name: "delivery", Type: &YesNo{Yes: "true", No: "false"}, Required: true, Ask: map[string]string{"en": "Shall we deliver it?", "zh": "需要送货吗？"}},
			{Name: "address", When: []Condition{{"delivery", Eq, "true"}}, Ask: map[string]string{"en": "Where to?", "zh": "送到哪里？"}},
			{Name: "floor", When: []Condition{{Slot: "address"}}, Type: &Number{Integer: true}},
			{Name: "count", Type: &Number{Unit: "pizza", Integer: true}},
			{Name: "deposit", When: []Condition{{"count", Ge, "8"}, {"payment", Ne, "cash"}}, Type: &Money{Currency: "CNY"}},
			{Name: "payment", Type: OneOf("cash", "card", "app")},
			{Name: "receipt", When: []Condition{{"payment", Eq, "card"}, {"payment", Eq, "app"}}, Type: &YesNo{Yes: "true", No: "false"}},
			{Name: "topping", Multi: true, Type: OneOf("ham", "olive")},
			{Name: "halal", When: []Condition{{"topping", Eq, "ham"}}},
		},
		Intents: []Intent{{Name: "Order", Transactional: true, Required: []string{"count", "address", "floor"}}},
	}
}

func TestConditionsHold(t *testing.T) {
	s := Schema{Services: []Service{pizza()}}
	for _, c := range []struct {
		acts, slot string
		want       bool
	}{
		{"", "delivery", true},
		{"", "address", false},
		{"inform Pizza.delivery=true", "address", true},
		{"inform Pizza.delivery=false", "address", false},
		{"inform Pizza.delivery=dontcare", "address", false},
		{"inform Pizza.delivery=true; inform Pizza.delivery+=false", "address", false},
		{"inform Pizza.address=1 Mill Lane", "floor", false},
		{"inform Pizza.delivery=true; inform Pizza.address=1 Mill Lane", "floor", true},
		{"inform Pizza.delivery=false; inform Pizza.address=1 Mill Lane", "floor", false},
		{"inform Pizza.count=8; inform Pizza.payment=card", "deposit", true},
		{"inform Pizza.count>=12; inform Pizza.payment!=cash", "deposit", true},
		{"inform Pizza.count>=7; inform Pizza.payment!=cash", "deposit", false},
		{"inform Pizza.count<=12; inform Pizza.payment=card", "deposit", false},
		{"inform Pizza.count=9", "deposit", false},
		{"inform Pizza.count=9; inform Pizza.payment=dontcare", "deposit", false},
		{"inform Pizza.count=7; inform Pizza.payment=card", "deposit", false},
		{"inform Pizza.payment=app", "receipt", true},
		{"inform Pizza.payment=card; inform Pizza.payment+=app", "receipt", true},
		{"inform Pizza.payment=card; inform Pizza.payment+=cash", "receipt", false},
		{"inform Pizza.payment=cash", "receipt", false},
		{"inform Pizza.topping=olive; inform Pizza.topping+=ham", "halal", true},
		{"inform Pizza.topping=olive", "halal", false},
		{"", "nothing", false},
	} {
		acts, err := ParseActs(c.acts)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Applies(State{}.Apply(acts...), "Pizza."+c.slot); got != c.want {
			t.Errorf("after %q, %s applies: %v, want %v", c.acts, c.slot, got, c.want)
		}
	}
}

// What bounds and negations imply, and what values admit.
func TestConditionsOnNumbers(t *testing.T) {
	for _, c := range []struct{ condition, held, not string }{
		{"n>=8", "=8 =9 >=8 >8 ~9", "=7 >=7 <=9 !=7 <8"},
		{"n>8", "=9 >=9 >8", "=8 >=8 <=9 !=8"},
		{"n<8", "=7 <=7 <8", "=8 <=8 >=7 !=8"},
		{"n<=8", "=8 <=8 <8 ~7", "=9 <=9 >=8"},
		{"n!=8", "=7 !=8 >8 <8 >=9 <=7", "=8 >=8 <=8 !=7 =dontcare"},
		{"n=8", "=8", "=9 >=8 !=9 =dontcare"},
		{"n=dontcare", "=dontcare", "=9"},
		{"n", "=8 !=8 =dontcare", ""},
	} {
		condition, err := ParseCondition(c.condition)
		if err != nil {
			t.Fatal(err)
		}
		for _, typ := range []Type{&Number{}, nil} { // values of no type are compared as they look
			s := Schema{Services: []Service{{Slots: []Slot{{Name: "n", Type: typ}, {Name: "x", When: []Condition{condition}}}}}}
			for want, list := range map[bool]string{true: c.held, false: c.not} {
				for _, term := range strings.Fields(list) {
					if got := s.Applies(State{}.Apply(MustAct("inform n"+term)), "x"); got != want {
						t.Errorf("%s where n%s: %v (%T)", c.condition, term, got, typ)
					}
				}
			}
		}
	}
}

// A value outlives the condition it depends on, and is back with it.
func TestDormantValuesComeBack(t *testing.T) {
	schema := Schema{Services: []Service{pizza()}}
	s := State{}.Apply(MustAct("inform Pizza.delivery=true"), MustAct("inform Pizza.address=1 Mill Lane"), MustAct("inform Pizza.floor=2"))
	if got := summary(schema.Effective(s)); got != summary(s) {
		t.Errorf("with delivery: %s", got)
	}
	pickup := s.Apply(MustAct("inform Pizza.delivery=false"))
	if got := summary(schema.Effective(pickup)); got != "Pizza.delivery=false" {
		t.Errorf("without delivery: %s", got)
	}
	if v, _ := pickup.Get("Pizza.address"); v != "1 Mill Lane" {
		t.Errorf("the state holds the address %q", v)
	}
	if got := summary(schema.Effective(pickup.Apply(MustAct("inform Pizza.delivery=true")))); got != summary(s) {
		t.Errorf("with delivery again: %s", got)
	}
}

func TestConditionNotation(t *testing.T) {
	for in, want := range map[string]Condition{
		"delivery=true":          {"delivery", Eq, "true"},
		" count >= 8 ":           {"count", Ge, "8"},
		"address":                {Slot: "address"},
		`"two words"!="a;b"`:     {"two words", Ne, "a;b"},
		"支付方式!=现金":               {"支付方式", Ne, "现金"},
		"payment=pay on pick-up": {"payment", Eq, "pay on pick-up"},
	} {
		if got, err := ParseCondition(in); err != nil || got != want {
			t.Errorf("ParseCondition(%q) = %#v, %v", in, got, err)
		}
	}
	for in, part := range map[string]string{"": "name of a slot", "=1": "name of a slot", "a~5": "nothing that could hold", "a+=5": "nothing that could hold", `a="b`: "malformed"} {
		if _, err := ParseCondition(in); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("ParseCondition(%q): error %v does not say %q", in, err, part)
		}
	}
	if list, err := ParseConditions(`a=1; b!="x;y";`); err != nil || !reflect.DeepEqual(list, []Condition{{"a", Eq, "1"}, {"b", Ne, "x;y"}}) {
		t.Errorf("the list is read %v, %v", list, err)
	}
}

func TestConditionsRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Condition{Slot: rapid.StringN(1, 8, -1).Draw(t, "slot"), Op: rapid.SampledFrom([]Op{"", Eq, Ne, Lt, Le, Gt, Ge}).Draw(t, "op")}
		if c.Op != "" {
			c.Value = rapid.String().Draw(t, "value")
		}
		back, err := ParseCondition(c.String())
		if err != nil || back != c {
			t.Fatalf("%#v is written %q and read %#v, %v", c, c, back, err)
		}
		b, err := json.Marshal([]Condition{c})
		var list []Condition
		if err != nil || json.Unmarshal(b, &list) != nil || list[0] != c {
			t.Fatalf("JSON %s gives %v, %v", b, list, err)
		}
	})
}

func TestSchemasThatContradictThemselves(t *testing.T) {
	yes := &YesNo{Yes: "true", No: "false"}
	for part, slots := range map[string][]Slot{
		`no slot "gift" in the service`:              {{Name: "card", When: []Condition{{"gift", Eq, "true"}}}},
		`"maybe" is no value of slot "gift"`:         {{Name: "gift", Type: yes}, {Name: "card", When: []Condition{{"gift", Eq, "maybe"}}}},
		`holds "yes" as "true"; write "gift=true"`:   {{Name: "gift", Type: yes}, {Name: "card", When: []Condition{{"gift", Eq, "yes"}}}},
		`have no order, so >= means nothing`:         {{Name: "gift", Type: yes}, {Name: "card", When: []Condition{{"gift", Ge, "true"}}}},
		`says nothing that could hold`:               {{Name: "n", Type: &Number{}}, {Name: "card", When: []Condition{{"n", Around, "3"}}}},
		`stands without an operator`:                 {{Name: "n", Type: &Number{}}, {Name: "card", When: []Condition{{"n", "", "3"}}}},
		`in a circle: a needs b needs c needs a; so`: {{Name: "a", When: []Condition{{Slot: "b"}}}, {Name: "b", When: []Condition{{Slot: "c"}}}, {Name: "c", When: []Condition{{Slot: "a"}}}},
		`in a circle: a needs a; so`:                 {{Name: "a", When: []Condition{{"a", Eq, "x"}}}},
		`slot "n" is RequestOnly`:                    {{Name: "n", RequestOnly: true}, {Name: "card", When: []Condition{{Slot: "n"}}}},
		`never asked for, so When means nothing`:     {{Name: "n"}, {Name: "card", RequestOnly: true, When: []Condition{{Slot: "n"}}}},
		`"n>=8" and "n<5" can never hold together`:   {{Name: "n", Type: &Number{}}, {Name: "card", When: []Condition{{"n", Ge, "8"}, {"n", Lt, "5"}}}},
		`"n<5" and "n=8" can never hold together`:    {{Name: "n", Type: &Number{}}, {Name: "card", When: []Condition{{"n", Lt, "5"}, {"n", Eq, "8"}}}},
		`"p=x" and "p!=x" can never hold together`:   {{Name: "p"}, {Name: "card", When: []Condition{{"p", Eq, "x"}, {"p", Ne, "x"}}}},
		`no order, so Plain cannot be <=`:            {{Name: "p", Type: yes, Plain: Le}},
	} {
		wantError(t, Schema{Services: []Service{{Slots: slots}}}.Validate(), part)
	}
	for part, typ := range map[string]Type{
		"has no values":         &Enum{},
		`the value "Red" twice`: OneOf("red", "blue", "Red"),
		"Min 9 above Max 5":     &Number{Min: 9, Max: 5},
		"nil *dst.Number":       (*Number)(nil),
		"nil *dst.Enum; leave":  (*Enum)(nil),
	} {
		wantError(t, Schema{Services: []Service{{Slots: []Slot{{Name: "x", Type: typ}}}}}.Validate(), part)
	}
	both := Service{Slots: []Slot{{Name: "n"}}, Intents: []Intent{{Name: "x", Required: []string{"n"}, Optional: map[string]string{"n": "1"}}}}
	wantError(t, Schema{Services: []Service{both}}.Validate(), "both required and optional")
	asked := Service{Slots: []Slot{{Name: "n", RequestOnly: true}}, Intents: []Intent{{Name: "x", Required: []string{"n"}}}}
	wantError(t, Schema{Services: []Service{asked}}.Validate(), "RequestOnly: the user never fills it")
	if err := (Schema{Services: []Service{pizza()}}).Validate(); err != nil {
		t.Error(err)
	}
}

// A condition on a slot whose type is a nil pointer is reported, be it read or compared.
func TestConditionsOnNilTypes(t *testing.T) {
	for name, typ := range map[string]Type{"Enum": (*Enum)(nil), "Number": (*Number)(nil), "Money": (*Money)(nil), "Date": (*Date)(nil), "Clock": (*Clock)(nil), "YesNo": (*YesNo)(nil), "Gazetteer": (*Gazetteer)(nil), "FreeText": (*FreeText)(nil)} {
		for _, when := range [][]Condition{{{"p", Eq, "1"}}, {{"p", Ne, "1"}, {"p", Eq, "1"}}, {{"p", Ge, "2"}, {"p", Lt, "1"}}, {{Slot: "p"}}} {
			err := Schema{Services: []Service{{Slots: []Slot{{Name: "p", Type: typ}, {Name: "card", When: when}}}}}.Validate()
			wantError(t, err, "its Type is a nil *dst."+name)
			wantError(t, err, `the Type of slot "p" is a nil *dst.`+name)
		}
	}
}

// Conditions that were not validated still come to an end.
func TestCirclesEnd(t *testing.T) {
	s := Schema{Services: []Service{{Slots: []Slot{{Name: "a", When: []Condition{{Slot: "b"}}}, {Name: "b", When: []Condition{{Slot: "a"}}}}}}}
	if state := (State{}).Apply(MustAct("inform a=1"), MustAct("inform b=1")); s.Applies(state, "a") {
		t.Error("a slot whose condition depends on itself applies")
	}
}

func TestConditionsInJSONAndTags(t *testing.T) {
	s, err := ReadSchema(strings.NewReader(`[{"service_name": "Pizza", "slots": [
		{"name": "delivery", "possible_values": ["True", "False"], "is_categorical": true},
		{"name": "address", "when": ["delivery=True"], "ask": {"en": "Where to?"}, "reprompts": {"en": ["A street and a number, please."]}}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Services[0].Slots[1]; !reflect.DeepEqual(got.When, []Condition{{"delivery", Eq, "True"}}) || got.Reprompts["en"][0] != "A street and a number, please." {
		t.Errorf("JSON gives %+v", got)
	}
	_, err = ReadSchema(strings.NewReader(`[{"service_name": "P", "slots": [{"name": "a", "when": ["b~1"]}]}]`))
	wantError(t, err, "nothing that could hold")

	type order struct {
		Gift  bool
		Card  string `when:"gift=true; count>=2" ask:"What shall the card say?" reprompt:"A line for the card?|Just a few words." reprompt_zh:"写一句话？"`
		Count int
	}
	s, err = For[order]()
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Services[0].Slots[1]; !reflect.DeepEqual(got.When, []Condition{{"gift", Eq, "true"}, {"count", Ge, "2"}}) || len(got.Reprompts["en"]) != 2 || len(got.Reprompts["zh"]) != 1 {
		t.Errorf("tags give %+v", got)
	}
	_, err = For[struct {
		Card string `when:"gift~1"`
	}]()
	wantError(t, err, "nothing that could hold")
}
