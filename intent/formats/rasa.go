package formats

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
	"github.com/slotgraph/slotgraph/internal/rasa"
)

// ReadRasa reads the section "nlu" of Rasa's training data (YAML, versions 2 and
// 3). Annotated entities, as [Paris](city) or [Paris]{"entity": "city"}, leave
// their words. Synonyms, regular expressions, lookup tables and the other
// sections are passed over. A retrieval intent keeps its whole name, as
// "faq/opening_hours": each has an answer of its own; cut the names at the slash
// for the intents that Rasa's classifier tells apart.
func ReadRasa(r io.Reader) ([]intent.Example, error) {
	b, err := rows.All(r)
	if err != nil {
		return examples(Rasa, nil, err)
	}
	all, err := readRasa(b)
	return examples(Rasa, all, err)
}

func readRasa(b []byte) ([]rows.Row, error) {
	docs, err := documents(b)
	if err != nil {
		return nil, err
	}
	var out []rows.Row
	found := false
	for _, doc := range docs {
		file, err := members(doc, "the file")
		if err != nil {
			return nil, err
		}
		nlu, ok := file["nlu"]
		if !ok {
			continue
		}
		found = true
		list, err := elements(nlu, `the section "nlu"`)
		if err != nil {
			return nil, err
		}
		for _, item := range list {
			if out, err = rasaItem(out, item); err != nil {
				return nil, err
			}
		}
	}
	if !found {
		return nil, errors.New(`no section "nlu:"; stories, rules and domains hold no examples`)
	}
	return out, nil
}

// rasaItem appends the examples of an item of the section, if it is an intent.
func rasaItem(out []rows.Row, n *yaml.Node) ([]rows.Row, error) {
	item, err := members(n, `an item of "nlu"`)
	if err != nil || item["intent"] == nil {
		return out, err
	}
	name, err := scalar(item["intent"], `the name behind "intent:"`)
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(name) == "" {
		return nil, fmt.Errorf(`line %d: no name behind "intent:"`, n.Line)
	}
	block := item["examples"]
	switch {
	case block == nil:
		err = fmt.Errorf(`line %d: no "examples:"`, n.Line)
	case block.Kind == yaml.SequenceNode:
		out, err = rasaList(out, block, name)
	default:
		out, err = rasaBlock(out, block, name)
	}
	if err != nil {
		return nil, fmt.Errorf("intent %s: %w", rows.Excerpt(name), err)
	}
	return out, nil
}

// rasaBlock reads "examples: |", a list in a text.
func rasaBlock(out []rows.Row, n *yaml.Node, name string) ([]rows.Row, error) {
	block, err := scalar(n, `the value of "examples"`)
	if err != nil {
		return nil, err
	}
	if n.Style&yaml.FoldedStyle != 0 {
		return nil, fmt.Errorf(`line %d: "examples: >" joins the lines; write "examples: |"`, n.Line)
	}
	line := n.Line
	if n.Style&yaml.LiteralStyle != 0 {
		line++ // the text begins below its key
	}
	before := len(out)
	for text := range strings.Lines(block) {
		if text = strings.TrimSpace(text); text != "" {
			words, ok := strings.CutPrefix(text, "-")
			if !ok {
				return nil, fmt.Errorf(`line %d: %s does not begin with "- "; every example stands on a line of its own behind one`, line, rows.Excerpt(text))
			}
			if out, err = rasaExample(out, words, name, line); err != nil {
				return nil, err
			}
		}
		if n.Style&yaml.LiteralStyle != 0 {
			line++
		}
	}
	if len(out) == before {
		return nil, fmt.Errorf(`line %d: no example; write them below "examples: |", each behind "- "`, n.Line)
	}
	return out, nil
}

// rasaList reads the long form, in which an example is a mapping with the key
// "text".
func rasaList(out []rows.Row, n *yaml.Node, name string) ([]rows.Row, error) {
	for _, item := range n.Content {
		text := item
		if item.Kind == yaml.MappingNode {
			keys, err := members(item, "an example")
			if err != nil {
				return nil, err
			}
			if text = keys["text"]; text == nil {
				return nil, fmt.Errorf(`line %d: an example has no "text:"`, item.Line)
			}
		}
		words, err := scalar(text, "an example")
		if err != nil {
			return nil, err
		}
		if out, err = rasaExample(out, words, name, item.Line); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func rasaExample(out []rows.Row, words, name string, line int) ([]rows.Row, error) {
	plain, _ := rasa.Plain(strings.TrimSpace(words))
	row, err := rows.New(plain, name, line)
	return append(out, row), err
}
