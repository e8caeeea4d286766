package kgbench

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/kg"
)

// longestName is the most words of a name that the plain index looks for; a
// Chinese character is a word.
const longestName = 16

// addNames enters the names of a predicate.
func (p *plain) addNames(predicate string) {
	for n, name := range p.texts[predicate] {
		if name != "" {
			key := strings.Join(words(name), "\x00")
			p.names[key] = append(p.names[key], int32(n))
		}
	}
}

// words cuts a text into runs of letters and digits, in lower case, and single
// Chinese characters.
func words(text string) []string {
	var out []string
	text = strings.ToLower(text)
	start := -1
	for i, r := range text {
		word := unicode.IsLetter(r) || unicode.IsDigit(r)
		han := unicode.Is(unicode.Han, r)
		if start >= 0 && (!word || han) {
			out, start = append(out, text[start:i]), -1
		}
		switch {
		case han:
			out = append(out, string(r))
		case word && start < 0:
			start = i
		}
	}
	if start >= 0 {
		out = append(out, text[start:])
	}
	return out
}

// link looks for the longest names that stand in the text, and returns want
// where it is one of them.
func (p *plain) link(text, want string) string {
	list := words(text)
	found := ""
	var key []byte
	for at := 0; at < len(list); {
		step := 1
		for n := min(longestName, len(list)-at); n > 0; n-- {
			key = key[:0]
			for i, w := range list[at : at+n] {
				if i > 0 {
					key = append(key, 0)
				}
				key = append(key, w...)
			}
			if things := p.names[string(key)]; len(things) > 0 {
				if slices.Contains(p.name(things), want) {
					found = want
				}
				step = n
				break
			}
		}
		at += step
	}
	return found
}

// update keeps what is sorted so by moving what lies between.
func (p *plain) update(_ context.Context, before, after []kg.Fact) error {
	for _, f := range before {
		p.remove(p.nums[f.Subject], f)
	}
	for _, f := range after {
		p.insert(p.nums[f.Subject], f)
	}
	return nil
}

func (p *plain) remove(n int32, f kg.Fact) {
	if x, ok := figure(f.Object); ok {
		p.figures[f.Predicate][n] = math.NaN()
		p.sorted[f.Predicate].remove(x, n)
		return
	}
	text := f.Object.String()
	p.texts[f.Predicate][n] = ""
	drop(p.things[f.Predicate], text, n)
	if isName(f.Predicate) {
		drop(p.names, strings.Join(words(text), "\x00"), n)
	}
}

func (p *plain) insert(n int32, f kg.Fact) {
	if x, ok := figure(f.Object); ok {
		p.figures[f.Predicate][n] = x
		p.sorted[f.Predicate].insert(x, n)
		return
	}
	text := f.Object.String()
	p.texts[f.Predicate][n] = text
	enter(p.things[f.Predicate], text, n)
	if isName(f.Predicate) {
		enter(p.names, strings.Join(words(text), "\x00"), n)
	}
}

func drop(lists map[string][]int32, key string, n int32) {
	list := lists[key]
	if at, ok := slices.BinarySearch(list, n); ok {
		lists[key] = slices.Delete(list, at, at+1)
	}
	if len(lists[key]) == 0 {
		delete(lists, key)
	}
}

func enter(lists map[string][]int32, key string, n int32) {
	if at, ok := slices.BinarySearch(lists[key], n); !ok {
		lists[key] = slices.Insert(lists[key], at, n)
	}
}

func (c *sortedColumn) find(x float64, n int32) int {
	at, _ := slices.BinarySearch(c.values, x)
	for at < len(c.nums) && cmp.Compare(c.values[at], x) == 0 && c.nums[at] < n {
		at++
	}
	return at
}

func (c *sortedColumn) remove(x float64, n int32) {
	at := c.find(x, n)
	c.values, c.nums = slices.Delete(c.values, at, at+1), slices.Delete(c.nums, at, at+1)
}

func (c *sortedColumn) insert(x float64, n int32) {
	at := c.find(x, n)
	c.values, c.nums = slices.Insert(c.values, at, x), slices.Insert(c.nums, at, n)
}
