package formats_test

import (
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/formats"
)

func ExampleRead() {
	f, err := formats.Read("nlu.yml", strings.NewReader(`
nlu:
- intent: book_table
  examples: |
    - a table for two in [Paris](city)
    - 在[上海](city)订个桌
`))
	if err != nil {
		log.Fatal(err)
	}
	for i, x := range f.Examples {
		fmt.Printf("%s:%d %s: %s\n", f.Name, f.Lines[i], x.Intent, x.Text)
	}
	_, err = formats.Read("nlu.yml", strings.NewReader("nlu:\n- intent: greet\n  examples: |\n    - hi\n    hello\n"))
	fmt.Println(err)
	// Output:
	// nlu.yml:5 book_table: a table for two in Paris
	// nlu.yml:6 book_table: 在上海订个桌
	// formats: read Rasa NLU YAML: intent "greet": line 5: "hello" does not begin with "- "; every example stands on a line of its own behind one (file "nlu.yml")
}

// From Rasa to this library's own CSV.
func ExampleReadRasa() {
	examples, err := formats.ReadRasa(strings.NewReader("nlu:\n- intent: greet\n  examples: |\n    - hi, [Ann](name)\n    - 你好\n"))
	if err != nil {
		log.Fatal(err)
	}
	if err := intent.WriteCSV(os.Stdout, examples); err != nil {
		log.Fatal(err)
	}
	// Output:
	// text,intent
	// "hi, Ann",greet
	// 你好,greet
}

func ExampleReadSnips() {
	fmt.Println(formats.ReadSnips(strings.NewReader(`
type: intent
name: fly
utterances:
- a flight to [to:city](Oslo)
- fly to [to:city]
---
type: entity
name: city
values: [Rome, Paris]
`)))
	// Output: [{a flight to Oslo fly} {fly to Rome fly}] <nil>
}

func ExampleReadCLINC() {
	const data = `{"train":[["what is my balance","balance"]],"oos_train":[["tell me a joke","oos"]],"test":[]}`
	fmt.Println(formats.ReadCLINC(strings.NewReader(data), "train"))
	fmt.Println(formats.ReadCLINC(strings.NewReader(data), "dev"))
	// Output:
	// [{what is my balance balance} {tell me a joke oos}] <nil>
	// [] formats: read CLINC JSON: no split "dev"; the file has "train", "oos_train", "test"
}

func ExampleReadFastText() {
	fmt.Println(formats.ReadFastText(strings.NewReader("__label__refund 我要退款\n")))
	fmt.Println(formats.ReadFastText(strings.NewReader("__label__refund __label__human i want my money now\n")))
	// Output:
	// [{我要退款 refund}] <nil>
	// [] formats: read fastText: line 1: 2 labels ("refund", "human"); a message has one intent: keep one, or give both together a name of their own
}
