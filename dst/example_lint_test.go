package dst_test

import (
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

func ExampleLint() {
	cities := dst.NewGazetteer(dst.Entry{Value: "Lima"}, dst.Entry{Value: "Oslo"})
	schema := dst.Schema{Services: []dst.Service{{Slots: []dst.Slot{
		{Name: "from", Description: "Where it starts", Type: cities},
		{Name: "to", Description: "Where it ends", Type: cities},
		{Name: "meal", Type: dst.OneOf("vegan", "halal", "none")},
	}}}}
	for _, r := range dst.Lint(schema) {
		what, _, _ := strings.Cut(r.Text, ",")
		fmt.Printf("%s: %s: %s\n", r.Severity, r.Place, what)
	}
	// Output:
	// warning: slot to: from and to share a kind (Gazetteer) and have no role
	// warning: slot meal: the value "none" stands for the lack of one; leave it out: an empty slot
}

func ExampleLintJSON() {
	const text = `[{"service_name": "Hotels", "slots": [
  {"name": "check_in_date"},
  {"name": "size", "kind": "enum", "posible_values": ["small"], "possible_values": ["small", "large"]}
]}]`
	_, remarks, err := dst.LintJSON(strings.NewReader(text))
	for _, r := range remarks {
		fmt.Println(r)
	}
	fmt.Println(err)
	// Output:
	// 2:12: note: service Hotels, slot check_in_date: taken for a date because of its name; set kind to date to be sure, or to another [guessed-kind]
	// 3:36: warning: service Hotels, slot size: the member "posible_values" is not known and passed over; did you mean "possible_values"? [unknown-member]
	// <nil>
}
