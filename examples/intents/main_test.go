package main

import (
	"bytes"
	"context"
	"errors"
	"log"
	"os"
	"strings"
	"testing"
)

func Example() {
	if err := run(context.Background(), strings.NewReader(messages), os.Stdout); err != nil {
		log.Fatal(err)
	}
	// Output:
	// human         1.00  转人工！
	// invoice       0.95  请问发票怎么下载
	// order_status  0.99  我的 order 什么时候到
	// refund        0.98  I'd like my money back, please
	// out of scope  0.00  今天会下雨吗
	// out of scope  0.00  sing me a story
}

func TestRun(t *testing.T) {
	var out bytes.Buffer
	if err := run(context.Background(), strings.NewReader("退款\n\nGET ME A REAL PERSON"), &out); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"refund", "out of scope", "human         1.00"} {
		if line := strings.Split(out.String(), "\n")[i]; !strings.HasPrefix(line, want) {
			t.Errorf("line %d is %q, want %s", i+1, line, want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := run(ctx, strings.NewReader("x"), &out); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
