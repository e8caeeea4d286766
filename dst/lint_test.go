package dst

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
)

// said reduces remarks to what cases compare: "warning slot to same-kind".
func said(remarks []Remark) []string {
	var out []string
	for _, r := range remarks {
		out = append(out, fmt.Sprintf("%s %s %s", r.Severity, r.Place, r.Rule))
	}
	return out
}

func slots(list ...Slot) Schema { return Schema{Services: []Service{{Slots: list}}} }

func TestLintSlots(t *testing.T) {
	cities, sizes := NewGazetteer(Entry{Value: "Lima"}, Entry{Value: "Oslo"}), OneOf("small", "large")
	options := func(list ...Option) *Enum { return &Enum{Values: list} }
	tests := []struct {
		name   string
		schema Schema
		want   []string
	}{
		{"nothing told apart", slots(Slot{Name: "from", Type: cities}, Slot{Name: "to", Type: cities}),
			[]string{"note service no-description", "warning slot to same-kind"}},
		{"roles", slots(Slot{Name: "from", Type: cities, Role: FromRole}, Slot{Name: "to", Type: cities, Role: ToRole, Description: "Where to"}), []string{"note service no-description"}},
		{"one role twice", slots(Slot{Name: "to", Aliases: []string{"to1"}, Type: cities, Role: ToRole}, Slot{Name: "to2", Description: "x", Type: cities, Role: ToRole}),
			[]string{"warning slot to2 same-kind"}},
		{"words", slots(Slot{Name: "rooms", Description: "x", Type: &Number{}}, Slot{Name: "number_of_guests", Description: "x", Type: &Number{Integer: true}}), nil},
		{"numbered", slots(Slot{Name: "date1", Description: "x", Type: &Date{}}, Slot{Name: "date2", Description: "x", Type: &Date{}}), []string{"warning slot date2 same-kind"}},
		{"Chinese names", slots(Slot{Name: "入住", Description: "x", Type: &Date{}}, Slot{Name: "离店", Description: "x", Type: &Date{}}), nil},
		{"units", slots(Slot{Name: "a1", Aliases: []string{"size"}, Type: &Number{Unit: "kg"}}, Slot{Name: "b1", Aliases: []string{"length"}, Type: &Number{Unit: "cm"}}), nil},
		{"patterns", slots(Slot{Name: "code", Description: "x", Type: &FreeText{Pattern: regexp.MustCompile(`A\d+`)}}, Slot{Name: "code2", Description: "x", Type: &FreeText{Pattern: regexp.MustCompile(`A\d+`)}}), []string{"warning slot code2 same-kind"}},
		{"answers", slots(Slot{Name: "x1", Aliases: []string{"date"}, RequestOnly: true, Type: &Date{}}, Slot{Name: "x2", Aliases: []string{"day"}, Type: &Date{}}, Slot{Name: "title", Names: true}), nil},
		{"one list in two slots", slots(Slot{Name: "size", Description: "x", Type: sizes}, Slot{Name: "cup_size", Description: "x", Type: OneOf("small", "large")}), []string{"note slot cup_size shared-values"}},
		{"a value in two lists", slots(Slot{Name: "colour", Type: OneOf("red", "orange")}, Slot{Name: "fruit", Type: OneOf("orange", "plum")}), []string{"warning slot fruit shared-values"}},
		{"a name in a list", slots(Slot{Name: "brand", Type: NewGazetteer(Entry{Value: "Orange"})}, Slot{Name: "fruit", Type: OneOf("orange", "plum")}), []string{"warning slot fruit shared-values"}},
		{"an alias of two slots", slots(Slot{Name: "rent", Aliases: []string{"Cost"}, Type: &Money{}}, Slot{Name: "deposit", Aliases: []string{"cost"}, Type: &Money{}}), []string{"warning slot deposit shared-alias"}},
		{"nothing to call it by", slots(Slot{Name: "s17", Type: sizes}, Slot{Name: "42", Type: &Date{}, Description: "Day"}, Slot{Name: "slot_3", Aliases: []string{"crust"}, Type: OneOf("thin", "thick")}), []string{"warning slot s17 no-words", "note slot 42 no-words"}},
		{"a date as free text", slots(Slot{Name: "departure_date"}, Slot{Name: "notes"}), []string{"note service no-description", "note slot departure_date free-text"}},
		{"yes and no", slots(Slot{Name: "wifi", Type: OneOf("Yes", "No")}, Slot{Name: "pool", Type: OneOf("有", "没有")}), []string{"warning slot wifi yes-no-enum", "warning slot pool yes-no-enum"}},
		{"no value", slots(Slot{Name: "meal", Type: OneOf("vegan", "none")}, Slot{Name: "seat", Type: OneOf("aisle", "不限")}), []string{"warning slot meal no-value", "warning slot seat no-value"}},
		{"a value that is a cue", slots(Slot{Name: "mood", Type: options(Option{Value: "fine"}, Option{Value: "sad", Synonyms: []string{"not really"}})}), []string{"warning slot mood value-is-cue", "warning slot mood value-is-cue"}},
		{"one value", slots(Slot{Name: "delivery", Type: OneOf("express")}), []string{"note slot delivery one-value"}},
		{"a synonym of two", slots(Slot{Name: "size", Type: options(Option{Value: "large", Synonyms: []string{"big"}}, Option{Value: "huge", Synonyms: []string{"Big"}})}), []string{"warning slot size shared-synonym"}},
		{"a synonym of itself", slots(Slot{Name: "size", Type: options(Option{Value: "large", Synonyms: []string{"Large"}}, Option{Value: "small"})}), nil},
		{"long values", slots(Slot{Name: "topic", Type: options(Option{Value: "I cannot log in to my account"}, Option{Value: "My parcel has not arrived yet today", Synonyms: []string{"late parcel"}})}), []string{"note slot topic long-value"}},
		{"an empty synonym", slots(Slot{Name: "size", Type: options(Option{Value: "large", Synonyms: []string{" "}}, Option{Value: "small"})}), []string{"warning slot size empty-value"}},
		{"bounds of no effect", slots(Slot{Name: "battery", Type: &Number{Min: 1000}}, Slot{Name: "doors", Type: &Number{Min: 4, Max: 4}}), []string{"note service no-description", "warning slot battery bounds", "warning slot doors bounds"}},
		{"bounds without a whole number", slots(Slot{Name: "doors", Type: &Number{Min: 4.2, Max: 4.8, Integer: true}}), []string{"warning slot doors bounds"}},
		{"percent of one", slots(Slot{Name: "discount", Type: &Number{Unit: "%", Max: 1}}), []string{"warning slot discount bounds"}},
		{"several dates", slots(Slot{Name: "day", Multi: true, Type: &Date{}}, Slot{Name: "toppings", Multi: true, Type: sizes}), []string{"warning slot day multi"}},
		{"names", slots(Slot{Name: "place", Type: NewGazetteer(Entry{Value: "Here"}, Entry{Value: "OK"}, Entry{Value: "家"}, Entry{Value: "Blue Lagoon"})}), []string{"warning slot place common-name", "warning slot place value-is-cue", "warning slot place short-name"}},
		{"things without names", slots(Slot{Name: "hotel_name"}, Slot{Name: "address", RequestOnly: true}), []string{"note service no-names"}},
		{"personal", slots(Slot{Name: "reach", Type: &Email{}}, Slot{Name: "password"}, Slot{Name: "where", Aliases: []string{"收货地址"}}, Slot{Name: "mail", Type: &Email{}, Sensitive: true}, Slot{Name: "gift card number kind", RequestOnly: true}),
			[]string{"note service no-names", "note service no-description", "note service sensitive"}},
		{"not personal", slots(Slot{Name: "address", Type: &Address{}}, Slot{Name: "phone"}, Slot{Name: "email", RequestOnly: true}), []string{"note service no-names"}},
		{"refused", slots(Slot{Name: "a", Type: OneOf()}, Slot{Name: "s1", Role: "beside"}), []string{"error slot a invalid", "error slot s1 invalid"}},
		{"empty", Schema{}, []string{"error schema invalid"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := said(Lint(tt.schema)); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLintConditions(t *testing.T) {
	way := Slot{Name: "way", Type: OneOf("pickup", "delivery", "post")}
	guests := Slot{Name: "guests", Type: &Number{Min: 1, Max: 9, Integer: true}}
	when := func(name string, list ...string) Slot {
		s := Slot{Name: name, Type: &Email{}, Sensitive: true}
		for _, c := range list {
			parsed, err := ParseCondition(c)
			if err != nil {
				t.Fatal(err)
			}
			s.When = append(s.When, parsed)
		}
		return s
	}
	never, fine := []string{"warning slot last never"}, []string(nil)
	tests := []struct {
		name   string
		schema Schema
		want   []string
	}{
		{"alternatives", slots(way, when("last", "way=post", "way=delivery")), fine},
		{"all values excluded", slots(way, when("last", "way!=post", "way!=delivery", "way!=pickup")), never},
		{"one value left", slots(way, when("last", "way!=post", "way!=delivery")), fine},
		{"beyond the bounds", slots(guests, when("last", "guests>9")), never},
		{"at the bounds", slots(guests, when("last", "guests>=9")), fine},
		{"through another slot", slots(way, when("street", "way=delivery"), when("last", "way=pickup", "street")), never},
		{"with another slot", slots(way, when("street", "way=delivery", "way=post"), when("last", "way=post", "street")), fine},
		{"bounds through another slot", slots(Slot{Name: "price", Type: &Number{}}, when("street", "price>100"), when("last", "price<=100", "street")), never},
		{"several values", slots(Slot{Name: "way", Multi: true, Type: OneOf("a", "b")}, when("last", "way!=a", "way!=b")), fine},
		{"free text", slots(Slot{Name: "way"}, when("street", "way=x"), when("last", "way=y", "street")), never},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := slices.DeleteFunc(said(Lint(tt.schema)), func(r string) bool { return r == "note service no-description" })
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLintServices(t *testing.T) {
	ask := func(langs ...string) map[string]string {
		m := map[string]string{}
		for _, lang := range langs {
			m[lang] = "?"
		}
		return m
	}
	day, seats := Slot{Name: "day", Type: &Date{}, Ask: ask("en")}, Slot{Name: "seats", Type: &Number{}, Ask: ask("en")}
	tests := []struct {
		name string
		s    Schema
		want []string
	}{
		{"languages", slots(day, Slot{Name: "time", Type: &Clock{}, Ask: ask("en", "zh")}), []string{"warning service no-language"}},
		{"Chinese users", slots(Slot{Name: "day", Aliases: []string{"日期"}, Type: &Date{}, Ask: ask("en")}), []string{"warning service no-language"}},
		{"one language", slots(day), nil},
		{"questions", slots(Slot{Name: "notes", Required: true}, Slot{Name: "day", Type: &Date{}, Required: true}), []string{"warning service no-question", "note service no-question"}},
		{"nothing required", Schema{Services: []Service{{Slots: []Slot{day}, Intents: []Intent{{Name: "Book", Transactional: true}, {Name: "Find"}}}}}, []string{"warning intent Book no-required"}},
		{"defaults", Schema{Services: []Service{{Slots: []Slot{day, seats, {Name: "phone", RequestOnly: true}}, Intents: []Intent{
			{Name: "Book", Transactional: true, Required: []string{"day"}, Optional: map[string]string{"seats": "many", "phone": DontCare}},
			{Name: "Find", Optional: map[string]string{"day": "2019-03-01", "seats": "2"}}}}}},
			[]string{"warning intent Book optional-answer", "warning intent Book default"}},
		{"services", Schema{Services: []Service{{Name: "Cabs", Aliases: []string{"ride"}, Slots: []Slot{day}}, {Name: "s2", Slots: []Slot{day}}, {Name: "Ride", Slots: []Slot{day}}}},
			[]string{"warning service s2 no-words", "warning service Ride shared-alias"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := said(Lint(tt.s)); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// The order of a map must not show.
func TestLintIsDeterministic(t *testing.T) {
	names := []Entry{{Value: "Here"}, {Value: "Now"}, {Value: "Free"}, {Value: "May"}, {Value: "No"}, {Value: "Any"}, {Value: "大"}, {Value: "小"}}
	schema := func() Schema {
		return slots(Slot{Name: "a", Type: NewGazetteer(names...), Ask: map[string]string{"en": "?", "zh": "?", "fr": "?"}},
			Slot{Name: "b", Type: OneOf("here", "now", "may", "free"), Ask: map[string]string{"de": "?"}})
	}
	want := Lint(schema())
	for range 20 {
		if got := Lint(schema()); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}
