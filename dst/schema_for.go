package dst

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode"
)

// For derives a schema with one unnamed service from the exported fields of a
// struct:
//
//	type Order struct {
//		Use    string   `values:"gaming=games|游戏,office=work|办公" ask:"What for?" ask_zh:"主要做什么用？"`
//		Brand  []string `values:"Lenovo=联想,Asus=华硕"`
//		Budget float64  `slot:"budget,required" kind:"money" unit:"CNY" alias:"price|预算"`
//		When   time.Time
//		Gift   bool
//	}
//
// The tag "slot" gives the name (default: the field's name in snake_case; "-"
// leaves the field out) and the flags required, multi, names, requestonly and sensitive;
// "kind" is as in [ReadSchema], by default guessed from the Go type (bool,
// numbers, time.Time, string; a slice is multi); "values" lists value=synonym|…;
// "alias" the words users call the slot by; "desc", "role", "plain", "of", "unit" and "pattern" are
// the [Slot] fields or what [ReadSchema] has under these names; "when" lists conditions ("gift=true; budget>=100");
// "ask" and "ask_zh" are its questions, "reprompt" and "reprompt_zh" what is said
// instead when they were asked in vain, separated by "|". The schema's JSON names match, so that [State.Decode] fills the same struct.
func For[T any]() (Schema, error) {
	t := reflect.TypeFor[T]()
	if t.Kind() != reflect.Struct {
		return Schema{}, fmt.Errorf("dst: For[%s]: it needs a struct type", t)
	}
	var service Service
	var errs []error
	for _, field := range reflect.VisibleFields(t) {
		name, flags := slotTag(field)
		if !field.IsExported() || field.Anonymous || name == "-" {
			continue
		}
		slot, err := fieldSlot(field, name, flags)
		if err != nil {
			errs = append(errs, fmt.Errorf("dst: For[%s]: field %s: %w", t, field.Name, err))
		}
		service.Slots = append(service.Slots, slot)
	}
	if len(errs) > 0 {
		return Schema{}, errors.Join(errs...)
	}
	s := Schema{Services: []Service{service}}
	return s, s.Validate()
}

// slotTag splits the tag into the slot's name and its flags.
func slotTag(f reflect.StructField) (name string, flags []string) {
	parts := strings.Split(f.Tag.Get("slot"), ",")
	if name = parts[0]; name == "" {
		name = snake(f.Name)
	}
	return name, parts[1:]
}

func snake(s string) string {
	var b strings.Builder
	for i, r := range s {
		if unicode.IsUpper(r) && i > 0 && !unicode.IsUpper(rune(s[i-1])) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func fieldSlot(f reflect.StructField, name string, flags []string) (Slot, error) {
	s := Slot{Name: name, Description: f.Tag.Get("desc"), Role: Role(f.Tag.Get("role")), Plain: Op(f.Tag.Get("plain")), Of: f.Tag.Get("of"), Multi: f.Type.Kind() == reflect.Slice}
	if alias := f.Tag.Get("alias"); alias != "" {
		s.Aliases = strings.Split(alias, "|")
	}
	for _, flag := range flags {
		switch flag {
		case "required":
			s.Required = true
		case "multi":
			s.Multi = true
		case "names":
			s.Names = true
		case "requestonly":
			s.RequestOnly = true
		case "sensitive":
			s.Sensitive = true
		default:
			return s, fmt.Errorf("unknown flag %q in the slot tag; the flags are required, multi, names, requestonly, sensitive", flag)
		}
	}
	s.readQuestions(f.Tag)
	spec := typeSpec{unit: f.Tag.Get("unit"), pattern: f.Tag.Get("pattern")}
	spec.readValues(f.Tag.Get("values"))
	kind, err := fieldKind(f, spec)
	if err != nil {
		return s, err
	}
	if s.When, err = ParseConditions(f.Tag.Get("when")); err != nil {
		return s, err
	}
	s.Type, err = makeType(kind, spec)
	return s, err
}

// readQuestions reads the tags that say how to ask, by language.
func (s *Slot) readQuestions(tag reflect.StructTag) {
	for _, lang := range []string{"en", "zh"} {
		q, again := tag.Get("ask_"+lang), tag.Get("reprompt_"+lang)
		if lang == "en" {
			q, again = cmp.Or(q, tag.Get("ask")), cmp.Or(again, tag.Get("reprompt"))
		}
		if q != "" {
			if s.Ask == nil {
				s.Ask = map[string]string{}
			}
			s.Ask[lang] = q
		}
		if again != "" {
			if s.Reprompts == nil {
				s.Reprompts = map[string][]string{}
			}
			s.Reprompts[lang] = strings.Split(again, "|")
		}
	}
}

// readValues reads "gaming=games|游戏,office".
func (spec *typeSpec) readValues(tag string) {
	if tag == "" {
		return
	}
	spec.synonyms = map[string][]string{}
	for item := range strings.SplitSeq(tag, ",") {
		value, synonyms, found := strings.Cut(strings.TrimSpace(item), "=")
		spec.values = append(spec.values, value)
		if found {
			spec.synonyms[value] = strings.Split(synonyms, "|")
		}
	}
}

func fieldKind(f reflect.StructField, spec typeSpec) (string, error) {
	if kind := f.Tag.Get("kind"); kind != "" {
		return kind, nil
	}
	t := f.Type
	if t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[time.Time]():
		return "date", nil
	case t.Kind() == reflect.Bool:
		return "boolean", nil
	case t.Kind() == reflect.String && len(spec.values) > 0:
		return "enum", nil
	case t.Kind() == reflect.String:
		return "text", nil
	case t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64 && t.Kind() != reflect.Uintptr:
		return "number", nil
	}
	return "", fmt.Errorf("type %s is no slot; use string, bool, a number, time.Time or a slice of these, or leave the field out with `slot:\"-\"`", f.Type)
}
