package text

import (
	"testing"
	"unicode/utf8"
)

func TestNarrow(t *testing.T) {
	for in, want := range map[string]string{"abc 路": "abc 路", "ＡＢ１２＠ｘ．ｃｎ": "AB12@x.cn", "路８号　Ａ座": "路8号 A座", "": ""} {
		got, offsets := Narrow(in)
		if got != want {
			t.Errorf("Narrow(%q) = %q, want %q", in, got, want)
		}
		if offsets == nil {
			continue
		}
		for i, r := range got {
			if o, _ := utf8.DecodeRuneInString(in[offsets[i]:]); o != r && !wide(o) {
				t.Errorf("%q: %q at %d comes from %q", in, r, i, o)
			}
		}
		if len(offsets) != len(got)+1 || offsets[len(got)] != len(in) {
			t.Errorf("%q: offsets %v", in, offsets)
		}
	}
}
