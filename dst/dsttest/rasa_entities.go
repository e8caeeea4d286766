package dsttest

import (
	"encoding/json"
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/rasa"
)

// slots asserts what slot_was_set says of the state.
func (w *rasaWriter) slots(n *yaml.Node, set bool) {
	for _, item := range n.Content {
		for _, p := range pairs(item) {
			name, ok := w.slot(p.name)
			if !ok {
				w.turn.comments = append(w.turn.comments, "slot: "+oneLine(p.name))
				continue
			}
			verb := "holds"
			if p.null || !set {
				verb = "lacks"
			}
			if len(p.values) == 0 {
				w.assert(verb + ": " + formName(name))
			}
			for _, value := range p.values {
				w.assert(verb + ": " + formTerm(dst.Act{Slot: name, Op: dst.Eq, Value: value}))
			}
		}
	}
}

// assert adds an assertion to the last words of the user, each once. Before any
// words there is nothing to assert.
func (w *rasaWriter) assert(text string) {
	if !w.turn.said {
		w.turn.comments = append(w.turn.comments, text)
		return
	}
	for _, old := range w.turn.under {
		if old == text {
			return
		}
	}
	w.turn.under = append(w.turn.under, text)
}

// slot is what a slot or entity is called here.
func (w *rasaWriter) slot(names ...string) (string, bool) {
	for _, name := range names {
		if mapped, ok := w.opt.Slots[name]; ok {
			return mapped, mapped != ""
		}
	}
	return names[len(names)-1], true
}

// A rasaEntity is an annotation in its long form.
type rasaEntity struct {
	Entity string `json:"entity"`
	Role   string `json:"role"`
	Value  string `json:"value"`
}

// message takes the words of a user, without the annotations, which become
// assertions.
func (w *rasaWriter) message(n *yaml.Node) error {
	plain, marks := rasa.Plain(strings.TrimSpace(n.Value))
	for _, m := range marks {
		if m.List != "" {
			if err := w.entityList(m.List, m.Words); err != nil {
				return fmt.Errorf("line %d: the annotation %q: %w", n.Line, m.Source, err)
			}
			continue
		}
		name, value, ok := strings.Cut(m.Short, ":") // the old form (entity:value)
		if !ok {
			value = m.Words
		}
		w.entity(rasaEntity{Entity: name, Value: value})
	}
	w.turn.text = plain
	return nil
}

func (w *rasaWriter) entityList(list, words string) error {
	var all []rasaEntity
	if err := json.Unmarshal([]byte(list), &all); err != nil {
		return err
	}
	for _, e := range all {
		if e.Value == "" {
			e.Value = words
		}
		w.entity(e)
	}
	return nil
}

// entity asserts an entity of a message.
func (w *rasaWriter) entity(e rasaEntity) {
	names := []string{e.Entity}
	if e.Role != "" {
		names = []string{e.Entity + ":" + e.Role, e.Role, e.Entity} // without a mapping it is called by its entity
	}
	if name, ok := w.slot(names...); ok {
		w.assert("holds: " + formTerm(dst.Act{Slot: name, Op: dst.Eq, Value: e.Value}))
	} else {
		w.turn.comments = append(w.turn.comments, oneLine("entity: "+e.Entity+"="+e.Value))
	}
}

// entities takes the list beside an intent: acts of the user where there are no
// words.
func (w *rasaWriter) entities(n *yaml.Node, words bool) {
	for _, item := range n.Content {
		for _, p := range pairs(item) {
			name, ok := w.slot(p.name)
			switch {
			case !ok || len(p.values) == 0:
				w.turn.comments = append(w.turn.comments, "entity: "+oneLine(p.name))
			case words:
				w.entity(rasaEntity{Entity: p.name, Value: p.values[0]})
			default:
				for i, value := range p.values {
					op := dst.Eq
					if i > 0 {
						op = dst.Add
					}
					w.turn.acts = append(w.turn.acts, dst.Act{Kind: dst.Inform, Slot: name, Op: op, Value: value}.String())
				}
			}
		}
	}
}

// A pair is a name with its values: "city: Paris", "city: [a, b]", "city".
type pair struct {
	name   string
	values []string
	null   bool
}

func pairs(n *yaml.Node) []pair {
	if n.Kind == yaml.ScalarNode {
		return []pair{{name: n.Value}}
	}
	var out []pair
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		p, v := pair{name: n.Content[i].Value}, n.Content[i+1]
		switch {
		case v.Tag == "!!null":
			p.null = true
		case v.Kind == yaml.ScalarNode:
			p.values = []string{v.Value}
		default:
			for _, item := range v.Content {
				if item.Kind == yaml.ScalarNode {
					p.values = append(p.values, item.Value)
				}
			}
		}
		out = append(out, p)
	}
	return out
}
