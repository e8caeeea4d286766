package recommend

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// A Lookup reads live data: orders, stock, appointments. It is the developer's
// own API; who the user is and what they may see is its matter, and the context
// is the one given to [Agent.Reply]. It is given the values of sensitive slots,
// too: it is what they are for. Implementations are safe for concurrent
// use and return once the context is done: a call that goes on is left behind.
type Lookup interface {
	// Lookup finds the records that the values said by the user point at: none,
	// one, or several, of which the user is asked to choose. An error means that
	// the data cannot be reached; the user is told so and offered a person, and
	// the error stands in [Trace.Lookups].
	Lookup(ctx context.Context, q LookupRequest) (LookupResult, error)
}

// A LookupRequest says what is looked for. Slots go by their names without the
// service.
type LookupRequest struct {
	Service string            `json:"service"`
	Values  map[string]string `json:"values,omitempty"` // what the user said, canonical, as in acts
	Asked   []string          `json:"asked,omitempty"`  // what the user asks about; none where it is the whole
	Lang    string            `json:"lang"`
}

// A LookupResult is what was found.
type LookupResult struct {
	Records []Record `json:"records,omitempty"`
}

// A Record is one thing of the live data.
type Record struct {
	Key  string `json:"key"`            // its value of the slot Live.Key
	Name string `json:"name,omitempty"` // how it is called; by default the service's label with the key: "order 1042"
	// Values are what is known of it, by slot. The first value of a slot is the
	// one that is told; a question whether it has a value is answered by any:
	// what is delivered has also been shipped.
	Values map[string][]kg.Value `json:"values,omitempty"`
}

// Live says that a service of the schema is answered by a Lookup, and not by
// the graph. A slot of the service that is Required is asked for before the
// Lookup is called.
type Live struct {
	Service string // of the schema; it has no Binding
	Lookup  Lookup
	Key     string        // the slot whose value tells records apart: the number of an order
	Show    []string      // slots that are told where the user asks about the whole
	Timeout time.Duration // of one call, 5 seconds by default
}

const (
	defaultLookupTimeout = 5 * time.Second
	maxRecords           = 10 // of a result that are taken up
)

// A LookupTrace says what became of one call. The values asked for are not in
// it: they may be personal.
type LookupTrace struct {
	Service string        `json:"service"`
	Asked   []string      `json:"asked,omitempty"`
	Found   int           `json:"found"`
	Took    time.Duration `json:"took"`
	Error   string        `json:"error,omitempty"`
}

// String shows the call on one line.
func (l LookupTrace) String() string {
	s := fmt.Sprintf("lookup %s (%s): %d found in %s", l.Service, strings.Join(l.Asked, ", "), l.Found, l.Took)
	if l.Error != "" {
		s += ", failed: " + l.Error
	}
	return s
}

// bindLive checks the live services.
func (c *core) bindLive() error {
	var errs []error
	for i := range c.cfg.Live {
		l := &c.cfg.Live[i]
		at := fmt.Sprintf("Config.Live %d (service %q)", i, l.Service)
		sv := c.service(l.Service)
		switch {
		case sv == nil:
			errs = append(errs, fmt.Errorf("%s: the schema has no such service", at))
			continue
		case sv.binding != nil, sv.live != nil:
			errs = append(errs, fmt.Errorf("%s: the service is bound already; a service reads either the graph or one Lookup", at))
			continue
		case l.Lookup == nil:
			errs = append(errs, fmt.Errorf("%s: Lookup is nil", at))
			continue
		case sv.slot(l.Key) == nil:
			errs = append(errs, fmt.Errorf("%s: Key is %q, which is no slot of the service", at, l.Key))
			continue
		case sv.slot(l.Key).Names:
			errs = append(errs, fmt.Errorf("%s: the slot %q of Key has Names; there is no list of the names of live things, so leave it out", at, l.Key))
		}
		for _, name := range l.Show {
			if sv.slot(name) == nil {
				errs = append(errs, fmt.Errorf("%s: Show has %q, which is no slot of the service", at, name))
			}
		}
		sv.live = l
	}
	return errors.Join(errs...)
}

// lookedUp is what came of a call.
type lookedUp struct {
	res LookupResult
	err error
}

func (l *Live) call(ctx context.Context, q LookupRequest) (a lookedUp) {
	defer func() {
		if p := recover(); p != nil {
			a = lookedUp{err: fmt.Errorf("it panicked: %v", p)}
		}
	}()
	a.res, a.err = l.Lookup.Lookup(ctx, q)
	return a
}

// lookUp calls the developer's API. A panic in it is an error like any other,
// and one that does not come back in time is left behind.
func (t *turn) lookUp(sv *service, q LookupRequest) ([]Record, error) {
	l := sv.live
	timeout := l.Timeout
	if timeout <= 0 {
		timeout = defaultLookupTimeout
	}
	st := t.begin(StageLookup)
	ctx, cancel := context.WithTimeout(t.ctx, timeout)
	defer cancel()
	done := make(chan lookedUp, 1)
	go func() { done <- l.call(ctx, q) }()
	began := t.c.cfg.Now()
	var a lookedUp
	select {
	case a = <-done:
	case <-ctx.Done():
		a.err = fmt.Errorf("no answer within %s: %w", timeout, ctx.Err())
	}
	tr := LookupTrace{Service: sv.Name, Asked: q.Asked, Found: len(a.res.Records), Took: t.c.cfg.Now().Sub(began)}
	if a.err != nil {
		tr.Found, tr.Error = 0, a.err.Error()
	}
	t.trace.Lookups = append(t.trace.Lookups, tr)
	st.doneWith(t, Outcome{Err: a.err})
	if t.ctx.Err() != nil {
		return nil, t.ctx.Err()
	}
	return a.res.Records[:min(len(a.res.Records), maxRecords)], a.err
}
