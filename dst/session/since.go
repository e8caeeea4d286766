package session

import (
	"encoding/binary"
	"slices"

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
func slotsOf(s dst.State) (out []string) {
	for cs := s.Constraints; len(cs) > 0; {
		out = append(out, cs[0].Slot)
		_, cs = cutSlot(cs)
	}
	return out
}

// countSlots is how many slots have constraints.
func countSlots(s dst.State) (n int) {
	for cs := s.Constraints; len(cs) > 0; n++ {
		_, cs = cutSlot(cs)
	}
	return n
}

// cutSlot returns the constraints of the first slot, and the others.
func cutSlot(cs []dst.Constraint) (first, rest []dst.Constraint) {
	n := 1
	for n < len(cs) && cs[n].Slot == cs[0].Slot {
		n++
	}
	return cs[:n], cs[n:]
}

// next is since for the state after a turn: what was said, changed or talked
// about in it is as it is since now.
func (s since) next(before, after dst.State, now int64) since {
	times := make([]int64, countSlots(after)+len(after.Intents))
	for i := range times {
		times[i] = now
	}
	n := len(times) - len(after.Intents)
	out := since{slots: times[:n:n], intents: times[n:]}
	old, at := before.Constraints, 0 // in step with s.slots
	for i, cs := 0, after.Constraints; len(cs) > 0; i++ {
		var held, was []dst.Constraint
		held, cs = cutSlot(cs)
		for len(old) > 0 && old[0].Slot < held[0].Slot {
			_, old = cutSlot(old)
			at++
		}
		if len(old) > 0 && at < len(s.slots) {
			if was, _ = cutSlot(old); sameConstraints(was, held) {
				out.slots[i] = s.slots[at]
			}
		}
	}
	for i, intent := range after.Intents {
		at := slices.Index(before.Intents, intent)
		if at >= 0 && at < len(s.intents) && i < len(after.Intents)-1 { // the last is the one talked about
			out.intents[i] = s.intents[at]
		}
	}
	return out
}

// without is since for a state from which slots and intents are taken.
func (s since) without(state dst.State, slots, intents []string) (out since) {
	for i, slot := range slotsOf(state) {
		if !slices.Contains(slots, slot) {
			out.slots = append(out.slots, s.slots[i])
		}
	}
	for i, intent := range state.Intents {
		if !slices.Contains(intents, intent) {
			out.intents = append(out.intents, s.intents[i])
		}
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
		*list = make([]int64, n)
		for i := range *list {
			(*list)[i] = updated - r.varint()
		}
	}
}
