package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// ReadSnips reads a data set of Snips NLU: its YAML, of which one file may hold
// several intents and entities behind "---"; the JSON that Snips makes of it; and
// the shorter JSON of the published Snips benchmark, {"Intent":[{"data":[…]}]}.
//
// A slot, as [from:city](Paris), leaves its words. One without words, [from:city]
// or [city], is filled with the values of its entity in turn where the file
// holds the entity, as Snips does, and is left out otherwise; so put the
// entities before or behind the intents in one file.
func ReadSnips(r io.Reader) ([]intent.Example, error) {
	b, err := rows.All(r)
	if err != nil {
		return examples(SnipsYAML, nil, err)
	}
	if bytes.TrimSpace(b)[0] == '{' {
		all, err := readSnipsJSON(b)
		return examples(SnipsJSON, all, err)
	}
	all, err := readSnipsYAML(b)
	return examples(SnipsYAML, all, err)
}

// A snipsIntent is a document of the type intent.
type snipsIntent struct {
	name       string
	entity     map[string]string // by slot
	utterances []*yaml.Node
}

func readSnipsYAML(b []byte) ([]rows.Row, error) {
	docs, err := documents(b)
	if err != nil {
		return nil, err
	}
	var intents []snipsIntent
	values := snipsValues{}
	for _, doc := range docs {
		file, err := members(doc, "the document")
		if err != nil {
			return nil, err
		}
		kind, name, err := snipsHead(doc, file)
		if err != nil {
			return nil, err
		}
		if kind == "entity" {
			err = values.read(name, file["values"])
		} else {
			var x snipsIntent
			x, err = readSnipsIntent(name, file)
			intents = append(intents, x)
		}
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", kind, rows.Excerpt(name), err)
		}
	}
	if len(intents)+len(values) == 0 {
		return nil, errors.New(`no "type: intent" in the file`)
	}
	var out []rows.Row
	for _, x := range intents {
		if out, err = values.utterances(out, x); err != nil {
			return nil, fmt.Errorf("intent %s: %w", rows.Excerpt(x.name), err)
		}
	}
	return out, nil
}

// snipsHead returns the type and the name of a document.
func snipsHead(doc *yaml.Node, file map[string]*yaml.Node) (kind, name string, err error) {
	for _, key := range []struct {
		name string
		to   *string
	}{{"type", &kind}, {"name", &name}} {
		if file[key.name] == nil {
			continue // told below
		}
		if *key.to, err = scalar(file[key.name], fmt.Sprintf("the value of %q", key.name)); err != nil {
			return "", "", err
		}
	}
	if kind != "intent" && kind != "entity" {
		return "", "", fmt.Errorf(`line %d: the document says neither "type: intent" nor "type: entity"`, doc.Line)
	}
	if strings.TrimSpace(name) == "" {
		return "", "", fmt.Errorf(`line %d: the %s has no "name:"`, doc.Line, kind)
	}
	return kind, name, nil
}

func readSnipsIntent(name string, file map[string]*yaml.Node) (snipsIntent, error) {
	x := snipsIntent{name: name, entity: map[string]string{}}
	if slots := file["slots"]; slots != nil {
		list, err := elements(slots, `the value of "slots"`)
		if err != nil {
			return x, err
		}
		for _, n := range list {
			slot, err := members(n, "a slot")
			if err != nil {
				return x, err
			}
			if slot["name"] != nil && slot["entity"] != nil {
				x.entity[slot["name"].Value] = slot["entity"].Value
			}
		}
	}
	n := file["utterances"]
	if n == nil {
		return x, errors.New(`no "utterances:"`)
	}
	list, err := elements(n, `the value of "utterances"`)
	x.utterances = list
	return x, err
}

// A cycle hands out values in turn.
type cycle struct {
	values []string
	next   int
}

// snipsValues holds the values of entities.
type snipsValues map[string]*cycle

// read takes the values of an entity; of one with synonyms, a list, the first.
func (v snipsValues) read(name string, n *yaml.Node) error {
	if v[name] == nil {
		v[name] = &cycle{}
	}
	if n == nil {
		return nil
	}
	list, err := elements(n, `the value of "values"`)
	if err != nil {
		return err
	}
	for _, item := range list {
		if item.Kind == yaml.SequenceNode {
			if len(item.Content) == 0 {
				continue
			}
			item = item.Content[0]
		}
		value, err := scalar(item, "a value")
		if err != nil {
			return err
		}
		v[name].values = append(v[name].values, value)
	}
	return nil
}

var (
	snipsSlot  = regexp.MustCompile(`\[([^\]]+)\](\([^)]*\))?`)
	manySpaces = regexp.MustCompile(`[ \t\r\n]+`)
)

// utterances appends the examples of an intent.
func (v snipsValues) utterances(out []rows.Row, x snipsIntent) ([]rows.Row, error) {
	for _, n := range x.utterances {
		text, err := scalar(n, "an utterance")
		if err != nil {
			return nil, err
		}
		if strings.Contains(text, "[") {
			written := text
			text = snipsSlot.ReplaceAllStringFunc(text, func(slot string) string { return v.fill(slot, x.entity) })
			if text = strings.TrimSpace(manySpaces.ReplaceAllString(text, " ")); text == "" {
				return nil, fmt.Errorf("line %d: nothing is left of %s; put its entity, with values, into the same file", n.Line, rows.Excerpt(written))
			}
		}
		row, err := rows.New(text, x.name, n.Line)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// fill returns the words of a slot.
func (v snipsValues) fill(slot string, entities map[string]string) string {
	m := snipsSlot.FindStringSubmatch(slot)
	if m[2] != "" {
		return m[2][1 : len(m[2])-1]
	}
	name, entity, ok := strings.Cut(m[1], ":")
	if !ok {
		if entity = entities[name]; entity == "" {
			entity = name
		}
	}
	c := v[entity]
	if c == nil || len(c.values) == 0 {
		return ""
	}
	c.next++
	return c.values[(c.next-1)%len(c.values)]
}
