//go:build unix

// Package cpu says how much processor time a benchmark has used.
package cpu

import (
	"syscall"
	"time"
)

// Seconds returns the processor time that the program has used so far, that
// of the garbage collector included, and false where it is not known.
func Seconds() (float64, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return (time.Duration(u.Utime.Nano()) + time.Duration(u.Stime.Nano())).Seconds(), true
}
