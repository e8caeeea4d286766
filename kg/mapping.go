package kg

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A Mapping says how the rows of a JSON or CSV file become facts. It is plain
// data: write it as a literal, or keep it as JSON beside the file and read it
// with [ReadMapping].
//
//	{"rows": "data.products", "id": "sku", "prefix": "p:", "kind": "phone", "fields": [
//	  {"path": "title", "predicate": "name"},
//	  {"path": "price.amount", "predicate": "price", "type": "number", "unit": "CNY", "required": true},
//	  {"path": "maker", "predicate": "brand", "type": "ref", "ref_prefix": "brand:"}]}
//
// Paths of JSON are gjson paths within the row ("price.amount", "specs.#.name",
// "1.评分"; a point within a name is written "\."); paths of CSV are column
// names.
type Mapping struct {
	// Rows is the gjson path of the array of rows. Empty, the document itself
	// is the array, or a single row, or JSON Lines. CSV has no use for it.
	Rows string `json:"rows,omitempty"`
	// ID is the path of a row's id, a string or a number. The subject of the
	// row's facts is Prefix followed by it.
	ID     string `json:"id"`
	Prefix string `json:"prefix,omitempty"`
	// Kind is the kind of every row; KindPath takes it from the row. At most
	// one of them may be set.
	Kind     string `json:"kind,omitempty"`
	KindPath string `json:"kind_path,omitempty"`
	// Rank is a predicate that takes the number of each row, for files whose
	// order means something: order by it to keep a shop's own ranking.
	Rank string `json:"rank,omitempty"`
	// Source names the file. Where it is set, every fact has the source
	// "<Source> row 17", or "<Source> line 17" for CSV.
	Source string  `json:"source,omitempty"`
	Fields []Field `json:"fields"`
	// SkipBadRows loads the good rows where some are bad. Otherwise one bad
	// row means that nothing is loaded.
	SkipBadRows bool `json:"skip_bad_rows,omitempty"`
	// SameID allows several rows with one id, whose facts add up.
	SameID bool `json:"same_id,omitempty"`
	// Comma separates the columns of CSV, "," by default; "\t" for TSV.
	Comma string `json:"comma,omitempty"`
}

// A FieldType is the kind of value that a [Field] gives.
type FieldType string

const (
	TextField   FieldType = "text"   // the default; numbers and truth values are taken as they are written
	NumberField FieldType = "number" // a JSON number, or text such as "4999", "1,299.50", "¥99" or "8 GB"
	RefField    FieldType = "ref"    // the id of another thing
	BoolField   FieldType = "bool"   // true and false, or text: yes, no, 1, 0, 是, 否, 有, 无 …
	TimeField   FieldType = "time"   // RFC 3339, "2026-01-02", "2026-01-02 15:04:05"; without zone it is UTC
)

// A Field takes the values of one predicate from a row. An array gives a fact
// for each element, nested ones included; null and empty text give none.
type Field struct {
	Path      string    `json:"path"`
	Predicate string    `json:"predicate"` // default: Path
	Type      FieldType `json:"type,omitempty"`
	// Unit is the unit of numbers; UnitPath takes it from the row. A unit
	// written with the number itself ("8 GB") goes before both.
	Unit     string `json:"unit,omitempty"`
	UnitPath string `json:"unit_path,omitempty"`
	// RefPrefix goes before a reference's id.
	RefPrefix string `json:"ref_prefix,omitempty"`
	// Split cuts text into several values, such as "|" for "red|blue".
	Split string `json:"split,omitempty"`
	// Values renames: a value as it is written in the file, to what it is read
	// as. Renamed to "", it is dropped.
	Values map[string]string `json:"values,omitempty"`
	// Required makes a row without a value bad.
	Required bool `json:"required,omitempty"`
}

// ReadMapping reads a mapping from JSON and checks it. Unknown members are
// errors, since they are typing mistakes more often than not.
func ReadMapping(r io.Reader) (Mapping, error) {
	var m Mapping
	d := json.NewDecoder(r)
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return Mapping{}, fmt.Errorf("kg: read mapping: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return Mapping{}, errors.New("kg: read mapping: more data after the mapping")
	}
	if err := m.check(); err != nil {
		return Mapping{}, fmt.Errorf("kg: read mapping: %w", err)
	}
	return m, nil
}

func (m *Mapping) check() error {
	if m.ID == "" {
		return fmt.Errorf("mapping has no id; set the path of each row's id")
	}
	if m.Kind != "" && m.KindPath != "" {
		return fmt.Errorf("mapping has both kind %q and kind_path %q; set one", m.Kind, m.KindPath)
	}
	if len([]rune(m.Comma)) > 1 || strings.ContainsAny(m.Comma, "\"\r\n\ufffd") {
		return fmt.Errorf("mapping has comma %q; it must be one character, no quote and no line end", m.Comma)
	}
	for i, f := range m.Fields {
		if f.Path == "" {
			return fmt.Errorf("field %d (%s) of the mapping has no path", i+1, f.Predicate)
		}
		switch f.Type {
		case "", TextField, NumberField, RefField, BoolField, TimeField:
		default:
			return fmt.Errorf("field %q of the mapping has unknown type %q; want text, number, ref, bool or time", f.Path, f.Type)
		}
		if f.Type != NumberField && (f.Unit != "" || f.UnitPath != "") {
			return fmt.Errorf("field %q of the mapping has a unit, but is not of type number", f.Path)
		}
		if f.Type != RefField && f.RefPrefix != "" {
			return fmt.Errorf("field %q of the mapping has a ref_prefix, but is not of type ref", f.Path)
		}
	}
	return nil
}

func (f *Field) predicate() string {
	if f.Predicate == "" {
		return f.Path
	}
	return f.Predicate
}

// A RowError says what is wrong with one row. Row is the index of a JSON row,
// from 0, or the line number of CSV and N-Quads, from 1.
type RowError struct {
	Row    int
	Path   string // path or column, "" where the whole row is meant
	Reason string
	line   bool
}

// Error returns, for instance,
// row 17, path price.amount: "abc" is not a number.
func (e RowError) Error() string {
	s := "row "
	if e.line {
		s = "line "
	}
	s += strconv.Itoa(e.Row)
	if e.Path != "" {
		s += ", path " + e.Path
	}
	return s + ": " + e.Reason
}

// A Report says what a load did.
type Report struct {
	Facts  int        // facts that the file gave, those already in the graph included
	Rows   int        // rows that were loaded
	Errors []RowError // rows that were not, in the order of the file
	// Unused lists the paths of fields at which no row had a value, in the order
	// of the mapping. A path of JSON that is misspelt shows here alone, since
	// rows may lack any value that is not required.
	Unused []string
}

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
		if c.kind == Number {
			return Num(c.num, unit), nil
		}
		if c.kind != Truth {
			if n, own, ok := parseQuantity(trimmed, unit); ok {
				v := Num(n, own)
				if !f.takes(v.text) {
					return Value{}, fmt.Errorf("%q is in %s, which is no measure for %s", clip(c.text), v.text, f.Unit)
				}
				return v, nil
			}
		}
		return Value{}, fmt.Errorf("%q is not a number", clip(c.text))
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
