package kgbench

import "github.com/slotgraph/slotgraph/kg"

// Facts returns the facts of the generated catalogue of n products: the same
// for the same n. Products have a kind, names in both languages, a brand, a
// category, a colour, a price and more.
func Facts(n int) []kg.Fact { return newCatalogue(n).facts() }
