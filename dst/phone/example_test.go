package phone_test

import (
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/phone"
)

func ExamplePhone() {
	cn := &phone.Phone{Region: "CN"}
	for _, m := range cn.Find(dst.NewText("打138 1234 5678或者+1 408-971-8523", time.Time{})) {
		fmt.Println(m.Value, cn.Format(m.Value, "zh"))
	}
	// Output:
	// +8613812345678 138 1234 5678
	// +14089718523 +1 408-971-8523
}
