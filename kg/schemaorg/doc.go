// Package schemaorg loads product data that stands in JSON-LD with the words of
// schema.org, as shops publish it, into a graph of package kg.
//
//	report, err := schemaorg.Load(ctx, g, file, &schemaorg.Options{
//		LoadOptions: kg.LoadOptions{Source: "shop.jsonld", Replace: true},
//		Kinds:       map[string]string{"Product": "phone"},
//	})
//
// # What becomes what
//
// Each node is a thing, called by its @id, else by its stock number (sku,
// productID, gtin, mpn), a brand or an organisation by its name, anything else
// by its place under the source. A reference may name a thing by its stock
// number where the thing itself has an @id. Types are kinds and properties are
// predicates, both in snake case, and texts keep their language: a name tagged
// @zh is a value of name@zh. What differs:
//
//	Offer, AggregateOffer      price (a number in its currency; of an AggregateOffer the lowest), high_price,
//	                           list_price, availability ("in_stock") and in_stock (true), of the product itself
//	AggregateRating            rating, best_rating, rating_count, review_count of what is rated
//	additionalProperty         the name is the predicate, the value a number with its unit
//	QuantitativeValue          a number with its unit; the ends of a range under …_min and …_max
//	hasVariant, isVariantOf, inProductGroupWithID
//	                           variant_of; the variant has what its group has and it lacks, but for numbers such as sku
//	isAccessoryOrSparePartFor  accessory_of
//	isSimilarTo, isRelatedTo   similar_to, related_to
//	alternateName              alias
//	brand and the like         a thing of that name, where only a text stands
//	image, url, logo           the address, as a text
//	FAQPage                    things of kind question, which have answer (a thing) and answer_text
//	HowTo                      step leads to the steps, which have their position as a number
//	dates, durations           times, and numbers in minutes
//
// A remote context other than schema.org's is an error: nothing is fetched.
package schemaorg
