package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

var askersEn = []string{"do", "does", "did", "would", "could", "can", "shall", "should", "may", "will", "which", "what", "how", "who", "where", "when", "is", "are", "any", "have", "has", "looking", "interested", "anything", "need", "want", "or"}
var askersZh = []string{"请问", "您", "你", "需要", "要不要", "是否", "想", "还", "哪", "有没有", "有喜欢", "要", "可以", "能", "什么"}

// questionAt is the byte from which a sentence asks: the first clause of its
// end that begins like a question, or else its last one; its length where it
// asks nothing.
func (l *line) questionAt() int {
	trimmed := strings.TrimRightFunc(l.raw, func(r rune) bool {
		return r != '?' && r != '？' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if !strings.HasSuffix(trimmed, "?") && !strings.HasSuffix(trimmed, "？") {
		return len(l.raw)
	}
	starts := []int{0}
	for i, t := range l.toks {
		if parts(l.raw, t, i+1 < len(l.toks) && l.toks[i+1].Kind == text.Word) && t.End < len(trimmed)-3 {
			starts = append(starts, t.End)
		}
	}
	for _, at := range starts {
		clause := strings.TrimLeft(l.fold(at, len(l.raw)), " *_-")
		word, _, _ := strings.Cut(clause, " ")
		if slices.Contains(askersEn, word) || slices.ContainsFunc(askersZh, func(w string) bool { return strings.HasPrefix(clause, w) }) {
			return at
		}
	}
	return starts[len(starts)-1]
}

// words that begin a yes or a no.
var (
	saysYes = []string{"yes", "yep", "yeah", "absolutely", "definitely", "certainly", "of course", "indeed", "correct", "it does", "it is", "it has", "they do", "they are", "有的", "是的", "当然", "没错", "对的", "可以的", "支持的", "能的", "对，"}
	saysNo  = []string{"no,", "no.", "no!", "no ", "nope", "unfortunately", "i'm afraid", "sorry", "i'm sorry", "it doesn't", "it does not", "it isn't", "it is not", "they don't", "没有", "不是的", "不支持", "抱歉", "很抱歉", "很遗憾", "遗憾", "不行", "不可以", "不能", "并没有"}
)

// checkAnswer checks that a sentence that begins with yes or no says what the
// steps do.
func (l *line) checkAnswer() {
	yes, no := false, false
	for _, s := range l.k.r.Steps {
		yes = yes || s.Kind == StepYes
		no = no || s.Kind == StepNo || s.Kind == StepMissing || s.Kind == StepNoOffer || s.Kind == StepNoMore || s.Kind == StepUnknown || s.Kind == StepNoBetter || s.Kind == StepRelax
		if s.Kind == StepAnswer && len(s.Facts) == 1 {
			b, ok := s.Facts[0].Source.Object.Bool()
			yes, no = yes || ok && b, no || ok && !b
		}
	}
	words := strings.TrimLeftFunc(text.Fold(l.raw), func(r rune) bool { return !unicode.IsLetter(r) })
	begins := func(cues []string) string {
		for _, w := range cues {
			rest, ok := strings.CutPrefix(words, w)
			if ok && (rest == "" || w[0] >= 0x80 || !unicode.IsLetter([]rune(rest)[0])) {
				return w
			}
		}
		return ""
	}
	switch w, n := begins(saysYes), begins(saysNo); {
	case yes == no:
	case w != "" && no && !strings.Contains(words, " not ") && !strings.Contains(words, "n't"):
		l.fail(ClaimAnswer, 0, len(l.raw), nil, "the answer is no")
	case n != "" && yes:
		l.fail(ClaimAnswer, 0, len(l.raw), nil, "the answer is yes")
	}
}
