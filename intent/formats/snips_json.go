package formats

import (
	"errors"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// readSnipsJSON reads both forms: the intents stand under "intents", or each is
// a list at the top.
func readSnipsJSON(b []byte) ([]rows.Row, error) {
	var out []rows.Row
	found := false
	j := rows.NewJSON(b, 1)
	err := j.Object("the file", func(key string) error {
		next, _ := j.Next()
		switch {
		case key == "intents":
			found = true
			return j.Object(`the value of "intents"`, func(name string) error {
				return j.Object("intent "+rows.Excerpt(name), func(key string) error {
					if key == "utterances" {
						return snipsUtterances(j, &out, name)
					}
					return j.Skip()
				})
			})
		case next == '[':
			found = true
			return snipsUtterances(j, &out, key)
		}
		return j.Skip()
	})
	if err == nil {
		err = j.End()
	}
	if err == nil && !found {
		err = errors.New(`neither "intents" nor a list of utterances in the file`)
	}
	if err != nil {
		return nil, err
	}
	return out, nil
}

// snipsUtterances reads a list of objects whose "data" are the pieces of a
// message.
func snipsUtterances(j *rows.JSON, out *[]rows.Row, name string) error {
	err := j.Array("the list of utterances", func() error {
		_, line := j.Next()
		var text strings.Builder
		err := j.Object("an utterance", func(key string) error {
			if key != "data" {
				return j.Skip()
			}
			return j.Array(`the value of "data"`, func() error { return snipsPiece(j, &text) })
		})
		if err != nil {
			return err
		}
		row, err := rows.New(strings.TrimSpace(text.String()), name, line)
		*out = append(*out, row)
		return err
	})
	if err != nil {
		return fmt.Errorf("intent %s: %w", rows.Excerpt(name), err)
	}
	return nil
}

func snipsPiece(j *rows.JSON, text *strings.Builder) error {
	return j.Object(`a piece of "data"`, func(key string) error {
		if key != "text" {
			return j.Skip()
		}
		s, err := j.String(`the value of "text"`)
		text.WriteString(s)
		return err
	})
}
