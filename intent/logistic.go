package intent

import "math"

// A logisticRow is a weighted observation of a logistic regression.
type logisticRow struct {
	signals
	positive bool
	weight   float64
}

// ridge is the penalty on the squared weights of standardised signals,
// relative to a total weight of 1; few observations get a larger one, so that
// signals that separate them by chance stay finite.
const ridge = 1e-3

type coefficients [numSignals + 1]float64 // the last is the bias

// fitLogistic fits a ridge-penalised logistic regression by Newton's method
// with step halving, and returns its weights for the signals as they are.
func fitLogistic(rows []logisticRow) (weights signals, bias float64) {
	mean, deviation := standardise(rows)
	f := logisticFit{mean: mean, deviation: deviation, rows: rows, ridge: max(ridge, 3/float64(len(rows)))}
	var beta coefficients
	loss, step := f.newton(beta)
	for range 50 {
		next := beta
		for k := range next {
			next[k] -= step[k]
		}
		nextLoss, nextStep := f.newton(next)
		if !(nextLoss < loss) {
			for k := range step {
				step[k] /= 2
			}
			continue
		}
		done := loss-nextLoss < 1e-10
		beta, loss, step = next, nextLoss, nextStep
		if done {
			break
		}
	}
	bias = beta[numSignals]
	for k := range weights {
		weights[k] = beta[k] / deviation[k]
		bias -= weights[k] * mean[k]
	}
	return weights, bias
}

type logisticFit struct {
	rows            []logisticRow
	mean, deviation signals
	ridge           float64
}

// newton returns the loss at beta and the full step from there.
func (f *logisticFit) newton(beta coefficients) (loss float64, step coefficients) {
	var gradient coefficients
	var hessian [numSignals + 1]coefficients
	for _, r := range f.rows {
		x := coefficients{numSignals: 1}
		z := beta[numSignals]
		for k := range f.mean {
			x[k] = (r.signals[k] - f.mean[k]) / f.deviation[k]
			z += beta[k] * x[k]
		}
		if !r.positive {
			z = -z
		}
		miss := 1 / (1 + math.Exp(z)) // probability of the wrong answer
		loss += r.weight * (max(-z, 0) + math.Log1p(math.Exp(-math.Abs(z))))
		slope := -miss
		if !r.positive {
			slope = miss
		}
		for j := range x {
			gradient[j] += r.weight * slope * x[j]
			for k := range x {
				hessian[j][k] += r.weight * miss * (1 - miss) * x[j] * x[k]
			}
		}
	}
	for k := range beta {
		if k < numSignals {
			loss += f.ridge / 2 * beta[k] * beta[k]
			gradient[k] += f.ridge * beta[k]
			hessian[k][k] += f.ridge
		}
		hessian[k][k] += 1e-9
	}
	return loss, solveLinear(hessian, gradient)
}

// standardise returns the weighted mean and standard deviation of each signal;
// a constant signal gets a deviation that makes it harmless.
func standardise(rows []logisticRow) (mean, deviation signals) {
	total := 0.0
	for _, r := range rows {
		total += r.weight
	}
	for _, r := range rows {
		for k, x := range r.signals {
			mean[k] += r.weight / total * x
		}
	}
	for _, r := range rows {
		for k, x := range r.signals {
			deviation[k] += r.weight / total * (x - mean[k]) * (x - mean[k])
		}
	}
	for k := range deviation {
		if deviation[k] = math.Sqrt(deviation[k]); deviation[k] < 1e-6 {
			deviation[k] = 1
		}
	}
	return mean, deviation
}

// solveLinear solves a·x = b for a positive definite matrix by elimination.
func solveLinear(a [numSignals + 1]coefficients, b coefficients) coefficients {
	for i := range b {
		for j := i + 1; j < len(b); j++ {
			f := a[j][i] / a[i][i]
			for k := i; k < len(b); k++ {
				a[j][k] -= f * a[i][k]
			}
			b[j] -= f * b[i]
		}
	}
	for i := len(b) - 1; i >= 0; i-- {
		for k := i + 1; k < len(b); k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
