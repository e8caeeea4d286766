package intent

import (
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// ReadJSONL reads examples from JSON Lines: on each line an object with the
// strings "text" and "intent", as {"text":"我要退款","intent":"refund"}, and
// others, which are passed over. A byte order mark and empty lines are skipped.
// A line without a text or an intent, with a key twice, or longer than 64 MiB
// is an error. Errors name the line.
func ReadJSONL(r io.Reader) ([]Example, error) { return read(rows.JSONL(r)) }

// WriteJSONL writes examples in the form that [ReadJSONL] reads. It is an error
// if one is not UTF-8, which JSON cannot hold.
func WriteJSONL(w io.Writer, examples []Example) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for i, x := range examples {
		if !utf8.ValidString(x.Text) || !utf8.ValidString(x.Intent) {
			return fmt.Errorf("intent: write examples: example %d (%s) is not UTF-8 text", i+1, rows.Excerpt(x.Text))
		}
		err := e.Encode(struct {
			Text   string `json:"text"`
			Intent string `json:"intent"`
		}{x.Text, x.Intent})
		if err != nil {
			return fmt.Errorf("intent: write examples: %w", err)
		}
	}
	return nil
}
