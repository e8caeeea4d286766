package kg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// encoder writes the parts of files.
type encoder struct{ b []byte }

func (e *encoder) uint(n uint64)   { e.b = binary.AppendUvarint(e.b, n) }
func (e *encoder) byte(n byte)     { e.b = append(e.b, n) }
func (e *encoder) fixed(n uint64)  { e.b = binary.LittleEndian.AppendUint64(e.b, n) }
func (e *encoder) string(s string) { e.uint(uint64(len(s))); e.b = append(e.b, s...) }

func (e *encoder) term(v *Value) {
	e.byte(byte(v.kind))
	e.string(v.text)
	if v.kind > String {
		e.fixed(math.Float64bits(v.num))
		e.uint(uint64(v.aux))
	}
}

// decoder reads what encoder wrote. After the first error it reads zeros.
type decoder struct {
	b   []byte
	s   string // b, from which strings are cut
	err error
}

func newDecoder(b []byte) *decoder { return &decoder{b: b, s: string(b)} }

var errShort = errors.New("it ends too early")

func (d *decoder) fail(err error) {
	if d.err == nil {
		d.err = err
	}
	d.b, d.s = nil, ""
}

func (d *decoder) skip(n int) { d.b, d.s = d.b[n:], d.s[n:] }

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.b)
	if size <= 0 {
		d.fail(errShort)
		return 0
	}
	d.skip(size)
	return n
}

// count reads a number of things of which each takes a byte at least.
func (d *decoder) count() int {
	n := d.uint()
	if n > uint64(len(d.b)) {
		d.fail(fmt.Errorf("%d parts in %d bytes", n, len(d.b)))
		return 0
	}
	return int(n)
}

// index reads a number below limit.
func (d *decoder) index(limit int) uint32 {
	n := d.uint()
	if n >= uint64(limit) {
		d.fail(fmt.Errorf("number %d, where there are %d", n, limit))
		return 0
	}
	return uint32(n)
}

func (d *decoder) byte() byte {
	if len(d.b) == 0 {
		d.fail(errShort)
		return 0
	}
	n := d.b[0]
	d.skip(1)
	return n
}

func (d *decoder) fixed() uint64 {
	if len(d.b) < 8 {
		d.fail(errShort)
		return 0
	}
	n := binary.LittleEndian.Uint64(d.b)
	d.skip(8)
	return n
}

func (d *decoder) string() string {
	n := d.count()
	s := d.s[:n]
	d.skip(n)
	return s
}

// bytes reads n bytes, which stay a part of the data.
func (d *decoder) bytes(n int) []byte {
	if n > len(d.b) {
		d.fail(errShort)
		return nil
	}
	out := d.b[:n]
	d.skip(n)
	return out
}

// numbers reads a list of numbers.
func (d *decoder) numbers() []uint32 {
	out := make([]uint32, d.count())
	for i := range out {
		out[i] = uint32(d.uint())
	}
	return out
}

func (d *decoder) term() Value {
	v := Value{kind: Kind(d.byte())}
	v.text = d.string()
	if v.kind > String {
		v.num = math.Float64frombits(d.fixed())
		v.aux = uint32(d.uint())
	}
	switch {
	case d.err != nil:
		return Value{}
	case v.kind == None || v.kind > oddFloat:
		d.fail(fmt.Errorf("a term of unknown kind %d", v.kind))
	case (v.kind == langText || v.kind == typedText) && int(v.aux) > len(v.text):
		d.fail(fmt.Errorf("a tagged text of %d bytes is cut at %d", len(v.text), v.aux))
	case v.num != v.num:
		d.fail(errors.New("a number that is none"))
	}
	return v
}
