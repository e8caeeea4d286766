package kg

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// A snapshot file is a magic word and sections, each with its length and a
// checksum (CRC-32C) of its own: the terms and the rows in as many sections as
// they take, predicates and origins, and a last one with the counts, without
// which the file is not whole. Terms stand in the order of their numbers, those
// of things by id.

const fileMagic = "slotgraph graph 1\n"

const (
	sectionTerms      = 't'
	sectionOrigins    = 'o'
	sectionPredicates = 'p'
	sectionRows       = 'r'
	sectionEnd        = 'e'

	sectionBytes = 1 << 20 // about the size of one
	sectionMost  = 1 << 28 // no section is larger: a length beyond it is damage
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// ErrDamaged is wrapped by the errors of files that were cut, changed, or are
// no files of this package.
var ErrDamaged = errors.New("damaged file")

func damaged(format string, args ...any) error {
	return fmt.Errorf("%w: %w", ErrDamaged, fmt.Errorf(format, args...))
}

// fileWriter writes sections.
type fileWriter struct {
	w       io.Writer
	section encoder
	err     error
}

// writeSnapshot writes a snapshot that was compiled, with nothing after it.
func writeSnapshot(w io.Writer, s *snapshot) error {
	buffered := bufio.NewWriterSize(w, 1<<16)
	f := &fileWriter{w: buffered}
	_, f.err = io.WriteString(buffered, fileMagic)
	f.numbering(s)
	f.rows(s)
	for _, n := range []int{int(s.terms.n), int(s.origins.n), len(s.preds), s.facts, int(s.sorted)} {
		f.section.uint(uint64(n))
	}
	f.flushOver(sectionEnd, 0)
	if f.err != nil {
		return f.err
	}
	return buffered.Flush()
}

// numbering writes the terms, origins and predicates.
func (f *fileWriter) numbering(s *snapshot) {
	for n := range s.terms.n {
		f.section.term(s.terms.at(n))
		f.flushOver(sectionTerms, sectionBytes)
	}
	f.flushOver(sectionTerms, 0)
	for n := uint32(1); n < s.origins.n; n++ {
		o := s.origins.at(n)
		f.section.uint(uint64(o.label + 1)) // none is 0
		f.section.uint(uint64(o.rest))
		f.section.fixed(uint64(o.at))
		f.flushOver(sectionOrigins, sectionBytes)
	}
	f.flushOver(sectionOrigins, 0)
	for _, p := range s.preds {
		f.section.uint(uint64(p.term))
		f.section.uint(uint64(p.base))
		f.section.string(p.lang)
		f.section.string(p.name)
	}
	f.flushOver(sectionPredicates, 0)
}

func (f *fileWriter) rows(s *snapshot) {
	last := node(0)
	for n, rows := range s.rows.each {
		f.section.uint(uint64(n - last))
		f.section.uint(uint64(len(rows)))
		for _, r := range rows {
			f.section.uint(uint64(r.predicate))
			f.section.uint(uint64(r.object))
			f.section.uint(uint64(r.origin))
		}
		last = n
		f.flushOver(sectionRows, sectionBytes)
	}
	f.flushOver(sectionRows, 0)
}

// flushOver writes the section where it is longer than size.
func (f *fileWriter) flushOver(kind byte, size int) {
	if len(f.section.b) <= size || f.err != nil {
		return
	}
	head := make([]byte, 9)
	head[0] = kind
	binary.LittleEndian.PutUint32(head[1:], uint32(len(f.section.b)))
	binary.LittleEndian.PutUint32(head[5:], crc32.Update(crc32.Checksum(head[:5], castagnoli), castagnoli, f.section.b))
	if _, f.err = f.w.Write(head); f.err == nil {
		_, f.err = f.w.Write(f.section.b)
	}
	f.section.b = f.section.b[:0]
}

// fileReader reads a snapshot file into a snapshot.
type fileReader struct {
	*snapshot
	triples []triple
	last    node
	stage   int // the sections come in this order
}

// readSnapshot reads what writeSnapshot wrote, and compiles the indexes.
func readSnapshot(r io.Reader) (*snapshot, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	magic := make([]byte, len(fileMagic))
	n, err := io.ReadFull(in, magic)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return nil, err
	}
	if magic = magic[:n]; string(magic) != fileMagic {
		return nil, damaged("it begins with %q; a snapshot of this version begins with %q", clip(string(magic)), fileMagic)
	}
	f := fileReader{snapshot: &snapshot{dict: newDict(0), predIDs: map[string]uint32{}}}
	f.origins.append(origin{label: none})
	for at := int64(len(fileMagic)); ; {
		kind, body, err := readSection(in)
		if err == nil {
			err = f.section(kind, body)
		}
		if errors.Is(err, errShort) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
			err = damaged("it is cut off")
		}
		if err != nil {
			return nil, fmt.Errorf("section at byte %d: %w", at, err)
		}
		if at += 9 + int64(len(body)); kind == sectionEnd {
			break
		}
	}
	if _, err := in.ReadByte(); err != io.EOF {
		return nil, damaged("there is more behind its end")
	}
	f.facts = len(f.triples)
	f.build(f.triples)
	return f.snapshot, nil
}

func readSection(in io.Reader) (kind byte, body []byte, err error) {
	var head [9]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return 0, nil, err
	}
	size := binary.LittleEndian.Uint32(head[1:])
	if size > sectionMost {
		return 0, nil, damaged("a length of %d bytes", size)
	}
	body = make([]byte, min(size, sectionBytes)) // a wrong length must not take all memory
	for read := 0; ; {
		n, err := io.ReadFull(in, body[read:])
		if err != nil {
			return 0, nil, err
		}
		if read += n; read == int(size) {
			break
		}
		body = append(body, make([]byte, min(int(size)-read, read))...)
	}
	if crc32.Update(crc32.Checksum(head[:5], castagnoli), castagnoli, body) != binary.LittleEndian.Uint32(head[5:]) {
		return 0, nil, damaged("the checksum does not fit")
	}
	return head[0], body, nil
}

// section reads one section. What it holds was written by this package, since
// its checksum fits, or by somebody who forged it: numbers are checked.
func (f *fileReader) section(kind byte, body []byte) error {
	stage := slices.Index([]byte{sectionTerms, sectionOrigins, sectionPredicates, sectionRows, sectionEnd}, kind)
	if stage < f.stage {
		return damaged("a section of kind %q, which is unknown or comes too late", kind)
	}
	f.stage = stage
	d := newDecoder(body)
	for len(d.b) > 0 && d.err == nil {
		switch kind {
		case sectionTerms:
			f.readTerm(d)
		case sectionOrigins:
			f.readOrigin(d)
		case sectionPredicates:
			f.readPredicate(d)
		case sectionRows:
			f.readRows(d)
		case sectionEnd:
			f.readEnd(d)
		}
	}
	if d.err != nil && !errors.Is(d.err, ErrDamaged) {
		return damaged("%w", d.err)
	}
	return d.err
}

func (f *fileReader) readTerm(d *decoder) {
	v := d.term()
	if d.err != nil {
		return
	}
	if f.dict.find(&v, &f.dict.terms) != none {
		d.fail(fmt.Errorf("term %q twice", clip(v.String())))
		return
	}
	n := f.dict.add(v)
	if v.kind == Thing && n == f.sorted {
		if n > 0 && f.dict.terms.at(n-1).text >= v.text {
			d.fail(fmt.Errorf("thing %q is out of order", clip(v.text)))
		}
		f.sorted++
	}
	f.terms = f.dict.terms
}

func (f *fileReader) readOrigin(d *decoder) {
	o := origin{label: d.index(int(f.terms.n)+1) - 1, rest: d.index(int(f.origins.n)), at: int64(d.fixed())}
	if d.err == nil {
		f.origins.append(o)
	}
}

func (f *fileReader) readPredicate(d *decoder) {
	p := &predicate{term: d.index(int(f.terms.n)), base: d.index(int(f.terms.n)), lang: d.string(), name: d.string()}
	if d.err != nil {
		return
	}
	if n := len(f.preds); n > 0 && f.preds[n-1].name >= p.name {
		d.fail(fmt.Errorf("predicate %q is out of order", clip(p.name)))
		return
	}
	f.predIDs[p.name] = uint32(len(f.preds))
	f.byName = append(f.byName, uint32(len(f.preds)))
	f.preds = append(f.preds, p)
}

func (f *fileReader) readRows(d *decoder) {
	n := f.last + d.index(int(f.terms.n)-int(f.last))
	if len(f.triples) > 0 && n == f.last {
		d.fail(fmt.Errorf("the rows of %q twice", clip(f.id(n))))
	}
	count := d.count()
	if count == 0 {
		d.fail(errors.New("a subject without rows"))
	}
	lastPred := uint32(0)
	for range count {
		r := row{d.index(len(f.preds)), d.index(int(f.terms.n)), d.index(int(f.origins.n))}
		if d.err != nil {
			return
		}
		if r.predicate < lastPred || r.origin == 0 {
			d.fail(fmt.Errorf("the rows of %q are out of order", clip(f.id(n))))
			return
		}
		lastPred = r.predicate
		f.triples = append(f.triples, triple{n, r})
		f.quads += statements(&f.origins, r.origin)
	}
	f.last = n
}

func (f *fileReader) readEnd(d *decoder) {
	for _, have := range []int{int(f.terms.n), int(f.origins.n), len(f.preds), len(f.triples), int(f.sorted)} {
		if want := d.uint(); d.err == nil && want != uint64(have) {
			d.fail(fmt.Errorf("it has %d parts of a kind, and should have %d", have, want))
		}
	}
}
