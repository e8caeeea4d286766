package dsttest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A fakeT records what a test would report. It has no subtests.
type fakeT struct {
	testing.TB
	out strings.Builder
}

func (f *fakeT) Helper()      {}
func (f *fakeT) Failed() bool { return f.out.Len() > 0 }
func (f *fakeT) Errorf(format string, args ...any) {
	fmt.Fprintf(&f.out, format+"\n", args...)
}

// wants checks that the reports hold each part; without parts, that there are none.
func (f *fakeT) wants(t *testing.T, parts ...string) {
	t.Helper()
	if len(parts) == 0 && f.Failed() {
		t.Errorf("reported: %s", f.out.String())
	}
	for _, part := range parts {
		if !strings.Contains(f.out.String(), part) {
			t.Errorf("%q is not reported:\n%s", part, f.out.String())
		}
	}
}

func shopTime() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }

func shop(t testing.TB) *dst.Tracker {
	t.Helper()
	schema := dst.Schema{Services: []dst.Service{{
		Intents: []dst.Intent{{Name: "buy"}},
		Slots: []dst.Slot{
			{Name: "colour", Required: true, Type: dst.OneOf("red", "black", "blue"), Ask: map[string]string{"en": "Which colour?", "zh": "什么颜色？"}},
			{Name: "price", Aliases: []string{"cost"}, Type: &dst.Money{Currency: "USD"}},
			{Name: "day", Type: &dst.Date{}},
			{Name: "name", Names: true, Type: dst.NewGazetteer(dst.Entry{Value: "Acorn"}, dst.Entry{Value: "Birch"})},
			{Name: "weight", RequestOnly: true},
		},
	}}}
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: shopTime})
	if err != nil {
		t.Fatal(err)
	}
	return tracker
}
