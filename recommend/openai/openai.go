// Package openai has language models word answers that are served by the API
// of OpenAI or by one of the many that work alike: Qwen, DeepSeek, Ollama, vLLM,
// LM Studio and others. It is package recommend's only way to a network, and a
// program that does not import it links none of it.
//
//	model, err := openai.New(openai.Options{BaseURL: "http://localhost:11434/v1", Model: "qwen3"})
//	agent, err := recommend.New(ctx, recommend.Config{…, Generator: model})
//
// A client makes one request for each call and none again after an error:
// package recommend/wrap has retries, timeouts, budgets and the like.
package openai

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/internal/served"
)

// DefaultBaseURL is where OpenAI serves its API.
const DefaultBaseURL = "https://api.openai.com/v1"

// Options say which model words the answers. Only Model is needed.
type Options struct {
	BaseURL string // of the API, with its version: "http://localhost:11434/v1"; DefaultBaseURL if empty
	Key     string // none is sent if it is empty; environment variables are not read
	Model   string // that writes, and looks at images

	Temperature *float64 // nil is the server's default
	MaxTokens   int      // most tokens of an answer; 0 is the server's default

	Prompt     *recommend.Prompt // nil is recommend.DefaultPrompt
	Structured bool              // see recommend.WriterOptions

	// Voice is the model that transcribes, "whisper-1" if empty. Readings is how
	// often a recording is transcribed, 1 by default: each further time hotter, so
	// that what was hard to hear comes out in several ways.
	Voice    string
	Readings int

	// HTTPClient is kept and used for all requests; nil is a client of the
	// default transport. A timeout in it holds for whole answers.
	HTTPClient *http.Client
	// Header is sent along with each request: an organization, say.
	Header http.Header
}

// A Client is a [recommend.Generator], a [recommend.ChatModel], a
// [recommend.Describer] and a [recommend.Transcriber] by an OpenAI-compatible
// server. It is safe for concurrent use.
type Client struct {
	*recommend.Writer
	recommend.Describer

	o       Options
	secrets served.Secrets
	chats   openai.ChatCompletionService
	audio   openai.AudioTranscriptionService

	without [optionals]atomic.Bool // optional parameters that the server has refused
	brief   atomic.Bool            // it has refused to tell more of a transcript than the text
}

// New makes a client. It sends nothing.
func New(o Options) (*Client, error) {
	if o.BaseURL == "" {
		o.BaseURL = DefaultBaseURL
	}
	o.Key = strings.TrimSpace(o.Key)
	switch err := served.CheckAddress(o.BaseURL, o.Key); {
	case o.Model == "":
		return nil, errors.New("openai: new client: Options.Model is empty")
	case err != nil:
		return nil, fmt.Errorf("openai: new client: %w", err)
	case o.MaxTokens < 0 || o.Readings < 0:
		return nil, fmt.Errorf("openai: new client: Options.MaxTokens is %d and Readings %d; neither may be below 0", o.MaxTokens, o.Readings)
	}
	if o.Voice == "" {
		o.Voice = "whisper-1"
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{}
	}
	c := &Client{o: o, secrets: served.NewSecrets(o.Key, o.Header)}
	opts := []option.RequestOption{
		option.WithBaseURL(o.BaseURL), option.WithHTTPClient(o.HTTPClient), option.WithMaxRetries(0), option.WithMiddleware(readable),
	}
	if o.Key != "" {
		opts = append(opts, option.WithAPIKey(o.Key))
	}
	for name, values := range o.Header {
		for _, v := range values {
			opts = append(opts, option.WithHeaderAdd(name, v))
		}
	}
	c.chats = openai.NewChatCompletionService(opts...)
	c.audio = openai.NewAudioTranscriptionService(opts...)
	c.Writer = recommend.NewWriter(c, &recommend.WriterOptions{Prompt: o.Prompt, Structured: o.Structured})
	c.Describer = recommend.NewDescriber(c, o.Prompt)
	return c, nil
}
