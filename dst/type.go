package dst

import (
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A Type finds the values of one kind in a message. It is all that a custom
// slot type needs; the built-in ones are [Enum], [Number], [Money], [Date],
// [Clock], [Duration], [YesNo], [Email], [Address], [ResidentID], [FreeText] and
// [Gazetteer], and telephone numbers in package phone.
//
// A Type reports what stands in the text and nothing about its role: cues such
// as "not", "under", 不要 and 以下 are read by the tracker, in one place, for
// all types alike. Find must be safe for concurrent use.
type Type interface {
	Find(*Text) []Mention
}

// A Mention is one value found in a text.
type Mention struct {
	Start, End int     // byte offsets into Text.Raw, End exclusive
	Value      string  // canonical form, as it stands in an act
	To         string  // upper end where the span is a range ("500-900"), else ""
	Score      float64 // how sure the type is, in (0, 1]: 1 for the value itself, less for a typo or a part of a name

	// ValueAt and ToAt are the byte offsets [start, end) of the two ends of a
	// range that names both apart ("March 1st to the 5th"), for slots that take
	// one end each; zero otherwise.
	ValueAt, ToAt [2]int
}

// A Text is one message, tokenized once and shared by all types that read it.
// It is immutable.
type Text struct {
	Raw string    // as the user wrote it
	Now time.Time // what "tomorrow" is relative to; zero means that relative dates are not resolved

	tokens []text.Token

	once sync.Once
	nums []text.NumberSpan
}

// numbers returns the numbers of the text, read once for all types.
func (t *Text) numbers() []text.NumberSpan {
	t.once.Do(func() { t.nums = text.FindNumbers(t.tokens) })
	return t.nums
}

// mention builds a mention of tokens [first, last).
func (t *Text) mention(first, last int, value string, score float64) Mention {
	return Mention{Start: t.tokens[first].Start, End: t.tokens[last-1].End, Value: value, Score: score}
}

// bytes turns tokens [first, last) into byte offsets; none stay none.
func (t *Text) bytes(at [2]int) [2]int {
	if at[1] == 0 {
		return [2]int{}
	}
	return [2]int{t.tokens[at[0]].Start, t.tokens[at[1]-1].End}
}

// NewText prepares a message for [Type.Find].
func NewText(raw string, now time.Time) *Text {
	return &Text{Raw: raw, Now: now, tokens: text.Tokens(raw)}
}

// A Comparer is a Type whose values have an order, which bounds such as
// "at least 500" need. Compare reports ok = false for values it cannot order,
// such as prices in two currencies.
type Comparer interface {
	Compare(a, b string) (order int, ok bool)
}

// A Parser is a Type that can bring a single value into canonical form, as it
// arrives from a database, an API or a model. It reports false for a text that
// is not one value of the type.
type Parser interface {
	Parse(value string, now time.Time) (canonical string, ok bool)
}

// A Formatter is a Type that words its values for people, in "en" or "zh".
// Without it a value is shown as it is.
type Formatter interface {
	Format(value, lang string) string
}
