package guide

import (
	"maps"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// Annotated is the dialogue in the library's own form, to fit and to measure a
// tracker with. The gold state is the wizard's query; of each value the first
// spelling is that of [dst.State.Flat], the second the wizard's. Slots that the
// user asked about stand without a value: 酒店.酒店设施-会议室 is 酒店.酒店设施.
// What the wizard tells of it, 是 or 否, is 酒店.酒店设施=会议室 or !=会议室.
func (d Dialogue) Annotated() dst.Dialogue {
	out := dst.Dialogue{ID: d.ID}
	for _, t := range d.Turns {
		turn := dst.DialogueTurn{System: []dst.Act{}, SystemText: t.SystemText, User: t.User, State: map[string][]string{}}
		for _, a := range t.System {
			turn.System = append(turn.System, valued(a))
		}
		for slot, value := range t.Gold {
			turn.State[slot] = []string{value}
			if flat := flatValue(slot, value); flat != value {
				turn.State[slot] = []string{flat, value}
			}
		}
		for _, slot := range t.Requested {
			slot, _, _ = strings.Cut(slot, "-")
			if !slices.Contains(turn.Requested, slot) {
				turn.Requested = append(turn.Requested, slot)
			}
		}
		out.Turns = append(out.Turns, turn)
	}
	return out
}

// valued moves the value that stands in a slot's name to its place.
func valued(a dst.Act) dst.Act {
	slot, value, ok := strings.Cut(a.Slot, "-")
	if !ok {
		return a
	}
	out := dst.Act{Kind: a.Kind, Slot: slot}
	if a.Op != "" {
		out.Op, out.Value = dst.Eq, value
		if a.Value == "否" {
			out.Op = dst.Ne
		}
	}
	return out
}

// flatValue undoes what State does to the value of a slot with a unit: it reads
// "50-100元" as "50-100" and "4.5分以上" as ">=4.5". Other slots' values stay.
func flatValue(slot, value string) string {
	name := slot[strings.IndexByte(slot, '.')+1:]
	unit, measured := units[name]
	if !measured && name != "游玩时间" {
		return value
	}
	if unit == "元" && value == "免费" {
		return "0"
	}
	op := ""
	if v, ok := strings.CutSuffix(value, "以上"); ok {
		op, value = ">=", v
	} else if v, ok := strings.CutSuffix(value, "以下"); ok {
		op, value = "<=", v
	}
	ends := strings.Split(value, "-")
	for i, end := range ends {
		ends[i] = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(end), unit))
		for _, u := range []string{"小时", "天"} {
			if number, ok := strings.CutSuffix(ends[i], u); ok && unit == "" {
				ends[i] = strings.TrimSpace(number) + " " + u
			}
		}
	}
	return op + strings.Join(ends, "-")
}

// Constraints is the wizard's query as a state holds it.
func (t Turn) Constraints() []dst.Constraint {
	var out []dst.Constraint
	for _, slot := range slices.Sorted(maps.Keys(t.Gold)) {
		for _, value := range several(slot, t.Gold[slot]) {
			out = append(out, terms(slot, flatValue(slot, value))...)
		}
	}
	return out
}

// several are the values that the wizard wrote into one slot with spaces between.
func several(slot, value string) []string {
	if strings.HasSuffix(slot, ".推荐菜") || strings.HasSuffix(slot, ".酒店设施") {
		return strings.Fields(value)
	}
	return []string{value}
}

// terms are the constraints that a flat value stands for.
func terms(slot, flat string) []dst.Constraint {
	if v, ok := strings.CutPrefix(flat, ">="); ok {
		return []dst.Constraint{{Slot: slot, Op: dst.Ge, Value: v}}
	}
	if v, ok := strings.CutPrefix(flat, "<="); ok {
		return []dst.Constraint{{Slot: slot, Op: dst.Le, Value: v}}
	}
	name := slot[strings.IndexByte(slot, '.')+1:]
	if low, high, ok := strings.Cut(flat, "-"); ok && (units[name] != "" || name == "游玩时间") {
		return []dst.Constraint{{Slot: slot, Op: dst.Ge, Value: low}, {Slot: slot, Op: dst.Le, Value: high}}
	}
	return []dst.Constraint{{Slot: slot, Op: dst.Eq, Value: flat}}
}
