//go:build unix

package kgbench

import (
	"syscall"
	"time"
)

// cpuSeconds returns the processor time that the program has used so far, that
// of the garbage collector included, and false where it is not known.
func cpuSeconds() (float64, bool) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return (time.Duration(u.Utime.Nano()) + time.Duration(u.Stime.Nano())).Seconds(), true
}
