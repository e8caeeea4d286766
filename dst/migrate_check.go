package dst

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"
)

// CheckMigrations reports everything that is wrong with steps that are to lead to
// this schema, each with its place, or nil: names that go in a circle, two that
// become one, one that leads to what the schema does not have, values that a
// slot's type does not take. What was before the steps is not known, so a name
// that never was is no error.
func (s Schema) CheckMigrations(steps ...Migration) error {
	var errs []error
	for i := range steps {
		at := fmt.Sprintf("migration %d", i)
		for _, found := range [][]error{s.checkRenames(steps, i), checkRemoved(steps[i]), s.checkValues(steps, i), s.checkUnits(steps, i)} {
			for _, err := range found {
				errs = append(errs, fmt.Errorf("%s: %w", at, err))
			}
		}
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("dst: migrations: %w", errors.Join(errs...))
}

func (s Schema) checkRenames(steps []Migration, i int) []error {
	var errs []error
	names := steps[i].Rename
	for _, old := range slices.Sorted(maps.Keys(names)) {
		to := names[old]
		last, kept := followName(steps[i+1:], to)
		switch {
		case circles(names, old):
			errs = append(errs, fmt.Errorf("renaming %q leads back to it; rename in two steps, by way of a name that nothing has", old))
		case steps[i].removes(old):
			errs = append(errs, fmt.Errorf("%q is both renamed and removed; leave one of them out", old))
		case kept && !s.renamable(last):
			errs = append(errs, fmt.Errorf("%q becomes %q, which the schema does not have%s", old, last, s.suggest(last)))
		default:
			if other, at := sharesEnd(steps, i, old, last); kept && other != "" {
				errs = append(errs, fmt.Errorf("%q and %q of migration %d both become %q; the values of one would be lost: remove that one", old, other, at, last))
			}
		}
	}
	return errs
}

// renamable reports whether the schema has a name, that of a service without one
// included.
func (s Schema) renamable(name string) bool {
	return s.knows(name) || name == "" && len(s.Services) == 1 && s.Services[0].Name == ""
}

// circles reports whether renaming leads from a name back to it.
func circles(names map[string]string, from string) bool {
	name := from
	for range names {
		to, ok := names[name]
		if !ok {
			return false
		}
		if name = to; name == from {
			return true
		}
	}
	return false
}

// sharesEnd finds a name that ends up as last too, in the same step or an earlier one,
// and is not the same thing under its earlier name.
func sharesEnd(steps []Migration, i int, old, last string) (string, int) {
	for j := range i + 1 {
		for _, other := range slices.Sorted(maps.Keys(steps[j].Rename)) {
			if j == i && other >= old {
				break
			}
			end, kept := followName(steps[j:], other)
			if !kept || end != last {
				continue
			}
			if then, _ := followName(steps[j:i], other); j == i || then != old {
				return other, j
			}
		}
	}
	return "", 0
}

func checkRemoved(step Migration) []error {
	var errs []error
	for i, name := range step.Remove {
		switch {
		case name == "":
			errs = append(errs, errors.New("it removes a name that is empty"))
		case slices.Contains(step.Remove[:i], name):
			errs = append(errs, fmt.Errorf("it removes %q twice", name))
		}
	}
	return errs
}

func (s Schema) checkValues(steps []Migration, i int) []error {
	var errs []error
	for _, old := range slices.Sorted(maps.Keys(steps[i].Values)) {
		slot, err := s.slotAfter(steps[i:], old)
		if err != nil {
			errs = append(errs, fmt.Errorf("values: %w", err))
		}
		if slot == nil {
			continue
		}
		for _, value := range slices.Sorted(maps.Keys(steps[i].Values[old])) {
			last, kept := followValue(steps[i:], old, value)
			if !kept {
				continue
			}
			if v, ok := slot.reread(Eq, last, time.Time{}); !ok || v != last {
				errs = append(errs, fmt.Errorf("values: %q of slot %q becomes %q, which is no value of it (%T)", value, old, last, slot.Type))
			}
		}
	}
	return errs
}

func (s Schema) checkUnits(steps []Migration, i int) []error {
	var errs []error
	for _, old := range slices.Sorted(maps.Keys(steps[i].Units)) {
		slot, err := s.slotAfter(steps[i:], old)
		switch unit := steps[i].Units[old]; {
		case err != nil:
			errs = append(errs, fmt.Errorf("units: %w", err))
		case slot == nil:
		case !slot.reads("1 " + unit):
			errs = append(errs, fmt.Errorf("units: slot %q takes no numbers in %q (%T)", old, unit, slot.Type))
		}
	}
	return errs
}

// slotAfter finds what a slot is after the steps, nil where it is given up.
func (s Schema) slotAfter(steps []Migration, name string) (*Slot, error) {
	last, kept := followName(steps, name)
	if !kept {
		return nil, nil
	}
	slot := s.lookup(last)
	if slot == nil {
		return nil, fmt.Errorf("%q is no slot of the schema in the end%s", last, s.suggest(last))
	}
	return slot, nil
}

// reads reports whether the slot's type reads a number with its unit; bounds do
// not count, and an amount in another currency stays one.
func (s *Slot) reads(quantity string) bool {
	typ := s.Type
	if n, ok := typ.(*Number); ok {
		typ = &Number{Unit: n.Unit, Units: n.Units}
	}
	p, ok := typ.(Parser)
	if !ok {
		return false
	}
	_, ok = p.Parse(quantity, time.Time{})
	return ok
}
