package dst_test

import (
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
)

// A stored state is brought to the schema of today.
func ExampleSchema_Migrate() {
	schema := dst.Schema{Services: []dst.Service{{Name: "Phones", Slots: []dst.Slot{
		{Name: "storage", Type: &dst.Number{Unit: "GB"}},
		{Name: "colour", Type: dst.OneOf("black", "white")},
	}}}}
	steps := []dst.Migration{{Rename: map[string]string{"Phones.memory": "Phones.storage"}, Units: map[string]string{"Phones.memory": "TB"}}}
	if err := schema.CheckMigrations(steps...); err != nil {
		fmt.Println(err)
		return
	}
	old := dst.State{}.Apply(dst.MustAct("inform Phones.memory>=1"), dst.MustAct("inform Phones.colour=teal"), dst.MustAct("inform Phones.brand=Pearl"))
	s, changes := schema.Migrate(old, steps...)
	for _, c := range changes {
		fmt.Println(c)
	}
	fmt.Println(s.Constraints[0].Slot, s.Constraints[0].Op, s.Constraints[0].Value)
	// Output:
	// removed Phones.brand=Pearl
	// refused Phones.colour=teal
	// renamed Phones.memory to Phones.storage
	// reread Phones.memory>=1 as 1024
	// Phones.storage >= 1024
}
