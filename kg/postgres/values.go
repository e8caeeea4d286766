package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cayleygraph/quad"
	"github.com/cayleygraph/quad/pquads"
	"github.com/lib/pq"
)

const (
	valueColumns = "value, value_string, datatype, language, iri, bnode, value_int, value_bool, value_float, value_time"
	hashColumns  = "subject_hash, predicate_hash, object_hash, label_hash"
)

// A value is a row of nodes without its counter.
type value struct {
	bytes                []byte
	text, datatype, lang sql.NullString
	iri, bnode           sql.NullBool
	integer              sql.NullInt64
	truth                sql.NullBool
	float                sql.NullFloat64
	time                 sql.NullTime
}

// valueRow returns the row of a value: in the columns that cayley has for its
// type where they hold it exactly, else as bytes, which cayley reads too.
func valueRow(v quad.Value) (value, error) {
	yes := sql.NullBool{Bool: true, Valid: true}
	switch v := v.(type) {
	case quad.IRI:
		if exactText(string(v)) {
			return value{text: text(string(v)), iri: yes}, nil
		}
	case quad.BNode:
		if exactText(string(v)) {
			return value{text: text(string(v)), bnode: yes}, nil
		}
	case quad.String:
		if exactText(string(v)) {
			return value{text: text(string(v))}, nil
		}
	case quad.TypedString:
		if exactText(string(v.Value)) && exactText(string(v.Type)) {
			return value{text: text(string(v.Value)), datatype: text(string(v.Type))}, nil
		}
	case quad.LangString:
		if exactText(string(v.Value)) && exactText(v.Lang) {
			return value{text: text(string(v.Value)), lang: text(v.Lang)}, nil
		}
	case quad.Int:
		return value{integer: sql.NullInt64{Int64: int64(v), Valid: true}}, nil
	case quad.Bool:
		return value{truth: sql.NullBool{Bool: bool(v), Valid: true}}, nil
	case quad.Float:
		return value{float: sql.NullFloat64{Float64: float64(v), Valid: true}}, nil
	case quad.Time:
		if t := time.Time(v).UTC(); t.Nanosecond()%1000 == 0 && t.Year() > 0 && t.Year() < 10_000 {
			return value{time: sql.NullTime{Time: t, Valid: true}}, nil
		}
	}
	b, err := pquads.MarshalValue(v)
	if err != nil {
		return value{}, fmt.Errorf("write value %s: %w", v, err)
	}
	return value{bytes: b}, nil
}

func text(s string) sql.NullString { return sql.NullString{String: s, Valid: true} }

// exactText reports whether a text comes back from the server as it is. It
// takes no NUL byte, for which cayley writes \x00, nor what is no UTF-8.
func exactText(s string) bool {
	return utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 && !strings.Contains(s, `\x00`)
}

// quadValue is the value of a row.
func (v *value) quadValue() (quad.Value, error) {
	if v.text.Valid {
		s := strings.ReplaceAll(v.text.String, `\x00`, "\x00") // of cayley's
		switch {
		case v.iri.Bool:
			return quad.IRI(v.text.String), nil
		case v.bnode.Bool:
			return quad.BNode(v.text.String), nil
		case v.lang.Valid:
			return quad.LangString{Value: quad.String(s), Lang: v.lang.String}, nil
		case v.datatype.Valid:
			return quad.TypedString{Value: quad.String(s), Type: quad.IRI(v.datatype.String)}, nil
		}
		return quad.String(s), nil
	}
	switch {
	case v.integer.Valid:
		return quad.Int(v.integer.Int64), nil
	case v.truth.Valid:
		return quad.Bool(v.truth.Bool), nil
	case v.float.Valid:
		return quad.Float(v.float.Float64), nil
	case v.time.Valid:
		return quad.Time(v.time.Time.UTC()), nil
	}
	q, err := pquads.UnmarshalValue(v.bytes)
	if err == nil && q == nil {
		err = fmt.Errorf("a row of nodes holds no value")
	}
	return q, err
}

// readValues returns all values by their hashes.
func readValues(ctx context.Context, tx *sql.Tx) (map[string]quad.Value, error) {
	rows, err := tx.QueryContext(ctx, "SELECT hash, "+valueColumns+" FROM nodes")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := map[string]quad.Value{}
	for rows.Next() {
		var hash sql.RawBytes
		var v value
		if err := rows.Scan(&hash, &v.bytes, &v.text, &v.datatype, &v.lang, &v.iri, &v.bnode, &v.integer, &v.truth, &v.float, &v.time); err != nil {
			return nil, err
		}
		if values[string(hash)], err = v.quadValue(); err != nil {
			return nil, fmt.Errorf("value %x: %w", []byte(hash), err)
		}
	}
	return values, rows.Err()
}

// columns are rows of nodes as the server takes many at a time.
type columns struct {
	hash, bytes          pq.ByteaArray
	text, datatype, lang []sql.NullString
	iri, bnode, truth    []sql.NullBool
	integer              []sql.NullInt64
	float                []sql.NullFloat64
	time                 []sql.NullString
}

func (c *columns) add(hash []byte, v value) {
	c.hash, c.bytes = append(c.hash, hash), append(c.bytes, v.bytes)
	c.text, c.datatype, c.lang = append(c.text, v.text), append(c.datatype, v.datatype), append(c.lang, v.lang)
	c.iri, c.bnode, c.truth = append(c.iri, v.iri), append(c.bnode, v.bnode), append(c.truth, v.truth)
	c.integer, c.float = append(c.integer, v.integer), append(c.float, v.float)
	c.time = append(c.time, sql.NullString{String: v.time.Time.UTC().Format("2006-01-02 15:04:05.999999Z07:00"), Valid: v.time.Valid})
}

// args are the columns in the order of valueColumns, behind the hash.
func (c *columns) args() []any {
	return []any{c.hash, c.bytes, pq.Array(c.text), pq.Array(c.datatype), pq.Array(c.lang), pq.Array(c.iri), pq.Array(c.bnode),
		pq.Array(c.integer), pq.Array(c.truth), pq.Array(c.float), pq.Array(c.time)}
}
