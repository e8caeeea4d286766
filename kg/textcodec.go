package kg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"slices"
	"strings"
)

// encodeText returns a part as a file has it: everything of the segment, and
// the fingerprints of the documents in force.
func encodeText(s *snapshot, p *textPart, sums []fileSum) []byte {
	e := encoder{make([]byte, 0, len(p.ids)+len(p.ends)*(12+printSize)+len(p.lengths)*4+1024)}
	e.b = append(e.b, textMagic...)
	e.uint(termsVersion)
	e.uint(uint64(len(p.fields)))
	for _, f := range p.fields {
		e.string(f)
	}
	e.string(p.ids)
	for _, list := range [][]uint32{p.ends, p.order, p.first} {
		e.uint(uint64(len(list)))
		for _, n := range list {
			e.uint(uint64(n))
		}
	}
	e.uint(uint64(len(p.lengths)))
	for _, l := range p.lengths {
		e.uint(uint64(l.field))
		e.uint(uint64(l.length))
	}
	var pr printer
	for doc := range uint32(p.docs()) {
		var print textPrint
		if p.gone == nil || !p.gone.Contains(doc) {
			print = pr.of(s, s.thing(p.id(doc)))
		}
		e.b = append(e.b, print[:]...)
	}
	e.uint(uint64(len(sums)))
	for _, f := range sums {
		e.string(f.name)
		e.uint(uint64(f.sum))
	}
	return binary.LittleEndian.AppendUint32(e.b, crc32.Checksum(e.b, castagnoli))
}

// savedText is what a file of the index has.
type savedText struct {
	seg    *textSegment
	prints []textPrint // of its documents
	sums   []fileSum   // of bleve's files
}

// decodeText reads what encodeText wrote.
func decodeText(data []byte) (*savedText, error) {
	if !bytes.HasPrefix(data, []byte(textMagic)) || len(data) < len(textMagic)+4 {
		return nil, damaged("not a segment of the text index, or of another version")
	}
	body := data[:len(data)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(data[len(body):]) {
		return nil, damaged("the segment does not fit its checksum")
	}
	d := newDecoder(body[len(textMagic):])
	if v := d.uint(); v != termsVersion {
		return nil, fmt.Errorf("terms of version %d, want %d", v, termsVersion)
	}
	t := &textSegment{fields: make([]string, d.count())}
	for i := range t.fields {
		t.fields[i] = d.string()
	}
	t.ids = d.string()
	t.ends, t.order, t.first = d.numbers(), d.numbers(), d.numbers()
	t.lengths = make([]fieldLength, d.count())
	for i := range t.lengths {
		t.lengths[i] = fieldLength{uint32(d.uint()), uint32(d.uint())}
	}
	prints := make([]textPrint, t.docs())
	for i := range prints {
		copy(prints[i][:], d.bytes(printSize))
	}
	sums := make([]fileSum, d.count())
	for i := range sums {
		sums[i] = fileSum{d.string(), uint32(d.uint())}
	}
	if d.err != nil {
		return nil, damaged("the segment: %w", d.err)
	}
	if !t.consistent() {
		return nil, damaged("the tables of the segment contradict each other")
	}
	return &savedText{t, prints, sums}, nil
}

// consistent reports whether the tables of documents fit each other.
func (t *textSegment) consistent() bool {
	docs := t.docs()
	if len(t.first) != docs+1 || t.first[0] != 0 || !slices.IsSorted(t.first) || !slices.IsSorted(t.ends) {
		return false
	}
	if docs > 0 && int(t.ends[docs-1]) != len(t.ids) || int(t.first[docs]) != len(t.lengths) {
		return false
	}
	if slices.ContainsFunc(t.lengths, func(l fieldLength) bool { return int(l.field) >= len(t.fields) }) {
		return false
	}
	inOrder := slices.Clone(t.order)
	slices.Sort(inOrder)
	for i, doc := range inOrder {
		if doc != uint32(i) {
			return false
		}
	}
	return len(t.order) == docs && slices.IsSortedFunc(t.order, func(a, b uint32) int { return strings.Compare(t.id(a), t.id(b)) })
}
