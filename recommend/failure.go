package recommend

import (
	"fmt"
	"strings"
	"time"
)

// A Cause says of what kind the failure of a model is.
type Cause string

// The causes.
const (
	CauseTimeout  Cause = "timed out"
	CauseLimited  Cause = "rate limited"
	CauseServer   Cause = "server error"
	CauseNetwork  Cause = "not reached"
	CauseKey      Cause = "key refused"
	CauseRequest  Cause = "request refused" // the server does not take it as it is: a model it has not, say
	CauseRefused  Cause = "answer refused"  // by the model or a filter of its content
	CauseCut      Cause = "cut off"         // the answer ends in the middle
	CauseUnusable Cause = "unusable answer" // no text, or not in the form that was asked for
	CauseLanguage Cause = "wrong language"
	CauseBudget   Cause = "over budget"
)

// A Failure is the error of a language model that did not do its work. Adapters
// and wrappers return it, so that it can be told what another attempt is good
// for, and [Trace].Fallback says what happened. It holds no key.
type Failure struct {
	Cause      Cause
	Status     int           // of the HTTP answer, 0 if there was none
	RetryAfter time.Duration // that the server asks for, 0 if it does not
	Detail     string        // what was wrong, for people
	Err        error         // the context's error, or what else it comes from; nil if nothing
}

// Error says the cause first.
func (f *Failure) Error() string {
	var b strings.Builder
	b.WriteString(string(f.Cause))
	if f.Status != 0 {
		fmt.Fprintf(&b, " (status %d)", f.Status)
	}
	if f.RetryAfter > 0 {
		fmt.Fprintf(&b, ", try again after %s", f.RetryAfter)
	}
	if f.Detail != "" {
		b.WriteString(": " + f.Detail)
	}
	if f.Err != nil {
		b.WriteString(": " + f.Err.Error())
	}
	return b.String()
}

// Unwrap returns Err.
func (f *Failure) Unwrap() error { return f.Err }

// Passing reports whether the same request may do well a little later.
func (f *Failure) Passing() bool {
	switch f.Cause {
	case CauseTimeout, CauseLimited, CauseServer, CauseNetwork, CauseCut, CauseUnusable, CauseLanguage:
		return true
	}
	return false
}
