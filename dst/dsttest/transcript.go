package dsttest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// transcript writes the conversation up to now, with what should hold after its
// last message.
func (t *talk) transcript(f Finding) string {
	var b strings.Builder
	fmt.Fprintf(&b, "== simulated, seed %d, conversation %d\n# %s: %s\n", t.sim.opt.Seed, t.n, f.Kind, oneLine(f.Text))
	if !t.sim.opt.Now.IsZero() {
		fmt.Fprintf(&b, "clock: %s\n", t.sim.opt.Now.Format(clockForm))
	}
	for i, x := range t.log {
		if i > 0 {
			b.WriteString(strings.TrimSuffix("bot: "+dst.FormatActs(x.bot), " ") + "\n")
		}
		b.WriteString(strings.TrimSuffix("user: "+quote(x.user.text), " ") + "\n")
		if i < len(t.log)-1 {
			b.WriteString(indent + "...\n")
		}
	}
	held := false
	for _, full := range t.saidSlots() {
		for _, a := range t.u.told[full] {
			fmt.Fprintf(&b, "%sholds: %s\n", indent, t.wanted(a))
			held = true
		}
		t.surplus(&b, full)
	}
	if f.Slot != "" && t.u.told[f.Slot] == nil {
		fmt.Fprintf(&b, "%slacks: %s\n", indent, formName(f.Slot))
	} else if !held {
		b.WriteString(indent + "...\n")
	}
	return b.String()
}

// surplus writes what the state has of a slot beyond what was said.
func (t *talk) surplus(b *strings.Builder, full string) {
	slot, _ := t.sim.schema.Slot(full)
	for _, c := range t.log[len(t.log)-1].state.Of(full) {
		said := slices.ContainsFunc(t.u.told[full], func(a dst.Act) bool { return stands(slot, a, c) })
		if !said && c.Op != dst.Ne {
			fmt.Fprintf(b, "%slacks: %s\n", indent, formTerm(dst.Act{Slot: full, Op: c.Op, Value: c.Value}))
		}
	}
}

// wanted writes an act as a condition on the state, in all forms that will do.
func (t *talk) wanted(a dst.Act) string {
	slot, _ := t.sim.schema.Slot(a.Slot)
	ops := []dst.Op{a.Op}
	_, ordered := slot.Type.(dst.Comparer)
	switch {
	case a.Op == dst.Add:
		ops[0] = dst.Eq
	case a.Op == dst.Eq && ordered && a.Value != dst.DontCare:
		ops = append(ops, dst.Le, dst.Around)
	case a.Op == dst.Le:
		ops = append(ops, dst.Lt)
	case a.Op == dst.Ge:
		ops = append(ops, dst.Gt)
	}
	forms := make([]string, len(ops))
	for i, op := range ops {
		forms[i] = formTerm(dst.Act{Slot: a.Slot, Op: op, Value: a.Value})
	}
	return strings.Join(forms, " | ")
}
