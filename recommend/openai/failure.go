package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
	"github.com/openai/openai-go/v3/packages/ssestream"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/served"
)

// failure says what an error is of. The library's own error, which holds the
// whole request, goes nowhere.
func (c *Client) failure(ctx context.Context, err error) error {
	var api *openai.Error
	var stream *ssestream.StreamError
	switch own := served.Called(err); {
	case own != nil:
		return own
	case ctx.Err() != nil:
	case errors.As(err, &api):
		return c.refusal(api)
	case errors.As(err, &stream):
		return &recommend.Failure{Cause: recommend.CauseServer, Detail: c.secrets.Detail(stream.Message)}
	}
	return c.secrets.OfError(ctx, err)
}

// refusal says what a server means by a status, and by the code that some send
// with it.
func (c *Client) refusal(api *openai.Error) *recommend.Failure {
	var header http.Header
	if api.Response != nil {
		header = api.Response.Header
	}
	f := c.secrets.OfStatus(api.StatusCode, header, api.Message)
	switch api.Code {
	case "insufficient_quota":
		f.Cause, f.Detail = recommend.CauseKey, "its quota is used up"
	case "content_filter", "content_policy_violation":
		f.Cause = recommend.CauseRefused
	}
	return f
}

// maxBody bounds an answer that comes in one piece, in bytes.
const maxBody = 4 << 20

// readable makes a stream of an answer that comes in one piece, though a stream
// was asked for, and refuses what is neither: a page of a proxy.
func readable(req *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	res, err := next(req)
	if err != nil || res.StatusCode >= 300 {
		return res, err
	}
	kind, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	switch {
	case kind == "text/html", strings.HasSuffix(kind, "/xml"):
		res.Body.Close()
		return nil, &recommend.Failure{Cause: recommend.CauseUnusable, Status: res.StatusCode, Detail: "the server sent " + kind + "; is the base URL right?"}
	case kind != "application/json" || !strings.HasSuffix(req.URL.Path, "/chat/completions"):
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
