//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd)

package bolt

import "os"

// unlock does nothing where the lock of a file goes when it is closed.
func unlock(*os.File) error { return nil }
