package intent_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/slotgraph/slotgraph/intent"
)

// publicData is where public data sets may lie beside the repository.
const publicData = "../../shared/data"

func openPublic(t *testing.T, path string) *os.File {
	t.Helper()
	if testing.Short() {
		t.Skip("trains on a public data set")
	}
	f, err := os.Open(filepath.Join(publicData, path))
	if err != nil {
		t.Skipf("the public data set is absent: %v", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

func evaluatePublic(t *testing.T, train, test []intent.Example) (report intent.Report, ranked float64) {
	t.Helper()
	m, err := intent.Train(context.Background(), train, nil)
	if err != nil {
		t.Fatal(err)
	}
	report, err = intent.Evaluate(context.Background(), m, test)
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, x := range test {
		if best, _ := m.Rank(x.Text).Best(); best.Intent == x.Intent {
			right++
		}
	}
	ranked = float64(right) / float64(report.Messages-report.OutOfScope)
	t.Logf("right before rejection %.4f\n%v", ranked, report)
	return report, ranked
}

// English, 150 intents, on the validation split of CLINC150 small.
func TestCLINC150(t *testing.T) {
	var splits map[string][][2]string
	if err := json.NewDecoder(openPublic(t, "clinc150/data_small.json")).Decode(&splits); err != nil {
		t.Fatal(err)
	}
	read := func(names ...string) (out []intent.Example) {
		for _, name := range names {
			for _, row := range splits[name] {
				out = append(out, intent.Example{Text: row[0], Intent: row[1]})
			}
		}
		return out
	}
	r, ranked := evaluatePublic(t, read("train", "oos_train"), read("val", "oos_val"))
	if ranked < 0.91 || r.InScopeAccuracy < 0.885 || r.OOSRecall < 0.75 || r.ECE > 0.05 {
		t.Errorf("ranked %.3f, in scope %.3f, out-of-scope recall %.3f, calibration error %.3f", ranked, r.InScopeAccuracy, r.OOSRecall, r.ECE)
	}
}

// Chinese, 31 intents, on the development split of SMP2017.
func TestSMP2017(t *testing.T) {
	train, err := intent.ReadCSV(openPublic(t, "smp2017/train.csv"))
	if err != nil {
		t.Fatal(err)
	}
	test, err := intent.ReadCSV(openPublic(t, "smp2017/develop.csv"))
	if err != nil {
		t.Fatal(err)
	}
	r, ranked := evaluatePublic(t, train, test)
	if ranked < 0.905 || r.InScopeAccuracy < 0.88 || r.ECE > 0.06 {
		t.Errorf("ranked %.3f, in scope %.3f, calibration error %.3f", ranked, r.InScopeAccuracy, r.ECE)
	}
}
