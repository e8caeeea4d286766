package dst

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// personalNames are words in the names of slots whose values are personal
// whatever the service, in English as words in a row, in Chinese as they are.
var personalNames = []string{
	"phone number", "telephone number", "mobile number", "email", "e mail", "password", "passcode", "passport", "passport number", "id card", "ssn", "social security",
	"card number", "credit card number", "account number", "date of birth", "birthday", "birth date", "home address", "shipping address", "delivery address",
	"电话号码", "手机号", "联系电话", "邮箱", "密码", "护照", "身份证", "银行卡", "信用卡号", "卡号", "账号", "生日", "出生日期", "收货地址", "家庭住址", "收件地址",
}

// personal reports whether the values of a slot read as personal, by its type
// or name. Addresses without such a name may be those of shops.
func (s *Slot) personal() bool {
	switch {
	case s.RequestOnly || s.Names || s.Of != "" || s.Sensitive:
		return false
	case slices.Contains([]string{"*dst.Email", "*dst.ResidentID", "*phone.Phone"}, fmt.Sprintf("%T", s.Type)):
		return true
	}
	for _, name := range s.saidAs() {
		var words strings.Builder
		for _, tok := range text.Tokens(spaced(name)) {
			words.WriteString(" " + tok.Text)
		}
		for _, p := range personalNames {
			if strings.ContainsFunc(p, text.IsHan) && strings.Contains(name, p) || words.String() == " "+p || strings.HasSuffix(words.String(), " "+p) {
				return true
			}
		}
	}
	return false
}

// sensitive notes the slots of a service whose values are personal and not
// marked so.
func (l *linter) sensitive(service int) {
	var names []string
	for j := range l.schema.Services[service].Slots {
		if s := l.slot(atSlot(service, j)); s.personal() {
			names = append(names, s.Name)
		}
	}
	if len(names) > 0 {
		l.note(atService(service), "sensitive", "by name or type the values are personal: %s; set Sensitive, so that they are neither logged nor shown to a model", listNames(names))
	}
}
