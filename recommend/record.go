package recommend

import (
	"strings"

	"github.com/slotgraph/slotgraph/kg"
)

// Steps of live data.
const (
	StepRecord      StepKind = "record"      // tell about Items
	StepWhichRecord StepKind = "whichrecord" // the user has several, Items; ask for one
	StepNotFound    StepKind = "notfound"    // there is no Thing with the value Text of Label, or none at all
	StepUnreached   StepKind = "unreached"   // the data of the service Label cannot be reached; offer a person
)

// recordItem is a record with what is shown of one.
func (t *turn) recordItem(sv *service, r Record) Item {
	item := Item{ID: sv.Name + ":" + r.Key, Value: r.Key, Name: t.recordName(sv, r), Score: 1}
	for _, name := range sv.live.Show {
		x := sv.slot(name)
		item.Show = append(item.Show, t.recordFacts(sv, r, x)...)
	}
	return item
}

// recordFacts are the value of a record under a slot that is told, as a fact
// whose source is the service's.
func (t *turn) recordFacts(sv *service, r Record, x *slot) []Fact {
	values := r.Values[x.Name]
	if len(values) == 0 {
		return nil
	}
	told := values[:1]
	if x.Multi {
		told = values
	}
	var out []Fact
	for _, v := range told {
		if x.Sensitive {
			t.confided = true
			t.revealed = append(t.revealed, v.String(), t.c.slotValue(x, v), t.c.worded(t.ctx, x, v, t.lang))
		}
		out = append(out, Fact{
			Thing: t.recordName(sv, r), Attribute: t.c.label(x, t.lang), Value: t.c.worded(t.ctx, x, v, t.lang),
			Source: kg.Fact{Subject: sv.Name + ":" + r.Key, Predicate: x.Name, Object: v, Source: "live"},
		})
	}
	return out
}

// recordName is how a record is called: "order 1042", 订单1042.
func (t *turn) recordName(sv *service, r Record) string {
	if r.Name != "" {
		return oneLine(r.Name)
	}
	sep := map[string]string{"en": " "}[t.lang]
	return strings.TrimSpace(t.c.serviceWord(sv.Name, t.lang) + sep + oneLine(r.Key))
}

// serviceWord is the word for a service.
func (c *core) serviceWord(name, lang string) string {
	if s, ok := c.labelled(name, lang); ok {
		return s
	}
	return spaced(name)
}
