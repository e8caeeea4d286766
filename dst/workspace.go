package dst

import "sync"

// A workspace is the memory of one turn, used again by later ones: nothing in
// it outlives the turn. What a turn returns is never part of it.
type workspace struct {
	r reading
	u understanding
	x ranker
}

var workspaces = sync.Pool{New: func() any { return new(workspace) }}

// release lets go of what the turn's memory points to, and gives it back.
func (w *workspace) release() {
	r, u, x := &w.r, &w.u, &w.x
	clear(r.mentions)
	clear(r.spareMentions)
	clear(u.decisions)
	clear(u.asked)
	clear(u.won)
	clear(u.rest)
	clear(u.wanted)
	clear(x.opts)
	clear(x.spare)
	clear(x.intents)
	clear(x.tokens)
	*r = reading{clauses: r.clauses[:0], clauseOf: r.clauseOf[:0], marks: r.marks[:0], mentions: r.mentions[:0], spareMarks: r.spareMarks[:0], spareMentions: r.spareMentions[:0]}
	*u = understanding{decisions: u.decisions[:0], taken: u.taken[:0], asked: u.asked[:0], won: u.won[:0], rest: u.rest[:0], wanted: u.wanted[:0]}
	*x = ranker{tokens: x.tokens[:0], inValue: x.inValue[:0], opts: x.opts[:0], spare: x.spare[:0], intents: x.intents[:0], feats: x.feats[:0], on: x.on[:0], filled: x.filled[:0], open: x.open[:0], openSlot: x.openSlot[:0], ranked: x.ranked[:0],
		surroundings: surroundings{stems: x.stems[:0], bag: x.bag[:0], opened: x.opened[:0]}}
	if cap(x.feats) > maxKept || cap(r.mentions) > maxKept {
		return // of a message that was far longer than most
	}
	workspaces.Put(w)
}

// maxKept is the length from which memory is not kept for later turns.
const maxKept = 1 << 15

// zeros returns n zero values in the memory of buf, if it is large enough.
func zeros[T any](buf []T, n int) []T {
	if cap(buf) < n {
		return make([]T, n, max(n, 16))
	}
	buf = buf[:n]
	clear(buf)
	return buf
}
