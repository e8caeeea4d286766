package intent

import (
	"context"
	"math"
	"math/rand/v2"
)

// A problem holds training messages as sparse binary vectors of unit length:
// every feature of message i has the value scale[i].
type problem struct {
	features []uint32 // vocabulary indices, message after message, none twice in one
	start    []int    // message i owns features[start[i]:start[i+1]]
	scale    []float32
	square   []float32 // squared length of message i, with the constant feature
	class    []int32   // index of the intent, -1 for out of scope
	width    int       // size of the vocabulary
}

func (p *problem) row(i int32) []uint32 { return p.features[p.start[i]:p.start[i+1]] }

// A separator is the hyperplane between one class and the rest, and the dual
// variables that span it, so that it can be solved again from where it stands.
type separator struct {
	w     []float32
	bias  float32
	alpha []float32 // one for each message, never negative
}

func (s *separator) score(p *problem, i int32) float32 {
	var sum float32
	for _, f := range p.row(i) {
		sum += s.w[f]
	}
	return sum*p.scale[i] + s.bias
}

// step moves the hyperplane by d times message i.
func (s *separator) step(p *problem, i int32, d float32) {
	v := d * p.scale[i]
	for _, f := range p.row(i) {
		s.w[f] += v
	}
	s.bias += d
}

// drop takes message i out of the solution.
func (s *separator) drop(p *problem, i, class int32) {
	if a := s.alpha[i]; a != 0 {
		s.step(p, i, -a*sign(p, i, class))
		s.alpha[i] = 0
	}
}

func sign(p *problem, i, class int32) float32 {
	if p.class[i] == class {
		return 1
	}
	return -1
}

// A solver minimises ½|w|² + C Σ max(0, 1 - y·(w·x))² by coordinate descent in
// the dual (Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent
// Method for Large-scale Linear SVM, ICML 2008), with the shrinking described
// there. Its buffers serve one problem after another.
type solver struct {
	p         *problem
	cost      float64
	tolerance float32 // largest violation of the optimality conditions
	passes    int
	rng       *rand.Rand
	active    []int32
}

// solve improves s until it separates class from the rest of the members.
// The dual variables of messages that are not members must be 0.
func (v *solver) solve(ctx context.Context, s *separator, class int32, members []int32) error {
	v.active = append(v.active[:0], members...)
	active := v.active
	upper := float32(math.Inf(1))
	for pass := 0; pass < v.passes; pass++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		kept, most, least := v.pass(s, class, active, upper)
		active = active[:kept]
		if most-least <= v.tolerance {
			if kept == len(members) {
				break
			}
			// Optimal for what is left: look at everything once more.
			active = v.active[:len(members)]
			upper = float32(math.Inf(1))
			continue
		}
		if upper = most; upper <= 0 {
			upper = float32(math.Inf(1))
		}
	}
	return nil
}

// pass visits the active messages in random order, and moves those that can
// stay at 0 (gradient above upper) behind the kept ones. most and least are the extreme projected
// gradients.
func (v *solver) pass(s *separator, class int32, active []int32, upper float32) (kept int, most, least float32) {
	p := v.p
	v.rng.Shuffle(len(active), func(i, j int) { active[i], active[j] = active[j], active[i] })
	most, least = float32(math.Inf(-1)), float32(math.Inf(1))
	diagonal := float32(0.5 / v.cost)
	n := len(active)
	for k := 0; k < n; {
		i := active[k]
		y := sign(p, i, class)
		a := s.alpha[i]
		gradient := y*s.score(p, i) - 1 + diagonal*a
		projected := gradient
		if a == 0 {
			if gradient > upper {
				n--
				active[k], active[n] = active[n], active[k]
				continue
			}
			projected = min(gradient, 0)
		}
		k++
		most, least = max(most, projected), min(least, projected)
		if projected > 1e-6 || projected < -1e-6 {
			next := max(a-gradient/(p.square[i]+diagonal), 0)
			s.alpha[i] = next
			s.step(p, i, (next-a)*y)
		}
	}
	return n, most, least
}
