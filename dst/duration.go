package dst

import (
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Duration is a slot type for lengths of time, in the form of ISO 8601:
// "PT1H30M", "P3D", "P1Y6M". It reads "an hour and a half", "90 minutes",
// "three nights", 两个半小时, 三天, 半年 and ranges of them.
//
// A length has one form: weeks and nights are counted in days, 24 hours are a
// day, 12 months a year, half a month is 15 days. Lengths said in full score 1,
// "an hour" 0.9, what is more often something else 0.3 (30分, "just a minute").
//
// Duration is safe for concurrent use.
type Duration struct{}

// Find implements [Type].
func (d *Duration) Find(t *Text) []Mention {
	spans := text.FindDurations(t.tokens, t.numbers())
	if len(spans) == 0 {
		return nil
	}
	out := make([]Mention, len(spans))
	for i, s := range spans {
		out[i] = t.mention(s.First, s.Last, durationValue(s.Low), s.Score)
		if s.Range {
			out[i].To = durationValue(s.High)
			out[i].ValueAt, out[i].ToAt = t.bytes(s.LowAt), t.bytes(s.HighAt)
		}
	}
	return out
}

// A durationPart is a unit of a length, with its designator in ISO 8601.
type durationPart struct {
	n      int64
	sign   byte
	en, zh string
}

// durationParts takes a length apart, greatest units first.
func durationParts(s text.Span) [6]durationPart {
	m, sec := int64(s.Months), s.Seconds
	return [6]durationPart{
		{m / 12, 'Y', " year", "年"}, {m % 12, 'M', " month", "个月"}, {sec / 86400, 'D', " day", "天"},
		{sec % 86400 / 3600, 'H', " hour", "小时"}, {sec % 3600 / 60, 'M', " minute", "分钟"}, {sec % 60, 'S', " second", "秒"},
	}
}

func durationValue(s text.Span) string {
	b := make([]byte, 1, 16)
	b[0] = 'P'
	clock := false
	for i, p := range durationParts(s) {
		if p.n == 0 {
			continue
		}
		if i > 2 && !clock {
			b, clock = append(b, 'T'), true
		}
		b = append(strconv.AppendInt(b, p.n, 10), p.sign)
	}
	if len(b) == 1 {
		return "PT0S"
	}
	return string(b)
}

// durationOf reads a value in ISO 8601, with weeks and without fractions.
func durationOf(value string) (s text.Span, ok bool) {
	rest, ok := strings.CutPrefix(value, "P")
	if !ok || rest == "" || strings.HasSuffix(rest, "T") || len(rest) > 60 {
		return s, false
	}
	clock := false
	for rest != "" {
		if rest[0] == 'T' && !clock {
			rest, clock = rest[1:], true
			continue
		}
		i := strings.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
		if i < 1 || i > 9 {
			return s, false
		}
		n, _ := strconv.ParseInt(rest[:i], 10, 64) // at most nine digits
		unit := rest[i]
		rest = rest[i+1:]
		switch {
		case !clock && unit == 'Y':
			s.Months += int(n) * 12
		case !clock && unit == 'M':
			s.Months += int(n)
		case !clock && unit == 'W':
			s.Seconds += n * 7 * 86400
		case !clock && unit == 'D':
			s.Seconds += n * 86400
		case clock && unit == 'H':
			s.Seconds += n * 3600
		case clock && unit == 'M':
			s.Seconds += n * 60
		case clock && unit == 'S':
			s.Seconds += n
		default:
			return s, false
		}
	}
	return s, true
}

// Compare implements [Comparer]. A month has 28 to 31 days: lengths whose order
// depends on the month ("P1M" and "P30D") have none.
func (d *Duration) Compare(a, b string) (int, bool) {
	x, ok := durationOf(a)
	if !ok {
		return 0, false
	}
	y, ok := durationOf(b)
	if !ok {
		return 0, false
	}
	least := func(s text.Span, days int64) int64 { return int64(s.Months)*days*86400 + s.Seconds }
	switch {
	case x == y:
		return 0, true
	case least(x, 31) < least(y, 28), x.Months <= y.Months && x.Seconds <= y.Seconds:
		return -1, true
	case least(y, 31) < least(x, 28), x.Months >= y.Months && x.Seconds >= y.Seconds:
		return 1, true
	}
	return 0, false
}

// Parse implements [Parser]: it accepts one length, in ISO 8601 or as users
// say it.
func (d *Duration) Parse(value string, now time.Time) (string, bool) {
	if s, ok := durationOf(strings.TrimSpace(value)); ok {
		return durationValue(s), true
	}
	return parseWhole(d, value, now, 0.3)
}

// Format implements [Formatter]: "1 hour 30 minutes", 1小时30分钟.
func (d *Duration) Format(value, lang string) string {
	s, ok := durationOf(value)
	if !ok {
		return value
	}
	var b strings.Builder
	for i, p := range durationParts(s) {
		if p.n == 0 && (i < 5 || b.Len() > 0) {
			continue
		}
		if lang == "zh" {
			b.WriteString(strconv.FormatInt(p.n, 10) + p.zh)
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(strconv.FormatInt(p.n, 10) + p.en)
		if p.n != 1 {
			b.WriteByte('s')
		}
	}
	return b.String()
}
