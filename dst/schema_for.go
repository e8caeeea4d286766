package dst

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"
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
// leaves the field out) and the flags required, multi, names and requestonly;
// "kind" is as in [ReadSchema], by default guessed from the Go type (bool,
// numbers, time.Time, string; a slice is multi); "values" lists value=synonym|…;
// "alias" the words users call the slot by; "desc", "role", "plain", "of" and "unit" are
// the [Slot] fields of those names; "ask" and "ask_LANG" are its questions. The
// schema's JSON names match, so that [State.Decode] fills the same struct.
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
		default:
			return s, fmt.Errorf("unknown flag %q in the slot tag; the flags are required, multi, names, requestonly", flag)
		}
	}
	for _, lang := range []string{"en", "zh"} {
		q := f.Tag.Get("ask_" + lang)
		if lang == "en" && q == "" {
			q = f.Tag.Get("ask")
		}
		if q != "" {
			if s.Ask == nil {
				s.Ask = map[string]string{}
			}
			s.Ask[lang] = q
		}
	}
	spec := typeSpec{unit: f.Tag.Get("unit")}
	spec.readValues(f.Tag.Get("values"))
	kind, err := fieldKind(f, spec)
	if err != nil {
		return s, err
	}
	s.Type, err = makeType(kind, spec)
	return s, err
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

// Decode fills the developer's struct, given by pointer, from the state: a
// field takes the value of the slot that [For] would make of it, a slice all
// of its values. Only equality fills a field: bounds, negations and "don't
// care" do not. For a schema with named services, Decode reads one of them:
// see [State.DecodeService]. Fields without a value are left as they are.
// The error names the first field whose value does not fit its type.
func (s State) Decode(to any) error { return s.DecodeService("", to) }

// DecodeService is [State.Decode] for the slots of one service.
func (s State) DecodeService(service string, to any) error {
	v := reflect.ValueOf(to)
	if v.Kind() != reflect.Pointer || v.IsNil() || v.Elem().Kind() != reflect.Struct {
		return fmt.Errorf("dst: decoding a state into %T: it needs a pointer to a struct", to)
	}
	for _, field := range reflect.VisibleFields(v.Elem().Type()) {
		name, _ := slotTag(field)
		if !field.IsExported() || field.Anonymous || name == "-" {
			continue
		}
		full := Service{Name: service}.full(name)
		first := true
		for _, c := range s.Of(full) {
			if c.Op != Eq || c.Value == DontCare {
				continue
			}
			to, err := v.Elem().FieldByIndexErr(field.Index)
			if err != nil {
				return fmt.Errorf("dst: decoding slot %q into field %s: it lies in an embedded pointer that is nil; set that first", full, field.Name)
			}
			if err := setField(to, c.Value, first); err != nil {
				return fmt.Errorf("dst: decoding slot %q into field %s: %w", full, field.Name, err)
			}
			first = false
		}
	}
	return nil
}

// setField converts value to the field's type; a slice grows by it.
func setField(f reflect.Value, value string, first bool) error {
	switch {
	case f.Type() == reflect.TypeFor[time.Time]():
		for _, layout := range []string{"2006-01-02", "2006-01-02 15:04", "15:04"} {
			if at, err := time.Parse(layout, value); err == nil {
				f.Set(reflect.ValueOf(at))
				return nil
			}
		}
		return fmt.Errorf("%q is no date or time", value)
	case f.Kind() == reflect.Slice:
		item := reflect.New(f.Type().Elem()).Elem()
		if err := setField(item, value, true); err != nil {
			return err
		}
		if first {
			f.SetZero()
		}
		f.Set(reflect.Append(f, item))
		return nil
	case f.Kind() == reflect.Pointer:
		item := reflect.New(f.Type().Elem())
		if err := setField(item.Elem(), value, true); err != nil {
			return err
		}
		f.Set(item)
		return nil
	case f.Kind() == reflect.String:
		f.SetString(value)
		return nil
	case f.Kind() == reflect.Bool:
		yes, ok := (&YesNo{Yes: "true", No: "false"}).Parse(value, time.Time{})
		if !ok {
			return fmt.Errorf("%q is neither yes nor no", value)
		}
		f.SetBool(yes == "true")
		return nil
	}
	return setNumber(f, value)
}

// setNumber sets a plain number. One that bears a unit, such as 499 USD where
// amounts in the slot's own currency are plain, would lose it.
func setNumber(f reflect.Value, number string) error {
	if _, unit, found := strings.Cut(number, " "); found {
		return fmt.Errorf("%q bears the unit %s, which a number cannot hold; decode it into a string", number, unit)
	}
	switch {
	case f.CanInt():
		n, err := strconv.ParseInt(number, 10, f.Type().Bits())
		if err == nil {
			f.SetInt(n)
		}
		return err
	case f.CanUint():
		n, err := strconv.ParseUint(number, 10, f.Type().Bits())
		if err == nil {
			f.SetUint(n)
		}
		return err
	case f.CanFloat():
		n, err := strconv.ParseFloat(number, f.Type().Bits())
		if err == nil {
			f.SetFloat(n)
		}
		return err
	}
	return fmt.Errorf("type %s cannot hold a slot value", f.Type())
}
