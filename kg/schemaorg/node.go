package schemaorg

import (
	"maps"
	"slices"
	"strings"
)

// A node is a JSON-LD node whose names of schema.org are their local ones;
// other properties and types go by their IRI.
type node struct {
	id      string
	types   []string
	props   map[string][]any
	reverse map[string][]any
	inner   []any // nodes that stand in it without a property
}

// readNode reads an expanded node.
func readNode(n map[string]any) node {
	out := node{props: map[string][]any{}, reverse: map[string][]any{}}
	out.id, _ = n["@id"].(string)
	for _, key := range slices.Sorted(maps.Keys(n)) {
		list, _ := n[key].([]any)
		switch key {
		case "@type":
			for _, t := range list {
				if t, ok := t.(string); ok {
					out.types = append(out.types, property(t))
				}
			}
		case "@reverse":
			back, _ := n[key].(map[string]any)
			for _, p := range slices.Sorted(maps.Keys(back)) {
				values, _ := back[p].([]any)
				out.reverse[property(p)] = append(out.reverse[property(p)], values...)
			}
		case "@graph", "@included":
			out.inner = append(out.inner, list...)
		default:
			if !strings.HasPrefix(key, "@") {
				out.props[property(key)] = append(out.props[property(key)], flatten(list)...)
			}
		}
	}
	return out
}

// property returns the local name of an IRI of schema.org, and others as they
// are.
func property(iri string) string {
	if name, ok := localName(iri); ok {
		return name
	}
	return iri
}

// flatten takes the elements of lists and sets into the list of values.
func flatten(values []any) []any {
	var out []any
	for _, v := range values {
		if m, ok := v.(map[string]any); ok {
			inner, isList := m["@list"].([]any)
			if !isList {
				inner, isList = m["@set"].([]any)
			}
			if isList {
				out = append(out, flatten(inner)...)
				continue
			}
		}
		out = append(out, v)
	}
	return out
}

// is reports whether the node is of any of the types.
func (n *node) is(types ...string) bool {
	return slices.ContainsFunc(n.types, func(t string) bool { return slices.Contains(types, t) })
}

// text returns the first value of a property as text, "" where there is none.
func (n *node) text(name string) string {
	for _, v := range n.props[name] {
		if s := textOf(v); s != "" {
			return s
		}
	}
	return ""
}

// textOf returns what a value says in words: a literal, the name of one of
// schema.org's own terms, or an IRI.
func textOf(v any) string {
	m, _ := v.(map[string]any)
	if id, ok := m["@id"].(string); ok && m["@value"] == nil {
		return property(id)
	}
	switch x := m["@value"].(type) {
	case string:
		return strings.TrimSpace(x)
	case float64:
		return formatNumber(x)
	}
	return ""
}

// literal returns the parts of a literal, and false for a node.
func literal(v any) (value any, lang, typ string, ok bool) {
	m, _ := v.(map[string]any)
	value, ok = m["@value"]
	lang, _ = m["@language"].(string)
	typ, _ = m["@type"].(string)
	return value, lang, typ, ok
}
