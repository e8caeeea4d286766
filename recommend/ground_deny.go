package recommend

import (
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

// denied reports whether the words before a claim, or right behind it, deny it.
func (l *line) denied(start, end int) bool { return l.deniedNear(start, 5) || l.deniedAfter(end) }

var notWords = map[string]bool{"not": true, "no": true, "without": true, "lacks": true, "lack": true, "lacking": true, "neither": true, "nor": true, "never": true, "cannot": true, "none": true, "nothing": true, "missing": true}

// deniedNear looks for a negation up to n words, or twice as many characters,
// before a byte in its clause.
func (l *line) deniedNear(at, n int) bool {
	from, _ := l.clause(at)
	left := float64(n)
	for i := len(l.toks) - 1; i >= 0; i-- {
		t := l.toks[i]
		if t.End > at {
			continue
		}
		if t.Start < from || left <= 0 {
			return false
		}
		if t.Kind == text.Han {
			left -= 0.7
		} else {
			left--
		}
		next := ""
		if i+1 < len(l.toks) {
			next = l.toks[i+1].Text
		}
		switch {
		case t.Text == "only" && i > 0 && l.toks[i-1].Text == "not":
			return false
		case notWords[t.Text], strings.HasSuffix(t.Text, "n't"):
			return true
		case strings.Contains("不没無无未非", t.Text) && t.Kind == text.Han:
			if l.isFalseNot(t, next) {
				continue
			}
			return true
		case strings.Contains("且而还也", t.Text) && t.Kind == text.Han && left < float64(n)-1, t.Text == "and" && verbs[next]:
			return false
		}
	}
	return false
}

// isFalseNot reports whether 不 and the like are part of a word that denies
// nothing.
func (l *line) isFalseNot(t text.Token, next string) bool {
	switch next {
	case "仅", "但", "过", "错", "只", "线", "到", "论", "管", "少", "超", "低", "高", "限", "问", "断":
		return true
	}
	return false
}

var verbs = map[string]bool{"has": true, "is": true, "are": true, "have": true, "costs": true, "comes": true, "supports": true, "offers": true, "it": true, "weighs": true, "includes": true}

// deniedAfter looks for a negation right behind a claim: "NFC is not there".
func (l *line) deniedAfter(at int) bool {
	_, end := l.clause(at)
	rest := strings.TrimLeft(l.fold(at, end), " *_")
	for _, w := range []string{"is not", "isn't", "are not", "aren't", "is missing", "is absent", "is unavailable", "不支持", "没有", "未配备", "不可用", "is lacking", "not ", "-less", "-free"} {
		if strings.HasPrefix(rest, w) {
			return true
		}
	}
	return false
}
