package intent

import "math"

// A logisticRow is a weighted observation of a logistic regression.
type logisticRow struct {
	signals
	positive bool
	weight   float64
}

// ridge is the penalty on the squared weights of standardised signals,
// relative to a total weight of 1.
const ridge = 1e-3

// fitLogistic fits a ridge-penalised logistic regression by Newton's method
// and returns its weights for the signals as they are.
func fitLogistic(rows []logisticRow) (weights signals, bias float64) {
	mean, deviation := standardise(rows)
	var beta [numSignals + 1]float64 // the last is the bias
	loss := math.Inf(1)
	for range 50 {
		var gradient [numSignals + 1]float64
		var hessian [numSignals + 1][numSignals + 1]float64
		sum := 0.0
		for _, r := range rows {
			var x [numSignals + 1]float64
			x[numSignals] = 1
			z := beta[numSignals]
			for k := range mean {
				x[k] = (r.signals[k] - mean[k]) / deviation[k]
				z += beta[k] * x[k]
			}
			p := 1 / (1 + math.Exp(-z))
			y := 0.0
			if r.positive {
				y, sum = 1, sum+r.weight*math.Log1p(math.Exp(-z))
			} else {
				sum += r.weight * math.Log1p(math.Exp(z))
			}
			for j := range x {
				gradient[j] += r.weight * (p - y) * x[j]
				for k := range x {
					hessian[j][k] += r.weight * max(p*(1-p), 1e-6) * x[j] * x[k]
				}
			}
		}
		for k := range numSignals {
			sum += ridge / 2 * beta[k] * beta[k]
			gradient[k] += ridge * beta[k]
			hessian[k][k] += ridge
		}
		if loss-sum < 1e-9 {
			break
		}
		loss = sum
		step := solveLinear(hessian, gradient)
		for k := range beta {
			beta[k] -= step[k]
		}
	}
	bias = beta[numSignals]
	for k := range weights {
		weights[k] = beta[k] / deviation[k]
		bias -= weights[k] * mean[k]
	}
	return weights, bias
}

// standardise returns the weighted mean and standard deviation of each signal;
// a constant signal gets a deviation that makes it harmless.
func standardise(rows []logisticRow) (mean, deviation signals) {
	for _, r := range rows {
		for k, x := range r.signals {
			mean[k] += r.weight * x
		}
	}
	for _, r := range rows {
		for k, x := range r.signals {
			deviation[k] += r.weight * (x - mean[k]) * (x - mean[k])
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
func solveLinear(a [numSignals + 1][numSignals + 1]float64, b [numSignals + 1]float64) [numSignals + 1]float64 {
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
