package dst

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// resident makes a number with the right check digit.
func resident(t *rapid.T) string {
	head := fmt.Sprintf("%d%04d%04d%02d%02d%03d", rapid.SampledFrom([]int{11, 31, 44, 50, 65, 81}).Draw(t, "province"), rapid.IntRange(0, 9999).Draw(t, "county"),
		rapid.IntRange(1900, 2026).Draw(t, "year"), rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 28).Draw(t, "day"), rapid.IntRange(0, 999).Draw(t, "number"))
	for _, check := range "0123456789X" {
		if id := head + string(check); ValidResidentID(id) {
			return id
		}
	}
	t.Fatalf("no check digit fits %s", head)
	return ""
}

// One check digit fits, and no number with one digit wrong or two neighbours
// swapped is taken for another: that is what MOD 11-2 promises.
func TestResidentIDDetectsErrors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := resident(t)
		s := "身份证" + id + "，谢谢"
		ms := (&ResidentID{}).Find(NewText(s, testNow))
		if len(ms) != 1 || ms[0].Value != id || s[ms[0].Start:ms[0].End] != id {
			t.Fatalf("%q: %+v", s, ms)
		}
		i := rapid.IntRange(0, 16).Draw(t, "place")
		wrong := []byte(id)
		if rapid.Bool().Draw(t, "swap") && i < 16 {
			wrong[i], wrong[i+1] = wrong[i+1], wrong[i]
		} else {
			wrong[i] = '0' + (wrong[i]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		}
		if string(wrong) != id && ValidResidentID(string(wrong)) {
			t.Fatalf("%s is taken for valid beside %s", wrong, id)
		}
	})
}
