package recommend

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// readSorts notes which texts end in others: an iced latte is a latte, 椒盐杏鲍菇
// is 杏鲍菇. In both languages the last word says what a thing is, and those
// before it of what sort. Who asks for the one is content with the other.
func (d *domain) readSorts() {
	d.sorts = map[kg.Value][]kg.Value{}
	values := slices.SortedFunc(maps.Keys(d.toSlot), func(a, b kg.Value) int { return cmp.Compare(a.String(), b.String()) })
	values = slices.DeleteFunc(values, func(v kg.Value) bool { return v.Kind() != kg.String })
	texts := map[string][]kg.Value{} // by their words, which several may share: "Latte", "latte"
	for _, v := range values {
		words := strings.Join(headWords(v.String()), " ")
		texts[words] = append(texts[words], v)
	}
	for _, v := range values {
		words := headWords(v.String())
		for i := 1; i < len(words); i++ {
			if !says(words[i:]) {
				continue
			}
			for _, kind := range texts[strings.Join(words[i:], " ")] {
				d.sorts[kind] = append(d.sorts[kind], v)
			}
		}
	}
}

// headWords are the words of a value, of Chinese the single characters.
func headWords(s string) []string {
	var out []string
	for _, tok := range text.Tokens(s) {
		out = append(out, tok.Text)
	}
	return out
}

// says reports whether words are enough to tell what something is: one of
// letters, or two characters.
func says(words []string) bool {
	first := []rune(words[0])
	return len(words) > 1 || len(first) > 1 && !text.IsHan(first[0]) && (first[0] < '0' || first[0] > '9')
}
