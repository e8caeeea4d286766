package main

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend/serve"
)

// A refused is an error of a request, which need not come from the bot.
type refused struct {
	status int
	code   string
	detail string // for the client's developers
}

func (e refused) Error() string { return e.detail }

// A problem is an error as clients get it.
type problem struct {
	Code    string `json:"code"`              // for programs
	Message string `json:"message,omitempty"` // for the customer, in their language
	Detail  string `json:"detail,omitempty"`  // for the client's developers

	status int
	retry  time.Duration // when to try again, where that is known
}

// problemOf says which status and code an error has. Where it is the service's
// own, the log has the detail and the client has not.
func problemOf(err error, lang string) problem {
	p := problem{Message: serve.Words(err, lang), Detail: err.Error()}
	var own refused
	var limit *session.LimitError
	switch {
	case errors.As(err, &own):
		p.status, p.Code, p.Message = own.status, own.code, ""
	case errors.As(err, &limit) && (limit.What == "message" || limit.What == "state"):
		p.status, p.Code = http.StatusRequestEntityTooLarge, "too_long"
	case errors.As(err, &limit):
		p.status, p.Code, p.retry = http.StatusTooManyRequests, limitCodes[limit.Scope+" "+limit.What], max(limit.Retry, time.Second)
	case errors.Is(err, session.ErrName):
		p.status, p.Code = http.StatusBadRequest, "name"
	case errors.Is(err, session.ErrUser):
		p.status, p.Code = http.StatusForbidden, "user"
	case errors.Is(err, session.ErrNotFound):
		p.status, p.Code, p.Message = http.StatusNotFound, "not_found", ""
	case errors.Is(err, session.ErrConflict):
		p.status, p.Code, p.retry = http.StatusConflict, "conflict", time.Second
	case errors.Is(err, session.ErrGone):
		p.status, p.Code = http.StatusGone, "answered"
	case errors.Is(err, session.ErrKey), errors.Is(err, session.ErrSeal), errors.Is(err, session.ErrCorrupt), errors.Is(err, session.ErrNewer):
		p.status, p.Code, p.Detail = http.StatusInternalServerError, "unreadable", ""
	case errors.Is(err, context.DeadlineExceeded):
		p.status, p.Code, p.Detail, p.retry = http.StatusGatewayTimeout, "timeout", "", time.Second
	default:
		p.status, p.Code, p.Detail, p.retry = http.StatusServiceUnavailable, "unavailable", "", 5*time.Second
	}
	return p
}

var limitCodes = map[string]string{
	"session rate": "too_fast", "session waiting": "busy", "tenant rate": "crowded", "tenant waiting": "crowded",
}

// fail answers with an error.
func (a *app) fail(w http.ResponseWriter, r *http.Request, lang string, err error) {
	p := a.noted(r, lang, err)
	if p.retry > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.retry.Seconds()))))
	}
	writeJSON(w, p.status, map[string]problem{"error": p})
}

// statusGone is what nginx calls a request whose client did not wait.
const statusGone = 499

// noted is the problem of an error, which is logged where it is the service's.
func (a *app) noted(r *http.Request, lang string, err error) problem {
	p := problemOf(err, lang)
	if gone(r, err) {
		p.status = statusGone
	}
	if p.status >= http.StatusInternalServerError {
		a.log.ErrorContext(r.Context(), "failed", "route", r.Pattern, "tenant", tenantOf(r.Context()), "session", r.PathValue("id"), "error", err)
	}
	return p
}
