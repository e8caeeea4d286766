// Package simulate lets invented customers buy from an agent. It reads from the
// agent's graph what there is and what is true of it, so that goals and
// judgement come from the facts and not from the agent:
//
//	opt, err := simulate.Options(ctx, agent, binding)
//	report, err := dsttest.SimulateCustomers(ctx, simulate.Bot(agent), agent.Schema(), opt)
//
// See [dsttest.SimulateCustomers] for what the customers do.
package simulate

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// Bot is an agent as a bot of the simulations of [dsttest].
func Bot(agent *recommend.Agent) dsttest.Bot {
	return dsttest.BotFunc(func(ctx context.Context, s dst.State, message string) (dsttest.Answer, error) {
		reply, next, err := agent.Reply(ctx, s, message)
		return dsttest.Answer{Text: reply.Text, Acts: reply.Acts, State: next}, err
	})
}

// Options reads from the agent's graph the things of a service, as its binding
// says, with the values of all slots and the words for those that the graph
// names. Customers ask about every slot; set Asks to have them ask about some,
// and Words to have them speak as yours do.
//
// Slots that read the thing that another slot names ("$from/station") have no
// values. Errors are those of the graph and of a service that there is not.
func Options(ctx context.Context, agent *recommend.Agent, binding recommend.Binding) (dsttest.CustomerOptions, error) {
	r := reader{ctx: ctx, graph: agent.Graph(), of: map[string]map[string]string{}, opt: dsttest.CustomerOptions{Words: map[string]dsttest.SlotWords{}}}
	for _, service := range agent.Schema().Services {
		if service.Name == binding.Service {
			if err := r.read(service, binding); err != nil {
				return r.opt, fmt.Errorf("simulate: reading service %q: %w", service.Name, err)
			}
			return r.opt, nil
		}
	}
	return r.opt, fmt.Errorf("simulate: the schema has no service %q", binding.Service)
}

// reader reads one service.
type reader struct {
	ctx   context.Context
	graph *kg.Graph
	opt   dsttest.CustomerOptions
	of    map[string]map[string]string // by slot and name, the value that bears it
}

func (r *reader) read(service dst.Service, binding recommend.Binding) error {
	ids, err := r.things(service, binding)
	if err != nil {
		return err
	}
	taken := map[string]bool{}
	for _, id := range ids {
		thing := dsttest.Thing{Value: r.graph.Name(r.ctx, id, "en"), Names: map[string]string{}, Values: map[string][]string{}}
		if taken[thing.Value] {
			thing.Value = id // as the agent calls things that share a name
		}
		taken[thing.Value] = true
		for _, lang := range []string{"en", "zh"} {
			thing.Names[lang] = r.graph.Name(r.ctx, id, lang)
		}
		for _, slot := range service.Slots {
			if err := r.values(&thing, id, slot, full(service, slot), path(slot, binding)); err != nil {
				return err
			}
		}
		r.opt.Things = append(r.opt.Things, thing)
	}
	for _, slot := range service.Slots {
		if !slot.Names {
			r.opt.Asks = append(r.opt.Asks, full(service, slot))
		}
	}
	return nil
}

// things are the ids of the service's things: those of its kind, or of the
// kinds that the kind slot has words for.
func (r *reader) things(service dst.Service, binding recommend.Binding) ([]string, error) {
	q := kg.Query{Kind: binding.Kind, Bare: true}
	for _, slot := range service.Slots {
		parser, parses := slot.Type.(dst.Parser)
		if slot.Name != binding.KindSlot || slot.Name == "" || !parses {
			continue
		}
		facets, err := r.graph.Facets(r.ctx, q, path(slot, binding))
		if err != nil {
			return nil, err
		}
		c := kg.Condition{Predicate: path(slot, binding), Op: kg.Eq}
		for _, f := range facets {
			if _, ok := parser.Parse(f.Value.String(), time.Time{}); ok {
				c.Values = append(c.Values, f.Value)
			}
		}
		q.Where = append(q.Where, c)
	}
	hits, err := r.graph.Find(r.ctx, q)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, hit := range hits {
		ids = append(ids, hit.ID)
	}
	return ids, nil
}

// values reads what a thing has of a slot.
func (r *reader) values(thing *dsttest.Thing, id string, slot dst.Slot, full, path string) error {
	if slot.Names || path == "" || strings.HasPrefix(path, "$") {
		return nil
	}
	facets, err := r.graph.Facets(r.ctx, kg.Query{IDs: []string{id}}, path)
	if err != nil {
		return err
	}
	for _, f := range facets {
		names, err := r.names(f.Value)
		if err != nil {
			return err
		}
		value := canonical(slot, f.Value, names)
		if !slices.Contains(thing.Values[full], value) {
			thing.Values[full] = append(thing.Values[full], value)
		}
		if f.Value.IsRef() {
			r.learn(full, value, names)
		}
	}
	return nil
}

// learn notes the names of a value. One that several values bear is said by nobody.
func (r *reader) learn(full, value string, names []string) {
	if r.of[full] == nil {
		r.of[full] = map[string]string{}
	}
	w := r.opt.Words[full]
	for _, name := range names {
		other, known := r.of[full][name]
		r.of[full][name] = value
		switch {
		case !known:
			w.Values = append(w.Values, name)
		case other != value:
			w.Values = slices.DeleteFunc(w.Values, func(v string) bool { return v == name })
		}
	}
	r.opt.Words[full] = w
}

// names are the ways to say a value: a thing's names, or its text alone.
func (r *reader) names(v kg.Value) ([]string, error) {
	id, ok := v.ID()
	if !ok {
		return []string{v.String()}, nil
	}
	out := []string{r.graph.Name(r.ctx, id, "en"), r.graph.Name(r.ctx, id, "zh")}
	facts, err := r.graph.Facts(r.ctx, id, "alias")
	for _, f := range facts {
		out = append(out, f.Object.String())
	}
	return out, err
}

// canonical is a value as acts have it.
func canonical(slot dst.Slot, v kg.Value, names []string) string {
	if parser, ok := slot.Type.(dst.Parser); ok {
		for _, name := range names {
			if value, ok := parser.Parse(name, time.Time{}); ok {
				return value
			}
		}
	}
	if n, _, ok := v.Number(); ok && slot.Type != nil {
		return kg.Num(n, "").String() // outside what the slot's type takes
	}
	return names[0]
}

func full(service dst.Service, slot dst.Slot) string {
	if service.Name == "" {
		return slot.Name
	}
	return service.Name + "." + slot.Name
}

// path is what a slot reads, as [recommend.Binding] has it.
func path(slot dst.Slot, binding recommend.Binding) string {
	p, listed := binding.Slots[slot.Name]
	switch {
	case listed:
		return p
	case slot.Name == binding.KindSlot:
		return "kind"
	}
	return slot.Name
}
