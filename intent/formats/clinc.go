package formats

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/intent/internal/rows"
)

// ReadCLINC reads one split of a file in the form of CLINC150 (Larson et al.,
// EMNLP 2019): an object of splits, each a list of pairs ["text", "intent"]. The
// split "train", "val" or "test" comes with the messages out of scope that
// belong to it, those of "oos_train" after those of "train"; "oos_train" alone
// is those. A split that the file does not have is an error that lists what it
// has.
func ReadCLINC(r io.Reader, split string) ([]intent.Example, error) {
	b, err := rows.All(r)
	if err != nil {
		return examples(CLINC, nil, err)
	}
	all, err := readCLINC(b, split)
	return examples(CLINC, all, err)
}

func readCLINC(b []byte, split string) ([]rows.Row, error) {
	var names []string
	var in, out []rows.Row
	j := rows.NewJSON(b, 1)
	err := j.Object("the file", func(key string) (err error) {
		names = append(names, key)
		switch key {
		case split:
			in, err = clincSplit(j, key)
		case "oos_" + split:
			out, err = clincSplit(j, key)
		default:
			err = j.Skip()
		}
		return err
	})
	if err == nil {
		err = j.End()
	}
	if err == nil && !slices.Contains(names, split) {
		err = fmt.Errorf("no split %q; the file has %s", split, list(names))
	}
	if err != nil {
		return nil, err
	}
	return append(in, out...), nil
}

// clincSplit reads the list of pairs that comes next.
func clincSplit(j *rows.JSON, name string) ([]rows.Row, error) {
	var out []rows.Row
	err := j.Array(fmt.Sprintf("the split %q", name), func() error {
		_, line := j.Next()
		var pair []string
		err := j.Array(fmt.Sprintf(`an element of %q, which should be ["text", "intent"],`, name), func() error {
			s, err := j.String("text or intent")
			pair = append(pair, s)
			return err
		})
		if err != nil {
			return err
		}
		if len(pair) != 2 {
			return fmt.Errorf(`line %d: %d strings in an element of %q; want ["text", "intent"]`, line, len(pair), name)
		}
		row, err := rows.New(pair[0], pair[1], line)
		out = append(out, row)
		return err
	})
	return out, err
}

// list names at most a dozen things.
func list(names []string) string {
	const most = 12
	if len(names) == 0 {
		return "none"
	}
	quoted := make([]string, 0, most)
	for _, name := range names[:min(most, len(names))] {
		quoted = append(quoted, rows.Excerpt(name))
	}
	s := strings.Join(quoted, ", ")
	if len(names) > most {
		s += fmt.Sprintf(" and %d more", len(names)-most)
	}
	return s
}
