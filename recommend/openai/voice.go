package openai

import (
	"bytes"
	"context"
	"errors"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/packages/param"

	"github.com/slotgraph/slotgraph/recommend"
)

// Transcribe implements [recommend.Transcriber]. A probability is that of the
// model's tokens, where the server tells it, or else the share of the readings.
// The language of the conversation is not imposed: told to hear Chinese, models
// write Chinese whatever is said. Names are given as a prompt. A part must have
// its bytes: addresses that customers send are not fetched from here.
func (c *Client) Transcribe(ctx context.Context, p recommend.Part, hint recommend.TranscribeHint) ([]recommend.Transcript, error) {
	if len(p.Data) == 0 {
		return nil, &recommend.Failure{Cause: recommend.CauseRequest, Detail: "the recording has no bytes; an address is not fetched"}
	}
	readings := make([]recommend.Transcript, max(c.o.Readings, 1))
	errs := make([]error, len(readings))
	var wg sync.WaitGroup
	for i := range readings {
		wg.Go(func() { readings[i], errs[i] = c.read(ctx, p, hint, float64(i)*hotter) })
	}
	wg.Wait()
	readings = slices.DeleteFunc(readings, func(t recommend.Transcript) bool { return t.Text == "" })
	if len(readings) == 0 {
		return nil, errors.Join(errs...)
	}
	return together(readings), nil
}

// hotter is how much hotter each further reading is.
const hotter = 0.3

// together makes one of readings that are alike, likelier ones first.
func together(readings []recommend.Transcript) []recommend.Transcript {
	known := !slices.ContainsFunc(readings, func(t recommend.Transcript) bool { return t.P == 0 })
	if !known && len(readings) == 1 {
		return readings
	}
	var out []recommend.Transcript
	for _, r := range readings {
		if !known {
			r.P = 1
		}
		r.P /= float64(len(readings))
		if i := slices.IndexFunc(out, func(t recommend.Transcript) bool { return t.Text == r.Text }); i >= 0 {
			out[i].P += r.P
			continue
		}
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b recommend.Transcript) int {
		switch {
		case a.P > b.P:
			return -1
		case a.P < b.P:
			return 1
		}
		return 0
	})
	return out
}

// read has a recording transcribed once, with as many details as the server
// tells.
func (c *Client) read(ctx context.Context, p recommend.Part, hint recommend.TranscribeHint, heat float64) (recommend.Transcript, error) {
	brief := c.brief.Load()
	res, err := c.audio.New(ctx, c.recording(p, hint, heat, brief))
	var api *openai.Error
	if !brief && errors.As(err, &api) && (api.StatusCode == http.StatusBadRequest || api.StatusCode == http.StatusUnprocessableEntity) {
		if res, err = c.audio.New(ctx, c.recording(p, hint, heat, true)); err == nil {
			c.brief.Store(true)
		}
	}
	if err != nil {
		return recommend.Transcript{}, c.failure(ctx, err)
	}
	return recommend.Transcript{Text: strings.TrimSpace(res.Text), P: likelihood(res), Lang: language(res.Language)}, nil
}

func (c *Client) recording(p recommend.Part, hint recommend.TranscribeHint, heat float64, brief bool) openai.AudioTranscriptionNewParams {
	body := openai.AudioTranscriptionNewParams{Model: c.o.Voice, File: openai.File(bytes.NewReader(p.Data), "recording."+extension(p.MIME), p.MIME), ResponseFormat: openai.AudioResponseFormatJSON}
	if names := vocabulary(hint.Vocabulary); names != "" {
		body.Prompt = param.NewOpt(names)
	}
	if heat > 0 {
		body.Temperature = param.NewOpt(heat)
	}
	switch {
	case brief:
	case strings.HasPrefix(c.o.Voice, "gpt-"):
		body.Include = []openai.TranscriptionInclude{openai.TranscriptionIncludeLogprobs}
	default:
		body.ResponseFormat = openai.AudioResponseFormatVerboseJSON
	}
	return body
}

// maxNames bounds the names of a prompt, in bytes: models read about 200 tokens.
const maxNames = 500

func vocabulary(names []string) string {
	var b strings.Builder
	for _, name := range names {
		if b.Len()+len(name) > maxNames {
			break
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString(name)
	}
	return b.String()
}

// likelihood is the mean probability of a token, 0 where it is not told.
func likelihood(res *openai.AudioTranscriptionNewResponseUnion) float64 {
	sum, n := 0.0, 0.0
	for _, t := range res.Logprobs {
		sum, n = sum+t.Logprob, n+1
	}
	if n == 0 {
		for _, s := range res.Segments {
			long := max(s.End-s.Start, 0.01)
			sum, n = sum+s.AvgLogprob*long, n+long
		}
	}
	if p := math.Exp(sum / n); n > 0 && p > 0 && p <= 1 {
		return p
	}
	return 0
}

// language is what a server calls a language, as this module calls it.
func language(s string) string {
	switch s = strings.ToLower(s); {
	case s == "english" || s == "en" || strings.HasPrefix(s, "en-"):
		return "en"
	case s == "chinese" || s == "mandarin" || s == "zh" || strings.HasPrefix(s, "zh-"):
		return "zh"
	}
	return ""
}

// extension is what servers tell the format of a recording by.
func extension(mime string) string {
	for _, x := range [][2]string{{"wav", "wav"}, {"mpeg", "mp3"}, {"mp3", "mp3"}, {"mp4", "m4a"}, {"m4a", "m4a"}, {"aac", "m4a"}, {"webm", "webm"}, {"flac", "flac"}, {"ogg", "ogg"}, {"opus", "ogg"}} {
		if strings.Contains(strings.ToLower(mime), x[0]) {
			return x[1]
		}
	}
	return "wav"
}
