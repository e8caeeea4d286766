// Package served tells what goes wrong with models that are served over HTTP,
// without telling their keys.
package served

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// Secrets are what no error may tell: a key, values of headers.
type Secrets []string

// leastSecret is the length in bytes from which the value of a header may be a
// secret. A shorter one is a switch, and may be part of any word.
const leastSecret = 8

// NewSecrets gathers what proves to a server who asks.
func NewSecrets(key string, header http.Header) Secrets {
	var out Secrets
	if key != "" {
		out = append(out, key)
	}
	for _, values := range header {
		for _, v := range values {
			if len(v) >= leastSecret {
				out = append(out, v)
			}
		}
	}
	return out
}

// maxDetail bounds what is told of a server's message, in characters.
const maxDetail = 200

// Detail is a message of others on one line, short and without secrets.
func (s Secrets) Detail(text string) string {
	for _, secret := range s {
		text = strings.ReplaceAll(text, secret, "***")
	}
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if r := []rune(text); len(r) > maxDetail {
		return string(r[:maxDetail]) + "…"
	}
	return text
}

// OfStatus says what a server means by a status that is no success. What it
// says of a key that it refuses is left out: such messages quote the key.
func (s Secrets) OfStatus(status int, header http.Header, message string) *recommend.Failure {
	f := &recommend.Failure{Cause: recommend.CauseRequest, Status: status, Detail: s.Detail(message), RetryAfter: retryAfter(header, time.Now)}
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f.Cause, f.Detail = recommend.CauseKey, ""
	case status == http.StatusTooManyRequests:
		f.Cause = recommend.CauseLimited
	case status == http.StatusRequestTimeout, status == http.StatusGatewayTimeout:
		f.Cause = recommend.CauseTimeout
	case status >= http.StatusInternalServerError:
		f.Cause = recommend.CauseServer
	}
	return f
}

// OfError says what an error is of that is no answer of the server: the
// context's, the network's, or that of an answer that cannot be read.
func (s Secrets) OfError(ctx context.Context, err error) error {
	var failure *recommend.Failure
	var network net.Error
	switch {
	case errors.As(err, &failure), errors.As(context.Cause(ctx), &failure):
		return failure
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &recommend.Failure{Cause: recommend.CauseTimeout, Err: ctx.Err()}
	case ctx.Err() != nil:
		return fmt.Errorf("asking a model: %w", ctx.Err())
	case errors.As(err, &network) && network.Timeout():
		return &recommend.Failure{Cause: recommend.CauseTimeout, Detail: s.inner(err)}
	case errors.As(err, new(*json.SyntaxError)) || errors.As(err, new(*json.UnmarshalTypeError)):
		return &recommend.Failure{Cause: recommend.CauseUnusable, Detail: "the server did not send JSON"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &recommend.Failure{Cause: recommend.CauseCut, Detail: "the connection was lost in the middle"}
	}
	return &recommend.Failure{Cause: recommend.CauseNetwork, Detail: s.inner(err)}
}

// Finished judges how an answer ended that was neither refused nor cut short:
// reason is the server's for its end, text the whole answer.
func Finished(reason, text string) error {
	switch {
	case reason == "" && text == "":
		return &recommend.Failure{Cause: recommend.CauseUnusable, Detail: "the server sent no answer"}
	case reason == "":
		return &recommend.Failure{Cause: recommend.CauseCut, Detail: "the stream ended in the middle"}
	case text == "":
		return &recommend.Failure{Cause: recommend.CauseUnusable, Detail: "the answer is empty"}
	}
	return nil
}

// TooLong is the failure of an answer that reached its bound in tokens.
func TooLong() error {
	return &recommend.Failure{Cause: recommend.CauseCut, Detail: "the answer has as many tokens as it may have"}
}

// inner is the text of an error without the address, which may hold a secret.
func (s Secrets) inner(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return s.Detail(err.Error())
}

// retryAfter reads how long a server asks to wait, in seconds or until a date.
func retryAfter(h http.Header, now func() time.Time) time.Duration {
	if ms, err := strconv.ParseFloat(h.Get("Retry-After-Ms"), 64); err == nil && ms > 0 && ms < 1e9 {
		return time.Duration(ms * float64(time.Millisecond))
	}
	v := h.Get("Retry-After")
	if s, err := strconv.ParseFloat(v, 64); err == nil && s > 0 && s < 1e6 {
		return time.Duration(s * float64(time.Second))
	}
	if at, err := http.ParseTime(v); err == nil {
		return max(0, at.Sub(now()).Round(time.Second))
	}
	return 0
}

// CheckAddress says what is wrong with where a server is and what proves to it
// who asks. The error holds neither.
func CheckAddress(base, key string) error {
	u, err := url.Parse(base)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return errors.New("Options.BaseURL is no URL that begins with http:// or https://")
	case u.User != nil:
		return errors.New("Options.BaseURL has a user; put what proves who you are into Options.Key or Options.Header")
	case strings.ContainsAny(key, " \t\r\n"):
		return errors.New("Options.Key has white space in it")
	}
	return nil
}

// A CallerError is an error of the caller's own callback, to be handed back as
// it is.
type CallerError struct{ error }

// Caller marks an error of the callback.
func Caller(err error) error { return CallerError{err} }

// Called returns the error that [Caller] marked, nil if there is none.
func Called(err error) error {
	var own CallerError
	if errors.As(err, &own) {
		return own.error
	}
	return nil
}
