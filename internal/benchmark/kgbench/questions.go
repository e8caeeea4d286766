package kgbench

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// A question is the arguments of one query of each form.
type question struct {
	product         string // of the hops
	brand, category string // of the conditions, those of a product
	colour          string
	price           float64 // CNY, of the range beside conditions
	any             float64 // CNY, of the range over all
	kind, owner     string  // of the reverse hops
	shelf           string  // category of the facets
	named           string  // product that the sentences name
	english         string
	chinese         string
	namedZH         string
}

// asked is how many different questions there are: enough that what they touch
// does not stay in the fastest caches.
const asked = 4096

// questions draws arguments from the catalogue, so that every query has hits,
// as queries of customers who look at a shop's own menus do.
func (c *catalogue) questions() []question {
	r := rand.New(rand.NewPCG(3, uint64(len(c.products))))
	pairs := c.sideLines()
	out := make([]question, asked)
	for i := range out {
		n := r.IntN(len(c.products))
		p := &c.products[n]
		pair := pairs[r.IntN(len(pairs))]
		named := r.IntN(len(c.products))
		zh := r.IntN(len(c.products)/3)*3 + 1 // one with a Chinese name
		out[i] = question{
			product: productID(r.IntN(len(c.products))),
			brand:   brandID(int(p.brand)), category: categoryID(int(p.category)), colour: colours[p.colour].name,
			price: float64(9 + prices/8 + r.IntN(prices/4)),
			any:   float64(c.products[r.IntN(len(c.products))].price),
			kind:  kinds[pair.kind], owner: ownerID(pair.owner),
			shelf:   categoryID(r.IntN(c.categories)),
			named:   productID(named),
			english: fmt.Sprintf("hi, do you still have the %s in stock", productName(&c.products[named])),
			namedZH: productID(zh),
			chinese: fmt.Sprintf("你好，请问%s现在还有货吗，我想今天就下单", productNameZH(&c.products[zh])),
		}
	}
	return out
}

// ownerKind is a company and a kind of things that its brands make.
type ownerKind struct{ owner, kind int }

// sideLines returns companies whose brands make a kind of things as a side
// line: 20 to 150 products, or as near to that as there is.
func (c *catalogue) sideLines() []ownerKind {
	counts := make([]int, c.owners*len(kinds))
	for i := range c.products {
		p := &c.products[i]
		counts[c.owner(int(p.brand))*len(kinds)+int(p.category)%len(kinds)]++
	}
	var out, rest []ownerKind
	for i, n := range counts {
		switch pair := (ownerKind{i / len(kinds), i % len(kinds)}); {
		case n >= 20 && n <= 150:
			out = append(out, pair)
		case n > 0:
			rest = append(rest, pair)
		}
	}
	if len(out) == 0 {
		slices.SortStableFunc(rest, func(a, b ownerKind) int {
			return counts[a.owner*len(kinds)+a.kind] - counts[b.owner*len(kinds)+b.kind]
		})
		return rest[:1]
	}
	return out
}
