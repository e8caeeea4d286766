package recommend

import (
	"reflect"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// Masked is the reply as others than the user may see it: with [dst.Masked] in
// the place of values of sensitive slots ([dst.Slot].Sensitive), and of what
// further masks of the conversation hide. Its trace never has what the turn
// itself knew to be sensitive. A reply that was read from JSON no longer knows
// that, and is masked by the further masks alone; one of an agent without
// sensitive slots is returned as it is.
func (r Reply) Masked(further ...dst.Mask) Reply {
	v := veil{r.mask, r.confided}
	for _, m := range further {
		v.Mask = v.Join(m)
	}
	if v.IsZero() {
		return r
	}
	trace := r.Trace
	if len(further) > 0 {
		trace = v.trace(trace, trace.User)
	}
	r.mask, r.confided, r.Trace = dst.Mask{}, false, Trace{}
	r = veiled(v, r)
	for i := range r.Items {
		r.Items[i].path = nil
	}
	r.Trace = trace
	return r
}

// Mask returns the mask of what the turn knew to be sensitive, for those who
// show a reply beside other things of the conversation. It masks nothing where
// the agent has no sensitive slots, or the reply was read from JSON.
func (r Reply) Mask() dst.Mask { return r.mask }

// A veil hides what is sensitive in values of any type.
type veil struct {
	dst.Mask
	all bool // even the shortest values: for what is known to tell some
}

func (v veil) text(s string) string {
	if v.all {
		return v.Every(s)
	}
	return v.Text(s)
}

// trace is a trace without what is sensitive, of the turn that answers the
// message.
func (v veil) trace(tr Trace, message string) Trace {
	user, decisions := v.Turn(message, tr.Decisions)
	tr.Decisions = nil
	known := tr.User != ""
	if !v.Knows() {
		tr.Decisions = decisions
		return tr
	}
	tr = veiled(v, tr)
	tr.Decisions = decisions
	if known {
		tr.User = user
	}
	return tr
}

// veiled is a deep copy of a value with all that is sensitive hidden: acts by
// their slots, and texts by their words. Texts of a type of their own, such as
// kinds of steps, are none of the user's.
func veiled[T any](v veil, x T) T {
	v.hide(reflect.ValueOf(&x).Elem())
	return x
}

// hide changes a value that may be set. What it points to is copied first.
func (v veil) hide(x reflect.Value) {
	switch x.Type() {
	case reflect.TypeFor[dst.Act]():
		x.Set(reflect.ValueOf(v.Act(x.Interface().(dst.Act))))
		return
	case reflect.TypeFor[kg.Value]():
		value := x.Interface().(kg.Value)
		if s := value.String(); v.text(s) != s {
			x.Set(reflect.ValueOf(kg.Text(v.text(s))))
		}
		return
	case reflect.TypeFor[string]():
		x.SetString(v.text(x.String()))
		return
	}
	switch x.Kind() {
	case reflect.Struct:
		for i := range x.NumField() {
			if f := x.Field(i); f.CanSet() {
				v.hide(f)
			}
		}
	case reflect.Slice:
		v.hideAll(x)
	case reflect.Pointer:
		if !x.IsNil() {
			out := reflect.New(x.Type().Elem())
			out.Elem().Set(x.Elem())
			v.hide(out.Elem())
			x.Set(out)
		}
	}
}

// hideAll changes the elements of a slice, in a copy.
func (v veil) hideAll(x reflect.Value) {
	if x.IsNil() || x.Type().Elem().Kind() == reflect.Uint8 {
		return
	}
	out := reflect.MakeSlice(x.Type(), x.Len(), x.Len())
	reflect.Copy(out, x)
	for i := range out.Len() {
		v.hide(out.Index(i))
	}
	x.Set(out)
}
