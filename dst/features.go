package dst

import (
	"cmp"
	"math"
	"slices"
)

// A feature is one reason for or against giving a span to a slot. Features are
// relative to the schema: none names a slot, a service or a value, so that
// their weights serve any schema.
type feature uint8

const (
	fBias          feature = iota
	fScore                 // 1 - how sure the type is
	fLength                // tokens of the span beyond the first, damped
	fWordAt                // a word of the slot stands right beside the span
	fWordClause            // a word of the slot stands in the clause
	fOtherWord             // a word of another slot that takes the type stands right beside it
	fAsked                 // the bot just asked for the slot
	fAskedOther            // the bot just asked for another slot that takes the type
	fServiceClause         // the clause speaks of the slot's service
	fServiceBefore         // the clause speaks of none, the one before speaks of the slot's
	fServiceAfter          // the clause speaks of none, the one after speaks of the slot's
	fServiceActive         // the message speaks of none, the conversation is about the slot's
	fServiceOther          // the span is rather about another service
	fRole                  // a cue of the slot's role marks the span
	fNoRole                // the slot has a role and no cue marks the span
	fOtherRole             // a cue of a role that is not the slot's marks the span
	fName                  // the slot names the service's own things
	fNear                  // the span only says what is nearby, and the slot has no such role
	fOnlyTaker             // no other slot takes the type
	fFirstOpen             // it is the first of the slots that take the type, and holds nothing yet
	fFilled                // the slot already holds the value
	fAsk                   // the clause asks whether a thing has the value: not a wish but a request
	fAskNear               // the clause asks what lies near the named thing, and the slot says near what to search
	fOffered               // the value was just offered or is talked about
	fBound                 // a bound or a range on a type with an order
	fUnitless              // a bare number where the slot's values have a unit
	fFunction              // the words are also a cue
	fListed                // a value of a closed list, word for word
	fCorrects              // the message corrects, and the slot holds another value
	fUnasked               // a bare yes or no that answers no question about the slot
	fLoose                 // words without a cue that makes them a value
	fSystem                // the bot told the value and the user did not
	fSysConfirm            // the bot asked whether it is so
	fSysOffer              // the bot offered it
	fSysInform             // the bot told it
	fAffirmed              // the user says yes
	fDenied                // the user says no
	fNeeded                // an intent of the service requires the slot
	fUnknown               // no intent of the service takes the slot
	fCarry                 // another service has the value
	fTold                  // the bot told the value of a thing of another service
	fSameName              // the slots share their words
	fOpened                // the service has just been opened
	fDontCare              // there may be no preference
	fCueAlone              // no preference is said, and of no slot by name
	fCueWord               // no preference is said beside the slot's word
	fImplied               // words of the slot stand there without a value
	fNegated               // a negation stands with them
	fYes                   // the value is yes
	fRelaxed               // the bot loosened its query there
	fDropped               // the user drops the slot
	fOwnWord               // a word of the slot's name stands in the span or close by
	fOtherOwnWord          // one of another slot of its kind does, and none of its own
	fEarlier               // the bot told it some turns ago
	fBare                  // the number without its unit
	fEnd                   // one end of a range
	fPaired                // a range, where two slots of the service take one end each
	fUnnamed               // a value of a list that no words name
	fRequest               // the slot may be asked about
	fWanted                // the rules take it to be asked about
	fAnswered              // the message gives it a value
	fIntent                // the intent may be wanted
	fCurrent               // it is open already
	fTransact              // it changes the world
	fProposed              // the bot proposed it
	fIntentWord            // words of its name that the message holds
	fAskable               // a wish, in a clause that may ask about the value instead
	fUnbound               // the cue of a bound is passed over
	fExtracted             // the plugged-in extractor says so
	fDeal                  // the message wants what the slot is needed for
	fSameClass             // the slots are of one sort: places, people
	fPoints                // the message points at something: "there"
	fCapital               // words with capitals
	fLong                  // a long answer
	fAnswer                // the message without its lead-in, where free text was asked for
	features
)

var featureNames = [features]string{
	"bias", "unsure match", "longer span", "slot word beside it", "slot word in the clause", "another slot's word beside it",
	"slot was asked for", "another slot was asked for", "service named in the clause", "service named before",
	"service named after", "service is the active one", "about another service", "role cue", "no role cue", "cue of another role",
	"names the thing itself", "says what is nearby", "only slot of the type", "first open slot of the type", "already so", "asked about", "asks what is nearby", "was offered",
	"a bound or range", "number without its unit", "also a function word", "listed value", "corrects the slot", "answers no question",
	"no cue makes the words a value", "the bot told the value", "the bot asked to confirm it", "the bot offered it", "the bot told it", "the user says yes", "the user says no",
	"an intent needs the slot", "no intent takes the slot", "another service has the value", "the bot told it of another service", "slots of the same name", "the service was just opened",
	"no preference", "no preference said", "no preference said of the slot", "the slot's words stand there", "negated", "yes", "the bot loosened its query", "dropped", "its own word close by", "another slot's own word close by", "told some turns ago", "without its unit", "an end of a range", "two slots take an end each", "no words name the value", "may be asked about", "asked about by its word", "given a value", "may be wanted", "open already", "changes the world", "the bot proposed it", "words of its name", "perhaps only asked about", "the cue of a bound passed over", "the extractor says so", "wants what the slot is needed for", "slots of one sort", "points at something", "written with a capital", "a long answer", "the whole answer",
}

// weights are set by hand; keeping the slot as it is scores 0.
var weights = [features]float64{
	fBias: -0.5, fScore: -2.5, fLength: 0.3, fWordAt: 3, fWordClause: 1.2, fOtherWord: -3, fAsked: 3, fAskedOther: -2,
	fServiceClause: 2.5, fServiceBefore: 1.8, fServiceAfter: 1.5, fServiceActive: 1.6, fServiceOther: -3.5,
	fRole: 3, fNoRole: -2.5, fOtherRole: -3, fName: 0.8, fNear: -3, fOnlyTaker: 1, fFirstOpen: 0.7, fFilled: 0.2, fAsk: 0.5, fAskNear: -12, fOffered: 2.5, fBound: 2, fUnitless: -2.5, fFunction: -4, fListed: 0.7, fCorrects: 2, fUnasked: -8,
	fLoose: -6, fSystem: -3.5, fSysConfirm: 2, fSysOffer: 1, fSysInform: -2, fAffirmed: 2.5, fDenied: -4, fNeeded: 2, fUnknown: -6,
	fCarry: -4, fTold: -1, fSameName: 2, fOpened: 2, fDontCare: -4, fCueAlone: 2, fCueWord: 6, fImplied: -1, fNegated: 0, fYes: 0, fRelaxed: 2.2, fDropped: 2.2, fOwnWord: 2, fOtherOwnWord: -2.5, fEarlier: -1, fBare: 0.3, fEnd: -1, fPaired: -6, fUnnamed: -7, fRequest: -3, fWanted: 5, fAnswered: -1, fIntent: -1, fCurrent: 2, fTransact: -0.5, fProposed: 1, fIntentWord: 1.2, fAskable: -1.5, fUnbound: -4, fExtracted: 3, fDeal: 2, fSameClass: 1.5, fPoints: 1, fCapital: 3.5, fLong: -2, fAnswer: 6.5,
}

// reasons lists the features that weighed most.
func reasons(o *option) []Reason {
	var all [features]Reason
	n := 0
	for i, x := range o.f {
		if w := x * weights[i]; w != 0 && feature(i) != fBias {
			all[n] = Reason{featureNames[i], math.Round(w*10) / 10}
			n++
		}
	}
	if n == 0 {
		return nil
	}
	slices.SortStableFunc(all[:n], func(a, b Reason) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	return slices.Clone(all[:min(n, 4)])
}
