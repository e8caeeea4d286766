package dst

import (
	"regexp"
	"strings"
	"testing"
)

func TestFreeText(t *testing.T) {
	checkFind(t, &FreeText{}, []findCase{{"  张三。", "张三=张三?"}, {"221B Baker Street!", "221B Baker Street=221B Baker Street?"}, {"", ""}, {" 。！", ""}, {strings.Repeat("长", 201), ""}, {"a\xff", ""}})
	checkFind(t, &FreeText{Pattern: regexp.MustCompile(`(?i)my name is (\pL+)|我叫(\p{Han}{2,4})`)}, []findCase{{"hi, my name is Ann.", "Ann=Ann"}, {"我叫王小明", "王小明=王小明"}, {"hello", ""}})
	checkFind(t, &FreeText{Pattern: regexp.MustCompile(`\d*`), MaxLen: 3}, []findCase{{"12 and 1234", "12=12"}})
	f := &FreeText{Pattern: regexp.MustCompile(`[A-Z]{2}\d+`)}
	if v, ok := f.Parse(" SG12 ", testNow); !ok || v != "SG12" {
		t.Errorf("Parse: %q, %v", v, ok)
	}
	if _, ok := f.Parse("x SG12", testNow); ok {
		t.Error("Parse of more than the pattern")
	}
}
