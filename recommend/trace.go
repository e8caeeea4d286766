package recommend

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

// A Trace says how a reply came about: what was understood, asked, queried,
// relaxed and said, and why. It is a value, and its JSON is read back as the
// very same, but for empty lists, which are left out. It holds what the user
// wrote, but not the values of sensitive slots, in place of which [dst.Masked]
// stands: see [Trace.Redacted] to have it without any words.
type Trace struct {
	User string `json:"user,omitempty"` // the message that was answered, with what was heard
	Lang string `json:"lang,omitempty"` // of the reply

	// What was understood.
	Parts     []Percept      `json:"parts,omitempty"` // what was heard and seen, in the order of the message
	Ranking   intent.Ranking `json:"ranking,omitempty"`
	Decisions []dst.Decision `json:"decisions,omitempty"` // of the tracker, with their evidence

	// Why this was said.
	Rules []string  `json:"rules,omitempty"` // of the policy, that had something to say
	Facts []kg.Fact `json:"facts,omitempty"` // that the text rests on

	Asked   []Asked       `json:"asked,omitempty"`   // questions, and why these
	Queries []Queried     `json:"queries,omitempty"` // run on the graph for what is offered
	Lookups []LookupTrace `json:"lookups,omitempty"` // calls for live data
	Relaxed []dst.Act     `json:"relaxed,omitempty"` // wishes given up so that something fits

	// What was said.
	Steps     []StepKind     `json:"steps,omitempty"`
	Acts      []dst.Act      `json:"acts,omitempty"`
	Text      string         `json:"text,omitempty"`
	Generator string         `json:"generator,omitempty"` // that wrote the text
	Fallback  string         `json:"fallback,omitempty"`  // why the configured generator did not, or not all of it
	Cut       []Claim        `json:"cut,omitempty"`       // claims of the generated text that no fact supports; their sentences were left out
	Usage     map[string]int `json:"usage,omitempty"`     // what the configured generator reports to have used

	Timings []Timing `json:"timings,omitempty"` // of stages, in the order in which they ended
}

// An Asked is a question with the reason for it.
type Asked struct {
	Slot   string    `json:"slot"`
	Reason AskReason `json:"reason"`
	Gains  []Gain    `json:"gains,omitempty"` // of AskNarrows: what each question would have told, the one asked among them
}

// An AskReason says why a question is asked. The set is closed.
type AskReason string

// The reasons for questions.
const (
	AskRequired AskReason = "required" // the schema needs the slot
	AskAgain    AskReason = "again"    // the message did not answer it, or asks to hear it again
	AskNarrows  AskReason = "narrows"  // much fits, and the answer divides it best
	AskUnsure   AskReason = "unsure"   // a picture speaks for the value, but not enough
	AskWhich    AskReason = "which"    // a picture speaks for several things
)

// A Gain is what the answer to a question would tell of the things that fit.
type Gain struct {
	Slot string  `json:"slot"`
	Bits float64 `json:"bits"` // entropy of the values, times the share of things that have any; 0 where too few have
}

// A Queried is a query with what it found.
type Queried struct {
	kg.Query
	Hits int `json:"hits"` // things that fit, of which Limit were fetched
}

// String is the query on one line.
func (q Queried) String() string { return fmt.Sprintf("%s: %d", queryText(q.Query), q.Hits) }

// noteAsk notes why the bot asks for a slot.
func (t *turn) noteAsk(x *slot) {
	a := Asked{Slot: x.full, Reason: AskRequired}
	switch {
	case slices.Contains(t.before.System, dst.Act{Kind: dst.Ask, Slot: x.full}):
		a.Reason = AskAgain
	case t.gains != nil:
		a.Reason, a.Gains = AskNarrows, t.gains
	}
	t.trace.Asked = append(t.trace.Asked, a)
}

// A Timing is how long a stage of the turn took, by the injected clock.
type Timing struct {
	Stage StageName     `json:"stage"`
	Took  time.Duration `json:"took"` // nanoseconds in JSON
}

// String shows the trace on a few lines.
func (t Trace) String() string {
	var b strings.Builder
	for _, p := range t.Parts {
		b.WriteString(p.String())
	}
	for _, p := range t.Ranking[:min(len(t.Ranking), 3)] {
		fmt.Fprintf(&b, "intent %s p=%.2f\n", p.Intent, p.P)
	}
	for _, d := range t.Decisions {
		fmt.Fprintf(&b, "%s\n", d)
	}
	if len(t.Rules) > 0 {
		fmt.Fprintf(&b, "rules %s\n", strings.Join(t.Rules, ", "))
	}
	for _, a := range t.Asked {
		fmt.Fprintf(&b, "%s\n", a)
	}
	for _, q := range t.Queries {
		fmt.Fprintf(&b, "query %s\n", q)
	}
	for _, l := range t.Lookups {
		fmt.Fprintf(&b, "%s\n", l)
	}
	for _, a := range t.Relaxed {
		fmt.Fprintf(&b, "%s\n", a)
	}
	fmt.Fprintf(&b, "text by %s", t.Generator)
	if t.Fallback != "" {
		fmt.Fprintf(&b, " because %s", t.Fallback)
	}
	for _, x := range t.Cut {
		fmt.Fprintf(&b, "\ncut %s", x)
	}
	for _, x := range t.Timings {
		fmt.Fprintf(&b, "\n%s %s", x.Stage, x.Took)
	}
	return b.String()
}

// String is the question on one line: "asked brand: narrows, 1.5 bits; colour 1.0".
func (a Asked) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "asked %s: %s", a.Slot, a.Reason)
	sep := ", "
	for _, g := range a.Gains {
		fmt.Fprintf(&b, "%s%s %.2f bits", sep, g.Slot, g.Bits)
		sep = "; "
	}
	return b.String()
}

// String shows what was heard or seen on a few lines.
func (p Percept) String() string {
	var b strings.Builder
	for _, h := range p.Transcripts {
		fmt.Fprintf(&b, "heard %q p=%.2f\n", h.Text, h.P)
	}
	if p.Description != nil {
		fmt.Fprintf(&b, "seen %q\n", p.Description.Caption)
		for _, a := range p.Description.Acts {
			fmt.Fprintf(&b, "seen %s p=%.2f\n", a.Act, a.P)
		}
		for _, e := range p.Description.Entities {
			fmt.Fprintf(&b, "seen %s p=%.2f\n", quotedOr(e.Name, e.ID), e.P)
		}
	}
	for _, r := range p.Refused {
		fmt.Fprintf(&b, "refused %s\n", r)
	}
	if p.Problem != "" {
		fmt.Fprintf(&b, "%s not made out: %s\n", p.Kind, p.Problem)
	}
	return b.String()
}

func queryText(q kg.Query) string {
	var parts []string
	if q.Kind != "" {
		parts = append(parts, "kind "+q.Kind)
	}
	if q.IDs != nil {
		parts = append(parts, "among "+strings.Join(q.IDs, " "))
	}
	for _, c := range q.Where {
		parts = append(parts, c.String())
	}
	if len(parts) == 0 {
		return "everything"
	}
	return strings.Join(parts, "; ")
}
