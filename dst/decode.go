package dst

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
)

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
