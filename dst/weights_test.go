package dst

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// drawWeights draws weights as training would leave them, the last feature
// of all among them now and then.
func drawWeights(t *rapid.T) *Weights {
	feature := rapid.OneOf(rapid.Uint32Range(0, 1<<featureBits-1), rapid.SampledFrom([]uint32{0, 1, 127, 128, 1<<featureBits - 1}))
	var all []trainedWeight
	for _, k := range rapid.SliceOfDistinct(feature, rapid.ID[uint32]).Draw(t, "features") {
		x := float32(rapid.Float64Range(-8, 8).Draw(t, "weight"))
		all = append(all, trainedWeight{k, x, float32(math.Abs(float64(x)))})
	}
	w := newWeights(rapid.String().Draw(t, "note"), all, rapid.IntRange(0, 50).Draw(t, "limit"))
	w.schema, w.base, w.spans = rapid.Uint64().Draw(t, "schema"), rapid.Uint32().Draw(t, "base"), rapid.Bool().Draw(t, "spans")
	return w
}

func written(t testing.TB, w *Weights) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := w.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("WriteTo returns %d, %v for %d bytes", n, err, b.Len())
	}
	return b.Bytes()
}

func TestWeightsRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawWeights(r)
		file := written(t, w)
		if !bytes.Equal(file, written(t, w)) {
			r.Fatal("the same weights give other bytes")
		}
		back, err := ReadWeights(bytes.NewReader(file))
		if err != nil {
			r.Fatal(err)
		}
		if !bytes.Equal(file, written(t, back)) || back.Len() != w.Len() || back.Note() != w.Note() || back.checksum() != w.checksum() {
			r.Fatalf("%d features, note %q are read as %d, %q", w.Len(), w.Note(), back.Len(), back.Note())
		}
		if back.schema != w.schema || back.base != w.base || back.spans != w.spans {
			r.Fatal("what the weights were fitted on is lost")
		}
	})
}

// A feature weighs what was learned, to the eight bits that are kept, and one
// that was not learned weighs nothing.
func TestWeightsSum(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := drawWeights(r)
		known := map[uint32]bool{}
		total := 0.0
		for i, k := range w.keys {
			known[k] = true
			total += float64(w.values[i]) * w.scale
			if got, want := w.sum([]uint32{k}), float64(w.values[i])*w.scale; got != want {
				r.Fatalf("feature %d of %d weighs %v, want %v", k, w.Len(), got, want)
			}
		}
		if got := w.sum(w.keys); math.Abs(got-total) > 1e-6 {
			r.Fatalf("all features weigh %v, want %v", got, total)
		}
		for _, k := range rapid.SliceOf(rapid.Uint32Range(0, 1<<featureBits-1)).Draw(r, "others") {
			if !known[k] && w.sum([]uint32{k}) != 0 {
				r.Fatalf("feature %d has no weight and weighs %v", k, w.sum([]uint32{k}))
			}
		}
	})
}

// The limit keeps what matters most; ties do not depend on the order.
func TestWeightsLimit(t *testing.T) {
	all := []trainedWeight{{9, 1, 3}, {2, -2, 1}, {7, 0.5, 3}, {4, 4, 2}}
	turned := []trainedWeight{all[3], all[2], all[1], all[0]}
	w, again := newWeights("", all, 2), newWeights("", turned, 2)
	if !reflect.DeepEqual(w.keys, []uint32{7, 9}) || !bytes.Equal(written(t, w), written(t, again)) {
		t.Errorf("kept %v, and in another order %v; want 7 and 9", w.keys, again.keys)
	}
}

func sampleWeights() *Weights {
	w := newWeights("a note", []trainedWeight{{3, 1, 1}, {300, -0.5, 1}, {1<<featureBits - 1, 0.25, 1}}, 0)
	w.schema, w.base = 17, 4
	return w
}

func TestDamagedWeights(t *testing.T) {
	good := written(t, sampleWeights())
	for n := range good {
		if _, err := ReadWeights(bytes.NewReader(good[:n])); !says(err, "no weight file", "check sum is wrong") {
			t.Errorf("cut short at %d: %v", n, err)
		}
		for bit := range 8 {
			bad := bytes.Clone(good)
			bad[n] ^= 1 << bit
			if _, err := ReadWeights(bytes.NewReader(bad)); !says(err, "no weight file", "check sum is wrong") {
				t.Errorf("bit %d of byte %d flipped: %v", bit, n, err)
			}
		}
	}
	if _, err := ReadWeights(bytes.NewReader(append(bytes.Clone(good), 0))); !says(err, "check sum is wrong") {
		t.Errorf("a byte appended: %v", err)
	}
	for _, foreign := range []string{"", "slotgraph", "PK\x03\x04", `{"weights":[]}`, strings.Repeat("\xff", 100)} {
		if _, err := ReadWeights(strings.NewReader(foreign)); !says(err, "no weight file of slotgraph") {
			t.Errorf("foreign file %.10q: %v", foreign, err)
		}
	}
}

func says(err error, parts ...string) bool {
	for _, part := range parts {
		if err != nil && strings.HasPrefix(err.Error(), "dst: reading weights: ") && strings.Contains(err.Error(), part) {
			return true
		}
	}
	return false
}

// sealed is a weight file with the body given, and a check sum that fits.
func sealed(body []byte) []byte {
	b := append([]byte(weightsMagic), body...)
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

// A fileBody makes bodies of weight files, by field.
type fileBody struct {
	version, note uint64
	scale         float64
	count         uint64
	deltas        []uint64
	values        []byte
	more          string
}

func (f fileBody) bytes() []byte {
	b := binary.AppendUvarint(nil, f.version)
	b = binary.AppendUvarint(b, f.note)
	b = append(b, make([]byte, 13)...) // the schema, the base, the spans
	b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f.scale))
	b = binary.AppendUvarint(b, f.count)
	for _, d := range f.deltas {
		b = binary.AppendUvarint(b, d)
	}
	return append(append(b, f.values...), f.more...)
}

// Files whose check sum fits and which no version of the program would write.
func TestMalformedWeights(t *testing.T) {
	good := fileBody{version: weightsVersion, scale: 1, count: 2, deltas: []uint64{5, 1}, values: []byte{1, 0xff}}
	if w, err := ReadWeights(bytes.NewReader(sealed(good.bytes()))); err != nil || !reflect.DeepEqual(w.keys, []uint32{5, 6}) || !reflect.DeepEqual(w.values, []int8{1, -1}) {
		t.Fatalf("a good file is read as %+v, %v", w, err)
	}
	for name, c := range map[string]struct {
		change func(*fileBody)
		part   string
	}{
		"newer version":    {func(f *fileBody) { f.version++ }, "the file has version 2, this program reads version 1"},
		"long note":        {func(f *fileBody) { f.note = 1 << 40 }, "the note is too long"},
		"note cut short":   {func(f *fileBody) { f.note = 1 << 12 }, "its head is malformed"},
		"scale 0":          {func(f *fileBody) { f.scale = 0 }, "the scale is no number"},
		"scale NaN":        {func(f *fileBody) { f.scale = math.NaN() }, "the scale is no number"},
		"scale infinite":   {func(f *fileBody) { f.scale = math.Inf(1) }, "the scale is no number"},
		"too many":         {func(f *fileBody) { f.count = 1 << 50 }, "too many features"},
		"features missing": {func(f *fileBody) { f.count = 9 }, "its body is malformed"},
		"the same twice":   {func(f *fileBody) { f.deltas[1] = 0 }, "the features are not in order"},
		"beyond the last":  {func(f *fileBody) { f.deltas[1] = 1 << featureBits }, "the features are not in order"},
		"backwards":        {func(f *fileBody) { f.deltas[1] = math.MaxUint64 }, "the features are not in order"},
		"weighs nothing":   {func(f *fileBody) { f.values[0] = 0 }, "weighs nothing"},
		"bytes behind":     {func(f *fileBody) { f.more = "x" }, "bytes behind the end"},
	} {
		bad := good
		bad.deltas, bad.values = append([]uint64{}, good.deltas...), bytes.Clone(good.values)
		c.change(&bad)
		if _, err := ReadWeights(bytes.NewReader(sealed(bad.bytes()))); !says(err, c.part) {
			t.Errorf("%s: error %v does not say %q", name, err, c.part)
		}
	}
}

// What could not be read again is not written.
func TestWeightsThatCannotBeWritten(t *testing.T) {
	w := newWeights(strings.Repeat("x", 1<<16+1), []trainedWeight{{1, 1, 1}}, 0)
	if _, err := w.WriteTo(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "note") {
		t.Errorf("a note of %d bytes: %v", len(w.Note()), err)
	}
	if _, err := sampleWeights().WriteTo(brokenPipe{}); !errors.Is(err, errPipe) || !strings.Contains(err.Error(), "dst: writing weights") {
		t.Errorf("a writer that fails: %v", err)
	}
	if _, err := ReadWeights(brokenPipe{}); !errors.Is(err, errPipe) || !strings.Contains(err.Error(), "dst: reading weights") {
		t.Errorf("a reader that fails: %v", err)
	}
}

var errPipe = errors.New("the pipe is broken")

type brokenPipe struct{}

func (brokenPipe) Read([]byte) (int, error)  { return 0, errPipe }
func (brokenPipe) Write([]byte) (int, error) { return 0, errPipe }

// Nothing that is read makes the program panic, and what is taken is written
// as it is read.
func FuzzReadWeights(f *testing.F) {
	good := written(f, sampleWeights())
	f.Add(good)
	f.Add(good[len(weightsMagic) : len(good)-4])
	f.Add(fileBody{version: 1, scale: 1, count: 2, deltas: []uint64{5, 1}, values: []byte{1, 2}}.bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, file := range [][]byte{b, sealed(b)} { // as it is, and with a check sum that fits
			w, err := ReadWeights(bytes.NewReader(file))
			if err != nil {
				continue
			}
			again, err := ReadWeights(bytes.NewReader(written(t, w)))
			if err != nil || again.checksum() != w.checksum() || again.Len() != w.Len() {
				t.Fatalf("%d features are read again as %d, %v", w.Len(), again.Len(), err)
			}
			w.sum(w.keys)
		}
	})
}
