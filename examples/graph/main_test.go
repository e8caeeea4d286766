package main

import (
	"context"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var out strings.Builder
	if err := run(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	want := `loaded 3 products, 23 facts
Nova 12 (新星12), because
  n12 price 4999 CNY  [shop.json row 0]
  n12 color blue  [shop.json row 0]
Luna 3 (月光3), because
  l3 price 2999 CNY  [shop.json row 2]
  l3 color blue  [shop.json row 2]
"新星12 pro" names Nova 12 Pro, score 1.00
"lunna 3" names Luna 3, score 0.81
  brand: [[nova] [luna]]
  color: [[black] [white blue]]
  memory: [[12 GB] [6 GB]]
  price: [[6499 CNY] [2999 CNY]]
the next day: changed [n12], gone [l3]
  n12 price: [4599 CNY], was [4999 CNY]
`
	if out.String() != want {
		t.Errorf("got\n%s\nwant\n%s", out.String(), want)
	}
}
