package schemaorg

import (
	"strings"
	"unicode"
)

// predicates are the names that graphs use for properties of schema.org; other
// properties are called by their own, in snake case.
var predicates = map[string]string{
	"isAccessoryOrSparePartFor": "accessory_of",
	"isConsumableFor":           "consumable_of",
	"isSimilarTo":               "similar_to",
	"isRelatedTo":               "related_to",
	"isVariantOf":               "variant_of",
	"alternateName":             "alias",
	"acceptedAnswer":            "answer",
	"suggestedAnswer":           "suggested_answer",
	"itemCondition":             "condition",
	"mainEntity":                "main_entity",
}

// Properties whose strings are codes: a language of the document says nothing
// about them.
var codes = words(`sku gtin gtin8 gtin12 gtin13 gtin14 mpn productID productGroupID inProductGroupWithID identifier isbn
	serialNumber priceCurrency currency unitCode unitText propertyID telephone email postalCode url image logo sameAs`)

// Properties whose IRIs are addresses to show and not things to follow.
var addresses = words("url image logo sameAs contentUrl thumbnailUrl mainEntityOfPage")

// Properties whose values are numbers even where a string stands.
var numbers = words(`price lowPrice highPrice offerCount ratingValue ratingCount reviewCount bestRating worstRating
	position minValue maxValue minPrice maxPrice`)

// Types of literals that are numbers, of XML Schema and of schema.org.
var numberTypes = words("double float decimal integer int long Number Integer Float")

// Properties whose values are times even where no type says so.
var times = words(`releaseDate productionDate purchaseDate datePublished dateModified dateCreated priceValidUntil
	validFrom validThrough availabilityStarts availabilityEnds uploadDate`)

// Properties that hold a measure, which may be a string such as "1.2 kg".
var measures = words("weight width height depth size")

// Properties that hold a duration of ISO 8601.
var durations = words("totalTime prepTime performTime cookTime duration")

// own are the predicates that say which thing a variant or a group is, or what
// a group says of all its variants together.
var own = []string{"sku", "gtin", "gtin8", "gtin12", "gtin13", "gtin14", "mpn", "product_id", "product_group_id", "isbn",
	"serial_number", "identifier", "varies_by", "high_price", "offer_count", "url"}

// identities are the properties after which a thing without @id is called, the
// best first.
var identities = []string{"sku", "productID", "gtin", "gtin14", "gtin13", "gtin12", "gtin8", "mpn", "isbn", "url"}

// unitCodes are the common codes of UN/CEFACT Recommendation 20. Other codes
// are units of their own.
var unitCodes = map[string]string{
	"C62": "", "KGM": "kg", "GRM": "g", "MGM": "mg", "LBR": "lb", "ONZ": "oz", "MMT": "mm", "CMT": "cm", "MTR": "m", "KMT": "km",
	"INH": "inch", "FOT": "ft", "MLT": "ml", "LTR": "L", "WTT": "W", "KWT": "kW", "AMH": "Ah", "E09": "mAh", "HTZ": "Hz", "MHZ": "MHz",
	"A86": "GHz", "SEC": "s", "MIN": "min", "HUR": "h", "DAY": "day", "AD": "B", "2P": "KB", "4L": "MB", "E34": "GB", "E35": "TB",
	"P1": "%", "VLT": "V", "AMP": "A", "WHR": "Wh", "CEL": "°C", "MON": "month", "ANN": "year", "WEE": "week", "4K": "mA",
}

// stock says of an availability whether there is something to sell.
var stock = map[string]bool{"in_stock": true, "limited_availability": true, "online_only": true, "in_store_only": true,
	"out_of_stock": false, "sold_out": false, "discontinued": false}

func words(s string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(s) {
		set[w] = true
	}
	return set
}

// snake writes a name of schema.org in snake case: FAQPage is faq_page.
func snake(name string) string {
	runes := []rune(name)
	var b strings.Builder
	for i, r := range runes {
		if unicode.IsUpper(r) && i > 0 && runes[i-1] != '_' &&
			(!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
