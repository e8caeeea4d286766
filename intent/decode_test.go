package intent

import (
	"bytes"
	"compress/flate"
	"context"
	"io"
	"strings"
	"testing"
)

// FuzzDecode alters what the checksum protects, as somebody may who computes
// it anew.
func FuzzDecode(f *testing.F) {
	m, err := Train(context.Background(), []Example{{"我要退款", "refund"}, {"where is my order", "status"}}, nil)
	if err != nil {
		f.Fatal(err)
	}
	body, err := m.encode()
	if err != nil {
		f.Fatal(err)
	}
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(body)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(plain)
	f.Add(plain[:len(plain)/2])
	for old, altered := range map[string]string{
		`"Features":`: `"Features":9`, `"Columns":2`: `"Columns":3`, `"Weighted":`: `"Weighted":-`, `"Temperature":`: `"Temperature":-`,
		`"refund"`: `""`, `"Bias":[`: `"Bias":[1,`, `"Intents":[`: `"Intents":[], "x":[`,
	} {
		f.Add(bytes.Replace(plain, []byte(old), []byte(altered), 1))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := decode(bytes.NewReader(b))
		if err != nil {
			return
		}
		if r, err := m.Classify(context.Background(), "我要退款 order"); err != nil || len(r) > len(m.intents) {
			t.Fatal(r, err)
		}
		m.Explain("where is my order")
	})
}

func TestQuantisedSumsMatch(t *testing.T) {
	const features, columns = 1000, 13
	m := newMatrix(features, columns)
	exact := make([]int, columns)
	var all []int32
	for f := range features {
		all = append(all, int32(f))
		for c := range columns {
			b := byte((f*31 + c*17) % 256)
			m.setByte(f, c, b)
			exact[c] += int(b) - zeroByte
		}
	}
	for c := range columns {
		m.scale[c], m.bias[c] = 1, float32(c)
	}
	var s summer
	scores := make([]float32, columns)
	for range 2 { // the second time on used buffers
		s.sum(&m, all, 1, scores)
		for c, want := range exact {
			if scores[c] != float32(want+c) {
				t.Errorf("column %d: %v, want %d", c, scores[c], want+c)
			}
		}
	}
}

// A word's n-grams keep apart from other kinds and repeat from message to
// message.
func TestDistinctGrams(t *testing.T) {
	var g gramScanner
	count := func(s string) int {
		grams, tokens := g.distinct(s)
		for i, x := range grams {
			if x.first > x.last || int(x.last) >= len(tokens) {
				t.Errorf("%q: gram %+v of %d tokens", s, x, len(tokens))
			}
			for _, y := range grams[:i] {
				if x.hash == y.hash {
					t.Errorf("%q: gram %+v twice", s, x)
				}
			}
		}
		return len(grams)
	}
	for _, c := range []struct {
		message string
		want    int
	}{
		{"", 0}, {"?!", 0},
		{"退", 3},     // itself, first, last
		{"退款", 5},    // 退 款 退款 first last
		{"退，款", 4},   // no run across punctuation
		{"a", 6},     // ^a ^a$ a$ and the word, first, last
		{"a a", 7},   // and the pair
		{"12", 4},    // literal, shape, first, last
		{"12 34", 6}, // literals, one shape, pair, first, last
	} {
		if got := count(c.message); got != c.want {
			t.Errorf("%q has %d n-grams, want %d", c.message, got, c.want)
		}
	}
	if a, b := count(strings.Repeat("退款", 4000)), count("退款退款退"); a > b+2 {
		t.Errorf("repetition adds n-grams: %d against %d", a, b)
	}
}
