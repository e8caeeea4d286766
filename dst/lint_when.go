package dst

import (
	"fmt"
	"strconv"
	"strings"
)

// A demand is what must hold of one slot: one of several conditions.
type demand []Condition

// maxValues bounds the values that are tried out on conditions.
const maxValues = 1000

// never says why the conditions of a slot cannot all hold, with those of the
// slots that they speak of, or "". What Validate refuses is not looked for:
// the conditions go in no circle, and no two of one slot contradict each other.
func (s Service) never(slot *Slot) string {
	if len(slot.When) == 0 {
		return ""
	}
	demands, order := map[string][]demand{}, []string{}
	s.demand(slot, map[string]bool{}, demands, &order)
	for _, name := range order {
		on := s.slot(name)
		if on.Multi || s.possible(on, demands[name]) {
			continue
		}
		return fmt.Sprintf("no value of slot %s could satisfy %s", name, wordDemands(demands[name]))
	}
	return ""
}

// demand gathers what the conditions of a slot demand of others.
func (s Service) demand(slot *Slot, seen map[string]bool, demands map[string][]demand, order *[]string) {
	if seen[slot.Name] {
		return
	}
	seen[slot.Name] = true
	equal := map[string]int{} // of the slot's own = conditions: the index of their demand
	for _, c := range slot.When {
		on := s.slot(c.Slot)
		s.demand(on, seen, demands, order)
		if demands[c.Slot] == nil {
			*order = append(*order, c.Slot)
		}
		if i, some := equal[c.Slot]; some && c.Op == Eq {
			demands[c.Slot][i] = append(demands[c.Slot][i], c)
			continue
		}
		if c.Op == Eq {
			equal[c.Slot] = len(demands[c.Slot])
		}
		demands[c.Slot] = append(demands[c.Slot], demand{c})
	}
}

// possible reports whether some value meets all demands; where the values
// cannot be listed, whether those that are demanded do and bounds meet.
func (s Service) possible(slot *Slot, demands []demand) bool {
	values, all := listValues(slot.Type)
	if !all {
		for _, d := range demands {
			if d[0].Op == Eq {
				values, all = nil, true
				for _, c := range d {
					values = append(values, c.Value)
				}
				break
			}
		}
	}
	if all {
		for _, v := range values {
			if meets(slot.Type, v, demands) {
				return true
			}
		}
		return false
	}
	for i, d := range demands {
		for _, other := range demands[:i] {
			if contradict(slot, other[0], d[0]) {
				return false
			}
		}
	}
	return true
}

// meets reports whether a value meets all demands.
func meets(typ Type, value string, demands []demand) bool {
	for _, d := range demands {
		met := false
		for _, c := range d {
			met = met || c.Op == "" || c.admits(typ, value)
		}
		if !met {
			return false
		}
	}
	return true
}

// listValues returns the values of a type that has few, and no preference,
// which any slot may hold.
func listValues(typ Type) (values []string, all bool) {
	switch typ := typ.(type) {
	case *Enum:
		for _, o := range typ.Values {
			values = append(values, o.Value)
		}
	case *YesNo:
		values = []string{typ.value(yesNoYes), typ.value(yesNoNo)}
	case *Number:
		if !typ.Integer || typ.Min >= typ.Max || typ.Max-typ.Min > maxValues {
			return nil, false
		}
		for x := int64(typ.Min); float64(x) <= typ.Max; x++ {
			if float64(x) >= typ.Min {
				values = append(values, strconv.FormatInt(x, 10))
			}
		}
	default:
		return nil, false
	}
	return append(values, DontCare), true
}

// wordDemands lists demands for a remark.
func wordDemands(demands []demand) string {
	var parts []string
	for _, d := range demands {
		var either []string
		for _, c := range d {
			either = append(either, c.String())
		}
		parts = append(parts, strings.Join(either, " or "))
	}
	return strings.Join(parts, " and ")
}
