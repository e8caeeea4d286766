package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// ruleCurrency notices an amount of money in another currency than that in
// which things are priced: nothing is found by it, and the bot knows no rates.
func (t *turn) ruleCurrency() (bool, error) {
	var foreign []dst.Decision
	for _, d := range t.decisions {
		x := t.c.slots[d.Act.Slot]
		if x == nil || x.measure != string(text.Currency) || d.Act.Kind != dst.Inform {
			continue
		}
		v := bound(t.c.graphValues(x, d.Act.Value), d.Act.Value)
		if _, unit, ok := v.Number(); ok && x.currency != "" && isCurrency(unit) && unit != x.currency {
			foreign = append(foreign, d)
		}
	}
	if len(foreign) == 0 {
		return false, nil
	}
	x := t.c.slots[foreign[0].Act.Slot]
	for _, d := range foreign {
		t.s.Constraints = slices.DeleteFunc(slices.Clone(t.s.Constraints), func(k dst.Constraint) bool {
			return k.Slot == d.Act.Slot && k.Value == d.Act.Value
		})
	}
	for _, k := range t.before.Of(x.full) {
		if !t.s.Filled(x.full) {
			t.s = t.s.Apply(dst.Act{Kind: dst.Inform, Slot: k.Slot, Op: k.Op, Value: k.Value})
		}
	}
	t.decisions = slices.DeleteFunc(slices.Clone(t.decisions), func(d dst.Decision) bool { return slices.Contains(actsOf(foreign), d.Act) })
	t.asked = true // what it is in the shop's money
	t.add(Step{Kind: StepCurrency, Label: t.c.label(x, t.lang), Text: moneyWord(x.currency, t.lang)}, dst.Act{Kind: dst.Ask, Slot: x.full})
	return len(t.wished(x.service)) == 0, nil
}

func actsOf(decisions []dst.Decision) []dst.Act {
	out := make([]dst.Act, len(decisions))
	for i, d := range decisions {
		out[i] = d.Act
	}
	return out
}

// currencyOf is the one currency that values are in, "" where they are in
// several.
func currencyOf(facets []kg.Facet) string {
	out := ""
	for _, f := range facets {
		_, unit, ok := f.Value.Number()
		if !ok || !isCurrency(unit) || out != "" && unit != out {
			return ""
		}
		out = unit
	}
	return out
}

// moneyWord is what people call a currency.
func moneyWord(code, lang string) string {
	units := text.LookupUnits(code)
	switch {
	case len(units) == 0:
		return code
	case lang == "zh":
		return units[0].Zh
	case code == "CNY":
		return "yuan"
	}
	return units[0].En
}
