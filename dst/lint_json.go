package dst

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"unicode/utf8"
)

// LintJSON reads a schema as [ReadSchema] does, with the same errors, and says
// what [Lint] says of it, with line and column. It further says what ReadSchema
// guessed, and which members have no effect: unknown ones, mostly misspelt, and
// those that do not go with the slot's kind. Of a text with errors these are the
// only remarks, each in its place; the schema is to be used where err is nil.
// The remarks are in the order of the text.
func LintJSON(r io.Reader) (schema Schema, remarks []Remark, err error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return Schema{}, nil, fmt.Errorf("dst: reading a schema: %w", err)
	}
	schema, err = ReadSchema(bytes.NewReader(b))
	b = bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF"))
	j := jsonLinter{linter: newLinter(schema), text: b}
	j.linter.json = true
	if bad := json.Unmarshal(b, &j.raw); bad != nil {
		j.unreadable(bad)
		return schema, j.remarks(), err
	}
	j.nodes = jsonNodes(b)
	if !j.misfits() {
		j.lint()
	}
	if err == nil {
		j.strangers()
		j.unused()
		j.guesses()
	}
	return schema, j.remarks(), err
}

// A jsonLinter is a linter that knows the text of the schema.
type jsonLinter struct {
	*linter
	raw   []jsonService
	text  []byte
	nodes []jsonNode
}

// unreadable enters the error of a text that is no JSON, or whose members are
// not of the types they should be.
func (j *jsonLinter) unreadable(err error) {
	r := Remark{Severity: SeverityError, Rule: "invalid", Place: "schema", Text: err.Error()}
	offset, ok := offsetOf(err)
	if !ok || offset > int64(len(j.text)) {
		offset = int64(len(j.text))
	}
	r.Line, r.Col = position(j.text, int(max(offset-1, 0))) // the byte that was read last
	j.add(finding{atService(-1), r})
}

// misfits enters the slots that cannot be made, and reports whether there are
// any. Nothing but names is known of the schema then.
func (j *jsonLinter) misfits() bool {
	var names Schema
	for _, service := range j.raw {
		out := Service{Name: service.Name}
		for _, slot := range service.Slots {
			out.Slots = append(out.Slots, Slot{Name: slot.Name})
		}
		names.Services = append(names.Services, out)
	}
	whole := j.schema
	j.schema = names
	found := false
	for i, service := range j.raw {
		for k, slot := range service.Slots {
			if _, err := slot.slot(); err != nil {
				found = true
				j.say(SeverityError, atSlot(i, k).of("kind"), "invalid", "%v", err)
			}
		}
	}
	if !found {
		j.schema = whole
	}
	return found
}

// guesses says what ReadSchema guessed. What concerns most slots of a service
// is told of all of them at once.
func (j *jsonLinter) guesses() {
	for i, service := range j.raw {
		var free, answers []string
		for k, raw := range service.Slots {
			at := atSlot(i, k)
			made := j.slot(at)
			if made.RequestOnly && !raw.RequestOnly {
				answers = append(answers, made.Name)
				if len(raw.Ask) > 0 {
					j.warn(at.of("ask"), "guessed-answer", "it has a question that nobody asks: no intent takes the slot, so it is taken for an answer; put it among the required_slots or optional_slots of an intent")
				}
				continue
			}
			j.guessedKind(at, raw)
			if raw.Kind == "" && made.Type == nil {
				free = append(free, made.Name)
			}
			if raw.Role == NoRole && made.Role != NoRole {
				j.note(at, "guessed-role", "its name makes its role %q, so that words with such cues go to it; set role to be sure", made.Role)
			}
		}
		if len(free) > 0 {
			j.note(atService(i), "guessed-kind", "taken for free text, since nothing says their kind: %s; mostly the answer to a question fills them; set kind where their values are of a kind or stand in a list", listNames(free))
		}
		if len(answers) > 0 {
			j.note(atService(i), "guessed-answer", "taken for answers that the user never sets, since no intent takes them: %s; put those that users set among the optional_slots of an intent, and set request_only for the others", listNames(answers))
		}
	}
}

// guessedKind says how the kind of a slot was guessed, unless it is plain from
// the possible values.
func (j *jsonLinter) guessedKind(at spot, raw jsonSlot) {
	kind := raw.guessKind()
	switch {
	case raw.Kind != "" || kind == "text" || kind == "enum" || kind == "boolean" || kind == "gazetteer":
	case len(raw.Values) > 1 && areIntegers(raw.Values):
		j.note(at.of("possible_values"), "guessed-kind", "taken for a number because its possible_values are; set kind to number, or to enum for codes, to be sure")
	default:
		j.note(at, "guessed-kind", "taken for a %s because of its name; set kind to %s to be sure, or to another", guessedKinds[kind], kind)
	}
}

// remarks returns what was found, in the order of the text.
func (j *jsonLinter) remarks() []Remark {
	at := map[string]jsonNode{}
	for _, n := range j.nodes {
		at[n.path] = n // the last of several counts
	}
	for i := range j.found {
		f := &j.found[i]
		if offset, ok := f.spot.in(at); ok && f.Line == 0 {
			f.Line, f.Col = position(j.text, offset)
		}
	}
	out := j.linter.remarks()
	slices.SortStableFunc(out, func(a, b Remark) int { return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col)) })
	return out
}

// in finds the offset of a spot: of its member or else the name or, where it
// has none, the object.
func (at spot) in(nodes map[string]jsonNode) (offset int, ok bool) {
	if at.service < 0 {
		return 0, false
	}
	path, name := fmt.Sprintf("/%d", at.service), "/service_name"
	if at.slot >= 0 {
		path, name = fmt.Sprintf("%s/slots/%d", path, at.slot), "/name"
	} else if at.intent >= 0 {
		path, name = fmt.Sprintf("%s/intents/%d", path, at.intent), "/name"
	}
	if n, ok := nodes[path+"/"+at.member]; ok && at.member != "" {
		return n.key, true
	}
	if n, ok := nodes[path+name]; ok {
		return n.value, true
	}
	n, ok := nodes[path]
	return n.value, ok
}

// position turns an offset into line and column, from 1.
func position(text []byte, offset int) (line, col int) {
	before := text[:min(offset, len(text))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return 1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:])
}
