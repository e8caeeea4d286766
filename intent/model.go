package intent

import (
	"context"
	"fmt"
	"math"
	"slices"
	"sync"
)

// MaxRanked is the largest number of predictions in a Model's [Ranking].
const MaxRanked = 10

// A Model is a trained [Classifier]. It does not change once it is made and is
// safe for concurrent use.
type Model struct {
	intents     []string
	vocab       vocabulary // the first len(linear) n-grams have weights
	inner       []bool
	linear      matrix
	calibration calibration
	pool        sync.Pool // of *scratch
}

// scratch is the memory of one classification.
type scratch struct {
	scanner  gramScanner
	summer   summer
	features []int32
	scores   []float32
	p        []float64
}

// Intents returns the names of the intents in order.
func (m *Model) Intents() []string { return slices.Clone(m.intents) }

// Classify returns at most [MaxRanked] intents of the message, best first, or
// the empty Ranking where the message is out of scope. It fails only if ctx is
// done. Of a message longer than 8 KiB the beginning is read.
func (m *Model) Classify(ctx context.Context, text string) (Ranking, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("intent: classify: %w", err)
	}
	s := m.scratch()
	defer m.pool.Put(s)
	scope, ok := m.weigh(s, text)
	if !ok || scope < m.calibration.Threshold {
		return nil, nil
	}
	return m.ranking(s.p), nil
}

// Rank returns the intents as if the message were in scope. It is empty only
// for a message that shares nothing with the training messages, not a
// character.
func (m *Model) Rank(text string) Ranking {
	s := m.scratch()
	defer m.pool.Put(s)
	if _, ok := m.weigh(s, text); !ok {
		return nil
	}
	return m.ranking(s.p)
}

// InScope returns the probability that the message is in scope, and the
// threshold below which Classify rejects it.
func (m *Model) InScope(text string) (p, threshold float64) {
	s := m.scratch()
	defer m.pool.Put(s)
	p, _ = m.weigh(s, text)
	return p, m.calibration.Threshold
}

func (m *Model) scratch() *scratch {
	if s, ok := m.pool.Get().(*scratch); ok {
		return s
	}
	return &scratch{
		scores: make([]float32, m.linear.columns),
		p:      make([]float64, len(m.intents)),
	}
}

// weigh leaves the probabilities of the intents in s.p and returns the
// probability that the message is in scope, or false where there is nothing to
// judge by.
func (m *Model) weigh(s *scratch, message string) (scope float64, ok bool) {
	grams, _ := s.scanner.distinct(message)
	s.features = s.features[:0]
	words, known, knownWords := 0, 0, 0
	features := m.linear.features()
	for _, g := range grams {
		if !g.inner {
			words++
		}
		f := m.vocab.number(g.hash)
		if f < 0 {
			continue
		}
		known++
		if !g.inner {
			knownWords++
		}
		if f < features {
			s.features = append(s.features, int32(f))
		}
	}
	if known == 0 {
		clear(s.p)
		return 0, false
	}
	length := float32(1 / math.Sqrt(float64(len(grams))))
	s.summer.sum(&m.linear, s.features, length, s.scores)
	e := evidence{s.scores, share(int32(known), int32(len(grams))), share(int32(knownWords), int32(words))}
	return m.calibration.inScope(m.calibration.measure(e, s.p)), true
}

// ranking returns the best of the probabilities.
func (m *Model) ranking(p []float64) Ranking {
	r := make(Ranking, 0, min(len(p), MaxRanked))
	for c, x := range p {
		if len(r) == cap(r) {
			if x <= r[len(r)-1].P {
				continue
			}
			r = r[:len(r)-1]
		}
		at := len(r)
		for at > 0 && r[at-1].P < x {
			at--
		}
		r = slices.Insert(r, at, Prediction{m.intents[c], x})
	}
	return r
}
