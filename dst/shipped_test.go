package dst

import (
	"bytes"
	"strings"
	"testing"
)

func TestShippedWeights(t *testing.T) {
	const most = 1 << 20
	if len(englishFile) > most {
		t.Errorf("the file has %d bytes, more than %d", len(englishFile), most)
	}
	w, err := ReadWeights(bytes.NewReader(englishFile))
	if err != nil {
		t.Fatal(err)
	}
	if w.Len() <= 100_000 {
		t.Errorf("only %d features have a weight", w.Len())
	}
	if !strings.Contains(w.Note(), "CC BY-SA 4.0") {
		t.Errorf("the note %q does not name the licence of the data", w.Note())
	}
	if w.schema != 0 || w.base != 0 {
		t.Error("they were fitted on one schema")
	}
	if !bytes.Equal(written(t, w), englishFile) {
		t.Error("they are written other than they were read")
	}
}
