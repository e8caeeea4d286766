//go:build !unix

// Package cpu says how much processor time a benchmark has used.
package cpu

// Seconds would return the processor time that the program has used; here
// it is not known.
func Seconds() (float64, bool) { return 0, false }
