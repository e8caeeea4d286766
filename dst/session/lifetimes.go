package session

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// Lifetimes say for how long what a customer said holds. Each is counted from
// when it was said or spoken of last; 0 is the default, less than 0 for ever.
// What is over is dropped when the conversation is taken up again.
type Lifetimes struct {
	Session time.Duration // of the whole conversation after its last turn, 30 days by default
	// Question is how long a question of the bot waits: a "yes" that comes later
	// answers nothing. An hour by default.
	Question time.Duration
	// Flow is how long an intent stays open that nobody speaks of, with the values
	// of its service; Flows are others by their names. A day by default.
	Flow  time.Duration
	Flows map[string]time.Duration
	// Slot is how long the values of a slot hold; Slots are others by their full
	// names: the table that was free an hour ago. For as long as the conversation
	// by default.
	Slot  time.Duration
	Slots map[string]time.Duration
	// Past keeps days that were to come when they were said, and are over.
	Past bool
}

const (
	defaultSession  = 30 * 24 * time.Hour
	defaultQuestion = time.Hour
	defaultFlow     = 24 * time.Hour
)

// over reports whether a lifetime is over after some time.
func over(life, fallback, after time.Duration) bool {
	if life == 0 {
		life = fallback
	}
	return life > 0 && after >= life
}

// expires is when a conversation may go that was spoken in last now.
func (l Lifetimes) expires(now time.Time) time.Time {
	life := l.Session
	if life == 0 {
		life = defaultSession
	}
	if life < 0 {
		return time.Time{}
	}
	return now.Add(life).Truncate(time.Millisecond)
}

// check reports lifetimes of slots and intents that the schema does not have.
func (l Lifetimes) check(schema dst.Schema) error {
	if len(schema.Services) == 0 {
		return nil
	}
	var unknown []string
	for slot := range l.Slots {
		if _, ok := schema.Slot(slot); !ok {
			unknown = append(unknown, "slot "+slot)
		}
	}
	intents := intentNames(schema)
	for intent := range l.Flows {
		if !intents[intent] {
			unknown = append(unknown, "flow "+intent)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	slices.Sort(unknown)
	return fmt.Errorf("session: lifetimes: the schema does not have %s", strings.Join(unknown, ", "))
}

// intentNames are what State.Intents may hold: intents and services.
func intentNames(schema dst.Schema) map[string]bool {
	names := map[string]bool{}
	for _, service := range schema.Services {
		names[service.Name] = true
		for _, intent := range service.Intents {
			if service.Name != "" {
				intent.Name = service.Name + "." + intent.Name
			}
			names[intent.Name] = true
		}
	}
	delete(names, "")
	return names
}

// A Dropped is something that does not hold any more.
type Dropped struct {
	Slot     string `json:"slot,omitempty"` // the slot with its values,
	Values   string `json:"values,omitempty"`
	Intent   string `json:"intent,omitempty"`   // or an intent that was closed,
	Question string `json:"question,omitempty"` // or the acts of the bot that nothing answers any more
	Reason   Reason `json:"reason"`
}

// A Reason says why something does not hold any more. The set is closed.
type Reason string

// The reasons.
const (
	TooOld   Reason = "too old"       // its lifetime is over
	WithFlow Reason = "with its flow" // the intent's is that it belongs to
	DayOver  Reason = "day over"      // the day it names is
)

// String is what was dropped on one line, "date=2026-11-24 (day over)".
func (d Dropped) String() string {
	return fmt.Sprintf("%s (%s)", cmp.Or(d.Intent, d.Question, d.Values), d.Reason)
}

// resume drops of a conversation what does not hold any more.
func (m *Manager) resume(c *conversation, now time.Time) []Dropped {
	away := now.Sub(at(c.updated))
	if c.version == 0 || away <= 0 {
		return nil
	}
	life := m.opts.Lifetimes
	var dropped []Dropped
	if over(life.Question, defaultQuestion, away) {
		if question := openQuestion(c.state); question != "" {
			c.state.System, c.state.Pending, c.state.Confirmation = nil, dst.Pending{}, dst.Confirmation{}
			dropped = append(dropped, Dropped{Question: question, Reason: TooOld})
		}
	}
	intents := m.staleFlows(c, now)
	for _, intent := range intents {
		dropped = append(dropped, Dropped{Intent: intent, Reason: TooOld})
	}
	closed := m.closedServices(c.state.Intents, intents)
	var slots []string
	for i, cs := 0, c.state.Constraints; len(cs) > 0; i++ {
		var of []dst.Constraint
		of, cs = cutSlot(cs)
		if reason := m.stale(of, at(c.since.slots[i]), now, closed); reason != "" {
			slots = append(slots, of[0].Slot)
			dropped = append(dropped, Dropped{Slot: of[0].Slot, Values: constraintsText(of), Reason: reason})
		}
	}
	if len(slots)+len(intents) > 0 {
		c.since = c.since.without(c.state, slots, intents)
		c.state = c.state.Without(slots, intents)
	}
	return dropped
}

// staleFlows are the open intents that nobody spoke of for too long.
func (m *Manager) staleFlows(c *conversation, now time.Time) (intents []string) {
	life := m.opts.Lifetimes
	for i, intent := range c.state.Intents {
		if over(cmpDuration(life.Flows, intent, life.Flow), defaultFlow, now.Sub(at(c.since.intents[i]))) {
			intents = append(intents, intent)
		}
	}
	return intents
}

// openQuestion is what the bot said that the user's next words would answer, in
// the notation of acts, "" where they would answer nothing.
func openQuestion(s dst.State) string {
	switch {
	case s.Pending != (dst.Pending{}):
		return s.Pending.Act.String()
	case s.Confirmation != (dst.Confirmation{}):
		return dst.Act{Kind: dst.Confirm, Slot: s.Confirmation.Intent}.String()
	}
	var said []dst.Act
	for _, a := range s.System {
		if a.Slot != "" {
			said = append(said, a)
		}
	}
	return dst.FormatActs(said)
}

// stale says why the constraints of a slot do not hold any more, "" where they
// do.
func (m *Manager) stale(cs []dst.Constraint, said, now time.Time, closed map[string]bool) Reason {
	life, slot := m.opts.Lifetimes, cs[0].Slot
	switch {
	case closed[serviceOf(slot)]:
		return WithFlow
	case over(cmpDuration(life.Slots, slot, life.Slot), -1, now.Sub(said)):
		return TooOld
	case !life.Past && m.dates[slot] && allOver(cs, said.In(now.Location()), now):
		return DayOver
	}
	return ""
}

// allOver reports whether all days that constraints name were to come when they
// were said, and are over.
func allOver(cs []dst.Constraint, said, now time.Time) bool {
	if said.YearDay() == now.YearDay() && said.Year() == now.Year() {
		return false // what was to come today is not over today
	}
	today, then := now.Format(time.DateOnly), said.Format(time.DateOnly)
	for _, c := range cs {
		if len(c.Value) != len(today) || c.Value >= today || c.Value < then {
			return false
		}
	}
	return true
}

// closedServices are the services of intents that are closed, none of whose
// intents stays open.
func (m *Manager) closedServices(open, closed []string) map[string]bool {
	if len(closed) == 0 {
		return nil
	}
	services := map[string]bool{}
	for _, intent := range closed {
		services[m.serviceOfIntent(intent)] = true
	}
	for _, intent := range open {
		if !slices.Contains(closed, intent) {
			delete(services, m.serviceOfIntent(intent))
		}
	}
	return services
}

// serviceOfIntent is the service of what State.Intents holds, which may be a
// service as such.
func (m *Manager) serviceOfIntent(intent string) string {
	for _, s := range m.opts.Schema.Services {
		if s.Name == intent {
			return intent
		}
	}
	return serviceOf(intent)
}

// serviceOf is the service that a name of a slot or an intent begins with.
func serviceOf(name string) string { return dst.Act{Slot: name}.Service() }

func constraintsText(cs []dst.Constraint) string {
	var out []string
	for _, c := range cs {
		out = append(out, dst.Act{Kind: dst.Inform, Slot: c.Slot, Op: c.Op, Value: c.Value}.String()[len("inform "):])
	}
	return strings.Join(out, "; ")
}

func cmpDuration(by map[string]time.Duration, name string, fallback time.Duration) time.Duration {
	if d, ok := by[name]; ok {
		return d
	}
	return fallback
}
