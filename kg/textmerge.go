package kg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// textMerges is what the full-text index does in the background. Graph.mu
// guards it, but for the group.
type textMerges struct {
	running *textMerge // nil for none
	stop    context.CancelFunc
	group   sync.WaitGroup
}

// textMerge makes one part of several.
type textMerge struct {
	parts  map[*textSegment]bool
	missed []string // things that batches touched since it began
}

func (m *textMerge) has(p *textPart) bool { return m != nil && m.parts[p.textSegment] }

// due returns the parts that should be merged: the smaller ones, as soon as
// there are a few of about one size, so that each document is written a number
// of times that grows with the logarithm of their number only; and those of
// which more than half is gone.
func (r *textReader) due() []*textPart {
	parts := slices.Clone(r.parts)
	slices.SortStableFunc(parts, func(a, b *textPart) int { return cmp.Compare(a.alive, b.alive) })
	n, sum := 0, 0
	for n < len(parts) && (n == 0 || parts[n].alive <= 2*sum) {
		sum += parts[n].alive
		n++
	}
	if n < mergeFanout {
		n = 0
	}
	out := slices.Clone(parts[:n])
	for _, p := range parts[n:] {
		if p.docs() > 2*smallPart && p.alive < p.docs()/2 {
			out = append(out, p)
		}
	}
	return out
}

// mergeTexts starts a merge in the background where one is due. Graph.mu is
// held.
func (g *Graph) mergeTexts() {
	s := g.snap.Load()
	if g.closed || g.merges.running != nil || s == nil {
		return
	}
	due := s.text.due()
	if len(due) == 0 {
		return
	}
	m := &textMerge{parts: map[*textSegment]bool{}}
	for _, p := range due {
		m.parts[p.textSegment] = true
	}
	ctx, stop := context.WithCancel(context.Background())
	g.merges.running, g.merges.stop = m, stop
	g.merges.group.Go(func() {
		defer stop()
		var ids []string
		for _, p := range due {
			ids = p.appendIDs(ids)
		}
		slices.Sort(ids)
		made, err := buildParts(ctx, s, ids)
		g.mu.Lock()
		defer g.mu.Unlock()
		g.merged(m, made, err)
	})
}

// merged publishes what a merge has made. Graph.mu is held.
func (g *Graph) merged(m *textMerge, made []*textPart, err error) {
	g.merges.running = nil
	now := g.snap.Load()
	if g.closed || now == nil {
		return
	}
	if err != nil {
		g.background = errors.Join(g.background, fmt.Errorf("merge the text index: %w", err))
		return
	}
	rest := slices.DeleteFunc(slices.Clone(now.text.parts), m.has)
	if len(now.text.parts)-len(rest) == 0 { // the whole index was replaced, or all of them are gone
		return
	}
	made = newTextReader(made).without(m.missed).parts
	next := *now
	next.text = newTextReader(append(made, rest...))
	g.snap.Store(&next)
	g.mergeTexts()
}

// touchedTexts tells the merge that is running of a batch that was published,
// and looks for one that is due. Graph.mu is held.
func (g *Graph) touchedTexts(ids []string) {
	if g.merges.running != nil {
		g.merges.running.missed = append(g.merges.running.missed, ids...)
	}
	g.mergeTexts()
}
