//go:build !unix

package kgbench

// cpuSeconds would return the processor time that the program has used; here
// it is not known.
func cpuSeconds() (float64, bool) { return 0, false }
