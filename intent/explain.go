package intent

import (
	"cmp"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// A Reason is a piece of a message and what it adds to the score of an intent:
// positive for, negative against it. Start and End are byte offsets into the
// message.
type Reason struct {
	Text       string
	Start, End int
	Weight     float64
}

// Explain returns the best intent of the message, as [Model.Rank] has it, and
// the pieces of the message that weighed for or against it, the weightiest
// first. Pieces are words, numbers, and runs of Chinese characters that pull
// the same way. What an n-gram adds is shared out evenly among its tokens.
func (m *Model) Explain(message string) (Prediction, []Reason) {
	s := m.scratch()
	defer m.pool.Put(s)
	if _, ok := m.weigh(s, message); !ok {
		return Prediction{}, nil
	}
	best := largest(s.p)
	grams, tokens := s.scanner.distinct(message)
	weights := make([]float64, len(tokens))
	length := 1 / math.Sqrt(float64(len(grams)))
	for _, g := range grams {
		f := m.vocab.number(g.hash)
		if f < 0 || f >= m.linear.features() {
			continue
		}
		part := float64(m.linear.at(f, best)) * length / float64(g.last-g.first+1)
		for i := g.first; i <= g.last; i++ {
			weights[i] += part
		}
	}
	return Prediction{m.intents[best], s.p[best]}, reasons(clip(message), tokens, weights)
}

// reasons joins neighbouring Han characters of the same sign and sorts.
func reasons(message string, tokens []text.Token, weights []float64) []Reason {
	var out []Reason
	last := -1 // token that the last reason ends with
	for i, tok := range tokens {
		if weights[i] == 0 {
			continue
		}
		if n := len(out) - 1; n >= 0 && last == i-1 && tok.Kind == text.Han && tokens[last].Kind == text.Han &&
			tok.Start == out[n].End && (weights[i] > 0) == (out[n].Weight > 0) {
			out[n].End, out[n].Weight = tok.End, out[n].Weight+weights[i]
		} else {
			out = append(out, Reason{Start: tok.Start, End: tok.End, Weight: weights[i]})
		}
		last = i
	}
	for i, r := range out {
		out[i].Text = message[r.Start:r.End]
	}
	slices.SortStableFunc(out, func(a, b Reason) int {
		return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight))
	})
	return out
}
