package dst

import "testing"

func TestDurationCompare(t *testing.T) {
	for _, c := range []struct {
		a, b  string
		order int
		ok    bool
	}{
		{"PT90M", "PT1H30M", 0, true}, {"P2D", "PT49H", -1, true}, {"P1M", "P27D", 1, true}, {"P1M", "P32D", -1, true}, {"P1M", "P30D", 0, false}, {"P1Y", "P12M", 0, true},
		{"P1M", "P1M1D", -1, true}, {"P2W", "P14D", 0, true}, {"soon", "P1D", 0, false}, {"P1D", "P", 0, false},
	} {
		if order, ok := (&Duration{}).Compare(c.a, c.b); order != c.order || ok != c.ok {
			t.Errorf("%s against %s: %d, %v, want %d, %v", c.a, c.b, order, ok, c.order, c.ok)
		}
	}
}

func TestDurationParseFormat(t *testing.T) {
	d := &Duration{}
	for in, want := range map[string]string{
		"P2W": "P14D", "PT90M": "PT1H30M", "P0D": "PT0S", "3 days": "P3D", "两个半小时": "PT2H30M", "PT": "", "P1H": "", "P1DT": "", "P1.5D": "", "P": "", "2 to 3 days": "", "": "", "PT1T1H": "", "P99999999999D": "",
	} {
		if got, ok := d.Parse(in, testNow); got != want || ok != (want != "") {
			t.Errorf("Parse(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
	for _, c := range [][3]string{{"PT1H30M", "1 hour 30 minutes", "1小时30分钟"}, {"P1D", "1 day", "1天"}, {"P1Y6M", "1 year 6 months", "1年6个月"}, {"PT0S", "0 seconds", "0秒"}, {"long", "long", "long"}} {
		if en, zh := d.Format(c[0], "en"), d.Format(c[0], "zh"); en != c[1] || zh != c[2] {
			t.Errorf("%s: %q and %q, want %q and %q", c[0], en, zh, c[1], c[2])
		}
	}
}
