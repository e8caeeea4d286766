package intent_test

import (
	"context"
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent"
)

func TestClassifyOddMessages(t *testing.T) {
	m := shopModel(t)
	for _, message := range []string{"", " \t\n", "???", "。。。", "\x00\x01", "\xff\xfe\xfd", "哈哈哈哈", "🙂🙂"} {
		if r, err := m.Classify(context.Background(), message); err != nil || len(r) > 0 {
			t.Errorf("Classify(%q) = %v, %v; want out of scope", message, r, err)
		}
	}
	r, err := m.Classify(context.Background(), "我要\xff退款")
	if best, _ := r.Best(); err != nil || best.Intent != "refund" {
		t.Errorf("an invalid byte in the message: %v, %v", r, err)
	}
}

func TestClassifyHugeMessage(t *testing.T) {
	m := shopModel(t)
	for _, unit := range []string{"refund ", "a", "我要退款", "\xff", "ab1 中", " "} {
		message := strings.Repeat(unit, (1<<20)/len(unit))
		start := time.Now()
		if _, err := m.Classify(context.Background(), message); err != nil {
			t.Error(err)
		}
		m.Explain(message)
		if took := time.Since(start); took > time.Second {
			t.Errorf("a megabyte of %q takes %v", unit, took)
		}
	}
	if best, _ := m.Rank(strings.Repeat("我要退款。", 1<<17)).Best(); best.Intent != "refund" {
		t.Errorf("a long message of one wish: %v", best)
	}
}

func TestRanking(t *testing.T) {
	m := shopModel(t)
	for _, x := range readCSV(t, "testdata/shop_test.csv") {
		checkRanking(t, x.Text, m.Rank(x.Text))
		full, err := m.Classify(context.Background(), x.Text)
		if err != nil {
			t.Fatal(err)
		}
		if p, threshold := m.InScope(x.Text); len(full) > 0 != (p >= threshold && len(m.Rank(x.Text)) > 0) {
			t.Errorf("%q: %v, but InScope gives %v at %v", x.Text, full, p, threshold)
		}
		if len(full) > 0 && !reflect.DeepEqual(full, m.Rank(x.Text)) {
			t.Errorf("%q: Classify gives %v, Rank %v", x.Text, full, m.Rank(x.Text))
		}
	}
}

func checkRanking(t *testing.T, message string, r intent.Ranking) {
	t.Helper()
	sum := 0.0
	for i, p := range r {
		if p.Intent == "" || p.Intent == intent.OutOfScope || math.IsNaN(p.P) || p.P < 0 || p.P > 1 {
			t.Errorf("%q: prediction %v", message, p)
		}
		if i > 0 && (r[i-1].P < p.P || r[i-1].P == p.P && r[i-1].Intent >= p.Intent) {
			t.Errorf("%q: %v before %v", message, r[i-1], p)
		}
		sum += p.P
	}
	if len(r) > intent.MaxRanked || sum > 1+1e-9 {
		t.Errorf("%q: %d predictions that sum to %v", message, len(r), sum)
	}
}

func TestClassifyConcurrently(t *testing.T) {
	m := shopModel(t)
	test := readCSV(t, "testdata/shop_test.csv")
	want := make([]intent.Ranking, len(test))
	for i, x := range test {
		want[i] = m.Rank(x.Text)
	}
	var wg sync.WaitGroup
	for k := range 8 {
		wg.Go(func() {
			for i := range test {
				j := (i*7 + k*11) % len(test)
				if got := m.Rank(test[j].Text); !reflect.DeepEqual(got, want[j]) {
					t.Errorf("%q: %v beside other goroutines, %v alone", test[j].Text, got, want[j])
				}
				m.Explain(test[j].Text)
			}
		})
	}
	wg.Wait()
}

func TestExplain(t *testing.T) {
	m := shopModel(t)
	for _, c := range []struct{ message, intent, piece string }{
		{"please send me an invoice today", "invoice", "invoice"},
		{"能开发票吗", "invoice", "发票"},
		{"有 coupon 吗", "coupon", "coupon"},
	} {
		best, reasons := m.Explain(c.message)
		if best.Intent != c.intent || len(reasons) == 0 {
			t.Fatalf("Explain(%q) = %v, %v", c.message, best, reasons)
		}
		if r := reasons[0]; !strings.Contains(r.Text, c.piece) || r.Weight <= 0 {
			t.Errorf("Explain(%q): the first reason is %+v, want %q", c.message, r, c.piece)
		}
		for i, r := range reasons {
			if c.message[r.Start:r.End] != r.Text || i > 0 && math.Abs(r.Weight) > math.Abs(reasons[i-1].Weight) {
				t.Errorf("Explain(%q): reason %d is %+v", c.message, i, r)
			}
		}
		if rank, _ := m.Rank(c.message).Best(); rank != best {
			t.Errorf("Explain gives %v, Rank %v", best, rank)
		}
	}
	if _, reasons := m.Explain("???"); reasons != nil {
		t.Errorf("reasons for nothing: %v", reasons)
	}
}

func FuzzClassify(f *testing.F) {
	for _, s := range []string{"我要退款", "where is my order?", "ＩＮＶＯＩＣＥ 123,4", "a\xffb", "don't 我's"} {
		f.Add(s)
	}
	m := shopModel(f)
	f.Fuzz(func(t *testing.T, s string) {
		r, err := m.Classify(context.Background(), s)
		if err != nil {
			t.Fatal(err)
		}
		checkRanking(t, s, r)
		_, reasons := m.Explain(s)
		for _, x := range reasons {
			if s[x.Start:x.End] != x.Text || utf8.ValidString(s) && !utf8.ValidString(x.Text) {
				t.Fatalf("reason %+v of %q", x, s)
			}
		}
	})
}

func BenchmarkClassify(b *testing.B) {
	m := shopModel(b)
	for name, message := range map[string]string{
		"en": "hello, could you tell me when my order will arrive", "zh": "你好，请问我的订单什么时候能送到",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.Classify(context.Background(), message)
			}
		})
	}
}

func BenchmarkTrain(b *testing.B) {
	examples := readCSV(b, "testdata/shop_train.csv")
	for b.Loop() {
		if _, err := intent.Train(context.Background(), examples, nil); err != nil {
			b.Fatal(err)
		}
	}
}
