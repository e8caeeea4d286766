package intent_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent"
)

func ExampleReadJSONL() {
	examples, err := intent.ReadJSONL(strings.NewReader(`{"text":"我要退款","intent":"refund"}
{"id":7,"text":"tell me a joke","intent":"oos"}`))
	fmt.Println(examples, err)
	_, err = intent.ReadJSONL(strings.NewReader(`{"text":"我要退款","label":"refund"}`))
	fmt.Println(err)
	// Output:
	// [{我要退款 refund} {tell me a joke oos}] <nil>
	// intent: read examples: line 1: no key "intent"; want {"text":"…","intent":"…"}
}

func ExampleWriteJSONL() {
	if err := intent.WriteJSONL(os.Stdout, []intent.Example{{Text: `say "你好" & <hi>`, Intent: "greet"}}); err != nil {
		fmt.Println(err)
	}
	// Output: {"text":"say \"你好\" & <hi>","intent":"greet"}
}

func TestReadJSONL(t *testing.T) {
	got, err := intent.ReadJSONL(strings.NewReader("\uFEFF\r\n {\"intent\":\" a \",\"meta\":{\"x\":[1]},\"text\":\" b\\nc\"}\r\n\r\n{\"text\":\"d\",\"intent\":\"oos\"}"))
	if want := []intent.Example{{Text: " b\nc", Intent: "a"}, {Text: "d", Intent: "oos"}}; err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	const good = "{\"text\":\"a\",\"intent\":\"b\"}\n"
	for name, c := range map[string]struct{ file, want string }{
		"empty":        {"\n \n", "the file is empty"},
		"utf-16":       {"\xFE\xFF\x00{", "the file is UTF-16; save it as UTF-8"},
		"not utf-8":    {good + "{\"text\":\"\xff\",\"intent\":\"b\"}", "line 2: the line is not UTF-8"},
		"twice":        {good + `{"text":"a","text":"b","intent":"c"}`, `line 2: the key "text" stands twice`},
		"an array":     {`["a","b"]`, "line 1: the line is no JSON object; want one object to a line"},
		"cut off":      {good + `{"text":"a",`, "line 2: the JSON ends too early"},
		"two":          {`{"text":"a","intent":"b"} {}`, "line 1: more follows"},
		"number":       {`{"text":5,"intent":"b"}`, `line 1: the value of "text" is no JSON string`},
		"null":         {`{"text":"a","intent":null}`, `line 1: the value of "intent" is no JSON string`},
		"no text":      {`{"intent":"b"}`, `line 1: no key "text"`},
		"empty text":   {good + `{"text":" ","intent":"b"}`, `line 2: the text is empty (intent "b")`},
		"empty intent": {`{"text":"a","intent":""}`, `line 1: "a" has no intent; label`},
		"csv":          {"text,intent\na,b\n", "line 1: the line is no JSON object"},
		"deep":         {`{"x":` + strings.Repeat("[", 100_000), "line 1: this is no JSON"},
	} {
		got, err := intent.ReadJSONL(strings.NewReader(c.file))
		if err == nil || got != nil || !strings.Contains(err.Error(), c.want) || !utf8.ValidString(err.Error()) {
			t.Errorf("%s: %v, %v; want %q", name, got, err, c.want)
		}
	}
	if _, err := intent.ReadJSONL(failing{}); !errors.Is(err, errBroken) {
		t.Errorf("reader's error is lost: %v", err)
	}
}

func TestWriteJSONL(t *testing.T) {
	if err := intent.WriteJSONL(failing{}, []intent.Example{{Text: "a", Intent: "b"}}); !errors.Is(err, errBroken) {
		t.Errorf("writer's error is lost: %v", err)
	}
	err := intent.WriteJSONL(&bytes.Buffer{}, []intent.Example{{Text: "a", Intent: "b"}, {Text: "caf\xe9", Intent: "b"}})
	if err == nil || !strings.Contains(err.Error(), "example 2") {
		t.Errorf("wrote what is no UTF-8: %v", err)
	}
}

// What is read can be written and read again, to the byte.
func FuzzReadJSONL(f *testing.F) {
	f.Add([]byte(`{"text":"我要退款","intent":"refund"}`))
	f.Add([]byte("\uFEFF{\"x\":null,\"text\":\"\\ud800\",\"intent\":\"\\u2028b\"}\r\n\r\n{}"))
	f.Fuzz(func(t *testing.T, file []byte) {
		first, err := intent.ReadJSONL(bytes.NewReader(file))
		if err != nil {
			return
		}
		var b bytes.Buffer
		if err := intent.WriteJSONL(&b, first); err != nil {
			t.Fatal(err)
		}
		if again, err := intent.ReadJSONL(&b); err != nil || !reflect.DeepEqual(again, first) {
			t.Fatalf("%q, then %q, %v", first, again, err)
		}
	})
}
