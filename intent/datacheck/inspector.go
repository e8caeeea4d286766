package datacheck

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/internal/text"
)

// longest is what is read of a message to compare it, in bytes: as much as the
// classifier reads.
const longest = 8 << 10

// An item is a row with what it is compared by.
type item struct {
	Row
	key    string // of the text: folded, without spaces and punctuation
	label  string // what a human takes the intent for
	tokens []text.Token
}

// An inspector collects findings.
type inspector struct {
	opt   Options
	items []item // the examples, and after them the test set
	train int    // number of examples
	found Findings
}

func newInspector(examples []intent.Example, opt Options) *inspector {
	in := &inspector{opt: opt, train: len(examples)}
	in.found.Examples, in.found.Test = len(examples), len(opt.Test)
	counts := map[string]*Count{}
	add := func(set []intent.Example, lines []int, test bool) {
		for i, x := range set {
			x.Intent = strings.TrimSpace(strings.ToValidUTF8(x.Intent, "\uFFFD"))
			r := Row{Example: x, Test: test, Number: i}
			if lines != nil {
				r.Line = lines[i]
			}
			head := strings.ToValidUTF8(x.Text[:min(len(x.Text), longest)], "")
			t := item{Row: r, key: text.Key(head), label: label(x.Intent), tokens: text.Tokens(head)}
			in.items = append(in.items, t)
			c := counts[x.Intent]
			if c == nil {
				c = &Count{Intent: x.Intent}
				counts[x.Intent] = c
			}
			if test {
				c.Test++
			} else {
				c.Examples++
				in.found.lengths = append(in.found.lengths, len(t.tokens))
			}
		}
	}
	add(examples, opt.Lines, false)
	add(opt.Test, opt.TestLines, true)
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		in.found.Intents = append(in.found.Intents, *counts[name])
	}
	return in
}

// add appends a finding of some rows, which are items by their index.
func (in *inspector) add(k Kind, score float64, message string, rows ...int) {
	f := Finding{Kind: k, Message: message, Advice: k.Advice(), Score: score}
	for _, i := range rows {
		f.Rows = append(f.Rows, in.items[i].Row)
		f.Intents = append(f.Intents, in.items[i].Intent)
	}
	f.Intents = sorted(f.Intents)
	in.found.All = append(in.found.All, f)
}

// hollow finds rows without a text or without an intent.
func (in *inspector) hollow(context.Context) error {
	var texts, intents []int
	for i, t := range in.items {
		if len(t.tokens) == 0 {
			texts = append(texts, i)
		}
		if t.Intent == "" {
			intents = append(intents, i)
		}
	}
	if len(texts) > 0 {
		in.add(Empty, float64(len(texts)), count(len(texts), "row")+" without a text", texts...)
	}
	if len(intents) > 0 {
		in.add(Empty, float64(len(intents)), count(len(intents), "row")+" without an intent", intents...)
	}
	return nil
}

// label is what a human takes an intent's name for.
func label(name string) string { return strings.Join(strings.Fields(text.Fold(name)), " ") }

// spellings finds intents that differ only in how they are written.
func (in *inspector) spellings(context.Context) error {
	byLabel := map[string][]string{}
	for _, c := range in.found.Intents {
		if c.Intent != "" {
			byLabel[label(c.Intent)] = append(byLabel[label(c.Intent)], c.Intent)
		}
	}
	for _, l := range slices.Sorted(maps.Keys(byLabel)) {
		names := byLabel[l]
		if len(names) < 2 && !(l == intent.OutOfScope && names[0] != l) {
			continue
		}
		var rows []int
		for i, t := range in.items {
			if slices.Contains(names, t.Intent) {
				rows = append(rows, i)
			}
		}
		message := "one intent is written " + quoted(names)
		if len(names) == 1 {
			message = fmt.Sprintf("%q is nearly the label %q of messages of no intent", names[0], intent.OutOfScope)
		}
		in.add(Spelling, float64(len(names)), message, rows...)
	}
	return nil
}

func quoted(names []string) string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = fmt.Sprintf("%q", oneLine(name, 60))
	}
	return strings.Join(out, ", ")
}

// doubles finds texts that stand there more than once.
func (in *inspector) doubles(context.Context) error {
	byKey := map[string][]int{}
	var keys []string
	for i, t := range in.items {
		if t.key == "" {
			continue
		}
		if byKey[t.key] == nil {
			keys = append(keys, t.key)
		}
		byKey[t.key] = append(byKey[t.key], i)
	}
	for _, key := range keys {
		rows := byKey[key]
		if len(rows) < 2 {
			continue
		}
		at, _ := slices.BinarySearch(rows, in.train)
		in.sameText(rows[:at])
		in.sameText(rows[at:])
		if 0 < at && at < len(rows) {
			in.add(Leak, float64(len(rows)-at), fmt.Sprintf("%q is an example and in the test set", oneLine(in.items[rows[0]].Text, 80)), rows...)
		}
	}
	return nil
}

// sameText tells of the rows of one text in one set.
func (in *inspector) sameText(rows []int) {
	if len(rows) < 2 {
		return
	}
	byIntent := map[string][]int{}
	for _, i := range rows {
		byIntent[in.items[i].label] = append(byIntent[in.items[i].label], i)
	}
	words := oneLine(in.items[rows[0]].Text, 80)
	if len(byIntent) > 1 {
		in.add(Contradiction, float64(len(rows)), fmt.Sprintf("%q has %d intents", words, len(byIntent)), rows...)
		return
	}
	in.add(Double, float64(len(rows)), fmt.Sprintf("%q stands there %d times", words, len(rows)), rows...)
}

// intents finds intents of few examples, of very many, and of none.
func (in *inspector) intents(context.Context) error {
	byIntent := map[string][]int{}
	for i, t := range in.items {
		byIntent[t.Intent] = append(byIntent[t.Intent], i)
	}
	var sizes []int
	for _, c := range in.found.Intents {
		if c.Intent != "" && c.Intent != intent.OutOfScope && c.Examples > 0 {
			sizes = append(sizes, c.Examples)
		}
	}
	slices.Sort(sizes)
	for _, c := range in.found.Intents {
		if c.Intent == "" || c.Intent == intent.OutOfScope {
			continue
		}
		name, rows := fmt.Sprintf("%q", oneLine(c.Intent, 60)), byIntent[c.Intent]
		switch {
		case c.Examples == 0:
			in.add(Untrained, float64(c.Test), fmt.Sprintf("%s has %s to test and no example", name, count(c.Test, "message")), rows...)
		case c.Examples == 1:
			in.add(Single, 1, name+" has one example", rows[:1]...)
		case c.Examples < in.opt.Few:
			in.add(Few, float64(c.Examples), fmt.Sprintf("%s has %d examples", name, c.Examples), rows[:c.Examples]...)
		}
		if c.Examples == 0 {
			continue
		}
		if median := sizes[(len(sizes)-1)/2]; float64(c.Examples) > in.opt.Imbalance*float64(median) {
			in.add(Imbalance, float64(c.Examples)/float64(median), fmt.Sprintf("%s has %d examples; half of the intents have at most %d", name, c.Examples, median))
			in.found.All[len(in.found.All)-1].Intents = []string{c.Intent}
		}
	}
	return nil
}

// strange finds rows of which no word or Chinese character occurs in another
// example. A row of the same text does not count as another.
func (in *inspector) strange(context.Context) error {
	texts := map[string]int{} // different texts of the examples that hold a word
	seen := map[string]bool{}
	for _, t := range in.items[:in.train] {
		if seen[t.key] {
			continue
		}
		seen[t.key] = true
		for word := range words(t) {
			texts[word]++
		}
	}
	for _, set := range []struct {
		from, to, own int
		what          string
	}{{0, in.train, 1, "share no word with another example"}, {in.train, len(in.items), 0, "of the test set share no word with the examples"}} {
		var rows []int
		for i := set.from; i < set.to; i++ {
			all := words(in.items[i])
			known := len(all) == 0
			for word := range all {
				known = known || texts[word] > set.own
			}
			if !known {
				rows = append(rows, i)
			}
		}
		if len(rows) > 0 {
			in.add(Unfamiliar, float64(len(rows)), count(len(rows), "row")+" "+set.what, rows...)
		}
	}
	return nil
}

func words(t item) map[string]bool {
	out := make(map[string]bool, len(t.tokens))
	for _, tok := range t.tokens {
		if tok.Kind == text.Word || tok.Kind == text.Han {
			out[tok.Text] = true
		}
	}
	return out
}

// A row is long from so many words and Chinese characters on, if it is so many
// times as long as the median.
const (
	longTokens = 40
	longTimes  = 8
)

func (in *inspector) long(context.Context) error {
	sizes := slices.Clone(in.found.lengths)
	slices.Sort(sizes)
	most := max(longTokens, longTimes*sizes[(len(sizes)-1)/2])
	var rows []int
	for i, t := range in.items {
		if len(t.tokens) > most {
			rows = append(rows, i)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(len(in.items[b].tokens), len(in.items[a].tokens)) })
	if len(rows) > 0 {
		in.add(Long, float64(len(rows)), fmt.Sprintf("%s of more than %d words", count(len(rows), "row"), most), rows...)
	}
	return nil
}
