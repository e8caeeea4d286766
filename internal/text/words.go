package text

import "strings"

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// Inflections returns the other forms that an English word may take in a text
// and that mean the same as a value: plural, -ing, -ed, -ly. Some are no words at
// all; they are for looking up, not for showing. Words that are not plain ASCII
// letters, and short ones, have none.
func Inflections(word string) []string {
	w := Fold(word)
	if len(w) < 3 || strings.IndexFunc(w, func(r rune) bool { return r < 'a' || r > 'z' }) >= 0 || invariable[w] {
		return nil
	}
	var out []string
	add := func(f string) {
		if len(f) >= 3 && f != w {
			out = append(out, f)
		}
	}
	for _, b := range bases(w) {
		add(b)
		stem := strings.TrimSuffix(b, "e")
		switch {
		case strings.HasSuffix(b, "y") && !vowel(b, len(b)-2):
			add(b[:len(b)-1] + "ies")
			add(b[:len(b)-1] + "ied")
		case sibilant(b):
			add(b + "es")
		default:
			add(b + "s")
		}
		add(stem + "ing")
		add(stem + "ed")
		if len(b) > 4 && !strings.HasSuffix(b, "y") {
			add(b + "ly") // "moderately priced"
		}
		if doubles(b) {
			last := b[len(b)-1:]
			add(b + last + "ing")
			add(b + last + "ed")
		}
	}
	return out
}

var invariable = wordSet("news lens gas bus this plus pros his was has yes does goes less nothing something anything everything king thing ring bring spring string during evening morning wedding bed red need speed feed indeed")

// bases returns what a word may be an inflected form of, itself first.
func bases(w string) []string {
	out := []string{w}
	cut := func(suffix string, min int, more ...string) {
		b, ok := strings.CutSuffix(w, suffix)
		if !ok || len(b) < min || !hasVowel(b) {
			return
		}
		for _, m := range more {
			out = append(out, b+m)
		}
		if n := len(b); n > min && b[n-1] == b[n-2] && b[n-1] != 's' && b[n-1] != 'l' {
			out = append(out, b[:n-1])
		}
	}
	switch {
	case strings.HasSuffix(w, "ies"):
		cut("ies", 3, "y")
	case strings.HasSuffix(w, "ss") || strings.HasSuffix(w, "us") || strings.HasSuffix(w, "is"):
	case strings.HasSuffix(w, "es") && sibilant(strings.TrimSuffix(w, "es")):
		cut("es", 3, "")
	case strings.HasSuffix(w, "s"):
		cut("s", 3, "")
	}
	cut("ing", 3, "", "e")
	cut("ed", 3, "", "e")
	return out
}

func sibilant(w string) bool {
	for _, s := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(w, s) {
			return true
		}
	}
	return false
}

func vowel(w string, i int) bool { return i >= 0 && strings.IndexByte("aeiou", w[i]) >= 0 }

func hasVowel(w string) bool { return strings.ContainsAny(w, "aeiouy") }

// doubles reports whether the last consonant of w doubles before -ing: "swim".
func doubles(w string) bool {
	n := len(w)
	return n >= 3 && !vowel(w, n-1) && vowel(w, n-2) && !vowel(w, n-3) && strings.IndexByte("wxy", w[n-1]) < 0
}
