package recommend

import (
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/internal/text"
)

// missing are the steps that the sentences that stand do not say: of things
// that are offered those that are not named, answers whose values are not told,
// questions that are not asked, causes without what to do.
func (k *checker) missing(v *Verdict) []Step {
	said := text.Fold(v.Text)
	used := v.Used()
	var out []Step
	for _, s := range k.r.Steps {
		left, whole := s, true
		if len(s.Items) > 0 {
			left.Items = k.unnamed(s.Items)
			whole = len(left.Items) == 0
			if !whole && len(left.Items) < len(s.Items) && s.Kind == StepOffer {
				left.Kind = StepMore
			}
		}
		if !whole || !k.says(s, v, said, used) {
			if whole {
				left.Items = s.Items
			}
			out = append(out, left)
		}
	}
	return out
}

// unnamed are the items that no sentence that stands names.
func (k *checker) unnamed(items []Item) []Item {
	var out []Item
	for _, item := range items {
		i := slices.IndexFunc(k.g.things, func(t *subject) bool { return t.name == item.Name })
		if i < 0 || !k.said[k.g.things[i]] && len(k.g.things) > 1 {
			out = append(out, item)
		}
	}
	return out
}

// Words that say that there is not, or that something is not known; and that a
// person takes over.
var (
	nays   = []string{"not", "n't", "no ", "no,", "nothing", "none", "sorry", "unfortunately", "afraid", "unable", "without", "neither", "left out", "lacks", "没", "不", "抱歉", "无", "遗憾", "未", "放宽"}
	widens = []string{"empty", "raise", "raising", "stretch", "increase", "widen", "relax", "exceed", "above", "over ", "beyond", "closest", "too low", "too tight", "instead", "flexible", "超", "高于", "提高", "增加", "最接近", "略高", "贵"}
	people = []string{"colleague", "human", "agent", "person", "transfer", "hand you", "hand over", "representative", "specialist", "team", "人工", "转接", "客服", "同事", "专员"}
)

// says reports whether a text says the gist of a step.
func (k *checker) says(s Step, v *Verdict, said string, used []string) bool {
	switch s.Kind {
	case StepAnswer:
		return k.tells(s.Facts, said, used)
	case StepYes:
		return said != "" && !slices.ContainsFunc(k.r.Steps, func(o Step) bool { return o.Kind == StepNo }) || k.tells(s.Facts, said, used)
	case StepNo:
		return containsAny(said, nays) || k.tells(s.Facts, said, used) && len(s.Facts) > 0
	case StepRelax:
		return containsAny(said, nays) || containsAny(said, widens)
	case StepUnknown, StepNoOffer, StepNoMore, StepNoBetter, StepMissing, StepUnmet, StepUnable, StepNotFound, StepUnreached:
		return containsAny(said, nays)
	case StepNoCause:
		return containsAny(said, nays) || containsAny(said, people)
	case StepTry:
		return alike(s.Text, said)
	case StepHelped, StepConfirm:
		return strings.ContainsAny(said, "?？")
	case StepHuman:
		return containsAny(said, people)
	case StepAsk:
		return k.asked(s, said)
	case StepCause, StepArticle:
		return alike(s.Text, said) && !slices.ContainsFunc(s.Lines, func(w string) bool { return !alike(w, said) })
	}
	return said != ""
}

// tells reports whether a text tells all of some facts.
func (k *checker) tells(facts []Fact, said string, used []string) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool {
		same := func(o Fact) bool { return o.Value == f.Value && slices.Contains(used, o.ID) }
		return !slices.Contains(used, f.ID) && !slices.ContainsFunc(facts, same) && !strings.Contains(said, text.Fold(f.Value)) && !alike(f.Value, said) && !k.saidAs(f)
	})
}

// saidAs reports whether a fact leads to a thing that was named.
func (k *checker) saidAs(f Fact) bool {
	i := slices.IndexFunc(k.g.things, func(t *subject) bool { return t.name == f.Value })
	return i >= 0 && k.said[k.g.things[i]]
}

// asked reports whether a text asks the question of a step: it has a question
// with some word of it.
func (k *checker) asked(s Step, said string) bool {
	if !strings.ContainsAny(said, "?？") {
		return false
	}
	asks := ""
	for rest := said; rest != ""; {
		n := sentenceEnd(rest, true)
		if n == 0 {
			break
		}
		if strings.ContainsAny(rest[:n], "?？") {
			asks += rest[:n] + "\n"
		}
		rest = rest[n:]
	}
	words := termsOf(asks)
	for w := range termsOf(s.Text + " " + s.Label) {
		if words[w] && !stops[w] {
			return true
		}
	}
	return false
}

// stops are words that make no question alike.
var stops = map[string]bool{"do": true, "you": true, "a": true, "the": true, "in": true, "have": true, "would": true, "like": true, "what": true, "are": true, "for": true, "or": true, "which": true, "is": true, "your": true, "to": true, "of": true, "请问": true, "您想": true, "什么": true, "吗": true, "您的": true}

// alike reports whether most words of a text stand in another.
func alike(words, said string) bool {
	has, all := 0, 0
	terms := termsOf(said)
	for w := range termsOf(words) {
		if stops[w] {
			continue
		}
		all++
		if terms[w] || strings.Contains(said, w) {
			has++
		}
	}
	return all == 0 || has*2 >= all || sharesHan(words, said)
}

// sharesHan reports whether three in four of the characters of a Chinese text
// stand in another: 换一根数据线 in 换根新的数据线.
func sharesHan(words, said string) bool {
	has, all := 0, 0
	for _, r := range words {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		all++
		if strings.ContainsRune(said, r) {
			has++
		}
	}
	return all > 3 && has*4 >= all*3
}
