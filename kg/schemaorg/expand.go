package schemaorg

import (
	"fmt"
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

// expand resolves the contexts of one node.
func expand(node map[string]any, base string) (nodes []any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("JSON-LD cannot be read: %v", p)
		}
	}()
	opts := ld.NewJsonLdOptions(base)
	opts.DocumentLoader = loader{}
	opts.Ordered = true
	nodes, err = ld.NewJsonLdProcessor().Expand(node, opts)
	if err != nil {
		return nil, fmt.Errorf("JSON-LD cannot be read: %w", err)
	}
	return nodes, nil
}

func clip(s string) string {
	const most = 60
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
