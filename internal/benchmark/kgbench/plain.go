package kgbench

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sort"

	"github.com/slotgraph/slotgraph/kg"
)

// plain is what a developer would write by hand for this one catalogue: things
// by number in the order of their ids, texts and numbers by predicate, lists of
// things by value, and sorted columns. It has one value a predicate, takes
// numbers in one unit, and is not safe for concurrent writes.
type plain struct {
	nums    map[string]int32
	ids     []string
	texts   map[string][]string           // predicate -> by number; "" is none
	things  map[string]map[string][]int32 // predicate -> value -> numbers, ascending
	figures map[string][]float64          // predicate -> by number; NaN is none
	sorted  map[string]*sortedColumn
	names   map[string][]int32 // folded name -> numbers

	list   []string
	counts []count
	n      int
	text   string
}

// sortedColumn is the numbers of a predicate, ascending, then by thing.
type sortedColumn struct {
	values []float64
	nums   []int32
}

func loadPlain(facts []kg.Fact) *plain {
	p := &plain{nums: map[string]int32{}, texts: map[string][]string{}, things: map[string]map[string][]int32{},
		figures: map[string][]float64{}, sorted: map[string]*sortedColumn{}, names: map[string][]int32{}}
	for _, f := range facts {
		if _, ok := p.nums[f.Subject]; !ok {
			p.nums[f.Subject] = 0
			p.ids = append(p.ids, f.Subject)
		}
	}
	slices.Sort(p.ids)
	p.ids = slices.Clip(p.ids)
	for i, id := range p.ids {
		p.nums[id] = int32(i)
	}
	for _, f := range facts {
		p.put(f)
	}
	for predicate, byValue := range p.things {
		for _, list := range byValue {
			slices.Sort(list)
		}
		if isName(predicate) {
			p.addNames(predicate)
		}
	}
	for predicate, values := range p.figures {
		p.sorted[predicate] = sortColumn(values)
	}
	return p
}

func isName(predicate string) bool {
	return predicate == "name" || predicate == "name@zh" || predicate == "alias"
}

func (p *plain) put(f kg.Fact) {
	n := p.nums[f.Subject]
	if x, ok := figure(f.Object); ok {
		if p.figures[f.Predicate] == nil {
			list := make([]float64, len(p.ids))
			for i := range list {
				list[i] = math.NaN()
			}
			p.figures[f.Predicate] = list
		}
		p.figures[f.Predicate][n] = x
		return
	}
	if p.texts[f.Predicate] == nil {
		p.texts[f.Predicate] = make([]string, len(p.ids))
		p.things[f.Predicate] = map[string][]int32{}
	}
	text := f.Object.String()
	p.texts[f.Predicate][n] = text
	p.things[f.Predicate][text] = append(p.things[f.Predicate][text], n)
}

// figure returns a number, or a time in seconds.
func figure(v kg.Value) (float64, bool) {
	if t, ok := v.Time(); ok {
		return float64(t.Unix()), true
	}
	x, _, ok := v.Number()
	return x, ok
}

func sortColumn(values []float64) *sortedColumn {
	c := &sortedColumn{}
	for n, x := range values {
		if !math.IsNaN(x) {
			c.nums = append(c.nums, int32(n))
		}
	}
	slices.SortFunc(c.nums, func(a, b int32) int { return cmp.Or(cmp.Compare(values[a], values[b]), cmp.Compare(a, b)) })
	c.nums = slices.Clip(c.nums)
	c.values = make([]float64, len(c.nums))
	for i, n := range c.nums {
		c.values[i] = values[n]
	}
	return c
}

// meet returns what lists of ascending numbers have in common.
func meet(lists ...[]int32) []int32 {
	slices.SortFunc(lists, func(a, b []int32) int { return len(a) - len(b) })
	out := slices.Clone(lists[0])
	for _, list := range lists[1:] {
		kept := out[:0]
		for _, n := range out {
			at := gallop(list, n)
			if list = list[at:]; len(list) > 0 && list[0] == n {
				kept = append(kept, n)
			}
		}
		out = kept
	}
	return out
}

// gallop returns the place of the first number that is not below n, looking
// near the start first.
func gallop(list []int32, n int32) int {
	end := 1
	for end < len(list) && list[end] < n {
		end *= 2
	}
	at, _ := slices.BinarySearch(list[end/2:min(end+1, len(list))], n)
	return end/2 + at
}

func (p *plain) three(q *question) []int32 {
	return meet(p.things["brand"][q.brand], p.things["category"][q.category], p.things["colour"][q.colour])
}

func (p *plain) name(nums []int32) []string {
	out := make([]string, len(nums))
	for i, n := range nums {
		out[i] = p.ids[n]
	}
	return out
}

// cheap keeps what costs at most so much.
func (p *plain) cheap(nums []int32, most float64) []int32 {
	price := p.figures["price"]
	return slices.DeleteFunc(nums, func(n int32) bool { return !(price[n] <= most) })
}

func (p *plain) reverse(q *question) []int32 {
	var out []int32
	kind := p.texts["kind"]
	for _, brand := range p.things["parent"][q.owner] {
		for _, n := range p.things["brand"][p.ids[brand]] {
			if kind[n] == q.kind {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

func (p *plain) facets(q *question) []count {
	price, colour := p.figures["price"], p.texts["colour"]
	counts := map[string]int{}
	for _, n := range p.things["category"][q.shelf] {
		if price[n] <= q.price {
			counts[colour[n]]++
		}
	}
	out := make([]count, 0, len(counts))
	for v, n := range counts {
		out = append(out, count{v, n})
	}
	slices.SortFunc(out, byCount)
	return out
}

func (p *plain) rival() *rival {
	do := func(fn func(q *question)) func(context.Context, *question) error {
		return func(_ context.Context, q *question) error { fn(q); return nil }
	}
	return &rival{name: plainName, update: p.update, close: func() error { return nil }, probes: map[string]probe{
		oneHop: {do(func(q *question) { p.text = p.texts["brand"][p.nums[q.product]] }), one(&p.text)},
		twoHops: {do(func(q *question) {
			p.text = p.texts["country"][p.nums[p.texts["brand"][p.nums[q.product]]]]
		}), one(&p.text)},
		three:      {do(func(q *question) { p.list = p.name(p.three(q)) }), ids(&p.list)},
		threeRange: {do(func(q *question) { p.list = p.name(p.cheap(p.three(q), q.price)) }), ids(&p.list)},
		rangeCount: {do(func(q *question) {
			values := p.sorted["price"].values
			p.n = sort.Search(len(values), func(i int) bool { return values[i] > q.any })
		}), number(&p.n)},
		rangeFirst: {do(func(q *question) {
			c := p.sorted["price"]
			at := sort.SearchFloat64s(c.values, q.any)
			p.list = p.name(c.nums[at:min(at+10, len(c.nums))])
		}), func() []string { return p.list }},
		reverseHops: {do(func(q *question) { p.list = p.name(p.reverse(q)) }), ids(&p.list)},
		facets:      {do(func(q *question) { p.counts = p.facets(q) }), tally(&p.counts)},
		linkEnglish: {do(func(q *question) { p.text = p.link(q.english, q.named) }), one(&p.text)},
		linkChinese: {do(func(q *question) { p.text = p.link(q.chinese, q.namedZH) }), one(&p.text)},
	}}
}
