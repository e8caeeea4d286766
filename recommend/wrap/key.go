package wrap

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// Key is the hash of a request without what its text does not depend on: where
// facts come from, and what scores are made of. Requests that are worded alike
// have the same key.
func Key(r recommend.Request) string {
	sum := sha256.Sum256(canonical(r))
	return hex.EncodeToString(sum[:])
}

// canonical is the JSON of a request as [Key] sees it.
func canonical(r recommend.Request) []byte {
	r.Wishes, r.Facts, r.Items = bareFacts(r.Wishes), bareFacts(r.Facts), bareItems(r.Items)
	r.Steps = slices.Clone(r.Steps)
	for i := range r.Steps {
		s := &r.Steps[i]
		s.Facts, s.Bounds, s.Items = bareFacts(s.Facts), bareFacts(s.Bounds), bareItems(s.Items)
	}
	b, err := json.Marshal(r)
	if err != nil {
		return []byte(err.Error()) // cannot be: a request is texts and numbers, but for scores, which are gone
	}
	return b
}

func bareFacts(facts []recommend.Fact) []recommend.Fact {
	facts = slices.Clone(facts)
	for i := range facts {
		facts[i].Source = kg.Fact{}
	}
	return facts
}

func bareItems(items []recommend.Item) []recommend.Item {
	items = slices.Clone(items)
	for i := range items {
		items[i].Score, items[i].Why, items[i].Terms = 0, nil, nil
		items[i].Show = bareFacts(items[i].Show)
	}
	return items
}
