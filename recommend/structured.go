package recommend

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// answerForm is what a model answers where its answer is structured.
type answerForm struct {
	Text  *string  `json:"text"`
	Facts []string `json:"facts"`
}

// readAnswer reads and checks a structured answer. Its error is a [*Failure],
// whose Detail tells the model what to mend.
func readAnswer(answer string, r Request) (string, error) {
	wrong := func(format string, args ...any) (string, error) {
		return "", &Failure{Cause: CauseUnusable, Detail: fmt.Sprintf(format, args...)}
	}
	var form answerForm
	if err := decodeObject(answer, &form); err != nil {
		return wrong("it is not the JSON object that was asked for: %v", err)
	}
	if form.Text == nil || strings.TrimSpace(*form.Text) == "" {
		return wrong(`"text" is empty`)
	}
	for _, id := range form.Facts {
		if !slices.ContainsFunc(r.Facts, func(f Fact) bool { return f.ID == id }) {
			return wrong(`"facts" has %q, which is none of the facts' ids`, clippedRunes(id, 40))
		}
	}
	text := strings.TrimSpace(*form.Text)
	if err := checkLength(r, text); err != nil {
		return wrong(`"text" is longer than %d characters`, r.Limits.Runes)
	}
	return text, checkLanguage(r, text)
}

// decodeObject decodes the first JSON object of an answer: models like to put a
// code fence or a few words around it.
func decodeObject(s string, into any) error {
	i := strings.IndexByte(s, '{')
	if i < 0 {
		return errors.New("there is no object")
	}
	err := json.NewDecoder(strings.NewReader(s[i:])).Decode(into)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("it ends in the middle")
	}
	return err
}

// clippedRunes is the beginning of a long text.
func clippedRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
