package dsttest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A customer is one simulated conversation.
type customer struct {
	m      *market
	n      int
	r      *rand.Rand
	lang   string
	agenda []step // what is still to be done
	later  []step // the part of it that changes the mind, while the plan is made
	alone  bool   // the first message says what is looked for and nothing else

	now     []step   // what the last message did
	wants   []*want  // what has been said and holds
	offered []Thing  // offered last, all of which are wanted
	shown   []string // offered so far
	thing   Thing    // asked about last, or chosen
	old     bool     // something else was asked for since, in vain
	asked   map[string]int

	yielded  []*want // that the bot left out, saying so, when nothing fitted
	violated []*want // to be said again
	troubles int
	changes  int
	done     bool
	failed   Reason
	why      string
	log      []heard
}

// heard is a message and what came of it.
type heard struct {
	text   string
	answer Answer
	note   string
}

// maxTroubles is how often a customer says something again.
const maxTroubles = 3

// visit holds one conversation.
func (m *market) visit(ctx context.Context, n int, bot Bot) (*customer, error) {
	c := &customer{m: m, n: n, r: rand.New(rand.NewPCG(m.opt.Seed, uint64(n)+1)), lang: m.opt.Langs[n%len(m.opt.Langs)], asked: map[string]int{}}
	c.plan()
	last, text := Answer{}, c.open()
	for range m.opt.MaxTurns {
		answer, err := bot.Answer(ctx, last.State, text)
		c.log = append(c.log, heard{text: text, answer: answer})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			c.fail(BotFailed, "%v", err)
			return c, nil
		}
		c.hear(answer)
		if c.done {
			return c, nil
		}
		last, text = answer, c.next(answer)
	}
	c.fail(TooLong, "after %d turns %d steps are left", m.opt.MaxTurns, len(c.agenda))
	return c, nil
}

func (c *customer) fail(reason Reason, format string, args ...any) {
	c.done, c.failed, c.why = true, reason, fmt.Sprintf(format, args...)
}

// trouble notes what went wrong. What is wrong in an answer to a question, or
// went wrong too often, ends the conversation.
func (c *customer) trouble(reason Reason, format string, args ...any) {
	c.troubles++
	c.log[len(c.log)-1].note = fmt.Sprintf("%s: %s", reason, fmt.Sprintf(format, args...))
	if reason == WrongAnswer || c.troubles > maxTroubles {
		c.fail(reason, format, args...)
	}
}

// open says what is looked for, and perhaps more.
func (c *customer) open() string {
	kind := c.pop()
	word, _ := c.m.word(c.r, kind.w.full, kind.w.values[0], c.lang)
	noun := ""
	if !c.alone && c.agenda[0].does == "tell" {
		if noun = c.noun(word, c.agenda[0].w); noun != "" {
			c.now = append(c.now, c.pop())
		}
	}
	if noun == "" {
		noun = word
	}
	c.now = append([]step{kind}, c.now...)
	parts := []string{article(c.say("open", "{n}", noun))}
	if n := c.r.IntN(3); !c.alone {
		parts = append(parts, c.tells(n)...)
	}
	for _, s := range c.now {
		c.take(s)
	}
	text := c.join(parts)
	if c.r.IntN(5) == 0 {
		text = c.join([]string{c.say("greet"), text})
	}
	return text
}

// article mends "a" before a vowel.
func article(s string) string {
	for _, v := range []string{"a", "e", "i", "o", "A", "E", "I", "O"} {
		s = strings.ReplaceAll(s, " a "+v, " an "+v)
	}
	return s
}

func (c *customer) pop() step {
	s := c.agenda[0]
	c.agenda = c.agenda[1:]
	return s
}

// tells words up to n wishes that come next, and makes them part of what is done now.
func (c *customer) tells(n int) []string {
	var parts []string
	for ; n > 0 && c.agenda[0].does == "tell" && c.agenda[0].w.move != "ne"; n-- {
		s := c.pop()
		c.now = append(c.now, s)
		parts = append(parts, c.clause(s.w))
	}
	return parts
}

func (c *customer) join(parts []string) string {
	return strings.Join(parts, map[string]string{"en": ", ", "zh": "，"}[c.lang])
}

// take makes a step's wish count.
func (c *customer) take(s step) {
	switch s.does {
	case "tell", "change":
		if s.does == "change" || s.w.move == "ne" {
			c.changes++
		}
		c.forget(s.w.full)
		c.wants = append(c.wants, s.w)
	case "drop":
		c.changes++
		c.forget(s.w.full)
	}
}

func (c *customer) forget(full string) {
	c.wants = slices.DeleteFunc(c.wants, func(w *want) bool { return w.full == full })
}

// next is the customer's next message.
func (c *customer) next(a Answer) string {
	if len(c.violated) > 0 {
		return c.again()
	}
	if text, ok := c.reply(a); ok {
		return text
	}
	for {
		s := c.pop()
		c.now = []step{s}
		if text, ok := c.act(s); ok {
			return text
		}
	}
}

// again says once more what was not understood.
func (c *customer) again() string {
	var parts []string
	for _, w := range c.violated {
		parts = append(parts, c.clause(w))
	}
	move := "again"
	if len(c.violated) == 1 && c.now[0].w == c.violated[0] && c.now[0].does == "change" {
		move = "change"
	}
	c.violated = nil
	return c.say(move, "{x}", c.join(parts))
}

// reply answers a question of the bot. One beside offers may be passed over.
func (c *customer) reply(a Answer) (string, bool) {
	i := slices.IndexFunc(a.Acts, func(x dst.Act) bool {
		return x.Kind == dst.Ask && x.Slot != "" || x.Kind == dst.Confirm || x.Kind == dst.Propose
	})
	if i < 0 || c.agenda[0].does == "choose" && len(c.offered) > 0 || len(c.offered) > 0 && c.r.IntN(2) == 0 {
		return "", false
	}
	q := a.Acts[i]
	if q.Kind != dst.Ask {
		if slices.ContainsFunc(c.wants, func(w *want) bool { return w.full == q.Slot && w.said(q.Op, q.Value) }) {
			return c.say("affirm"), true
		}
		return c.say("deny"), true
	}
	if j := slices.IndexFunc(c.agenda, func(s step) bool { return s.does == "tell" && s.w.full == q.Slot }); j >= 0 {
		s := c.agenda[j]
		c.agenda = slices.Delete(c.agenda, j, j+1)
		c.now = []step{s}
		c.take(s)
		return c.clause(s.w), true
	}
	if w := c.want(q.Slot); w != nil {
		return c.clause(w), true
	}
	c.now = []step{{does: "any", full: q.Slot}}
	return c.say("any"), true
}

func (c *customer) want(full string) *want {
	for _, w := range c.wants {
		if w.full == full {
			return w
		}
	}
	return nil
}

// said reports whether the want is what an operator and a value say.
func (w *want) said(op dst.Op, value string) bool {
	ops := map[string][]dst.Op{"eq": {dst.Eq, dst.Around}, "ne": {dst.Ne}, "le": {dst.Le, dst.Lt, dst.Around}, "ge": {dst.Ge, dst.Gt},
		"range": {dst.Ge, dst.Le, dst.Gt, dst.Lt}, "around": {dst.Around, dst.Eq, dst.Le}, "lt": {dst.Lt}, "gt": {dst.Gt}}
	return slices.Contains(ops[w.move], op) && slices.ContainsFunc(w.values, func(v string) bool { return sameWords(v, value) })
}

// transcript is the goal, what was said, and why it failed.
func (c *customer) transcript() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %d %s: %s: %s\n", c.n, c.lang, c.failed, c.why)
	for _, w := range c.wants {
		fmt.Fprintf(&b, "# wants %s\n", strings.TrimPrefix(dst.FormatActs([]dst.Act{w.act()}), "inform "))
	}
	for _, h := range c.log {
		fmt.Fprintf(&b, "> %s\n", h.text)
		if h.answer.Text != "" {
			fmt.Fprintln(&b, h.answer.Text)
		}
		fmt.Fprintf(&b, "    %s\n    %s\n", dst.FormatActs(h.answer.Acts), terms(h.answer.State))
		if h.note != "" {
			fmt.Fprintf(&b, "    !! %s\n", h.note)
		}
	}
	return b.String()
}
