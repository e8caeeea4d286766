package dst

import (
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// oneSlot looks at a slot by itself.
func (l *linter) oneSlot(at spot) {
	slot := l.slot(at)
	if !sayable(slot.saidAs()) {
		at := at.of("name")
		if slot.Description == "" {
			l.warn(at, "no-words", "nobody could call it %q, so it cannot be asked about, and its name helps to find no value; give it aliases and a description", slot.Name)
		} else {
			l.note(at, "no-words", "nobody could call it %q, so it cannot be asked about; give it aliases", slot.Name)
		}
	}
	if kind := guessKind(slot.Name); !l.json && slot.isFree() && !slot.RequestOnly && !slot.Names && kind != "text" {
		l.note(at, "free-text", "it is free text, which only the answer to a question fills, but its name reads like that of a %s; give it a Type", guessedKinds[kind])
	}
	if several[fmt.Sprintf("%T", slot.Type)] && slot.Multi {
		l.warn(at.of("multi"), "multi", "it is Multi, so that a second value joins the first instead of replacing it, and of a %T there is one at a time; leave Multi out", slot.Type)
	}
	if reason := l.schema.Services[at.service].never(slot); reason != "" {
		l.warn(at.of("when"), "never", "it is never asked for, since %s; correct the conditions", reason)
	}
	l.values(at)
}

// several are the types of which several values at once make no sense.
var several = map[string]bool{"*dst.Date": true, "*dst.Clock": true, "*dst.YesNo": true, "*dst.Money": true, "*dst.Duration": true}

// guessedKinds words kinds that are guessed from names.
var guessedKinds = map[string]string{"date": "date", "time": "time of day", "money": "sum of money", "number": "number"}

// isFree reports whether the slot is filled by answers, and words behind the cues
// of its role.
func (s *Slot) isFree() bool {
	f, ok := s.Type.(*FreeText)
	return s.Type == nil || ok && f.Pattern == nil
}

// saidAs are the names that a user may call the slot by.
func (s *Slot) saidAs() []string {
	info := slotInfo{Slot: *s}
	return info.spoken()
}

// opaque are words that name no thing.
var opaque = set("slot field value param parameter attr attribute var variable item col column prop property service svc domain")

// sayable reports whether one of the names holds a word: not "s17", "x" or "slot_3".
func sayable(names []string) bool {
	for _, name := range names {
		for _, tok := range text.Tokens(spaced(name)) {
			if tok.Kind == text.Han || tok.Kind == text.Word && len(tok.Text) > 1 && !opaque[tok.Text] {
				return true
			}
		}
	}
	return false
}

// ownNames are the words and, in Chinese, the names that could tell the slot
// from others. Those of roles ("from") and those that say nothing are left out.
func (s *Slot) ownNames() map[string]bool {
	own := map[string]bool{}
	for _, name := range s.saidAs() {
		if strings.ContainsFunc(name, text.IsHan) {
			own[text.Key(name)] = true
			continue
		}
		for _, tok := range text.Tokens(spaced(name)) {
			if tok.Kind == text.Word && len(tok.Text) > 1 && !vague[tok.Text] && !opaque[tok.Text] {
				own[stem(tok.Text)] = true
			}
		}
	}
	return own
}

// wordsApart reports whether one of the slots has a word that the other lacks.
func wordsApart(a, b *Slot) bool {
	x, y := a.ownNames(), b.ownNames()
	for w := range x {
		if !y[w] {
			return true
		}
	}
	return len(y) > len(x)
}

// languages are those that the bot speaks: of its questions and labels, and
// Chinese where users' words are.
func (s Schema) languages() []string {
	langs := map[string]bool{}
	words := func(list []string) {
		langs["zh"] = langs["zh"] || slices.ContainsFunc(list, func(w string) bool { return strings.ContainsFunc(w, text.IsHan) })
	}
	for _, service := range s.Services {
		words(service.Aliases)
		for _, slot := range service.Slots {
			words(slot.Aliases)
			for lang := range slot.Ask {
				langs[lang] = true
			}
			for lang := range slot.Reprompts {
				langs[lang] = true
			}
			if e, ok := slot.Type.(*Enum); ok && e != nil {
				for _, v := range e.Values {
					words(v.Synonyms)
					for lang := range v.Labels {
						langs[lang] = true
					}
				}
			}
		}
	}
	var out []string
	for lang, speaks := range langs {
		if speaks {
			out = append(out, lang)
		}
	}
	slices.Sort(out)
	return out
}
