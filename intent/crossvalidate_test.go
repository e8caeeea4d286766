package intent_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/intent"
)

// A message that bears the wrong label is an error of the models that did not
// see it.
func ExampleCrossValidate() {
	f, err := os.Open("testdata/shop_train.csv")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	examples, err := intent.ReadCSV(f)
	if err != nil {
		log.Fatal(err)
	}
	examples = append(examples, intent.Example{Text: "我要退款,请把钱退给我", Intent: "invoice"})
	cv, err := intent.CrossValidate(context.Background(), examples, 5, nil)
	if err != nil {
		log.Fatal(err)
	}
	worst := cv.Errors()[0]
	fmt.Println(worst.Number+1, worst.Text, worst.Intent, worst.Got.Intent)
	// Output: 145 我要退款,请把钱退给我 invoice refund
}

func TestCrossValidate(t *testing.T) {
	rows := append(readCSV(t, "testdata/shop_train.csv"), intent.Example{Text: "退款！！！ 我要退款", Intent: "order_status"},
		intent.Example{Text: "我要 退款, 退款", Intent: "refund"}, intent.Example{Text: "The only one of its kind", Intent: "rare"})
	cv, err := intent.CrossValidate(context.Background(), rows, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	if cv.Folds != 3 || len(cv.HeldOut) != len(rows) || cv.Report.Messages != len(rows) {
		t.Fatalf("%d folds, %d of %d held out", cv.Folds, len(cv.HeldOut), len(rows))
	}
	folds := map[string][3]int{}
	for i, h := range cv.HeldOut {
		if h.Example != rows[i] || h.Number != i || h.Given < 0 || h.Given > 1 || len(h.Likely) > 5 {
			t.Fatalf("%d: %+v", i, h)
		}
		for k := 1; k < len(h.Likely); k++ {
			if h.Likely[k].P > h.Likely[k-1].P {
				t.Fatalf("%d: %+v is not in order", i, h.Likely)
			}
		}
		n := folds[h.Intent]
		n[h.Fold]++
		folds[h.Intent] = n
	}
	if n := folds["refund"]; max(n[0], n[1], n[2])-min(n[0], n[1], n[2]) > 2 {
		t.Errorf("refund is dealt out %v", n)
	}
	last := cv.HeldOut[len(rows)-1]
	if last.Given != 0 || last.Got.Intent == "rare" {
		t.Errorf("recognised what was never seen: %+v", last)
	}
	if cv.Report.Accuracy < 0.5 || math.IsNaN(cv.Report.MacroF1) {
		t.Errorf("%v", cv.Report)
	}
	wrong := cv.Errors()
	if want := int(math.Round(float64(len(rows)) * (1 - cv.Report.Accuracy))); len(wrong) != want || !strings.Contains(cv.String(), "errors, the surest first\n") {
		t.Errorf("%d errors, want %d\n%v", len(wrong), want, cv)
	}
	again, err := intent.CrossValidate(context.Background(), rows, 3, &intent.Options{Workers: 1})
	if err != nil || !reflect.DeepEqual(again.HeldOut, cv.HeldOut) {
		t.Errorf("another result on one worker: %v", err)
	}
}

// Equal texts share a fold, whatever their intents.
func TestCrossValidateDoubles(t *testing.T) {
	rows := append([]intent.Example{{Text: "WHERE is my order?", Intent: "refund"}, {Text: "我的订单到哪了!", Intent: "human"}}, examples...)
	cv, err := intent.CrossValidate(context.Background(), rows, 0, nil)
	if err != nil || cv.Folds != 5 {
		t.Fatal(cv, err)
	}
	if cv.HeldOut[0].Fold != cv.HeldOut[3].Fold || cv.HeldOut[1].Fold != cv.HeldOut[2].Fold {
		t.Errorf("doubles lie apart: %+v", cv.HeldOut[:4])
	}
}

func TestCrossValidateRefuses(t *testing.T) {
	for name, c := range map[string]struct {
		rows  []intent.Example
		folds int
		want  string
	}{
		"nothing":     {nil, 2, "no examples"},
		"one fold":    {examples, 1, "1 folds of 12 different texts"},
		"many folds":  {examples, 13, "13 folds of 12 different texts"},
		"negative":    {examples, -1, "-1 folds"},
		"empty text":  {[]intent.Example{{Text: "a", Intent: "b"}, {Text: " ", Intent: "b"}}, 2, "example 2"},
		"all strange": {[]intent.Example{{Text: "a", Intent: "oos"}, {Text: "b", Intent: "oos"}}, 2, "out of scope"},
	} {
		if cv, err := intent.CrossValidate(context.Background(), c.rows, c.folds, nil); cv != nil || err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v", name, cv, err)
		}
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := intent.CrossValidate(done, examples, 3, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("a done context gives %v", err)
	}
	bad := &intent.Options{Cost: -1}
	if _, err := intent.CrossValidate(context.Background(), examples, 3, bad); err == nil || !strings.Contains(err.Error(), "fold 1 of 3: Options.Cost") {
		t.Errorf("bad options give %v", err)
	}
	dev := &intent.Options{Dev: []intent.Example{{Text: "退钱", Intent: "refund"}, {Text: "hm", Intent: "oos"}}}
	if _, err := intent.CrossValidate(context.Background(), examples, 3, dev); err != nil {
		t.Errorf("with dev messages: %v", err)
	}
}
