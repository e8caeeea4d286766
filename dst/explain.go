package dst

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Explain is [Tracker.Update] for people: the same decisions, with all reasons
// for each, those that were learned among them, in words. It takes some ten
// times as long as Update, whose decisions tell the reasons of the rules alone.
func (t *Tracker) Explain(ctx context.Context, s State, turn Turn) ([]Decision, error) {
	teller := *t
	teller.explains = true
	_, decisions, err := teller.update(ctx, s, turn, nil)
	return decisions, err
}

// maxReasons is how many reasons are told.
const maxReasons = 8

// templateNames say what the features of a template look at.
var templateNames = [templates]string{
	tBias: "options of this kind", tAsked: "what the bot asked", tFilled: "whether the slot holds a value", tFirst: "how the message begins",
	tFirstTwo: "how the message begins", tPolarity: "a yes, a no or neither", tSignature: "what the bot did", tName: "the slot's name",
	tRule: "the rules", tRuleKind: "the rules, for slots of this kind", tLeft: "the word before", tLeft2: "the two words before",
	tRight: "the word behind", tRight2: "the two words behind", tLeftWord: "the word before, and the slot's name", tLeft2Word: "the two words before, and the slot's name",
	tRightWord: "the word behind, and the slot's name", tNearWord: "a word near it, and the slot's name", tValueWord: "a word of the value, and the slot's name",
	tValueKind: "a word of the value", tShape: "how it is written", tCover: "where it stands in the message", tOverlap: "words of the slot close by",
	tOverlapOther: "words of other slots close by", tRank: "its place among values of its kind", tSame: "who else has the value", tInside: "how much of the value is said",
	tBagAct: "a word of the message, and what the bot did", tBagActKind: "a word of the message, and what the bot did", tActName: "what the bot did, and the slot's name",
	tHeard: "what else the message gives", tPair: "the names of the two slots", tOpened: "whether the service was just opened", tBagCarry: "a word of the message",
	tBagAsked: "a word of the message", tBagName: "a word of the message, and the slot's name", tCarryKind: "the kinds of the two slots", tThing: "the service's words close by",
	tPairAll: "what the two slots have in common", tValueBag: "a word of the message, and the value", tValueSlot: "the value itself", tLast: "the names of the two slots", tOrder: "earlier or later than the other",
}

// A feature that is told: what it is made of.
type toldFeature struct {
	template uint32
	a, b     sym
}

// why lists what weighed most for an option: of the rules, and when the tracker
// explains, of what was learned.
func (u *understanding) why(o *option) []Reason {
	if !u.t.explains || !u.x.trained() || o.source == fromHeard || o.source == fromExtractor {
		return reasons(o)
	}
	sums := map[string]float64{}
	for i, v := range o.f {
		if w := v * weights[i]; w != 0 && feature(i) != fBias {
			sums[featureNames[i]] += w
		}
	}
	words := u.words()
	for i, f := range u.x.recorded(o) {
		sums[f.text(words)] += u.t.score(u.x.feats[i:i+1], u.x.lang)
	}
	u.x.feats = u.x.feats[:0]
	out := make([]Reason, 0, len(sums))
	for name, w := range sums {
		if w = math.Round(w*10) / 10; w != 0 {
			out = append(out, Reason{name, w})
		}
	}
	slices.SortFunc(out, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Text, b.Text))
	})
	return out[:min(len(out), maxReasons)]
}

// recorded emits the features of an option anew, and says what each is made of.
func (x *ranker) recorded(o *option) []toldFeature {
	x.feats, x.record = x.feats[:0], []toldFeature{}
	again := *o
	switch o.source {
	case fromRequest:
		x.requestFeatures(&again)
	case fromIntent:
		for service, s := range x.t.schema.Services {
			for i := range s.Intents {
				if s.full(s.Intents[i].Name) == o.value {
					x.intentFeatures(&again, &x.t.intents[service][i], x.u.openIntent(service) != "")
				}
			}
		}
	default:
		x.sparse(&again)
	}
	out := x.record
	x.record = nil
	return out
}

// words tells the words behind the symbols of the turn.
func (u *understanding) words() map[sym]string {
	out := map[sym]string{}
	enter := func(s string) {
		for _, tok := range text.Tokens(spaced(s)) {
			out[hashString(stem(tok.Text))] = tok.Text
		}
	}
	for i := range u.t.slots {
		s := &u.t.slots[i]
		for _, name := range append([]string{s.Name, s.Description}, s.Aliases...) {
			enter(name)
		}
	}
	for _, tok := range u.r.tokens {
		out[hashString(stem(tok.Text))] = tok.Text
	}
	return out
}

// text words a feature, with the words it is made of where they are known.
func (f toldFeature) text(words map[sym]string) string {
	name := templateNames[f.template]
	if f.template == tRule || f.template == tRuleKind {
		return name
	}
	a, okA := words[f.a]
	b, okB := words[f.b]
	switch {
	case okA && okB:
		return fmt.Sprintf("%s: %q, %q", name, a, b)
	case okA:
		return fmt.Sprintf("%s: %q", name, a)
	case okB:
		return fmt.Sprintf("%s: %q", name, b)
	}
	return name
}
