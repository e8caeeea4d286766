package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"

	"github.com/slotgraph/slotgraph/recommend"
)

// failure says what an error is of. What the server says goes into its detail,
// unless it may speak of the key; the library's own error, which holds the
// whole request, goes nowhere.
func (c *Client) failure(ctx context.Context, err error) error {
	var (
		own     callerError
		failure *recommend.Failure
		api     *openai.Error
		stream  *ssestream.StreamError
		network net.Error
	)
	switch {
	case errors.As(err, &own):
		return own.error
	case errors.As(err, &failure):
		return failure
	case errors.As(context.Cause(ctx), &failure):
		return failure
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &recommend.Failure{Cause: recommend.CauseTimeout, Err: ctx.Err()}
	case ctx.Err() != nil:
		return fmt.Errorf("openai: complete: %w", ctx.Err())
	case errors.As(err, &api):
		return c.refusal(api)
	case errors.As(err, &stream):
		return &recommend.Failure{Cause: recommend.CauseServer, Detail: c.masked(stream.Message)}
	case errors.As(err, &network) && network.Timeout():
		return &recommend.Failure{Cause: recommend.CauseTimeout, Detail: c.inner(err)}
	case errors.As(err, new(*json.SyntaxError)) || errors.As(err, new(*json.UnmarshalTypeError)):
		return &recommend.Failure{Cause: recommend.CauseUnusable, Detail: "the server did not send JSON"}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &recommend.Failure{Cause: recommend.CauseCut, Detail: "the connection was lost in the middle"}
	}
	return &recommend.Failure{Cause: recommend.CauseNetwork, Detail: c.inner(err)}
}

// refusal says what a server means by a status.
func (c *Client) refusal(api *openai.Error) *recommend.Failure {
	f := &recommend.Failure{Cause: recommend.CauseRequest, Status: api.StatusCode, Detail: c.masked(api.Message)}
	switch s := api.StatusCode; {
	case s == http.StatusUnauthorized, s == http.StatusForbidden:
		f.Cause, f.Detail = recommend.CauseKey, "" // messages of this kind quote the key
	case s == http.StatusTooManyRequests && api.Code == "insufficient_quota":
		f.Cause, f.Detail = recommend.CauseKey, "its quota is used up"
	case s == http.StatusTooManyRequests:
		f.Cause = recommend.CauseLimited
	case s == http.StatusRequestTimeout, s == http.StatusGatewayTimeout:
		f.Cause = recommend.CauseTimeout
	case s >= 500:
		f.Cause = recommend.CauseServer
	case api.Code == "content_filter" || api.Code == "content_policy_violation":
		f.Cause = recommend.CauseRefused
	}
	if api.Response != nil {
		f.RetryAfter = retryAfter(api.Response.Header, time.Now)
	}
	return f
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

// inner is the text of an error without the address, which may hold a secret.
func (c *Client) inner(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return c.masked(err.Error())
}

// masked is a message of others, short and without the key.
func (c *Client) masked(s string) string {
	if c.o.Key != "" {
		s = strings.ReplaceAll(s, c.o.Key, "***")
	}
	for _, values := range c.o.Header {
		for _, v := range values {
			if len(v) > 7 { // a shorter one is a switch and no secret
				s = strings.ReplaceAll(s, v, "***")
			}
		}
	}
	return clipped(s)
}

func clipped(s string) string {
	s = strings.Join(strings.Fields(strings.ToValidUTF8(s, "")), " ")
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// maxBody bounds an answer that comes in one piece, in bytes.
const maxBody = 4 << 20

// readable makes a stream of an answer that comes in one piece, though a stream
// was asked for, and refuses what is neither: a page of a proxy.
func readable(req *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	res, err := next(req)
	if err != nil || res.StatusCode >= 300 || !strings.HasSuffix(req.URL.Path, "/chat/completions") {
		return res, err
	}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch kind {
	case "text/html", "application/xml", "text/xml":
		res.Body.Close()
		return nil, &recommend.Failure{Cause: recommend.CauseUnusable, Status: res.StatusCode, Detail: "the server sent " + kind + "; is the base URL right?"}
	case "application/json":
	default:
		return res, nil
	}
	b, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	res.Body.Close()
	if err != nil {
		return nil, err
	}
	if b, err = asStream(b); err != nil {
		return nil, &recommend.Failure{Cause: recommend.CauseUnusable, Status: res.StatusCode, Detail: err.Error()}
	}
	res.Body, res.ContentLength = io.NopCloser(bytes.NewReader(b)), int64(len(b))
	res.Header = res.Header.Clone()
	res.Header.Set("Content-Type", "text/event-stream")
	return res, nil
}

// asStream turns a whole completion into the stream of one chunk.
func asStream(b []byte) ([]byte, error) {
	var whole map[string]json.RawMessage
	var choices []map[string]json.RawMessage
	if err := json.Unmarshal(b, &whole); err != nil || whole == nil {
		return nil, errors.New("the server did not send a JSON object")
	}
	if string(whole["error"]) == "null" {
		delete(whole, "error") // one that is there is an error for the library
	}
	if c, ok := whole["choices"]; ok {
		if err := json.Unmarshal(c, &choices); err != nil {
			return nil, errors.New("the choices of the answer are no list of objects")
		}
	}
	for _, choice := range choices {
		if m, ok := choice["message"]; ok {
			choice["delta"] = m
		}
	}
	list, err := json.Marshal(choices)
	if err != nil {
		return nil, err
	}
	whole["choices"] = list
	if b, err = json.Marshal(whole); err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, "data: %s\n\ndata: [DONE]\n\n", b), nil
}
