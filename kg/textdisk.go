package kg

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The larger segments of the full-text index lie beside the graph's snapshots,
// each in a folder of bleve's and a file of ours, written after it, which has
// the rest and the checksums of the folder's files. Neither ever changes. Beside
// each document stands a fingerprint of the texts that it was made of. Whoever
// opens the folder keeps the documents whose fingerprint is that of the texts
// which the graph has, and makes the others anew; so it makes no difference which
// of the files are there and of what time they are, and none of them needs to be
// written when the graph is.

const (
	textMagic = "kg text 3\n"
	textLeast = 1024 // documents; making fewer takes a few milliseconds
	printSize = 16
)

// textPrint is a fingerprint of the texts of a thing, zero for none.
type textPrint [printSize]byte

type printer struct{ buf []byte }

// texts returns all texts of a thing with their predicates, valid until the
// next call, the same in every layout of the graph.
func (p *printer) texts(s *snapshot, n node) []byte {
	p.buf = p.buf[:0]
	for _, r := range s.inOrder(s.rows.of(n)) {
		if txt, ok := s.value(r.object).Text(); ok {
			p.buf = appendString(appendString(p.buf, s.preds[r.predicate].name), txt)
		}
	}
	return p.buf
}

func (p *printer) of(s *snapshot, n node) textPrint {
	texts := p.texts(s, n)
	if len(texts) == 0 {
		return textPrint{}
	}
	sum := sha256.Sum256(texts)
	return textPrint(sum[:printSize])
}

// changedTexts returns the ids of the things whose texts are not the same in
// two states, ascending.
func changedTexts(a, b *snapshot) []string {
	var ids []string
	var pa, pb printer
	as, bs := a.allThings(), b.allThings()
	for len(as) > 0 || len(bs) > 0 {
		c := 0
		switch {
		case len(as) == 0:
			c = 1
		case len(bs) == 0:
			c = -1
		default:
			c = strings.Compare(a.id(as[0]), b.id(bs[0]))
		}
		var old, now []byte
		var id string
		if c <= 0 {
			id, old, as = a.id(as[0]), pa.texts(a, as[0]), as[1:]
		}
		if c >= 0 {
			id, now, bs = b.id(bs[0]), pb.texts(b, bs[0]), bs[1:]
		}
		if !bytes.Equal(old, now) {
			ids = append(ids, id)
		}
	}
	return ids
}

// allThings returns the things that have facts, by id. Cayley's subjects of
// other kinds have no texts to search.
func (s *snapshot) allThings() []node {
	return slices.DeleteFunc(s.allSubjects(), func(n node) bool { return s.terms.at(n).kind != Thing })
}

func appendString(b []byte, s string) []byte {
	return append(binary.LittleEndian.AppendUint32(b, uint32(len(s))), s...)
}

func textFile(n uint64) string   { return fmt.Sprintf("text-%08d.segment", n) }
func textFolder(n uint64) string { return fmt.Sprintf("text-%08d.bleve", n) }

// listTexts returns the numbers of the files of the index, ascending, and the
// names of those that were being written.
func listTexts(d disk) (numbers []uint64, leftovers []string, err error) {
	names, err := d.list()
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		if strings.HasPrefix(name, "text-") && strings.HasSuffix(name, ".segment.new") {
			leftovers = append(leftovers, name)
		}
		if n, ok := numberIn(name, ".segment"); ok {
			numbers = append(numbers, n)
		}
	}
	return numbers, leftovers, nil
}

// numberIn returns the number in the name of a segment's file or folder.
func numberIn(name, suffix string) (uint64, bool) {
	digits, ours := strings.CutPrefix(name, "text-")
	digits, whole := strings.CutSuffix(digits, suffix)
	n, err := strconv.ParseUint(digits, 10, 64)
	return n, ours && whole && err == nil && fmt.Sprintf("text-%08d%s", n, suffix) == name
}

// saveTexts brings the files of the index to the state of s: it writes the
// segments of at least so many documents that are not there yet and removes
// what s has no use for. saved says which file has which segment, and is
// changed.
func saveTexts(d disk, s *snapshot, saved map[*textSegment]uint64, least int) error {
	numbers, leftovers, err := listTexts(d)
	if err != nil {
		return fmt.Errorf("save the text index: %w", err)
	}
	folders := listFolders(d)
	next := slices.Max(append(slices.Concat(numbers, folders), 0)) + 1
	keep, err := writeTexts(d, next, s, saved, least)
	if err != nil {
		return fmt.Errorf("save the text index: %w", err)
	}
	for _, n := range numbers {
		if !keep[n] {
			leftovers = append(leftovers, textFile(n))
		}
	}
	for _, name := range leftovers {
		err = errors.Join(err, d.remove(name))
	}
	if err = errors.Join(err, d.sync()); err != nil {
		return fmt.Errorf("save the text index: %w", err)
	}
	removeFolders(d, folders, keep)
	return nil
}

// writeTexts writes the segments of s that are not on the disk, under numbers
// from next on, and returns those that s has there.
func writeTexts(d disk, next uint64, s *snapshot, saved map[*textSegment]uint64, least int) (keep map[uint64]bool, err error) {
	keep = map[uint64]bool{}
	used := map[*textSegment]bool{}
	for _, p := range s.text.parts {
		used[p.textSegment] = true
		if _, ok := saved[p.textSegment]; !ok && p.alive >= least {
			ok, err := writeText(d, next, s, p)
			if err != nil {
				return nil, err
			}
			if ok {
				saved[p.textSegment] = next
				next++
			}
		}
		if n, ok := saved[p.textSegment]; ok {
			keep[n] = true
		}
	}
	maps.DeleteFunc(saved, func(seg *textSegment, _ uint64) bool { return !used[seg] })
	return keep, nil
}

// writeText writes a part, false where the disk has no folders for bleve.
func writeText(d disk, n uint64, s *snapshot, p *textPart) (ok bool, err error) {
	path, ok := d.subfolder(textFolder(n))
	if !ok {
		return false, nil
	}
	name := textFile(n)
	sums, err := writeFolder(path, p.textSegment)
	if err == nil {
		err = d.sync()
	}
	if err != nil {
		return false, errors.Join(fmt.Errorf("write %s: %w", textFolder(n), err), os.RemoveAll(path))
	}
	file, err := d.create(name + ".new")
	if err != nil {
		return false, err
	}
	if _, err = file.Write(encodeText(s, p, sums)); err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return false, errors.Join(fmt.Errorf("write %s: %w", name, err), d.remove(name+".new"))
	}
	return true, d.rename(name+".new", name)
}

// loadTexts makes the index of s from the files of a folder as far as they are
// of use, and from the texts themselves otherwise. A file that cannot be read
// is as good as missing.
func loadTexts(ctx context.Context, d disk, s *snapshot) (*textReader, map[*textSegment]uint64, error) {
	numbers, _, err := listTexts(d)
	if err != nil {
		return nil, nil, fmt.Errorf("read the text index: %w", err)
	}
	saved := map[*textSegment]uint64{}
	var texts []*savedText
	for _, n := range numbers {
		if t, err := readText(d, n); err == nil {
			saved[t.seg] = n
			texts = append(texts, t)
		}
	}
	parts, missing := fitTexts(s, texts)
	r, err := newTextReader(parts).update(ctx, s, missing, nil)
	return r, saved, err
}

func readText(d disk, n uint64) (*savedText, error) {
	path, ok := d.subfolder(textFolder(n))
	if !ok {
		return nil, fs.ErrNotExist
	}
	file, err := d.read(textFile(n))
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, err
	}
	t, err := decodeText(data)
	if err != nil {
		return nil, err
	}
	return t, openFolder(path, t)
}

// fitTexts masks the documents of segments that are not of the texts that s
// has, and returns the ids of the things that have no document then, ascending.
func fitTexts(s *snapshot, texts []*savedText) (parts []*textPart, missing []string) {
	at := make([]int, len(texts)) // in the order by id
	stale := make([][]uint32, len(texts))
	var pr printer
	for _, n := range s.allThings() {
		id, print, known := s.id(n), pr.of(s, n), false
		for i, t := range texts {
			order := t.seg.order
			for ; at[i] < len(order) && t.seg.id(order[at[i]]) < id; at[i]++ {
				stale[i] = append(stale[i], order[at[i]])
			}
			if at[i] == len(order) || t.seg.id(order[at[i]]) != id {
				continue
			}
			if doc := order[at[i]]; known || t.prints[doc] != print || print == (textPrint{}) {
				stale[i] = append(stale[i], doc)
			} else {
				known = true
			}
			at[i]++
		}
		if !known && print != (textPrint{}) {
			missing = append(missing, id)
		}
	}
	for i, t := range texts {
		stale[i] = append(stale[i], t.seg.order[at[i]:]...)
		parts = append(parts, newTextPart(t.seg).without(stale[i]))
	}
	return parts, slices.Clip(missing)
}
