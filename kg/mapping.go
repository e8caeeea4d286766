package kg

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
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
	// Replace makes the file all that Source says: facts that Source gave
	// before and the file gives no longer go, and the report has a Diff. What
	// other sources say stays. A bad row that is skipped takes nothing away from
	// its thing; where even its id cannot be read, no thing that is missing in
	// the file loses anything.
	Replace bool `json:"replace,omitempty"`
	// Group is the path of the id of the thing of which the row is a variant,
	// without Prefix. The variant refers to it by GroupPredicate, "variant_of"
	// by default, and has the values of every predicate that its group has and
	// it lacks; one that has any name takes none of the group's. The group is
	// another row, wherever it stands, or else a thing of the graph, as it is
	// during the load: later changes of it reach the variants with the next one.
	Group          string `json:"group,omitempty"`
	GroupPredicate string `json:"group_predicate,omitempty"`
	// Shapes are what the things of the file must look like, once variants have
	// what their group gives. A row that does not fit is bad.
	Shapes []Shape `json:"shapes,omitempty"`
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
	// End takes one end of a range of numbers such as "1-2 hours": "low" or
	// "high". A single number is both ends.
	End string `json:"end,omitempty"`
	// RefPrefix goes before a reference's id.
	RefPrefix string `json:"ref_prefix,omitempty"`
	// Split cuts text into several values, such as "|" for "red|blue".
	Split string `json:"split,omitempty"`
	// Values renames: a value as it is written in the file, to what it is read
	// as. Renamed to "", it is dropped.
	Values map[string]string `json:"values,omitempty"`
	// Required makes a row without a value bad, unless its group gives one.
	Required bool `json:"required,omitempty"`
	// Own values are not taken from the group: a stock number, a rank.
	Own bool `json:"own,omitempty"`
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
	if m.GroupPredicate != "" && m.Group == "" {
		return fmt.Errorf("mapping has group_predicate %q and no group; set the path of the group's id", m.GroupPredicate)
	}
	if o := m.options(); o.check() != nil {
		return o.check()
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
		if f.End != "" && (f.Type != NumberField || f.End != "low" && f.End != "high") {
			return fmt.Errorf("field %q of the mapping has the end %q; want low or high, and type number", f.Path, f.End)
		}
		if f.Type != RefField && f.RefPrefix != "" {
			return fmt.Errorf("field %q of the mapping has a ref_prefix, but is not of type ref", f.Path)
		}
	}
	return nil
}

// options returns how the rows are loaded.
func (m *Mapping) options() LoadOptions {
	o := LoadOptions{Source: m.Source, Replace: m.Replace, SkipBadRows: m.SkipBadRows, SameID: m.SameID,
		Shapes: m.Shapes, GroupPredicate: m.GroupPredicate}
	for i := range m.Fields {
		if f := &m.Fields[i]; f.Own {
			o.Own = append(o.Own, f.predicate())
		}
	}
	if m.Rank != "" {
		o.Own = append(o.Own, m.Rank)
	}
	return o
}

func (f *Field) predicate() string {
	if f.Predicate == "" {
		return f.Path
	}
	return f.Predicate
}
