// Package observe writes the turns of a [recommend.Agent] to a log: one
// structured record each.
//
//	cfg.Observer = observe.Log(slog.Default(), nil)
package observe

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/recommend"
)

// Options adjusts a [Log]. The zero value is the default.
type Options struct {
	// Text adds what was written, said and shown to the records, and the values
	// of acts: what the user said, and so perhaps their name and address. Without
	// it the record is made of [recommend.Trace.Redacted].
	Text bool
	// Trace adds the whole trace, as JSON where the handler writes JSON.
	Trace bool
	// Stages adds a record of level Debug for each stage.
	Stages bool
}

// Log returns an observer that logs a turn as it ends, with the context of the
// turn, so that a handler finds the trace and span in there. The record is of
// level
//
//   - Error where the turn failed, but Warn where its context ended it;
//   - Warn where it went on without something: the generator's text did not
//     stand or came from a stand-in, a part could not be made out, or a call for
//     live data failed;
//   - Info otherwise.
//
// It is safe for concurrent use. opts may be nil.
func Log(logger *slog.Logger, opts *Options) recommend.Observer {
	l := &log{logger: logger}
	if opts != nil {
		l.Options = *opts
	}
	return l
}

type log struct {
	logger *slog.Logger
	Options
}

// Begin implements [recommend.Observer].
func (l *log) Begin(ctx context.Context, s recommend.Stage) (context.Context, func(recommend.Outcome)) {
	switch {
	case s.Name == recommend.StageTurn:
		return ctx, func(out recommend.Outcome) { l.turn(ctx, out) }
	case l.Stages && l.logger.Enabled(ctx, slog.LevelDebug):
		return ctx, func(out recommend.Outcome) {
			attrs := []slog.Attr{slog.String("stage", string(s.Name)), slog.Duration("took", out.Took)}
			if out.Err != nil {
				attrs = append(attrs, slog.String("error", out.Err.Error()))
			}
			l.logger.LogAttrs(ctx, slog.LevelDebug, "stage", attrs...)
		}
	}
	return ctx, nil
}

func (l *log) turn(ctx context.Context, out recommend.Outcome) {
	level := levelOf(out)
	if !l.logger.Enabled(ctx, level) {
		return
	}
	t := *out.Trace
	if !l.Text {
		t = t.Redacted()
	}
	attrs := []slog.Attr{slog.Duration("took", out.Took)}
	if out.Err != nil {
		attrs = append(attrs, slog.String("error", out.Err.Error()))
	}
	attrs = append(attrs, understood(t)...)
	attrs = append(attrs, done(t)...)
	attrs = append(attrs, said(t)...)
	if l.Text {
		attrs = append(attrs, text("user", t.User), text("text", t.Text))
	}
	if l.Trace {
		attrs = append(attrs, slog.Any("trace", t))
	}
	attrs = slices.DeleteFunc(attrs, func(a slog.Attr) bool { return a.Equal(slog.Attr{}) })
	l.logger.LogAttrs(ctx, level, "turn", attrs...)
}

func levelOf(out recommend.Outcome) slog.Level {
	t := out.Trace
	switch {
	case errors.Is(out.Err, context.Canceled), errors.Is(out.Err, context.DeadlineExceeded):
		return slog.LevelWarn
	case out.Err != nil:
		return slog.LevelError
	case t.Fallback != "", slices.ContainsFunc(t.Parts, func(p recommend.Percept) bool { return p.Problem != "" }),
		slices.ContainsFunc(t.Lookups, func(l recommend.LookupTrace) bool { return l.Error != "" }):
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// understood tells what the message was taken for.
func understood(t recommend.Trace) []slog.Attr {
	attrs := []slog.Attr{text("lang", t.Lang)}
	if best, ok := t.Ranking.Best(); ok {
		attrs = append(attrs, slog.String("intent", best.Intent), slog.Float64("intent_p", best.P)) // not as "name": what makes logs private would take it for a person's
	}
	var acts, problems []string
	least := 1.0
	for _, d := range t.Decisions {
		acts = append(acts, d.Act.String())
		least = min(least, d.P)
	}
	for _, p := range t.Parts {
		if p.Problem != "" {
			problems = append(problems, string(p.Kind)+": "+p.Problem)
		}
	}
	if len(acts) > 0 {
		attrs = append(attrs, slog.Float64("least_p", least))
	}
	return append(attrs, list("understood", acts), number("parts", len(t.Parts)), list("part_problems", problems))
}

// done tells how the answer was come by.
func done(t recommend.Trace) []slog.Attr {
	var asked, relaxed, failed []string
	for _, a := range t.Asked {
		asked = append(asked, a.Slot+" "+string(a.Reason))
	}
	for _, a := range t.Relaxed {
		relaxed = append(relaxed, a.String())
	}
	for _, l := range t.Lookups {
		if l.Error != "" {
			failed = append(failed, l.Service+": "+l.Error)
		}
	}
	attrs := []slog.Attr{list("rules", t.Rules), list("asked", asked), number("queries", len(t.Queries)), number("lookups", len(t.Lookups)), list("lookup_problems", failed), list("relaxed", relaxed)}
	if n := len(t.Queries); n > 0 {
		attrs = append(attrs, slog.Int("hits", t.Queries[n-1].Hits))
	}
	return attrs
}

// said tells what was answered and by whom.
func said(t recommend.Trace) []slog.Attr {
	var steps, acts []string
	for _, s := range t.Steps {
		steps = append(steps, string(s))
	}
	for _, a := range t.Acts {
		acts = append(acts, a.String())
	}
	attrs := []slog.Attr{list("steps", steps), list("said", acts), text("generator", t.Generator), text("fallback", t.Fallback), number("cut", len(t.Cut))}
	if len(t.Usage) > 0 {
		var used []slog.Attr
		for _, k := range sorted(t.Usage) {
			used = append(used, slog.Int(k, t.Usage[k]))
		}
		attrs = append(attrs, slog.GroupAttrs("usage", used...))
	}
	took := map[string]time.Duration{}
	for _, x := range t.Timings {
		if x.Stage != recommend.StageTurn {
			took[string(x.Stage)] += x.Took
		}
	}
	var stages []slog.Attr
	for _, name := range sorted(took) {
		stages = append(stages, slog.Duration(name, took[name]))
	}
	return append(attrs, slog.GroupAttrs("stages", stages...))
}

func text(key, s string) slog.Attr {
	if s == "" {
		return slog.Attr{}
	}
	return slog.String(key, s)
}

func list(key string, s []string) slog.Attr { return text(key, strings.Join(s, "; ")) }

func number(key string, n int) slog.Attr {
	if n == 0 {
		return slog.Attr{}
	}
	return slog.Int(key, n)
}

func sorted[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
