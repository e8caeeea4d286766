package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/tidwall/gjson"
)

// readShopData returns one JSON file of the demo shop and fails the test where
// it is missing, is no JSON, or does not say that it is demo data.
func readShopData(t *testing.T, name string) gjson.Result {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("data", name))
	if err != nil {
		t.Fatalf("read the demo data: %v", err)
	}
	var any json.RawMessage
	if err := json.Unmarshal(raw, &any); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	doc := gjson.ParseBytes(raw)
	if note := doc.Get("note").String(); !strings.Contains(strings.ToLower(note), "demo") {
		t.Errorf("%s: the note %q does not mark the file as demo data", name, note)
	}
	return doc
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// wordKey is the form in which two texts count as the same utterance.
func wordKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// inBothLanguages checks a {"en": …, "zh": …} pair of texts.
func inBothLanguages(t *testing.T, where string, v gjson.Result) {
	t.Helper()
	en, zh := v.Get("en").String(), v.Get("zh").String()
	if strings.TrimSpace(en) == "" || hasHan(en) {
		t.Errorf("%s: English text %q", where, en)
	}
	if strings.TrimSpace(zh) == "" {
		t.Errorf("%s: no Chinese text", where)
	}
}

func stringSet(v gjson.Result) map[string]bool {
	set := map[string]bool{}
	for _, s := range v.Array() {
		set[s.String()] = true
	}
	return set
}

func productsBySKU(t *testing.T, catalogue gjson.Result) map[string]gjson.Result {
	t.Helper()
	bySKU := map[string]gjson.Result{}
	for _, p := range catalogue.Get("products").Array() {
		sku := p.Get("sku").String()
		if _, twice := bySKU[sku]; twice || sku == "" {
			t.Errorf("sku %q is empty or used twice", sku)
		}
		bySKU[sku] = p
	}
	return bySKU
}

func TestCatalogueSize(t *testing.T) {
	catalogue := readShopData(t, "catalogue.json")
	count := map[string]int{}
	for _, p := range productsBySKU(t, catalogue) {
		count[p.Get("category").String()]++
	}
	least := map[string]int{"phone": 45, "laptop": 35, "tablet": 15, "accessory": 40}
	for category, n := range least {
		if count[category] < n {
			t.Errorf("%d products of category %s, want at least %d", count[category], category, n)
		}
	}
	if len(count) != len(least) {
		t.Errorf("categories %v, want the four of %v", count, least)
	}
}

// numberRange holds the bounds, both included, of a field of a category.
type numberRange struct {
	category, path string
	least, most    float64
}

var catalogueRanges = []numberRange{
	{"phone", "price.amount", 800, 13000}, {"phone", "specs.memory_gb", 4, 16},
	{"phone", "specs.storage_gb", 64, 1024}, {"phone", "specs.screen_inch", 4.5, 8},
	{"phone", "specs.weight_g", 130, 260}, {"phone", "specs.battery_mah", 2000, 7000},
	{"phone", "specs.refresh_hz", 60, 165}, {"phone", "specs.camera_mp", 12, 200},
	{"phone", "specs.charge_w", 10, 150},
	{"laptop", "price.amount", 2400, 25000}, {"laptop", "specs.memory_gb", 8, 64},
	{"laptop", "specs.storage_gb", 128, 4096}, {"laptop", "specs.screen_inch", 11, 18},
	{"laptop", "specs.weight_g", 900, 3500}, {"laptop", "specs.battery_hours", 3, 24},
	{"laptop", "specs.refresh_hz", 60, 360},
	{"tablet", "price.amount", 800, 13000}, {"tablet", "specs.memory_gb", 4, 16},
	{"tablet", "specs.screen_inch", 8, 14}, {"tablet", "specs.weight_g", 250, 950},
	{"tablet", "specs.battery_mah", 5000, 12000},
	{"accessory", "price.amount", 19, 2500}, {"accessory", "specs.weight_g", 10, 900},
	{"", "rating", 3.5, 5}, {"", "sold", 1, 1e6}, {"", "warranty_months", 3, 36}, {"", "stock_count", 0, 1000},
}

func TestCatalogueNumbers(t *testing.T) {
	for sku, p := range productsBySKU(t, readShopData(t, "catalogue.json")) {
		for _, r := range catalogueRanges {
			if r.category != "" && r.category != p.Get("category").String() {
				continue
			}
			v := p.Get(r.path)
			if v.Type != gjson.Number || v.Float() < r.least || v.Float() > r.most {
				t.Errorf("%s: %s is %q, want a number from %v to %v", sku, r.path, v.Raw, r.least, r.most)
			}
		}
		if p.Get("in_stock").Bool() != (p.Get("stock_count").Int() > 0) {
			t.Errorf("%s: in_stock contradicts stock_count", sku)
		}
		if p.Get("price.currency").String() != "CNY" {
			t.Errorf("%s: price without its currency", sku)
		}
		if _, err := time.Parse(time.DateOnly, p.Get("released").String()); err != nil {
			t.Errorf("%s: released: %v", sku, err)
		}
	}
}

func TestCatalogueTexts(t *testing.T) {
	words := map[string]bool{}
	synonyms := readShopData(t, "synonyms.json")
	for _, class := range []string{"categories", "accessory_types", "series"} {
		synonyms.Get(class).ForEach(func(_, entry gjson.Result) bool {
			for _, w := range append(entry.Get("en").Array(), entry.Get("zh").Array()...) {
				words[wordKey(w.String())] = true
			}
			return true
		})
	}
	for sku, p := range productsBySKU(t, readShopData(t, "catalogue.json")) {
		inBothLanguages(t, sku+" name", p.Get("name"))
		inBothLanguages(t, sku+" description", p.Get("description"))
		if !hasHan(p.Get("description.zh").String()) {
			t.Errorf("%s: the Chinese description holds no Chinese", sku)
		}
		if len(p.Get("aliases").Array()) == 0 {
			t.Errorf("%s: no aliases", sku)
		}
		for _, a := range p.Get("aliases").Array() {
			// A word for a kind of product must not name one product.
			if key := wordKey(a.String()); key == "" || words[key] {
				t.Errorf("%s: the alias %q is empty or names a whole kind of product", sku, a)
			}
		}
	}
}

func TestCatalogueReferences(t *testing.T) {
	bySKU := productsBySKU(t, readShopData(t, "catalogue.json"))
	brands := map[string]bool{}
	for _, b := range readShopData(t, "brands.json").Get("brands").Array() {
		id := b.Get("id").String()
		if brands[id] || id == "" || len(b.Get("country").String()) != 2 {
			t.Errorf("brand %q: id empty or used twice, or no country code", id)
		}
		brands[id] = true
		inBothLanguages(t, "brand "+id, b.Get("name"))
	}
	for sku, p := range bySKU {
		if !brands[p.Get("brand").String()] {
			t.Errorf("%s: unknown brand %q", sku, p.Get("brand"))
		}
		for _, s := range p.Get("similar").Array() {
			other, known := bySKU[s.String()]
			if !known || s.String() == sku || other.Get("category").String() != p.Get("category").String() {
				t.Errorf("%s: similar product %q is unknown, itself, or of another category", sku, s)
			}
		}
		if p.Get("category").String() == "accessory" {
			checkFits(t, bySKU, sku, p)
		} else if len(p.Get("similar").Array()) == 0 {
			t.Errorf("%s: no similar products", sku)
		}
	}
}

// checkFits checks that an accessory fits known products, and that they have
// the port it is plugged into.
func checkFits(t *testing.T, bySKU map[string]gjson.Result, sku string, p gjson.Result) {
	t.Helper()
	if len(p.Get("accessory_of").Array()) == 0 {
		t.Errorf("%s: fits no product", sku)
	}
	port := p.Get("fits_port").String()
	for _, s := range p.Get("accessory_of").Array() {
		device, known := bySKU[s.String()]
		if !known || s.String() == sku {
			t.Errorf("%s: fits %q, which is unknown or itself", sku, s)
		} else if port != "" && !stringSet(device.Get("specs.ports"))[port] {
			t.Errorf("%s: is plugged into %s, which %s lacks", sku, port, s)
		}
	}
}

// vocabularies names the class of synonyms.json that holds a field's values.
var vocabularies = map[string]string{
	"category": "categories", "type": "accessory_types", "series": "series", "colours": "colours",
	"features": "features", "uses": "uses", "specs.os": "os", "specs.ports": "ports",
	"fits_port": "ports", "specs.material": "materials",
}

func TestVocabularyCoversCatalogue(t *testing.T) {
	synonyms := readShopData(t, "synonyms.json")
	covered := func(where, class, value string) {
		entry := synonyms.Get(class).Get(gjson.Escape(value))
		if len(entry.Get("en").Array()) == 0 || len(entry.Get("zh").Array()) == 0 {
			t.Errorf("%s: synonyms.json has no words for %s %q in both languages", where, class, value)
		}
	}
	for sku, p := range productsBySKU(t, readShopData(t, "catalogue.json")) {
		for path, class := range vocabularies {
			for _, v := range p.Get(path).Array() {
				covered(sku, class, v.String())
			}
		}
		p.ForEach(func(field, _ gjson.Result) bool {
			if f := field.String(); f != "sku" && f != "aliases" && f != "specs" {
				covered(sku, "attributes", f)
			}
			return true
		})
		p.Get("specs").ForEach(func(field, _ gjson.Result) bool {
			covered(sku, "attributes", field.String())
			return true
		})
	}
}

func TestVocabularyIsUnambiguous(t *testing.T) {
	readShopData(t, "synonyms.json").ForEach(func(class, entries gjson.Result) bool {
		owner := map[string]string{}
		entries.ForEach(func(id, entry gjson.Result) bool {
			for _, w := range append(entry.Get("en").Array(), entry.Get("zh").Array()...) {
				word := strings.ToLower(w.String())
				if other, taken := owner[word]; taken && other != id.String() {
					t.Errorf("%s: %q means both %s and %s", class, word, other, id)
				}
				owner[word] = id.String()
			}
			return true
		})
		return true
	})
}

// TestCatalogueAnswersTypicalQueries keeps the prices and uses spread so that
// the questions of a demo find several products to choose between.
func TestCatalogueAnswersTypicalQueries(t *testing.T) {
	products := readShopData(t, "catalogue.json").Get("products")
	for query, least := range map[string]int{
		`#(category=="laptop")#|#(uses.#(=="gaming"))#|#(price.amount<=9000)#|#(brand!="lenovo")#`:     4,
		`#(category=="laptop")#|#(price.amount<=4000)#|#(specs.memory_gb>=16)#`:                        3,
		`#(category=="laptop")#|#(specs.weight_g<=1300)#|#(uses.#(=="travel"))#`:                       4,
		`#(category=="phone")#|#(uses.#(=="photography"))#|#(price.amount<=3000)#`:                     4,
		`#(category=="phone")#|#(uses.#(=="seniors"))#|#(price.amount<=1500)#`:                         4,
		`#(category=="phone")#|#(features.#(=="foldable"))#`:                                           4,
		`#(category=="phone")#|#(price.amount<=4500)#|#(specs.memory_gb>=12)#|#(colours.#(=="blue"))#`: 3,
		`#(category=="tablet")#|#(features.#(=="stylus"))#|#(price.amount<=3000)#`:                     4,
		`#(type=="earbuds")#|#(features.#(=="noise_cancelling"))#|#(price.amount<=1500)#`:              3,
		`#(accessory_of.#(=="iphone-15-128"))#`:                                                        8,
	} {
		if n := len(products.Get(query).Array()); n < least {
			t.Errorf("%s finds %d products, want at least %d", query, n, least)
		}
	}
}
