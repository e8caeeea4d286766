package dst

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// A Hypothesis is one reading of an utterance by a speech recognizer.
type Hypothesis struct {
	Text string  `json:"text"`
	P    float64 `json:"p"` // probability in [0, 1]; those of a list sum to at most 1, and what is missing is shared out. All 0 means that none is known.
}

// maxHypotheses bounds the readings of one utterance that are weighed.
const maxHypotheses = 10

// heard returns the readings of the user's turn with their probabilities,
// which sum to 1, the likeliest first of those that are equal. A typed message
// is one reading.
func (turn Turn) heard() ([]Hypothesis, error) {
	if turn.User != "" || len(turn.Hypotheses) == 0 {
		return []Hypothesis{{turn.User, 1}}, tooLong(turn.User)
	}
	sum, best := 0.0, 0
	for i, h := range turn.Hypotheses {
		if err := tooLong(h.Text); err != nil {
			return nil, fmt.Errorf("hypothesis %d: %w", i, err)
		}
		if !(h.P >= 0 && h.P <= 1) {
			return nil, fmt.Errorf("hypothesis %d (%q) has the probability %v; give one between 0 and 1", i, h.Text, h.P)
		}
		sum += h.P
		if h.P > turn.Hypotheses[best].P {
			best = i
		}
	}
	if sum > 1.01 {
		return nil, fmt.Errorf("the probabilities of the %d hypotheses sum to %.3f, more than 1; divide them by their sum", len(turn.Hypotheses), sum)
	}
	if len(turn.Hypotheses) > maxHypotheses && best >= maxHypotheses {
		return nil, errors.New("the likeliest hypothesis is not among the first ten; put the best first")
	}
	out := []Hypothesis{turn.Hypotheses[best]}
	for i, h := range turn.Hypotheses[:min(len(turn.Hypotheses), maxHypotheses)] {
		if i != best {
			out = append(out, h)
		}
	}
	total := 0.0
	for i := range out {
		if sum == 0 {
			out[i].P = 1 / float64(i+1) // by rank, where nothing else is known
		}
		total += out[i].P
	}
	for i := range out {
		out[i].P /= total
	}
	return out, nil
}

func tooLong(message string) error {
	if len(message) > MaxMessage {
		return fmt.Errorf("the message has %d bytes, more than the %d that are read", len(message), MaxMessage)
	}
	return nil
}

// sum adds the evidence of the other readings of the utterance to the options
// of the likeliest one: the probability of what becomes of a slot is the mean
// over the readings. Values that only another reading has become options too.
func (x *ranker) sum(readings []*ranker, weights []float64) {
	total := make([]float64, len(x.opts))
	keep := make([]float64, len(x.t.slots)) // by slot: probability to leave it as it is
	for i := range keep {
		keep[i] = 1
	}
	for i := range x.opts {
		total[i] = x.opts[i].p * weights[0]
		keep[x.opts[i].slot] -= total[i]
	}
	for n, other := range readings {
		for i := range other.opts {
			o := &other.opts[i]
			p := o.p * weights[n+1]
			keep[o.slot] -= p
			at := x.like(o, other.opOf(o))
			if at < 0 && o.f[fAsk] == 0 && o.source != fromClear {
				x.opts = append(x.opts, other.unspoken(o))
				total = append(total, 0)
				at = len(x.opts) - 1
			}
			if at >= 0 {
				total[at] += p
			}
		}
	}
	for i := range x.opts {
		o := &x.opts[i]
		o.p = total[i]
		o.score = math.Log(max(o.p, 1e-9) / max(keep[o.slot], 1e-9))
	}
	slices.SortStableFunc(x.opts, func(a, b option) int { return cmp.Compare(a.slot, b.slot) }) // as softmax leaves them
}

// like finds the option that comes to the same as one of another reading.
func (x *ranker) like(o *option, op Op) int {
	for i := range x.opts {
		a := &x.opts[i]
		if a.slot != o.slot || a.value != o.value || a.f[fAsk] != o.f[fAsk] {
			continue
		}
		spoken := a.source == fromSpan || a.source == fromHeard
		if spoken == (o.source == fromSpan) && (!spoken || x.opOf(a) == op) {
			return i
		}
	}
	return -1
}

// opOf is the operator that the words around a span make.
func (x *ranker) opOf(o *option) Op {
	return x.u.optionOp(o)
}

// listen reads the other hypotheses and adds their evidence.
func (u *understanding) listen(x *ranker) {
	if len(u.heard) < 2 {
		return
	}
	var others []*ranker
	weights := []float64{u.heard[0].P}
	for _, h := range u.heard[1:] {
		r := u.t.read(h.Text, told(u.s, u.raw)...)
		other := &understanding{t: u.t, r: r, turn: u.turn, s: u.s, raw: u.raw}
		other.taken = make([]bool, len(r.tokens))
		other.x = &ranker{t: u.t, u: other, r: r, s: u.shown(), turn: u.turn, raw: u.raw}
		other.freeAnswer()
		other.x.options()
		others, weights = append(others, other.x), append(weights, h.P)
	}
	x.sum(others, weights)
}

// unspoken is an option of another reading as one of the likeliest: no words
// of it stand for it.
func (x *ranker) unspoken(o *option) option {
	out := *o
	if o.source == fromSpan {
		m := &x.r.mentions[o.mention]
		out.source, out.op, out.to = fromHeard, x.opOf(o), m.To
		out.words = [2]int{x.r.tokens[o.start].Start, x.r.tokens[o.end-1].End}
	}
	out.mention, out.start, out.end = -1, 0, 0
	out.lo, out.hi = 0, 0 // its features are the other reading's
	return out
}
