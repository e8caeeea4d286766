package dsttest_test

import (
	"os"
	"testing"

	"github.com/slotgraph/slotgraph/dst/dsttest"
)

func TestMain(m *testing.M) { os.Exit(dsttest.Main(m)) }

// The transcripts are the tracker's regression suite, and a demonstration of
// what one looks like.
func TestEnglish(t *testing.T) {
	dsttest.Run(t, newTracker(t, cityGuide()), "testdata/en/*.txt")
}

func TestChinese(t *testing.T) {
	dsttest.Run(t, newTracker(t, phoneShop()), "testdata/zh/*.txt")
}
