package schemaorg

import (
	"fmt"
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// offer adds what an Offer or AggregateOffer says to the thing on offer: the
// graph has prices of products. A price of an AggregateOffer is its lowest.
func (t *thing) offer(v any, at string) {
	m, ok := v.(map[string]any)
	if !ok || m["@value"] != nil {
		t.fail(at, "an offer is wanted")
		return
	}
	n := readNode(m)
	currency := n.text("priceCurrency")
	t.price("price", n.props["price"], currency, at+"/price")
	t.price("price", n.props["lowPrice"], currency, at+"/lowPrice")
	t.price("high_price", n.props["highPrice"], currency, at+"/highPrice")
	for i, spec := range n.props["priceSpecification"] {
		t.priceSpecification(spec, currency, fmt.Sprintf("%s/priceSpecification/%d", at, i))
	}
	for _, name := range sortedKeys(n.props) {
		values := n.props[name]
		switch name {
		case "availability", "seller", "itemCondition", "priceValidUntil", "offerCount", "availabilityStarts", "availabilityEnds":
			t.property(name, values)
		case "offers":
			for i, inner := range values {
				t.offer(inner, fmt.Sprintf("%s/offers/%d", at, i))
			}
		}
	}
}

// price adds prices in a currency.
func (t *thing) price(predicate string, values []any, currency, at string) {
	for _, v := range values {
		value, _, _, _ := literal(v)
		n, ok := value.(float64)
		if s, isText := value.(string); isText {
			n, ok = parseNumber(s)
		}
		if !ok {
			t.fail(at, fmt.Sprintf("%q is not a price", clip(textOf(v))))
			continue
		}
		t.add(predicate, kg.Num(n, currency))
	}
}

// priceSpecification adds the price of a specification; one that is struck out
// or only recommended is the list price.
func (t *thing) priceSpecification(v any, currency, at string) {
	m, _ := v.(map[string]any)
	n := readNode(m)
	if own := n.text("priceCurrency"); own != "" {
		currency = own
	}
	predicate := "price"
	switch term(n.text("priceType")) {
	case "list_price", "strikethrough_price", "srp", "msrp", "regular_price":
		predicate = "list_price"
	}
	t.price(predicate, n.props["price"], currency, at+"/price")
	t.price(predicate, n.props["minPrice"], currency, at+"/minPrice")
}

// availability adds one of schema.org's terms, and whether it means that there
// is something to sell.
func (t *thing) availability(v any) {
	s := textOf(v)
	if s == "" {
		return
	}
	s = term(s)
	t.text("availability", s, "")
	if there, ok := stock[s]; ok {
		t.add("in_stock", kg.Bool(there))
	}
}

// rating adds an AggregateRating to the thing that is rated.
func (t *thing) rating(v any, at string) {
	m, _ := v.(map[string]any)
	n := readNode(m)
	for _, p := range []struct{ name, predicate string }{{"ratingValue", "rating"}, {"bestRating", "best_rating"},
		{"worstRating", "worst_rating"}, {"ratingCount", "rating_count"}, {"reviewCount", "review_count"}} {
		for _, v := range n.props[p.name] {
			t.value(p.predicate, p.name, v, at+"/"+p.name)
		}
	}
}

// reserved predicates mean something to a graph or to this package; a property
// of a shop's own that is called like one gets another name.
var reserved = words("kind name alias variant_of price in_stock")

// additional adds a PropertyValue: its name is the predicate.
func (t *thing) additional(v any, at string) {
	m, _ := v.(map[string]any)
	n := readNode(m)
	predicate := n.text("name")
	if predicate == "" {
		predicate = n.text("propertyID")
	}
	if predicate == "" {
		t.fail(at, "the property has no name")
		return
	}
	if base, _, _ := strings.Cut(predicate, "@"); reserved[base] || base == t.c.opts.KindPredicate {
		predicate = "property:" + predicate
	}
	if len(n.props["value"]) == 0 && len(n.props["minValue"]) == 0 && len(n.props["maxValue"]) == 0 {
		t.fail(at, fmt.Sprintf("the property %q has no value", clip(predicate)))
		return
	}
	t.quantity(predicate, n, at)
}

// step refers to the steps of a HowTo and the elements of a list, which have
// their position as a number: a graph keeps the order in which values came,
// but not across updates.
func (t *thing) step(predicate string, v any, at string, i int) {
	if value, lang, _, ok := literal(v); ok {
		s, _ := value.(string)
		if strings.TrimSpace(s) == "" {
			return
		}
		text := map[string]any{"@value": s}
		if lang != "" {
			text["@language"] = lang
		}
		v = map[string]any{"@type": []any{vocabulary + "HowToStep"}, vocabulary + "text": []any{text}}
	}
	m, ok := v.(map[string]any)
	if !ok {
		return
	}
	n := readNode(m)
	id := t.nested(v, at)
	if id == "" {
		return
	}
	t.add(predicate, kg.Ref(id))
	if len(n.props["position"]) == 0 {
		t.c.rows = append(t.c.rows, kg.Row{Number: t.row.Number, ID: id,
			Facts: []kg.Fact{{Predicate: "position", Object: kg.Num(float64(i+1), "")}}})
	}
}
