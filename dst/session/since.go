package session

import (
	"encoding/binary"

	"github.com/slotgraph/slotgraph/dst"
)

// since says since when things of a state are as they are, in milliseconds
// since 1970, in step with the state: slots with constraints in the order of
// State.Constraints, then State.Intents.
type since struct {
	slots   []int64
	intents []int64
}

// slotsOf returns the slots with constraints, each once. Constraints are sorted
// by slot.
func slotsOf(s dst.State) []string {
	var out []string
	for i, c := range s.Constraints {
		if i == 0 || c.Slot != s.Constraints[i-1].Slot {
			out = append(out, c.Slot)
		}
	}
	return out
}

// next is since for the state after a turn: what was said, changed or talked
// about in it is as it is since now.
func (s since) next(before, after dst.State, now int64) since {
	out := since{}
	old := map[string]int64{}
	for i, slot := range slotsOf(before) {
		if i < len(s.slots) {
			old[slot] = s.slots[i]
		}
	}
	for _, slot := range slotsOf(after) {
		was, ok := old[slot]
		if !ok || !sameConstraints(before.Of(slot), after.Of(slot)) {
			was = now
		}
		out.slots = append(out.slots, was)
	}
	clear(old)
	for i, intent := range before.Intents {
		if i < len(s.intents) {
			old[intent] = s.intents[i]
		}
	}
	for i, intent := range after.Intents {
		was, ok := old[intent]
		if !ok || i == len(after.Intents)-1 { // the last is the one talked about
			was = now
		}
		out.intents = append(out.intents, was)
	}
	return out
}

// sameConstraints reports whether nothing was said of a slot: what is said again
// has new evidence.
func sameConstraints(a, b []dst.Constraint) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func (s since) append(b []byte, updated int64) []byte {
	for _, list := range [][]int64{s.slots, s.intents} {
		b = binary.AppendUvarint(b, uint64(len(list)))
		for _, at := range list {
			b = binary.AppendVarint(b, updated-at)
		}
	}
	return b
}

func (s *since) read(r *reader, updated int64) {
	for _, list := range []*[]int64{&s.slots, &s.intents} {
		n := r.uvarint()
		if n > uint64(len(r.b)) {
			r.bad = true
			return
		}
		for range n {
			*list = append(*list, updated-r.varint())
		}
	}
}
