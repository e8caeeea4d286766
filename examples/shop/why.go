package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// showWhy tells how the last answer came about, from the intent to the facts.
func (t *talk) showWhy(context.Context, string) (string, error) {
	if t.last.Text == "" {
		return t.say("I have not said anything yet.", "我还没有回答过。"), nil
	}
	trace := t.last.Trace
	var lines []string
	add := func(en, zh, text string) {
		lines = append(lines, t.say(en, zh)+text)
	}
	if best, ok := trace.Ranking.Best(); ok {
		add("intent: ", "意图：", fmt.Sprintf("%s p=%.2f", best.Intent, best.P))
	} else {
		add("intent: ", "意图：", t.say("none, out of scope", "无，超出范围"))
	}
	for _, d := range trace.Decisions {
		add("understood: ", "理解：", d.String())
	}
	add("rules: ", "规则：", strings.Join(trace.Rules, ", "))
	for _, q := range trace.Queries {
		add("query: ", "查询：", queryText(q.Query))
	}
	for _, a := range trace.Relaxed {
		add("given up: ", "放宽：", dst.Act{Slot: a.Slot, Op: a.Op, Value: a.Value}.String())
	}
	for i, item := range t.last.Items {
		if len(item.Terms) > 0 {
			add("rank ", "排名", fmt.Sprintf(t.say("%d: %s, %s", "%d：%s，%s"), i+1, item.Name, t.terms(item)))
		}
	}
	add("facts: ", "事实：", fmt.Sprintf(t.say("%d, see :facts", "%d条，见 :facts"), len(t.last.Facts)))
	return strings.Join(lines, "\n"), nil
}

// terms tells what an item's rank is made of: how many wishes it meets, which
// it does not, and what decides between items that meet the same.
func (t *talk) terms(item recommend.Item) string {
	met, wishes := 0, 0
	var rest []string
	for _, term := range item.Terms {
		byOrder := slices.ContainsFunc(store.Ranking, func(o kg.Order) bool { return o.Predicate == term.Name })
		switch {
		case byOrder:
			rest = append(rest, t.label(term.Name)+" "+term.Value)
			continue
		case term.Name == recommend.TermPlace || term.Name == recommend.TermFit || strings.HasPrefix(term.Name, "near "):
			continue
		case term.Name == recommend.TermVariant:
			rest = append(rest, t.say("a variant of one above", "与上面某款只是版本不同"))
			continue
		case term.Soft && term.Score > 0:
			rest = append(rest, fmt.Sprintf(t.say("also %s", "另外符合%s"), term.Name))
			continue
		case term.Soft:
			rest = append(rest, fmt.Sprintf(t.say("not %s, which was only preferred", "不符合%s（非必须）"), term.Name))
			continue
		case term.Score > 0:
			met++
		default:
			rest = append(rest, fmt.Sprintf(t.say("not %s", "不符合%s"), term.Name))
		}
		wishes++
	}
	return fmt.Sprintf(t.say("meets %d of %d wishes; ", "符合%d/%d项要求；"), met, wishes) + strings.Join(rest, t.say("; ", "；"))
}

// queryText writes a query, without the condition that every one has: that
// products are of one of the kinds that the shop deals in.
func queryText(q kg.Query) string {
	var parts []string
	for _, c := range q.Where {
		if len(c.Values) < 10 {
			parts = append(parts, c.String())
		}
	}
	return strings.Join(parts, "; ")
}

// showFacts lists the facts of the last answer with the rows they stand in,
// those of one thing together.
func (t *talk) showFacts(ctx context.Context, _ string) (string, error) {
	var things []string
	lines := map[string][]string{}
	for _, f := range t.last.Facts {
		if lines[f.Subject] == nil {
			things = append(things, f.Subject)
			lines[f.Subject] = []string{fmt.Sprintf("%s  [%s]", t.name(ctx, f.Subject), f.Source)}
		}
		lines[f.Subject] = append(lines[f.Subject], "  "+t.label(f.Predicate)+": "+t.object(ctx, f))
	}
	if len(things) == 0 {
		return t.say("The last answer rests on no facts.", "上一个回答没有用到事实。"), nil
	}
	var out []string
	for _, id := range things {
		out = append(out, lines[id]...)
	}
	return strings.Join(out, "\n"), nil
}
