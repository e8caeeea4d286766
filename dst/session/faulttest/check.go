package faulttest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// numbers are what differs in errors of one kind.
var numbers = regexp.MustCompile(`[0-9]+(\.[0-9]+)?(µs|ms|s)?`)

// note keeps an error that a client was told: it must say of which conversation.
func (l *Load) note(t testing.TB, r Request, err error) {
	text := err.Error()
	if !errors.Is(err, ErrUnreachable) && !strings.Contains(text, r.Key.String()) {
		t.Errorf("an error does not say which conversation it is about: %v", err)
	}
	if other := r.foreign(strings.ReplaceAll(text, r.Key.String(), "")); other != "" {
		t.Errorf("an error of %s tells of %s: %v", r.Key, other, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.errors == nil {
		l.errors = map[string]bool{}
	}
	l.errors[numbers.ReplaceAllString(tokens.ReplaceAllString(text, "KEY"), "N")] = true
}

// Errors are the kinds of errors that clients were told, with KEY for the
// conversation and N for numbers.
func (l *Load) Errors() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for text := range l.errors {
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}

// Check looks for all that the clients were told, with a manager of the store
// that nothing fails for, and logs what it counts under a name. Whatever is lost,
// mixed or doubled fails the test.
func (l *Load) Check(t testing.TB, name string, m *session.Manager) Result {
	t.Helper()
	owned := map[session.Key][]string{} // by tenant and user
	for _, k := range l.talks {
		c := checker{Load: l, talk: k, m: m, seen: map[int]bool{}}
		if err := c.check(t.Context()); err != nil {
			t.Errorf("%s: %v", k.Key, err)
		}
		if len(c.seen) > 0 {
			user := session.Key{Tenant: k.Key.Tenant, ID: k.User}
			owned[user] = append(owned[user], k.Key.ID)
		}
	}
	l.exports(t, m, owned)
	if r := l.result; r.Lost+r.Mixed+r.Doubled > 0 || r.Acknowledged == 0 {
		t.Errorf("%s: %v", name, r)
	} else {
		t.Logf("%-34s %v", name, r)
	}
	return l.result
}

// checker compares what is stored of a conversation with what its client knows.
type checker struct {
	*Load
	*talk
	m     *session.Manager
	state dst.State // the fold of the log so far
	link  string    // the proof so far
	last  int       // of the messages so far
	seen  map[int]bool
	heads []head
}

// head is the state after an entry as it should be.
type head struct {
	seq   uint64
	state dst.State
}

func (c *checker) check(ctx context.Context) error {
	for e, err := range c.m.Log(ctx, c.Key) {
		if err == nil {
			err = c.entry(e)
		}
		if err != nil {
			return err
		}
	}
	for n := range c.heard {
		if !c.seen[n] {
			c.count(&c.result.Lost)
		}
	}
	if len(c.heads) == 0 {
		return nil
	}
	now, err := c.m.Get(ctx, c.Key)
	if err != nil {
		return err
	}
	if got, want := text(now.State), text(c.state); got != want {
		return fmt.Errorf("its state is not the fold of its log, but %s, want %s", got, want)
	}
	for i := 0; i < len(c.heads); i += 1 + len(c.heads)/8 {
		h := c.heads[len(c.heads)-1-i]
		state, err := c.m.AsOf(ctx, c.Key, h.seq)
		if err != nil || text(state) != text(h.state) {
			return fmt.Errorf("as of entry %d it is %s, %v, want %s", h.seq, text(state), err, text(h.state))
		}
	}
	return nil
}

// entry takes in an entry of the log.
func (c *checker) entry(e session.Logged) error {
	c.state = replay(c.state, e)
	c.heads = append(c.heads, head{e.Seq, c.state})
	if e.Event != session.EventTurn {
		return fmt.Errorf("entry %d is %q, which nobody asked for", e.Seq, e.Event)
	}
	var n int
	if _, err := fmt.Sscanf(e.Message, c.Key.ID+" m%d", &n); err != nil || c.foreign(text(e)) != "" || c.foreign(string(e.Reply)) != "" {
		c.count(&c.result.Mixed)
		return fmt.Errorf("entry %d has what is not its own: %s", e.Seq, text(e))
	}
	// What was given up may still be under way in another process when the next is sent.
	if c.seen[n] || n < c.last && !c.unheard[n] {
		c.count(&c.result.Doubled)
		return fmt.Errorf("entry %d answers message %d, which was heard %v, after message %d", e.Seq, n, c.heard[n], c.last)
	}
	c.last, c.seen[n] = max(n, c.last), true
	c.link = c.at(n).link(c.link)
	if link, _ := c.state.Get("link"); link != c.link {
		return fmt.Errorf("the state after entry %d is not that of the messages that led to it", e.Seq)
	}
	reply, ok := c.heard[n]
	if !ok && !c.unheard[n] {
		return fmt.Errorf("entry %d answers message %d, which nobody sent", e.Seq, n)
	}
	if want := fmt.Sprintf("%s %s %d %s", c.conversation(), c.user(), n, c.link); string(e.Reply) != want ||
		ok && !reply.Gone && (reply.Text != want || reply.Seq != e.Seq) {
		return fmt.Errorf("entry %d has the reply %q, and the client heard %+v, want %q", e.Seq, e.Reply, reply, want)
	}
	return nil
}

// exports checks the exports of users, who have these conversations.
func (l *Load) exports(t testing.TB, m *session.Manager, owned map[session.Key][]string) {
	for user, ids := range owned {
		if err := l.exported(t.Context(), m, Request{Key: user, User: user.ID}, ids); err != nil {
			t.Errorf("the export of %s: %v", user, err)
		}
	}
}

// exported checks that the export of a user has their conversations and no others.
func (l *Load) exported(ctx context.Context, m *session.Manager, r Request, ids []string) error {
	export, err := m.Export(ctx, r.Key.Tenant, r.User)
	if err != nil {
		return err
	}
	var got []string
	for _, s := range export.Sessions {
		got = append(got, s.ID)
		r.Key.ID = s.ID
		if other := r.foreign(text(s)); other != "" {
			l.count(&l.result.Mixed)
			return fmt.Errorf("%s has %s in it", s.ID, other)
		}
	}
	slices.Sort(ids)
	if !slices.Equal(got, ids) {
		return fmt.Errorf("it has %q, want %q", got, ids)
	}
	return nil
}

// fold is the state that a log leads to.
func fold(log []session.Logged) (state dst.State) {
	for _, e := range log {
		state = replay(state, e)
	}
	return state
}

func replay(state dst.State, e session.Logged) dst.State {
	if e.State != nil {
		return *e.State
	}
	return state.Replay(e.Turn)
}

// text is everything in a value.
func text(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}
