package dst

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// alike are words that users have for the same value: each row is one value in
// other words. A schema's own synonyms come first, and a word that is itself
// another value of the list, or a synonym of one, stands for that one alone.
var alike = newAlike(
	"cheap|inexpensive|low cost|low-cost|low priced|low-priced|affordable|economical|cheaply priced",
	"moderate|moderately priced|mid-range|mid range|midrange|medium priced|medium-priced|reasonably priced|reasonable|average priced|mid-priced|intermediate",
	"expensive|pricey|pricy|costly|high-end|high end|upscale|luxurious|top-end",
	"north|northern|north side|northern part", "south|southern|south side|southern part",
	"east|eastern|east side|eastern part", "west|western|west side|western part",
	"centre|center|central|downtown|city centre|city center|town centre|town center|middle of town",
	"large|big", "extra large|extra-large|xl", "medium|medium-sized|medium sized|mid-size|midsize",
	"vegetarian|veggie|meatless", "vegan|plant-based|plant based",
	"colour|color", "grey|gray", "theatre|theater", "jewellery|jewelry",
	"movie|film", "apartment|flat", "taxi|cab", "television|tv|telly",
	"non-smoking|non smoking|nonsmoking|smoke-free|smoke free", "round trip|round-trip|return trip", "one way|one-way|single trip",
	"便宜|实惠|低价|平价", "中等|适中|中档", "昂贵|高档|高端|豪华", "大号|大码", "中号|中码", "小号|小码",
	"市中心|城中心|中心城区", "素食|吃素|素的", "黑色|黑的", "白色|白的", "红色|红的", "蓝色|蓝的", "绿色|绿的", "灰色|灰的",
)

// newAlike maps each word to the others of its row.
func newAlike(rows ...string) map[string][]string {
	m := map[string][]string{}
	for _, row := range rows {
		words := strings.Split(row, "|")
		for _, w := range words {
			m[text.Key(w)] = words
		}
	}
	return m
}

// otherWords are the words for a value that users have besides its own
// spellings.
func (o Option) otherWords() []string {
	var out []string
	for _, s := range o.spellings() {
		out = append(out, alike[text.Key(s)]...)
	}
	return out
}
