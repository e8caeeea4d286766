package kgbench

import (
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// The sizes of a catalogue. Brands and categories grow with it, so that a brand
// and a category have as many products in a large catalogue as in a small one.
const (
	perBrand    = 500  // products of a brand, on average
	perCategory = 2000 // products of a category, on average
	perParent   = 3    // brands of a company
	sideShare   = 0.15 // of a brand's products that are in its second category
	prices      = 20_000
)

// product is one generated product, in numbers.
type product struct {
	brand, category, serial int32 // serial counts the products of its brand
	price, released         int32 // CNY; days since 2015
	fits                    int32 // of an accessory, the product that it fits
	colour, storage, rating uint8
}

// catalogue is a generated shop: the same for the same size.
type catalogue struct {
	products                   []product
	brands, categories, owners int
}

// colours with the share of each in percent.
var colours = []struct {
	name  string
	share int
}{{"black", 22}, {"white", 16}, {"silver", 13}, {"blue", 11}, {"grey", 9}, {"gold", 8},
	{"red", 6}, {"green", 5}, {"pink", 4}, {"purple", 3}, {"orange", 2}, {"yellow", 1}}

// kinds, the devices before the accessories.
var kinds = []string{"phone", "laptop", "tablet", "camera", "watch", "case", "charger", "cable"}

const devices = 5 // the first of kinds

var countries = []string{"中国", "Japan", "USA", "Deutschland", "대한민국", "France", "Sverige", "中国"}

func newCatalogue(n int) *catalogue {
	c := &catalogue{
		products: make([]product, n),
		brands:   max(n/perBrand, 6), categories: max(n/perCategory, 4),
	}
	c.owners = max(c.brands/perParent, 2)
	r := rand.New(rand.NewPCG(1, uint64(n)))
	serials := make([]int32, c.brands)
	for i := range c.products {
		p := &c.products[i]
		p.brand = int32(c.drawBrand(r))
		p.serial = serials[p.brand]
		serials[p.brand]++
		p.category = int32(c.home(int(p.brand)))
		if r.Float64() < sideShare {
			p.category = int32(c.side(int(p.brand)))
		}
		p.colour = drawColour(r)
		u := r.Float64()
		p.price = 9 + int32(u*u*prices) // many cheap things, few dear ones
		p.storage = uint8(r.IntN(6))
		p.rating = uint8(r.IntN(41))
		p.released = int32(r.IntN(4000))
		p.fits = int32(r.IntN(n))
	}
	return c
}

// drawBrand draws a brand; of three, one is twice and one three times as large
// as the smallest.
func (c *catalogue) drawBrand(r *rand.Rand) int {
	for {
		if b := r.IntN(c.brands); r.IntN(3) <= b%3 {
			return b
		}
	}
}

func drawColour(r *rand.Rand) uint8 {
	x := r.IntN(100)
	for i, c := range colours {
		if x -= c.share; x < 0 {
			return uint8(i)
		}
	}
	return 0
}

// home is the category of most products of a brand, side that of the others,
// which is of another kind.
func (c *catalogue) home(brand int) int { return brand % c.categories }
func (c *catalogue) side(brand int) int {
	return (c.home(brand) + 1 + brand/c.categories%3) % c.categories
}

func (c *catalogue) kind(category int32) string { return kinds[int(category)%len(kinds)] }

func (c *catalogue) owner(brand int) int { return brand % c.owners }

// Ids have leading zeros, so that they lie in the order of the numbers.
func productID(i int) string  { return fmt.Sprintf("sku%07d", i) }
func brandID(i int) string    { return fmt.Sprintf("brand%05d", i) }
func categoryID(i int) string { return fmt.Sprintf("cat%04d", i) }
func ownerID(i int) string    { return fmt.Sprintf("co%05d", i) }

// factsOfProduct are those that each product has.
const factsOfProduct = 12

// facts returns all facts of the catalogue in strings of their own.
func (c *catalogue) facts() []kg.Fact {
	out := make([]kg.Fact, 0, len(c.products)*factsOfProduct+c.brands*4+c.categories*2+c.owners*2)
	add := func(subject, predicate string, v kg.Value) {
		out = append(out, kg.Fact{Subject: subject, Predicate: predicate, Object: v})
	}
	refs := func(n int, id func(int) string) []kg.Value {
		list := make([]kg.Value, n)
		for i := range list {
			list[i] = kg.Ref(id(i))
		}
		return list
	}
	owners, brands, categories := refs(c.owners, ownerID), refs(c.brands, brandID), refs(c.categories, categoryID)
	for i, o := range owners {
		id, _ := o.ID()
		add(id, "name", kg.Text(brandName(i+c.brands)+" Group"))
		add(id, "country", kg.Text(countries[i%len(countries)]))
	}
	for i, b := range brands {
		id, _ := b.ID()
		add(id, "name", kg.Text(brandName(i)))
		add(id, "name@zh", kg.Text(brandNameZH(i)))
		add(id, "parent", owners[c.owner(i)])
		add(id, "country", kg.Text(countries[i*5%len(countries)]))
	}
	for i, k := range categories {
		id, _ := k.ID()
		add(id, "name", kg.Text(categoryName(i)))
		add(id, "group", kg.Text(c.kind(int32(i))))
	}
	for i := range c.products {
		out = c.appendProduct(out, i, brands, categories)
	}
	return out
}

// productFacts returns the facts of one product.
func (c *catalogue) productFacts(i int) []kg.Fact {
	p := &c.products[i]
	brands, categories := make([]kg.Value, c.brands), make([]kg.Value, c.categories)
	brands[p.brand], categories[p.category] = kg.Ref(brandID(int(p.brand))), kg.Ref(categoryID(int(p.category)))
	return c.appendProduct(nil, i, brands, categories)
}

func (c *catalogue) appendProduct(out []kg.Fact, i int, brands, categories []kg.Value) []kg.Fact {
	p, id := &c.products[i], productID(i)
	add := func(predicate string, v kg.Value) {
		out = append(out, kg.Fact{Subject: id, Predicate: predicate, Object: v})
	}
	kind := c.kind(p.category)
	add("kind", kg.Text(kind))
	add("name", kg.Text(productName(p)))
	if i%3 > 0 {
		add("name@zh", kg.Text(productNameZH(p)))
	} else {
		add("alias", kg.Text(modelNumber(p)))
	}
	add("brand", brands[p.brand])
	add("category", categories[p.category])
	add("colour", kg.Text(colours[p.colour].name))
	add("price", kg.Num(float64(p.price), "CNY"))
	add("points", kg.Num(float64(p.price), "")) // one a yuan; cayley compares no amounts with units
	add("rating", kg.Num(1+float64(p.rating)/10, ""))
	add("released", kg.Time(time.Date(2015, 1, 1+int(p.released), 0, 0, 0, 0, time.UTC)))
	if int(p.category)%len(kinds) < devices {
		add("storage", kg.Num(float64(int(32)<<p.storage), "GB"))
		add("screen", kg.Num(4+float64(p.released%120)/10, "inch"))
	} else {
		add("accessory_of", kg.Ref(productID(int(p.fits))))
		add("weight", kg.Num(float64(10+p.released%990), "g"))
	}
	return out
}

// revise gives a product other values in all its facts.
func (c *catalogue) revise(i int) {
	p := &c.products[i]
	p.brand = int32((int(p.brand) + 1) % c.brands)
	p.serial += revised
	if p.category = int32(c.home(int(p.brand))); p.serial/revised%2 == 0 {
		p.category = int32(c.side(int(p.brand)))
	}
	p.colour = uint8((int(p.colour) + 1) % len(colours))
	p.storage = (p.storage + 1) % 6
	p.rating = (p.rating + 1) % 41
	p.price++
	p.released++
	p.fits = (p.fits + 1) % int32(len(c.products))
}

// revised is more than the serials that a brand of a new catalogue has.
const revised = 100_000
