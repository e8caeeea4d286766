package kgbench

import (
	"math"
	"path"
	"runtime"
	"slices"
	"strings"
)

// heapBytes returns the bytes of live memory.
func heapBytes() float64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC() // what finalizers of the first let go
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}

// The parts of a graph's memory, by the code that allocated it.
const (
	snapshotPart = iota // facts with their terms and indexes
	namesPart           // the index of names for linking
	textPart            // the full-text index
	parts
)

// profileRate is the bytes between two samples of the heap profile: some
// thousands of them in a graph of 100,000 products.
const profileRate = 32 << 10

// heapParts shares out the live memory to its parts by the heap profile, which
// is a sample: good to a few percent.
func heapParts() (bytes [parts]float64) {
	heapBytes()
	n, _ := runtime.MemProfile(nil, false)
	var records []runtime.MemProfileRecord
	for ok := false; !ok; { // more may come between the calls
		records = make([]runtime.MemProfileRecord, n+100)
		n, ok = runtime.MemProfile(records, false)
	}
	for _, r := range records[:n] {
		if r.InUseObjects() <= 0 {
			continue
		}
		live := float64(r.InUseBytes())
		size := live / float64(r.InUseObjects())
		bytes[partOf(r.Stack())] += live / (1 - math.Exp(-size/profileRate))
	}
	return bytes
}

func partOf(stack []uintptr) int {
	if len(stack) == 0 {
		return snapshotPart
	}
	for frames := runtime.CallersFrames(stack); ; {
		f, more := frames.Next()
		file := path.Base(f.File)
		inGraph := strings.Contains(f.Function, "/slotgraph/kg.")
		switch {
		case strings.Contains(f.Function, "blevesearch/"), inGraph && file == "fulltext.go":
			return textPart
		case inGraph && slices.ContainsFunc([]string{"link", "trie", "name"}, func(p string) bool { return strings.HasPrefix(file, p) }):
			return namesPart
		case !more:
			return snapshotPart
		}
	}
}
