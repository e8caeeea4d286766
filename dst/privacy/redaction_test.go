package privacy

import (
	"fmt"
	"strings"
	"testing"
)

// What models make of a placeholder is taken for it, where it can be nothing
// else.
func TestRestoreForms(t *testing.T) {
	r := NewRedaction(New(Options{}))
	if got := r.Redact("call 555-0142 or ann@example.com, text 555-0178"); got != "call [PHONE_1] or [EMAIL_1], text [PHONE_2]" {
		t.Fatal(got)
	}
	for in, want := range map[string]string{
		"[PHONE_1]": "555-0142", "[phone_1]": "555-0142", "[Phone 1]": "555-0142", "[PHONE-2]": "555-0178", "【PHONE_1】": "555-0142", "［phone_2］": "555-0178", `\[PHONE\_1\]`: "555-0142", `[PHONE\_1]`: "555-0142",
		"[ PHONE_1 ]": "555-0142", "**[PHONE_1]**": "**555-0142**", "<PHONE_1>": "<555-0142>", "PHONE_1's": "555-0142's", "打PHONE_2吧": "打555-0178吧", "[EMAIL_1][PHONE_1]": "ann@example.com555-0142", "[[PHONE_1]]": "[555-0142]",
		"[PHONE_3]": "[PHONE_3]", "phone_1": "phone_1", "PHONE_12": "PHONE_12", "MYPHONE_1": "MYPHONE_1", "[PHONE_01]": "[PHONE_01]", "[PHONE_1": "[555-0142", "[PHONE]": "[PHONE]", "phone 1": "phone 1", "[PHONE_1】": "[555-0142】",
	} {
		if got := r.Restore(in); got != want {
			t.Errorf("%q is restored as %q, want %q", in, got, want)
		}
		for n := 1; n < 9; n++ {
			var b strings.Builder
			s := r.Stream()
			for p := in; p != ""; p = p[min(n, len(p)):] {
				b.WriteString(s.Next(p[:min(n, len(p))]))
			}
			if b.WriteString(s.Rest()); b.String() != want {
				t.Errorf("%q in pieces of %d is restored as %q, want %q", in, n, b.String(), want)
			}
		}
	}
}

// What looks like a placeholder in a message is none.
func TestLookalikes(t *testing.T) {
	r := NewRedaction(New(Options{}))
	r.Reserve("a fact with [PHONE_1] in it")
	for _, c := range []struct{ said, hidden string }{
		{"[PHONE_2], my phone is 555-0142", "[PHONE_2], my phone is [PHONE_3]"},
		{"what is phone_3, or [phone_3]? PHONE_3?", "what is phone_3, or [TEXT_1]? [TEXT_2]?"},
		{"call 555-0178", "call [PHONE_4]"},
		{"again 555-0178, [TEXT_1]", "again [PHONE_4], [TEXT_3]"},
		{"", ""},
	} {
		hidden := r.Redact(c.said)
		if hidden != c.hidden || r.Restore(hidden) != c.said {
			t.Errorf("%q is %q, want %q, and then %q", c.said, hidden, c.hidden, r.Restore(hidden))
		}
	}
	if got := r.Restore("[PHONE_1] [PHONE_2]"); got != "[PHONE_1] [PHONE_2]" {
		t.Errorf("%q", got)
	}
}

// A name that was told once is hidden where nothing announces it, unless it is
// a word as well.
func TestAgain(t *testing.T) {
	r := NewRedaction(New(Options{}))
	for _, c := range []struct{ said, hidden string }{
		{"我叫王小明", "我叫[NAME_1]"}, {"王小明", "[NAME_1]"}, {"this is Ann Lee", "this is [NAME_2]"}, {"Ann Lee's, not Joann Leeds'", "[NAME_2]'s, not Joann Leeds'"},
		{"I'm Will", "I'm [NAME_3]"}, {"Will it fit?", "Will it fit?"},
	} {
		if got := r.Redact(c.said); got != c.hidden {
			t.Errorf("%q is %q, want %q", c.said, got, c.hidden)
		}
	}
}

// Kinds of one's own may be called anything.
func TestSigns(t *testing.T) {
	for kind, want := range map[Kind]string{"phone": "PHONE", "": "PRIVATE", "a b]": "A_B", "工号": "工号", "[": "PRIVATE", Kind(strings.Repeat("长", 30)): strings.Repeat("长", 13), "\xff": "PRIVATE"} {
		if got := kind.sign(); got != want {
			t.Errorf("%q is %q, want %q", kind, got, want)
		}
		r := NewRedaction(finder{kind})
		hidden := r.Redact("secret")
		if hidden != fmt.Sprintf("[%s_1]", want) || r.Restore(hidden) != "secret" {
			t.Errorf("%q: %q, %q", kind, hidden, r.Restore(hidden))
		}
		var b strings.Builder
		s := r.Stream()
		for i := range len(hidden) {
			b.WriteString(s.Next(hidden[i : i+1]))
		}
		if b.WriteString(s.Rest()); b.String() != "secret" {
			t.Errorf("%q: %q in bytes", kind, b.String())
		}
	}
}

// A finder takes the whole text for its kind.
type finder struct{ kind Kind }

func (f finder) Recognise(s string) []Match { return []Match{{0, len(s), f.kind}} }

func TestMask(t *testing.T) {
	for _, c := range []struct {
		kind     Kind
		in, want string
	}{
		{Phone, "13812345678", "138****5678"}, {Phone, "138 1234 5678", "138 **** 5678"}, {Phone, "5550142", "55***42"}, {Phone, "", ""},
		{Email, "ann@example.com", "a***@example.com"}, {Email, "a@example.com", "***@example.com"}, {Email, "ann at example dot com", "a** ** ******* *** ***"},
		{Card, "4111 1111 1111 1111", "**** **** **** 1111"}, {IBAN, "DE89 3704 0044", "**** **** 0044"}, {ResidentID, "11010519491231002X", "11**************2X"},
		{Plate, "京A·12345", "京A·***45"}, {IP, "203.0.113.7", "203.0.113.***"}, {IP, "2001:db8::1", "2001:db8::***"}, {IP, "?", "***"},
		{Name, "王小明", "王**"}, {Name, "欧阳娜娜", "欧阳**"}, {Name, "王先生", "王**"}, {Name, "John Smith", "J*** S***"}, {Name, "李", "李*"}, {Name, "", ""},
		{Address, "浙江省杭州市余杭区文一西路969号", "浙江省杭州市***"}, {Address, "42 Elm Grove", "** *** *****"}, {"customer", "C-204117", "C-******"}, {Document, "E12345678", "E1*****78"},
	} {
		if got := Mask(c.in, c.kind); got != c.want {
			t.Errorf("%s %q is %q, want %q", c.kind, c.in, got, c.want)
		}
	}
}
