package dst

import (
	"cmp"
	"math"
	"slices"

	"github.com/slotgraph/slotgraph/internal/text"
)

// decideIntents decides for each service that the turn is about which of its
// intents is wanted: the one that is open already is one option among them. A
// service without intents, or one whose intent the caller gave, is passed over.
func (u *understanding) decideIntents() {
	for i := range u.t.schema.Services {
		service := &u.t.schema.Services[i]
		if len(service.Intents) == 0 || !u.concerned(i) || slices.ContainsFunc(u.turn.Acts, func(a Act) bool { return a.Kind == Want && u.t.serviceIndex(a.Slot) == i }) {
			continue
		}
		u.decideIntent(i)
	}
}

// concerned reports whether the turn is about the service.
func (u *understanding) concerned(service int) bool {
	if len(u.turn.Services) > 0 {
		return slices.Contains(u.turn.Services, u.t.schema.Services[service].Name)
	}
	return service == u.t.activeService(u.s, u.turn)
}

func (u *understanding) decideIntent(service int) {
	x := u.x
	opts := x.intentOptions(service)
	current := u.openIntent(service)
	best := 0
	for i := range opts {
		if opts[i].score > opts[best].score {
			best = i
		}
	}
	if u.gold != nil {
		u.learnIntent(service, opts)
	}
	x.feats = x.feats[:opts[0].lo]
	o := &opts[best]
	if o.value == current || (o.hand <= 0 && !u.wishes(o, service)) && (!x.trained() || current == "" && len(u.turn.Services) == 0) {
		return // of a service that the caller did not name, an intent is opened by its words alone
	}
	e := Evidence{Source: Span}
	if o.f[fProposed] > 0 {
		e = Evidence{Source: System, From: Act{Kind: Propose, Slot: o.value}.String()}
	}
	d := Decision{Act: Act{Kind: Want, Slot: o.value}, P: o.p, Evidence: e, Reasons: u.why(o)}
	for i := range opts {
		if opts[i].p >= 0.005 && i != best {
			d.Alternatives = append(d.Alternatives, Alternative{Act{Kind: Want, Slot: opts[i].value}, round3(opts[i].p)})
		}
	}
	slices.SortStableFunc(d.Alternatives, func(a, b Alternative) int { return cmp.Compare(b.P, a.P) })
	u.decide(d)
}

// wishes reports whether the message wishes for what the intent's verb says: "I
// want to order a pizza".
func (u *understanding) wishes(o *option, service int) bool {
	for i, intent := range u.t.schema.Services[service].Intents {
		words := u.t.intents[service][i].name
		if len(words) > 0 && u.t.schema.Services[service].full(intent.Name) == o.value && slices.Contains(u.x.bag, words[0]) {
			return u.x.first == words[0] || slices.ContainsFunc(u.r.clauses, clause.seeks)
		}
	}
	return false
}

// openIntent is the intent of the service that is open, "" where there is none.
func (u *understanding) openIntent(service int) string {
	for i := len(u.s.Intents) - 1; i >= 0; i-- {
		for j := range u.t.intents[service] {
			if name := u.s.Intents[i]; name == u.t.intents[service][j].full {
				return name
			}
		}
	}
	return ""
}

// intentOptions scores the intents of a service against one another.
func (x *ranker) intentOptions(service int) []option {
	infos := x.t.intents[service]
	current := x.u.openIntent(service)
	opts := x.intents[:0]
	top := math.Inf(-1)
	for i := range infos {
		o := option{source: fromIntent, mention: -1, value: infos[i].full}
		x.describeIntent(&o, &infos[i], current)
		o.rate()
		o.lo = len(x.feats)
		if x.trained() {
			x.intentFeatures(&o, &infos[i], current != "")
			o.score += x.t.score(x.feats[o.lo:], x.lang)
		}
		o.hi = len(x.feats)
		top = max(top, o.score)
		opts = append(opts, o)
	}
	sum := 0.0
	for i := range opts {
		opts[i].p = math.Exp(opts[i].score - top)
		sum += opts[i].p
	}
	for i := range opts {
		opts[i].p /= sum
	}
	x.intents = opts
	return opts
}

func (x *ranker) describeIntent(o *option, intent *intentInfo, current string) {
	o.f[fIntent] = 1
	if o.value == current {
		o.f[fCurrent] = 1
	}
	if intent.transact {
		o.f[fTransact] = 1
	}
	for _, a := range x.s.System {
		if a.Kind == Propose && a.Slot == o.value {
			o.f[fProposed] = 1
			x.describeAnswer(o)
		}
	}
	for _, w := range intent.name {
		if slices.Contains(x.bag, w) {
			o.f[fIntentWord]++
		}
	}
}

// An intentInfo is an intent with the words that features are made of.
type intentInfo struct {
	full      string
	name, all []sym
	transact  bool
}

func newIntentInfo(full string, intent Intent) intentInfo {
	info := intentInfo{full: full, transact: intent.Transactional}
	info.name = addWords(nil, intent.Name, maxWords)
	info.all = addWords(slices.Clone(info.name), intent.Description, maxWords)
	return info
}

func (x *ranker) intentFeatures(o *option, info *intentInfo, some bool) {
	at := flag(o.f[fCurrent] > 0, some, info.transact)
	c := sym(fromIntent + 1).with(at)
	put := flag(o.f[fProposed] > 0, x.proposed)
	x.emit(tBias, c, 0)
	x.emit(tSignature, c, x.signature)
	x.emit(tPolarity, c, x.polarity.with(put))
	x.emit(tFirst, c, x.first.with(put))
	x.emit(tFirstTwo, c, x.firstTwo.with(put))
	own := 0
	for _, w := range info.all {
		if slices.Contains(x.bag, w) {
			own++
		}
	}
	x.emit(tOverlap, c, sym(min(own, 4)))
	for i, w := range x.bag {
		x.emit(tBagAsked, c.with(put), w)
		x.emit(tBagAct, c, w)
		if i > 0 {
			x.emit(tBagAct, c, x.bag[i-1].with(w))
		}
		for _, n := range info.all {
			x.emit(tBagName, w.with(sym(fromIntent)), n)
		}
	}
	for _, n := range info.name {
		x.emit(tName, c.with(put), n)
	}
	for i := range x.r.mentions {
		if m := &x.r.mentions[i]; m.Score >= sure {
			x.emit(tHeard, c, sym(x.t.slots[x.t.takers[m.typ][0]].kind))
		}
	}
}

// learnIntent takes one step for the service's intent.
func (u *understanding) learnIntent(service int, opts []option) {
	gold, ok := u.gold.Intents[u.t.schema.Services[service].Name]
	if !ok {
		return
	}
	for i := range opts {
		o := &opts[i]
		right := o.value == u.t.schema.Services[service].full(gold)
		u.t.learner.step(u.x.feats[o.lo:o.hi], truth(right)-o.p)
	}
}

// questions reports whether the message asks something.
func (r *reading) questions() bool {
	for i, tok := range r.tokens {
		if tok.Kind == text.Symbol && r.tokens[i].Text == "?" {
			return true
		}
	}
	return slices.ContainsFunc(r.clauses, func(c clause) bool { return c.has(cueQuestion) || c.has(cueHave) })
}
