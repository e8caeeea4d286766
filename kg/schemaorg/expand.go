package schemaorg

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/piprate/json-gold/ld"
)

// vocabulary is what the names of schema.org stand for. Documents write it
// with http or https; both mean the same.
const vocabulary = "http://schema.org/"

// localName returns the name within schema.org's vocabulary, and false for an
// IRI of another.
func localName(iri string) (string, bool) {
	for _, scheme := range []string{"http://", "https://"} {
		rest, ok := strings.CutPrefix(iri, scheme)
		if !ok {
			continue
		}
		rest = strings.TrimPrefix(rest, "www.")
		if name, ok := strings.CutPrefix(rest, "schema.org/"); ok && name != "" && !strings.ContainsAny(name, "/?#") {
			return name, true
		}
	}
	return "", false
}

// schemaContext is what schema.org's context is read as: its own names, and which
// properties hold an IRI where a string stands.
func schemaContext() map[string]any {
	c := map[string]any{"@vocab": vocabulary, "schema": vocabulary, "id": "@id", "type": "@type"}
	for _, p := range strings.Fields(`url image logo sameAs contentUrl thumbnailUrl isVariantOf hasVariant isSimilarTo
		isRelatedTo isAccessoryOrSparePartFor isConsumableFor mainEntityOfPage`) {
		c[p] = map[string]any{"@id": vocabulary + p, "@type": "@id"}
	}
	for _, p := range strings.Fields("availability itemCondition") { // "InStock" is schema.org's
		c[p] = map[string]any{"@id": vocabulary + p, "@type": "@vocab"}
	}
	return map[string]any{"@context": c}
}

// loader is the only source of remote contexts: it knows that of schema.org by
// heart and never goes to the network or to a file.
type loader struct{}

// LoadDocument returns schema.org's context under any of its addresses.
func (loader) LoadDocument(u string) (*ld.RemoteDocument, error) {
	name := strings.TrimPrefix(strings.TrimPrefix(strings.TrimPrefix(u, "http:"), "https:"), "//")
	name = strings.TrimPrefix(name, "www.")
	switch strings.TrimSuffix(name, "/") {
	case "schema.org", "schema.org/docs/jsonldcontext.json", "schema.org/docs/jsonldcontext.jsonld":
		return &ld.RemoteDocument{DocumentURL: u, Document: schemaContext()}, nil
	}
	return nil, fmt.Errorf("the context %q is not schema.org's, and no other is fetched; write its content into the document", clip(u))
}

// An expander resolves the contexts of nodes. It keeps what contexts mean,
// since those of a feed are the same from row to row and take longer to read
// than the row.
type expander struct {
	opts *ld.JsonLdOptions
	seen map[string]*ld.Context // by the JSON of the contexts
}

func newExpander(base string) *expander {
	opts := ld.NewJsonLdOptions(base)
	opts.DocumentLoader = loader{}
	opts.Ordered = true
	return &expander{opts: opts, seen: map[string]*ld.Context{}}
}

// maxContexts is the number of contexts that are kept.
const maxContexts = 64

// expand resolves the contexts of a node that holds none of its own.
func (e *expander) expand(node map[string]any, contexts []any) (nodes []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("JSON-LD cannot be read: %v", p)
		}
	}()
	fail := func(err error) ([]any, error) { return nil, fmt.Errorf("JSON-LD cannot be read: %w", err) }
	key, err := json.Marshal(contexts)
	if err != nil {
		return fail(err)
	}
	if strings.Contains(string(key), "@propagate") { // holds for this node alone: not to be read before it
		node = maps.Clone(node)
		node["@context"] = contexts
		if nodes, err = ld.NewJsonLdProcessor().Expand(node, e.opts); err != nil {
			return fail(err)
		}
		return nodes, nil
	}
	active, err := e.read(string(key), contexts)
	if err != nil {
		return fail(err)
	}
	expanded, err := ld.NewJsonLdApi().Expand(active, "", node, e.opts, false, nil)
	if err != nil {
		return fail(err)
	}
	switch x := expanded.(type) {
	case []any:
		return x, nil
	case map[string]any:
		if inner, ok := x["@graph"].([]any); ok && len(x) == 1 {
			return inner, nil
		}
		return []any{x}, nil
	}
	return nil, nil
}

// read returns what contexts mean, together.
func (e *expander) read(key string, contexts []any) (*ld.Context, error) {
	if c := e.seen[key]; c != nil {
		return c, nil
	}
	c, err := ld.NewContext(nil, e.opts).Parse(contexts)
	if err != nil {
		return nil, err
	}
	if len(e.seen) == maxContexts {
		clear(e.seen)
	}
	e.seen[key] = c
	return c, nil
}

func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
