package intent

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/intent/internal/rows"
	"github.com/slotgraph/slotgraph/internal/text"
)

// OutOfScope labels messages that belong to no intent, in training data and in
// prediction files. No [Ranking] ever holds it.
const OutOfScope = "oos"

// A Prediction is an intent and the probability that the message has it, given
// that the message is in scope.
type Prediction struct {
	Intent string  `json:"intent"`
	P      float64 `json:"p"`
}

// A Ranking holds predictions, best first, equal ones by name. The empty
// Ranking says that the message is out of scope.
type Ranking []Prediction

// Best returns the first prediction, and false where the message is out of
// scope.
func (r Ranking) Best() (Prediction, bool) {
	if len(r) == 0 {
		return Prediction{}, false
	}
	return r[0], true
}

// A Classifier ranks the intents of a message. Implementations are safe for
// concurrent use, return the empty Ranking and no error for a message that is
// out of scope, and the context's error once it is done.
type Classifier interface {
	Classify(ctx context.Context, text string) (Ranking, error)
}

// An Example is a message labelled with its intent, or with [OutOfScope].
type Example struct{ Text, Intent string }

// exact maps folded messages to intents.
type exact map[string]string

// Exact returns a classifier that knows the examples and nothing else: a
// message that equals one of them up to case, width, spacing and punctuation
// gets its intent with probability 1, any other message the empty Ranking.
// [OutOfScope] examples are left out, so that a later classifier of a [Chain]
// decides on them. It is an error if one message carries two intents.
func Exact(examples []Example) (Classifier, error) {
	if err := checkIntents(examples); err != nil {
		return nil, fmt.Errorf("intent: exact match: %w", err)
	}
	e := make(exact, len(examples))
	for i, x := range examples {
		key := text.Key(x.Text)
		if key == "" {
			return nil, fmt.Errorf("intent: exact match: example %d (intent %q) has an empty text", i+1, x.Intent)
		}
		if other, ok := e[key]; ok && other != x.Intent {
			return nil, fmt.Errorf("intent: exact match: example %d: %s has both the intent %q and %q; keep one",
				i+1, rows.Excerpt(x.Text), other, x.Intent)
		}
		e[key] = x.Intent
	}
	for key, name := range e {
		if name == OutOfScope {
			delete(e, key)
		}
	}
	return e, nil
}

func (e exact) Classify(ctx context.Context, message string) (Ranking, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("intent: classify: %w", err)
	}
	if len(message) > maxBytes {
		return nil, nil // no example worth matching is that long; do not fold a megabyte
	}
	key := text.Key(message)
	if name, ok := e[key]; ok && key != "" {
		return Ranking{{name, 1}}, nil
	}
	return nil, nil
}

type chain []Classifier

// Chain returns a classifier that asks the given ones in order and returns the
// first ranking that is not empty, or the first error.
func Chain(cs ...Classifier) Classifier { return append(chain(nil), cs...) }

func (c chain) Classify(ctx context.Context, text string) (Ranking, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("intent: classify: %w", err)
	}
	for _, next := range c {
		if r, err := next.Classify(ctx, text); err != nil || len(r) > 0 {
			return r, err
		}
	}
	return nil, nil
}

// checkIntents refuses examples without an intent and intents that a human
// would take for one another: the same up to case, width and outer space.
func checkIntents(examples []Example) error {
	byKey := map[string]string{text.Fold(OutOfScope): OutOfScope}
	for i, x := range examples {
		if !utf8.ValidString(x.Intent) {
			return fmt.Errorf("example %d: the intent %q is not valid UTF-8", i+1, x.Intent)
		}
		key := strings.TrimSpace(text.Fold(x.Intent))
		if key == "" {
			return fmt.Errorf("example %d (%s) has no intent; label messages of no intent %q", i+1, rows.Excerpt(x.Text), OutOfScope)
		}
		if other, ok := byKey[key]; ok && other != x.Intent {
			return fmt.Errorf("example %d: the intents %q and %q differ only in case, width or spaces; use one spelling", i+1, other, x.Intent)
		}
		byKey[key] = x.Intent
	}
	return nil
}
