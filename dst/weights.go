package dst

import (
	"bufio"
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"slices"
)

// Weights are what a tracker has learned: a number for each feature of a
// decision. A file of them holds whole numbers of eight bits, each with the
// hashed name of its feature, and a check sum. Weights are immutable and safe
// for concurrent use.
type Weights struct {
	note   string // licence and origin
	schema uint64 // fingerprint of the schema that a delta was fitted on; 0 for weights of any schema
	base   uint32 // check sum of the weights that a delta adds to
	spans  bool   // see Tracker.spans
	scale  float64
	keys   []uint32 // sorted places of features
	values []int8

	table []uint32 // open addressing: key in the upper 24 bits, value in the lower 8, which is never 0; 0 where free
	mask  uint32
}

var noWeights = &Weights{scale: 1}

// NoWeights returns weights that say nothing: a tracker with them decides by
// what is written in its rules alone.
func NoWeights() *Weights { return noWeights }

// Len is the number of features that have a weight.
func (w *Weights) Len() int { return len(w.keys) }

// Note is the licence and origin of the weights, as the file states it.
func (w *Weights) Note() string { return w.note }

// A trainedWeight is a number before it is rounded.
type trainedWeight struct {
	key     uint32
	x       float32
	matters float32 // how much it matters: features rarely met matter little, however heavy
}

// newWeights keeps the limit numbers that matter most (0: all) with eight bits
// each.
func newWeights(note string, all []trainedWeight, limit int) *Weights {
	slices.SortFunc(all, func(a, b trainedWeight) int {
		return cmp.Or(cmp.Compare(b.matters, a.matters), cmp.Compare(a.key, b.key))
	})
	if limit > 0 && len(all) > limit {
		all = all[:limit]
	}
	w := &Weights{note: note, scale: 1}
	top := 0.0
	for _, e := range all {
		top = max(top, math.Abs(float64(e.x)))
	}
	if top == 0 {
		return w
	}
	w.scale = top / 127
	slices.SortFunc(all, func(a, b trainedWeight) int { return cmp.Compare(a.key, b.key) })
	for _, e := range all {
		if q := int8(math.Round(float64(e.x) / w.scale)); q != 0 {
			w.keys, w.values = append(w.keys, e.key), append(w.values, q)
		}
	}
	w.compile()
	return w
}

// compile builds the table in which features are looked up.
func (w *Weights) compile() {
	size := uint32(16)
	for int(size) < 2*len(w.keys) {
		size *= 2
	}
	w.table, w.mask = make([]uint32, size), size-1
	for i, k := range w.keys {
		at := k * 2654435761 >> 7 & w.mask
		for w.table[at] != 0 {
			at = (at + 1) & w.mask
		}
		w.table[at] = k<<8 | uint32(uint8(w.values[i]))
	}
}

// sum adds up the weights of the features. It fetches many from the table
// before it looks at the first: a turn has some fifteen hundred, two thirds of
// which have a weight, and they stand all over the memory.
func (w *Weights) sum(features []uint32) float64 {
	if len(w.keys) == 0 {
		return 0
	}
	total := int32(0)
	var met [64]uint32
	for len(features) > 0 {
		n := min(len(features), len(met))
		for i, k := range features[:n] {
			met[i] = w.table[k*2654435761>>7&w.mask]
		}
		for i, k := range features[:n] {
			e := met[i]
			if e>>8 != k && e != 0 {
				e = w.behind(k)
			}
			if e>>8 == k {
				total += int32(int8(uint8(e)))
			}
		}
		features = features[n:]
	}
	return float64(total) * w.scale
}

// behind is the entry of a key whose place another one has, 0 for none.
func (w *Weights) behind(k uint32) uint32 {
	at := k * 2654435761 >> 7 & w.mask
	for w.table[at] != 0 && w.table[at]>>8 != k {
		at = (at + 1) & w.mask
	}
	return w.table[at]
}

// The file: magic, then little-endian varints, then a CRC-32 of all before it.
const (
	weightsMagic   = "slotgraph weights\n"
	weightsVersion = 1
	maxWeights     = 1 << 21 // features in a file
	maxNote        = 1 << 16 // bytes
)

// WriteTo writes the weights as [ReadWeights] reads them; the same weights
// give the same bytes. Errors are those of the writer, and a note or a number
// of features that is more than a file holds.
func (w *Weights) WriteTo(out io.Writer) (int64, error) {
	if len(w.note) > maxNote || len(w.keys) > maxWeights {
		return 0, fmt.Errorf("dst: writing weights: a file holds a note of %d bytes and %d features, not %d and %d", maxNote, maxWeights, len(w.note), len(w.keys))
	}
	b := []byte(weightsMagic)
	b = binary.AppendUvarint(b, weightsVersion)
	b = binary.AppendUvarint(b, uint64(len(w.note)))
	b = append(b, w.note...)
	b = binary.LittleEndian.AppendUint64(b, w.schema)
	b = binary.LittleEndian.AppendUint32(b, w.base)
	b = append(b, byte(truth(w.spans)))
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(w.scale))
	b = binary.AppendUvarint(b, uint64(len(w.keys)))
	last := uint32(0)
	for _, k := range w.keys {
		b = binary.AppendUvarint(b, uint64(k-last))
		last = k
	}
	for _, v := range w.values {
		b = append(b, uint8(v))
	}
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
	n, err := out.Write(b)
	if err != nil {
		return int64(n), fmt.Errorf("dst: writing weights: %w", err)
	}
	return int64(n), nil
}

// ReadWeights reads what [Weights.WriteTo] wrote. A file that is cut short,
// changed, or no weight file at all is an error.
func ReadWeights(in io.Reader) (*Weights, error) {
	b, err := io.ReadAll(io.LimitReader(in, 16<<20))
	if err != nil {
		return nil, fmt.Errorf("dst: reading weights: %w", err)
	}
	w, err := parseWeights(b)
	if err != nil {
		return nil, fmt.Errorf("dst: reading weights: %w", err)
	}
	return w, nil
}

func parseWeights(b []byte) (*Weights, error) {
	if !bytes.HasPrefix(b, []byte(weightsMagic)) {
		return nil, errors.New("this is no weight file of slotgraph")
	}
	if len(b) < len(weightsMagic)+4 || crc32.ChecksumIEEE(b[:len(b)-4]) != binary.LittleEndian.Uint32(b[len(b)-4:]) {
		return nil, errors.New("the check sum is wrong: the file is cut short or was changed; write it anew")
	}
	r := bufio.NewReader(bytes.NewReader(b[len(weightsMagic) : len(b)-4]))
	version, err := binary.ReadUvarint(r)
	if err != nil || version != weightsVersion {
		return nil, fmt.Errorf("the file has version %d, this program reads version %d", version, weightsVersion)
	}
	w := &Weights{}
	if err := w.readHead(r); err != nil {
		return nil, fmt.Errorf("its head is malformed: %w", err)
	}
	if err := w.readBody(r); err != nil {
		return nil, fmt.Errorf("its body is malformed: %w", err)
	}
	w.compile()
	return w, nil
}

func (w *Weights) readHead(r *bufio.Reader) error {
	n, err := binary.ReadUvarint(r)
	if err != nil || n > maxNote {
		return errors.New("the note is too long")
	}
	note := make([]byte, n)
	if _, err := io.ReadFull(r, note); err != nil {
		return err
	}
	var fixed [21]byte
	if _, err := io.ReadFull(r, fixed[:]); err != nil {
		return err
	}
	w.note = string(note)
	w.schema = binary.LittleEndian.Uint64(fixed[:])
	w.base = binary.LittleEndian.Uint32(fixed[8:])
	w.spans = fixed[12] != 0
	w.scale = math.Float64frombits(binary.LittleEndian.Uint64(fixed[13:]))
	if !(w.scale > 0 && w.scale < 1e6) {
		return errors.New("the scale is no number between 0 and a million")
	}
	return nil
}

func (w *Weights) readBody(r *bufio.Reader) error {
	n, err := binary.ReadUvarint(r)
	if err != nil || n > maxWeights {
		return errors.New("too many features")
	}
	w.keys, w.values = make([]uint32, n), make([]int8, n)
	last := uint64(0)
	for i := range w.keys {
		d, err := binary.ReadUvarint(r)
		if err != nil {
			return err
		}
		if last += d; d >= 1<<featureBits || last >= 1<<featureBits || i > 0 && d == 0 {
			return errors.New("the features are not in order")
		}
		w.keys[i] = uint32(last)
	}
	for i := range w.values {
		v, err := r.ReadByte()
		if err != nil {
			return err
		}
		if v == 0 {
			return errors.New("a feature weighs nothing")
		}
		w.values[i] = int8(v)
	}
	if _, err := r.ReadByte(); !errors.Is(err, io.EOF) {
		return errors.New("bytes behind the end")
	}
	return nil
}

// checksum is the check sum of what w weighs.
func (w *Weights) checksum() uint32 {
	h := crc32.NewIEEE()
	var b [8]byte
	binary.LittleEndian.PutUint64(b[:], math.Float64bits(w.scale))
	h.Write(b[:])
	for i, k := range w.keys {
		binary.LittleEndian.PutUint32(b[:], k)
		b[4] = uint8(w.values[i])
		h.Write(b[:5])
	}
	return h.Sum32()
}
