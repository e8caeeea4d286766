package dst

import (
	"fmt"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Clock is a slot type for the time of day, in the form 15:04. It reads "3pm",
// "15:30", "half past six", noon, 下午三点半, 晚上8点, 三点一刻 and ranges of
// them; "3-5pm" is 15:00 to 17:00. A range may pass midnight.
//
// Clock is safe for concurrent use.
type Clock struct {
	// Opens, in 1 to 23, is the hour from which the twelve hours are counted
	// that a time without "am", "pm" or 上午 falls into: with 8, "half past six"
	// is 18:30. 0 takes it as it is said, 06:30.
	Opens int
}

const clockLayout = "15:04"

// Find implements [Type].
func (c *Clock) Find(t *Text) []Mention {
	spans := text.FindTimes(t.tokens, c.Opens)
	if len(spans) == 0 {
		return nil
	}
	out := make([]Mention, len(spans))
	for i, s := range spans {
		out[i] = t.mention(s.First, s.Last, clockValue(s.From), s.Score)
		if s.To >= 0 {
			out[i].To = clockValue(s.To)
			out[i].ValueAt, out[i].ToAt = t.bytes(s.FromAt), t.bytes(s.ToAt)
		}
	}
	return out
}

func clockValue(minutes int) string {
	return string([]byte{
		'0' + byte(minutes/600), '0' + byte(minutes/60%10), ':', '0' + byte(minutes%60/10), '0' + byte(minutes%10),
	})
}

// Compare implements [Comparer].
func (c *Clock) Compare(a, b string) (int, bool) {
	x, err := time.Parse(clockLayout, a)
	if err != nil {
		return 0, false
	}
	y, err := time.Parse(clockLayout, b)
	if err != nil {
		return 0, false
	}
	return x.Compare(y), true
}

// Parse implements [Parser]: it accepts one time, in the form of a value, with
// seconds, or as users say it.
func (c *Clock) Parse(value string, now time.Time) (string, bool) {
	for _, layout := range [...]string{clockLayout, time.TimeOnly, time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		if colon := strings.IndexByte(value, ':'); colon < 0 || colon > 2 && (len(value) < len(dateLayout) || value[4] != '-') {
			break
		}
		if t, err := time.Parse(layout, value); err == nil {
			return t.Format(clockLayout), true
		}
	}
	return parseWhole(c, value, now, 0.5)
}

// Format implements [Formatter]: "3:30 pm", 下午3点30分.
func (c *Clock) Format(value, lang string) string {
	t, err := time.Parse(clockLayout, value)
	if err != nil {
		return value
	}
	if lang != "zh" {
		return t.Format("3:04 pm")
	}
	h, part := t.Hour(), "下午"
	switch {
	case h < 6:
		part = "凌晨"
	case h < 12:
		part = "上午"
	case h == 12:
		part = "中午"
	case h >= 18:
		part = "晚上"
	}
	if h > 12 {
		h -= 12
	}
	if t.Minute() == 0 {
		return fmt.Sprintf("%s%d点", part, h)
	}
	return fmt.Sprintf("%s%d点%02d分", part, h, t.Minute())
}
