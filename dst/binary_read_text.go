package dst

import (
	"encoding/binary"
	"fmt"
	"math"
)

// str reads a text, or finds the one that came before.
func (r *stateReader) str() string {
	n := r.uint()
	if n == 0 || n&1 != 0 {
		return r.came(n)
	}
	return r.text("", n>>1)
}

// name reads the name of a slot or an intent.
func (r *stateReader) name() string {
	n := r.uint()
	if n == 0 || n&1 != 0 {
		return r.came(n)
	}
	if n&2 != 0 {
		return r.text(r.last, n>>2)
	}
	s := r.text("", n>>2)
	r.last = servicePart(s)
	return s
}

// came finds the text that came before.
func (r *stateReader) came(n uint64) string {
	if n == 0 {
		return ""
	}
	if n >>= 1; n >= uint64(len(r.table)) {
		r.fail("text %d of %d so far", n, len(r.table))
		return ""
	}
	return r.table[n]
}

// text reads a new text, of which n bytes stand here.
func (r *stateReader) text(prefix string, n uint64) string {
	if n > uint64(len(r.b)-r.at) {
		r.fail("a text of %d bytes, of which there are %d", n, len(r.b)-r.at)
		return ""
	}
	start := r.room(len(prefix) + int(n))
	r.texts.WriteString(prefix)
	r.texts.Write(r.b[r.at : r.at+int(n)])
	r.at += int(n)
	s := r.texts.String()[start:]
	r.table = append(r.table, s)
	return s
}

// join strings parts together.
func (r *stateReader) join(parts ...string) string {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	start := r.room(n)
	for _, p := range parts {
		r.texts.WriteString(p)
	}
	return r.texts.String()[start:]
}

// room makes room for a text of n bytes and returns where it begins. Earlier
// texts stay where they are.
func (r *stateReader) room(n int) int {
	if r.texts.Cap()-r.texts.Len() < n {
		r.texts.Reset()
		r.texts.Grow(max(n, len(r.b)/2))
	}
	return r.texts.Len()
}

// byte reads one byte, of which only some bits have a meaning.
func (r *stateReader) byte(bits byte) byte {
	if r.err != nil {
		return 0
	}
	if r.at >= len(r.b) {
		r.fail("the state is cut short")
		return 0
	}
	c := r.b[r.at]
	if c&^bits != 0 {
		r.fail("the bits %08b, where %08b can be", c, bits)
		return 0
	}
	r.at++
	return c
}

func (r *stateReader) int() int { return r.whole(int64(r.uint())) }

// whole is n, if numbers of this machine hold it.
func (r *stateReader) whole(n int64) int {
	if int64(int(n)) != n {
		r.fail("the number %d, which is too large for this machine", n)
	}
	return int(n)
}

func (r *stateReader) uint() uint64 {
	if r.at < len(r.b) && r.b[r.at] < 0x80 && r.err == nil { // most numbers are small
		r.at++
		return uint64(r.b[r.at-1])
	}
	if r.err != nil {
		return 0
	}
	n, length := binary.Uvarint(r.b[r.at:])
	switch {
	case length == 0:
		r.fail("the state is cut short")
	case length < 0:
		r.fail("a number that is too large")
	default:
		r.at += length
		return n
	}
	return 0
}

func (r *stateReader) float() float64 {
	if r.err != nil || len(r.b)-r.at < 8 {
		r.fail("the state is cut short")
		return 0
	}
	bits := binary.LittleEndian.Uint64(r.b[r.at:])
	r.at += 8
	return math.Float64frombits(bits)
}

// fail notes the first error, and where it is.
func (r *stateReader) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("byte %d: %s", r.at, fmt.Sprintf(format, args...))
	}
}
