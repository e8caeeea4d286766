package dsttest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// A Bot answers one message of a user. [TrackerBot] makes one of a tracker, and
// [BotFunc] of whatever else answers, such as an agent:
//
//	dsttest.BotFunc(func(ctx context.Context, s dst.State, message string) (dsttest.Answer, error) {
//		reply, next, err := agent.Reply(ctx, s, message)
//		return dsttest.Answer{Text: reply.Text, Acts: reply.Acts, State: next}, err
//	})
type Bot interface {
	Answer(ctx context.Context, s dst.State, message string) (Answer, error)
}

// An Answer is what a bot says to a message.
type Answer struct {
	Text  string    // its words, for transcripts; may be empty
	Acts  []dst.Act // what it does with them
	State dst.State // to read the next message in: it has taken in the acts ([dst.State.Said])
}

// BotFunc is a function as a [Bot].
type BotFunc func(ctx context.Context, s dst.State, message string) (Answer, error)

// Answer implements [Bot].
func (f BotFunc) Answer(ctx context.Context, s dst.State, message string) (Answer, error) {
	return f(ctx, s, message)
}

// TrackerBot is a bot that does what the tracker says is next.
func TrackerBot(tracker *dst.Tracker) Bot {
	return BotFunc(func(ctx context.Context, s dst.State, message string) (Answer, error) {
		s, _, err := tracker.Update(ctx, s, dst.Turn{User: message})
		if err != nil {
			return Answer{}, err
		}
		next := tracker.Next(s)
		return Answer{Acts: []dst.Act{next}, State: s.Said(next)}, nil
	})
}

// SimOptions adjusts a simulation. The zero value is the default.
type SimOptions struct {
	Seed         uint64              // of all that is random: the same seed gives the same users
	N            int                 // conversations; 0 means 100
	Lang         string              // "en" or "zh"; "" means "en"
	MaxTurns     int                 // of a user before one goal counts as out of reach; 0 means 30
	MaxAsks      int                 // how often a bot may ask for one slot; 0 means 4
	Now          time.Time           // the bot's clock; zero: no "tomorrow", and days of 2027
	Values       map[string][]string // words for values by slot, "service.slot": for types that do not tell theirs, as a [dst.Gazetteer]
	Services     []string            // to talk about; none means all
	Descriptions bool                // users also call slots by their descriptions, where these are short
}

// FindingKind says what is wrong. The set is closed.
type FindingKind string

// The kinds of findings.
const (
	Unreachable FindingKind = "unreachable" // the user could not bring the bot to what he wants
	AskedAgain  FindingKind = "asked again" // a question came again though it had been answered, or too often
	Lost        FindingKind = "lost"        // a value that the user said is not in the state
	Wrong       FindingKind = "wrong"       // the state has what the user did not say
	Failed      FindingKind = "failed"      // the bot returned an error
	Panicked    FindingKind = "panicked"    // the bot panicked
)

// A Finding is one thing that went wrong in a simulated conversation.
type Finding struct {
	Kind         FindingKind
	Conversation int    // from 0
	Turn         int    // of the user, from 1
	Slot         string // "" where it is about none
	Text         string // what happened
	Transcript   string // the conversation so far, to be kept as a test (see [Run]) that holds once the fault is mended
}

// String is the finding on one line.
func (f Finding) String() string {
	return fmt.Sprintf("conversation %d, turn %d: %s: %s", f.Conversation, f.Turn, f.Kind, f.Text)
}

// A Report is what came of a simulation.
type Report struct {
	Conversations int
	Turns         int // of the users
	Reached       int // conversations in which the user got what he wanted
	Findings      []Finding
}

// Count is the number of findings of a kind.
func (r Report) Count(kind FindingKind) int {
	n := 0
	for _, f := range r.Findings {
		if f.Kind == kind {
			n++
		}
	}
	return n
}

// String sums the report up, a line for each kind and slot.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "simulation: %d of %d conversations reached their goal, in %d turns\n", r.Reached, r.Conversations, r.Turns)
	for _, kind := range []FindingKind{Unreachable, AskedAgain, Lost, Wrong, Failed, Panicked} {
		if n := r.Count(kind); n > 0 {
			fmt.Fprintf(&b, "  %-12s %4d%s\n", kind, n, r.slots(kind))
		}
	}
	return b.String()
}

// slots counts the findings of a kind by slot, in the order of their first.
func (r Report) slots(kind FindingKind) string {
	var names []string
	counts := map[string]int{}
	for _, f := range r.Findings {
		if f.Kind != kind || f.Slot == "" {
			continue
		}
		if counts[f.Slot]++; counts[f.Slot] == 1 {
			names = append(names, f.Slot)
		}
	}
	out := ""
	for i, name := range names {
		out += map[bool]string{true: ": ", false: ", "}[i == 0] + fmt.Sprintf("%s ×%d", name, counts[name])
	}
	return out
}

// Check reports each finding of the kinds, or of all where none is named, as an
// error of the test, with its transcript.
func (r Report) Check(t testing.TB, kinds ...FindingKind) {
	t.Helper()
	for _, f := range r.Findings {
		wanted := len(kinds) == 0
		for _, kind := range kinds {
			wanted = wanted || f.Kind == kind
		}
		if wanted {
			t.Errorf("dsttest: %s\n%s", f, f.Transcript)
		}
	}
}

// Simulate lets invented users talk to a bot about the services of a schema,
// each with a goal: values for its slots and questions. They say several things
// at once, answer, refuse to choose, change their minds, misspell words, keep
// silent, stray from the subject, and repeat what was not understood. The report
// says what they came upon. The same seed and bot give the same report; bots
// that use a clock should be given [SimOptions.Now].
//
// The error is that of the context, of the schema, or of a required slot for
// which no value is known; what the bot does wrong is a finding.
func Simulate(ctx context.Context, bot Bot, schema dst.Schema, opt *SimOptions) (Report, error) {
	sim, err := newSimulation(schema, opt)
	if err != nil {
		return Report{}, fmt.Errorf("dsttest: simulate: %w", err)
	}
	report := Report{Conversations: sim.opt.N}
	for i := range sim.opt.N {
		t := sim.talk(i, bot)
		if err := t.run(ctx); err != nil {
			return report, fmt.Errorf("dsttest: simulate: conversation %d: %w", i, err)
		}
		report.Turns += len(t.log)
		report.Findings = append(report.Findings, t.findings...)
		if t.reached {
			report.Reached++
		}
	}
	return report, nil
}

// A simulation is what its conversations share.
type simulation struct {
	schema   dst.Schema
	opt      SimOptions
	sampler  sampler
	services []dst.Service
	alone    map[string]bool
}

func newSimulation(schema dst.Schema, opt *SimOptions) (*simulation, error) {
	if err := schema.Validate(); err != nil {
		return nil, err
	}
	sim := &simulation{schema: schema}
	if opt != nil {
		sim.opt = *opt
	}
	sim.opt.N, sim.opt.MaxTurns, sim.opt.MaxAsks = or(sim.opt.N, 100), or(sim.opt.MaxTurns, 30), or(sim.opt.MaxAsks, 4)
	if sim.opt.Lang == "" {
		sim.opt.Lang = "en"
	}
	if phrases[sim.opt.Lang] == nil {
		return nil, fmt.Errorf("no users speak %q; Lang is en or zh", sim.opt.Lang)
	}
	sim.sampler = sampler{sim.opt.Now, sim.opt.Values}
	for _, service := range schema.Services {
		if len(sim.opt.Services) == 0 || contains(sim.opt.Services, service.Name) {
			sim.services = append(sim.services, service)
		}
	}
	if len(sim.services) == 0 {
		return nil, errors.New("SimOptions.Services names no service of the schema")
	}
	sim.alone = alone(schema)
	return sim, sim.check()
}

func or(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}
