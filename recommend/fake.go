package recommend

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fake is a deterministic [Generator] that stands in for a model in tests: it
// gives the scripted replies in order and keeps the requests. A Fake whose
// script is used up returns an error. It is safe for concurrent use.
type Fake struct {
	Script []FakeReply

	mu       sync.Mutex
	requests []Request
}

// A FakeReply is one scripted reply.
type FakeReply struct {
	Chunks []string      // the text, in pieces
	Err    error         // returned after the chunks
	Delay  time.Duration // before each chunk, or before Err; cut short when the context is done
	Usage  map[string]int
}

// Says is a reply of one chunk.
func Says(text string) FakeReply { return FakeReply{Chunks: []string{text}} }

// Requests returns the requests so far, in order.
func (f *Fake) Requests() []Request {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.requests)
}

// Generate implements [Generator].
func (f *Fake) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	f.mu.Lock()
	n := len(f.requests)
	f.requests = append(f.requests, r)
	f.mu.Unlock()
	if n >= len(f.Script) {
		return Response{}, fmt.Errorf("recommend: fake: request %d, but the script has %d replies", n+1, len(f.Script))
	}
	reply := f.Script[n]
	var b strings.Builder
	for _, piece := range reply.Chunks {
		if err := pause(ctx, reply.Delay); err != nil {
			return Response{}, err
		}
		b.WriteString(piece)
		if each != nil {
			if err := each(Chunk{Text: piece}); err != nil {
				return Response{}, err
			}
		}
	}
	if len(reply.Chunks) == 0 {
		if err := pause(ctx, reply.Delay); err != nil {
			return Response{}, err
		}
	}
	return Response{Text: b.String(), Name: "fake", Usage: reply.Usage}, reply.Err
}

func pause(ctx context.Context, d time.Duration) error {
	if d > 0 {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	}
	if err := ctx.Err(); err != nil {
		return errors.Join(errors.New("recommend: fake: stopped"), err)
	}
	return nil
}
