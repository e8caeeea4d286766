package datacheck_test

import (
	"context"
	"fmt"
	"log"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/datacheck"
	"github.com/slotgraph/slotgraph/intent/formats"
)

func ExampleInspect() {
	file, err := formats.Read("train.csv", strings.NewReader(`text,intent
where is my order,order_status
Where is my order?,refund
我想要申请退款,refund
我想要申请退款呢,human
talk to a human,human
let me talk to a human,human
`))
	if err != nil {
		log.Fatal(err)
	}
	findings, err := datacheck.Inspect(context.Background(), file.Examples, &datacheck.Options{
		Lines: file.Lines,
		Few:   2,
		Test:  []intent.Example{{Text: "Talk to a human!", Intent: "human"}},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(findings)
	// Output:
	// 6 examples of 3 intents, 1 message to test: 5 findings
	//
	// One text, several intents (1). Decide on one intent, or join the intents.
	//   "where is my order" has 2 intents
	//     line 2 [order_status] where is my order
	//     line 3 [refund] Where is my order?
	//
	// Test texts among the examples (1). Delete them from one of the two: a test on them measures memory.
	//   "talk to a human" is an example and in the test set
	//     line 6 [human] talk to a human
	//     test row 1 [human] Talk to a human!
	//
	// Nearly one text, several intents (1). Check that the small difference decides; relabel where it does not.
	//   86% alike, of different intents
	//     line 4 [refund] 我想要申请退款
	//     line 5 [human] 我想要申请退款呢
	//
	// Intents of one example (1). Add examples: a dozen, worded as differently as customers do.
	//   "order_status" has one example
	//     line 2 [order_status] where is my order
	//
	// Rows like no other (1). Check the label and the language; add examples with the same words if customers write so.
	//   2 rows share no word with another example
	//     line 2 [order_status] where is my order
	//     line 3 [refund] Where is my order?
}
