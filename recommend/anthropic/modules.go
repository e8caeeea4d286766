//go:build modules

package anthropic

// Nothing is built of this file. It has the module require releases of these
// two that no longer hold packages of modules of their own: the tests of
// Anthropic's client reach such packages, "go mod tidy" looks at them in every
// program that imports the client, and would stop at two modules for one
// package, since Cayley asks for old releases.
import (
	_ "cloud.google.com/go"
	_ "google.golang.org/genproto/protobuf/ptype"
)
