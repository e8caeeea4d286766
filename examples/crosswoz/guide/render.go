package guide

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// State writes a state the way CrossWOZ's wizards wrote their queries: 领域.槽
// to one text, such as 人均消费 to "50-100元" and 评分 to "4.5分以上". Negations
// and "don't care" have no place in it.
func State(s dst.State) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(s.Constraints); {
		slot := s.Constraints[i].Slot
		terms := s.Of(slot)
		if v := query(slot, terms); v != "" {
			out[slot] = v
		}
		i += len(terms)
	}
	return out
}

// query writes the constraints of one slot.
func query(slot string, terms []dst.Constraint) string {
	var equal []string
	low, high := "", ""
	for _, t := range terms {
		switch {
		case t.Value == dst.DontCare:
		case t.Op == dst.Eq || t.Op == dst.Around:
			equal = append(equal, t.Value)
		case t.Op == dst.Ge || t.Op == dst.Gt:
			low = t.Value
		case t.Op == dst.Le || t.Op == dst.Lt:
			high = t.Value
		}
	}
	unit := units[slot[strings.IndexByte(slot, '.')+1:]]
	switch {
	case len(equal) > 0 && unit == "元" && equal[0] == "0":
		return "免费"
	case len(equal) > 0:
		return measure(strings.Join(equal, " "), unit)
	case low != "" && high != "" && unit == "":
		return measure(low, unit) + " - " + measure(high, unit)
	case low != "" && high != "":
		return low + "-" + measure(high, unit)
	case low != "":
		return measure(low, unit) + "以上"
	case high != "":
		return measure(high, unit) + "以下"
	}
	return ""
}

var units = map[string]string{"门票": "元", "人均消费": "元", "价格": "元", "评分": "分"}

// measure puts the unit behind a number; 游玩时间 keeps its own: "3 小时".
func measure(value, unit string) string { return strings.ReplaceAll(value, " 小时", "小时") + unit }

// Answers writes what a reply tells about the slots that were asked for the way
// CrossWOZ's acts have it: 评分 as "4.5分", a facility asked for by name as
// 酒店.酒店设施-会议室 with 是 or 否.
func Answers(r recommend.Reply) map[string][]string {
	out := map[string][]string{}
	whether := map[string]bool{}
	for _, d := range r.Trace.Decisions {
		if d.Act.Kind == dst.Request && d.Act.Op == dst.Eq {
			whether[d.Act.Slot] = true
			has := slices.Contains(r.Acts, dst.Act{Kind: dst.Inform, Slot: d.Act.Slot, Op: dst.Eq, Value: d.Act.Value})
			out[d.Act.Slot+"-"+d.Act.Value] = []string{map[bool]string{true: "是", false: "否"}[has]}
		}
	}
	for _, a := range r.Answers {
		if whether[a.Slot] {
			continue
		}
		for _, v := range a.Values {
			out[a.Slot] = append(out[a.Slot], worded(a.Slot, v))
		}
		if len(a.Values) == 0 {
			out[a.Slot] = append(out[a.Slot], "无")
		}
	}
	return out
}

// worded writes a value of the graph: 0 yuan is 免费.
func worded(slot, value string) string {
	if number, _, ok := strings.Cut(value, " "); ok && units[slot[strings.IndexByte(slot, '.')+1:]] != "" {
		value = number
	}
	return query(slot, []dst.Constraint{{Slot: slot, Op: dst.Eq, Value: value}})
}

// Recommended lists the names of what a reply offers, best first.
func Recommended(r recommend.Reply) []string {
	var out []string
	for _, item := range r.Items {
		out = append(out, item.Name)
	}
	return out[:min(len(out), 5)]
}
