package main

import (
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
)

func TestOrders(t *testing.T) {
	schema, err := dst.For[Order]()
	if err != nil {
		t.Fatal(err)
	}
	tracker, err := dst.NewTracker(schema, nil)
	if err != nil {
		t.Fatal(err)
	}
	dsttest.Run(t, tracker, "testdata/*.txt")
}
