package intent_test

import (
	"bytes"
	"errors"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent"
)

func TestReadCSV(t *testing.T) {
	want := []intent.Example{{Text: "我要退款, 谢谢", Intent: "refund"}, {Text: "line\nbreak", Intent: "oos"}}
	for name, file := range map[string]string{
		"plain":         "text,intent\n\"我要退款, 谢谢\",refund\n\"line\nbreak\",oos\n",
		"bom":           "\uFEFFtext,intent\n\"我要退款, 谢谢\",refund\n\"line\nbreak\",oos\n",
		"crlf":          "text,intent\r\n\"我要退款, 谢谢\",refund\r\n\r\n\"line\nbreak\",oos",
		"other columns": "id,Intent, TEXT ,note\n1,refund,\"我要退款, 谢谢\",\n2, oos ,\"line\nbreak\",x\n",
	} {
		got, err := intent.ReadCSV(strings.NewReader(file))
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if got, err := intent.ReadCSV(strings.NewReader("text,intent\n")); err != nil || len(got) != 0 {
		t.Errorf("only a header: %v, %v", got, err)
	}
}

func TestReadCSVRefuses(t *testing.T) {
	for name, c := range map[string]struct{ file, want string }{
		"empty":         {"", "the file is empty"},
		"only bom":      {"\uFEFF", "the file is empty"},
		"no header":     {"hello,greet\n", `no column "text"`},
		"no intent":     {"text,label\nhello,greet\n", `no column "intent"`},
		"short row":     {"text,intent\nhello,greet\nbye\n", "line 3: 1 fields"},
		"short later":   {"text,intent\n\"two\nlines\",a\nbye\n", "line 4"},
		"empty intent":  {"text,intent\nhello,\n", "line 2"},
		"empty text":    {"text,intent\nhello,greet\n ,greet\n", "line 3: the text is empty"},
		"latin1":        {"text,intent\nhello,greet\ncaf\xe9,drink\n", `line 3: the column "text" is not UTF-8`},
		"gbk":           {"text,intent\n\xce\xd2\xd2\xaa,refund\n", "line 2"},
		"zeros":         {"text,intent\na\x00b,refund\n", "line 2"},
		"stray quote":   {"text,intent\nsay \"hi,greet\n", "line 2"},
		"open quote":    {"text,intent\n\"hello,greet\n", "line"},
		"bare comma":    {"text,intent\nhello,greet\nwhere is it, please,track\n", "line 3: 3 fields, but the header has 2; quote"},
		"two columns":   {"text,intent,Text\nhello,greet,hi\n", `column "text" twice`},
		"utf-16":        {"\xFF\xFEt\x00", "the file is UTF-16; save it as UTF-8"},
		"gzip":          {"\x1F\x8B\x08\x00", "compressed with gzip; unpack"},
		"binary header": {"\x89PNG\r\n\x1a\n\x00\x00", "no column"},
	} {
		got, err := intent.ReadCSV(strings.NewReader(c.file))
		if err == nil || got != nil || !strings.Contains(err.Error(), c.want) || !utf8.ValidString(err.Error()) {
			t.Errorf("%s: %v, %v; want %q", name, got, err, c.want)
		}
	}
	if _, err := intent.ReadCSV(failing{}); !errors.Is(err, errBroken) {
		t.Errorf("reader's error is lost: %v", err)
	}
	if err := intent.WriteCSV(failing{}, nil); !errors.Is(err, errBroken) {
		t.Errorf("writer's error is lost: %v", err)
	}
	if err := intent.WritePredictions(failing{}, nil, true); !errors.Is(err, errBroken) {
		t.Errorf("writer's error is lost: %v", err)
	}
}

func TestWritePredictions(t *testing.T) {
	rows := []intent.PredictionRow{
		{Text: "我要退款", Intent: "refund", Confidence: 0.97, Ranked: "refund"},
		{Text: "hi, \"you\"", Intent: intent.OutOfScope, Confidence: 0.8, Ranked: "greet"},
	}
	for ranked, want := range map[bool]string{
		false: "text,intent,confidence\n我要退款,refund,0.970000\n\"hi, \"\"you\"\"\",oos,0.800000\n",
		true:  "text,intent,confidence,ranked\n我要退款,refund,0.970000,refund\n\"hi, \"\"you\"\"\",oos,0.800000,greet\n",
	} {
		var b bytes.Buffer
		if err := intent.WritePredictions(&b, rows, ranked); err != nil || b.String() != want {
			t.Errorf("ranked %v: %q, %v", ranked, b.String(), err)
		}
	}
}

// What is read can be written and read again, but for the line ends inside a
// text, which CSV normalises.
func FuzzReadCSV(f *testing.F) {
	f.Add([]byte("text,intent\n我要退款,refund\n\"a\nb\",oos\n"))
	f.Add([]byte("\uFEFFintent,text\r\nx,y\r\n"))
	f.Add([]byte("text,intent\n\xff,\x00\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		first, err := intent.ReadCSV(bytes.NewReader(file))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := intent.WriteCSV(&b, first); err != nil {
			t.Fatal(err)
		}
		again, err := intent.ReadCSV(&b)
		if err != nil || len(again) != len(first) {
			t.Fatalf("%q, then %q, %v", first, again, err)
		}
		for i := range first {
			if strings.ReplaceAll(first[i].Text, "\r\n", "\n") != again[i].Text || first[i].Intent != again[i].Intent {
				t.Fatalf("%q, then %q", first[i], again[i])
			}
		}
	})
}
