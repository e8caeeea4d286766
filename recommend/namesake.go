package recommend

import (
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Words around a number that stands for a name: "the 16", "and 16?", 16呢.
var (
	beforeNumber = []string{"the", "about", "and", "那", "个", "荐", "要"}
	behindNumber = []string{"and", "or", "is", "has", "does", "do", "in", "with", "fit", "instead", "then", "的", "呢", "和", "跟", "与", "比", "能", "有", "怎", "吗", "好", "行", "可", "多"}
)

// maxElliptic is how many words a message has that is hardly more than a number.
const maxElliptic = 3

// spellOut writes the name out where a number calls a thing by what tells its
// name from one talked about: after the iPhone 15, "and the 16?" is read as "and
// the iPhone 16?".
func (t *turn) spellOut() {
	if len(t.before.Offered)+len(t.before.Focus) == 0 || len(t.text) > dst.MaxMessage || t.heard != nil {
		return
	}
	toks := text.Tokens(t.text)
	for i, tok := range toks {
		if tok.Kind != text.Number || !standsForName(toks, i) {
			continue
		}
		for _, sv := range t.c.services {
			if sv.named == nil || sv.names == nil || sv.binding == nil {
				continue
			}
			if name := t.renumbered(sv, tok.Text); name != "" {
				t.text = t.text[:tok.Start] + name + t.text[tok.End:]
				return
			}
		}
	}
}

func standsForName(toks []text.Token, i int) bool {
	last := i+1 == len(toks) || toks[i+1].Kind == text.Symbol
	if !last && !slices.Contains(behindNumber, toks[i+1].Text) {
		return false
	}
	words := 0
	for _, tok := range toks {
		if tok.Kind != text.Symbol {
			words++
		}
	}
	if words <= maxElliptic {
		return words > 1 && (i == 0 || toks[i-1].Kind == text.Symbol || slices.Contains(beforeNumber, toks[i-1].Text))
	}
	return i > 0 && slices.Contains(beforeNumber, toks[i-1].Text) || !last && toks[i+1].Kind == text.Han && (i == 0 || toks[i-1].Kind == text.Symbol)
}

// renumbered is the name of a thing that is that of one talked about but for a
// number; "" where there is none, or the number is rather a place in a list.
func (t *turn) renumbered(sv *service, number string) string {
	var ids []string
	for _, c := range append(slices.Clone(t.before.Focus), t.before.Offered...) {
		if c.Slot == sv.named.full {
			ids = append(ids, sv.names.things(c.Value)...)
		}
	}
	if n := small(number); n > 0 && n <= len(distinct(t.offeredIDs(sv))) {
		return ""
	}
	for _, e := range sv.names.entries {
		if !slices.ContainsFunc(sv.names.things(e.Value), func(id string) bool { return slices.Contains(ids, id) }) {
			continue
		}
		for _, name := range append([]string{e.Value}, e.Aliases...) {
			if other := withNumber(name, number); len(sv.names.things(other)) > 0 {
				return other
			}
		}
	}
	return ""
}

// withNumber is a name with its first number changed; "" where it has none.
func withNumber(name, number string) string {
	for _, tok := range text.Tokens(name) {
		if tok.Kind == text.Number {
			return name[:tok.Start] + number + name[tok.End:]
		}
	}
	return ""
}
