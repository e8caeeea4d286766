package dsttest_test

import (
	"context"
	"os"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
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

// Most simulated users get what they want of the two demo bots. What they come
// upon besides is worth reading with -v.
func TestSimulatedUsers(t *testing.T) {
	places := []string{"Acorn House", "Blue Lagoon", "Casa Verde", "Central Station"}
	for lang, schema := range map[string]dst.Schema{"en": cityGuide(), "zh": phoneShop()} {
		report, err := dsttest.Simulate(context.Background(), dsttest.TrackerBot(newTracker(t, schema)), schema, &dsttest.SimOptions{
			Seed: 1, N: 200, Lang: lang, Now: monday(), Values: map[string][]string{"Taxi.from": places, "Taxi.to": places}})
		if err != nil {
			t.Fatal(err)
		}
		t.Log(report)
		report.Check(t, dsttest.Failed, dsttest.Panicked)
		if report.Reached < 170 {
			t.Errorf("only %d of 200 users of the %s bot get what they want", report.Reached, lang)
		}
	}
}
