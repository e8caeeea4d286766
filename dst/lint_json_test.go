package dst

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// Each case is a text, in which ^ stands before what the remark in the same
// place of want is about.
func TestLintJSON(t *testing.T) {
	service := func(slots string) string {
		return "[\n  {\"service_name\": \"Hotels\", \"slots\": [\n" + slots + "\n  ]}\n]"
	}
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a kind from a name", service(`    {"name": ^"number_of_rooms"}`), []string{"note guessed-kind"}},
		{"a kind from values", service(`{"name": "rooms", "is_categorical": true, ^"possible_values": ["1", "2"]}`), []string{"note guessed-kind"}},
		{"free text", strings.Replace(service(`{"name": "notes"}`), `"Hotels"`, `^"Hotels"`, 1), []string{"note guessed-kind"}},
		{"a role", service(`{"kind": "text", "名": 1, "name": "origin"}`), []string{"warning unknown-member", "note guessed-role"}},
		{"a kind that is said", service(`{"name": "departure_date", "kind": "text"}, {"name": "smoking", "is_categorical": true, "possible_values": ["True", "False"]}`), nil},
		{"values of no effect", service("{\"name\": \"日期\", \"kind\": \"date\", \t^\"possible_values\": [\"today\"]}"), []string{"warning unused-member"}},
		{"a pattern without its kind", service(`{"name": "order_id", "kind": "text", ^"pattern": "[0-9]+"}`), []string{"warning unused-member"}},
		{"a unit", service(`{"name": "price", "kind": "money", "unit": "CNY"}, {"name": "smoking", "kind": "boolean", ^"unit": "m"}`), []string{"warning unused-member"}},
		{"no values", service(`{"name": "price", ^"is_categorical": true}`), []string{"note guessed-kind", "warning unused-member"}},
		{"misspelt", service(`{"name": "price", "kind": "money", ^"requird": true}`), []string{"warning unknown-member"}},
		{"another case", service(`{"Name": "price", "KIND": "money"}`), nil},
		{"twice", service(`{"name": "price", "kind": "money", ^"kind": "number"}`), []string{"warning twice"}},
		{"values that are cues", service(`{"name": "meal", "kind": "enum", ^"possible_values": ["vegan", "none"]}`), []string{"warning no-value"}},
		{"an unknown kind", service("{\"name\": \"a\"},\n{\"name\": \"b\", ^\"kind\": \"colour\"}"), []string{"error invalid"}},
		{"two unknown kinds", service(`{"name": "a", ^"kind": "x"},{"name": "b", ^"kind": "y"}`), []string{"error invalid", "error invalid"}},
		{"refused", service(`{"name": "a", "kind": "date"}, {"name": ^"a", "kind": "date"}`), []string{"error invalid"}},
		{"no JSON", service(`{"name": "a" ^"kind": "x"}`), []string{"error invalid"}},
		{"another type", service(`{"name": 1^7}`), []string{"error invalid"}},
		{"cut off", `[{"service_name": "a^"`, []string{"error invalid"}},
		{"a mark of byte order", "\uFEFF" + service(`{"name": ^"price"}`), []string{"note guessed-kind"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text := strings.ReplaceAll(tt.text, "^", "")
			schema, remarks, err := LintJSON(strings.NewReader(text))
			read, readErr := ReadSchema(strings.NewReader(text))
			if fmt.Sprint(err) != fmt.Sprint(readErr) || !reflect.DeepEqual(schema, read) {
				t.Errorf("got %v and %v, ReadSchema has %v and %v", schema, err, read, readErr)
			}
			var got []string
			for _, r := range remarks {
				got = append(got, fmt.Sprintf("%s %s", r.Severity, r.Rule))
			}
			slices.Sort(got)
			slices.Sort(tt.want)
			if !slices.Equal(got, tt.want) {
				t.Fatalf("got %v, want %v", remarks, tt.want)
			}
			for _, at := range marked(strings.TrimPrefix(tt.text, "\uFEFF")) {
				if !slices.ContainsFunc(remarks, func(r Remark) bool { return [2]int{r.Line, r.Col} == at }) {
					t.Errorf("got %v, want one at %v", remarks, at)
				}
			}
		})
	}
}

// marked finds the lines and columns of the marks in a text.
func marked(text string) (at [][2]int) {
	for i, line := range strings.Split(text, "\n") {
		pieces := strings.Split(line, "^")
		col := 1
		for _, piece := range pieces[:len(pieces)-1] {
			col += len([]rune(piece))
			at = append(at, [2]int{i + 1, col})
		}
	}
	return at
}

func TestLintJSONAnswers(t *testing.T) {
	const text = `[{"service_name": "Hotels", "slots": [
		{"name": "size", "kind": "enum", "possible_values": ["north", "south"]},
		{"name": "hotel", "names": true, "kind": "text"},
		{"name": "wifi", "kind": "boolean", "ask": {"en": "Do you need wifi?"}}],
		"intents": [{"name": "Find", "optional_slots": {"size": "dontcare", "hotel": "dontcare"}}]}]`
	_, remarks, err := LintJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"note service Hotels guessed-answer", "warning service Hotels, slot wifi guessed-answer"}
	if got := said(remarks); !slices.Equal(got, want) || remarks[1].Line != 4 {
		t.Errorf("got %v, want %q", remarks, want)
	}
}

// The schemas of SGD hold no questions, and one value that stands for none;
// all else is notes, a few for each service.
func TestLintSGD(t *testing.T) {
	f, err := os.Open("../../shared/data/sgd/dev/schema.json")
	if err != nil {
		t.Skip("no public data: ", err)
	}
	defer f.Close()
	schema, remarks, err := LintJSON(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range remarks {
		switch {
		case r.Line == 0 || r.Col == 0:
			t.Errorf("%s has no place in the text", r)
		case r.Severity != SeverityNote && r.Rule != "no-question" && r.Rule != "no-value":
			t.Errorf("unexpected: %s", r)
		}
	}
	if n, most := len(remarks), 8*len(schema.Services); n > most {
		t.Errorf("%d remarks, more than %d", n, most)
	}
}

// FuzzLintJSON looks for panics, and for remarks that contradict the error.
func FuzzLintJSON(f *testing.F) {
	f.Add(`[{"service_name": "A", "slots": [{"name": "n", "kind": "number", "possible_values": ["3"]}, {"name": "m", "when": ["n>2"]}]}]`)
	f.Add(`[{"slots": [{"name": "a", "kind": "enum", "possible_values": ["yes", "no"]}], "intents": [{"name": "i", "optional_slots": {"a": "x"}}]}]`)
	f.Add(`[{"slots": [{"name": "a", "gazetteer": {"b": ["", "家"]}, "ask": {"": ""}}], "slots": [null, {"name": "from"}, {"name": "to"}]}, null]`)
	f.Add(`[{"a/b": {"c": [[[1]]]}, "slots": [{"name": "x", "kind": "pattern", "pattern": "("}]}]`)
	f.Fuzz(func(t *testing.T, text string) {
		_, remarks, err := LintJSON(strings.NewReader(text))
		refused := slices.ContainsFunc(remarks, func(r Remark) bool { return r.Severity == SeverityError })
		if refused != (err != nil) {
			t.Errorf("error %v, remarks %v", err, remarks)
		}
		lines := strings.Split(strings.TrimPrefix(text, "\uFEFF"), "\n")
		for _, r := range remarks {
			if r.Line > len(lines) || r.Line > 0 && (r.Col < 1 || r.Col > 1+len(lines[r.Line-1])) {
				t.Errorf("%v is outside the text", r)
			}
		}
	})
}
