package dst_test

import (
	"reflect"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestSurface(t *testing.T) {
	tracker, err := dst.NewTracker(dst.Schema{Services: []dst.Service{{Name: "H", Slots: []dst.Slot{
		{Name: "day", Type: &dst.Date{}}, {Name: "out", Type: &dst.Date{}}, {Name: "area", Type: dst.OneOf("North")},
		{Name: "wifi", Type: &dst.YesNo{Yes: "True", No: "False"}}, {Name: "rooms", Type: &dst.Number{Min: 1, Max: 3}},
		{Name: "guests", Type: &dst.Number{}}, {Name: "price", Type: &dst.Money{}}, {Name: "name"}, {Name: "city"},
	}}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	said := func(slot string, op dst.Op, value, words string) dst.Constraint {
		return dst.Constraint{Slot: "H." + slot, Op: op, Value: value, Evidence: dst.Evidence{Text: words}}
	}
	got := tracker.Surface(dst.State{Constraints: []dst.Constraint{ // sorted by slot
		said("area", dst.Eq, "North", "up north"),
		said("city", dst.Eq, "Rome", "rome"), said("city", dst.Eq, "Milan", "milan"),
		said("day", dst.Eq, "2026-11-24", "next Tuesday"),
		said("guests", dst.Eq, "2", "two"),
		said("name", dst.Eq, dst.DontCare, "any"),
		said("out", dst.Eq, "2026-11-25", ""),
		said("price", dst.Le, "90", "under 90"),
		said("rooms", dst.Eq, "2", "two"),
		said("wifi", dst.Eq, "True", "sure"),
	}})
	want := map[string]string{"H.area": "North", "H.city": "Rome Milan", "H.day": "next Tuesday", "H.guests": "two",
		"H.name": "dontcare", "H.out": "2026-11-25", "H.price": "<=90", "H.rooms": "2", "H.wifi": "True"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}
