package kg

import "sync"

// Bleve gives the documents of a term one by one, which takes longer than all
// the rest of a search where a term is in most of them. Terms that are in many
// documents are few, and in many queries; so each segment remembers where they
// are, in sets of a few kilobytes.

const (
	oftenLeast = 256 // documents of a term that is remembered
	oftenMost  = 512 // lists that a segment remembers; it begins anew when there are more
)

type fieldTerm struct {
	field int
	term  string
}

// oftenTerms is what a segment remembers of its frequent terms. It is safe for
// concurrent use; nobody changes the sets.
type oftenTerms struct {
	mu    sync.RWMutex
	lists map[fieldTerm][]times
}

func (o *oftenTerms) get(key fieldTerm) []times {
	o.mu.RLock()
	defer o.mu.RUnlock()
	return o.lists[key]
}

func (o *oftenTerms) put(key fieldTerm, lists []times) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.lists) >= oftenMost {
		clear(o.lists)
	}
	o.lists[key] = lists
}
