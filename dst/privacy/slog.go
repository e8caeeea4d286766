package privacy

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
)

// Handler returns a handler that puts the kind in the place of what is personal
// in messages and attributes, as in [PHONE], before the next handler sees them.
// Strings, errors, Stringers and values of other types are read as they would be
// printed, and stay what they are where nothing is found. The key of an
// attribute counts as the word before its value: a number under "phone" is one,
// and one under "order" is none.
// Keys themselves, times, durations, truth values and fractions stay. Groups and
// attributes of [slog.Logger.With] are read too.
//
// Placeholders have no numbers here: log lines are not to be joined by them.
func Handler(next slog.Handler, r *Recogniser) slog.Handler { return &handler{next, r} }

type handler struct {
	next slog.Handler
	find Finder
}

// Enabled implements [slog.Handler].
func (h *handler) Enabled(ctx context.Context, l slog.Level) bool { return h.next.Enabled(ctx, l) }

// Handle implements [slog.Handler].
func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	out := slog.NewRecord(r.Time, r.Level, h.text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		out.AddAttrs(h.attr(a))
		return true
	})
	return h.next.Handle(ctx, out)
}

// WithAttrs implements [slog.Handler].
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &handler{h.next.WithAttrs(h.attrs(attrs)), h.find}
}

// WithGroup implements [slog.Handler].
func (h *handler) WithGroup(name string) slog.Handler {
	return &handler{h.next.WithGroup(name), h.find}
}

func (h *handler) attrs(attrs []slog.Attr) []slog.Attr {
	out := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		out[i] = h.attr(a)
	}
	return out
}

func (h *handler) attr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	said := ""
	switch v.Kind() {
	case slog.KindGroup:
		return slog.Attr{Key: a.Key, Value: slog.GroupValue(h.attrs(v.Group())...)}
	case slog.KindString:
		said = v.String()
	case slog.KindInt64:
		said = strconv.FormatInt(v.Int64(), 10)
	case slog.KindUint64:
		said = strconv.FormatUint(v.Uint64(), 10)
	case slog.KindAny:
		said = printed(v.Any())
	default:
		return slog.Attr{Key: a.Key, Value: v}
	}
	numeric := v.Kind() == slog.KindInt64 || v.Kind() == slog.KindUint64
	if hidden := h.value(a.Key, said, numeric); hidden != said {
		v = slog.StringValue(hidden)
	}
	return slog.Attr{Key: a.Key, Value: v}
}

// printed is a value as a handler would print it.
func printed(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case []byte:
		return string(v)
	}
	return fmt.Sprintf("%+v", v)
}

// value reads a value with its key before it. A number is personal only if the
// key makes it so: most are counts.
func (h *handler) value(key, s string, numeric bool) string {
	if s == "" {
		return s
	}
	lead := words(key) + ": "
	var found []Match
	for _, m := range h.find.Recognise(lead + s) {
		if m.End > len(lead) {
			found = append(found, Match{max(0, m.Start-len(lead)), m.End - len(lead), m.Kind})
		}
	}
	said := labels.ending(words(key)).kind
	switch {
	case numeric && said == "":
		return s
	case !numeric && said != other:
		found = append(found, h.find.Recognise(s)...)
	}
	return replace(s, merge(found, len(s)))
}

// words is a key as it would be said: customerPhone and customer_phone are
// "customer phone".
func words(key string) string {
	var b strings.Builder
	small := false
	for _, r := range key {
		switch {
		case r == '_' || r == '-' || r == '.':
			r = ' '
		case small && r >= 'A' && r <= 'Z':
			b.WriteByte(' ')
		}
		small = r >= 'a' && r <= 'z'
		b.WriteRune(r)
	}
	return strings.ToLower(b.String())
}

func (h *handler) text(s string) string { return replace(s, h.find.Recognise(s)) }

// replace puts the kind in the place of each match.
func replace(s string, found []Match) string {
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	at := 0
	for _, m := range found {
		b.WriteString(s[at:m.Start] + "[" + m.Kind.sign() + "]")
		at = m.End
	}
	return b.String() + s[at:]
}
