package intent_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
)

var examples = []intent.Example{
	{Text: "我的订单到哪了", Intent: "order_status"}, {Text: "where is my order", Intent: "order_status"},
	{Text: "快递什么时候到", Intent: "order_status"}, {Text: "when will my parcel arrive", Intent: "order_status"},
	{Text: "我要退款", Intent: "refund"}, {Text: "i want my money back", Intent: "refund"},
	{Text: "怎么申请退款", Intent: "refund"}, {Text: "please refund this order", Intent: "refund"},
	{Text: "转人工客服", Intent: "human"}, {Text: "talk to a human", Intent: "human"},
	{Text: "我要找真人", Intent: "human"}, {Text: "let me speak to an agent", Intent: "human"},
}

func Example() {
	exact, err := intent.Exact(examples)
	if err != nil {
		log.Fatal(err)
	}
	model, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		log.Fatal(err)
	}
	c := intent.Chain(exact, model)
	for _, message := range []string{"转人工客服！", "请问退款怎么申请", "When will the order arrive?", "Сколько времени?"} {
		ranking, err := c.Classify(context.Background(), message)
		if err != nil {
			log.Fatal(err)
		}
		if best, ok := ranking.Best(); ok {
			fmt.Println(message, best.Intent)
		} else {
			fmt.Println(message, "out of scope")
		}
	}
	// Output:
	// 转人工客服！ human
	// 请问退款怎么申请 refund
	// When will the order arrive? order_status
	// Сколько времени? out of scope
}

func ExampleExact() {
	c, err := intent.Exact([]intent.Example{{Text: "Track my order", Intent: "order_status"}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(c.Classify(context.Background(), "TRACK MY ORDER!"))
	fmt.Println(c.Classify(context.Background(), "track my parcel"))
	// Output:
	// [{order_status 1}] <nil>
	// [] <nil>
}

func ExampleReadCSV() {
	examples, err := intent.ReadCSV(strings.NewReader("text,intent\n我要退款,refund\ntell me a joke,oos\n"))
	fmt.Println(examples, err)
	_, err = intent.ReadCSV(strings.NewReader("text,intent\n我要退款,\n"))
	fmt.Println(err)
	// Output:
	// [{我要退款 refund} {tell me a joke oos}] <nil>
	// intent: read examples: line 2: "我要退款" has no intent; label messages of no intent "oos"
}

func ExampleWriteCSV() {
	if err := intent.WriteCSV(os.Stdout, []intent.Example{{Text: "hello, 你好", Intent: "greet"}}); err != nil {
		log.Fatal(err)
	}
	// Output:
	// text,intent
	// "hello, 你好",greet
}

func ExampleWritePredictions() {
	rows := []intent.PredictionRow{{Text: "我要退款", Intent: "refund", Confidence: 0.97}}
	if err := intent.WritePredictions(os.Stdout, rows, false); err != nil {
		log.Fatal(err)
	}
	// Output:
	// text,intent,confidence
	// 我要退款,refund,0.970000
}

func ExampleModel_Save() {
	model, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		log.Fatal(err)
	}
	var file bytes.Buffer
	if err := model.Save(&file); err != nil {
		log.Fatal(err)
	}
	loaded, err := intent.Load(&file)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(loaded.Intents())
	// Output: [human order_status refund]
}

func ExampleModel_Rank() {
	model, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, p := range model.Rank("退款的订单到哪了") {
		fmt.Println(p.Intent)
	}
	// Output:
	// order_status
	// refund
	// human
}

func ExampleModel_InScope() {
	model, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		log.Fatal(err)
	}
	known, threshold := model.InScope("我要退款")
	strange, _ := model.InScope("Привет")
	fmt.Println(known >= threshold, strange >= threshold)
	// Output: true false
}

func ExampleModel_Explain() {
	model, err := intent.Train(context.Background(), examples, nil)
	if err != nil {
		log.Fatal(err)
	}
	best, reasons := model.Explain("我的 order 呢")
	fmt.Println(best.Intent, reasons[0].Text)
	// Output: order_status order
}

func ExampleEvaluate() {
	exact, err := intent.Exact(examples)
	if err != nil {
		log.Fatal(err)
	}
	report, err := intent.Evaluate(context.Background(), exact, []intent.Example{
		{Text: "我要退款", Intent: "refund"}, {Text: "退钱", Intent: "refund"}, {Text: "讲个笑话", Intent: intent.OutOfScope},
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(report)
	// Output:
	// messages                3
	// out of scope            1
	// accuracy                0.6667
	// accuracy in scope       0.5000
	// macro F1                0.6667
	// out-of-scope recall     1.0000
	// out-of-scope precision  0.5000
	// calibration error       0.0000
	//
	// want    got  times
	// refund  oos  1
}
