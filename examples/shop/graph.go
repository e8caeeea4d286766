package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// showGraph shows what the graph knows of a thing and what refers to it, and
// draws it into a temporary file; with ">" and a file's name, it only draws it
// there.
func (t *talk) showGraph(ctx context.Context, arg string) (string, error) {
	name, file, named := strings.Cut(arg, ">")
	name, file = strings.TrimSpace(name), strings.TrimSpace(file)
	id, err := t.find(ctx, name)
	if err != nil {
		return "", err
	}
	if id == "" && name != "" {
		return fmt.Sprintf(t.say("I know of nothing called %s.", "图谱里没有叫“%s”的内容。"), clip(name)), nil
	}
	if id == "" {
		return t.say("Of what? Talk about a product first, or name one: :graph iPhone 15", "要看哪个？先聊一个商品，或写上名称，例如 :graph 苹果15"), nil
	}
	drawn, err := t.draw(ctx, id, file)
	if err != nil || named {
		return drawn, err
	}
	tree, err := t.tree(ctx, id)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s (%s)\n%s\n%s", t.name(ctx, id), id, tree, drawn), nil
}

func (t *talk) tree(ctx context.Context, id string) (*branches, error) {
	facts, err := t.shop.Graph.Facts(ctx, id)
	if err != nil {
		return nil, err
	}
	b := &branches{}
	for _, f := range facts {
		if t.spoken(f) {
			b.add(t.label(f.Predicate), t.object(ctx, f))
		}
	}
	for _, predicate := range []string{"brand", "accessory_of", "similar"} {
		ids, err := t.shop.Graph.Subjects(ctx, predicate, kg.Ref(id))
		if err != nil {
			return nil, err
		}
		for _, from := range ids {
			b.add("← "+t.label(predicate), t.name(ctx, from))
		}
	}
	return b, nil
}

// spoken reports whether a fact is in the language of the conversation, or in
// none.
func (t *talk) spoken(f kg.Fact) bool {
	_, lang, _ := strings.Cut(f.Predicate, "@")
	return lang == "" || lang == t.lang
}

// find returns the thing that an id or a name means, or without one the thing
// that was talked about last; "" where there is none.
func (t *talk) find(ctx context.Context, name string) (string, error) {
	if name == "" {
		if len(t.last.Items) > 0 {
			return t.last.Items[0].ID, nil
		}
		if len(t.last.Facts) > 0 {
			return t.last.Facts[0].Subject, nil
		}
		return "", nil
	}
	if facts, err := t.shop.Graph.Facts(ctx, name); err != nil || len(facts) > 0 {
		return name, err
	}
	links, err := t.shop.Graph.Link(ctx, name, nil)
	if err != nil || len(links) == 0 {
		return "", err
	}
	return links[0].Candidates[0].ID, nil
}

// branches is a tree of two levels: labels, each with its values, in the order
// in which they came.
type branches struct {
	labels []string
	values map[string][]string
}

func (b *branches) add(label, value string) {
	if b.values == nil {
		b.values = map[string][]string{}
	}
	if b.values[label] == nil {
		b.labels = append(b.labels, label)
	}
	b.values[label] = append(b.values[label], value)
}

// maxBranch is how many values of one label are written out.
const maxBranch = 8

func (b *branches) String() string {
	lines := make([]string, len(b.labels))
	for i, label := range b.labels {
		values, more := b.values[label], ""
		if n := len(values); n > maxBranch {
			values, more = values[:maxBranch], fmt.Sprintf(" … (%d)", n)
		}
		edge := "├─ "
		if i == len(b.labels)-1 {
			edge = "└─ "
		}
		lines[i] = edge + label + ": " + strings.Join(values, ", ") + more
	}
	return strings.Join(lines, "\n")
}
