package recommend

import (
	"regexp"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// variantBehind is what follows a number that tells variants of a product apart.
var variantBehind = regexp.MustCompile(`(?i)^\s*(?:gb|tb|g|t|inch|寸|英寸)?\s*(?:version|one\b|model|variant|edition|版|款|的|那个|那款|内存|存储)`)

// readVariant reads a number that names a variant of the thing that the message
// names, or else of that in focus: "iphone 15 but the 256 version", 要256的那个.
func (t *turn) readVariant() error {
	toks := text.Tokens(clipped(t.text))
	for i, tok := range toks {
		if tok.Kind != text.Number || !variantBehind.MatchString(t.text[tok.End:]) || i > 0 && slices.Contains(bounding, toks[i-1].Text) {
			continue
		}
		for _, sv := range t.c.services {
			if sv.named == nil || len(sv.groups) == 0 {
				continue
			}
			if a, ok := t.variantAside(sv, tok); ok {
				t.asides = append(t.asides, a...)
				return nil
			}
		}
	}
	return nil
}

// bounding are words before a number that bounds something.
var bounding = []string{"under", "below", "over", "above", "least", "most", "than", "about", "around", "超", "过", "到", "约"}

func (t *turn) variantAside(sv *service, tok text.Token) ([]aside, bool) {
	id := ""
	var out []aside
	for _, m := range wholeNames(sv, t.text) {
		if m.Start < tok.End && tok.Start < m.End {
			return nil, false
		}
		if ids := sv.names.things(m.Value); len(ids) == 1 && m.End <= tok.Start {
			id, out = ids[0], []aside{{start: m.Start, end: m.End}}
		}
	}
	if value, ok := t.before.Focused(sv.named.full); ok && id == "" {
		if ids := sv.names.things(value); len(ids) == 1 {
			id = ids[0]
		}
	}
	if id == "" || t.hasNumber(sv, id, tok.Text) {
		return nil, false
	}
	var of []string
	for _, other := range t.variantsOf(sv, id)[1:] {
		if t.hasNumber(sv, other, tok.Text) {
			of = append(of, other)
		}
	}
	if len(of) != 1 {
		return nil, false
	}
	value := sv.names.value[of[0]]
	a := aside{start: tok.Start, end: tok.End, from: sv.named.full, acts: []dst.Act{{Kind: dst.Inform, Slot: sv.named.full, Op: dst.Eq, Value: value}, {Kind: dst.Select, Slot: sv.named.full, Op: dst.Eq, Value: value}}}
	if at := variantBehind.FindStringIndex(t.text[tok.End:]); at != nil {
		a.end += at[1]
	}
	return append(out, a), true
}

// hasNumber reports whether a thing's name has a number in it.
func (t *turn) hasNumber(sv *service, id, number string) bool {
	name := t.c.cfg.Graph.Name(t.ctx, id, t.c.cfg.Lang)
	return slices.ContainsFunc(text.Tokens(strings.ToLower(name)), func(tok text.Token) bool { return tok.Kind == text.Number && tok.Text == number })
}
