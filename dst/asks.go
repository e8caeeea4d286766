package dst

import (
	"math"
	"slices"
)

// A wanted is a slot that the rules take the user to ask about.
type wanted struct {
	slot int
	e    Evidence
}

// sureRequest is the probability from which a slot counts as asked about though
// no word of it stands in a question; where the caller does not say what the
// turn is about, the message must hold a word of it at least.
const sureRequest = 0.7

// decideRequests decides what the user asks about. Each slot of the open
// services is asked about or not; the rules' opinion is one of the features.
func (u *understanding) decideRequests(gs []given) {
	x := u.x
	if !x.trained() {
		for _, w := range u.wanted {
			u.request(u.t.slots[w.slot].full, 0.9, w.e, nil)
		}
		return
	}
	for slot := range u.t.slots {
		info := &u.t.slots[slot]
		i := slices.IndexFunc(u.wanted, func(w wanted) bool { return w.slot == slot })
		if !u.turn.open(u.t.schema.Services[info.service].Name) || i < 0 && len(u.turn.Services) == 0 && info.service != x.active {
			continue
		}
		o := option{slot: slot, source: fromRequest, mention: -1}
		x.describeRequest(&o, i >= 0, u.answered(info.full, gs))
		o.rate()
		o.lo = len(x.feats)
		if info.Of == "" { // what lies near another thing is left to the rules
			x.requestFeatures(&o)
		}
		o.score += u.t.score(x.feats[o.lo:], x.lang)
		if i >= 0 && len(u.turn.Services) == 0 {
			o.score = max(o.score, o.hand) // a word of it stands in a question: that stays so
		}
		o.p = 1 / (1 + math.Exp(-o.score))
		if u.gold != nil {
			u.t.learner.step(x.feats[o.lo:], truth(slices.Contains(u.gold.Requested, info.full))-o.p)
		}
		x.feats = x.feats[:o.lo]
		if o.score <= 0 || i < 0 && (o.p < sureRequest || len(u.turn.Services) == 0 && !sharesWord(info.own, x.bag)) {
			continue
		}
		e := Evidence{Source: Span}
		if i >= 0 {
			e = u.wanted[i].e
		}
		u.request(info.full, o.p, e, u.why(&o))
	}
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func (x *ranker) describeRequest(o *option, wanted, answered bool) {
	o.f[fRequest] = 1
	if wanted {
		o.f[fWanted] = 1
	}
	if answered {
		o.f[fAnswered] = 1
	}
}

// requestFeatures pair the words of the message with those of the slot.
func (x *ranker) requestFeatures(o *option) {
	info := &x.t.slots[o.slot]
	c := sym(fromRequest + 1).with(flag(info.RequestOnly, info.kind == kindYesNo))
	on := x.on[o.slot]
	asks := flag(o.f[fWanted] > 0, x.asks, o.f[fAnswered] > 0)
	own := 0
	for _, w := range info.all {
		if slices.Contains(x.bag, w) {
			own++
		}
	}
	named := 0
	for _, w := range info.own {
		if slices.Contains(x.bag, w) {
			named++
		}
	}
	x.emit(tBias, c, 0)
	x.emit(tAsked, c, asks)
	x.emit(tOverlap, c, sym(min(own, 4)).with(asks))
	x.emit(tOverlap, c, sym(min(named, 3)).with(sym(len(info.own))).with(asks))
	x.emit(tFilled, c, flag(on.asked, on.confirmed, on.offered, on.informed, x.filled[o.slot], x.proposed).with(flag(x.asks)))
	x.emit(tFirst, c, x.first.with(asks))
	x.emit(tFirstTwo, c, x.firstTwo)
	for i, w := range x.bag {
		x.emit(tBagAsked, c, w)
		for _, n := range info.name {
			x.emit(tBagName, w.with(c), n)
			if i > 0 {
				x.emit(tBagName, x.bag[i-1].with(w).with(c), n)
			}
		}
	}
}
