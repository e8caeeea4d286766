package dst

import "slices"

// freeAnswer proposes the message as the value of a free-text slot that the
// bot asked for: without the words that only lead up to the answer ("my name
// is", 送到). A question or a search is no answer.
func (u *understanding) freeAnswer() {
	info, ok := u.t.info(u.askedSlot())
	if !ok || !info.free || info.RequestOnly || len(u.r.tokens) == 0 || slices.ContainsFunc(u.decisions, func(d Decision) bool { return !polite[d.Act.Kind] }) {
		return
	}
	for _, c := range u.r.clauses {
		if c.has(cueQuestion) || c.has(cueSeek) {
			return
		}
	}
	start, end := u.bare()
	if start >= end {
		return
	}
	free, _ := info.Type.(*FreeText)
	if free == nil {
		free = &FreeText{}
	}
	a, b := u.r.tokens[start].Start, u.r.tokens[end-1].End
	if value, ok := free.Parse(u.r.text.Raw[a:b], u.t.now()); ok {
		u.r.mentions = slices.DeleteFunc(u.r.mentions, func(m mention) bool { return m.typ == u.t.openType && m.start == start && m.end == end })
		u.r.mentions = append(u.r.mentions, mention{Mention{Start: a, End: b, Value: value, Score: freeTextScore}, start, end, u.t.openType, byAnswer})
		u.r.longest = max(u.r.longest, end-start)
		u.r.sortMentions()
	}
}

// polite are the acts that may accompany an answer.
var polite = map[Kind]bool{Greet: true, Thank: true, Affirm: true}

// bare returns the tokens of the message without lead-ins, tails and the
// punctuation around it.
func (u *understanding) bare() (start, end int) {
	start, end = 0, len(u.r.tokens)
	for moved := true; moved && start < end; {
		moved = false
		for _, k := range u.r.marksIn(start, start+1) {
			if k.cue == cueLead && k.start == start && k.end < end && k.end > start {
				start, moved = k.end, true
				break
			}
		}
		if !moved && u.punctuation(start) {
			start, moved = start+1, true
		}
	}
	for moved := true; moved && start < end; {
		moved = false
		for _, k := range u.r.marksIn(end-1, end) {
			if k.cue == cueTail && k.end == end && k.start > start {
				end, moved = k.start, true
				break
			}
		}
		if !moved && u.punctuation(end-1) {
			end, moved = end-1, true
		}
	}
	return start, end
}

func (u *understanding) punctuation(i int) bool {
	switch u.r.tokens[i].Text {
	case ".", ",", "!", "?", ";", ":", "-":
		return true
	}
	return false
}
