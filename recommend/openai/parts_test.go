package openai_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/openai"
)

var wav = recommend.Part{Kind: recommend.AudioPart, MIME: "audio/wav", Data: []byte("RIFF....WAVEfmt ")}

func TestTranscribe(t *testing.T) {
	const verbose = `{"text":" I want Snow Bud. ","language":"english","duration":2,"segments":[{"avg_logprob":-0.1,"start":0,"end":1},{"avg_logprob":-0.3,"start":1,"end":2}]}`
	for _, x := range []struct {
		name, voice string
		answer      func(form map[string]string) (int, string)
		requests    int32
		want        recommend.Transcript
	}{
		{"verbose", "", func(f map[string]string) (int, string) {
			if f["response_format"] != "verbose_json" || f["model"] != "whisper-1" || f["prompt"] != "Snow Bud, 雪芽" || f["temperature"] != "" || f["language"] != "" || f["file"] != "recording.wav" {
				t.Errorf("form %v", f)
			}
			return 200, verbose
		}, 1, recommend.Transcript{Text: "I want Snow Bud.", P: math.Exp(-0.2), Lang: "en"}},
		{"tokens", "gpt-4o-transcribe", func(f map[string]string) (int, string) {
			if f["include[]"] != "logprobs" || f["response_format"] != "json" {
				t.Errorf("form %v", f)
			}
			return 200, `{"text":"雪芽","logprobs":[{"token":"雪","logprob":-0.5},{"token":"芽","logprob":-0.5}]}`
		}, 1, recommend.Transcript{Text: "雪芽", P: math.Exp(-0.5)}},
		{"text alone", "", func(f map[string]string) (int, string) {
			if f["response_format"] != "json" {
				return 400, `{"error":{"message":"no"}}`
			}
			return 200, `{"text":"雪芽"}`
		}, 2, recommend.Transcript{Text: "雪芽"}},
	} {
		var n atomic.Int32
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			n.Add(1)
			status, body := x.answer(form(t, r))
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
		c := client(t, s, openai.Options{Voice: x.voice})
		for range 2 {
			got, err := c.Transcribe(context.Background(), wav, recommend.TranscribeHint{Lang: "zh", Vocabulary: []string{"Snow Bud", "雪芽", strings.Repeat("x", 600)}})
			if err != nil || len(got) != 1 || got[0].Text != x.want.Text || got[0].Lang != x.want.Lang || math.Abs(got[0].P-x.want.P) > 1e-9 {
				t.Errorf("%s: %+v, %v", x.name, got, err)
			}
		}
		if n.Load() != x.requests+1 {
			t.Errorf("%s: %d requests", x.name, n.Load())
		}
	}
}

// form reads what was sent, files as their names.
func form(t *testing.T, r *http.Request) map[string]string {
	t.Helper()
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		t.Error(err)
		return nil
	}
	out := map[string]string{}
	for name, v := range r.MultipartForm.Value {
		out[name] = v[0]
	}
	for name, v := range r.MultipartForm.File {
		out[name] = v[0].Filename
	}
	return out
}

func TestReadings(t *testing.T) {
	for _, x := range []struct{ cold, hot, want string }{
		{`{"text":"snow but"}`, `{"text":"Snow Bud"}`, "Snow Bud 0.67, snow but 0.33"},
		{`{"text":"snow but","segments":[{"avg_logprob":0,"end":1}]}`, `{"text":"Snow Bud","segments":[{"avg_logprob":-1,"end":1}]}`, "snow but 0.33, Snow Bud 0.25"},
	} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			if form(t, r)["temperature"] == "" {
				fmt.Fprint(w, x.cold)
				return
			}
			fmt.Fprint(w, x.hot)
		})
		got, err := client(t, s, openai.Options{Readings: 3}).Transcribe(context.Background(), wav, recommend.TranscribeHint{})
		var parts []string
		for _, g := range got {
			parts = append(parts, fmt.Sprintf("%s %.2f", g.Text, g.P))
		}
		if strings.Join(parts, ", ") != x.want || err != nil {
			t.Errorf("%v, %v", parts, err)
		}
	}
}

func TestTranscribeErrors(t *testing.T) {
	var f *recommend.Failure
	for name, x := range map[string]struct {
		answer http.HandlerFunc
		cause  recommend.Cause
	}{
		"500": {fails(500, "", "boom"), recommend.CauseServer}, "400": {fails(400, "", "no audio"), recommend.CauseRequest}, "page": {says("text/html", "<p>"), recommend.CauseUnusable},
	} {
		if _, err := client(t, serve(t, x.answer), openai.Options{}).Transcribe(context.Background(), wav, recommend.TranscribeHint{}); !errors.As(err, &f) || f.Cause != x.cause {
			t.Errorf("%s: %v", name, err)
		}
	}
	c := client(t, serve(t, fails(500, "", "")), openai.Options{})
	if _, err := c.Transcribe(context.Background(), recommend.Part{Kind: recommend.AudioPart, URL: "http://169.254.169.254/"}, recommend.TranscribeHint{}); !errors.As(err, &f) || f.Cause != recommend.CauseRequest {
		t.Errorf("%v", err)
	}
	silent := client(t, serve(t, says("application/json", `{"text":" "}`)), openai.Options{})
	if got, err := silent.Transcribe(context.Background(), wav, recommend.TranscribeHint{}); len(got) != 0 || err != nil {
		t.Errorf("%v, %v", got, err)
	}
}

var scene = recommend.Scene{
	Lang: "en", Text: "this \"one\"\nplease", Names: []string{"Snow Bud"},
	Slots: []recommend.SceneSlot{{Name: "sort", Label: "kind of tea", Values: []string{"green", "oolong"}}, {Name: "price"}},
}

func TestDescribe(t *testing.T) {
	const answer = `{"caption":"a tin of tea","slots":[{"slot":"sort","value":"green","p":0.9}],"things":[{"id":"t3","name":"Snow Bud","p":0.7}]}`
	s := serve(t, streams("stop", true, answer))
	c := client(t, s, openai.Options{})
	png := recommend.Part{Kind: recommend.ImagePart, MIME: "image/png", Data: []byte("\x89PNG")}
	got, err := c.Describe(context.Background(), png, scene)
	if err != nil || got.Caption != "a tin of tea" || len(got.Acts) != 1 || got.Acts[0] != (recommend.Seen{Act: dst.Act{Kind: dst.Inform, Slot: "sort", Op: dst.Eq, Value: "green"}, P: 0.9}) ||
		len(got.Entities) != 1 || got.Entities[0] != (recommend.Entity{Name: "Snow Bud", P: 0.7}) {
		t.Errorf("%+v, %v", got, err)
	}
	b, err := json.Marshal(s.sent(0))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"url":"data:image/png;base64,iVBORw=="`, `json_object`, `this \\\"one\\\"\\nplease`, `\"green\", \"oolong\"`, `- \"Snow Bud\"`} {
		if !strings.Contains(string(b), want) {
			t.Errorf("sent %s, want %s in it", b, want)
		}
	}
	zh := scene
	zh.Lang = "zh"
	if _, err = c.Describe(context.Background(), recommend.ImageURL("https://example.com/a.png"), zh); err != nil {
		t.Error(err)
	}
	if b, _ = json.Marshal(s.sent(1)); !strings.Contains(string(b), `"url":"https://example.com/a.png"`) || !strings.Contains(string(b), "图片") {
		t.Errorf("sent %s", b)
	}
}

func TestDescribeRepairs(t *testing.T) {
	for _, first := range []string{"a tin of tea", `{"slots":[{"p":"high"}]}`, `{"caption":`} {
		var s *server
		s = serve(t, func(w http.ResponseWriter, r *http.Request) {
			if len(s.bodies) == 1 {
				streams("stop", true, first)(w, r)
				return
			}
			streams("stop", true, `{"caption":"a tin"}`)(w, r)
		})
		if got, err := client(t, s, openai.Options{}).Describe(context.Background(), wav, scene); err != nil || got.Caption != "a tin" || len(s.bodies) != 2 {
			t.Errorf("%q: %+v, %v after %d requests", first, got, err, len(s.bodies))
		}
	}
	var f *recommend.Failure
	for cause, answer := range map[recommend.Cause]http.HandlerFunc{
		recommend.CauseUnusable: streams("stop", true, "tea"), recommend.CauseServer: fails(500, "", ""), recommend.CauseCut: streams("", true, "{"),
	} {
		if _, err := client(t, serve(t, answer), openai.Options{}).Describe(context.Background(), wav, scene); !errors.As(err, &f) || f.Cause != cause {
			t.Errorf("%s: %v", cause, err)
		}
	}
	if _, err := client(t, serve(t, streams("stop", true, strings.Repeat("x", 70_000))), openai.Options{}).Describe(context.Background(), wav, scene); !errors.As(err, &f) || f.Cause != recommend.CauseUnusable {
		t.Errorf("%v", err)
	}
}
