package dsttest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

func contains(list []string, x string) bool { return slices.Contains(list, x) }

// fullName is the name of a slot, or an intent, as it stands in acts.
func fullName(service dst.Service, name string) string {
	if service.Name == "" {
		return name
	}
	return service.Name + "." + name
}

// alone finds the slots whose type no other slot has.
func alone(schema dst.Schema) map[string]bool {
	out := map[string]bool{}
	var all []dst.Type
	var names []string
	for _, service := range schema.Services {
		for _, slot := range service.Slots {
			all, names = append(all, slot.Type), append(names, fullName(service, slot.Name))
		}
	}
	for i, name := range names {
		_, enum := base(all[i]).(*dst.Enum)
		out[name] = enum
		for j := range all {
			if i != j && enum && reflect.DeepEqual(all[i], all[j]) {
				out[name] = false
			}
		}
	}
	return out
}

// check reports required slots that no user could fill.
func (sim *simulation) check() error {
	var errs []error
	r := rand.New(rand.NewPCG(sim.opt.Seed, 0))
	for _, service := range sim.services {
		for _, slot := range service.Slots {
			full := fullName(service, slot.Name)
			if _, ok := sim.sampler.sample(r, slot, full, sim.opt.Lang); !ok && slot.Required {
				errs = append(errs, fmt.Errorf("no value is known of the required slot %q (%T); give some in SimOptions.Values", full, slot.Type))
			}
		}
	}
	return errors.Join(errs...)
}

// A talk is one simulated conversation.
type talk struct {
	sim      *simulation
	n        int
	bot      Bot
	u        *user
	log      []exchange
	findings []Finding
	reached  bool
	flagged  map[string]bool // slots that have been reported, or that a typo excuses; "ask slot" for a question
	asked    map[string]int  // how often the bot asked for a slot
	unsure   map[string]bool // slots that were told in misspelt words only
}

// An exchange is a turn of the bot and the words of the user after it.
type exchange struct {
	bot   []dst.Act
	user  utterance
	state dst.State // after it
}

func (sim *simulation) talk(n int, bot Bot) *talk {
	r := rand.New(rand.NewPCG(sim.opt.Seed, uint64(n)+1))
	u := &user{r: r, v: &sim.sampler, opt: &sim.opt, lang: sim.opt.Lang, schema: sim.schema, alone: sim.alone, told: map[string][]dst.Act{}, yielded: map[string]bool{}}
	return &talk{sim: sim, n: n, bot: bot, u: u, flagged: map[string]bool{}, asked: map[string]int{}, unsure: map[string]bool{}}
}

// begin gives the user a goal in a service.
func (u *user) begin(service dst.Service) {
	u.service, u.intent = service, ""
	if len(service.Intents) > 0 {
		u.intent = fullName(service, pick(u.r, service.Intents).Name)
	}
	needed := u.needed()
	for _, slot := range service.Slots {
		full := fullName(service, slot.Name)
		switch {
		case slot.RequestOnly:
			if u.r.IntN(4) == 0 {
				u.asks = append(u.asks, full)
			}
		case slot.Names, len(slot.When) > 0, u.wish(full) != nil, !needed[slot.Name] && u.r.IntN(5) > 1:
		default:
			if w, ok := u.wishFor(slot, full, needed[slot.Name]); ok {
				if !free(slot) && u.r.IntN(6) == 0 {
					w.later = w.change(u)
				}
				u.wishes = append(u.wishes, w)
			}
		}
	}
	u.r.Shuffle(len(u.wishes), func(i, j int) { u.wishes[i], u.wishes[j] = u.wishes[j], u.wishes[i] })
}

// run talks until the user is content or gives up.
func (t *talk) run(ctx context.Context) error {
	services := t.u.r.Perm(len(t.sim.services))
	t.u.begin(t.sim.services[services[0]])
	services = services[1:]
	x, last := t.u.open(), Answer{}
	for left := t.sim.opt.MaxTurns; left > 0; left-- {
		answer, ok, err := t.turn(ctx, last, x)
		if err != nil || !ok {
			return err
		}
		if x.over {
			t.reached = t.u.content(answer.State)
			if handedOver(last) {
				t.find(Unreachable, "", "the bot handed the user over to a person")
				return nil
			}
			if len(services) == 0 || t.u.r.IntN(3) > 0 {
				return nil
			}
			t.u.begin(t.sim.services[services[0]]) // and there is something else
			services = services[1:]
			x, left = t.u.open(), t.sim.opt.MaxTurns
		} else {
			x = t.u.respond(answer)
		}
		t.reached = false
		last = answer
		if slot := t.u.gaveUp; slot != "" {
			t.find(Unreachable, slot, "the user gave up saying %s", dst.FormatActs(t.u.told[slot]))
			return nil
		}
	}
	t.find(Unreachable, "", "after %d turns the user has not what he wants", t.sim.opt.MaxTurns)
	return nil
}

func handedOver(a Answer) bool {
	return slices.ContainsFunc(a.Acts, func(x dst.Act) bool { return x.Kind == dst.Human })
}

// turn sends one message and judges the answer. It reports false where the
// conversation cannot go on.
func (t *talk) turn(ctx context.Context, last Answer, x utterance) (a Answer, ok bool, err error) {
	t.u.heard(x.acts)
	for _, act := range x.acts {
		t.unsure[act.Slot] = !x.clean
	}
	t.log = append(t.log, exchange{bot: last.Acts, user: x, state: last.State})
	if h, ok := t.bot.(interface{ hear([]dst.Act) }); ok {
		h.hear(x.acts)
	}
	func() {
		defer func() {
			if p := recover(); p != nil {
				t.find(Panicked, "", "%v", p)
			}
		}()
		if a, err = t.bot.Answer(ctx, last.State, x.text); err == nil {
			ok = true
		}
	}()
	switch {
	case ctx.Err() != nil:
		return a, false, ctx.Err()
	case err != nil:
		t.find(Failed, "", "%v", err)
		return a, false, nil
	case !ok:
		return a, false, nil // it panicked
	}
	t.log[len(t.log)-1].state = a.State
	t.u.yield(a.Acts)
	t.judge(x, a)
	return a, true, nil
}

// judge compares the state with what the user said, and counts questions.
func (t *talk) judge(x utterance, a Answer) {
	for _, full := range t.saidSlots() {
		if t.u.holds(full, a.State) {
			continue
		}
		got := a.State.Of(full)
		if len(got) == 0 {
			t.flag(x, Lost, full, "%s was said, and the state has nothing of it", dst.FormatActs(t.u.told[full]))
		} else {
			t.flag(x, Wrong, full, "%s was said, and the state has %s", dst.FormatActs(t.u.told[full]), terms(dst.State{Constraints: got}))
		}
	}
	for _, c := range a.State.Constraints {
		if t.u.told[c.Slot] == nil && !t.u.yielded[c.Slot] && c.Op != dst.Ne && c.Evidence.Source != dst.Carry && c.Evidence.Source != dst.System {
			t.flag(x, Wrong, c.Slot, "the state has %s, which nobody said", term(c))
		}
	}
	for _, q := range a.Acts {
		if q.Kind != dst.Ask || q.Slot == "" {
			continue
		}
		t.asked[q.Slot]++
		switch n := t.asked[q.Slot]; {
		case t.flagged["ask "+q.Slot]:
			continue
		case settled(t.u.told[q.Slot]) && !t.unsure[q.Slot] && t.u.holds(q.Slot, a.State):
			t.find(AskedAgain, q.Slot, "%s was said and understood, and the bot asks for it", dst.FormatActs(t.u.told[q.Slot]))
		case n > t.sim.opt.MaxAsks:
			t.find(AskedAgain, q.Slot, "the bot asks for it for the %d. time", n)
		default:
			continue
		}
		t.flagged["ask "+q.Slot] = true
	}
}

// settled reports whether acts say what is wanted, and not only what is not.
func settled(acts []dst.Act) bool {
	return slices.ContainsFunc(acts, func(a dst.Act) bool { return a.Op != dst.Ne })
}

// saidSlots are the slots that the user has spoken of, in the order of wishes.
func (t *talk) saidSlots() []string {
	var out []string
	for _, w := range t.u.wishes {
		if t.u.told[w.full] != nil {
			out = append(out, w.full)
		}
	}
	return out
}

// flag reports a slot once. What a misspelt message does to it is excused.
func (t *talk) flag(x utterance, kind FindingKind, slot, format string, args ...any) {
	if t.flagged[slot] {
		return
	}
	t.flagged[slot] = true
	if x.clean {
		t.find(kind, slot, format, args...)
	}
}

func (t *talk) find(kind FindingKind, slot, format string, args ...any) {
	f := Finding{Kind: kind, Conversation: t.n, Turn: len(t.log), Slot: slot, Text: fmt.Sprintf(format, args...)}
	if slot != "" {
		f.Text = slot + ": " + f.Text
	}
	f.Transcript = t.transcript(f)
	t.findings = append(t.findings, f)
}
