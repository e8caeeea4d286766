package text

import "testing"

// Language and CountWords read what Tokens does.
func FuzzCountWords(f *testing.F) {
	for _, s := range []string{"", "给我看看 iPhone 15 Pro Max", "don't 1,299.5 ok", "ＡＢＣ１２，３", "\xff的", "e\u0301té"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		han, words := 0, 0
		for _, tok := range Tokens(s) {
			switch tok.Kind {
			case Han:
				han++
			case Word:
				words++
			}
		}
		if h, w := CountWords(s); h != han || w != words {
			t.Fatalf("%q: %d, %d; tokens have %d, %d", s, h, w, han, words)
		}
		if n := testing.AllocsPerRun(1, func() { Language(s) }); n > 0 {
			t.Errorf("%q: %v allocations", s, n)
		}
	})
}
