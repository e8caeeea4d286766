package privacy

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// star stands for a character that is hidden.
const star = '*'

// Mask hides the most of a personal text for people who must recognise it and
// not read it: "138****5678", "j***@example.com", 王**, "**** **** **** 1111". At
// most two thirds of the letters and digits are shown.
func Mask(s string, k Kind) string {
	switch k {
	case Email:
		at := strings.LastIndexAny(s, "@＠")
		if at <= 0 {
			return hide(s, 1, 0)
		}
		_, n := utf8.DecodeRuneInString(s)
		if n == at {
			n = 0
		}
		return s[:n] + "***" + s[at:]
	case Phone:
		return hide(s, 3, 4)
	case Card, IBAN:
		return hide(s, 0, 4)
	case ResidentID, USCC, Document:
		return hide(s, 2, 2)
	case Plate:
		return hide(s, 2, 2)
	case IP:
		if i := strings.LastIndexAny(s, ".:"); i > 0 {
			return s[:i+1] + "***"
		}
		return "***"
	case Address:
		return maskAddress(s)
	case Name:
		return maskName(s)
	}
	return hide(s, 1, 0)
}

// hide shows so many letters and digits at the beginning and the end, and fewer
// of a short text.
func hide(s string, first, last int) string {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	for first+last > n*2/3 {
		if first >= last {
			first--
		} else {
			last--
		}
	}
	i := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return r
		}
		i++
		if i <= first || i > n-last {
			return r
		}
		return star
	}, s)
}

// maskAddress shows the city of a Chinese address, and nothing of others but
// how long they are.
func maskAddress(s string) string {
	for _, w := range [...]string{"市", "区", "县", "省"} {
		if i := strings.Index(s, w); i > 0 && i+len(w) <= len(s)/2 {
			return s[:i+len(w)] + "***"
		}
	}
	return hide(s, 0, 0)
}

// maskName shows the first letter of each word, and the family name of a
// Chinese name.
func maskName(s string) string {
	if r, n := utf8.DecodeRuneInString(s); text.IsHan(r) {
		if k, _ := surname(s); k > 0 {
			n = k
		}
		return s[:n] + strings.Repeat(string(star), max(1, utf8.RuneCountInString(s[n:])))
	}
	words := strings.Fields(s)
	for i, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		words[i] = string(r) + "***"
	}
	return strings.Join(words, " ")
}
