// Command intents classifies customer messages, Chinese and English in one
// model: exact matches first, then a model trained on a handful of examples.
//
//	go run ./examples/intents               a few messages of its own
//	go run ./examples/intents - < messages  one a line from standard input
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
)

var examples = []struct {
	intent string
	texts  []string
}{
	{"order_status", []string{"我的订单到哪了", "快递什么时候到", "查一下物流", "包裹怎么还没到", "where is my order", "when will my parcel arrive", "track my package", "has it shipped yet"}},
	{"refund", []string{"我要退款", "退款什么时候到账", "把钱退给我", "怎么申请退款", "i want a refund", "give me my money back", "how long does a refund take", "please refund this"}},
	{"invoice", []string{"我要开发票", "电子发票在哪下载", "发票抬头怎么改", "报销要发票", "i need an invoice", "where do i download the invoice", "can you send me a receipt", "put my company on the invoice"}},
	{"human", []string{"转人工", "我要找客服", "叫个真人来", "不想跟机器人聊", "talk to a human", "let me speak to an agent", "get me a real person", "i do not want a bot"}},
	// What to reject; without any, the model learns it by leaving intents out.
	{intent.OutOfScope, []string{"今天天气怎么样", "讲个故事", "你几岁了", "唱首歌", "帮我写作文", "what is the weather like", "tell me a story", "how old are you", "sing a song", "who won the game"}},
}

const messages = "转人工！\n请问发票怎么下载\n我的 order 什么时候到\nI'd like my money back, please\n今天会下雨吗\nsing me a story\n"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	var in io.Reader = strings.NewReader(messages)
	if len(os.Args) > 1 && os.Args[1] == "-" {
		in = os.Stdin
	}
	if err := run(ctx, in, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

// run classifies every line of in.
func run(ctx context.Context, in io.Reader, out io.Writer) error {
	var labelled []intent.Example
	for _, x := range examples {
		for _, text := range x.texts {
			labelled = append(labelled, intent.Example{Text: text, Intent: x.intent})
		}
	}
	exact, err := intent.Exact(labelled)
	if err != nil {
		return err
	}
	model, err := intent.Train(ctx, labelled, nil)
	if err != nil {
		return err
	}
	classifier := intent.Chain(exact, model)
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		ranking, err := classifier.Classify(ctx, lines.Text())
		if err != nil {
			return err
		}
		best := intent.Prediction{Intent: "out of scope"}
		if len(ranking) > 0 {
			best = ranking[0]
		}
		if _, err := fmt.Fprintf(out, "%-12s  %.2f  %s\n", best.Intent, best.P, lines.Text()); err != nil {
			return err
		}
	}
	return lines.Err()
}
