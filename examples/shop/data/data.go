// Package data holds the files of the demo shop: what it sells, what customers
// call it, and what its bot learned its intents from.
package data

import "embed"

// Files are the files, by their names.
//
//go:embed *.json *.csv
var Files embed.FS
