package recommend

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// Shares of an amount, and words beside them that bound it. In English the
// share needs something that it is of; Chinese says 一半价格的 or just 一半.
var (
	shareEn = regexp.MustCompile(`(?i)\b(?:(under|below|less than|at most|max|up to|within|no more than|over|above|more than|at least|about|around|roughly)\s+)?(half|a third|one third|two thirds|a quarter|three quarters|double|twice|triple|(\d+(?:\.\d+)?)\s?(?:times|x)|(\d+)\s?(?:%|percent))(?:\s+(?:of|as|much|expensive|what|the|that|this|its|it|their|those|these|them|i said))*(?:\s+(?:price|budget|cost|costs|money|amount))?\b`)
	shareZh = regexp.MustCompile(`(最多|不超过|不到|低于|超过|至少|大概|大约)?(?:(?:这个|那个|它|刚才|原来|现在)?的?(?:价格|价钱|价|预算)?的?)(一半|对半|半价|减半|三分之一|三分之二|四分之一|四分之三|翻倍|翻一番|([0-9一二两三四五六七八九十]+(?:\.\d+)?)倍)(以内|以下|以上|左右|之内)?的?(?:价格|价钱|价位|价|预算|钱)?`)
	ofThat  = regexp.MustCompile(`(?i)\b(that|this|it|its|their|those|these|them|price|budget|cost|costs|money|amount|much|expensive)\b`)
)

var shares = map[string]float64{
	"half": 0.5, "a third": 1.0 / 3, "one third": 1.0 / 3, "two thirds": 2.0 / 3, "a quarter": 0.25, "three quarters": 0.75, "double": 2, "twice": 2, "triple": 3,
	"一半": 0.5, "对半": 0.5, "半价": 0.5, "减半": 0.5, "三分之一": 1.0 / 3, "三分之二": 2.0 / 3, "四分之一": 0.25, "四分之三": 0.75, "翻倍": 2, "翻一番": 2,
}

// boundWords say on which side of an amount something is to be.
var boundWords = map[string]dst.Op{
	"under": dst.Le, "below": dst.Le, "less than": dst.Le, "at most": dst.Le, "max": dst.Le, "up to": dst.Le, "within": dst.Le, "no more than": dst.Le,
	"over": dst.Ge, "above": dst.Ge, "more than": dst.Ge, "at least": dst.Ge, "about": dst.Around, "around": dst.Around, "roughly": dst.Around,
	"最多": dst.Le, "不超过": dst.Le, "不到": dst.Le, "低于": dst.Le, "以内": dst.Le, "以下": dst.Le, "之内": dst.Le,
	"超过": dst.Ge, "至少": dst.Ge, "以上": dst.Ge, "大概": dst.Around, "大约": dst.Around, "左右": dst.Around,
}

// Words without one of which a message holds no such amount: looking for them
// is faster than matching.
var (
	shareWords = []string{"half", "third", "quarter", "double", "twice", "triple", "times", "x", "%", "percent", "半", "倍", "分之", "翻"}
	moreWords  = []string{"more", "extra", "on top", "higher", "heavier", "bigger", "larger", "longer", "dearer", "less", "cheaper", "lower", "off", "lighter", "smaller", "shorter", "加", "多", "贵", "便宜", "少", "减", "轻", "重", "大", "长", "小"}
)

// relativeAmounts reads amounts that are said of what was offered: "half that
// price", "at most 500 more", 两倍, 再加五百以内. They become bounds on what
// things cost, or measure where the unit says so.
func (t *turn) relativeAmounts(sv *service) ([]aside, error) {
	folded := text.Fold(t.text)
	if containsAny(folded, shareWords) {
		if out, err := t.shares(sv); len(out) > 0 || err != nil {
			return out, err
		}
	}
	if !containsAny(folded, moreWords) {
		return nil, nil
	}
	return t.differences(sv)
}

// shares reads shares and multiples.
func (t *turn) shares(sv *service) ([]aside, error) {
	x := sv.priced()
	if x == nil {
		return nil, nil
	}
	for _, re := range []*regexp.Regexp{shareEn, shareZh} {
		m := re.FindStringSubmatchIndex(t.text)
		if m == nil {
			continue
		}
		group := func(i int) string {
			if 2*i+1 >= len(m) || m[2*i] < 0 {
				return ""
			}
			return text.Fold(t.text[m[2*i]:m[2*i+1]])
		}
		if re == shareEn && !ofThat.MatchString(t.text[m[5]:m[1]]) {
			continue
		}
		percent, behind := group(4), ""
		if re == shareZh {
			percent, behind = "", percent
		}
		factor, ok := shareOf(group(2), group(3), percent)
		if !ok {
			continue
		}
		op := cmp.Or(boundWords[group(1)], boundWords[behind])
		switch {
		case op != "":
		case factor > 1:
			op = dst.Around
		default:
			op = dst.Le
		}
		return t.relativeTo(sv, x, op, m[0], m[1], func(n float64) float64 { return n * factor })
	}
	return nil, nil
}

// shareOf reads a share by its word, as a multiple or in percent.
func shareOf(word, times, percent string) (factor float64, ok bool) {
	switch {
	case times != "":
		factor, ok = smallNumber(times)
	case percent != "":
		factor, ok = smallNumber(percent)
		factor /= 100
	default:
		factor, ok = shares[word]
	}
	return factor, ok && factor > 0
}

func smallNumber(s string) (float64, bool) {
	if n, err := strconv.ParseFloat(s, 64); err == nil {
		return n, true
	}
	i := slices.Index([]string{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}, strings.Replace(s, "两", "二", 1))
	return float64(i + 1), i >= 0
}

// What stands beside an amount that is more, or less, than another.
var (
	moreBehind = regexp.MustCompile(`(?i)^\s*(?:块|元|块钱)?\s*(?:(?:yuan|bucks|dollars)\s+)?(more|extra|on top|higher|heavier|bigger|larger|longer|dearer|less|cheaper|lower|off|lighter|smaller|shorter)\b(?:\s+(?:than (?:that|this|it|these|those))|\s+expensive)?`)
	moreBefore = regexp.MustCompile(`(再加|多加|加个|加上|加|贵|多花|多出|再多|多|再便宜|便宜|少花|再少|少|再减|减|轻|重|大|长|小)(了|个|上|不超过|不到|最多|至少|个大概)?\s*$`)
	moreLead   = regexp.MustCompile(`(?i)(at most|up to|no more than|max|within|at least|over|more than)\s+$`)
	moreTail   = regexp.MustCompile(`^\s*(?:块钱|块|元)?(以内|之内|以下|以上|左右)?的?`)
)

var lessWords = []string{"less", "cheaper", "lower", "off", "lighter", "smaller", "shorter", "再便宜", "便宜", "少花", "再少", "少", "再减", "减", "轻", "小"}

// differences reads amounts that are added or taken off.
func (t *turn) differences(sv *service) ([]aside, error) {
	txt := dst.NewText(t.text, t.c.cfg.Now())
	for _, x := range sv.slots {
		if !x.ordered || x.Type == nil || x.measure == moment {
			continue
		}
		for _, m := range x.Type.Find(txt) {
			if m.To != "" || m.Score < wholeName && x != sv.priced() {
				continue
			}
			start, end, word := m.Start, m.End, ""
			if at := moreBehind.FindStringSubmatchIndex(t.text[m.End:]); at != nil {
				word, end = text.Fold(t.text[m.End+at[2]:m.End+at[3]]), m.End+at[1]
			} else if at := moreBefore.FindStringSubmatchIndex(t.text[:m.Start]); at != nil && !strings.HasSuffix(t.text[:at[0]], "差不") && !strings.HasSuffix(t.text[:at[0]], "不") && !strings.HasSuffix(t.text[:at[0]], "最") && !strings.HasSuffix(t.text[:at[0]], "至") {
				word, start = t.text[at[2]:at[3]], at[0]
				end += moreTail.FindStringIndex(t.text[m.End:])[1]
			} else {
				continue
			}
			by, ok := numberValue(x.Type, m.Value)
			n, _, number := by.Number()
			if !ok || !number || inName(wholeNames(sv, t.text), m) {
				continue
			}
			return t.difference(sv, x, n, word, start, end)
		}
	}
	return nil, nil
}

func (t *turn) difference(sv *service, x *slot, n float64, word string, start, end int) ([]aside, error) {
	less := slices.Contains(lessWords, word)
	op := dst.Le
	if lead := moreLead.FindStringIndex(t.text[:start]); lead != nil {
		said := boundWords[text.Fold(strings.TrimSpace(t.text[lead[0]:lead[1]]))]
		if said == dst.Ge != less {
			op = dst.Ge // "at least 500 more", "at most 500 less"
		}
		start = lead[0]
	}
	if less {
		n = -n
	}
	if x.measure != string(text.Currency) && !less {
		op = dst.Ge // "two inches bigger"
	}
	return t.relativeTo(sv, x, op, start, end, func(v float64) float64 { return v + n })
}

// relativeTo bounds a slot by what the thing in focus has of it, or else the
// first that was offered; by the budget where the message speaks of that.
func (t *turn) relativeTo(sv *service, x *slot, op dst.Op, start, end int, of func(float64) float64) ([]aside, error) {
	v, err := t.lastValue(sv, x)
	if err != nil {
		return nil, err
	}
	n, unit, ok := v.Number()
	if !ok {
		return nil, nil
	}
	if n = of(n); n <= 0 {
		return nil, nil
	}
	acts := []dst.Act{{Kind: dst.Inform, Slot: x.full, Op: op, Value: t.c.slotValue(x, kg.Num(n, unit))}}
	if t.before.Filled(x.full) {
		acts = append([]dst.Act{{Kind: dst.Forget, Slot: x.full}}, acts...)
	}
	return []aside{{start, end, acts, x.full}}, nil
}

// lastValue is what the talk last came to under a slot.
func (t *turn) lastValue(sv *service, x *slot) (kg.Value, error) {
	budget := containsAny(text.Fold(t.text), []string{"budget", "预算"})
	for _, k := range t.before.Of(x.full) {
		if v, ok := numberValue(x.Type, k.Value); ok && budget && k.Op != dst.Ne {
			return v, nil
		}
	}
	ids := t.offeredIDs(sv)
	if value, ok := t.before.Focused(sv.named.full); ok {
		ids = sv.names.things(value)
	}
	if pointed := places(t.text, len(ids)); len(pointed) == 1 && pointed[0] < len(ids) {
		ids = ids[pointed[0]:]
	}
	_, v, err := t.extremeOf(sv, x, true, ids[:min(len(ids), 1)]) // of several, what was put first
	return v, err
}

// priced is the slot of what things cost.
func (sv *service) priced() *slot {
	for _, x := range sv.slots {
		if x.ordered && x.measure == string(text.Currency) {
			return x
		}
	}
	return nil
}

// inName reports whether a mention is part of a name: 一加 12 adds nothing.
func inName(names []dst.Mention, m dst.Mention) bool {
	return slices.ContainsFunc(names, func(n dst.Mention) bool { return n.Start < m.End && m.Start < n.End })
}
