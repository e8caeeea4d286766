package wrap

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// BudgetOptions are the options of [NewBudget]. The zero value of each is its
// default.
type BudgetOptions struct {
	Tokens   int     // that a session may use, in and out together; 0 is no limit
	Money    float64 // that a session may cost, in the currency of the prices; 0 is no limit
	PriceIn  float64 // of a million tokens that the model reads
	PriceOut float64 // of a million tokens that it writes

	// Estimate is how many tokens a call will use. The default takes a prompt of
	// the usual length and about 300 tokens of answer.
	Estimate func(r recommend.Request) (in, out int)

	Sessions int              // most sessions remembered, those used last; 10,000 by default
	Idle     time.Duration    // after which a session is forgotten, a day by default
	Now      func() time.Time // the clock, time.Now by default
}

// A Budget bounds what the sessions of a generator use, each by itself; the
// context names them, see [recommend.WithSession], and what names none is one
// session. A call whose estimate does not fit in is not made: it fails with
// [recommend.CauseBudget]. A call that was made counts with what it reports to
// have used, or with its estimate where it reports nothing, so that a session
// may exceed its budget by what its last call was underestimated. It is safe
// for concurrent use.
type Budget struct {
	g recommend.Generator
	o BudgetOptions

	mu       sync.Mutex
	sessions map[string]*list.Element // of *account
	order    *list.List               // used last comes first
}

// An account is what a session has used, with what calls under way will.
type account struct {
	session string
	spent   Spent
	used    time.Time
}

// Spent is what a session has used.
type Spent struct {
	In, Out int     // tokens
	Money   float64 // in the currency of the prices
}

// NewBudget makes a budget for a generator.
func NewBudget(g recommend.Generator, o BudgetOptions) *Budget {
	if o.Estimate == nil {
		o.Estimate = estimate
	}
	if o.Sessions <= 0 {
		o.Sessions = 10_000
	}
	if o.Idle <= 0 {
		o.Idle = 24 * time.Hour
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Budget{g: g, o: o, sessions: map[string]*list.Element{}, order: list.New()}
}

// Spent returns what a session has used, calls under way with their estimates.
func (b *Budget) Spent(session string) Spent {
	b.mu.Lock()
	defer b.mu.Unlock()
	if e, ok := b.sessions[session]; ok {
		return b.priced(e.Value.(*account).spent)
	}
	return Spent{}
}

func (b *Budget) priced(s Spent) Spent {
	s.Money = (float64(s.In)*b.o.PriceIn + float64(s.Out)*b.o.PriceOut) / 1e6
	return s
}

// Generate implements [recommend.Generator].
func (b *Budget) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	in, out := b.o.Estimate(r)
	in, out = max(in, 0), max(out, 0)
	a, err := b.reserve(recommend.Session(ctx), in, out)
	if err != nil {
		return recommend.Response{}, err
	}
	usedIn, usedOut := in, out // also where the generator panics
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		a.spent.In += usedIn - in
		a.spent.Out += usedOut - out
	}()
	res, err := b.g.Generate(ctx, r, each)
	usedIn, usedOut = used(res, err, in)
	return res, err
}

// used is what a call counts with.
func used(res recommend.Response, err error, in int) (int, int) {
	if len(res.Usage) > 0 {
		return res.Usage[recommend.TokensIn], res.Usage[recommend.TokensOut]
	}
	var f *recommend.Failure
	if errors.As(err, &f) && res.Text == "" {
		switch f.Cause {
		case recommend.CauseLimited, recommend.CauseServer, recommend.CauseNetwork, recommend.CauseKey, recommend.CauseRequest, recommend.CauseBudget:
			return 0, 0 // the model was not asked
		}
	}
	return in, tokens(res.Text)
}

// reserve enters what a call will use, if there is that much left.
func (b *Budget) reserve(session string, in, out int) (*account, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.account(session)
	will := b.priced(Spent{In: a.spent.In + in, Out: a.spent.Out + out})
	switch {
	case b.o.Tokens > 0 && will.In+will.Out > b.o.Tokens:
		return nil, &recommend.Failure{Cause: recommend.CauseBudget, Detail: fmt.Sprintf("the session has used %d of %d tokens", a.spent.In+a.spent.Out, b.o.Tokens)}
	case b.o.Money > 0 && will.Money > b.o.Money:
		return nil, &recommend.Failure{Cause: recommend.CauseBudget, Detail: fmt.Sprintf("the session has cost %.4g of %.4g", b.priced(a.spent).Money, b.o.Money)}
	}
	a.spent = Spent{In: will.In, Out: will.Out}
	return a, nil
}

// account finds or opens a session's, and closes those not used for long.
func (b *Budget) account(session string) *account {
	now := b.o.Now()
	for e := b.order.Back(); e != nil && now.Sub(e.Value.(*account).used) >= b.o.Idle; e = b.order.Back() {
		b.drop(e)
	}
	if e, ok := b.sessions[session]; ok {
		b.order.MoveToFront(e)
		e.Value.(*account).used = now
		return e.Value.(*account)
	}
	a := &account{session: session, used: now}
	b.sessions[session] = b.order.PushFront(a)
	for b.order.Len() > b.o.Sessions {
		b.drop(b.order.Back())
	}
	return a
}

func (b *Budget) drop(e *list.Element) {
	delete(b.sessions, e.Value.(*account).session)
	b.order.Remove(e)
}

// promptTokens is what the prompt says besides the request, answerTokens the
// length of an answer, both rather more than less.
const promptTokens, answerTokens = 400, 300

func estimate(r recommend.Request) (in, out int) {
	return promptTokens + tokens(string(canonical(r))), answerTokens
}

// tokens estimates the tokens of a text: one for each character that is not
// Latin, one for each four that are.
func tokens(s string) int {
	ascii, others := 0, 0
	for _, r := range s {
		if r < 0x80 {
			ascii++
		} else {
			others++
		}
	}
	return others + (ascii+3)/4
}
