package intentbench

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const (
	trainCSV = "text,intent\n我要退款,refund\n退款怎么申请,refund\ni want a refund,refund\nmoney back please,refund\n" +
		"我的订单到哪了,status\n订单什么时候到,status\nwhere is my order,status\nhas my order shipped,status\n"
	testCSV = "text,intent\n我想退款,refund\nwhere is the order,status\n\"Привет, как дела\",oos\n"
)

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRun(t *testing.T) {
	train, test := write(t, "train.csv", trainCSV), write(t, "test.csv", testCSV)
	out := filepath.Join(t.TempDir(), "p.csv")
	for _, extra := range [][]string{nil, {"-out", out}, {"-dev", test}, {"-out", out, "-ranked"}} {
		var stdout, stderr bytes.Buffer
		args := append([]string{"-train", train, "-test", test}, extra...)
		if err := Run(context.Background(), args, &stdout, &stderr); err != nil {
			t.Fatalf("%v: %v", extra, err)
		}
		got := map[string]float64{}
		for line := range strings.Lines(stdout.String()) {
			name, value, ok := strings.Cut(strings.TrimSpace(line), " ")
			x, err := strconv.ParseFloat(value, 64)
			if !ok || err != nil {
				t.Errorf("%v: line %q is not name value", extra, line)
			}
			got[name] = x
		}
		for _, name := range []string{"accuracy", "macro_f1", "oos_recall", "oos_precision"} {
			if got[name] != 1 {
				t.Errorf("%v: %s is %v, want 1", extra, name, got[name])
			}
		}
		for _, name := range []string{"ece", "train_seconds", "model_bytes", "us_per_utterance"} {
			if x, ok := got[name]; !ok || x <= 0 && name != "train_seconds" {
				t.Errorf("%v: %s is %v", extra, name, x)
			}
		}
	}
	checkPredictions(t, out)
}

func checkPredictions(t *testing.T, path string) {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(rows[0]) != "[text intent confidence ranked]" || len(rows) != 4 {
		t.Fatalf("predictions %v", rows)
	}
	for i, want := range []string{"refund", "status", "oos"} {
		row := rows[i+1]
		if p, err := strconv.ParseFloat(row[2], 64); row[1] != want || err != nil || p <= 0.3 || p > 1 {
			t.Errorf("row %v, want %s", row, want)
		}
	}
	if rows[1][3] != "refund" || rows[3][0] != "Привет, как дела" {
		t.Errorf("rows %v", rows)
	}
}

func TestRunFails(t *testing.T) {
	train, test := write(t, "train.csv", trainCSV), write(t, "test.csv", testCSV)
	headless, empty := write(t, "h.csv", "a,b\n1,2\n"), write(t, "e.csv", "text,intent\n")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"nothing":       {nil, "required"},
		"no test":       {[]string{"-train", train}, "required"},
		"unknown flag":  {[]string{"-train", train, "-test", test, "-fast"}, "-fast"},
		"argument":      {[]string{"-train", train, "-test", test, "more"}, `"more"`},
		"missing train": {[]string{"-train", train + "x", "-test", test}, "train.csvx"},
		"missing test":  {[]string{"-train", train, "-test", test + "x"}, "test.csvx"},
		"missing dev":   {[]string{"-train", train, "-test", test, "-dev", "nowhere.csv"}, "nowhere.csv"},
		"bad header":    {[]string{"-train", headless, "-test", test}, "no column"},
		"no rows":       {[]string{"-train", train, "-test", empty}, "no rows"},
		"unwritable":    {[]string{"-train", train, "-test", test, "-out", filepath.Join(train, "p.csv")}, "p.csv"},
		"out is input":  {[]string{"-train", train, "-test", test, "-out", train}, "-out another name"},
		"ranked alone":  {[]string{"-train", train, "-test", test, "-ranked"}, "-out"},
		"bad share":     {[]string{"-train", train, "-test", test, "-oos-share", "2"}, "OutOfScopeShare"},
	} {
		var stdout, stderr bytes.Buffer
		err := Run(context.Background(), c.args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), c.want) || stdout.Len() > 0 {
			t.Errorf("%s: %v, stdout %q; want %q", name, err, stdout.String(), c.want)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Run(ctx, []string{"-train", train, "-test", test}, &bytes.Buffer{}, &bytes.Buffer{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}
