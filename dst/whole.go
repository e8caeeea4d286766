package dst

import (
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// maxClause is the length in tokens from which a clause is too long for a cue
// to be all it says. It keeps the time of a turn linear in its message.
const maxClause = 48

// fillers are words that add nothing to a message that is otherwise a cue:
// "could you please repeat that for me", 麻烦你帮我取消一下吧.
var fillers = wordSet("a|an|the|i|i'd|i'll|i'm|me|my|we|you|it|that|this|all|whole|thing|please|pls|just|can|could|would|will|want|need|like|love|to|let|let's|lets|us|get|give|help|speak|talk|connect|transfer|put|through|with|for|and|then|now|so|oh|hey|hmm|um|uh|well|sorry|think|guess|maybe|again|wait|immediately|right|away|instead|" +
	"我|你|您|我们|咱|们|帮|帮忙|忙|给|那|那就|就|先|请|麻|烦|吧|了|还|一|下|都|把|的|这|那|个|次|想|要|能|可|以|吗|呢|啊|呀|哦|嘛|哈|喂|嗯|好|再|全|部|直|接|现|在|快|赶|紧|马|上|到|转|找|叫|来|没|行|对|不|起|刚|才|抱|歉|意|思|等")

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.SplitSeq(list, "|") {
		set[word] = true
	}
	return set
}

// says reports whether a cue is what its clause says.
func (r *reading) says(k mark, share float64, whole bool) bool {
	if !whole {
		return r.clauseShare(k) >= share
	}
	c := r.clauses[r.clauseOf[k.start]]
	if r.only(k, c.start, c.end, false) {
		return true
	}
	return share > 0 && k.end-k.start >= 3 && r.clauseShare(k) >= share && !r.inquires(k)
}

// only reports whether the tokens [start, end) say nothing but the cue: all
// else is manners and fillers, or, where services may be named, these.
func (r *reading) only(k mark, start, end int, services bool) bool {
	if end-start > maxClause {
		return false
	}
	for i := start; i < end; i++ {
		tok := r.tokens[i]
		if i >= k.start && i < k.end || tok.Kind == text.Symbol {
			continue
		}
		if !fillers[tok.Text] && !r.mannerly(i, k, services) || r.negates(i, k) {
			return false
		}
	}
	return true
}

// mannerly reports whether a token belongs to manners, or to what repeats the
// cue or names a service.
func (r *reading) mannerly(i int, k mark, services bool) bool {
	return slices.ContainsFunc(r.marksIn(i, i+1), func(m mark) bool {
		if m.start > i || m.end <= i {
			return false
		}
		switch apart := r.clauseOf[m.start] != r.clauseOf[k.start]; m.cue {
		case cueThank, cueGreet, cueBye, cueTail, cueCorrect, k.cue:
			return true
		case cueAffirm: // 是的取消吧, but not 你是真人吗
			return apart || m.start == r.clauses[r.clauseOf[m.start]].start
		case cueDeny:
			return apart
		}
		return services && r.objectOf(m, k)
	})
}

// objectOf reports whether m is a service that the cue is said of: "cancel the
// hotel", 把酒店取消; not "a hotel I can cancel", 可以取消的酒店.
func (r *reading) objectOf(m, k mark) bool {
	if m.service == 0 {
		return false
	}
	if m.start < k.start {
		return r.tokens[m.start].Kind == text.Han
	}
	return r.tokens[m.start-1].Text != "的"
}

// negates reports whether the token is a "not" to the cue: 不取消, 先别取消,
// 取消不了.
func (r *reading) negates(i int, k mark) bool {
	switch r.tokens[i].Text {
	case "不", "没", "别":
		if i == k.end {
			return true
		}
		for j := i + 1; j < k.start; j++ {
			if !strings.Contains("要用想能必再", r.tokens[j].Text) {
				return false
			}
		}
		return i < k.start
	}
	return false
}

// inquires reports whether the clause of a cue asks about it instead of asking
// for it: "can I go back?", "how do I undo", 能撤销吗. "Could you undo that?" and
// 能帮我撤销吗 ask for it.
func (r *reading) inquires(k mark) bool {
	c := r.clauses[r.clauseOf[k.start]]
	soft := false
	for _, m := range r.clauseMarks(k.start) {
		if m.cue != cueQuestion {
			continue
		}
		switch r.tokens[m.start].Text {
		case "?", "吗", "么", "嘛", "呢":
			soft = true
		default:
			return true
		}
	}
	return soft && !slices.ContainsFunc(r.tokens[c.start:c.end], func(t text.Token) bool {
		return t.Text == "you" || t.Text == "你" || t.Text == "您" || t.Text == "帮"
	})
}

// cancels reads that what is being arranged is given up: a message that says
// nothing else. "Cancel my order 123" is about something else, "never mind" is
// manners unless something is about to be done, and what was never begun is not
// given up by name.
func (u *understanding) cancels() bool {
	for _, k := range u.r.marks {
		if k.cue != cueCancel && k.cue != cueGiveUp || !u.r.only(k, 0, len(u.r.tokens), true) || u.r.inquires(k) {
			continue
		}
		name, ok := u.givenUp()
		if !ok || k.cue == cueGiveUp && (!u.t.transactional(u.s, name) || u.answersAsk(k)) {
			continue
		}
		if !u.did(Cancel) {
			u.decide(Decision{Act: Act{Kind: Cancel, Slot: name}, P: 1, Evidence: u.span(k.start, k.end)})
		}
		return true
	}
	return false
}

// givenUp is the service that the message names, "" for what is open. It
// reports false where the one it names is not open.
func (u *understanding) givenUp() (string, bool) {
	name := ""
	for _, m := range u.r.marks {
		if m.service == 0 || u.t.schema.Services[m.service-1].Name == "" {
			continue
		}
		service := u.t.schema.Services[m.service-1].Name
		if name != "" && service != name {
			return "", false
		}
		name = service
	}
	open := func(x string) bool { return x == name || serviceOf(x) == name }
	return name, name == "" || slices.ContainsFunc(u.s.Intents, open) || slices.ContainsFunc(u.s.Constraints, func(c Constraint) bool { return open(c.Slot) })
}

// answersAsk reports whether the cue is a value of what the bot asked for: 算了
// is a no to "shall we wrap it?", "a person" a number of guests.
func (u *understanding) answersAsk(k mark) bool {
	for _, a := range u.s.System {
		info, ok := u.t.info(a.Slot)
		if ok && a.Kind == Ask && slices.ContainsFunc(u.r.mentionsIn(k.start, k.end), func(m mention) bool { return m.typ == info.typ && m.start <= k.start && k.end <= m.end }) {
			return true
		}
	}
	return false
}

// transactional reports whether an intent of the service, or the latest where
// name is "", is open that changes the world.
func (t *Tracker) transactional(s State, name string) bool {
	open := s.Intents[max(0, len(s.Intents)-1):]
	if name != "" {
		open = keep(s.Intents, func(x string) bool { return serviceOf(x) == name })
	}
	return slices.ContainsFunc(open, func(x string) bool {
		for i := range t.schema.Services {
			if in := t.schema.Services[i].intent(x); in != nil && in.Transactional {
				return true
			}
		}
		return false
	})
}
