package formats_test

import (
	"bytes"
	"errors"
	"os"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/formats"
)

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// What each test file holds, with the lines.
var files = []struct {
	name   string
	format formats.Format
	want   []intent.Example
	lines  []int
}{
	{"nlu.yml", formats.Rasa, []intent.Example{
		{Text: "a table for two in Paris", Intent: "book_table"}, {Text: "上海订个桌", Intent: "book_table"}, {Text: "from here to there", Intent: "book_table"},
		{Text: "when do you open", Intent: "faq/opening_hours"}, {Text: "几点开门", Intent: "faq/opening_hours"},
	}, []int{5, 6, 8, 21, 24}},
	{"snips.yaml", formats.SnipsYAML, []intent.Example{
		{Text: "find me a flight from Paris to london", Intent: "searchFlight"}, {Text: "fly to new york", Intent: "searchFlight"}, {Text: "飞london", Intent: "searchFlight"},
	}, []int{9, 10, 11}},
	{"snips.json", formats.SnipsJSON, []intent.Example{
		{Text: "fly to Paris", Intent: "searchFlight"}, {Text: "飞巴黎", Intent: "searchFlight"}, {Text: "play music", Intent: "play"},
	}, []int{7, 8, 11}},
	{"clinc.json", formats.CLINC, []intent.Example{
		{Text: "how much money have i got", Intent: "balance"}, {Text: "我还有多少钱", Intent: "balance"},
		{Text: "pay the bill", Intent: "pay_bill"}, {Text: "how tall is a giraffe", Intent: "oos"},
	}, []int{4, 5, 5, 2}},
	{"shop.txt", formats.FastText, []intent.Example{
		{Text: "i want my money back", Intent: "refund"}, {Text: "我的订单到哪了", Intent: "order_status"}, {Text: "转人工", Intent: "human"},
	}, []int{1, 2, 4}},
}

func TestRead(t *testing.T) {
	for _, f := range files {
		text := file(t, f.name)
		for how, text := range map[string]string{
			"plain": text, "BOM": "\uFEFF" + text, "CRLF": strings.ReplaceAll(text, "\n", "\r\n"),
		} {
			got, err := formats.Read(f.name, strings.NewReader(text))
			if err != nil || got.Format != f.format || !reflect.DeepEqual(got.Examples, f.want) || !reflect.DeepEqual(got.Lines, f.lines) {
				t.Errorf("%s, %s: %+v, %v", f.name, how, got, err)
			}
		}
		got, err := formats.Read("download", strings.NewReader(text)) // no end to tell by
		if err != nil || got.Format != f.format {
			t.Errorf("%s by what it holds: %v, %v", f.name, got, err)
		}
	}
}

// Whatever was read can be written as CSV and as JSON Lines, and be read again.
func TestRoundTrip(t *testing.T) {
	for _, f := range files {
		read, err := formats.Read(f.name, strings.NewReader(file(t, f.name)))
		if err != nil {
			t.Fatal(err)
		}
		var csv, jsonl bytes.Buffer
		if err := errors.Join(intent.WriteCSV(&csv, read.Examples), intent.WriteJSONL(&jsonl, read.Examples)); err != nil {
			t.Fatal(err)
		}
		for name, b := range map[string]*bytes.Buffer{"x.csv": &csv, "x.jsonl": &jsonl} {
			for _, name := range []string{name, "x"} {
				again, err := formats.Read(name, bytes.NewReader(b.Bytes()))
				if err != nil || !reflect.DeepEqual(again.Examples, f.want) {
					t.Errorf("%s as %s: %v, %v", f.name, name, again, err)
				}
			}
		}
	}
}

func TestReadCLINC(t *testing.T) {
	for split, want := range map[string]string{"val": "balance", "oos_train": "oos"} {
		got, err := formats.ReadCLINC(strings.NewReader(file(t, "clinc.json")), split)
		if err != nil || len(got) != 1 || got[0].Intent != want {
			t.Errorf("%s: %v, %v", split, got, err)
		}
	}
	_, err := formats.ReadCLINC(strings.NewReader(file(t, "clinc.json")), "test")
	if want := `no split "test"; the file has "oos_train", "val", "train"`; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// The published Snips benchmark has a file for each intent.
func TestReadSnipsBenchmark(t *testing.T) {
	got, err := formats.ReadSnips(strings.NewReader(`{"GetWeather":[{"data":[{"text":"rain in "},{"text":"Oslo","entity":"city"}]}]}`))
	if err != nil || !reflect.DeepEqual(got, []intent.Example{{Text: "rain in Oslo", Intent: "GetWeather"}}) {
		t.Errorf("%v, %v", got, err)
	}
}

func TestReadRefuses(t *testing.T) {
	deep := strings.Repeat("[", 200_000)
	for _, c := range []struct{ name, file, want string }{
		{"x.csv", "", `read "x.csv": the file is empty`},
		{"x.json", " \n", "the file is empty"},
		{"x.yml", "\xFF\xFEn\x00l\x00", "the file is UTF-16; save it as UTF-8"},
		{"x.csv", "\x1F\x8B\x08\x00", "compressed with gzip"},
		{"x.csv", "PK\x03\x04rest", "ZIP archive or a spreadsheet"},
		{"x.txt", "__label__a caf\xe9\n", "line 1: the file is not UTF-8"},
		{"x.txt", "__label__a b\n__label__b \x00\n", "line 2: the file is not UTF-8"},
		{"x", "hello\nworld\n", `read "x": no known format; known are CSV`},
		{"x.yml", "stories:\n- story: x\n", "no known format; known are CSV"},
		{"x.json", `{"a":1}`, "no known format; known are CSV"},
		{"x.json", `{"rasa_nlu_data":{}}`, "Rasa's old JSON; convert it"},
		{"x.json", `[1]`, "line 1: the file is no JSON object"},
		{"x.json", "{\n\"train\":\n[[\"a\",\"b\"", "line 3: the JSON ends too early"},
		{"x.json", "{\n\"train\": nope}", "line 2: this is no JSON"},
		{"x.json", `{"train":` + deep, "line 1: this is no JSON"},
		{"x.json", "{\"train\":[\n[\"a\"]]}", `line 2: 1 strings in an element of "train"`},
		{"x.json", "{\"train\":[[\"a\",\"b\"],\n{}]}", `line 2: an element of "train"`},
		{"x.json", "{\"train\":[[\"a\",\n1]]}", "line 2: text or intent is no JSON string"},
		{"x.json", `{"train":[[" ","b"]]}`, `line 1: the text is empty (intent "b")`},
		{"x.json", "{\"train\":[[\"a\",\"b\"]],\n\"train\":[]}", `line 2: the key "train" stands twice`},
		{"x.json", `{"train":[["a","b"]]} x`, "line 1: more follows"},
		{"x.json", `{"test":[["a","b"]]}`, `no split "train"; the file has "test"`},
		{"x.json", `{"intents":{"a":{"utterances":[{"data":[{"text":3}]}]}}}`, `intent "a": line 1: the value of "text" is no JSON string`},
		{"x.json", `{"intents":{"a":{"utterances":[{}]}}}`, `line 1: the text is empty (intent "a")`},
		{"x.json", `{"a":[{"data":[]},3]}`, `intent "a": line 1: the text is empty`},
		{"x.txt", "__label__a b\nno label\n", "line 2: no label; begin the line with __label__NAME (__label__oos for"},
		{"x.txt", "__label__a __label__b c\n", `line 1: 2 labels ("a", "b"); a message has one intent`},
		{"x.txt", "__label__a\n", "line 1: the text is empty"},
		{"x.txt", "__label__ b\n", `line 1: "b" has no intent`},
		{"x.yml", "nlu:\n- intent: a\n  examples: |\n    - b\n    c\n", `intent "a": line 5: "c" does not begin with "- "`},
		{"x.yml", "nlu:\n- intent: a\n  examples: |\n    - b\n    -\n", `intent "a": line 5: the text is empty`},
		{"x.yml", "nlu:\n- intent: a\n  examples: >\n    - b\n", `intent "a": line 3: "examples: >" joins`},
		{"x.yml", "nlu:\n- intent: a\n", `intent "a": line 2: no "examples:"`},
		{"x.yml", "nlu:\n- intent: a\n  examples: \"\"\n", `intent "a": line 3: no example`},
		{"x.yml", "nlu:\n- intent:\n  examples: x\n", "line 2: no name behind"},
		{"x.yml", "nlu:\n- intent: a\n  intent: b\n", `line 3: the key "intent" stands twice`},
		{"x.yml", "nlu:\n- intent: [a]\n", `line 2: the name behind "intent:" is no text`},
		{"x.yml", "nlu:\n- intent: a\n  examples:\n  - metadata: 1\n", `intent "a": line 4: an example has no "text:"`},
		{"x.yml", "nlu: 3\n", `line 1: the section "nlu" is no list`},
		{"x.yml", "nlu:\n- &a {intent: x}\n- *a\n", `intent "x": line 2: no "examples:"`},
		{"x.yml", "a: &a {intent: x, examples: \"- y\"}\nnlu:\n- *a\n", "line 3: an item of \"nlu\" is the alias *a; write out"},
		{"x.yml", "nlu:\n\t- x", "this is no YAML: line 2"},
		{"x.yml", "nlu: " + deep, "this is no YAML"},
		{"x.yaml", "type: intent\nname: a\nutterances:\n- b\n---\ntype: intent\n", `line 6: the intent has no "name:"`},
		{"x.yaml", "type: intent\nname: a\n---\nname: b\n", `intent "a": no "utterances:"`},
		{"x.yaml", "type: intent\nname: a\nutterances: [b]\n---\nname: b\n", `line 5: the document says neither`},
		{"x.yaml", "type: intent\nname: a\nutterances:\n- [b]\n", `intent "a": line 4: an utterance is no text`},
		{"x.yaml", "type: intent\nname: a\nutterances:\n- \"[city]\"\n", `intent "a": line 4: nothing is left of "[city]"`},
		{"x.yaml", "type: entity\nname: a\nvalues: 3\n", `entity "a": line 3: the value of "values" is no list`},
		{"x.jsonl", "{\"text\":\"a\",\"intent\":\"b\"}\n{\"text\":\"a\"}\n", `line 2: no key "intent"`},
	} {
		got, err := formats.Read(c.name, strings.NewReader(c.file))
		if err == nil || got != nil || !strings.Contains(err.Error(), c.want) || !utf8.ValidString(err.Error()) || len(err.Error()) > 600 {
			t.Errorf("%s %.60q: %v, %v; want %q", c.name, c.file, got, err, c.want)
		}
	}
}

// A file that the reader of its format can read although it is no kin of it.
func TestReadersRefuse(t *testing.T) {
	for name, read := range readers {
		if _, err := read(iotest.ErrReader(os.ErrPermission)); !errors.Is(err, os.ErrPermission) {
			t.Errorf("%s: the reader's error is lost: %v", name, err)
		}
		if _, err := read(strings.NewReader("")); err == nil || !strings.Contains(err.Error(), name+": the file is empty") {
			t.Errorf("%s: empty: %v", name, err)
		}
	}
	if _, err := formats.ReadRasa(strings.NewReader("rules: []\n")); err == nil || !strings.Contains(err.Error(), `no section "nlu:"`) {
		t.Errorf("no section: %v", err)
	}
	if _, err := formats.ReadSnips(strings.NewReader(`{"language":"en"}`)); err == nil || !strings.Contains(err.Error(), `neither "intents"`) {
		t.Errorf("no intents: %v", err)
	}
	if _, err := formats.ReadSnips(strings.NewReader("# nothing\n")); err == nil || !strings.Contains(err.Error(), `no "type: intent"`) {
		t.Errorf("no documents: %v", err)
	}
}

// A line of ten megabytes is a message like any other; one megabyte of YAML says
// as much in less time.
func TestReadLongLines(t *testing.T) {
	long := strings.Repeat("钱 ", 2_500_000)
	short := long[:1<<20]
	for name, text := range map[string]string{
		"x.txt": "__label__a " + long, "x.jsonl": `{"intent":"a","text":"` + long + `"}`, "x.csv": "intent,text\na," + long,
		"x.json": `{"train":[["` + long + `","a"]]}`, "x.yml": "nlu:\n- intent: a\n  examples: |\n    - " + short,
	} {
		f, err := formats.Read(name, strings.NewReader(text))
		if err != nil || len(f.Examples) != 1 || !strings.HasPrefix(long, f.Examples[0].Text) || len(f.Examples[0].Text) < len(short)-4 {
			t.Errorf("%s: %.100v", name, err)
		}
	}
}
