package dsttest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// SimulateDialogues invents annotated dialogues on a schema: the users of
// [Simulate] talk to a bot that understands everything, asks what is needed,
// has values confirmed now and then, offers things and answers questions. They
// are for training and measuring trackers on schemas of which no dialogues
// exist; a schema may itself be invented ([RandomSchema]). The gold state holds
// values in canonical form, first of their spellings, with the user's own words
// for it behind; bounds are in the form of [dst.State.Flat].
func SimulateDialogues(ctx context.Context, schema dst.Schema, opt *SimOptions) ([]dst.Dialogue, error) {
	sim, err := newSimulation(schema, opt)
	if err != nil {
		return nil, fmt.Errorf("dsttest: simulate dialogues: %w", err)
	}
	tracker, err := dst.NewTracker(schema, &dst.TrackerOptions{Now: sim.sampler.clock, Weights: dst.NoWeights()})
	if err != nil {
		return nil, fmt.Errorf("dsttest: simulate dialogues: %w", err)
	}
	out := make([]dst.Dialogue, 0, sim.opt.N)
	for i := range sim.opt.N {
		bot := &oracle{tracker: tracker, sim: sim}
		t := sim.talk(i, bot)
		bot.u = t.u
		if err := t.run(ctx); err != nil {
			return nil, fmt.Errorf("dsttest: simulate dialogues: dialogue %d: %w", i, err)
		}
		out = append(out, t.dialogue())
	}
	return out, nil
}

// An oracle is a bot that is told what the user means.
type oracle struct {
	tracker *dst.Tracker
	sim     *simulation
	u       *user
	acts    []dst.Act
}

func (o *oracle) hear(acts []dst.Act) { o.acts = acts }

// Answer implements [Bot].
func (o *oracle) Answer(_ context.Context, s dst.State, _ string) (Answer, error) {
	s = s.NextTurn().Apply(o.acts...)
	s.System, s.Lang = nil, o.sim.opt.Lang
	acts := o.told(s)
	last := o.acts
	if n := len(last); n > 0 && last[n-1].Kind == dst.Inform && last[n-1].Value != dst.DontCare && last[n-1].Op == dst.Eq && o.u.r.IntN(6) == 0 {
		c := last[n-1]
		c.Kind = dst.Confirm
		acts = append(acts, c)
	} else {
		acts = append(acts, o.next(s)...)
	}
	return Answer{Acts: acts, State: s.Said(acts...)}, nil
}

// told answers what the user asked about.
func (o *oracle) told(s dst.State) []dst.Act {
	var acts []dst.Act
	for _, full := range s.Requested {
		slot, _ := o.sim.schema.Slot(full)
		if x, ok := o.sim.sampler.sample(o.u.r, slot, full, o.sim.opt.Lang); ok {
			acts = append(acts, dst.Act{Kind: dst.Inform, Slot: full, Op: dst.Eq, Value: x.value})
		}
	}
	return acts
}

// next is what the tracker would do, with up to three things to offer where the
// service has names for them.
func (o *oracle) next(s dst.State) []dst.Act {
	next := o.tracker.Next(s)
	if next.Kind != dst.Offer || next.Slot != "" {
		return []dst.Act{next}
	}
	var offers []dst.Act
	for _, slot := range o.u.service.Slots {
		full := fullName(o.u.service, slot.Name)
		if _, chosen := s.Focused(full); !slot.Names || s.Filled(full) || chosen && !o.seeks() {
			continue
		}
		for range 1 + o.u.r.IntN(3) {
			x, ok := o.sim.sampler.sample(o.u.r, slot, full, o.sim.opt.Lang)
			offer := dst.Act{Kind: dst.Offer, Slot: full, Op: dst.Eq, Value: x.value}
			if ok && !slices.Contains(offers, offer) {
				offers = append(offers, offer)
			}
		}
	}
	if len(offers) == 0 {
		return []dst.Act{next}
	}
	return offers
}

// seeks reports whether the user's last words change what is looked for.
func (o *oracle) seeks() bool {
	return slices.ContainsFunc(o.acts, func(a dst.Act) bool { return a.Kind == dst.Inform || a.Kind == dst.More })
}

// dialogue is the conversation as an annotated one.
func (t *talk) dialogue() dst.Dialogue {
	d := dst.Dialogue{ID: fmt.Sprintf("sim-%d-%d", t.sim.opt.Seed, t.n)}
	for _, x := range t.log {
		turn := dst.DialogueTurn{System: x.bot, User: x.user.text, State: map[string][]string{}, Not: map[string][]string{}, Requested: x.state.Requested}
		for _, c := range x.state.Constraints {
			if c.Op == dst.Ne {
				turn.Not[c.Slot] = append(turn.Not[c.Slot], c.Value)
			}
		}
		if turn.System == nil {
			turn.System = []dst.Act{}
		}
		for slot, value := range x.state.Flat() {
			turn.State[slot] = t.spellings(slot, value)
		}
		for _, name := range x.state.Intents {
			if service, intent := t.cutIntent(name); intent != "" {
				if turn.Intents == nil {
					turn.Intents = map[string]string{}
				}
				turn.Intents[service] = intent
			}
		}
		d.Turns = append(d.Turns, turn)
	}
	return d
}

// spellings adds the user's words for a value, where they are other words.
func (t *talk) spellings(slot, value string) []string {
	out := []string{value}
	for _, w := range t.u.wishes {
		for _, s := range w.samples {
			if w.full == slot && s.value == value && s.words != value && !slices.Contains(out, s.words) {
				out = append(out, s.words)
			}
		}
	}
	return out
}

// cutIntent splits the name of an intent as it stands in acts; the intent is ""
// where the name is that of a service.
func (t *talk) cutIntent(name string) (service, intent string) {
	for _, s := range t.sim.schema.Services {
		for _, i := range s.Intents {
			if fullName(s, i.Name) == name {
				return s.Name, i.Name
			}
		}
	}
	return name, ""
}

// FromDialogues writes annotated dialogues as transcripts (see [Run]): what was
// said, what the bot did before it, and the gold state as assertions, with all
// its acceptable spellings; a slot that lost its value is one the state must
// lack. Run them with -dsttest.update to add what your tracker does. A dialogue
// of turns without words is left out, with a comment.
func FromDialogues(ds []dst.Dialogue) string {
	var b strings.Builder
	for i, d := range ds {
		if i > 0 {
			b.WriteString("\n")
		}
		name := oneLine(d.ID)
		if len(d.Turns) == 0 {
			fmt.Fprintf(&b, "# dialogue %s has no turns\n", name)
			continue
		}
		fmt.Fprintf(&b, "== %s\n", name)
		held := map[string][]string{}
		for j, t := range d.Turns {
			writeTurn(&b, t, j == 0)
			writeGold(&b, t, held)
			held = t.State
		}
	}
	return b.String()
}

// writeTurn writes what is given of a turn.
func writeTurn(b *strings.Builder, t dst.DialogueTurn, first bool) {
	if t.SystemText != "" {
		fmt.Fprintf(b, "# bot says: %s\n", oneLine(t.SystemText))
	}
	if !first || len(t.System) > 0 {
		b.WriteString(strings.TrimSuffix("bot: "+dst.FormatActs(t.System), " ") + "\n")
	}
	if len(t.Services) > 0 {
		fmt.Fprintf(b, "services: %s\n", strings.Join(t.Services, "; "))
	}
	if t.User != "" || len(t.Hypotheses) == 0 {
		b.WriteString(strings.TrimSuffix("user: "+quote(t.User), " ") + "\n")
		return
	}
	for _, h := range t.Hypotheses {
		fmt.Fprintf(b, "hear: %g %s\n", min(max(h.P, 0), 1), quote(h.Text))
	}
}

// writeGold writes what should have been understood.
func writeGold(b *strings.Builder, t dst.DialogueTurn, before map[string][]string) {
	empty := true
	for _, slot := range slices.Sorted(maps.Keys(t.State)) {
		var forms []string
		for _, value := range t.State[slot] {
			forms = append(forms, formTerm(dst.Act{Slot: slot, Op: dst.Eq, Value: value}))
		}
		if len(forms) > 0 {
			fmt.Fprintf(b, "%sholds: %s\n", indent, strings.Join(forms, " | "))
			empty = false
		}
	}
	for _, slot := range slices.Sorted(maps.Keys(before)) {
		if _, still := t.State[slot]; !still {
			fmt.Fprintf(b, "%slacks: %s\n", indent, formName(slot))
			empty = false
		}
	}
	for _, slot := range t.Requested {
		fmt.Fprintf(b, "%sholds: request %s\n", indent, formName(slot))
		empty = false
	}
	for _, service := range slices.Sorted(maps.Keys(t.Intents)) {
		if intent := t.Intents[service]; intent != "" {
			fmt.Fprintf(b, "%sholds: want %s\n", indent, formName(fullName(dst.Service{Name: service}, intent)))
			empty = false
		}
	}
	if empty {
		b.WriteString(indent + "...\n")
	}
}
