package dst

// The rules' features of options that have no span of their own.

import (
	"slices"
)

// describeSystem sets the rules' features of a value that the bot told.
func (x *ranker) describeSystem(o *option, a Act) {
	info := &x.t.slots[o.slot]
	o.f[fSystem] = 1
	switch a.Kind {
	case Confirm:
		o.f[fSysConfirm] = 1
	case Offer:
		o.f[fSysOffer] = 1
	case Inform:
		o.f[fSysInform] = 1
	}
	x.describeAnswer(o)
	x.describeNeed(o, info)
}

// describeAnswer says whether the user takes what the bot put, or turns it down.
func (x *ranker) describeAnswer(o *option) {
	switch x.answer {
	case answerYes:
		o.f[fAffirmed] = 1
	case answerNo:
		o.f[fDenied] = 1
	}
	if x.deals(&x.t.slots[o.slot]) {
		o.f[fDeal] = 1
	}
}

// An answer is what the message says to what the bot put to the user.
type answer uint8

const (
	answerNone answer = iota
	answerYes
	answerNo
)

// findAnswer looks for a yes or a no in the first two clauses: "that sounds
// good", "ok, great", "no, another one".
func (x *ranker) findAnswer() answer {
	for _, k := range x.r.marks {
		if x.r.clauseOf[k.start] > 1 {
			break
		}
		switch k.cue {
		case cueDeny, cueAnother:
			if k.start <= 1 {
				return answerNo
			}
		case cueAffirm, cueThank:
			if k.start <= 3 {
				return answerYes
			}
		}
	}
	return answerNone
}

// deals reports whether the message holds the verb of a transactional intent
// that requires the slot: who says "book it" takes what was offered.
func (x *ranker) deals(info *slotInfo) bool {
	for i, intent := range x.t.schema.Services[info.service].Intents {
		words := x.t.intents[info.service][i].name
		if intent.Transactional && len(words) > 0 && slices.Contains(intent.Required, info.Name) && slices.Contains(x.bag, words[0]) {
			return true
		}
	}
	return false
}

// describeNeed says whether an intent of the service takes the slot.
func (x *ranker) describeNeed(o *option, info *slotInfo) {
	if info.needed || o.f[fSysOffer] > 0 && o.f[fEarlier] == 0 && info.known && !x.offersNeeded(info.service) {
		o.f[fNeeded] = 1
	}
	if len(x.t.schema.Services[info.service].Intents) == 0 || !info.known {
		o.f[fUnknown] = 1
	}
}

// offersNeeded reports whether a slot that an intent requires is among those
// that the bot offered of the service: otherwise any other stands for the thing.
func (x *ranker) offersNeeded(service int) bool {
	for i := range x.t.slots {
		if s := &x.t.slots[i]; s.service == service && s.needed && x.on[i].offered {
			return true
		}
	}
	return false
}

// describeCarry sets the rules' features of another service's value.
func (x *ranker) describeCarry(o *option, other *slotInfo, told bool) {
	info := &x.t.slots[o.slot]
	o.f[fCarry] = 1
	if told {
		o.f[fTold] = 1
	}
	if sharesWord(info.own, other.own) {
		o.f[fSameName] = 1
	}
	back := info.Role == FromRole && x.hasTo(info.service) // "there" is where the way leads
	if !back && sharesWord(info.class, other.class) {
		o.f[fSameClass] = 1
	}
	if x.opened[info.service] {
		o.f[fOpened] = 1
	}
	if x.r.points && !back {
		o.f[fPoints] = 1
	}
	if x.on[o.slot].asked {
		o.f[fAsked] = 1
	}
	x.describeNeed(o, info)
	if info.last == wordName {
		o.f[fUnknown] = 1 // another thing has another name
	}
}

// hasTo reports whether a slot of the service says where a way leads.
func (x *ranker) hasTo(service int) bool {
	return slices.ContainsFunc(x.t.slots, func(s slotInfo) bool { return s.service == service && s.Role == ToRole })
}

func sharesWord(a, b []sym) bool {
	for _, w := range a {
		if slices.Contains(b, w) {
			return true
		}
	}
	return false
}

// describeDontCare reports whether the message says that there is no
// preference, be it of this slot or of none by name.
func (x *ranker) describeDontCare(o *option) bool {
	info := &x.t.slots[o.slot]
	o.f[fDontCare] = 1
	if x.on[o.slot].asked {
		o.f[fAsked] = 1
	}
	said := false
	for _, k := range x.r.marks {
		if k.cue != cueDontCare && (k.cue != cueAny || !x.u.anyOf(k)) {
			continue
		}
		said = true
		o.start, o.end = k.start, k.end
		switch word := x.u.wordIn(x.r.clauseOf[k.start]); word {
		case info.full:
			o.f[fCueWord] = 1
			return true
		case "":
			o.f[fCueAlone] = 1
		}
	}
	return said
}

// describeImplied reports whether words of a yes/no slot stand in the message.
func (x *ranker) describeImplied(o *option, yes bool) bool {
	o.f[fImplied] = 1
	if yes {
		o.f[fYes] = 1
	}
	if x.on[o.slot].asked {
		o.f[fAsked] = 1
	}
	for _, k := range x.r.marks {
		if k.slot == 0 || x.r.clauses[x.r.clauseOf[k.start]].has(cueQuestion) {
			continue
		}
		if info := x.u.resolve(k); info == nil || info.full != x.t.slots[o.slot].full {
			continue
		}
		o.start, o.end = k.start, k.end
		negated := x.r.cueAfter(k.end, 1, cueNot) || x.r.cueBefore(k.start, 3, cueNot) || x.r.cueBefore(k.start, 0, cueNotHere) || x.r.cueBefore(k.start, 2, cueDrop)
		if negated {
			o.f[fNegated] = 1
		}
		if negated != yes {
			o.f[fWordAt] = 1
		}
		return true
	}
	return x.trained() && (x.on[o.slot].asked || x.on[o.slot].confirmed || x.mentionsWord(o.slot))
}

// mentionsWord reports whether the message holds a word of the slot.
func (x *ranker) mentionsWord(slot int) bool {
	return sharesWord(x.t.slots[slot].all, x.bag)
}
