package recommend

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// grounds is what a text may claim: the facts of a request by the thing that
// they are of, its wishes, and the words of its steps.
type grounds struct {
	things  []*subject
	shared  []*known // facts of no thing
	wishes  []*known // what the user wants or asks about
	counts  map[string]bool
	quotes  []string      // words of steps that may be said as they stand
	names   *text.Lexicon // of things and parts of their names; ids are of things
	all     strings.Builder
	allText string // all words of the request but the user's, folded
	allKey  string
	steps   string // the words of the steps, folded
	most    int64  // the highest number of a list entry
}

// leastQuote is how many bytes the words of a step must have to be quoted.
const leastQuote = 12

// A subject is a thing that the request tells of.
type subject struct {
	name  string
	ids   []string
	facts []*known
}

// known is a fact, or a wish, as texts are compared with it.
type known struct {
	Fact
	path    string // of its slot
	slot    *slot  // nil where no slot reads it
	amounts []amount
	days    []time.Time
	folded  string // its value
	label   string // its attribute, folded
}

func (c *core) newGrounds(r Request) *grounds {
	g := &grounds{counts: map[string]bool{}}
	for _, item := range r.Items {
		g.thing(item.Name, item.ID)
	}
	for _, f := range r.Facts {
		g.fact(c, f)
	}
	for _, f := range r.Wishes {
		g.wishes = append(g.wishes, c.know(f))
		g.all.WriteString(f.Attribute + " " + f.Value + "\n")
	}
	var steps strings.Builder
	for _, s := range r.Steps {
		g.step(c, s, &steps)
	}
	var about []string
	for _, s := range r.Steps {
		about = append(about, s.Thing)
	}
	g.counts[strconv.Itoa(len(distinct(about)))] = true
	for _, item := range r.Items {
		t := g.thing(item.Name, item.ID)
		for _, f := range item.Why {
			g.why(c, t, f, r.Lang)
		}
	}
	g.steps = text.Fold(steps.String())
	g.allText = text.Fold(g.all.String()) + g.steps
	g.allKey = text.Key(g.allText)
	g.indexNames(c)
	return g
}

// thing is the subject of that name, a new one where there is none.
func (g *grounds) thing(name, id string) *subject {
	i := slices.IndexFunc(g.things, func(t *subject) bool { return t.name == name })
	if i < 0 {
		i = len(g.things)
		g.things = append(g.things, &subject{name: name})
		g.all.WriteString(name + "\n")
	}
	if t := g.things[i]; id != "" && !slices.Contains(t.ids, id) {
		t.ids = append(t.ids, id)
	}
	return g.things[i]
}

// named is the subject of that name with the things that bear it; id is one
// where no service knows the name. A fact that is read backwards is of another
// thing than it is told of.
func (g *grounds) named(c *core, name, id string) *subject {
	for _, sv := range c.services {
		for _, of := range sv.names.things(name) {
			g.thing(name, of)
			id = ""
		}
	}
	return g.thing(name, id)
}

// fact notes a fact of the request, and the thing that it leads to.
func (g *grounds) fact(c *core, f Fact) {
	k := c.know(f)
	g.all.WriteString(f.Attribute + " " + f.Value + "\n")
	if f.Of > 0 {
		g.counts[strconv.Itoa(f.Of)] = true
	}
	if f.Thing == "" {
		g.shared = append(g.shared, k)
		return
	}
	t := g.named(c, f.Thing, f.Source.Subject)
	t.facts = append(t.facts, k)
	if f.Source.Object.IsRef() && k.slot != nil && (c.refersToThings(k.slot) || k.slot.Of != "" || k.slot.RequestOnly) {
		g.named(c, f.Value, "")
	}
}

// why notes a fact by which an item meets a wish.
func (g *grounds) why(c *core, t *subject, f kg.Fact, lang string) {
	if slices.ContainsFunc(t.facts, func(k *known) bool { return k.Source == f }) {
		return
	}
	k := &known{Fact: Fact{Thing: t.name, Source: f, Value: f.Object.String()}}
	for _, x := range c.slots {
		if x.path == f.Predicate && x.path != "" && (k.slot == nil || x.full < k.slot.full) {
			k.slot, k.path = x, x.path
		}
	}
	if k.slot != nil {
		k.Value = c.wordedSlot(k.slot, c.slotValue(k.slot, f.Object), lang)
		k.Attribute = c.label(k.slot, lang)
	}
	k.read()
	t.facts = append(t.facts, k)
}

// step notes what a step says in words and how much there is of it.
func (g *grounds) step(c *core, s Step, words *strings.Builder) {
	for _, w := range append([]string{s.Text, s.Label, s.Thing, s.Phrase}, s.Lines...) {
		words.WriteString(w + "\n")
	}
	for _, name := range c.namesIn(s.Thing) {
		g.named(c, name, "")
	}
	for _, n := range []int{s.Count, len(s.Items), len(s.Facts), len(s.Lines), s.Count - len(distinct(values(s.Facts))), s.Count - len(s.Items)} {
		if n > 0 {
			g.counts[strconv.Itoa(n)] = true
		}
	}
	for _, w := range append([]string{s.Text, s.Phrase}, s.Lines...) {
		if !slices.Contains([]StepKind{StepMissing, StepNotFound, StepYes, StepNo}, s.Kind) && len(w) >= leastQuote {
			g.quotes = append(g.quotes, strings.TrimRight(w, ".。!！"))
		}
		k := &known{Fact: Fact{Value: w, Op: s.Op, Attribute: s.Label}}
		k.read()
		if asked := s.Kind == StepYes || s.Kind == StepNo; asked {
			g.wishes = append(g.wishes, c.withSlot(k))
		} else {
			g.shared = append(g.shared, k)
		}
	}
	for _, f := range slices.Concat(s.Facts, s.Bounds) {
		switch {
		case f.ID == "" && f.Op != "" && f.Thing == "":
			g.wishes = append(g.wishes, c.know(f))
			words.WriteString(f.Attribute + " " + f.Value + "\n")
		case f.Thing == "":
			g.shared = append(g.shared, c.know(f))
		}
	}
	g.most = max(g.most, int64(len(s.Lines)), int64(len(s.Items)))
}

// namesIn are the things that a step is about; several are joined as in a
// sentence.
func (c *core) namesIn(s string) []string {
	isName := func(name string) bool {
		return slices.ContainsFunc(c.services, func(sv *service) bool { return len(sv.names.things(name)) > 0 })
	}
	if s == "" || isName(s) {
		return strings.Split(s, "\n")[:min(len(s), 1)]
	}
	var out []string
	for _, name := range strings.FieldsFunc(strings.NewReplacer(" and ", "\n", ", ", "\n", "、", "\n", "和", "\n").Replace(s), func(r rune) bool { return r == '\n' }) {
		if isName(name) {
			out = append(out, name)
		}
	}
	return out
}

// know prepares a fact or wish to be compared with.
func (c *core) know(f Fact) *known {
	k := &known{Fact: f}
	k.read()
	return c.withSlot(k)
}

// withSlot finds the slot that a fact is told under: by its predicate, or by
// its label where the path to it is longer.
func (c *core) withSlot(k *known) *known {
	for _, sv := range c.services {
		for _, x := range sv.slots {
			direct := x.path != "" && x.path == k.Source.Predicate
			if direct || k.slot == nil && x.path != "" && k.Attribute != "" && (c.label(x, "en") == k.Attribute || c.label(x, "zh") == k.Attribute) {
				k.slot, k.path = x, x.path
			}
			if direct {
				return k
			}
		}
	}
	return k
}

// read finds the amounts and days of the value.
func (k *known) read() {
	k.folded, k.label = text.Fold(k.Value), text.Fold(k.Attribute)
	toks := text.Tokens(k.Value)
	for i, d := range text.FindDates(toks, time.Time{}, false) {
		if k.days = append(k.days, d.From); i == 0 { // the numbers of a day are no amounts
			toks = slices.Delete(toks, d.First, d.Last)
		}
	}
	if t, ok := k.Source.Object.Time(); ok {
		k.days = append(k.days, time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))
	}
	k.amounts = amountsIn(k.Value, toks)
	if n, unit, ok := k.Source.Object.Number(); ok {
		k.amounts = append(k.amounts, amountOf(n, unit))
	}
}

// has reports whether words stand in what the text may tell.
func (g *grounds) has(words string) bool {
	return strings.Contains(g.allText, text.Fold(words)) || strings.Contains(g.allKey, text.Key(words))
}
