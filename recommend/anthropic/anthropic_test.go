package anthropic_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/anthropic"
)

const key = "sk-ant-very-secret-0123"

var request = recommend.Request{
	Lang: "en", User: "how much is \"it\"?",
	Steps: []recommend.Step{{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{{ID: "f1", Value: "¥60"}}}},
	Facts: []recommend.Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}},
}

// streams answers as Anthropic does; without a reason to stop it just ends.
func streams(stop string, pieces ...string) string {
	var b strings.Builder
	event := func(kind, data string) { fmt.Fprintf(&b, "event: %s\ndata: {\"type\":%q,%s}\n\n", kind, kind, data) }
	event("message_start", `"message":{"id":"m","type":"message","role":"assistant","content":[],"model":"x","usage":{"input_tokens":300,"output_tokens":1}}`)
	event("ping", `"x":1`)
	for _, p := range pieces {
		text, _ := json.Marshal(p)
		event("content_block_delta", fmt.Sprintf(`"index":0,"delta":{"type":"text_delta","text":%s}`, text))
	}
	if stop != "" {
		event("message_delta", fmt.Sprintf(`"delta":{"stop_reason":%q},"usage":{"output_tokens":20}`, stop))
		event("message_stop", `"x":1`)
	}
	return b.String()
}

func client(t *testing.T, o anthropic.Options, status int, body string, header ...string) (*anthropic.Client, *[]string) {
	t.Helper()
	var sent []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		sent = append(sent, string(b))
		if r.Header.Get("X-Api-Key") != key || r.URL.Path != "/v1/messages" {
			t.Errorf("%s, header %v", r.URL, r.Header)
		}
		w.Header().Set("Content-Type", "text/event-stream")
		if status != http.StatusOK {
			w.Header().Set("Content-Type", "application/json")
		}
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(s.Close)
	o.BaseURL, o.Key, o.Model = s.URL, key, "tiny"
	c, err := anthropic.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c, &sent
}

func TestGenerate(t *testing.T) {
	fails := func(kind, message string) string {
		return fmt.Sprintf(`{"type":"error","error":{"type":%q,"message":%q}}`, kind, message)
	}
	for _, x := range []struct {
		name   string
		status int
		body   string
		want   string // in the error; "" for none
		cause  recommend.Cause
	}{
		{"well", 200, streams("end_turn", "Snow Bud ", "is ¥60."), "", ""},
		{"limit", 429, fails("rate_limit_error", "slow down"), "try again after 7s: slow down", recommend.CauseLimited},
		{"overloaded", 529, fails("overloaded_error", "Overloaded"), "Overloaded", recommend.CauseServer},
		{"bad key", 401, fails("authentication_error", "invalid x-api-key "+key), "key refused (status 401)", recommend.CauseKey},
		{"no credit", 402, fails("billing_error", "no credit"), "no credit", recommend.CauseKey},
		{"bad request", 400, fails("invalid_request_error", "no "+key), "no ***", recommend.CauseRequest},
		{"page", 502, "<html>", "status 502", recommend.CauseServer},
		{"midway", 200, streams("", "Snow ") + "event: error\ndata: " + fails("overloaded_error", "sorry") + "\n\n", "sorry", recommend.CauseServer},
		{"half", 200, streams("", "Snow "), "the stream ended in the middle", recommend.CauseCut},
		{"length", 200, streams("max_tokens", "Snow "), "as many tokens", recommend.CauseCut},
		{"refusal", 200, streams("refusal"), "answer refused", recommend.CauseRefused},
		{"empty", 200, streams("end_turn"), "empty", recommend.CauseUnusable},
		{"nothing", 200, "", "no answer", recommend.CauseUnusable},
		{"rubbish", 200, "event: content_block_delta\ndata: {\n\n", "did not send JSON", recommend.CauseUnusable},
		{"wrong language", 200, streams("end_turn", "雪芽这款绿茶的价格是六十元。"), "in Chinese", recommend.CauseLanguage},
	} {
		c, sent := client(t, anthropic.Options{}, x.status, x.body, "Retry-After", "7")
		text := ""
		out, err := c.Generate(context.Background(), request, func(c recommend.Chunk) error { text += c.Text; return nil })
		var f *recommend.Failure
		switch {
		case x.want == "" && (err != nil || out.Text != "Snow Bud is ¥60." || text != out.Text || out.Usage[recommend.TokensIn] != 300 || out.Usage[recommend.TokensOut] != 20 || out.Name != "tiny"):
			t.Errorf("%s: %+v, %v", x.name, out, err)
		case x.want != "" && (!errors.As(err, &f) || f.Cause != x.cause || !strings.Contains(err.Error(), x.want) || strings.Contains(fmt.Sprintf("%v %+v %#v", err, err, f), key)):
			t.Errorf("%s: %v", x.name, err)
		}
		if len(*sent) != 1 || !strings.Contains((*sent)[0], `"max_tokens":1024`) || !strings.Contains((*sent)[0], `"system":[{"text":"You word`) || !strings.Contains((*sent)[0], `"how much is \\\"it\\\"?\"`) {
			t.Errorf("%s: sent %s", x.name, *sent)
		}
	}
}

func TestStructuredAndPictures(t *testing.T) {
	half := 0.5
	c, sent := client(t, anthropic.Options{Structured: true, Temperature: &half, MaxTokens: 99}, 200, streams("end_turn", `{"text": "Snow Bud is ¥60.", "caption": "tea"}`))
	if out, err := c.Generate(context.Background(), request, nil); err != nil || out.Text != "Snow Bud is ¥60." || !strings.Contains((*sent)[0], `"temperature":0.5`) {
		t.Errorf("%+v, %v, sent %s", out, err, *sent)
	}
	for _, x := range []struct {
		part recommend.Part
		want string
	}{
		{recommend.Image("image/png", []byte("\x89PNG")), `{"data":"iVBORw==","media_type":"image/png","type":"base64"}`},
		{recommend.ImageURL("https://example.com/a.png"), `{"url":"https://example.com/a.png","type":"url"}`},
	} {
		*sent = nil
		got, err := c.Describe(context.Background(), x.part, recommend.Scene{Lang: "en"})
		if err != nil || got.Caption != "tea" || !strings.Contains((*sent)[0], x.want) {
			t.Errorf("%+v, %v, sent %s", got, err, *sent)
		}
	}
}

func TestStops(t *testing.T) {
	c, _ := client(t, anthropic.Options{}, 200, streams("end_turn", "Snow Bud ", "is ¥60."))
	gone := errors.New("gone")
	if _, err := c.Generate(context.Background(), request, func(recommend.Chunk) error { return gone }); err != gone {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	var f *recommend.Failure
	if _, err := c.Generate(ctx, request, nil); !errors.As(err, &f) || f.Cause != recommend.CauseTimeout {
		t.Errorf("%v", err)
	}
	for _, o := range []anthropic.Options{{}, {Model: "m", BaseURL: "x"}, {Model: "m", MaxTokens: -1}, {Model: "m", Key: "a b"}} {
		if _, err := anthropic.New(o); err == nil {
			t.Errorf("no error for %+v", o)
		}
	}
}
