package dst

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// A jsonNode is a member of an object or an element of a list.
type jsonNode struct {
	path       string // "/0/slots/2/kind", member names in lower case, as encoding/json matches them
	key, value int    // byte offsets; of an element both are of its value
}

// nodeDepth is how deep nodes are told apart: as deep as the members of a slot.
const nodeDepth = 4

// jsonNodes lists the nodes of a text that is known to be JSON, in its order.
func jsonNodes(text []byte) []jsonNode {
	w := jsonWalk{text: text, dec: json.NewDecoder(bytes.NewReader(text))}
	w.walk("", 0)
	return w.nodes
}

type jsonWalk struct {
	text  []byte
	dec   *json.Decoder
	nodes []jsonNode
}

// next is the offset of the token that comes next.
func (w *jsonWalk) next() int {
	at := int(w.dec.InputOffset())
	for at < len(w.text) && strings.IndexByte(" \t\r\n,:", w.text[at]) >= 0 {
		at++
	}
	return at
}

// walk reads one value. An error ends it, for good: the decoder repeats it.
func (w *jsonWalk) walk(path string, depth int) {
	open, err := w.dec.Token()
	if err != nil || open != json.Delim('{') && open != json.Delim('[') {
		return
	}
	for i := 0; w.dec.More(); i++ {
		n := jsonNode{key: w.next()}
		name := strconv.Itoa(i)
		if open == json.Delim('{') {
			key, err := w.dec.Token()
			if err != nil {
				return
			}
			name = strings.ReplaceAll(strings.ToLower(fmt.Sprint(key)), "/", "~")
		}
		if n.value = w.next(); depth < nodeDepth {
			n.path = path + "/" + name
			w.nodes = append(w.nodes, n)
		}
		w.walk(n.path, depth+1)
	}
	w.dec.Token() // the end of the object or list
}

// memberNames are the members that ReadSchema knows, by the part of the schema.
var memberNames = map[string][]string{
	"service": jsonMembers(reflect.TypeFor[jsonService]()),
	"slots":   jsonMembers(reflect.TypeFor[jsonSlot]()),
	"intents": jsonMembers(reflect.TypeFor[jsonIntent]()),
}

func jsonMembers(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		out = append(out, t.Field(i).Tag.Get("json"))
	}
	return out
}

// strangers enters members that ReadSchema does not know, and those that an
// object has twice.
func (j *jsonLinter) strangers() {
	seen := map[string]bool{}
	for _, n := range j.nodes {
		at, part, member := memberAt(n.path)
		if part == "" {
			continue
		}
		rule, words := "", ""
		switch {
		case seen[n.path]:
			rule, words = "twice", fmt.Sprintf("the member %q stands here for the second time, and the last one counts; leave one out", member)
		case !slices.Contains(memberNames[part], member):
			rule, words = "unknown-member", fmt.Sprintf("the member %q is not known and passed over%s", member, suggestMember(memberNames[part], member))
		}
		if seen[n.path] = true; rule == "" {
			continue
		}
		r := Remark{Severity: SeverityWarning, Rule: rule, Place: j.schema.place(at), Text: words}
		r.Line, r.Col = position(j.text, n.key)
		j.add(finding{at, r})
	}
}

// memberAt takes the path of a member apart; part is "" for what is none.
func memberAt(path string) (at spot, part, member string) {
	p := strings.Split(path, "/")[1:]
	service, err := strconv.Atoi(p[0])
	if err != nil {
		return atService(-1), "", ""
	}
	switch {
	case len(p) == 2:
		return atService(service), "service", p[1]
	case len(p) != nodeDepth || p[1] != "slots" && p[1] != "intents":
		return atService(-1), "", ""
	}
	n, err := strconv.Atoi(p[2])
	if err != nil {
		return atService(-1), "", ""
	}
	if p[1] == "slots" {
		return atSlot(service, n), p[1], p[3]
	}
	return atIntent(service, n), p[1], p[3]
}

// suggestMember names a member that begins as the given one does.
func suggestMember(known []string, member string) string {
	const alike = 3 // letters
	for n := len(member); n >= alike; n-- {
		for _, name := range known {
			if strings.HasPrefix(name, member[:n]) {
				return fmt.Sprintf("; did you mean %q?", name)
			}
		}
	}
	return "; correct it or leave it out"
}

// unused enters members that do not go with the kind of their slot.
func (j *jsonLinter) unused() {
	for i, service := range j.raw {
		for k, raw := range service.Slots {
			kind := raw.Kind
			if kind == "" {
				kind = raw.guessKind()
			}
			at := atSlot(i, k)
			if raw.Categorical && len(raw.Values) == 0 && raw.Kind == "" {
				j.warn(at.of("is_categorical"), "unused-member", "it is categorical but has no possible_values, so it is a %s; list its values", kind)
			}
			for _, member := range raw.unused(kind) {
				advice := "leave it out or set another kind"
				if raw.Kind == "" {
					advice = "set kind, or is_categorical for a list of values"
				}
				j.warn(at.of(member), "unused-member", "%s has no effect, since the slot's kind is %s; %s", member, kind, advice)
			}
		}
	}
}

// unused lists the members that a slot of the kind has no use for.
func (j *jsonSlot) unused(kind string) []string {
	var out []string
	add := func(member string, set bool, kinds ...string) {
		if set && !slices.Contains(kinds, kind) {
			out = append(out, member)
		}
	}
	values := []string{"enum", "boolean"}
	if areIntegers(j.Values) {
		values = append(values, "number")
	}
	add("possible_values", len(j.Values) > 0, values...)
	add("synonyms", len(j.Synonyms) > 0, "enum")
	add("gazetteer", len(j.Gazetteer) > 0, "gazetteer")
	add("pattern", j.Pattern != "", "pattern")
	add("upper", j.Upper, "pattern")
	if slices.Contains(strings.Split(kinds, ", "), kind) { // a kind of another package may use it
		add("unit", j.Unit != "", "number", "money", "phone")
	}
	return out
}

// offsetOf is how far a text was read when the error came up.
func offsetOf(err error) (offset int64, ok bool) {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return e.Offset, true
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return e.Offset, true
	}
	return 0, false
}
