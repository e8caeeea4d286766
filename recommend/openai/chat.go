package openai

import (
	"context"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/param"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/served"
)

// Optional parameters, which some servers do not take.
const (
	streamOptions = iota
	responseFormat
	temperature
	maxTokens // then max_completion_tokens is sent, which OpenAI's newer models want
	optionals
)

var optionalNames = [optionals]string{"stream_options", "response_format", "temperature", "max_tokens"}

// Complete implements [recommend.ChatModel]. It streams in any case. Errors
// are of type [*recommend.Failure], but for those of each and of a context that
// was cancelled.
func (c *Client) Complete(ctx context.Context, chat recommend.Chat, each func(string) error) (recommend.Completion, error) {
	p := openai.ChatCompletionNewParams{Model: c.o.Model}
	for _, m := range chat.Messages {
		switch m.Role {
		case recommend.RoleSystem:
			p.Messages = append(p.Messages, openai.SystemMessage(m.Text))
		case recommend.RoleAssistant:
			p.Messages = append(p.Messages, openai.AssistantMessage(m.Text))
		default:
			p.Messages = append(p.Messages, userMessage(m))
		}
	}
	return c.complete(ctx, p, chat.JSON, each)
}

// userMessage is a text, with pictures if there are any. Those with an address
// are fetched by the server.
func userMessage(m recommend.Message) openai.ChatCompletionMessageParamUnion {
	if len(m.Images) == 0 {
		return openai.UserMessage(m.Text)
	}
	parts := []openai.ChatCompletionContentPartUnionParam{openai.TextContentPart(m.Text)}
	for _, image := range m.Images {
		address := image.URL
		if len(image.Data) > 0 {
			address = "data:" + image.MIME + ";base64," + base64.StdEncoding.EncodeToString(image.Data)
		}
		parts = append(parts, openai.ImageContentPart(openai.ChatCompletionContentPartImageImageURLParam{URL: address}))
	}
	return openai.UserMessage(parts)
}

// complete sends a request, and again without what the server says that it
// does not take; it remembers that.
func (c *Client) complete(ctx context.Context, p openai.ChatCompletionNewParams, object bool, each func(string) error) (recommend.Completion, error) {
	for {
		out, err := c.stream(ctx, c.with(p, object), each)
		if err == nil {
			return out, nil
		}
		var api *openai.Error
		if !errors.As(err, &api) || !c.learn(api, object) {
			return out, c.failure(ctx, err)
		}
	}
}

// with adds the optional parameters that the server may take.
func (c *Client) with(p openai.ChatCompletionNewParams, object bool) openai.ChatCompletionNewParams {
	if !c.without[streamOptions].Load() {
		p.StreamOptions = openai.ChatCompletionStreamOptionsParam{IncludeUsage: param.NewOpt(true)}
	}
	if object && !c.without[responseFormat].Load() {
		p.ResponseFormat.OfJSONObject = &openai.ResponseFormatJSONObjectParam{}
	}
	if c.o.Temperature != nil && !c.without[temperature].Load() {
		p.Temperature = param.NewOpt(*c.o.Temperature)
	}
	switch n := int64(c.o.MaxTokens); {
	case n == 0:
	case c.without[maxTokens].Load():
		p.MaxCompletionTokens = param.NewOpt(n)
	default:
		p.MaxTokens = param.NewOpt(n)
	}
	return p
}

// learn reports whether a refusal names optional parameters that were sent,
// which are left out from now on.
func (c *Client) learn(api *openai.Error, object bool) bool {
	if api.StatusCode != http.StatusBadRequest && api.StatusCode != http.StatusUnprocessableEntity {
		return false
	}
	sent := [optionals]bool{streamOptions: true, responseFormat: object, temperature: c.o.Temperature != nil, maxTokens: c.o.MaxTokens > 0}
	said := api.Param + " " + api.Message + " " + api.RawJSON()
	learned := false
	for i, name := range optionalNames {
		if sent[i] && strings.Contains(said, name) && !c.without[i].Swap(true) {
			learned = true
		}
	}
	return learned
}

// stream sends one request and hands its answer out as it comes.
func (c *Client) stream(ctx context.Context, p openai.ChatCompletionNewParams, each func(string) error) (recommend.Completion, error) {
	out := recommend.Completion{Name: c.o.Model}
	s := c.chats.NewStreaming(ctx, p)
	defer s.Close()
	var text, refusal strings.Builder
	finish := ""
	for s.Next() {
		chunk := s.Current()
		if u := chunk.Usage; u.PromptTokens > 0 || u.CompletionTokens > 0 {
			out.Usage = map[string]int{recommend.TokensIn: int(u.PromptTokens), recommend.TokensOut: int(u.CompletionTokens)}
		}
		for _, choice := range chunk.Choices {
			if choice.FinishReason != "" {
				finish = choice.FinishReason
			}
			refusal.WriteString(choice.Delta.Refusal)
			piece := choice.Delta.Content
			if piece == "" {
				continue
			}
			text.WriteString(piece)
			out.Text = text.String()
			if each != nil {
				if err := each(piece); err != nil {
					return out, served.Caller(err)
				}
			}
		}
	}
	if err := s.Err(); err != nil {
		return out, err
	}
	return out, c.finished(finish, refusal.String(), out.Text)
}

// finished judges how an answer ended.
func (c *Client) finished(reason, refusal, text string) error {
	switch {
	case refusal != "" || reason == "content_filter":
		return &recommend.Failure{Cause: recommend.CauseRefused, Detail: c.secrets.Detail(refusal)}
	case reason == "length":
		return served.TooLong()
	}
	return served.Finished(reason, text)
}
