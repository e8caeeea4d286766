package dst

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// serviceWords looks at what users call the services of a schema that has
// several.
func (l *linter) serviceWords() {
	services := l.schema.Services
	owner := map[string]int{}
	for i, service := range services {
		words := append([]string{service.Name}, service.Aliases...)
		if len(services) > 1 && !sayable(words) {
			l.warn(atService(i), "no-words", "nobody could call it %q, so that only its slots tell when it is spoken of; give it aliases", service.Name)
		}
		for _, w := range words {
			first, taken := owner[text.Key(w)]
			if taken && first != i {
				l.warn(atService(i).of("aliases"), "shared-alias", "it is called %q like service %s, so that the word speaks of neither; keep it for one of them", w, services[first].Name)
				continue
			}
			owner[text.Key(w)] = i
		}
	}
}

// names finds a service that offers things of which no slot is the name.
func (l *linter) names(service int) {
	s := &l.schema.Services[service]
	offers := slices.ContainsFunc(s.Intents, func(i Intent) bool { return !i.Transactional && len(i.Result) > 0 }) ||
		len(s.Intents) == 0 && slices.ContainsFunc(s.Slots, func(x Slot) bool { return x.RequestOnly })
	if !offers || slices.ContainsFunc(s.Slots, func(x Slot) bool { return x.Names || x.Role == FromRole || x.Role == ToRole }) {
		return // a way from here to there has no name
	}
	advice := "where it deals in things with names, add a slot for these and set its Names"
	for _, slot := range s.Slots {
		if s.tells(slot.Name) && slot.readsLikeName() {
			advice = fmt.Sprintf("if it is slot %s, set its Names", slot.Name)
			break
		}
	}
	l.note(atService(service), "no-names", "it offers things, but no slot is said to be their name, so that users cannot choose one by name, nor ask about it; %s", advice)
}

// tells reports whether an intent that changes nothing tells the slot, or no
// intents say what is told.
func (s *Service) tells(slot string) bool {
	return len(s.Intents) == 0 || slices.ContainsFunc(s.Intents, func(i Intent) bool { return !i.Transactional && slices.Contains(i.Result, slot) })
}

// readsLikeName reports whether a slot reads like the name of a thing: "hotel_name" and
// "title", but not "origin_airport_name".
func (s *Slot) readsLikeName() bool {
	words := text.Tokens(spaced(s.Name))
	if !s.isFree() || len(words) == 0 || guessRole(s.Name) == FromRole || guessRole(s.Name) == ToRole {
		return false
	}
	switch words[len(words)-1].Text {
	case "name", "title":
		return true
	}
	return strings.HasSuffix(s.Name, "名称")
}

// descriptions finds slots of which a name is all that is known, where another
// slot takes the same values: the more words, the better they are told apart.
func (l *linter) descriptions(service int) {
	slots := l.schema.Services[service].Slots
	var bare []string
	for i := range slots {
		s := &slots[i]
		if s.Description != "" || len(s.Aliases) > 0 || s.RequestOnly {
			continue
		}
		if slices.ContainsFunc(slots, func(x Slot) bool {
			_, same := sameValues(s, &x)
			return same && x.Name != s.Name && !x.RequestOnly
		}) {
			bare = append(bare, s.Name)
		}
	}
	if len(bare) > 0 {
		l.note(atService(service), "no-description", "slots of one kind with neither description nor aliases: %s; their words help to tell which one is meant", listNames(bare))
	}
}

// questions looks at how the service asks. What is missing is listed in one
// remark: mostly it is missing everywhere.
func (l *linter) questions(service int) {
	var open, other []string
	missing := map[string][]string{}
	for i := range l.schema.Services[service].Slots {
		s := &l.schema.Services[service].Slots[i]
		asked := false
		for _, q := range s.Ask {
			asked = asked || q != ""
		}
		switch {
		case asked:
			for _, lang := range l.langs {
				if s.Ask[lang] == "" {
					missing[lang] = append(missing[lang], s.Name)
				}
			}
		case !l.needed(service, s):
		case s.isFree() && s.Role == NoRole:
			open = append(open, s.Name)
		default:
			other = append(other, s.Name)
		}
	}
	at := atService(service)
	if len(open) > 0 {
		l.warn(at, "no-question", "free text that is required and has no question in Ask: %s; mostly the answer fills it, so what is asked decides what is understood", listNames(open))
	}
	if len(other) > 0 {
		l.note(at, "no-question", "required slots without a question in Ask: %s; users are asked for them by their names", listNames(other))
	}
	for _, lang := range slices.Sorted(maps.Keys(missing)) {
		l.warn(at, "no-language", "slots with a question, but none in %q: %s; who speaks it is asked in another language", lang, listNames(missing[lang]))
	}
}

// needed reports whether the slot is asked for.
func (l *linter) needed(service int, slot *Slot) bool {
	return slot.Required || slices.ContainsFunc(l.schema.Services[service].Intents, func(i Intent) bool { return slices.Contains(i.Required, slot.Name) })
}

// oneIntent looks at what an intent takes.
func (l *linter) oneIntent(at spot) {
	s := &l.schema.Services[at.service]
	intent := &s.Intents[at.intent]
	if intent.Transactional && len(intent.Required) == 0 && !slices.ContainsFunc(s.Slots, func(x Slot) bool { return x.Required }) {
		l.warn(at, "no-required", "it changes the world and requires no slot, so it is done, once confirmed, with nothing known; list what it needs in Required (required_slots)")
	}
	for _, name := range slices.Sorted(maps.Keys(intent.Optional)) {
		slot, value := s.slot(name), intent.Optional[name]
		if slot.RequestOnly {
			l.warn(at.of("optional_slots"), "optional-answer", "it takes slot %s, which is RequestOnly: the user never fills it; leave it out here, or RequestOnly there", name)
		}
		p, ok := slot.Type.(Parser)
		if _, open := slot.Type.(*Gazetteer); !ok || open || value == "" || value == DontCare {
			continue
		}
		if _, ok := p.Parse(value, time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)); !ok {
			l.warn(at.of("optional_slots"), "default", "the default %q is no value of slot %s (%T); write one, or %q", value, name, slot.Type, DontCare)
		}
	}
}
