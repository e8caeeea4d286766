package intent

import "math"

// A matrix holds the weights of a linear classifier, one contiguous row of
// signed bytes for each feature, so that a feature of a message costs one
// sequential read. Bytes are stored with 128 added and are summed eight at a
// time in 16-bit lanes of 64-bit words.
type matrix struct {
	columns int
	stride  int       // words in a row: columns/8, rounded up
	rows    []uint64  // row after row; padding bytes hold 128, that is 0
	scale   []float32 // weight of one unit, for each column
	bias    []float32 // for each column
}

const (
	zeroByte = 128
	evenMask = 0x00FF00FF00FF00FF
	maxAdds  = 256 // additions of a byte that a 16-bit lane holds for sure
)

func newMatrix(features, columns int) matrix {
	stride := (columns + 7) / 8
	m := matrix{
		columns: columns, stride: stride, rows: make([]uint64, features*stride),
		scale: make([]float32, columns), bias: make([]float32, columns),
	}
	for i := range m.rows {
		m.rows[i] = 0x8080808080808080
	}
	return m
}

func (m *matrix) row(f int) []uint64 { return m.rows[f*m.stride : (f+1)*m.stride] }

// at returns the weight of feature f for column c.
func (m *matrix) at(f, c int) float32 {
	b := byte(m.row(f)[c/8] >> (c % 8 * 8))
	return float32(int(b)-zeroByte) * m.scale[c]
}

func (m *matrix) setByte(f, c int, b byte) {
	word := &m.row(f)[c/8]
	shift := c % 8 * 8
	*word = *word&^(0xFF<<shift) | uint64(b)<<shift
}

// copyRow writes the bytes of row f to b.
func (m *matrix) copyRow(f int, b []byte) {
	for c := range b {
		b[c] = byte(m.row(f)[c/8] >> (c % 8 * 8))
	}
}

// setRow sets the bytes of row f.
func (m *matrix) setRow(f int, b []byte) {
	for c, x := range b {
		m.setByte(f, c, x)
	}
}

func (m *matrix) features() int { return len(m.rows) / m.stride }

// quantise maps the weights of one column to bytes and returns the weight of
// one unit.
func quantise(w []float32, to []byte) (scale float32) {
	var most float32
	for _, x := range w {
		most = max(most, x, -x)
	}
	if most == 0 {
		most = 1
	}
	scale = most / 127
	for f, x := range w {
		to[f] = byte(zeroByte + int(math.Round(float64(x/scale))))
	}
	return scale
}

// A summer adds rows of a matrix. Its buffers serve one message after another.
type summer struct {
	lanes []uint64 // for each word of a row: its even bytes, then its odd bytes
	sums  []int32
}

// sum writes length · Σ row(f) + bias to scores.
func (s *summer) sum(m *matrix, features []int32, length float32, scores []float32) {
	if len(s.lanes) != 2*m.stride {
		s.lanes, s.sums = make([]uint64, 2*m.stride), make([]int32, 8*m.stride)
	}
	clear(s.sums)
	for from := 0; from < len(features); from += maxAdds {
		s.addRows(m, features[from:min(from+maxAdds, len(features))])
	}
	zero := int32(zeroByte * len(features))
	for c := range m.columns {
		scores[c] = float32(s.sums[c]-zero)*m.scale[c]*length + m.bias[c]
	}
}

// addRows adds at most maxAdds rows to the sums.
func (s *summer) addRows(m *matrix, features []int32) {
	clear(s.lanes)
	for _, f := range features {
		lanes := s.lanes
		for _, word := range m.row(int(f)) {
			lanes[0] += word & evenMask
			lanes[1] += word >> 8 & evenMask
			lanes = lanes[2:]
		}
	}
	for i := range m.stride {
		even, odd := s.lanes[2*i], s.lanes[2*i+1]
		for k := range 4 {
			s.sums[8*i+2*k] += int32(even >> (16 * k) & 0xFFFF)
			s.sums[8*i+2*k+1] += int32(odd >> (16 * k) & 0xFFFF)
		}
	}
}
