package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// label begins the name of a class in fastText's files.
const label = "__label__"

// ReadFastText reads the training data of fastText's classifier: on each line a
// message and its intent, written as __label__intent, before it or wherever it
// stands. The words of the text are joined by single spaces. A line without a
// label is an error, and so is one of several labels: a message has one intent
// here, and taking the first, or each in turn, would teach the classifier what
// nobody meant. Empty lines are skipped.
func ReadFastText(r io.Reader) ([]intent.Example, error) {
	b, err := rows.All(r)
	if err != nil {
		return examples(FastText, nil, err)
	}
	all, err := readFastText(b)
	return examples(FastText, all, err)
}

func readFastText(b []byte) ([]rows.Row, error) {
	var out []rows.Row
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		var words, labels []string
		for _, word := range strings.Fields(line) {
			if name, ok := strings.CutPrefix(word, label); !ok {
				words = append(words, word)
			} else if !slices.Contains(labels, name) {
				labels = append(labels, name)
			}
		}
		switch {
		case len(words)+len(labels) == 0:
			continue
		case len(labels) == 0:
			return nil, fmt.Errorf("line %d: no label; begin the line with %sNAME (%s%s for messages of no intent)", n, label, label, intent.OutOfScope)
		case len(labels) > 1:
			return nil, fmt.Errorf("line %d: %d labels (%s); a message has one intent: keep one, or give both together a name of their own", n, len(labels), list(labels))
		}
		row, err := rows.New(strings.Join(words, " "), labels[0], n)
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}
