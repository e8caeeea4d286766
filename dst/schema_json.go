package dst

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// jsonService is a service in the form of SGD's schema.json (Rastogi et al.
// 2020), with optional members of ours.
type jsonService struct {
	Name        string       `json:"service_name"`
	Description string       `json:"description"`
	Aliases     []string     `json:"aliases"`
	Slots       []jsonSlot   `json:"slots"`
	Intents     []jsonIntent `json:"intents"`
}

type jsonSlot struct {
	Name        string              `json:"name"`
	Description string              `json:"description"`
	Categorical bool                `json:"is_categorical"`
	Values      []string            `json:"possible_values"`
	Kind        string              `json:"kind"`
	Unit        string              `json:"unit"`
	Pattern     string              `json:"pattern"`
	Upper       bool                `json:"upper"`
	Role        Role                `json:"role"`
	Plain       Op                  `json:"plain"`
	Synonyms    map[string][]string `json:"synonyms"`
	Gazetteer   gazetteerJSON       `json:"gazetteer"`
	Aliases     []string            `json:"aliases"`
	Ask         map[string]string   `json:"ask"`
	Reprompts   map[string][]string `json:"reprompts"`
	When        []Condition         `json:"when"`
	Of          string              `json:"of"`
	Multi       bool                `json:"multi"`
	Required    bool                `json:"required"`
	Names       bool                `json:"names"`
	RequestOnly bool                `json:"request_only"`
	Sensitive   bool                `json:"sensitive"`
}

type jsonIntent struct {
	Name          string            `json:"name"`
	Description   string            `json:"description"`
	Transactional bool              `json:"is_transactional"`
	Required      []string          `json:"required_slots"`
	Optional      map[string]string `json:"optional_slots"`
	Result        []string          `json:"result_slots"`
}

// gazetteerJSON is a list of names, or an object of names with their aliases.
type gazetteerJSON []Entry

func (g *gazetteerJSON) UnmarshalJSON(b []byte) error {
	var names []string
	if err := json.Unmarshal(b, &names); err == nil {
		for _, name := range names {
			*g = append(*g, Entry{Value: name})
		}
		return nil
	}
	aliases := map[string][]string{}
	if err := json.Unmarshal(b, &aliases); err != nil {
		return errors.New("a gazetteer is a list of names or an object of names with lists of aliases")
	}
	for name, others := range aliases {
		*g = append(*g, Entry{Value: name, Aliases: others})
	}
	slices.SortFunc(*g, func(a, b Entry) int { return strings.Compare(a.Value, b.Value) })
	return nil
}

// ReadSchema reads a schema in the form of SGD's schema.json: a list of
// services with their slots and intents. A slot may have members of ours:
// "kind" (text, enum, boolean, number, percent, money, date, time, duration,
// phone, email, pattern, address, resident_id, gazetteer), "unit" (of a number,
// the currency of money, the region of a phone), "pattern" (a regular expression)
// and "upper" (its values are in upper case), "role", "plain", "synonyms" (value to other
// words), "gazetteer", "aliases", "ask", "reprompts", "when" (a list of
// conditions such as "delivery=true"), "of", "multi", "required", "names",
// "request_only", "sensitive". Where kind is absent it is guessed, from possible_values or
// else from the words of the name, and so are the roles from, to and in. Members that are not known are passed over.
// Errors name the line, or the service and slot.
func ReadSchema(r io.Reader) (Schema, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return Schema{}, fmt.Errorf("dst: reading a schema: %w", err)
	}
	var raw []jsonService
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")), &raw); err != nil {
		return Schema{}, fmt.Errorf("dst: reading a schema: %w", atLine(b, err))
	}
	var s Schema
	for i, service := range raw {
		out := Service{Name: service.Name, Description: service.Description, Aliases: service.Aliases}
		for j, slot := range service.Slots {
			made, err := slot.slot()
			if err != nil {
				return Schema{}, fmt.Errorf("dst: reading a schema: service %d (%q), slot %d (%q): %w", i, service.Name, j, slot.Name, err)
			}
			out.Slots = append(out.Slots, made)
		}
		for _, intent := range service.Intents {
			out.Intents = append(out.Intents, Intent(intent))
		}
		out.guessResults()
		s.Services = append(s.Services, out)
	}
	return s, s.Validate()
}

// atLine adds the line to an error that knows its offset.
func atLine(b []byte, err error) error {
	offset := int64(-1)
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		offset = e.Offset
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		offset = e.Offset
	}
	if offset < 0 || offset > int64(len(b)) {
		return err
	}
	return fmt.Errorf("line %d: %w", 1+bytes.Count(b[:offset], []byte("\n")), err)
}

func (j jsonSlot) slot() (Slot, error) {
	s := Slot{Name: j.Name, Description: j.Description, Aliases: j.Aliases, Role: j.Role, Plain: j.Plain, Of: j.Of, Ask: j.Ask, Reprompts: j.Reprompts, When: j.When,
		Required: j.Required, Multi: j.Multi, Names: j.Names, RequestOnly: j.RequestOnly, Sensitive: j.Sensitive}
	kind := j.Kind
	if kind == "" {
		kind = j.guessKind()
	}
	if s.Role == NoRole {
		s.Role = guessRole(j.Name)
	}
	typ, err := makeType(kind, typeSpec{unit: j.Unit, values: j.Values, synonyms: j.Synonyms, names: j.Gazetteer, pattern: j.Pattern, upper: j.Upper})
	if err != nil {
		return Slot{}, err
	}
	s.Type = typ
	return s, nil
}

// guessKind guesses the kind of a slot's values.
func (j jsonSlot) guessKind() string {
	switch {
	case len(j.Gazetteer) > 0:
		return "gazetteer"
	case isBoolean(j.Values):
		return "boolean"
	case len(j.Values) > 1 && len(j.Synonyms) == 0 && areIntegers(j.Values):
		return "number" // "four people" is one of 1 to 6
	case len(j.Values) > 0 && (j.Categorical || len(j.Synonyms) > 0):
		return "enum"
	}
	return guessKind(j.Name)
}

// A typeSpec is what a slot type is made of when it is written in words: in a
// JSON schema or in struct tags.
type typeSpec struct {
	unit     string
	values   []string
	synonyms map[string][]string
	names    []Entry
	pattern  string
	upper    bool
}

// number is bounded by the possible values, where there are some.
func (spec typeSpec) number() Type {
	n := &Number{Unit: spec.unit}
	if len(spec.values) == 0 || !areIntegers(spec.values) {
		return n
	}
	n.Integer = true
	for i, v := range spec.values {
		x, _ := strconv.ParseFloat(v, 64)
		if i == 0 {
			n.Min, n.Max = x, x
		}
		n.Min, n.Max = min(n.Min, x), max(n.Max, x)
	}
	return n
}

// yesNo keeps the spelling of the two possible values, "true" and "false" where
// there are none.
func (spec typeSpec) yesNo() Type {
	y := &YesNo{Yes: "true", No: "false"}
	for _, v := range spec.values {
		switch text.Fold(v) {
		case "true", "yes":
			y.Yes = v
		case "false", "no":
			y.No = v
		}
	}
	return y
}

func (spec typeSpec) enum() (Type, error) {
	e := &Enum{}
	for _, v := range spec.values {
		e.Values = append(e.Values, Option{Value: v, Synonyms: spec.synonyms[v]})
	}
	for _, v := range slices.Sorted(maps.Keys(spec.synonyms)) {
		if !slices.Contains(spec.values, v) {
			return nil, fmt.Errorf("synonyms for %q, which is not among the possible_values", v)
		}
	}
	return e, nil
}
