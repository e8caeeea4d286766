package schemaorg

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// converter turns the nodes of a document into rows, one for each thing.
type converter struct {
	opts     *Options
	expander *expander
	number   int    // of the row of the document
	scope    string // of blank nodes
	facts    int
	depth    int // of things within things
	rows     []kg.Row
	// alias leads from the id that a thing would have for its stock number to
	// its @id, and to "" where several have that number: a reference may name
	// either.
	alias    map[string]string
	explicit map[string]bool // every @id
}

// maxDepth is how deep things may stand one within the other: without a limit,
// ids that tell where a thing stands would grow with the square of a document.
const maxDepth = 64

// bad notes a row of which nothing can be read.
func (c *converter) bad(path, reason string) {
	c.rows = append(c.rows, kg.Row{Number: c.number, Errors: []kg.RowError{{Path: path, Reason: reason}}})
}

// thing is one thing while its node is read.
type thing struct {
	c    *converter
	node node
	path string // where it stands, for things that have no id
	row  kg.Row
}

// thing adds the row of a node and those of the nodes within, and returns the
// id. path is where the node stands in the document.
func (c *converter) thing(m map[string]any, path string) string {
	t := &thing{c: c, node: readNode(m), path: path, row: kg.Row{Number: c.number}}
	t.row.ID = c.id(&t.node, path)
	at := len(c.rows)
	c.rows = append(c.rows, t.row) // before those within
	if t.row.ID == "" {
		t.fail("", "a thing has no @id, sku or other number; give it one, or set the source so that it can be called after its place there")
	}
	t.kinds()
	for _, name := range sortedKeys(t.node.props) {
		t.property(name, t.node.props[name])
	}
	for _, name := range sortedKeys(t.node.reverse) {
		t.back(name, t.node.reverse[name])
	}
	for i, v := range t.node.inner {
		t.nested(v, fmt.Sprintf("@graph/%d", i))
	}
	c.facts += len(t.row.Facts)
	c.rows[at] = t.row
	return t.row.ID
}

// id returns what a node is called, "" where there is nothing to call it by.
func (c *converter) id(n *node, path string) string {
	var ids []string
	if v := n.text("productGroupID"); v != "" && n.is("ProductGroup") {
		ids = append(ids, c.groupID(v))
	}
	for _, p := range identities {
		if v := n.text(p); v != "" {
			ids = append(ids, c.opts.Prefix+v)
		}
	}
	label, blank := strings.CutPrefix(n.id, "_:")
	switch {
	case blank:
		return "_:" + c.opts.Source + "#" + c.scope + label
	case n.id != "":
		c.explicit[n.id] = true
		for _, id := range ids {
			if other, ok := c.alias[id]; ok && other != n.id {
				c.alias[id] = ""
			} else {
				c.alias[id] = n.id
			}
		}
		return n.id
	case len(ids) > 0:
		return ids[0]
	}
	if name := n.text("name"); name != "" && n.is("Brand", "Organization", "Corporation", "OnlineStore", "Store", "Person") {
		return c.named(n.types[0], name)
	}
	if c.opts.Source == "" {
		return ""
	}
	return c.opts.Prefix + path
}

func (c *converter) groupID(v string) string { return c.opts.Prefix + "group:" + v }

// named is the id of a thing that is known by its name alone.
func (c *converter) named(typ, name string) string { return c.opts.Prefix + snake(typ) + ":" + name }

// resolve turns stock numbers into the ids of the things that have them.
func (c *converter) resolve() {
	to := func(id string) string {
		if other := c.alias[id]; other != "" && !c.explicit[id] {
			return other
		}
		return id
	}
	for i := range c.rows {
		r := &c.rows[i]
		r.ID, r.Group = to(r.ID), to(r.Group)
		for j := range r.Facts {
			if id, ok := r.Facts[j].Object.ID(); ok {
				r.Facts[j].Object = kg.Ref(to(id))
			}
		}
	}
}

// fail notes what is wrong with the thing's row.
func (t *thing) fail(path, reason string) {
	t.row.Errors = append(t.row.Errors, kg.RowError{Path: path, Reason: reason})
}

// add adds a value of a predicate.
func (t *thing) add(predicate string, v kg.Value) {
	t.row.Facts = append(t.row.Facts, kg.Fact{Predicate: predicate, Object: v})
}

// text adds a text with its language, if it has one.
func (t *thing) text(predicate, text, lang string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	if lang != "" {
		predicate += "@" + lang
	}
	t.add(predicate, kg.Text(text))
}

// kinds adds the kinds of the types.
func (t *thing) kinds() {
	for _, typ := range t.node.types {
		kind, ok := t.c.opts.Kinds[typ]
		if !ok {
			kind = snake(typ)
		}
		t.text(t.c.opts.KindPredicate, kind, "")
	}
}

// predicate returns what the graph calls a property, "" for one to drop.
func (t *thing) predicate(name string) string {
	if p, ok := t.c.opts.Predicates[name]; ok {
		return p
	}
	if p, ok := predicates[name]; ok {
		return p
	}
	if strings.Contains(name, ":") { // an IRI of another vocabulary
		return name
	}
	return snake(name)
}

// property adds the values of a property.
func (t *thing) property(name string, values []any) {
	predicate := t.predicate(name)
	if predicate == "" {
		return
	}
	for i, v := range values {
		at := name
		if len(values) > 1 {
			at = fmt.Sprintf("%s/%d", name, i)
		}
		switch name {
		case "offers":
			t.offer(v, at)
		case "aggregateRating":
			t.rating(v, at)
		case "additionalProperty":
			t.additional(v, at)
		case "hasVariant":
			t.variant(v, at)
		case "isVariantOf":
			t.row.Group = t.nested(v, at)
		case "inProductGroupWithID":
			if id := textOf(v); id != "" && t.row.Group == "" && len(t.node.props["isVariantOf"]) == 0 {
				t.row.Group = t.c.groupID(id)
			}
		case "step", "itemListElement":
			t.step(predicate, v, at, i)
		case "availability":
			t.availability(v)
		default:
			t.value(predicate, name, v, at)
		}
	}
}

// variant makes the thing that stands at hasVariant a variant of this one.
func (t *thing) variant(v any, at string) {
	if id := t.nested(v, at); id != "" {
		t.c.rows = append(t.c.rows, kg.Row{Number: t.row.Number, ID: id, Group: t.row.ID})
	}
}

// back adds what other things say of this one.
func (t *thing) back(name string, values []any) {
	predicate := t.predicate(name)
	for i, v := range values {
		id := t.nested(v, fmt.Sprintf("^%s/%d", name, i))
		switch {
		case id == "" || predicate == "":
		case name == "isVariantOf":
			t.c.rows = append(t.c.rows, kg.Row{Number: t.row.Number, ID: id, Group: t.row.ID})
		case name == "hasVariant":
			t.row.Group = id
		default:
			t.c.rows = append(t.c.rows, kg.Row{Number: t.row.Number, ID: id,
				Facts: []kg.Fact{{Predicate: predicate, Object: kg.Ref(t.row.ID)}}})
		}
	}
}

// nested returns the id of the thing that a value names or describes, "" where
// it does neither.
func (t *thing) nested(v any, at string) string {
	m, ok := v.(map[string]any)
	if s, _, _, isText := literal(v); !ok || isText {
		if s, ok := s.(string); ok && strings.TrimSpace(s) != "" {
			return t.c.opts.Prefix + strings.TrimSpace(s)
		}
		t.fail(at, "a thing is wanted, or the id of one")
		return ""
	}
	if id, ok := m["@id"].(string); ok && len(m) == 1 && !strings.HasPrefix(id, "_:") {
		return id
	}
	if t.c.depth == maxDepth {
		t.fail(at, fmt.Sprintf("more than %d things stand one within the other", maxDepth))
		return ""
	}
	t.c.depth++
	defer func() { t.c.depth-- }()
	return t.c.thing(m, t.path+"/"+at)
}

func sortedKeys(m map[string][]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
