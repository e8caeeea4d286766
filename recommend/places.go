package recommend

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

var ordinalWords = []struct{ words, digits string }{
	{"first", "1st"}, {"second", "2nd"}, {"third", "3rd"}, {"fourth", "4th"}, {"fifth", "5th"},
}

var (
	firstFew  = regexp.MustCompile(`(?:first|top|前)\s?(two|three|four|2|3|4|两|二|三|四)`)
	lastFew   = regexp.MustCompile(`(?:last|bottom|最后|后)\s?(?:的)?(two|three|four|2|3|4|两|二|三|四)(?:个|款|台|部|家)?`)
	fromEnd   = regexp.MustCompile(`倒数第?([一二两三四五1-5])个?|second to last|last but one`)
	zhPlaces  = regexp.MustCompile(`第\s?([一二三四五1-5])`)
	middle    = regexp.MustCompile(`\b(?:the )?middle (?:one|option)?|中间(?:那个|那款|那台|那部|的那个|这个|的)?`)
	lastOne   = regexp.MustCompile(`\b(?:the )?last (?:one|option)\b|\bthe last\b|最后(?:一)?(?:个|款|台|部|家)|最后那[个款台部家]`)
	bareDigit = regexp.MustCompile(`(?:^|[^\p{L}\d.#])(?:number |no\.? ?|#)?([1-5])(?:号)?(?:$|[^\p{L}\d.%]|和|跟|与|比|哪|、)`)
	listed    = regexp.MustCompile(`(?:^|[^\p{L}\d.])(?:number |no\.? ?|#)?[1-5]号?\s?(?:and|or|vs\.?|versus|&|,|、|和|跟|与|还是|或|或者)\s?(?:number |no\.? ?|#)?[1-5](?:号|$|[^\p{L}\d.%]|哪|比|有|的|对)`)
	smallHan  = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "two": 2, "three": 3, "four": 4}
)

func small(word string) int { return numeral(word, smallHan) }

// numeral is the number that a word stands for, in digits or among names, and 0
// for what is none.
func numeral(word string, names map[string]int) int {
	if n, ok := names[word]; ok {
		return n
	}
	n, err := strconv.Atoi(word)
	if err != nil {
		return 0
	}
	return n
}

// placeWords are words without one of which a message points at no place.
var placeWords = []string{"first", "second", "third", "fourth", "fifth", "last", "middle", "top", "bottom", "1", "2", "3", "4", "5", "第", "前", "后", "中间"}

// places are the places in a list of n things that a message points at, from 0.
func places(message string, n int) []int {
	folded := text.Fold(message)
	if !containsAny(folded, placeWords) {
		return nil
	}
	if out := runOf(folded, n); out != nil {
		return out
	}
	var out []int
	add := func(i int) {
		if i >= 0 && !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	for i, o := range ordinalWords {
		if containsAny(" "+folded+" ", []string{o.words, " " + o.digits}) {
			add(i)
		}
	}
	for _, m := range zhPlaces.FindAllStringSubmatch(folded, -1) {
		add(small(m[1]) - 1)
	}
	if middle.MatchString(folded) && n%2 == 1 {
		add(n / 2)
	}
	if lastOne.MatchString(folded) {
		add(n - 1)
	}
	for rest := folded; listed.MatchString(folded); {
		m := bareDigit.FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		add(small(rest[m[2]:m[3]]) - 1)
		rest = " " + rest[m[3]:]
	}
	slices.Sort(out)
	return out
}

// runOf are places that are counted from an end: the first three, the last two,
// the second to last.
func runOf(folded string, n int) []int {
	if m := firstFew.FindStringSubmatch(folded); m != nil {
		return span(0, small(m[1]))
	}
	if m := lastFew.FindStringSubmatch(folded); m != nil && small(m[1]) <= n {
		return span(n-small(m[1]), n)
	}
	if m := fromEnd.FindStringSubmatch(folded); m != nil {
		back := 2
		if m[1] != "" {
			back = small(m[1])
		}
		return span(max(0, n-back), max(0, n-back)+1)
	}
	return nil
}

func span(from, to int) []int {
	var out []int
	for i := from; i < to; i++ {
		out = append(out, i)
	}
	return out
}

// ordinals are the places that a message points at in what was offered last.
func (t *turn) ordinals() []int {
	n := 0
	if sv := t.c.serviceOf(lastSlot(t.before.Offered)); sv != nil && sv.named != nil {
		n = len(distinct(t.offeredIDs(sv)))
	}
	return places(t.text, n)
}

// pointings reads what points at places in the list that the tracker knows
// nothing of, "the middle one", 倒数第二个, and keeps it from taking "1 and 3"
// for numbers.
func (t *turn) pointings(sv *service) ([]aside, error) {
	ids := distinct(t.offeredIDs(sv))
	folded := text.Fold(t.text)
	if len(ids) < 2 {
		return t.pointsBeyond(folded), nil
	}
	if len(folded) != len(t.text) || !containsAny(folded, placeWords) { // places in one must be places in the other
		return nil, nil
	}
	var out []aside
	for _, re := range []*regexp.Regexp{fromEnd, lastFew, firstFew, listed, middle, lastOne} {
		at := re.FindStringIndex(folded)
		if at == nil {
			continue
		}
		a := aside{start: at[0], end: at[1]}
		if pointed := places(folded, len(ids)); len(pointed) == 1 && re != listed && re != lastFew && re != firstFew {
			a.acts = []dst.Act{{Kind: dst.Select, Slot: sv.named.full, Op: dst.Eq, Value: sv.names.value[ids[pointed[0]]]}}
		}
		out = append(out, a)
	}
	return out, nil
}

var refusals = []string{"neither", "neither of them", "neither of these", "none of them", "none of these", "none of those", "not any of these", "not any of them", "i like none of them", "i don't like any of them", "i don't like any of these", "都不要", "都不喜欢", "都不行", "都不好", "都不想要", "都不合适", "都不满意", "一个都不要", "一个都不喜欢", "没一个喜欢的", "没有喜欢的", "没有合适的", "这些都不要", "这几个都不要"}

// refusesAll reads that none of what was offered will do as a wish for others.
func (t *turn) refusesAll(sv *service) ([]aside, error) {
	said := strings.Trim(text.Fold(t.text), " .!?。！？，,")
	for _, prefix := range []string{"no, ", "hmm, ", "well, ", "不, ", "嗯, "} {
		said = strings.TrimPrefix(said, prefix)
	}
	if len(said) > 40 || !slices.Contains(refusals, said) || len(t.before.Offered) == 0 {
		return nil, nil
	}
	return []aside{{0, len(t.text), []dst.Act{{Kind: dst.More}}, sv.named.full}}, nil
}

// pointsBeyond keeps places that are compared, of which there are not so many,
// from being taken for numbers.
func (t *turn) pointsBeyond(folded string) []aside {
	if len(folded) != len(t.text) || !containsAny(" "+folded+" ", compareWords) {
		return nil
	}
	for _, re := range []*regexp.Regexp{listed, firstFew, lastFew} {
		if at := re.FindStringIndex(folded); at != nil {
			return []aside{{start: at[0], end: at[1]}}
		}
	}
	return nil
}
