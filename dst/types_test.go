package dst

import (
	"fmt"
	"testing"
	"time"
)

// testNow is a Monday.
var testNow = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// showMentions writes mentions as span=value or span=low..high, with a ? where the
// score is below one half.
func showMentions(t *testing.T, typ Type, s string) string {
	t.Helper()
	out := ""
	for _, m := range typ.Find(NewText(s, testNow)) {
		if m.Start < 0 || m.End > len(s) || m.Start >= m.End || m.Score <= 0 || m.Score > 1 {
			t.Fatalf("%q: bad mention %+v", s, m)
		}
		v := m.Value
		if m.To != "" {
			v += ".." + m.To
		}
		if m.Score < 0.5 {
			v += "?"
		}
		if out != "" {
			out += " | "
		}
		out += fmt.Sprintf("%s=%s", s[m.Start:m.End], v)
	}
	return out
}

type findCase struct{ in, want string }

func checkFind(t *testing.T, typ Type, cases []findCase) {
	t.Helper()
	for _, c := range cases {
		if got := showMentions(t, typ, c.in); got != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.in, got, c.want)
		}
	}
}
