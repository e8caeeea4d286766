package formats

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// documents parses the YAML documents of a file. Those that hold nothing are
// left out.
func documents(b []byte) ([]*yaml.Node, error) {
	d := yaml.NewDecoder(bytes.NewReader(b))
	var out []*yaml.Node
	for {
		var n yaml.Node
		err := d.Decode(&n)
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("this is no YAML: %s", strings.TrimPrefix(err.Error(), "yaml: "))
		}
		if len(n.Content) > 0 && n.Content[0].Tag != "!!null" {
			out = append(out, n.Content[0])
		}
	}
}

// members returns the values of a mapping by their keys, each of which stands
// there once.
func members(n *yaml.Node, what string) (map[string]*yaml.Node, error) {
	if err := expect(n, yaml.MappingNode, what, "mapping"); err != nil {
		return nil, err
	}
	out := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if _, twice := out[key.Value]; twice {
			return nil, fmt.Errorf("line %d: the key %s stands twice in %s; keep one", key.Line, rows.Excerpt(key.Value), what)
		}
		out[key.Value] = n.Content[i+1]
	}
	return out, nil
}

// elements returns those of a list.
func elements(n *yaml.Node, what string) ([]*yaml.Node, error) {
	if err := expect(n, yaml.SequenceNode, what, "list"); err != nil {
		return nil, err
	}
	return n.Content, nil
}

// scalar returns a value as it is written; null is "".
func scalar(n *yaml.Node, what string) (string, error) {
	if err := expect(n, yaml.ScalarNode, what, "text"); err != nil {
		return "", err
	}
	if n.Tag == "!!null" {
		return "", nil
	}
	return n.Value, nil
}

// expect refuses a node of another kind. Aliases are refused too: a file of few
// bytes can stand for any number of messages by them.
func expect(n *yaml.Node, kind yaml.Kind, what, name string) error {
	if n.Kind == yaml.AliasNode {
		return fmt.Errorf("line %d: %s is the alias *%s; write out what it stands for", n.Line, what, n.Value)
	}
	if n.Kind != kind {
		return fmt.Errorf("line %d: %s is no %s", n.Line, what, name)
	}
	return nil
}
