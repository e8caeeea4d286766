package dst

import (
	"fmt"
	"strings"
	"testing"
)

func TestDoubtPrompt(t *testing.T) {
	var sizes []string
	for i := range 50 {
		sizes = append(sizes, fmt.Sprint(i))
	}
	d := Doubt{
		Message: "say \"hi\"\nand go",
		System:  []Act{MustAct("ask brand"), MustAct("offer name=iPhone 15")},
		Slots: []Slot{
			{Name: "Shop.brand", Description: "who makes it", Type: OneOf("Asus", "Acer \"x\"")},
			{Name: "Shop.price", Description: "what it costs", Type: &Money{}},
			{Name: "Shop.note"},
		},
	}
	want := `Write what the user says as acts, one a line, and nothing else.
An act is: inform SLOT OP VALUE, with OP one of = != < <= > >= ~ (about); dontcare is the value for no preference.
Use only what the message says. Write nothing for a slot that it does not speak of.
Slots:
- Shop.brand: who makes it One of: "Asus", "Acer \"x\""
- Shop.price: what it costs
- Shop.note: ` + `
The bot said: ask brand
The bot said: offer name=iPhone 15
The user says: "say \"hi\"\nand go"
`
	if got := d.Prompt(); got != want {
		t.Errorf("the prompt is\n%s\nwant\n%s", got, want)
	}
	d.Slots = []Slot{{Name: "size", Type: OneOf(sizes...)}}
	if got := d.Prompt(); !strings.Contains(got, `"39"`) || strings.Contains(got, `"40"`) {
		t.Errorf("of 50 values are listed: %s", got)
	}
	if got := (Doubt{}).Prompt(); !strings.HasSuffix(got, "Slots:\nThe user says: \"\"\n") {
		t.Errorf("an empty doubt is worded %q", got)
	}
}
