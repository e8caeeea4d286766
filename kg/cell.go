package kg

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// cell is one value as a file has it.
type cell struct {
	text string
	num  float64
	kind Kind // Number and Truth from JSON; all else is String
}

// value reads a cell as the field says. An empty result that is no error means
// that there is no value.
func (f *Field) value(c cell, unit string) (Value, error) {
	if to, ok := f.Values[c.text]; ok {
		c = cell{text: to, kind: String}
	}
	trimmed := strings.TrimSpace(c.text)
	if trimmed == "" {
		return Value{}, nil
	}
	switch f.Type {
	case NumberField:
		return f.number(c, unit)
	case RefField:
		if c.kind == Truth {
			return Value{}, fmt.Errorf("%s is a truth value, not an id", c.text)
		}
		return Ref(f.RefPrefix + trimmed), nil
	case BoolField:
		if b, ok := truths[text.Fold(trimmed)]; ok {
			return Bool(b), nil
		}
		return Value{}, fmt.Errorf("%q is neither true nor false", clip(c.text))
	case TimeField:
		if t, ok := parseTime(trimmed); ok {
			return Time(t), nil
		}
		return Value{}, fmt.Errorf("%q is not a time; want the form 2006-01-02T15:04:05Z or 2006-01-02", clip(c.text))
	}
	return Text(c.text), nil
}

// number reads a cell that is not empty as a number.
func (f *Field) number(c cell, unit string) (Value, error) {
	switch c.kind {
	case Number:
		return Num(c.num, unit), nil
	case String:
		s, unit := f.end(strings.TrimSpace(c.text), unit)
		if n, own, ok := parseQuantity(s, unit); ok {
			v := Num(n, own)
			if !f.takes(v.text) {
				return Value{}, fmt.Errorf("%q is in %s, which is no measure for %s", clip(c.text), v.text, f.Unit)
			}
			return v, nil
		}
	}
	return Value{}, fmt.Errorf("%q is not a number", clip(c.text))
}

// end is the field's end of a range, with the unit that it has where it is
// written without one: that of the other end, "1-2 hours".
func (f *Field) end(s, unit string) (string, string) {
	if f.End == "" {
		return s, unit
	}
	for _, dash := range []string{"-", "–", "—", "~", "～", "至", "到", " to "} {
		low, high, ok := strings.Cut(s, dash)
		if low, high = strings.TrimSpace(low), strings.TrimSpace(high); !ok || low == "" || high == "" {
			continue
		}
		if f.End == "high" {
			return high, unit
		}
		if _, own, ok := parseQuantity(high, unit); ok {
			unit = own
		}
		return low, unit
	}
	return s, unit
}

// takes reports whether a number of the field may be in the canonical unit:
// one that converts into the field's, or another currency.
func (f *Field) takes(unit string) bool {
	want := canonicalUnit(f.Unit)
	isMoney := func(u string) bool { return strings.HasPrefix(unitOf(u).dimension, "currency ") }
	return convertible(want, unit) || isMoney(want) && isMoney(unit)
}

var truths = map[string]bool{"true": true, "yes": true, "y": true, "1": true, "on": true, "是": true, "有": true, "对": true, "支持": true,
	"false": false, "no": false, "n": false, "0": false, "off": false, "否": false, "无": false, "没有": false, "不": false, "不支持": false}

// parseQuantity reads a number as shops write it, with a currency sign before
// it, thousands commas, or a unit after it. Without a unit of its own it has
// the given one.
func parseQuantity(s, unit string) (float64, string, bool) {
	s = strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf { // case tells GB from g
			return r
		}
		return text.FoldRune(r)
	}, s)
	if n, err := strconv.ParseFloat(s, 64); err == nil && !strings.ContainsAny(s, "xXpPnN_iI") {
		return n, unit, true
	}
	own := ""
	start := strings.IndexFunc(s, func(r rune) bool { return unicode.IsDigit(r) || r == '.' || r == '-' })
	if start < 0 {
		return 0, "", false
	}
	if own = strings.TrimSpace(s[:start]); own != "" && !strings.HasPrefix(unitOf(canonicalUnit(own)).dimension, "currency ") {
		return 0, "", false
	}
	end := start + strings.IndexFunc(s[start:]+"|", func(r rune) bool { return !unicode.IsDigit(r) && r != '.' && r != ',' && r != '-' })
	digits := s[start:end]
	if !groupedNumber(digits) {
		return 0, "", false
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(digits, ",", ""), 64)
	if err != nil {
		return 0, "", false
	}
	switch after := strings.TrimSpace(s[end:]); {
	case after == "" && own == "":
		return n, unit, true
	case after == "":
		return n, canonicalUnit(own), true
	case own == "" && (canonicalUnit(after) == canonicalUnit(unit) || unitNames[canonicalUnit(after)] != ""):
		return n, after, true
	}
	return 0, "", false
}

// groupedNumber reports whether the commas of a number, if any, group its
// whole part by thousands.
func groupedNumber(s string) bool {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	if strings.ContainsAny(fraction, ",.-") || strings.Contains(whole, "-") {
		return false
	}
	groups := strings.Split(whole, ",")
	for i, g := range groups {
		if len(groups) > 1 && (i > 0 && len(g) != 3 || len(g) == 0 || len(g) > 3) {
			return false
		}
	}
	return true
}
