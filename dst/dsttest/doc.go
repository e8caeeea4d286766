// Package dsttest helps to test and to measure a tracker: it reads annotated
// dialogues of public layouts.
package dsttest
