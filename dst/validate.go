package dst

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Validate reports everything that is wrong with the schema, each with its
// place, or nil.
func (s Schema) Validate() error {
	var errs []error
	if len(s.Services) == 0 {
		errs = append(errs, errors.New("no services: a schema needs at least one"))
	}
	names := map[string]bool{}
	for i, service := range s.Services {
		at := fmt.Sprintf("service %d (%q)", i, service.Name)
		switch {
		case names[service.Name]:
			errs = append(errs, fmt.Errorf("%s: the name is taken by an earlier service", at))
		case service.Name == "" && len(s.Services) > 1:
			errs = append(errs, fmt.Errorf("%s: only the single service of a schema may go without a name", at))
		case strings.Contains(service.Name, "."):
			errs = append(errs, fmt.Errorf("%s: a point in the name would not be told from service.slot; use _ or -", at))
		}
		names[service.Name] = true
		errs = append(errs, service.check(at, s)...)
	}
	if len(errs) == 0 {
		return nil
	}
	return fmt.Errorf("dst: schema: %w", errors.Join(errs...))
}

func (s Service) check(at string, all Schema) []error {
	var errs []error
	slots := map[string]bool{}
	for i, slot := range s.Slots {
		at := fmt.Sprintf("%s, slot %d (%q)", at, i, slot.Name)
		switch {
		case slot.Name == "":
			errs = append(errs, fmt.Errorf("%s: it needs a name", at))
		case slots[slot.Name]:
			errs = append(errs, fmt.Errorf("%s: the name is taken by an earlier slot", at))
		case s.Name == "" && strings.Contains(slot.Name, "."):
			errs = append(errs, fmt.Errorf("%s: a point in the name would be read as service.slot; use _ or -", at))
		}
		slots[slot.Name] = true
		for _, err := range slot.check(all) {
			errs = append(errs, fmt.Errorf("%s: %w", at, err))
		}
		for _, err := range s.checkWhen(slot) {
			errs = append(errs, fmt.Errorf("%s: %w", at, err))
		}
	}
	for _, circle := range s.circles() {
		errs = append(errs, fmt.Errorf("%s: conditions go in a circle: %s; so none of these slots could ever be asked for", at, strings.Join(circle, " needs ")))
	}
	return append(errs, s.checkIntents(at)...)
}

// check reports what is wrong with the slot by itself.
func (s Slot) check(all Schema) []error {
	var errs []error
	switch s.Role {
	case NoRole, FromRole, ToRole, NearRole, InRole, Start, End:
	default:
		errs = append(errs, fmt.Errorf("unknown role %q; the roles are from, to, near, in, start, end", s.Role))
	}
	if s.Plain != "" && (opAt(string(s.Plain)) != s.Plain || s.Plain == Remove) {
		errs = append(errs, fmt.Errorf("unknown operator %q in Plain; use one of = != < <= > >= ~", s.Plain))
	} else if _, ordered := s.Type.(Comparer); !ordered && (isLower(s.Plain) || isUpper(s.Plain) || s.Plain == Around) {
		errs = append(errs, fmt.Errorf("its values have no order, so Plain cannot be %s; leave Plain out", s.Plain))
	}
	if nilType(s.Type) {
		errs = append(errs, fmt.Errorf("its Type is a nil %T; leave Type out for free text", s.Type))
	}
	if err := checkType(s.Type); err != nil {
		errs = append(errs, err)
	}
	if s.Of != "" && !all.has(s.Of) {
		errs = append(errs, fmt.Errorf("it is of service %q, which the schema does not have", s.Of))
	}
	if s.Required && s.RequestOnly {
		errs = append(errs, errors.New("it cannot be both Required (the user fills it) and RequestOnly (the user never does)"))
	}
	if len(s.When) > 0 && s.RequestOnly {
		errs = append(errs, errors.New("it is RequestOnly and never asked for, so When means nothing; leave one of them out"))
	}
	return errs
}

// nilType reports a nil pointer in a Type, which no method may be called on.
func nilType(typ Type) bool {
	v := reflect.ValueOf(typ)
	return v.Kind() == reflect.Pointer && v.IsNil()
}

// checkType reports what a built-in type could never find.
func checkType(typ Type) error {
	switch typ := typ.(type) {
	case *Enum:
		if typ == nil {
			return nil // reported above
		}
		if len(typ.Values) == 0 {
			return errors.New("its Enum has no values, so nothing could fill it")
		}
		seen := map[string]bool{}
		for _, v := range typ.Values {
			if seen[text.Key(v.Value)] {
				return fmt.Errorf("its Enum has the value %q twice", v.Value)
			}
			seen[text.Key(v.Value)] = true
		}
	case *Number:
		if typ != nil && typ.Max != 0 && typ.Min > typ.Max {
			return fmt.Errorf("its Number has Min %v above Max %v, so nothing could fill it", typ.Min, typ.Max)
		}
	}
	return nil
}

// checkWhen reports what is wrong with the conditions of a slot.
func (s Service) checkWhen(slot Slot) []error {
	var errs []error
	for i, c := range slot.When {
		if err := s.checkCondition(c); err != nil {
			errs = append(errs, fmt.Errorf("condition %q: %w", c, err))
			continue
		}
		for _, other := range slot.When[:i] {
			if c.Slot == other.Slot && contradict(s.slot(c.Slot), c, other) {
				errs = append(errs, fmt.Errorf("conditions %q and %q can never hold together", other, c))
			}
		}
	}
	return errs
}

func (s Service) checkCondition(c Condition) error {
	if err := c.checkForm(); err != nil {
		return err
	}
	on := s.slot(c.Slot)
	if on == nil {
		return fmt.Errorf("no slot %q in the service; a condition names a slot of its own service, without the service's name", c.Slot)
	}
	if on.RequestOnly {
		return fmt.Errorf("slot %q is RequestOnly: the user never fills it, so the condition could not hold", c.Slot)
	}
	if nilType(on.Type) {
		return fmt.Errorf("the Type of slot %q is a nil %T, so that no value can be told", c.Slot, on.Type)
	}
	if c.Op == "" || c.Value == DontCare {
		return nil
	}
	if _, ordered := on.Type.(Comparer); !ordered && (isLower(c.Op) || isUpper(c.Op)) {
		return fmt.Errorf("the values of slot %q have no order, so %s means nothing there", c.Slot, c.Op)
	}
	p, ok := on.Type.(Parser)
	if _, open := on.Type.(*Gazetteer); !ok || open {
		return nil // a name that is new to us is a name
	}
	switch v, ok := p.Parse(c.Value, time.Time{}); {
	case !ok:
		return fmt.Errorf("%q is no value of slot %q (%T)", c.Value, c.Slot, on.Type)
	case v != c.Value:
		return fmt.Errorf("the state holds %q as %q; write %q", c.Value, v, Condition{c.Slot, c.Op, v})
	}
	return nil
}

// contradict reports whether no value of the slot could satisfy both. Several
// = are alternatives, and a Multi slot may hold both of two values.
func contradict(slot *Slot, a, b Condition) bool {
	if slot.Multi {
		return false
	}
	switch {
	case a.Op == Eq && b.Op == Eq:
		return false
	case a.Op == Eq && b.Op != "":
		return !b.admits(slot.Type, a.Value)
	case b.Op == Eq && a.Op != "":
		return !a.admits(slot.Type, b.Value)
	case isUpper(a.Op):
		a, b = b, a
	}
	if !isLower(a.Op) || !isUpper(b.Op) {
		return false
	}
	order, ok := compareAs(slot.Type, a.Value, b.Value)
	return ok && (order > 0 || order == 0 && (a.Op == Gt || b.Op == Lt))
}

// circles returns the circles of slots whose conditions speak of one another,
// each as a walk that ends where it began, in the order of the schema.
func (s Service) circles() [][]string {
	var out [][]string
	done := map[string]bool{}
	var path []string
	var visit func(name string)
	visit = func(name string) {
		if i := slices.Index(path, name); i >= 0 {
			out = append(out, append(slices.Clone(path[i:]), name))
			return
		}
		slot := s.slot(name)
		if slot == nil || done[name] {
			return
		}
		path = append(path, name)
		for i, c := range slot.When {
			if !slices.ContainsFunc(slot.When[:i], func(x Condition) bool { return x.Slot == c.Slot }) {
				visit(c.Slot)
			}
		}
		path = path[:len(path)-1]
		done[name] = true
	}
	for _, slot := range s.Slots {
		visit(slot.Name)
	}
	return out
}

func (s Service) checkIntents(at string) []error {
	var errs []error
	intents := map[string]bool{}
	for i, intent := range s.Intents {
		at := fmt.Sprintf("%s, intent %d (%q)", at, i, intent.Name)
		if intent.Name == "" || intents[intent.Name] {
			errs = append(errs, fmt.Errorf("%s: it needs a name of its own", at))
		}
		intents[intent.Name] = true
		for _, name := range intent.Required {
			switch slot := s.slot(name); {
			case slot == nil:
				errs = append(errs, fmt.Errorf("%s: it requires slot %q, which the service does not have", at, name))
			case slot.RequestOnly:
				errs = append(errs, fmt.Errorf("%s: it requires slot %q, which is RequestOnly: the user never fills it", at, name))
			}
		}
		for _, name := range slices.Sorted(maps.Keys(intent.Optional)) {
			if slices.Contains(intent.Required, name) {
				errs = append(errs, fmt.Errorf("%s: slot %q is both required and optional", at, name))
			}
		}
		for _, name := range slices.Concat(slices.Sorted(maps.Keys(intent.Optional)), intent.Result) {
			if s.slot(name) == nil {
				errs = append(errs, fmt.Errorf("%s: it names slot %q, which the service does not have", at, name))
			}
		}
	}
	return errs
}
