package formats_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/formats"
)

// The readers by what their errors call the files.
var readers = map[string]func(io.Reader) ([]intent.Example, error){
	"Rasa NLU YAML": formats.ReadRasa,
	"Snips YAML":    formats.ReadSnips,
	"fastText":      formats.ReadFastText,
	"CLINC JSON":    func(r io.Reader) ([]intent.Example, error) { return formats.ReadCLINC(r, "train") },
}

// Whatever the bytes, a reader gives whole examples or says what is wrong.
func fuzz(f *testing.F, read func(io.Reader) ([]intent.Example, error)) {
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := read(bytes.NewReader(b))
		if err != nil {
			if got != nil || !utf8.ValidString(err.Error()) {
				t.Fatalf("%v beside %q", got, err)
			}
			return
		}
		for _, x := range got {
			if strings.TrimSpace(x.Text) == "" || strings.TrimSpace(x.Intent) != x.Intent || x.Intent == "" {
				t.Fatalf("a hollow example %q", x)
			}
		}
		var jsonl bytes.Buffer
		if err := intent.WriteJSONL(&jsonl, got); err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 {
			return
		}
		if again, err := intent.ReadJSONL(&jsonl); err != nil || len(again) != len(got) {
			t.Fatalf("%q, then %q, %v", got, again, err)
		}
	})
}

func FuzzReadRasa(f *testing.F) {
	f.Add([]byte(file(f, "nlu.yml")))
	f.Add([]byte("nlu:\n- intent: a\n  examples: \"- [x](y)\\n- z\"\n"))
	fuzz(f, formats.ReadRasa)
}

func FuzzReadSnips(f *testing.F) {
	f.Add([]byte(file(f, "snips.yaml")))
	f.Add([]byte(file(f, "snips.json")))
	f.Add([]byte("type: intent\nname: a\nutterances: [\"[b:c] d\", '[e](f)']\n---\ntype: entity\nname: c\nvalues: [[], [g, h]]\n"))
	fuzz(f, formats.ReadSnips)
}

func FuzzReadCLINC(f *testing.F) {
	f.Add([]byte(file(f, "clinc.json")))
	f.Add([]byte(`{"train":[["\ud800","a"]],"oos_train":[]}`))
	fuzz(f, readers["CLINC JSON"])
}

func FuzzReadFastText(f *testing.F) {
	f.Add([]byte(file(f, "shop.txt")))
	f.Add([]byte("\uFEFF__label__a\tb\r\n"))
	fuzz(f, formats.ReadFastText)
}

func FuzzRead(f *testing.F) {
	for _, x := range files {
		f.Add(x.name, []byte(file(f, x.name)))
	}
	f.Add("x", []byte("text,intent\na,b\n"))
	f.Add("x.jsonl", []byte(`{"text":"a","intent":"b","text":1}`))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		got, err := formats.Read(name, bytes.NewReader(b))
		if (got == nil) == (err == nil) || got != nil && len(got.Lines) != len(got.Examples) {
			t.Fatalf("%v, %v", got, err)
		}
		if got == nil {
			return
		}
		for _, line := range got.Lines {
			if line < 1 || line > 1+bytes.Count(b, []byte("\n"))+bytes.Count(b, []byte("\r")) {
				t.Fatalf("line %d of %q", line, b)
			}
		}
	})
}
