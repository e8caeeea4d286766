package kgbench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/slotgraph/slotgraph/kg"
)

// The forms of query, in the order of the table.
const (
	oneHop      = "one_hop"
	twoHops     = "two_hops"
	three       = "three_conditions"
	threeRange  = "three_conditions_range"
	rangeCount  = "range_over_all_count"
	rangeFirst  = "range_over_all_first_ten"
	reverseHops = "reverse_two_hops"
	facets      = "facets"
	linkEnglish = "link_english"
	linkChinese = "link_chinese"
)

var forms = []string{oneHop, twoHops, three, threeRange, rangeCount, rangeFirst, reverseHops, facets, linkEnglish, linkChinese}

// A probe is one form of query as one rival answers it. ask is what is timed; keys
// words the last answer so that it can be compared with another rival's.
type probe struct {
	ask  func(ctx context.Context, q *question) error
	keys func() []string
}

// A rival is one way of answering the queries.
type rival struct {
	name   string
	probes map[string]probe // by form; a form that it cannot answer is left out
	// update takes some facts of a product away and gives it others.
	update func(ctx context.Context, before, after []kg.Fact) error
	close  func() error
}

// ids words an answer of ids, which may come in any order.
func ids(list *[]string) func() []string {
	return func() []string { return slices.Sorted(slices.Values(*list)) }
}

// one words an answer of one text.
func one(s *string) func() []string { return func() []string { return []string{*s} } }

// number words an answer of one number.
func number(n *int) func() []string { return func() []string { return []string{strconv.Itoa(*n)} } }

// A count is a value and how many things have it.
type count struct {
	value string
	n     int
}

func byCount(a, b count) int { return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.value, b.value)) }

// tally words an answer of counts.
func tally(list *[]count) func() []string {
	return func() []string {
		out := make([]string, len(*list))
		for i, c := range *list {
			out[i] = fmt.Sprintf("%s=%d", c.value, c.n)
		}
		return out
	}
}

// agree reports the first answer in which two rivals differ.
func agree(form string, i int, ours []string, name string, theirs []string) error {
	if slices.Equal(ours, theirs) {
		return nil
	}
	return fmt.Errorf("%s, question %d: ours has %d hits %.200q, %s has %d hits %.200q", form, i, len(ours), ours, name, len(theirs), theirs)
}
