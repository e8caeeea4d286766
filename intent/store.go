package intent

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// A model file is
//
//	magic (8 bytes), format version (4), length of the body (8),
//	SHA-256 of all of the above and the body (32), body,
//
// and the body, compressed with DEFLATE,
//
//	length of the settings (4), settings (JSON),
//	hashes of the n-grams (4 each), whether they are inner (1 each),
//	weights (1 each, row after row).
//
// All numbers are little-endian.
const (
	magic         = "SGINTENT"
	formatVersion = 1
	headerSize    = len(magic) + 4 + 8
	maxSettings   = 64 << 20
)

// settings is the part of a model that is small enough to be readable.
type settings struct {
	Intents     []string
	Features    int // n-grams known
	Weighted    int // the first of them, which have weights
	Columns     int
	Scale, Bias []float32
	Calibration calibration
}

// Save writes the model as one file, the same bytes for the same model.
func (m *Model) Save(w io.Writer) error {
	body, err := m.encode()
	if err != nil {
		return fmt.Errorf("intent: save model: %w", err)
	}
	header := append(make([]byte, 0, headerSize+sha256.Size), magic...)
	header = binary.LittleEndian.AppendUint32(header, formatVersion)
	header = binary.LittleEndian.AppendUint64(header, uint64(len(body)))
	sum := checksum(header, body)
	for _, part := range [][]byte{header, sum[:], body} {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("intent: save model: %w", err)
		}
	}
	return nil
}

func checksum(header, body []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	h.Write(header)
	h.Write(body)
	h.Sum(sum[:0])
	return sum
}

func (m *Model) encode() ([]byte, error) {
	s := settings{m.intents, len(m.vocab.hashes), m.linear.features(), m.linear.columns, m.linear.scale, m.linear.bias, m.calibration}
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var body bytes.Buffer
	z, err := flate.NewWriter(&body, flate.DefaultCompression)
	if err != nil {
		return nil, err
	}
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(text)))
	head = append(head, text...)
	for _, h := range m.vocab.hashes {
		head = binary.LittleEndian.AppendUint32(head, h)
	}
	for _, inner := range m.inner {
		b := byte(0)
		if inner {
			b = 1
		}
		head = append(head, b)
	}
	z.Write(head) // a bytes.Buffer does not fail
	row := make([]byte, m.linear.columns)
	for f := range s.Weighted {
		m.linear.copyRow(f, row)
		z.Write(row)
	}
	err = z.Close() // before the bytes are taken: it writes the last of them
	return body.Bytes(), err
}

// Load reads a model that Save wrote. Anything else, a truncated or altered
// file included, is an error.
func Load(r io.Reader) (*Model, error) {
	m, err := load(r)
	if err != nil {
		return nil, fmt.Errorf("intent: load model: %w", err)
	}
	return m, nil
}

func load(r io.Reader) (*Model, error) {
	header := make([]byte, headerSize+sha256.Size)
	if n, err := io.ReadFull(r, header); err != nil {
		if n >= len(magic) && string(header[:len(magic)]) != magic {
			return nil, errors.New("not a model file")
		}
		return nil, fmt.Errorf("the file is cut off in its header: %w", err)
	}
	if string(header[:len(magic)]) != magic {
		return nil, errors.New("not a model file")
	}
	if v := binary.LittleEndian.Uint32(header[len(magic):]); v != formatVersion {
		return nil, fmt.Errorf("format version %d; this library reads version %d, train the model again", v, formatVersion)
	}
	length := binary.LittleEndian.Uint64(header[len(magic)+4:])
	if length > 2*maxWeights {
		return nil, fmt.Errorf("the header promises %d bytes, more than any model has; the file is damaged", length)
	}
	var body bytes.Buffer // grows with what is there, not with what is promised
	if n, err := io.CopyN(&body, r, int64(length)); err != nil {
		return nil, fmt.Errorf("the file is cut off after %d of %d bytes: %w", n, length, err)
	}
	if sum := checksum(header[:headerSize], body.Bytes()); !bytes.Equal(sum[:], header[headerSize:]) {
		return nil, errors.New("the checksum does not match; the file is damaged or was altered")
	}
	if n, _ := io.CopyN(io.Discard, r, 1); n > 0 {
		return nil, errors.New("more data after the end of the model")
	}
	m, err := decode(flate.NewReader(&body))
	if err != nil {
		return nil, fmt.Errorf("the checksum is right but the contents are not: %w", err)
	}
	return m, nil
}

func decode(r io.Reader) (*Model, error) {
	s, err := decodeSettings(r)
	if err != nil {
		return nil, err
	}
	hashes, err := readBytes(r, 4*s.Features)
	if err != nil {
		return nil, err
	}
	inner, err := readBytes(r, s.Features)
	if err != nil {
		return nil, err
	}
	weights, err := readBytes(r, s.Weighted*s.Columns)
	if err != nil {
		return nil, err
	}
	m := &Model{intents: s.Intents, inner: make([]bool, s.Features), linear: newMatrix(s.Weighted, s.Columns), calibration: s.Calibration}
	numbers := make([]uint32, s.Features)
	for i := range numbers {
		numbers[i] = binary.LittleEndian.Uint32(hashes[4*i:])
		m.inner[i] = inner[i] != 0
	}
	m.vocab = newVocabulary(numbers)
	for f := range s.Weighted {
		m.linear.setRow(f, weights[f*s.Columns:(f+1)*s.Columns])
	}
	m.linear.scale, m.linear.bias = s.Scale, s.Bias
	return m, nil
}

// readBytes reads n bytes, growing with what is there.
func readBytes(r io.Reader, n int) ([]byte, error) {
	var b bytes.Buffer
	if _, err := io.CopyN(&b, r, int64(n)); err != nil {
		return nil, fmt.Errorf("cut off: %w", err)
	}
	return b.Bytes(), nil
}

func decodeSettings(r io.Reader) (settings, error) {
	var s settings
	head, err := readBytes(r, 4)
	if err != nil {
		return s, err
	}
	n := binary.LittleEndian.Uint32(head)
	if n > maxSettings {
		return s, fmt.Errorf("settings of %d bytes", n)
	}
	text, err := readBytes(r, int(n))
	if err != nil {
		return s, err
	}
	if err := json.Unmarshal(text, &s); err != nil {
		return s, fmt.Errorf("settings: %w", err)
	}
	return s, s.check()
}

// check refuses settings that no Save has written, so that nothing after it
// can run out of bounds or memory.
func (s *settings) check() error {
	switch n := len(s.Intents); {
	case n == 0 || s.Columns < n || s.Columns > n+1:
		return fmt.Errorf("%d columns for %d intents", s.Columns, n)
	case s.Features < 0 || s.Features > maxFeatures || s.Weighted < 0 || s.Weighted > s.Features || s.Weighted > maxWeights/s.Columns:
		return fmt.Errorf("%d features, %d with weights", s.Features, s.Weighted)
	case len(s.Scale) != s.Columns || len(s.Bias) != s.Columns:
		return fmt.Errorf("%d scales and %d biases for %d columns", len(s.Scale), len(s.Bias), s.Columns)
	}
	for i, name := range s.Intents {
		if name == "" || name == OutOfScope || i > 0 && name <= s.Intents[i-1] {
			return fmt.Errorf("intent %d is %q, which is empty, reserved or out of order", i+1, name)
		}
	}
	c := &s.Calibration
	if !(c.Temperature > 0) {
		return fmt.Errorf("temperature %v", c.Temperature)
	}
	for _, x := range append(append(c.Weights[:], c.Bias, c.Threshold, c.Temperature), widen(s.Scale, s.Bias)...) {
		if !(math.Abs(x) <= 1e9) { // so that no sum of them overflows
			return fmt.Errorf("%v among the coefficients", x)
		}
	}
	return nil
}

func widen(lists ...[]float32) (out []float64) {
	for _, list := range lists {
		for _, x := range list {
			out = append(out, float64(x))
		}
	}
	return out
}
