package dst

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestKindsOfSchemas(t *testing.T) {
	s, err := ReadSchema(strings.NewReader(`[{"service_name":"Shop","slots":[
		{"name":"stay","kind":"duration"},{"name":"off","kind":"percent"},{"name":"mail","kind":"email"},{"name":"to","kind":"address"},{"name":"id","kind":"resident_id"},
		{"name":"order","kind":"pattern","pattern":"(?i)\\b[a-z]{2}\\d{6}\\b","upper":true},{"name":"plate","kind":"pattern","pattern":"\\d{3}"}]}]`))
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"stay": "*dst.Duration", "off": "*dst.Number", "mail": "*dst.Email", "to": "*dst.Address", "id": "*dst.ResidentID", "order": "*dst.FreeText", "plate": "*dst.FreeText",
	} {
		slot, _ := s.Slot("Shop." + name)
		if got := reflect.TypeOf(slot.Type); got == nil || got.String() != want {
			t.Errorf("%s is of type %v, want %s", name, got, want)
		}
	}
	order, _ := s.Slot("Shop.order")
	checkFind(t, order.Type, []findCase{{"where is sg104233", "sg104233=SG104233"}, {"订单ｓｇ１０４２３３", "ｓｇ１０４２３３=SG104233"}, {"asg104233", ""}})
	plate, _ := s.Slot("Shop.plate")
	checkFind(t, plate.Type, []findCase{{"it is 123", "123=123"}})
}

func TestKindErrors(t *testing.T) {
	for kind, part := range map[string]string{
		`"kind":"pattern"`: "needs its regular expression", `"kind":"pattern","pattern":"("`: "missing closing", `"kind":"colour"`: "resident_id, gazetteer", `"kind":"phone"`: "dst/phone",
	} {
		_, err := ReadSchema(strings.NewReader(`[{"service_name":"Shop","slots":[{"name":"x",` + kind + `}]}]`))
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: error %v does not say %q", kind, err, part)
		}
	}
}

func TestKindsOfStructs(t *testing.T) {
	type order struct {
		Number string `kind:"pattern" pattern:"[A-Z]{2}\\d{6}"`
		Stay   string `kind:"duration"`
	}
	s, err := For[order]()
	if err != nil {
		t.Fatal(err)
	}
	number, _ := s.Slot("number")
	checkFind(t, number.Type, []findCase{{"SG104233 please", "SG104233=SG104233"}})
	stay, _ := s.Slot("stay")
	checkFind(t, stay.Type, []findCase{{"three nights", "three nights=P3D"}})
}

func TestRegisterKind(t *testing.T) {
	RegisterKind("test size", func(unit string) (Type, error) {
		if unit == "" {
			return nil, errors.New("it needs a unit")
		}
		return &Number{Unit: unit}, nil
	})
	read := func(slot string) (Schema, error) {
		return ReadSchema(strings.NewReader(`[{"service_name":"Shop","slots":[{"name":"x","kind":"test size"` + slot + `}]}]`))
	}
	if s, err := read(`,"unit":"cm"`); err != nil || s.Services[0].Slots[0].Type.(*Number).Unit != "cm" {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := read(""); err == nil || !strings.Contains(err.Error(), "needs a unit") {
		t.Errorf("error %v", err)
	}
}
