// Package anthropic has the models of Anthropic word answers and look at
// pictures. A program that does not import it links none of its client.
//
//	model, err := anthropic.New(anthropic.Options{Key: key, Model: "claude-haiku-4-5"})
//	agent, err := recommend.New(ctx, recommend.Config{…, Generator: model, Describer: model})
//
// A client makes one request for each call and none again after an error:
// package recommend/wrap has retries, timeouts, budgets and the like.
package anthropic

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/anthropics/anthropic-sdk-go"
	"github.com/anthropics/anthropic-sdk-go/option"
	"github.com/anthropics/anthropic-sdk-go/packages/param"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/served"
)

// DefaultBaseURL is where Anthropic serves its API.
const DefaultBaseURL = "https://api.anthropic.com"

// Options say which model words the answers. Only Model is needed.
type Options struct {
	BaseURL string // of the API, without its version; DefaultBaseURL if empty
	Key     string // none is sent if it is empty; environment variables and files are not read
	Model   string

	Temperature *float64 // nil is the server's default
	MaxTokens   int      // most tokens of an answer, 1024 by default

	Prompt     *recommend.Prompt // nil is recommend.DefaultPrompt
	Structured bool              // see recommend.WriterOptions

	// HTTPClient is kept and used for all requests; nil is a client of the
	// default transport. A timeout in it holds for whole answers.
	HTTPClient *http.Client
	// Header is sent along with each request.
	Header http.Header
}

// A Client is a [recommend.Generator], a [recommend.ChatModel] and a
// [recommend.Describer]. It is safe for concurrent use.
type Client struct {
	*recommend.Writer
	recommend.Describer

	o        Options
	secrets  served.Secrets
	messages anthropic.MessageService
}

// New makes a client. It sends nothing.
func New(o Options) (*Client, error) {
	if o.BaseURL == "" {
		o.BaseURL = DefaultBaseURL
	}
	if o.MaxTokens == 0 {
		o.MaxTokens = 1024
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{}
	}
	o.Key = strings.TrimSpace(o.Key)
	switch err := served.CheckAddress(o.BaseURL, o.Key); {
	case o.Model == "":
		return nil, errors.New("anthropic: new client: Options.Model is empty")
	case err != nil:
		return nil, fmt.Errorf("anthropic: new client: %w", err)
	case o.MaxTokens < 0:
		return nil, fmt.Errorf("anthropic: new client: Options.MaxTokens is %d", o.MaxTokens)
	}
	opts := []option.RequestOption{option.WithBaseURL(o.BaseURL), option.WithHTTPClient(o.HTTPClient), option.WithMaxRetries(0)}
	if o.Key != "" {
		opts = append(opts, option.WithAPIKey(o.Key))
	}
	for name, values := range o.Header {
		for _, v := range values {
			opts = append(opts, option.WithHeaderAdd(name, v))
		}
	}
	c := &Client{o: o, secrets: served.NewSecrets(o.Key, o.Header), messages: anthropic.NewMessageService(opts...)}
	c.Writer = recommend.NewWriter(c, &recommend.WriterOptions{Prompt: o.Prompt, Structured: o.Structured})
	c.Describer = recommend.NewDescriber(c, o.Prompt)
	return c, nil
}

// Complete implements [recommend.ChatModel]. It streams in any case. Errors
// are of type [*recommend.Failure], but for those of each and of a context that
// was cancelled.
func (c *Client) Complete(ctx context.Context, chat recommend.Chat, each func(string) error) (recommend.Completion, error) {
	p := anthropic.MessageNewParams{Model: c.o.Model, MaxTokens: int64(c.o.MaxTokens)}
	if c.o.Temperature != nil {
		p.Temperature = param.NewOpt(*c.o.Temperature)
	}
	for _, m := range chat.Messages {
		switch m.Role {
		case recommend.RoleSystem:
			p.System = append(p.System, anthropic.TextBlockParam{Text: m.Text})
		case recommend.RoleAssistant:
			p.Messages = append(p.Messages, anthropic.NewAssistantMessage(anthropic.NewTextBlock(m.Text)))
		default:
			p.Messages = append(p.Messages, userMessage(m))
		}
	}
	out, err := c.stream(ctx, p, each)
	if err != nil {
		return out, c.failure(ctx, err)
	}
	return out, nil
}

// userMessage is a text, with pictures if there are any. Those with an address
// are fetched by the server.
func userMessage(m recommend.Message) anthropic.MessageParam {
	var blocks []anthropic.ContentBlockParamUnion
	for _, image := range m.Images {
		if len(image.Data) > 0 {
			blocks = append(blocks, anthropic.NewImageBlockBase64(image.MIME, base64.StdEncoding.EncodeToString(image.Data)))
		} else {
			blocks = append(blocks, anthropic.NewImageBlock(anthropic.URLImageSourceParam{URL: image.URL}))
		}
	}
	return anthropic.NewUserMessage(append(blocks, anthropic.NewTextBlock(m.Text))...)
}

// stream sends one request and hands its answer out as it comes.
func (c *Client) stream(ctx context.Context, p anthropic.MessageNewParams, each func(string) error) (recommend.Completion, error) {
	out := recommend.Completion{Name: c.o.Model}
	s := c.messages.NewStreaming(ctx, p)
	defer s.Close()
	var text strings.Builder
	var in, written int64
	stop := anthropic.StopReason("")
	for s.Next() {
		e := s.Current()
		in = max(in, e.Message.Usage.InputTokens, e.Usage.InputTokens)
		written = max(written, e.Message.Usage.OutputTokens, e.Usage.OutputTokens)
		if in+written > 0 {
			out.Usage = map[string]int{recommend.TokensIn: int(in), recommend.TokensOut: int(written)}
		}
		if e.Type == "message_delta" && e.Delta.StopReason != "" {
			stop = e.Delta.StopReason
		}
		if e.Type != "content_block_delta" || e.Delta.Text == "" {
			continue
		}
		text.WriteString(e.Delta.Text)
		out.Text = text.String()
		if each != nil {
			if err := each(e.Delta.Text); err != nil {
				return out, served.Caller(err)
			}
		}
	}
	if err := s.Err(); err != nil {
		return out, err
	}
	return out, finished(stop, out.Text)
}

// finished judges how an answer ended.
func finished(stop anthropic.StopReason, text string) error {
	switch {
	case stop == anthropic.StopReasonRefusal:
		return &recommend.Failure{Cause: recommend.CauseRefused}
	case stop == anthropic.StopReasonMaxTokens, stop == "model_context_window_exceeded":
		return served.TooLong()
	}
	return served.Finished(string(stop), text)
}

// failure says what an error is of. The library's own error, which holds the
// whole request, goes nowhere.
func (c *Client) failure(ctx context.Context, err error) error {
	var api *anthropic.Error
	if own := served.Called(err); own != nil {
		return own
	}
	if ctx.Err() != nil || !errors.As(err, &api) {
		return c.secrets.OfError(ctx, err)
	}
	var said struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	_ = json.Unmarshal([]byte(api.RawJSON()), &said) // without a message the status says it
	var header http.Header
	if api.Response != nil {
		header = api.Response.Header
	}
	f := c.secrets.OfStatus(api.StatusCode, header, said.Error.Message)
	switch api.Type() { // which an error in the middle of a stream has too, whose status is 200
	case anthropic.ErrorTypeRateLimitError:
		f.Cause = recommend.CauseLimited
	case anthropic.ErrorTypeOverloadedError, anthropic.ErrorTypeAPIError:
		f.Cause = recommend.CauseServer
	case anthropic.ErrorTypeTimeoutError:
		f.Cause = recommend.CauseTimeout
	case anthropic.ErrorTypeBillingError:
		f.Cause = recommend.CauseKey
	}
	return f
}
