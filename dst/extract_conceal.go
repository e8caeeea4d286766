package dst

// leastConcealed is the probability from which words that may be a value of a
// sensitive slot are concealed.
const leastConcealed = 0.05

// conceal takes what is sensitive out of what the extractor is asked. It
// reports false where nothing can be asked: the bot put a question for what is
// sensitive, and any part of the message may be the answer.
func (x *ranker) conceal(q *Doubt) bool {
	m := x.t.schema.Mask(x.s).Said(x.raw...)
	if m.slots == nil {
		return true
	}
	for _, a := range q.System {
		if (a.Kind == Ask || a.Kind == Confirm) && m.Sensitive(a.Slot) {
			return false
		}
	}
	veils := append(m.veils(q.Message, false), m.typed(q.Message)...)
	for i := range x.opts {
		o := &x.opts[i]
		if info := &x.t.slots[o.slot]; info.Sensitive && o.source == fromSpan && o.mention >= 0 && o.p >= leastConcealed {
			k := &x.r.mentions[o.mention]
			veils = append(veils, veil{k.Start, k.End, info.full})
			m = m.value(info.full, k.Value)
		}
	}
	q.Message = hide(q.Message, merged(veils), func(slot string) string { return "[" + slot + "]" })
	q.System, q.State = m.Acts(q.System), m.State(q.State)
	return true
}
