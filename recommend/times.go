package recommend

import (
	"fmt"
	"time"
)

// wordedTime words a point in time, a date where it is midnight.
func wordedTime(t time.Time, lang string) string {
	clock := ""
	if t.Hour()+t.Minute() > 0 {
		clock = t.Format(" 15:04")
	}
	if lang == "zh" {
		return fmt.Sprintf("%d年%d月%d日%s", t.Year(), t.Month(), t.Day(), clock)
	}
	return t.Format("2 January 2006") + clock
}
