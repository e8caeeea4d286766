package recommend

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A Transcriber writes down what is said in a recording. It gives the n best
// readings, which the tracker weighs together: a product that is heard in the
// second best counts where it makes more sense. Implementations are safe for
// concurrent use and return the context's error once it is done. An error, a
// panic or no text costs the turn the recording and not its reply.
type Transcriber interface {
	Transcribe(ctx context.Context, p Part, hint TranscribeHint) ([]Transcript, error)
}

// A Transcript is one reading of a recording.
type Transcript struct {
	Text string  `json:"text"`
	P    float64 `json:"p,omitempty"`    // probability; those of a list that sum to more than 1 are divided by their sum, all 0 are ranked as they come
	Lang string  `json:"lang,omitempty"` // "en" or "zh", "" where it is not known; for the trace
}

// A TranscribeHint is what helps to hear right.
type TranscribeHint struct {
	Lang       string   `json:"lang,omitempty"`       // of the conversation so far, "" at its start
	Vocabulary []string `json:"vocabulary,omitempty"` // names that are likely to be said, likelier ones first, 100 at most
}

// maxVocabulary bounds the names in hints and scenes.
const maxVocabulary = 100

// vocabulary are the names of things: of what was offered or is talked about,
// then of the active service, then of the others.
func (c *core) vocabulary(s dst.State) []string {
	var out []string
	add := func(name string) {
		if len(out) < maxVocabulary && name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, choice := range slices.Concat(s.Focus, s.Offered) {
		if x := c.slots[choice.Slot]; x == nil || !x.Sensitive {
			add(choice.Value)
		}
	}
	services := slices.Clone(c.services)
	active := c.serviceOf(s.Intent())
	slices.SortStableFunc(services, func(a, b *service) int { return cmp.Compare(rankOf(a, active), rankOf(b, active)) })
	for _, sv := range services {
		if sv.named == nil || sv.names == nil {
			continue
		}
		for _, e := range sv.names.entries[:min(len(sv.names.entries), maxVocabulary)] {
			for _, name := range append([]string{e.Value}, e.Aliases...) {
				add(strings.TrimSuffix(name, "…"))
			}
		}
	}
	return out
}

func rankOf(sv, first *service) int {
	if sv == first {
		return 0
	}
	return 1
}

// hear has one recording transcribed and returns its readings, the likeliest
// first, with probabilities that sum to at most 1.
func (t *turn) hear(p Part) (heard []Transcript, err error) {
	hint := TranscribeHint{Lang: t.before.Lang, Vocabulary: t.c.vocabulary(t.before)}
	st := t.beginWith(Stage{Name: StageTranscribe, Part: p})
	heard, err = guarded(t, func(ctx context.Context) ([]Transcript, error) {
		return t.c.cfg.Transcriber.Transcribe(ctx, p, hint)
	})
	if st.done(t, err) != nil {
		return nil, fmt.Errorf("the transcriber failed: %w", err)
	}
	return cleanTranscripts(heard)
}

// guarded runs a plug-in within Config.Timeout. A panic in it is an error, and
// one that does not come back in time is left behind.
func guarded[T any](t *turn, call func(context.Context) (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(t.ctx, t.c.cfg.Timeout)
	defer cancel()
	type answer struct {
		out T
		err error
	}
	done := make(chan answer, 1)
	go func() {
		var a answer
		defer func() {
			if p := recover(); p != nil {
				a = answer{err: fmt.Errorf("it panicked: %v", p)}
			}
			done <- a
		}()
		a.out, a.err = call(ctx)
	}()
	select {
	case a := <-done:
		return a.out, a.err
	case <-ctx.Done():
		var none T
		return none, fmt.Errorf("no answer within %s: %w", t.c.cfg.Timeout, ctx.Err())
	}
}

// maxReadings bounds the readings of a recording.
const maxReadings = 10

// cleanTranscripts drops readings without text, joins those that say the same
// and makes probabilities of whatever the transcriber gave.
func cleanTranscripts(in []Transcript) ([]Transcript, error) {
	var out []Transcript
	sum := 0.0
	for _, h := range in {
		h.Text = strings.Join(strings.Fields(printable(strings.ToValidUTF8(h.Text, " "))), " ")
		if h.Text == "" || len(h.Text) > dst.MaxMessage {
			continue
		}
		if !(h.P > 0) || math.IsInf(h.P, 0) {
			h.P = 0
		}
		h.P, h.Lang = min(h.P, 1), strings.ToValidUTF8(h.Lang, "")
		sum += h.P
		if i := slices.IndexFunc(out, func(x Transcript) bool { return x.Text == h.Text }); i >= 0 {
			out[i].P += h.P
		} else {
			out = append(out, h)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("the transcriber heard nothing")
	}
	for i := range out {
		switch {
		case sum == 0:
			out[i].P = 1 / float64(int(2)<<min(i, 30)) // by rank
		case sum > 1:
			out[i].P /= sum
		}
	}
	slices.SortStableFunc(out, func(a, b Transcript) int { return cmp.Compare(b.P, a.P) })
	return out[:min(len(out), maxReadings)], nil
}

// heardAfter are the readings of the text so far, each followed by each reading
// of a further recording, the likeliest of them.
func heardAfter(before []dst.Hypothesis, next []Transcript) []dst.Hypothesis {
	var out []dst.Hypothesis
	for _, a := range before {
		for _, b := range next {
			text := b.Text
			if a.Text != "" {
				text = a.Text + "\n" + b.Text
			}
			if len(text) <= dst.MaxMessage {
				out = append(out, dst.Hypothesis{Text: text, P: a.P * b.P})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b dst.Hypothesis) int { return cmp.Compare(b.P, a.P) })
	return out[:min(len(out), maxReadings)]
}
