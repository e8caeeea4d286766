package kg

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// encodeText returns a part as a file has it: everything of the segment, and
// the fingerprints of the documents in force.
func encodeText(s *snapshot, p *textPart, sums []fileSum) []byte {
	le := binary.LittleEndian
	b := make([]byte, 0, len(p.ids)+len(p.ends)*(12+printSize)+len(p.lengths)*8+1024)
	b = append(b, textMagic...)
	b = le.AppendUint32(b, termsVersion)
	b = le.AppendUint32(b, uint32(len(p.fields)))
	for _, f := range p.fields {
		b = appendString(b, f)
	}
	b = appendString(b, p.ids)
	b = appendNumbers(b, p.ends)
	b = appendNumbers(b, p.order)
	b = appendNumbers(b, p.first)
	b = le.AppendUint32(b, uint32(len(p.lengths)))
	for _, l := range p.lengths {
		b = le.AppendUint32(le.AppendUint32(b, l.field), l.length)
	}
	var pr printer
	for doc := range uint32(p.docs()) {
		var print textPrint
		if p.gone == nil || !p.gone.Contains(doc) {
			print = pr.of(s, s.thing(p.id(doc)))
		}
		b = append(b, print[:]...)
	}
	b = le.AppendUint32(b, uint32(len(sums)))
	for _, f := range sums {
		b = le.AppendUint32(appendString(b, f.name), f.sum)
	}
	return le.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

func appendNumbers(b []byte, list []uint32) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(list)))
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

// textDecoder reads what encodeText wrote; at the end of the data it yields zeros
// and sets short.
type textDecoder struct {
	data  []byte
	short bool
}

func (d *textDecoder) take(n int) []byte {
	if n < 0 || n > len(d.data) {
		d.short, d.data = true, nil
		return nil
	}
	out := d.data[:n]
	d.data = d.data[n:]
	return out
}

func (d *textDecoder) number() uint32 {
	if b := d.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (d *textDecoder) string() string { return string(d.take(int(d.number()))) }

func (d *textDecoder) numbers() []uint32 {
	b := d.take(4 * int(d.number()))
	out := make([]uint32, len(b)/4)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}

// savedText is what a file of the index has.
type savedText struct {
	seg    *textSegment
	prints []textPrint // of its documents
	sums   []fileSum   // of bleve's files
}

// decodeText reads what encodeText wrote. What has the right checksum was
// written by it, and is not looked at further.
func decodeText(data []byte) (*savedText, error) {
	if !bytes.HasPrefix(data, []byte(textMagic)) || len(data) < len(textMagic)+8 {
		return nil, damaged("not a segment of the text index, or of another version")
	}
	body := data[:len(data)-4]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(data[len(body):]) {
		return nil, damaged("the segment does not fit its checksum")
	}
	d := textDecoder{data: body[len(textMagic):]}
	if v := d.number(); v != termsVersion {
		return nil, fmt.Errorf("terms of version %d, want %d", v, termsVersion)
	}
	t := &textSegment{}
	for range d.number() {
		if t.fields = append(t.fields, d.string()); d.short {
			break
		}
	}
	t.ids, t.ends, t.order, t.first = d.string(), d.numbers(), d.numbers(), d.numbers()
	lengths := d.take(8 * int(d.number()))
	t.lengths = make([]fieldLength, len(lengths)/8)
	for i := range t.lengths {
		t.lengths[i] = fieldLength{binary.LittleEndian.Uint32(lengths[8*i:]), binary.LittleEndian.Uint32(lengths[8*i+4:])}
	}
	prints := make([]textPrint, t.docs())
	for i := range prints {
		copy(prints[i][:], d.take(printSize))
	}
	var sums []fileSum
	for range d.number() {
		if sums = append(sums, fileSum{d.string(), d.number()}); d.short {
			break
		}
	}
	if d.short {
		return nil, damaged("the segment ends too early")
	}
	return &savedText{t, prints, sums}, nil
}
