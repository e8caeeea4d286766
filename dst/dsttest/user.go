package dsttest

import (
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// An utterance is one message of a simulated user.
type utterance struct {
	text  string
	acts  []dst.Act // what is to be understood of it
	clean bool      // without misspellings: the bot has no excuse
	over  bool      // the user has all that he wants
}

// A user is a simulated user with a goal.
type user struct {
	r       *rand.Rand
	v       *sampler
	opt     *SimOptions
	lang    string
	schema  dst.Schema
	service dst.Service
	intent  string // what is wanted of the service, "" for nothing in particular
	wishes  []*wish
	asks    []string        // slots to ask about in the end
	alone   map[string]bool // slots that share their type with no other
	told    map[string][]dst.Act
	yielded map[string]bool // slots that the bot has relaxed: nothing fits, and the user lives with it
	silent  bool            // has been silent once
	strayed bool            // has spoken of something else once
	picky   bool            // has asked for another thing once
	gaveUp  string          // the slot that the bot would not understand
}

// needed are the slots without which the service, or the intent, cannot be served.
func (u *user) needed() map[string]bool {
	out := map[string]bool{}
	for _, slot := range u.service.Slots {
		out[slot.Name] = slot.Required
	}
	for _, intent := range u.service.Intents {
		if fullName(u.service, intent.Name) == u.intent {
			for _, name := range intent.Required {
				out[name] = true
			}
		}
	}
	return out
}

// open begins the conversation: what it is about, and some of the wishes.
func (u *user) open() utterance {
	var parts []string
	out := utterance{clean: true}
	if u.r.IntN(4) == 0 {
		parts = append(parts, say(u.r, u.lang, "greet"))
		out.acts = append(out.acts, dst.Act{Kind: dst.Greet})
	}
	word := serviceWord(u.r, u.service, u.lang)
	_, intent, _ := strings.Cut("."+u.intent, ".")
	if i := strings.LastIndex(intent, "."); i >= 0 {
		intent = intent[i+1:]
	}
	switch {
	case u.intent != "" && u.lang == "en" && len(u.schema.Services) == 1 && (word == "" || u.r.IntN(2) == 0):
		parts = append(parts, say(u.r, u.lang, "want", "{i}", spoken(intent)))
		out.acts = append(out.acts, dst.Act{Kind: dst.Want, Slot: u.intent})
	case word != "":
		parts = append(parts, say(u.r, u.lang, "open", "{n}", word))
		if u.service.Name != "" {
			out.acts = append(out.acts, dst.Act{Kind: dst.Want, Slot: u.service.Name})
		}
	}
	if len(parts) == 0 || u.r.IntN(3) > 0 {
		u.tell(&out, &parts, 1+u.r.IntN(2))
	}
	if len(parts) == 0 {
		parts = append(parts, say(u.r, u.lang, "greet"))
		out.acts = append(out.acts, dst.Act{Kind: dst.Greet})
	}
	out.text = u.join(parts)
	return u.misspelt(out)
}

// tell words up to n wishes that have not been said.
func (u *user) tell(out *utterance, parts *[]string, n int) {
	for _, w := range u.wishes {
		if n == 0 {
			return
		}
		if w.said || free(w.slot) { // free text only answers a question
			continue
		}
		w.said = true
		*parts = append(*parts, w.clause(u))
		out.acts = append(out.acts, w.acts...)
		n--
	}
}

func (u *user) join(parts []string) string {
	if u.lang == "zh" {
		return strings.Join(parts, "，")
	}
	return strings.Join(parts, ", ")
}

// misspelt puts a typo into a message now and then.
func (u *user) misspelt(x utterance) utterance {
	if u.r.IntN(12) == 0 {
		if t := typo(u.r, x.text); t != x.text {
			x.text, x.clean = t, false
		}
	}
	return x
}

// respond says what the user says to an answer of the bot.
func (u *user) respond(a Answer) utterance {
	question := slices.IndexFunc(a.Acts, func(x dst.Act) bool {
		return x.Kind == dst.Ask || x.Kind == dst.Confirm || x.Kind == dst.Propose || x.Kind == dst.Request
	})
	switch {
	case handedOver(a):
		return utterance{text: say(u.r, u.lang, "bye"), acts: []dst.Act{{Kind: dst.Bye}}, clean: true, over: true}
	case !u.silent && u.r.IntN(25) == 0:
		u.silent = true
		return utterance{clean: true}
	case !u.strayed && u.r.IntN(20) == 0:
		u.strayed = true
		return utterance{text: say(u.r, u.lang, "digress"), clean: true}
	case question < 0:
		return u.proceed(a)
	}
	switch q := a.Acts[question]; {
	case q.Kind == dst.Propose:
		return u.yesNo(q.Slot == u.intent || u.intent == "" && u.schema.Check(q) == nil)
	case q.Kind == dst.Confirm && q.Op == "":
		if x, pending := u.pending(a); pending {
			return x
		}
		return u.yesNo(true)
	case q.Kind == dst.Confirm:
		return u.confirm(q, a)
	case q.Slot != "":
		return u.answer(q.Slot)
	}
	return u.proceed(a)
}

// pending says what is still to be said: what the bot got wrong, a change of
// mind, further wishes.
func (u *user) pending(a Answer) (utterance, bool) {
	for i, w := range u.wishes {
		x := utterance{clean: true}
		switch {
		case !u.current(w):
			continue // another service's: without its name nobody would know
		case w.said && !u.holds(w.full, a.State):
			if w.tries++; w.tries > 3 {
				u.gaveUp = w.full
			}
			x.text, x.acts = say(u.r, u.lang, "again", "{x}", w.clause(u)), w.acts
		case w.said && w.later != nil:
			u.wishes[i] = w.later
			w.later.said = true
			x.text, x.acts = say(u.r, u.lang, "change", "{x}", w.later.clause(u)), w.later.acts
		default:
			continue
		}
		return u.misspelt(x), true
	}
	var parts []string
	x := utterance{clean: true}
	if u.tell(&x, &parts, 1+u.r.IntN(2)); len(parts) > 0 {
		x.text = say(u.r, u.lang, "more", "{x}", u.join(parts))
		return u.misspelt(x), true
	}
	return x, false
}

// proceed goes on where the bot asks nothing.
func (u *user) proceed(a Answer) utterance {
	if x, pending := u.pending(a); pending {
		return x
	}
	if len(u.asks) > 0 {
		full := u.asks[0]
		u.asks = u.asks[1:]
		slot, _ := u.schema.Slot(full)
		return u.misspelt(utterance{
			text: say(u.r, u.lang, "request", "{s}", slotWord(u.r, slot, u.lang, u.opt.Descriptions)),
			acts: []dst.Act{{Kind: dst.Request, Slot: full}}, clean: true})
	}
	if x, ok := u.choose(a); ok {
		return x
	}
	return utterance{text: say(u.r, u.lang, "thank"), acts: []dst.Act{{Kind: dst.Thank}}, clean: true, over: true}
}

// holds reports whether the state has what the user said of the slot. A slot
// whose conditions do not hold is of no interest.
func (u *user) holds(full string, s dst.State) bool {
	slot, _ := u.schema.Slot(full)
	return u.yielded[full] || len(slot.When) > 0 && !u.schema.Applies(s, full) || met(slot, u.told[full], s.Of(full))
}

// heard remembers what the user has said.
func (u *user) heard(acts []dst.Act) {
	fresh := map[string]bool{}
	for _, a := range acts {
		if a.Kind != dst.Inform {
			continue
		}
		delete(u.yielded, a.Slot)
		if !fresh[a.Slot] {
			fresh[a.Slot], u.told[a.Slot] = true, nil
		}
		u.told[a.Slot] = append(u.told[a.Slot], a)
	}
}

// yield takes it that nothing fits all wishes: what the bot says it has relaxed
// is not insisted on.
func (u *user) yield(acts []dst.Act) {
	for _, a := range acts {
		if a.Kind == dst.Relax {
			u.yielded[a.Slot] = true
			delete(u.told, a.Slot)
			if w := u.wish(a.Slot); w != nil {
				w.said, w.later = true, nil
			}
		}
	}
}

// current reports whether a wish is one of the service talked about.
func (u *user) current(w *wish) bool { return fullName(u.service, w.slot.Name) == w.full }

// content reports whether all that the user wants of the service has been said
// and understood.
func (u *user) content(s dst.State) bool {
	return !slices.ContainsFunc(u.wishes, func(w *wish) bool {
		return u.current(w) && (!free(w.slot) && !w.said || w.said && (w.later != nil || !u.holds(w.full, s)))
	})
}
