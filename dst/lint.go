package dst

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Severity says how much a [Remark] matters. The set is closed.
type Severity string

// The severities, the mildest first.
const (
	SeverityNote    Severity = "note"    // a guess that was made, or something that would help
	SeverityWarning Severity = "warning" // users will likely be misunderstood, or a member has no effect
	SeverityError   Severity = "error"   // what [Schema.Validate] or [ReadSchema] refuses
)

// A Remark is one thing to know about a schema.
type Remark struct {
	Severity  Severity
	Rule      string // a short name of what was looked for, "same-kind", to pass over remarks by
	Place     string // "service Hotels, slot to"
	Line, Col int    // in the JSON text, from 1, columns in characters; 0 where there is none
	Text      string // what it is, why it matters and what to do
}

// String returns the remark in one line, "12:7: warning: service Hotels, slot
// to: ... [same-kind]".
func (r Remark) String() string {
	at := ""
	if r.Line > 0 {
		at = fmt.Sprintf("%d:%d: ", r.Line, r.Col)
	}
	return fmt.Sprintf("%s%s: %s: %s [%s]", at, r.Severity, r.Place, r.Text, r.Rule)
}

// Lint says what is ambiguous in a schema and what would help to understand
// users: slots that nothing tells apart, values and words that two slots share,
// questions that are missing. The remarks are in the order of the schema. Where
// Validate refuses the schema they are its errors and nothing else: the rest
// means something once these are gone. A good schema gets none or a few notes.
//
// A value is called long from six words or twelve Chinese characters on, where
// no synonym is shorter. What concerns many slots of a service, such as missing
// questions, is one remark; a remark lists five names at most. Types of your own
// are compared with one another, and their values are not looked at.
func Lint(schema Schema) []Remark {
	l := newLinter(schema)
	l.lint()
	return l.remarks()
}

// A linter collects remarks on a schema.
type linter struct {
	schema Schema
	json   bool           // the kinds that were guessed are told apart: see LintJSON
	cues   map[string]cue // by text.Key
	langs  []string       // that the bot speaks, sorted
	found  []finding
}

// A spot is a place in a schema; an index of -1 is none.
type spot struct {
	service, slot, intent int
	member                string // of the JSON object that the remark is about, or ""
}

type finding struct {
	spot
	Remark
}

func newLinter(schema Schema) *linter {
	return &linter{schema: schema, cues: cueKeys(), langs: schema.languages()}
}

func atService(i int) spot            { return spot{service: i, slot: -1, intent: -1} }
func atSlot(i, j int) spot            { return spot{service: i, slot: j, intent: -1} }
func atIntent(i, j int) spot          { return spot{service: i, slot: -1, intent: j} }
func (at spot) of(member string) spot { at.member = member; return at }
func (l *linter) slot(at spot) *Slot  { return &l.schema.Services[at.service].Slots[at.slot] }
func (l *linter) add(f finding)       { l.found = append(l.found, f) }

func (l *linter) note(at spot, rule, format string, args ...any) {
	l.say(SeverityNote, at, rule, format, args...)
}

func (l *linter) warn(at spot, rule, format string, args ...any) {
	l.say(SeverityWarning, at, rule, format, args...)
}

func (l *linter) say(severity Severity, at spot, rule, format string, args ...any) {
	l.add(finding{at, Remark{Severity: severity, Rule: rule, Place: l.schema.place(at), Text: fmt.Sprintf(format, args...)}})
}

// place words a spot.
func (s Schema) place(at spot) string {
	if at.service < 0 {
		return "schema"
	}
	service := &s.Services[at.service]
	words := "service"
	switch {
	case service.Name != "":
		words += " " + service.Name
	case len(s.Services) > 1:
		words += fmt.Sprintf(" %d", at.service)
	case at.slot >= 0 || at.intent >= 0:
		words = ""
	}
	inner := ""
	if at.slot >= 0 {
		inner = "slot " + cmp.Or(service.Slots[at.slot].Name, fmt.Sprint(at.slot))
	} else if at.intent >= 0 {
		inner = "intent " + cmp.Or(service.Intents[at.intent].Name, fmt.Sprint(at.intent))
	}
	if words != "" && inner != "" {
		words += ", "
	}
	return words + inner
}

// lint looks at everything, errors first.
func (l *linter) lint() {
	if err := l.schema.Validate(); err != nil {
		l.refused(err)
		return
	}
	l.serviceWords()
	for i := range l.schema.Services {
		l.names(i)
		l.descriptions(i)
		l.questions(i)
		l.sensitive(i)
		for j := range l.schema.Services[i].Slots {
			l.oneSlot(atSlot(i, j))
		}
		l.pairs(i)
		for j := range l.schema.Services[i].Intents {
			l.oneIntent(atIntent(i, j))
		}
	}
}

// refused enters the errors of Validate, each at its place.
func (l *linter) refused(err error) {
	errs := []error{err}
	if joined, ok := errors.Unwrap(err).(interface{ Unwrap() []error }); ok {
		errs = joined.Unwrap()
	}
	for _, err := range errs {
		at, words := l.schema.locate(strings.TrimPrefix(err.Error(), "dst: "))
		l.say(SeverityError, at, "invalid", "%s", words)
	}
}

// locate finds the place that an error of Validate begins with.
func (s Schema) locate(message string) (spot, string) {
	for i, service := range s.Services {
		prefix := fmt.Sprintf("service %d (%q)", i, service.Name)
		rest, ok := strings.CutPrefix(message, prefix)
		if !ok {
			continue
		}
		for j, slot := range service.Slots {
			if words, ok := strings.CutPrefix(rest, fmt.Sprintf(", slot %d (%q): ", j, slot.Name)); ok {
				return atSlot(i, j), words
			}
		}
		for j, intent := range service.Intents {
			if words, ok := strings.CutPrefix(rest, fmt.Sprintf(", intent %d (%q): ", j, intent.Name)); ok {
				return atIntent(i, j), words
			}
		}
		return atService(i), strings.TrimPrefix(rest, ": ")
	}
	return atService(-1), message
}

// remarks returns what was found in the order of the schema: a service, its
// slots, its intents.
func (l *linter) remarks() []Remark {
	slices.SortStableFunc(l.found, func(a, b finding) int {
		return cmp.Or(cmp.Compare(a.service, b.service), cmp.Compare(a.intent, b.intent), cmp.Compare(a.slot, b.slot))
	})
	var out []Remark
	for _, f := range l.found {
		out = append(out, f.Remark)
	}
	return out
}

// maxNamed bounds the names and values that one remark lists.
const maxNamed = 5

// listNames joins names for a remark.
func listNames(names []string) string {
	if n := len(names) - maxNamed; n > 0 {
		return strings.Join(names[:maxNamed], ", ") + fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names, ", ")
}

// quoted joins values for a remark.
func quoted(values []string) string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = fmt.Sprintf("%q", v)
	}
	return listNames(out)
}
