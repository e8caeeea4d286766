package kg

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
)

// The full-text index of a state is a list of parts: segments that never
// change, each with a mask of the documents that are no longer in force. A
// batch masks the documents of the things that it touches and puts the new ones
// into a small part, which the next batch makes anew together with its own,
// until it is full. Small parts are merged into larger ones in the background.
// What a search finds, and with what score, depends on the documents in force
// alone, not on how they lie in parts.

const (
	smallPart   = 64   // documents up to which the newest part takes in more,
	smallTerms  = 4096 // and terms in all their texts
	leastPiece  = 8192 // documents in each of the parts that are made at once
	mostPieces  = 4
	mergeFanout = mostPieces + 1 // parts of about one size are merged when there are so many: more than a merge makes, or it would never end
)

// textReader is the full-text index of one state. It is immutable, and needs no
// closing (textSegment.take).
type textReader struct {
	parts []*textPart
	docs  int // in force
}

func newTextReader(parts []*textPart) *textReader {
	r := &textReader{}
	for _, p := range parts {
		if p.alive > 0 {
			r.parts = append(r.parts, p)
			r.docs += p.alive
		}
	}
	return r
}

// without returns the index less the documents of some things.
func (r *textReader) without(ids []string) *textReader {
	docs := make([][]uint32, len(r.parts))
	ids = slices.Clone(ids)
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		for i := len(r.parts) - 1; i >= 0; i-- { // what changed lately often changes again
			if d, ok := r.parts[i].holds(id); ok {
				docs[i] = append(docs[i], d)
				break
			}
		}
	}
	parts := make([]*textPart, len(r.parts))
	for i, p := range r.parts {
		parts[i] = p.without(docs[i])
	}
	return newTextReader(parts)
}

// update returns the index after the texts of the given things, whose ids
// ascend, have become what they are in s. Parts that are being merged stay as
// they are, but for their masks.
func (r *textReader) update(ctx context.Context, s *snapshot, ids []string, merging *textMerge) (*textReader, error) {
	next := r.without(ids)
	ids = slices.Compact(slices.Clone(ids))
	if n := len(next.parts); n > 0 {
		if last := next.parts[n-1]; !merging.has(last) && last.alive+len(ids) <= smallPart && last.terms() <= smallTerms {
			ids = last.appendIDs(ids)
			slices.Sort(ids)
			next = newTextReader(next.parts[:n-1])
		}
	}
	made, err := buildParts(ctx, s, ids)
	if err != nil {
		return nil, fmt.Errorf("index the texts of %d things: %w", len(ids), err)
	}
	return newTextReader(append(next.parts, made...)), nil
}

// buildParts makes parts of the texts of some things, whose ids ascend, on all
// processors where they are many.
func buildParts(ctx context.Context, s *snapshot, ids []string) ([]*textPart, error) {
	n := max(1, min(mostPieces, len(ids)/leastPiece))
	made, errs := make([]*textSegment, n), make([]error, n)
	var wg sync.WaitGroup
	room := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i := range n {
		room <- struct{}{}
		piece := ids[len(ids)*i/n : len(ids)*(i+1)/n]
		build := func() {
			made[i], errs[i] = buildSegment(ctx, s, piece)
			<-room
		}
		if n == 1 {
			build()
		} else {
			wg.Go(build)
		}
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var parts []*textPart
	for _, seg := range made {
		if seg != nil {
			parts = append(parts, newTextPart(seg))
		}
	}
	return parts, nil
}

// explain makes sure that an error of bleve says something: one of them prints
// as an empty string.
func explain(err error) error {
	if err != nil && err.Error() == "" {
		return fmt.Errorf("unnamed error %T of the text index: %w", err, err)
	}
	return err
}
