package dst

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// pairs looks for slots of a service that users cannot tell apart. A remark
// stands at the later of two slots.
func (l *linter) pairs(service int) {
	slots := l.schema.Services[service].Slots
	for j := range slots {
		at := atSlot(service, j)
		for i := range slots[:j] {
			l.sharedWords(at, &slots[i], &slots[j])
			if !slots[i].RequestOnly && !slots[j].RequestOnly {
				l.sameKind(at, &slots[i], &slots[j])
			}
		}
	}
	l.sharedValues(service)
}

// sharedWords finds words that users call both slots by.
func (l *linter) sharedWords(at spot, a, b *Slot) {
	taken := map[string]bool{}
	for _, w := range a.saidAs() {
		taken[text.Key(w)] = true
	}
	var shared []string
	for _, w := range b.saidAs() {
		if taken[text.Key(w)] {
			shared = append(shared, w)
		}
	}
	switch {
	case len(shared) == 0:
	case a.RequestOnly && b.RequestOnly:
		l.note(at.of("aliases"), "shared-alias", "it is called %s like slot %s: a question that says so asks for both", quoted(shared), a.Name)
	default:
		l.warn(at.of("aliases"), "shared-alias", "it is called %s like slot %s, so that neither is told by it; keep each word for one of them", quoted(shared), a.Name)
	}
}

// sameKind finds two slots that take the same values and that neither a role
// nor a word tells apart.
func (l *linter) sameKind(at spot, a, b *Slot) {
	kind, same := sameValues(a, b)
	if !same || a.Role != b.Role {
		return
	}
	switch listed := isListed(b.Type); {
	case !wordsApart(a, b):
		with := "no role"
		if a.Role != NoRole {
			with = fmt.Sprintf("the same role (%s)", a.Role)
		}
		l.warn(at, "same-kind", "%s and %s share a kind (%s) and have %s, and no word tells them apart, so a value said by itself may go to either; set their roles (from, to, start, end...), or give each aliases of its own", a.Name, b.Name, kind, with)
	case listed:
		l.note(at, "shared-values", "it has the same values as slot %s, and only its words tell them apart: a value said by itself goes to the slot that was asked for, or to the first; set roles where there are cues for them", a.Name)
	}
}

// isListed reports whether a type's values stand in a list.
func isListed(t Type) bool {
	switch t.(type) {
	case *Enum, *Gazetteer:
		return true
	}
	return false
}

// sameValues reports whether two slots take the same values, and words what
// these are.
func sameValues(a, b *Slot) (kind string, same bool) {
	if a.isFree() || b.isFree() {
		return "free text", a.isFree() && b.isFree()
	}
	if reflect.TypeOf(a.Type) != reflect.TypeOf(b.Type) {
		return "", false
	}
	switch x := a.Type.(type) {
	case *Number:
		y := b.Type.(*Number)
		return "numbers", x.Unit == y.Unit && len(x.Units) == 0 && len(y.Units) == 0
	case *Money:
		return "sums of money", true
	case *Date:
		return "dates", true
	case *Clock:
		return "times", true
	case *YesNo:
		return "yes or no", true
	case *FreeText:
		return "a pattern", x.Pattern.String() == b.Type.(*FreeText).Pattern.String()
	case *Enum:
		return "an Enum", slices.EqualFunc(x.Values, b.Type.(*Enum).Values, func(v, w Option) bool { return v.Value == w.Value })
	}
	key, ok := typeKey(a.Type)
	other, too := typeKey(b.Type)
	return strings.TrimPrefix(fmt.Sprintf("%T", a.Type), "*dst."), ok && too && (key == other || isPlainPointer(a.Type))
}

// isPlainPointer reports whether the type is a pointer to a struct without
// fields, all values of which are alike.
func isPlainPointer(t Type) bool {
	r := reflect.TypeOf(t)
	return r.Kind() == reflect.Pointer && r.Elem().Kind() == reflect.Struct && r.Elem().NumField() == 0
}

// sharedValues finds values that stand in the lists of two slots of a service
// which are not the same and have no roles.
func (l *linter) sharedValues(service int) {
	slots := l.schema.Services[service].Slots
	owners := map[string][]int{} // slots by the key of a value
	for j := range slots {
		if slots[j].RequestOnly || !isListed(slots[j].Type) {
			continue
		}
		shared := map[int][]string{}
		for _, w := range listedWords(slots[j].Type) {
			key := text.Key(w)
			for _, i := range owners[key] {
				if i != j && !slices.ContainsFunc(shared[i], func(x string) bool { return text.Key(x) == key }) {
					shared[i] = append(shared[i], w)
				}
			}
			if key != "" && !slices.Contains(owners[key], j) {
				owners[key] = append(owners[key], j)
			}
		}
		for _, i := range slices.Sorted(maps.Keys(shared)) {
			if _, same := sameValues(&slots[i], &slots[j]); !same && slots[i].Role == slots[j].Role {
				l.warn(atSlot(service, j).of("possible_values"), "shared-values", "slot %s has the same words for values: %s; said by themselves they go to the slot that was asked for, or to the first; give them synonyms of their own", slots[i].Name, quoted(shared[i]))
			}
		}
	}
}

// listedWords are the values of a list with their synonyms.
func listedWords(t Type) []string {
	var out []string
	switch t := t.(type) {
	case *Enum:
		for _, o := range t.Values {
			out = append(out, o.spellings()...)
		}
	case *Gazetteer:
		out = slices.Sorted(maps.Keys(t.keys))
	}
	return out
}
