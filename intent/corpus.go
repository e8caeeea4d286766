package intent

import (
	"cmp"
	"math"
	"slices"
	"sort"
	"strings"
)

const (
	maxWeights  = 1 << 28 // classes times features, in bytes: bounds the memory of training
	maxFeatures = 1 << 24
)

// A corpus is the training messages, and after them the dev messages, as
// vectors over the n-grams of the training messages.
type corpus struct {
	problem
	names     []string // intents in order; class len(names) is out of scope
	trained   int      // messages [0,trained) are trained on, the others are dev
	vocab     vocabulary
	inner     []bool  // of feature f: it is of characters in a word
	frequency []int32 // of feature f: training messages that hold it
	grams     []int32 // of message i: distinct n-grams, known or not
	words     []int32 // of message i: those of them that are not inner
}

// newCorpus reads the messages. A message without any n-gram teaches nothing
// and is left out.
func newCorpus(train, dev []Example) *corpus {
	c := &corpus{names: intentNames(train)}
	var scanner gramScanner
	all, starts := []gram{}, []int{0}
	for _, x := range train {
		grams, _ := scanner.distinct(x.Text)
		if len(grams) > 0 {
			all = append(all, grams...)
			starts = append(starts, len(all))
			c.class = append(c.class, c.classOf(x.Intent))
		}
	}
	c.trained = len(c.class)
	c.number(all)
	c.start = []int{0}
	for i := range c.trained {
		c.add(all[starts[i]:starts[i+1]])
	}
	for _, x := range dev {
		grams, _ := scanner.distinct(x.Text)
		if len(grams) > 0 {
			c.class = append(c.class, c.classOf(x.Intent))
			c.add(grams)
		}
	}
	return c
}

// intentNames returns the intents of the examples in order, without
// OutOfScope.
func intentNames(examples []Example) []string {
	seen := map[string]bool{OutOfScope: true}
	var names []string
	for _, x := range examples {
		if !seen[x.Intent] {
			seen[x.Intent] = true
			names = append(names, strings.Clone(x.Intent))
		}
	}
	sort.Strings(names)
	return names
}

// classOf returns the class of an intent, len(c.names) for OutOfScope and for
// an intent that no training message has.
func (c *corpus) classOf(name string) int32 {
	if i, ok := slices.BinarySearch(c.names, name); ok {
		return int32(i)
	}
	return int32(len(c.names))
}

// number builds the vocabulary, the most frequent n-gram first, so that the
// weights in use lie close together.
func (c *corpus) number(all []gram) {
	type entry struct {
		hash  uint32
		inner bool
		n     int32
	}
	at := make(map[uint32]int, len(all)/8)
	var entries []entry
	for _, g := range all {
		i, ok := at[g.hash]
		if !ok {
			i = len(entries)
			at[g.hash] = i
			entries = append(entries, entry{g.hash, g.inner, 0})
		}
		entries[i].n++
	}
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(b.n, a.n), cmp.Compare(a.hash, b.hash))
	})
	if most := min(maxWeights/(len(c.names)+1), maxFeatures); len(entries) > most {
		entries = entries[:most]
	}
	hashes := make([]uint32, len(entries))
	c.inner, c.frequency = make([]bool, len(entries)), make([]int32, len(entries))
	for i, e := range entries {
		hashes[i], c.inner[i], c.frequency[i] = e.hash, e.inner, e.n
	}
	c.vocab, c.width = newVocabulary(hashes), len(hashes)
}

// add appends the vector of the next message.
func (c *corpus) add(grams []gram) {
	words := int32(0)
	for _, g := range grams {
		if f := c.vocab.number(g.hash); f >= 0 {
			c.features = append(c.features, uint32(f))
		}
		if !g.inner {
			words++
		}
	}
	known := len(c.features) - c.start[len(c.start)-1]
	c.start = append(c.start, len(c.features))
	c.grams, c.words = append(c.grams, int32(len(grams))), append(c.words, words)
	c.scale = append(c.scale, float32(1/math.Sqrt(float64(len(grams)))))
	c.square = append(c.square, float32(known)/float32(len(grams))+1)
}

// familiarity returns the shares of message i's n-grams, and of those that are
// not inner, which the training messages still hold when those counted in
// without are taken out.
func (c *corpus) familiarity(i int32, without []int32) (grams, words float64) {
	var known, knownWords int32
	for _, f := range c.row(i) {
		if without != nil && without[f] >= c.frequency[f] {
			continue
		}
		known++
		if !c.inner[f] {
			knownWords++
		}
	}
	return share(known, c.grams[i]), share(knownWords, c.words[i])
}

func share(n, of int32) float64 { return float64(n) / float64(max(of, 1)) }
