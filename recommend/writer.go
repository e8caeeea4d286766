package recommend

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/recommend/internal/usage"
)

// WriterOptions are the options of [NewWriter]. The zero value of each is its
// default.
type WriterOptions struct {
	Prompt *Prompt // nil is [DefaultPrompt]

	// Structured has the model answer with an object that names the facts it
	// tells, which is checked: facts that there are, a text that is not empty
	// nor too long, in the language asked for. The model is asked once more
	// where it is wrong, and told what is. The text is handed out in one piece
	// once it is right, so that nothing wrong is ever shown; without Structured
	// it is handed out as it comes.
	Structured bool
}

// A Writer is a [Generator] that has a language model do the work. It is safe
// for concurrent use.
type Writer struct {
	model ChatModel
	o     WriterOptions
}

// NewWriter makes a generator of a language model. o may be nil.
func NewWriter(m ChatModel, o *WriterOptions) *Writer {
	w := &Writer{model: m}
	if o != nil {
		w.o = *o
	}
	if w.o.Prompt == nil {
		w.o.Prompt = DefaultPrompt()
	}
	return w
}

// Generate implements [Generator]. The Response of an error has the usage and
// what there is of the text.
func (w *Writer) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	c, err := w.o.Prompt.Chat(r, w.o.Structured)
	if err != nil {
		return Response{}, err
	}
	if w.o.Structured {
		return w.structured(ctx, c, r, each)
	}
	return w.plain(ctx, c, r, each)
}

// plain hands the text out as it comes.
func (w *Writer) plain(ctx context.Context, c Chat, r Request, each func(Chunk) error) (Response, error) {
	p := passing{r: r, each: each}
	out, err := completed(ctx, w.model, c, p.push)
	if err == nil {
		err = p.finish()
	}
	return Response{Text: p.whole(), Name: out.Name, Usage: out.Usage}, err
}

// structured asks for an object, and once more if that is no use.
func (w *Writer) structured(ctx context.Context, c Chat, r Request, each func(Chunk) error) (Response, error) {
	var res Response
	for attempt := 0; ; attempt++ {
		answer, err := w.whole(ctx, c, r, &res)
		if err == nil {
			res.Text, err = readAnswer(answer, r)
		}
		var failure *Failure
		switch {
		case err == nil:
			if each != nil {
				err = each(Chunk{Text: res.Text})
			}
			return res, err
		case attempt > 0 || !errors.As(err, &failure) || failure.Cause != CauseUnusable && failure.Cause != CauseLanguage:
			return res, err
		}
		if c, err = w.o.Prompt.repaired(c, r, answer, failure.Detail); err != nil {
			return res, err
		}
	}
}

// whole has the model answer in full and adds up what it used. An answer many
// times as long as the text may be is broken off.
func (w *Writer) whole(ctx context.Context, c Chat, r Request, res *Response) (string, error) {
	var b strings.Builder
	thought := unthinking{}
	out, err := completed(ctx, w.model, c, func(piece string) error {
		b.WriteString(thought.next(piece))
		if r.Limits.Runes > 0 && b.Len() > maxAnswer*(r.Limits.Runes+100) {
			return &Failure{Cause: CauseUnusable, Detail: "the answer is far too long"}
		}
		return nil
	})
	b.WriteString(thought.rest())
	res.Name, res.Usage = out.Name, usage.Add(res.Usage, out.Usage)
	return strings.TrimSpace(b.String()), err
}

// maxAnswer bounds an object in bytes for each character of its text.
const maxAnswer = 12

func checkLength(r Request, s string) error {
	if r.Limits.Runes > 0 && utf8.RuneCountInString(s) > r.Limits.Runes {
		return &Failure{Cause: CauseUnusable, Detail: "the text is too long"}
	}
	return nil
}
