package inspect

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/slotgraph/slotgraph/dst"
)

// exportJSON returns the conversation with all that is known of its turns but
// what is sensitive. The page can open it again, for a replay with another
// configuration.
func (h *Handler) exportJSON(r *http.Request) (any, error) {
	s, err := h.store.get(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	turns := slices.Clone(s.list())
	m := h.mask(turns)
	for i, t := range turns {
		turns[i] = t.public(m)
	}
	text, err := json.MarshalIndent(struct {
		Turns []turn `json:"turns"`
	}{turns}, "", "  ")
	return document{kind: "application/json", file: "conversation.json", text: append(text, '\n')}, err
}

// exportText returns the conversation as a transcript of package dsttest.
func (h *Handler) exportText(r *http.Request) (any, error) {
	s, err := h.store.get(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	turns := s.list()
	if len(turns) == 0 {
		return nil, failure{http.StatusConflict, "nothing has been said yet"}
	}
	text, err := h.transcript(r.Context(), turns)
	return document{kind: "text/plain; charset=utf-8", file: "conversation.txt", text: []byte(text)}, err
}

const clockForm = "2006-01-02 15:04" // of transcripts

// transcript writes turns in the grammar of package dsttest, which programs
// are not to link: it brings the flags of tests along. What is expected is what
// the tracker alone makes of the messages, the bot's acts and the classifier's,
// as when the transcript is played; where the agent understood more, from the
// graph or from what it had said, a comment tells. What is sensitive is masked:
// who plays the transcript puts other values there.
func (h *Handler) transcript(ctx context.Context, turns []turn) (string, error) {
	var b strings.Builder
	b.WriteString("== conversation\n")
	w := teller{h: h, b: &b, mask: h.mask(turns)}
	for i, t := range turns {
		if i > 0 {
			w.bot(turns[i-1].Reply.Acts)
		}
		if err := w.turn(ctx, t); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

// A teller writes a transcript and follows it with a tracker.
type teller struct {
	h       *Handler
	b       *strings.Builder
	mask    dst.Mask
	clock   string
	tracker *dst.Tracker
	state   dst.State
}

// bot writes what the bot did. Acts that the schema knows nothing of, as those
// of problem solving, are comments.
func (w *teller) bot(acts []dst.Act) {
	var fit []dst.Act
	for _, a := range acts {
		if err := w.h.agent.Schema().Check(a); err != nil {
			fmt.Fprintf(w.b, "# the bot, beyond the schema: %s\n", oneLine(w.mask.Act(a).String()))
			continue
		}
		fit = append(fit, a)
	}
	fmt.Fprintln(w.b, strings.TrimSuffix("bot: "+dst.FormatActs(w.mask.Acts(fit)), " "))
	w.state = w.state.Said(fit...)
}

// turn writes one message with what is understood.
func (w *teller) turn(ctx context.Context, t turn) error {
	if clock := t.At.Format(clockForm); clock != w.clock {
		at, err := time.Parse(clockForm, clock) // the hour on the wall, as a transcript has it
		if err != nil {
			return err
		}
		if w.tracker, err = dst.NewTracker(w.h.agent.Schema(), &dst.TrackerOptions{Now: func() time.Time { return at }}); err != nil {
			return err
		}
		w.clock = clock
		fmt.Fprintf(w.b, "clock: %s\n", clock)
	}
	public := t.public(w.mask)
	for _, p := range public.Parts {
		fmt.Fprintf(w.b, "# with a part that is not in here: %s\n", oneLine(cmp.Or(p.Name, p.URL, string(p.Kind))))
	}
	in := dst.Turn{User: strings.ToValidUTF8(cmp.Or(t.Reply.Heard, t.Message), " ")}
	for _, d := range t.Reply.Trace.Decisions {
		if d.Evidence.Source == dst.Outside && d.Act.Value != dst.Masked {
			in.Acts = append(in.Acts, d.Act)
		}
	}
	if len(in.Acts) > 0 {
		fmt.Fprintf(w.b, "acts: %s\n", dst.FormatActs(in.Acts))
	}
	said := strings.ToValidUTF8(cmp.Or(public.Reply.Heard, public.Message), " ")
	fmt.Fprintln(w.b, strings.TrimSuffix("user: "+quoted(said), " "))
	next, decisions, err := w.tracker.Update(ctx, w.state, in)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.state = next
	w.expect(public, decisions, err)
	return nil
}

// expect writes what the tracker made of a message, and what the agent did in
// the turn, from which what is sensitive was taken out.
func (w *teller) expect(t turn, decisions []dst.Decision, err error) {
	var acts []dst.Act
	if err != nil {
		fmt.Fprintf(w.b, "    error: %s\n", oneLine(w.mask.Text(err.Error())))
	}
	for _, d := range decisions {
		acts = append(acts, w.mask.Act(d.Act))
		fmt.Fprintf(w.b, "    %s\n", w.mask.Act(d.Act))
	}
	fmt.Fprintf(w.b, "    next: %s\n", w.mask.Act(w.tracker.Next(w.state)))
	var agent []dst.Act
	for _, d := range t.Reply.Trace.Decisions {
		agent = append(agent, d.Act)
	}
	if a := dst.FormatActs(agent); a != dst.FormatActs(acts) {
		fmt.Fprintf(w.b, "    # the agent understood: %s\n", oneLine(a))
	}
	for line := range strings.Lines(t.Reply.Text) {
		fmt.Fprintf(w.b, "    # %s\n", oneLine(line))
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// quoted is a message as it stands in a transcript: a literal where it would
// not be read as it is.
func quoted(s string) string {
	odd := func(r rune) bool { return unicode.IsControl(r) || r == '\uFEFF' || r == unicode.ReplacementChar }
	if s != strings.TrimSpace(s) || strings.ContainsFunc(s, odd) || strings.HasPrefix(s, `"`) {
		return strconv.Quote(s)
	}
	return s
}
