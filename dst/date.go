package dst

import (
	"strconv"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Date is a slot type for days, in the form 2006-01-02. It reads absolute
// dates ("2026-11-24", "Nov 24th", 11月24日, 24号) and, where Text.Now is known,
// relative ones and those without a year ("tomorrow", "in 3 days", 下周三,
// 下个月5号). Ranges of days are one mention.
//
// Weeks begin on Monday. "next friday" and 下周五 lie in the week after this
// one; 这周五 and "friday this week" in this week even where the day is past;
// "this friday" is the first one from today on, a bare "friday" or 周五 the first
// one after today. A weekend is its Saturday. A date without a year, and "the
// 24th" or 24号, is the first on or after today. Months and weeks ("in
// november", 下周) are ranges with a score of about one half.
//
// Date is safe for concurrent use.
type Date struct {
	// DayFirst reads 3/4 as 3 April, not as March 4.
	DayFirst bool
}

const dateLayout = "2006-01-02"

// Find implements [Type].
func (d *Date) Find(t *Text) []Mention {
	spans := text.FindDates(t.tokens, t.Now, d.DayFirst)
	if len(spans) == 0 {
		return nil
	}
	out := make([]Mention, len(spans))
	for i, s := range spans {
		out[i] = t.mention(s.First, s.Last, s.From.Format(dateLayout), min(s.Score, 1))
		if !s.To.IsZero() {
			out[i].To = s.To.Format(dateLayout)
			out[i].ValueAt, out[i].ToAt = t.bytes(s.FromAt), t.bytes(s.ToAt)
		}
	}
	return out
}

// Compare implements [Comparer].
func (d *Date) Compare(a, b string) (int, bool) {
	x, err := time.Parse(dateLayout, a)
	if err != nil {
		return 0, false
	}
	y, err := time.Parse(dateLayout, b)
	if err != nil {
		return 0, false
	}
	return x.Compare(y), true
}

// Parse implements [Parser]: it accepts one day, in the form of a value, with a
// time behind it as APIs write it (RFC 3339), or as users say it.
func (d *Date) Parse(value string, now time.Time) (string, bool) {
	for _, layout := range [...]string{dateLayout, time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		if len(value) < len(dateLayout) || value[4] != '-' {
			break
		}
		if t, err := time.Parse(layout, value); err == nil {
			return t.Format(dateLayout), true
		}
	}
	return parseWhole(d, value, now, 0.4)
}

// Format implements [Formatter]: "November 24, 2026", 2026年11月24日.
func (d *Date) Format(value, lang string) string {
	t, err := time.Parse(dateLayout, value)
	if err != nil {
		return value
	}
	if lang == "zh" {
		return strconv.Itoa(t.Year()) + "年" + strconv.Itoa(int(t.Month())) + "月" + strconv.Itoa(t.Day()) + "日"
	}
	return t.Format("January 2, 2006")
}
