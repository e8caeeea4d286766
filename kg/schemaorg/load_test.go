package schemaorg

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/kg"
)

func newGraph(t testing.TB) *kg.Graph {
	t.Helper()
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	return g
}

// facts words all facts of the graph but the kinds.
func facts(t testing.TB, g *kg.Graph) []string {
	t.Helper()
	hits, err := g.Find(context.Background(), kg.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range hits {
		all, err := g.Facts(context.Background(), h.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range all {
			if f.Predicate == "kind" {
				continue
			}
			word := f.String()
			if k := f.Object.Kind(); k != kg.String {
				word += " (" + k.String() + ")"
			}
			out = append(out, word)
		}
	}
	return out
}

const head = `"@context":"https://schema.org","@type":"Product","@id":"p",`

func TestValues(t *testing.T) {
	for in, want := range map[string]string{
		`"name":"Nova","description":" "`: "p name Nova",
		`"name":[{"@value":"Nova","@language":"en"},{"@value":"新星","@language":"zh"}],"alternateName":["N","n"]`: "p alias N|p alias n|p name@en Nova|p name@zh 新星",
		`"sku":123,"gtin13":"0123","mpn":"m"`:                "p gtin13 0123|p mpn m|p sku 123",
		`"color":"red","isFamilyFriendly":true,"award":2`:    "p award 2 (number)|p color red|p is_family_friendly true (bool)",
		`"category":"Phones","itemCondition":"NewCondition"`: "p category Phones|p condition new_condition",
		`"releaseDate":"2026-01-02","url":"https://x/p"`:     "p release_date 2026-01-02T00:00:00Z (time)|p url https://x/p",
		`"image":["https://x/1",{"@type":"ImageObject","contentUrl":"https://x/2"},{"@type":"ImageObject","@id":"https://x/3"}]`: "p image https://x/1|p image https://x/2|p image https://x/3",

		`"offers":{"@type":"Offer","price":"4,999.50","priceCurrency":"RMB","availability":"https://schema.org/InStock"}`:                                                                                                            "p availability in_stock|p in_stock true (bool)|p price 4999.5 CNY (number)",
		`"offers":[{"@type":"Offer","price":1,"priceCurrency":"USD"},{"@type":"Offer","price":2,"priceCurrency":"USD","availability":"http://schema.org/SoldOut"}]`:                                                                  "p availability sold_out|p in_stock false (bool)|p price 1 USD (number)|p price 2 USD (number)",
		`"offers":{"@type":"AggregateOffer","lowPrice":"10","highPrice":20,"priceCurrency":"EUR","offerCount":"3"}`:                                                                                                                  "p high_price 20 EUR (number)|p offer_count 3 (number)|p price 10 EUR (number)",
		`"offers":{"@type":"Offer","availability":"PreOrder","priceValidUntil":"2026-12-31","priceSpecification":[{"price":9,"priceCurrency":"CNY"},{"priceType":"https://schema.org/ListPrice","price":12,"priceCurrency":"CNY"}]}`: "p availability pre_order|p list_price 12 CNY (number)|p price 9 CNY (number)|p price_valid_until 2026-12-31T00:00:00Z (time)",

		`"brand":{"@type":"Brand","name":"Nova"},"manufacturer":"Nova Inc"`:                                 "brand:Nova name Nova|organization:Nova Inc name Nova Inc|p brand brand:Nova (ref)|p manufacturer organization:Nova Inc (ref)",
		`"brand":{"@type":"Brand","@id":"b1","name":"Nova"}`:                                                "b1 name Nova|p brand b1 (ref)",
		`"aggregateRating":{"@type":"AggregateRating","ratingValue":"4.5","bestRating":5,"reviewCount":12}`: "p best_rating 5 (number)|p rating 4.5 (number)|p review_count 12 (number)",

		`"weight":{"@type":"QuantitativeValue","value":"1.5","unitCode":"KGM"},"width":"7.1 cm","height":"tall"`: "p height tall|p weight 1.5 kg (number)|p width 7.1 cm (number)",
		`"depth":{"@type":"QuantitativeValue","minValue":1,"maxValue":2,"unitText":"mm"}`:                        "p depth_max 2 mm (number)|p depth_min 1 mm (number)",
		`"additionalProperty":[{"@type":"PropertyValue","name":"memory","value":8,"unitCode":"E34"},{"@type":"PropertyValue","name":"屏幕","value":"OLED"},{"@type":"PropertyValue","propertyID":"nfc","value":true},
			{"@type":"PropertyValue","name":"kind","value":"x"},{"@type":"PropertyValue","name":"name@zh","value":"x"}]`: "p memory 8 GB (number)|p nfc true (bool)|p property:kind x|p property:name@zh x|p 屏幕 OLED",

		`"isAccessoryOrSparePartFor":[{"@id":"q"},{"@type":"Product","sku":"7"}],"isSimilarTo":"r","isRelatedTo":{"@id":"s"}`:             "7 sku 7|p accessory_of q (ref)|p accessory_of 7 (ref)|p related_to s (ref)|p similar_to r (ref)",
		`"http://example.com/x":{"@value":"5","@type":"http://www.w3.org/2001/XMLSchema#integer"},"@reverse":{"isSimilarTo":{"@id":"z"}}`: "p http://example.com/x 5 (number)|z similar_to p (ref)",
	} {
		g := newGraph(t)
		if _, err := Load(context.Background(), g, strings.NewReader("{"+head+in+"}"), nil); err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got := strings.Join(facts(t, g), "|"); got != want {
			t.Errorf("%s:\n got %s\nwant %s", in, got, want)
		}
	}
}

func TestDocuments(t *testing.T) {
	a, b := `{"@context":"http://schema.org/","@id":"a","name":"A"}`, `{"@context":"http://schema.org/","@id":"b","name":"B"}`
	for doc, want := range map[string]string{
		a: "a name A", "[" + a + "," + b + "]": "a name A|b name B", a + "\n\n" + b + "\n": "a name A|b name B", "\ufeff\n" + a + "\n": "a name A",
		`{"@context":["https://www.schema.org/",{"n":"name"}],"@graph":[{"@id":"a","n":"A"},{"@id":"b","@context":{"@language":"zh"},"name":"B","sku":"x"}]}`: "a name A|b name@zh B|b sku x",
		`{"@context":{"@vocab":"https://schema.org/","@language":"en"},"id":"a","@id":"a","name":"A"}`:                                                        "a id@en a|a name@en A",
		`{"@context":{"s":"http://schema.org/"},"@id":"a","s:name":"A","other":1}`:                                                                            "a name A",
		`{"@context":"schema.org","@id":"a","name":"A","ünïcode":{"@list":["x","y"]}}`:                                                                        "a name A|a ünïcode x|a ünïcode y",
		"[]": "", `{"@context":"http://schema.org","@graph":[]}`: "",
	} {
		g := newGraph(t)
		_, err := Load(context.Background(), g, strings.NewReader(doc), nil)
		if got := strings.Join(facts(t, g), "|"); err != nil || got != want {
			t.Errorf("%s: %v\n got %s\nwant %s", doc, err, got, want)
		}
	}
}

func TestVariants(t *testing.T) {
	doc := `{"@context":"https://schema.org","@graph":[
		{"@type":"Product","@id":"v3","inProductGroupWithID":"g","gtin":"3"},
		{"@type":"ProductGroup","@id":"G","productGroupID":"g","name":"Nova","brand":"N","color":"any","offers":{"@type":"AggregateOffer","lowPrice":5,"highPrice":9},"variesBy":"https://schema.org/color",
		 "hasVariant":[{"@type":"Product","sku":"v1","color":"red"},{"@id":"v2"}]},
		{"@type":"Product","@id":"v2","name":"Two","offers":{"@type":"Offer","price":7}},
		{"@type":"Product","@id":"v4","isVariantOf":{"@type":"ProductGroup","productGroupID":"g"}}]}`
	g := newGraph(t)
	if _, err := Load(context.Background(), g, strings.NewReader(doc), nil); err != nil {
		t.Fatal(err)
	}
	all := strings.Join([]string{"brand brand:N (ref)", "color any", "name Nova", "price 5 (number)"}, "|")
	for id, want := range map[string]string{
		"v1": "brand brand:N (ref)|color red|name Nova|price 5 (number)|sku v1|variant_of G (ref)",
		"v2": "brand brand:N (ref)|color any|name Two|price 7 (number)|variant_of G (ref)",
		"v3": "brand brand:N (ref)|color any|gtin 3|name Nova|price 5 (number)|variant_of G (ref)", "v4": all + "|variant_of G (ref)",
		"G": "brand brand:N (ref)|color any|high_price 9 (number)|name Nova|price 5 (number)|product_group_id g|varies_by color",
	} {
		var got []string
		for _, f := range facts(t, g) {
			if rest, ok := strings.CutPrefix(f, id+" "); ok {
				got = append(got, rest)
			}
		}
		if words := strings.Join(got, "|"); words != want {
			t.Errorf("%s: got %s\nwant %s", id, words, want)
		}
	}
}

func TestBadDocuments(t *testing.T) {
	node := func(s string) string { return "{" + head + s + "}" }
	for _, c := range []struct{ doc, want string }{
		{``, "not JSON"}, {`{"a":`, "not JSON: at byte 5"}, {`7`, "row 0: the row is no JSON object"}, {`["x"]`, "row 0: the row is no JSON object"},
		{`{"name":"A"}`, "row 0: none of its names has a meaning; is the @context missing?"},
		{`{"@context":"https://example.com/context.jsonld","@id":"a"}`, `the context "https://example.com/context.jsonld" is not schema.org's, and no other is fetched`},
		{`{"@context":"file:///etc/passwd","@id":"a"}`, "no other is fetched"}, {`{"@context":"/etc/passwd","@id":"a"}`, "no other is fetched"},
		{`{"@context":{"@import":"https://example.com/c","@version":1.1},"@id":"a"}`, "no other is fetched"},
		{`{"@context":"https://schema.org.example.com/","@id":"a"}`, "no other is fetched"},
		{`{"@context":"https://schema.org","name":"A"}`, "a thing has no @id, sku or other number"},
		{node(`"offers":{"@type":"Offer","price":"cheap"}`), `path offers/price: "cheap" is not a price`},
		{node(`"offers":{"@type":"Offer","price":"1,23"}`), `"1,23" is not a price`},
		{node(`"offers":"free"`), "path offers: an offer is wanted"},
		{node(`"aggregateRating":{"ratingValue":"good"}`), `path aggregateRating/ratingValue: "good" is not a number`},
		{node(`"additionalProperty":{"@type":"PropertyValue","value":5}`), "path additionalProperty: the property has no name"},
		{node(`"additionalProperty":{"@type":"PropertyValue","name":"x"}`), `the property "x" has no value`},
		{node(`"additionalProperty":{"@type":"PropertyValue","name":"x","value":"big","unitCode":"KGM"}`), `"big" is not a number, and the unit is kg`},
		{node(`"weight":{"@type":"QuantitativeValue","unitCode":"KGM"}`), "path weight: the quantity has no value"},
		{node(`"releaseDate":"soon"`), `path releaseDate: "soon" is not a date`},
		{node(`"isVariantOf":{"@id":"nowhere"}`), `path variant_of: its group "nowhere" is neither in the file nor in the graph`},
		{node(`"isVariantOf":{"@id":"q","isVariantOf":{"@id":"p"}}`), "variants in a circle: p -> q -> p"},
		{node(`"hasVariant":{"@id":"p"}`), "variants in a circle: p -> p"},
		{"{" + head + "\"name\":\"A\"}\n{\"@id\":\n", "row 1: not JSON"},
	} {
		good := `{"@context":"https://schema.org","@id":"good","name":"G"}`
		g := newGraph(t)
		_, err := Load(context.Background(), g, strings.NewReader(c.doc), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) || g.Len() != 0 {
			t.Errorf("%s: %v, %d facts; want %s", c.doc, err, g.Len(), c.want)
		}
		if strings.Contains(c.want, "not JSON") {
			continue
		}
		report, err := Load(context.Background(), g, strings.NewReader("["+c.doc+","+good+"]"), &Options{LoadOptions: kg.LoadOptions{SkipBadRows: true}})
		if err != nil || len(report.Errors) == 0 || !slices.Contains(facts(t, g), "good name G") {
			t.Errorf("%s beside a good row: %v, %+v, %d facts", c.doc, err, report, g.Len())
		}
	}
}

// Ids that tell where a thing stands must not grow with the square of a
// document.
func TestDepth(t *testing.T) {
	g := newGraph(t)
	opts := &Options{LoadOptions: kg.LoadOptions{Source: "s"}}
	for depth, bad := range map[int]bool{maxDepth: false, maxDepth + 1: true, 2000: true} {
		doc := "{" + head + strings.Repeat(`"isSimilarTo":{"name":"x",`, depth) + `"name":"y"` + strings.Repeat("}", depth+1)
		_, err := Load(context.Background(), g, strings.NewReader(doc), opts)
		if bad != (err != nil) || bad && !strings.Contains(err.Error(), "more than 64 things stand one within the other") {
			t.Errorf("%d things one within the other: %v", depth, err)
		}
	}
}

func TestOptions(t *testing.T) {
	ctx := context.Background()
	g := newGraph(t)
	opts := &Options{LoadOptions: kg.LoadOptions{Source: "shop", Replace: true}, Prefix: "p:",
		Kinds: map[string]string{"Product": "phone", "Brand": ""}, Predicates: map[string]string{"color": "colour", "award": ""}}
	first := `{"@context":"https://schema.org","@type":"Product","sku":"1","brand":"N","color":"red","award":"best"}`
	if _, err := Load(ctx, g, strings.NewReader(first), opts); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(facts(t, g), "|"), "p:1 brand p:brand:N (ref)|p:1 colour red|p:1 sku 1|p:brand:N name N"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if kinds, err := g.Domain(ctx, "", "kind"); err != nil || len(kinds) != 1 || kinds[0] != kg.Text("phone") {
		t.Errorf("kinds %v, %v", kinds, err)
	}
	report, err := Load(ctx, g, strings.NewReader(strings.Replace(first, "red", "blue", 1)), opts)
	if err != nil || report.Diff == nil || report.Diff.Things != (kg.DiffCount{Changed: 1}) || report.Diff.Values != (kg.DiffCount{Changed: 1}) {
		t.Errorf("%v, %+v", err, report.Diff)
	}
	opts.Shapes = []kg.Shape{{Kind: "phone", Properties: []kg.Property{{Predicate: "price", Required: true}}}}
	if _, err := Load(ctx, g, strings.NewReader(first), opts); err == nil || !strings.Contains(err.Error(), "row 0, path price: there is no value, and one is required") {
		t.Errorf("shapes: %v", err)
	}
}

func TestProgressAndCancel(t *testing.T) {
	doc := strings.Repeat(`{"@context":"https://schema.org","@type":"Product","sku":"1","name":"N"}`+"\n", 200)
	var seen []kg.Progress
	ctx, cancel := context.WithCancel(kg.WithProgress(context.Background(), func(p kg.Progress) { seen = append(seen, p) }))
	g := newGraph(t)
	if _, err := Load(ctx, g, strings.NewReader(doc), nil); err != nil {
		t.Fatal(err)
	}
	if last := seen[len(seen)-1]; len(seen) != 4 || last.Rows != 200 || last.Facts != 600 || last.Bytes != int64(len(doc)) {
		t.Errorf("%+v", seen)
	}
	g = newGraph(t)
	ctx = kg.WithProgress(ctx, func(kg.Progress) { cancel() })
	if _, err := Load(ctx, g, strings.NewReader(doc), nil); !errors.Is(err, context.Canceled) || g.Len() != 0 {
		t.Errorf("%v, %d facts", err, g.Len())
	}
	broken := errors.New("the line went dead")
	r := io.MultiReader(strings.NewReader(doc), errorReader{broken})
	if _, err := Load(context.Background(), g, r, nil); !errors.Is(err, broken) || g.Len() != 0 {
		t.Errorf("%v, %d facts", err, g.Len())
	}
}

type errorReader struct{ err error }

func (e errorReader) Read([]byte) (int, error) { return 0, e.err }

// TestLongNumbersAreExact loads products whose ids a float64 cannot hold.
func TestLongNumbersAreExact(t *testing.T) {
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	const doc = `[{"@context":"https://schema.org","@type":"Product","sku":1234567890123456781,"name":"A"},
		{"@context":"https://schema.org","@type":"Product","sku":1234567890123456782,"name":"B"}]`
	if _, err := Load(context.Background(), g, strings.NewReader(doc), nil); err != nil {
		t.Fatal(err)
	}
	hits, err := g.Find(context.Background(), kg.Query{Where: []kg.Condition{{Predicate: "name", Op: kg.Has}}})
	if err != nil || len(hits) != 2 || !strings.HasSuffix(hits[0].ID, "1234567890123456781") {
		t.Errorf("hits %v, %v", hits, err)
	}
}
