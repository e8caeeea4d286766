package dsttest

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// A wish is what a simulated user wants of one slot.
type wish struct {
	slot    dst.Slot
	full    string
	move    string    // how it is phrased: inform, le, ge, range, around, ne, nopref, with, without
	samples []sample  // its values
	acts    []dst.Act // what is to be understood of it
	later   *wish     // what the user will want instead
	said    bool
	tries   int // how often it was said in vain
}

// role moves say a value by what the slot's role is marked with.
var roleMoves = map[dst.Role]string{
	dst.FromRole: "from", dst.ToRole: "to", dst.InRole: "in", dst.NearRole: "near", dst.Start: "start", dst.End: "end",
}

// wishFor invents a wish. Only a slot that nobody needs may be wished not to
// have a value: that leaves it open. It reports false where no value is known.
func (u *user) wishFor(slot dst.Slot, full string, needed bool) (*wish, bool) {
	w := &wish{slot: slot, full: full, move: u.moveFor(slot, needed)}
	if w.move == "nopref" {
		w.acts = []dst.Act{{Kind: dst.Inform, Slot: full, Op: dst.Eq, Value: dst.DontCare}}
		return w, true
	}
	if !w.draw(u) {
		return nil, false
	}
	return w, true
}

// moveFor chooses how a slot's value is wished for.
func (u *user) moveFor(slot dst.Slot, needed bool) string {
	roll := u.r.IntN(100)
	if _, yesNo := base(slot.Type).(*dst.YesNo); yesNo {
		return "with" // or without, once its value is known
	}
	if free(slot) || roleMoves[slot.Role] != "" {
		return "inform" // nobody has any name, and nobody says "any to"
	}
	if roll < 8 && !slot.Names {
		return "nopref"
	}
	switch base(slot.Type).(type) {
	case *dst.Number, *dst.Money:
		switch {
		case roll < 24:
			return "le"
		case roll < 38:
			return "ge"
		case roll < 50:
			return "range"
		case roll < 58:
			return "around"
		}
	case *dst.Enum:
		if roll < 16 && !needed {
			return "ne"
		}
	}
	return "inform"
}

// draw gives a wish its values.
func (w *wish) draw(u *user) bool {
	n := 1
	if w.move == "range" || w.slot.Multi && w.move == "inform" && u.r.IntN(2) == 0 {
		n = 2
	}
	w.samples = nil
	for range n * 6 {
		s, ok := u.v.sample(u.r, w.slot, w.full, u.lang)
		if !ok {
			return false
		}
		if !slices.ContainsFunc(w.samples, func(old sample) bool { return old.value == s.value }) && !u.elsewhere(w, s) {
			w.samples = append(w.samples, s)
		}
		if len(w.samples) == n {
			break
		}
	}
	if len(w.samples) == 0 {
		return false
	}
	if c, ok := w.slot.Type.(dst.Comparer); ok && w.move == "range" {
		if len(w.samples) < 2 {
			w.move = "ge"
		} else if order, ok := c.Compare(w.samples[0].value, w.samples[1].value); ok && order > 0 {
			slices.Reverse(w.samples)
		}
	}
	if y, ok := base(w.slot.Type).(*dst.YesNo); ok {
		w.move = "with"
		if no, _ := y.Parse("no", u.v.clock()); no == w.samples[0].value {
			w.move = "without"
		}
	}
	w.acts = w.means()
	return true
}

// elsewhere reports whether a way would begin where it ends.
func (u *user) elsewhere(w *wish, s sample) bool {
	return slices.ContainsFunc(u.wishes, func(other *wish) bool {
		return w.slot.Role != "" && other.slot.Role != "" && other.full != w.full && len(other.samples) > 0 && other.samples[0].value == s.value
	})
}

// means is what is to be understood of the wish.
func (w *wish) means() []dst.Act {
	act := func(op dst.Op, i int) dst.Act {
		return dst.Act{Kind: dst.Inform, Slot: w.full, Op: op, Value: w.samples[i].value}
	}
	switch w.move {
	case "le":
		return []dst.Act{act(dst.Le, 0)}
	case "ge":
		return []dst.Act{act(dst.Ge, 0)}
	case "range":
		return []dst.Act{act(dst.Ge, 0), act(dst.Le, 1)}
	case "around":
		return []dst.Act{act(dst.Around, 0)}
	case "ne":
		return []dst.Act{act(dst.Ne, 0)}
	}
	plain := w.slot.Plain
	if plain == "" {
		plain = dst.Eq
	}
	acts := []dst.Act{act(plain, 0)}
	for i := range w.samples[1:] {
		acts = append(acts, act(dst.Add, i+1))
	}
	return acts
}

// change is another wish of the same kind, for when the user thinks better of
// it; nil where there is no other value.
func (w *wish) change(u *user) *wish {
	if w.move == "nopref" || w.move == "ne" {
		return nil
	}
	for range 6 {
		n := &wish{slot: w.slot, full: w.full, move: w.move}
		if n.draw(u) && !slices.Equal(n.acts, w.acts) {
			return n
		}
	}
	return nil
}

// clause words the wish so that it can stand anywhere.
func (w *wish) clause(u *user) string {
	word := slotWord(u.r, w.slot, u.lang, u.opt.Descriptions)
	alone := u.alone[w.full] && u.r.IntN(2) == 0 // no other slot could take it: the user need not name it
	if w.move == "range" {
		return say(u.r, u.lang, byItself("range", alone), "{s}", word, "{a}", w.samples[0].words, "{b}", w.samples[1].words)
	}
	move := w.move
	if role := roleMoves[w.slot.Role]; role != "" && move == "inform" {
		move = role
	} else {
		move = byItself(move, alone)
	}
	return say(u.r, u.lang, move, "{s}", word, "{v}", w.values(u))
}

// byItself is the move without the slot's name, where there is one.
func byItself(move string, alone bool) string {
	if !alone {
		return move
	}
	switch move {
	case "inform":
		return "value"
	case "le", "ge", "range", "around":
		return move + "-alone"
	}
	return move
}

// reply words the wish as the answer to the question for its slot.
func (w *wish) reply(u *user) string {
	switch w.move {
	case "nopref":
		return say(u.r, u.lang, "any")
	case "with":
		return say(u.r, u.lang, "yes")
	case "without":
		return say(u.r, u.lang, "no")
	case "inform":
		if free(w.slot) {
			return say(u.r, u.lang, "free", "{v}", w.values(u))
		}
		return say(u.r, u.lang, "answer", "{v}", w.values(u))
	}
	return w.clause(u)
}

// values are the words of all values of the wish.
func (w *wish) values(u *user) string {
	if len(w.samples) == 0 {
		return ""
	}
	out := w.samples[0].words
	for _, s := range w.samples[1:] {
		out += map[string]string{"en": " and ", "zh": "和"}[u.lang] + s.words
	}
	return out
}

// free reports whether a slot takes any text, so that only an answer fills it.
func free(slot dst.Slot) bool {
	t, ok := slot.Type.(*dst.FreeText)
	return slot.Type == nil || ok && t.Pattern == nil
}

// met reports whether the constraints of a slot are what the acts mean. What a
// plain value of a slot with an order means is left to the tracker: a budget of
// 5000 may be a bound. Values that are turned down do no harm.
func met(slot dst.Slot, acts []dst.Act, got []dst.Constraint) bool {
	for _, a := range acts {
		if !slices.ContainsFunc(got, func(c dst.Constraint) bool { return stands(slot, a, c) }) {
			return false
		}
	}
	for _, c := range got {
		if c.Op != dst.Ne && !slices.ContainsFunc(acts, func(a dst.Act) bool { return stands(slot, a, c) }) {
			return false
		}
	}
	return true
}

// stands reports whether a constraint is what an act means.
func stands(slot dst.Slot, a dst.Act, c dst.Constraint) bool {
	if !sameWords(a.Value, c.Value) {
		return false
	}
	switch a.Op {
	case dst.Le:
		return c.Op == dst.Le || c.Op == dst.Lt
	case dst.Ge:
		return c.Op == dst.Ge || c.Op == dst.Gt
	case dst.Eq, dst.Add:
		_, ordered := slot.Type.(dst.Comparer)
		return c.Op == dst.Eq || c.Op == slot.Plain || ordered && (c.Op == dst.Le || c.Op == dst.Around)
	}
	return c.Op == a.Op || c.Op == dst.Eq && a.Op == slot.Plain
}

// sameWords compares values; those in free text may differ in case and in the
// punctuation around them.
func sameWords(a, b string) bool {
	bare := func(s string) string {
		return strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }))
	}
	return bare(a) == bare(b)
}
