package intent

import (
	"cmp"
	"math"
	"slices"
)

// An evidence is what a view says about a message: a score for every column,
// -Inf for one that does not take part, and how much of it is familiar.
type evidence struct {
	scores []float32
	grams  float64 // share of its n-grams that are known
	words  float64 // the same for words, word pairs and Han characters
}

// The signals from which the rejector judges.
const (
	signalCertainty = iota // negative entropy of the probabilities
	signalScore            // largest score
	signalMargin           // its distance to the second
	signalGrams            // share of known n-grams
	signalWords            // share of known words
	signalStrange          // score of the out-of-scope class, if there is one
	numSignals
)

type signals [numSignals]float64

// A calibration turns scores into probabilities and decides on rejection.
type calibration struct {
	Temperature float64 // scores are multiplied by it before the softmax
	Weights     signals // of a logistic regression for "in scope"
	Bias        float64
	Threshold   float64 // of the probability of being in scope
}

// softmax writes the probabilities of the first len(p) columns and returns
// their negative entropy.
func softmax(scores []float32, temperature float64, p []float64) (certainty float64) {
	top := math.Inf(-1)
	for c := range p {
		top = max(top, float64(scores[c]))
	}
	var z, dot float64
	for c := range p {
		x := temperature * (float64(scores[c]) - top)
		if x < -40 { // below 1e-17, and the -Inf of columns that take no part
			p[c] = 0
			continue
		}
		e := math.Exp(x)
		p[c] = e
		z += e
		dot += e * x
	}
	for c := range p {
		p[c] /= z
	}
	return dot/z - math.Log(z)
}

// measure returns the signals of a message; p has room for the intents and
// holds their probabilities afterwards.
func (c *calibration) measure(e evidence, p []float64) signals {
	var s signals
	s[signalCertainty] = softmax(e.scores, c.Temperature, p)
	first, second := math.Inf(-1), math.Inf(-1)
	for _, x := range e.scores[:len(p)] {
		if x := float64(x); x > first {
			first, second = x, first
		} else if x > second {
			second = x
		}
	}
	s[signalScore] = first
	if !math.IsInf(second, -1) {
		s[signalMargin] = first - second
	}
	s[signalGrams], s[signalWords] = e.grams, e.words
	if len(e.scores) > len(p) {
		s[signalStrange] = float64(e.scores[len(p)])
	}
	return s
}

// inScope returns the probability that a message with these signals is in
// scope.
func (c *calibration) inScope(s signals) float64 {
	x := c.Bias
	for k, w := range c.Weights {
		x += w * s[k]
	}
	return 1 / (1 + math.Exp(-x))
}

// calibrate fits temperature, rejector and threshold to held-out samples.
func calibrate(all []sample, intents int, opt Options) calibration {
	in, out, share := split(all)
	if opt.OutOfScopeShare > 0 {
		share = opt.OutOfScopeShare
	}
	c := calibration{Temperature: defaultTemperature}
	if len(in) >= minScored {
		c.Temperature = fitTemperature(in, intents)
	}
	if len(in) < minScored || len(out) < minScored {
		return c.withDefaultRejector()
	}
	c.fitRejector(in, out, intents, share, opt.MaxRejected)
	return c
}

// split parts the samples into those in scope and those out of scope, with the
// share of the latter to expect. Dev messages in scope, if there are enough,
// stand alone: they are what will be seen.
func split(all []sample) (in, out []sample, share float64) {
	dev, devOut := 0, 0
	for _, x := range all {
		if x.dev && x.class >= 0 {
			dev++
		} else if x.dev {
			devOut++
		}
	}
	for _, x := range all {
		if x.class < 0 {
			out = append(out, x)
		} else if x.dev || dev < minScored {
			in = append(in, x)
		}
	}
	if dev == 0 || devOut == 0 {
		return in, out, defaultShare
	}
	return in, out, float64(devOut) / float64(dev+devOut)
}

// withDefaultRejector rejects messages whose words are mostly unknown: all
// that can be said where nothing could be held out.
func (c calibration) withDefaultRejector() calibration {
	c.Weights[signalWords], c.Bias, c.Threshold = 16, -4, 0.5
	return c
}

const (
	defaultTemperature = 5   // about what public data sets of a dozen to a hundred messages an intent need
	defaultShare       = 0.2 // of messages out of scope
)

// fitTemperature minimises the negative log-likelihood of the samples by
// golden-section search on the logarithm, which is unimodal there. A weak pull
// to the default keeps it finite where every sample is right.
func fitTemperature(in []sample, intents int) float64 {
	p := make([]float64, intents)
	loss := func(log float64) float64 {
		t := math.Exp(log)
		sum := math.Pow(log-math.Log(defaultTemperature), 2)
		for _, x := range in {
			softmax(x.scores, t, p)
			sum -= math.Log(max(p[x.class], 1e-12))
		}
		return sum
	}
	const golden = 0.6180339887498949
	lo, hi := math.Log(0.1), math.Log(100)
	a, b := hi-golden*(hi-lo), lo+golden*(hi-lo)
	la, lb := loss(a), loss(b)
	for hi-lo > 0.01 {
		if la < lb {
			hi, b, lb = b, a, la
			a = hi - golden*(hi-lo)
			la = loss(a)
		} else {
			lo, a, la = a, b, lb
			b = lo + golden*(hi-lo)
			lb = loss(b)
		}
	}
	return math.Exp((lo + hi) / 2)
}

// fitRejector fits the logistic regression, with out-of-scope messages weighed
// to their expected share, and the threshold that gives the best accuracy.
// Messages in scope that are ranked wrongly are left out: they are errors
// whether rejected or not.
func (c *calibration) fitRejector(in, out []sample, intents int, share, maxRejected float64) {
	p := make([]float64, intents)
	var rows []logisticRow
	for _, x := range in {
		if s := c.measure(x.evidence, p); largest(p) == x.class {
			rows = append(rows, logisticRow{s, true, (1 - share) / float64(len(in))})
		}
	}
	if len(rows) < minScored {
		*c = c.withDefaultRejector()
		return
	}
	for _, x := range out {
		rows = append(rows, logisticRow{c.measure(x.evidence, p), false, share / float64(len(out))})
	}
	c.Weights, c.Bias = fitLogistic(rows)
	c.setThreshold(rows, maxRejected)
}

func largest(p []float64) int {
	best := 0
	for c := range p {
		if p[c] > p[best] {
			best = c
		}
	}
	return best
}

// setThreshold walks the samples from the strangest up. Rejecting one gains
// its weight if it is out of scope, and loses it otherwise.
func (c *calibration) setThreshold(rows []logisticRow, maxRejected float64) {
	type point struct{ p, gain, loss float64 }
	points := make([]point, len(rows))
	total := 0.0
	for i, r := range rows {
		points[i].p = c.inScope(r.signals)
		if r.positive {
			points[i].loss = r.weight
			total += r.weight
		} else {
			points[i].gain = r.weight
		}
	}
	slices.SortStableFunc(points, func(a, b point) int { return cmp.Compare(a.p, b.p) })
	best, gained, lost := 0.0, 0.0, 0.0
	c.Threshold = points[0].p / 2
	for i := 0; i+1 < len(points); i++ {
		gained += points[i].gain
		lost += points[i].loss
		if lost > maxRejected*total {
			break
		}
		if points[i].p < points[i+1].p && gained-lost > best {
			best = gained - lost
			c.Threshold = (points[i].p + points[i+1].p) / 2
		}
	}
}
