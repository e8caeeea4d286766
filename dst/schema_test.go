package dst

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestValidate(t *testing.T) {
	for name, c := range map[string]struct {
		schema Schema
		part   string
	}{
		"empty":           {Schema{}, "no services"},
		"twice":           {Schema{[]Service{{Name: "A"}, {Name: "A"}}}, `service 1 ("A"): the name is taken`},
		"unnamed of two":  {Schema{[]Service{{Name: "A"}, {}}}, "only the single service"},
		"point":           {Schema{[]Service{{Name: "A.B"}}}, "a point in the name"},
		"slot twice":      {Schema{[]Service{{Slots: []Slot{{Name: "x"}, {Name: "x"}}}}}, `slot 1 ("x"): the name is taken`},
		"slot unnamed":    {Schema{[]Service{{Slots: []Slot{{}}}}}, "needs a name"},
		"slot point":      {Schema{[]Service{{Slots: []Slot{{Name: "a.b"}}}}}, "a point in the name"},
		"role":            {Schema{[]Service{{Slots: []Slot{{Name: "x", Role: "beside"}}}}}, `unknown role "beside"`},
		"of":              {Schema{[]Service{{Slots: []Slot{{Name: "x", Of: "Hotels"}}}}}, `service "Hotels", which the schema does not have`},
		"contradiction":   {Schema{[]Service{{Slots: []Slot{{Name: "x", Required: true, RequestOnly: true}}}}}, "cannot be both"},
		"intent slot":     {Schema{[]Service{{Intents: []Intent{{Name: "buy", Required: []string{"y"}}}}}}, `requires slot "y"`},
		"intent unnamed":  {Schema{[]Service{{Intents: []Intent{{}}}}}, "needs a name of its own"},
		"several at once": {Schema{[]Service{{Slots: []Slot{{}, {Name: "x", Role: "?"}}}}}, "unknown role"},
	} {
		if err := c.schema.Validate(); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s: error %v does not say %q", name, err, c.part)
		}
		if _, err := NewTracker(c.schema, nil); err == nil {
			t.Errorf("%s: NewTracker takes it", name)
		}
	}
	if err := shopSchema().Validate(); err != nil {
		t.Error(err)
	}
}

func TestCheckSuggests(t *testing.T) {
	s := travelSchema()
	for in, part := range map[string]string{
		"inform price<=9":         `did you mean "Hotels.price"?`,
		"inform Hotels.Price<=9":  `did you mean "Hotels.price"?`,
		"want Hotels.Buy":         `no intent or service "Hotels.Buy"`,
		"inform Sights.name<=9":   "no order",
		"request Hotels.distance": "no slot",
		"cancel Hotels.Buy":       `no intent or service "Hotels.Buy"`,
		"do Hotels.Buy":           `no intent or service "Hotels.Buy"`,
		"confirm Hotels.Buy":      `no intent or service "Hotels.Buy"`,
		"confirm Hotels.prise=9":  "no slot",
	} {
		if err := s.Check(MustAct(in)); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %v does not say %q", in, err, part)
		}
	}
	for _, in := range []string{"want Hotels.Find", "want Taxi", "cancel", "undo", "ask", "cancel Taxi", "confirm Hotels.Find", "do Hotels.Find", "confirm Hotels.price<=9", "inform Hotels.price<=9", "nooffer Hotels", "affirm", "forget Hotels", "offer", "inform Hotels.phone=1"} {
		if err := s.Check(MustAct(in)); err != nil {
			t.Errorf("%s: %v", in, err)
		}
	}
}

type order struct {
	Use     string   `slot:"use,required" values:"gaming=games|游戏,office" ask:"What for?" ask_zh:"做什么用？"`
	Brand   []string `values:"Lenovo=联想,Asus"`
	Budget  float64  `kind:"money" unit:"CNY" alias:"price|预算"`
	Guests  int
	When    time.Time
	Gift    bool
	Note    *string
	Ignored chan int `slot:"-"`
}

func TestFor(t *testing.T) {
	s, err := For[order]()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, slot := range s.Services[0].Slots {
		names = append(names, fmt.Sprintf("%s %T", slot.Name, slot.Type))
	}
	want := "use *dst.Enum; brand *dst.Enum; budget *dst.Money; guests *dst.Number; when *dst.Date; gift *dst.YesNo; note <nil>"
	if got := strings.Join(names, "; "); got != want {
		t.Errorf("slots %s\nwant  %s", got, want)
	}
	use := s.Services[0].Slots[0]
	if !use.Required || use.Ask["zh"] != "做什么用？" || use.Ask["en"] != "What for?" || !s.Services[0].Slots[1].Multi {
		t.Errorf("%+v", use)
	}
}

func TestForErrors(t *testing.T) {
	_, err := For[int]()
	wantError(t, err, "needs a struct")
	_, err = For[struct {
		C chan int
		A string `slot:"a,mandatory"`
		B string `kind:"colour"`
	}]()
	wantError(t, err, "field C")
	wantError(t, err, `unknown flag "mandatory"`)
	wantError(t, err, `unknown kind "colour"`)
}

func wantError(t *testing.T, err error, part string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("error %v does not say %q", err, part)
	}
}

func TestDecode(t *testing.T) {
	acts, err := ParseActs("inform use=gaming; inform brand=Lenovo; inform brand+=Asus; inform budget=4999.5; inform guests=3; inform when=2026-11-24; inform gift=True; inform note=hello")
	if err != nil {
		t.Fatal(err)
	}
	got := order{Brand: []string{"old"}}
	if err := (State{}).Apply(acts...).Decode(&got); err != nil {
		t.Fatal(err)
	}
	note := "hello"
	want := order{Use: "gaming", Brand: []string{"Lenovo", "Asus"}, Budget: 4999.5, Guests: 3, When: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Gift: true, Note: &note}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	kept := order{Use: "office", Guests: 2}
	if err := (State{}).Apply(MustAct("inform use=dontcare"), MustAct("inform guests>=3"), MustAct("inform brand!=Asus")).Decode(&kept); err != nil || kept.Use != "office" || kept.Guests != 2 || kept.Brand != nil {
		t.Errorf("what is no single value must not be decoded: %+v, %v", kept, err)
	}
	wantError(t, (State{}).Apply(MustAct("inform guests=many")).Decode(&got), `slot "guests" into field Guests`)
	wantError(t, (State{}).Apply(MustAct("inform when=soon")).Decode(&got), "no date")
	wantError(t, (State{}).Decode(got), "pointer")
	wantError(t, (State{}).Decode(nil), "pointer")
}

const hotelsJSON = `[{"service_name": "Hotels", "description": "d", "extra": 1, "aliases": ["酒店"],
 "slots": [
  {"name": "area", "is_categorical": true, "possible_values": ["north", "south"], "synonyms": {"north": ["北边"]}},
  {"name": "has_wifi", "is_categorical": true, "possible_values": ["True", "False"]},
  {"name": "check_in_date"}, {"name": "check_in_time"}, {"name": "price_per_night"}, {"name": "number_of_rooms"},
  {"name": "seats", "is_categorical": true, "possible_values": ["1", "2", "3"]},
  {"name": "phone_number"}, {"name": "入住日期"},
  {"name": "name", "gazetteer": {"Acorn House": ["the Acorn"]}, "names": true},
  {"name": "stars", "kind": "number", "unit": "star", "multi": true, "ask": {"zh": "几星？"}}],
 "intents": [{"name": "FindHotel", "is_transactional": false, "required_slots": ["area"], "optional_slots": {"has_wifi": "dontcare"}, "result_slots": ["name"]}]}]`

func TestReadSchema(t *testing.T) {
	s, err := ReadSchema(strings.NewReader(hotelsJSON))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, slot := range s.Services[0].Slots {
		got = append(got, fmt.Sprintf("%s %T", slot.Name, slot.Type))
	}
	want := []string{"area *dst.Enum", "has_wifi *dst.YesNo", "check_in_date *dst.Date", "check_in_time *dst.Clock", "price_per_night *dst.Money",
		"number_of_rooms *dst.Number", "seats *dst.Number", "phone_number <nil>", "入住日期 *dst.Date", "name *dst.Gazetteer", "stars *dst.Number"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("slots %q\nwant  %q", got, want)
	}
	intent := s.Services[0].Intents[0]
	if intent.Name != "FindHotel" || intent.Required[0] != "area" || intent.Optional["has_wifi"] != DontCare {
		t.Errorf("%+v", intent)
	}
}

func TestReadSchemaErrors(t *testing.T) {
	for in, part := range map[string]string{
		"[\n{\"service_name\": }]": "line 2",
		"{}":                       "cannot unmarshal object",
		"[]":                       "no services",
		`[{"service_name":"A","slots":[{"name":"x","kind":"colour"}]}]`:                                                      `service 0 ("A"), slot 0 ("x"): unknown kind "colour"`,
		`[{"service_name":"A","slots":[{"name":"x","kind":"enum"}]}]`:                                                        "needs possible_values",
		`[{"service_name":"A","slots":[{"name":"x","kind":"gazetteer"}]}]`:                                                   "needs its names",
		`[{"service_name":"A","slots":[{"name":"x","gazetteer":3}]}]`:                                                        "a gazetteer is a list",
		`[{"service_name":"A","slots":[{"name":"x","is_categorical":true,"possible_values":["a"],"synonyms":{"b":["c"]}}]}]`: "not among the possible_values",
		`[{"service_name":"A","slots":[{"name":"x"}],"intents":[{"name":"Find","required_slots":["y"]}]}]`:                   `requires slot "y"`,
		`[{"service_name":"A","slots":[{"name":"x","role":"beside"}]}]`:                                                      `unknown role "beside"`,
	} {
		_, err := ReadSchema(strings.NewReader(in))
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %v does not say %q", in, err, part)
		}
	}
}

// Whatever is read, there is an error or a schema that a tracker takes.
func FuzzReadSchema(f *testing.F) {
	f.Add(hotelsJSON)
	f.Add(`[{"service_name":"","slots":[{"name":"价格","kind":"money","unit":"元"}]}]`)
	f.Fuzz(func(t *testing.T, in string) {
		s, err := ReadSchema(strings.NewReader(in))
		if err != nil {
			return
		}
		tr, err := NewTracker(s, nil)
		if err != nil {
			t.Fatalf("%s is read but no tracker takes it: %v", in, err)
		}
		talk(t, tr, "the north, 300 yuan, tomorrow at 3pm")
	})
}

func TestReadDialogues(t *testing.T) {
	s, err := ReadSchema(strings.NewReader(hotelsJSON))
	if err != nil {
		t.Fatal(err)
	}
	in := `{"id":"d1","turns":[{"system":["request Hotels.area","offer Hotels.name=Acorn House"],"user":"north","state":{"Hotels.area":["north"]},"requested":["Hotels.phone_number"],"intents":{"Hotels":"FindHotel"}}]}

{"id":"d2","turns":[{"system":[],"hypotheses":[{"text":"north","p":0.7}],"state":{}}]}`
	ds, err := ReadDialogues(strings.NewReader(in), s)
	if err != nil || len(ds) != 2 || ds[0].Turns[0].System[1] != (Act{Offer, "Hotels.name", Eq, "Acorn House"}) {
		t.Fatalf("%+v, %v", ds, err)
	}
	var b strings.Builder
	if err := WriteDialogues(&b, ds); err != nil {
		t.Fatal(err)
	}
	again, err := ReadDialogues(strings.NewReader(b.String()), s)
	if err != nil || !reflect.DeepEqual(again, ds) {
		t.Errorf("written %s\nread %+v, %v", b.String(), again, err)
	}
	for in, part := range map[string]string{
		"{}\n{": "line 2",
		`{"id":"d","turns":[{"system":["shout"]}]}`:                "unknown kind",
		`{"id":"d","turns":[{"system":["request Hotels.x"]}]}`:     `no slot "Hotels.x"`,
		`{"id":"d","turns":[{"state":{"Hotels.aria":["north"]}}]}`: `line 1: dialogue "d": turn 0: no slot "Hotels.aria"`,
		`{"id":"d","turns":[{"intents":{"Motels":"Find"}}]}`:       `no service "Motels"`,
	} {
		_, err := ReadDialogues(strings.NewReader(in), s)
		wantError(t, err, part)
	}
}
