package recommend

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// A scale is how people speak of the two ends of what a slot measures. Scales
// without a measure go with any slot whose word stands beside: "the bigger
// screen", 续航最长.
type scale struct {
	measure    string // dimension of the slot's unit, or "moment"
	less, more ends
}

// ends are the words for one end of a scale, several separated by bars.
type ends struct {
	comparative, superlative string // of English: lighter, lightest
	plain                    string // English: light; "too light" wishes for the other end
	han                      string // of which 最轻, 更轻, 轻一点, 太轻 are made
}

var scales = []scale{
	{string(text.Currency),
		ends{"cheaper|less expensive|more affordable|lower priced|less costly|less money", "cheapest|least expensive|most affordable|lowest priced|best value", "cheap|affordable|inexpensive", "便宜|实惠|低价"},
		ends{"more expensive|pricier|dearer|more costly", "most expensive|priciest|dearest", "expensive|pricey|costly|dear", "贵|高价"}},
	{string(text.Mass),
		ends{"lighter|less heavy", "lightest|least heavy", "light|lightweight", "轻|轻便"},
		ends{"heavier", "heaviest", "heavy", "重|沉"}},
	{moment,
		ends{"older", "oldest", "old", "旧|老"},
		ends{"newer|more recent", "newest|latest|most recent", "new|recent", "新"}},
	{"",
		ends{"smaller|shorter|lower|fewer|less|thinner|slower|worse", "smallest|shortest|lowest|fewest|least|thinnest|slowest|worst", "small|short|low|thin|slow|bad", "小|短|低|少|慢|差"},
		ends{"bigger|larger|longer|higher|more|greater|faster|better|nicer|stronger|sharper", "biggest|largest|longest|highest|most|greatest|fastest|best|strongest|sharpest", "big|large|long|high|fast|good|strong", "大|长|高|多|快|好|强|久|清晰|清楚"}},
}

// moment is the measure of slots that hold days and times.
const moment = "moment"

// A degree says how strongly a word points at an end of a scale.
type degree uint8

const (
	plain       degree = iota // cheap, 便宜: a wish, or the question of which is so
	comparative               // cheaper, 便宜点, too expensive
	superlative               // cheapest, 最便宜
	asked                     // how heavy, 多重, so heavy: wishes for neither end
)

// scaleTerm is what a word of the scales means.
type scaleTerm struct {
	scale  int
	more   bool
	degree degree
}

var scaleTerms, scaleLexicon = newScaleLexicon()

func newScaleLexicon() ([]scaleTerm, *text.Lexicon) {
	var terms []scaleTerm
	var entries []text.Term
	add := func(words, prefix, suffix string, t scaleTerm) {
		for w := range strings.SplitSeq(words, "|") {
			entries = append(entries, text.Term{Text: prefix + w + suffix, ID: int32(len(terms)), Score: 1})
		}
		terms = append(terms, t)
	}
	for i, s := range scales {
		for _, more := range []bool{false, true} {
			e, other := s.less, s.more
			if more {
				e, other = s.more, s.less
			}
			add(e.comparative, "", "", scaleTerm{i, more, comparative})
			add(e.superlative, "", "", scaleTerm{i, more, superlative})
			add(e.plain, "", "", scaleTerm{i, more, plain})
			add(e.plain, "how ", "", scaleTerm{i, more, asked})
			add(e.han, "多", "", scaleTerm{i, more, asked})
			for _, not := range []string{"too ", "not too ", "not that ", "not so ", "not very ", "not as "} {
				add(other.plain, not, "", scaleTerm{i, more, comparative})
			}
			add(other.plain, "not ", "", scaleTerm{i, more, plain})
			add(other.han, "不", "", scaleTerm{i, more, plain})
			for w := range strings.SplitSeq(e.han, "|") {
				add(w+"不"+w, "", "", scaleTerm{i, more, asked})
			}
			for _, so := range []string{"so ", "that ", "这么", "那么", "这样"} { // "why is it so expensive?" wishes for no such thing
				add(e.plain+"|"+e.han, so, "", scaleTerm{i, more, asked})
			}
			add(e.han, "", "", scaleTerm{i, more, plain})
			add(e.han, "最", "", scaleTerm{i, more, superlative})
			add(other.han, "太", "", scaleTerm{i, more, comparative})
			for _, form := range [][2]string{{"更", ""}, {"再", ""}, {"", "一点"}, {"", "点"}, {"", "些"}, {"", "一些"}, {"", "一点点"}} {
				add(e.han, form[0], form[1], scaleTerm{i, more, comparative})
			}
		}
	}
	return terms, text.NewLexicon(entries, 0)
}

// A gauge is a word of a scale in a message with the slot that it is of.
type gauge struct {
	slot   *slot
	more   bool
	degree degree
	fixed  bool // the word itself says what is measured
	meant  bool // nothing in the message says what is measured
	start  int  // bytes of the word
	end    int
}

// measureOf is what a slot measures, and whether its values have an order.
func (c *core) measureOf(ctx context.Context, x *slot) (measure string, ordered bool, err error) {
	if len(x.hops) != 1 || x.hops[0].inverse || x.via != nil || x.Names || len(x.hops[0].variants) != 1 {
		return "", false, nil
	}
	facets, err := c.cfg.Graph.Facets(ctx, x.service.base, x.path)
	if err != nil || len(facets) == 0 {
		return "", false, err
	}
	for _, f := range facets {
		if k := f.Value.Kind(); k != kg.Number && k != kg.Moment {
			return "", false, nil
		}
	}
	_, unit, number := facets[0].Value.Number()
	switch units := text.LookupUnits(unit); {
	case !number:
		return moment, true, nil
	case isCurrency(unit):
		return string(text.Currency), true, nil
	case len(units) > 0:
		return string(units[0].Dim), true, nil
	}
	return "", true, nil
}

// readScales notes what the slots of a service measure and how they are
// called.
func (c *core) readScales(ctx context.Context, s *service) error {
	if s.binding == nil {
		return nil
	}
	var terms []text.Term
	for i, x := range s.slots {
		var err error
		if x.measure, x.ordered, err = c.measureOf(ctx, x); err != nil {
			return err
		}
		if x.measure == string(text.Currency) {
			facets, err := c.cfg.Graph.Facets(ctx, x.service.base, x.path)
			if err != nil {
				return err
			}
			x.currency = currencyOf(facets)
		}
		for _, w := range append([]string{spaced(x.Name)}, x.Aliases...) {
			if x.ordered {
				terms = append(terms, text.Term{Text: w, ID: int32(i), Score: 1})
			}
		}
	}
	s.measured = text.NewLexicon(terms, 0)
	return nil
}

// gauges finds the words of scales in a message about a service, each with its
// slot: the one whose word stands closest, or the first that is measured so.
func (sv *service) gauges(message string) []gauge {
	if sv.measured == nil {
		return nil
	}
	toks := text.Tokens(clipped(message))
	found := scaleLexicon.Find(toks)
	if len(found) == 0 {
		return nil
	}
	words := sv.measured.Find(toks)
	names := wholeNames(sv, message)
	var out []gauge
	for _, m := range found {
		t := scaleTerms[m.ID]
		s := scales[t.scale]
		x := sv.closest(words, m, s.measure, toks)
		if x == nil && s.measure != "" {
			if i := slices.IndexFunc(sv.slots, func(x *slot) bool { return x.ordered && x.measure == s.measure }); i >= 0 {
				x = sv.slots[i]
			}
		}
		if x == nil && t.degree == plain {
			x = sv.clipped(toks, m)
		}
		meant := x == nil
		if meant {
			x = sv.meantBy(toks, m, t)
		}
		if x == nil || t.degree == asked || compounded(message, toks[m.Last-1].Start) || slices.ContainsFunc(names, func(n dst.Mention) bool { return n.Start < toks[m.Last-1].End && toks[m.First].Start < n.End }) {
			continue
		}
		g := gauge{x, t.more, t.degree, s.measure != "", meant, toks[m.First].Start, toks[m.Last-1].End}
		if s.measure == "" && x.measure == string(text.Currency) && judges(toks[m.First:m.Last]) {
			g.more = !g.more // a better price is a lower one
		}
		if !slices.ContainsFunc(out, func(o gauge) bool { return o.slot == x }) {
			out = append(out, g)
		}
	}
	return out
}

// meantBy is what a comparative is of that says nothing of it: "anything
// bigger?" is of a size, "anything nicer?" of that by which things are ranked.
func (sv *service) meantBy(toks []text.Token, m text.Match, t scaleTerm) *slot {
	words := toks[m.First:m.Last]
	sized := slices.ContainsFunc(words, func(t text.Token) bool {
		return slices.Contains([]string{"bigger", "larger", "smaller", "biggest", "largest", "smallest", "大", "小"}, t.Text)
	})
	i := -1
	switch {
	case sized && t.degree != plain:
		i = slices.IndexFunc(sv.slots, func(x *slot) bool { return x.ordered && x.measure == string(text.Length) })
	case t.degree == comparative && judges(words) && toks[m.First].Text != "更" && len(sv.binding.Order) > 0 && sv.binding.Order[0].Desc:
		i = slices.IndexFunc(sv.slots, func(x *slot) bool { return x.ordered && x.path == sv.binding.Order[0].Predicate })
	}
	if i < 0 {
		return nil
	}
	return sv.slots[i]
}

// wholeNames are the names of things in a message; 新 in 小新 says nothing of age.
func wholeNames(sv *service, message string) []dst.Mention {
	if sv.named == nil {
		return nil
	}
	return slices.DeleteFunc(sv.named.Type.Find(dst.NewText(clipped(message), time.Time{})), func(m dst.Mention) bool { return m.Score < wholeName })
}

// judges reports whether words say good or bad rather than much or little.
func judges(toks []text.Token) bool {
	return slices.ContainsFunc(toks, func(t text.Token) bool {
		return slices.Contains([]string{"better", "nicer", "best", "good", "worse", "worst", "bad", "好", "差"}, t.Text)
	})
}

// near is how many tokens may lie between a word of a scale and its slot's.
const near = 2

// closest is the slot whose word stands closest to a word of a scale, in the
// same clause.
func (sv *service) closest(words []text.Match, m text.Match, measure string, toks []text.Token) *slot {
	var best *slot
	least := near + 1
	for _, w := range words {
		gap := max(w.First-m.Last, m.First-w.Last)
		x := sv.slots[w.ID]
		if gap >= least || measure != "" && x.measure != measure {
			continue
		}
		between := toks[min(m.Last, w.Last):max(m.First, w.First, min(m.Last, w.Last))]
		if slices.ContainsFunc(between, func(t text.Token) bool { return strings.ContainsAny(t.Text, clauseEnds) }) {
			continue
		}
		best, least = x, max(gap, 0)
	}
	return best
}

// compounds are Chinese words that have a word of a scale in them and say
// nothing of it: 重复, to repeat, is not heavy.
var compounds = []string{"重复", "重新", "重来", "重要", "重点"}

// compounded reports whether a compound begins, or goes on, at a byte of the
// message.
func compounded(message string, at int) bool {
	return slices.ContainsFunc(compounds, func(word string) bool {
		first := len("重")
		return strings.HasPrefix(message[at:], word) || at >= first && strings.HasPrefix(message[at-first:], word)
	})
}
