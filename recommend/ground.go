package recommend

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// A checker checks the sentences of one text, in order, against a request.
type checker struct {
	c *core
	r Request
	g *grounds
}

func (c *core) newChecker(r Request) *checker { return &checker{c: c, r: r, g: newGrounds(r)} }

// refuses says why a text with this sentence cannot stand at all.
func (k *checker) refuses(string) string { return "" }

// sentence checks one sentence.
func (k *checker) sentence(s string) Sentence {
	out := Sentence{Text: s}
	fail := func(kind ClaimKind, words string, err error) {
		if err != nil {
			out.Claims = append(out.Claims, Claim{Kind: kind, Text: words, Reason: err.Error()})
		}
	}
	for _, link := range links.FindAllString(s, -1) {
		if !strings.Contains(k.g.allText, strings.TrimRight(link, ".,;!?)")) {
			fail(ClaimLink, link, errors.New("no fact has it"))
		}
	}
	fail(ClaimName, s, k.c.groundNames(k.g, k.r, s))
	fail(ClaimNumber, s, k.c.groundLine(k.g, s))
	return out
}

// missing are the steps that a text does not say.
func (k *checker) missing(v *Verdict) []Step {
	var out []Step
	for _, s := range k.r.Steps {
		left := s
		left.Items = nil
		for _, item := range s.Items {
			if !slices.ContainsFunc(k.g.mentions(v.Text), func(m nameMention) bool { return m.name == item.Name }) {
				left.Items = append(left.Items, item)
			}
		}
		if left.Kind == StepOffer && len(left.Items) < len(s.Items) {
			left.Kind = StepMore
		}
		if len(left.Items) > 0 {
			out = append(out, left)
		}
	}
	return out
}

// wholeName is the score from which a mention is a whole name rather than a
// part of one or a misspelling.
const wholeName = 0.9

var links = regexp.MustCompile(`(?i)(https?://|www\.)[^\s，。）)]+`)

// grounds is what a text may claim.
type grounds struct {
	things  map[string]map[string]bool // numbers by the key of the thing's name
	names   *dst.Gazetteer             // of things
	shared  map[string]bool            // numbers that any sentence may have
	units   map[string]map[string]bool // by number: what it counts where it stands in the request, see measured
	most    int64                      // the highest number of a list entry
	all     strings.Builder
	allText string
}

func newGrounds(r Request) *grounds {
	g := &grounds{things: map[string]map[string]bool{}, shared: map[string]bool{}, units: map[string]map[string]bool{}}
	for _, f := range r.Wishes {
		g.share(f.Value)
	}
	for _, f := range r.Facts {
		g.of(f.Thing, f.Value)
		g.of(f.Thing, f.Source.Object.String())
		g.share(f.Attribute + " " + strconv.Itoa(f.Of))
	}
	for _, s := range r.Steps {
		g.step(s)
	}
	for _, item := range r.Items {
		g.of(item.Name, "")
		g.share(item.Name)
		for _, f := range item.Why {
			g.of(item.Name, f.Object.String())
		}
	}
	var entries []dst.Entry
	for _, name := range sortedKeys(g.things) {
		entries = append(entries, dst.Entry{Value: name})
	}
	g.names = dst.NewGazetteerWith(&dst.GazetteerOptions{MinTypo: -1}, entries...)
	g.allText = g.all.String()
	return g
}

// step notes what a step says in words and how much there is of it.
func (g *grounds) step(s Step) {
	for _, words := range append([]string{s.Text, s.Label, s.Thing}, s.Lines...) {
		g.share(words)
	}
	for _, n := range []int{s.Count, len(s.Items), len(s.Facts), s.Count - len(distinct(values(s.Facts))), s.Count - len(s.Items)} {
		g.share(strconv.Itoa(n))
	}
	for _, f := range append(slices.Clone(s.Facts), s.Bounds...) {
		if f.Thing == "" {
			g.share(f.Value)
		}
	}
	g.most = max(g.most, int64(len(s.Lines)), int64(len(s.Items)))
}

// share notes words that any sentence may have.
func (g *grounds) share(s string) {
	g.note(g.shared, s)
	g.all.WriteString(s + "\n")
}

// of notes the numbers of a thing's value.
func (g *grounds) of(thing, value string) {
	g.all.WriteString(thing + "\n" + value + "\n")
	if thing == "" {
		g.note(g.shared, value)
		return
	}
	if g.things[thing] == nil {
		g.things[thing] = map[string]bool{}
	}
	g.note(g.things[thing], value)
}

// note adds the numbers of a text that may be told to a set.
func (g *grounds) note(set map[string]bool, s string) {
	counted := measured(s)
	for _, n := range numbersIn(s) {
		set[n.value] = true
		if g.units[n.value] == nil {
			g.units[n.value] = map[string]bool{}
		}
		if len(counted[n.start]) == 0 {
			g.units[n.value][""] = true // a bare number may be of any unit
		}
		for unit := range counted[n.start] {
			g.units[n.value][unit] = true
		}
	}
}

// groundLine checks the numbers of one line. A number after the name of a
// thing belongs to that thing, up to the next name or the end of the line; one
// before any name may be of any thing.
func (c *core) groundLine(g *grounds, line string) error {
	mentions, counted := g.mentions(line), measured(line)
	for i, n := range numbersIn(line) {
		if !inside(mentions, n) && len(g.units[n.value]) > 0 && g.otherUnit(n.value, counted[n.start]) {
			return fmt.Errorf("the generated text claims %q in another unit than the facts have", line[n.start:n.end])
		}
		if g.shared[n.value] || inside(mentions, n) || i == 0 && g.marksEntry(line, n) {
			continue
		}
		owner := ""
		for _, m := range mentions {
			if m.end <= n.start {
				owner = m.name
			}
		}
		ok := g.things[owner][n.value]
		if owner == "" {
			for _, set := range g.things {
				ok = ok || set[n.value]
			}
		}
		switch {
		case !ok && owner != "":
			return fmt.Errorf("the generated text claims %q of %s, which no fact supports", line[n.start:n.end], owner)
		case !ok:
			return fmt.Errorf("the generated text claims %q, which no fact supports", line[n.start:n.end])
		}
	}
	return nil
}

type nameMention struct {
	name       string
	start, end int
}

// mentions finds the names of the request's things in a line.
func (g *grounds) mentions(line string) []nameMention {
	var out []nameMention
	for _, m := range g.names.Find(dst.NewText(line, time.Time{})) {
		if m.Score >= wholeName {
			out = append(out, nameMention{m.Value, m.Start, m.End})
		}
	}
	return out
}

func inside(mentions []nameMention, n number) bool {
	return slices.ContainsFunc(mentions, func(m nameMention) bool { return m.start <= n.start && n.end <= m.end })
}

// marksEntry reports whether a number is the mark of a list entry: "2. ".
func (g *grounds) marksEntry(line string, n number) bool {
	if strings.TrimLeft(line[:n.start], " \t-*#(") != "" || !n.digits {
		return false
	}
	d, err := decimal.NewFromString(n.value)
	return err == nil && d.IsInteger() && d.IntPart() >= 1 && d.IntPart() <= g.most
}

// groundNames checks that every thing the text names is one of the request.
func (c *core) groundNames(g *grounds, r Request, s string) error {
	txt := dst.NewText(s, c.cfg.Now())
	var errs []error
	for _, sv := range c.services {
		if sv.named == nil || sv.names == nil {
			continue
		}
		for _, m := range sv.named.Type.Find(txt) {
			if m.Score < wholeName {
				continue
			}
			spelling := s[m.Start:m.End]
			if !slices.ContainsFunc(sv.names.things(m.Value), func(id string) bool { return r.mentions(id) }) && !g.has(spelling) {
				errs = append(errs, fmt.Errorf("the generated text names %q, which is not part of the answer", spelling))
			}
		}
	}
	if len(errs) > 0 {
		return errs[0]
	}
	return c.groundReferences(g, txt)
}

// groundReferences does the same for the things that slots refer to: brands.
func (c *core) groundReferences(g *grounds, txt *dst.Text) error {
	for _, sv := range c.services {
		for _, x := range sv.slots {
			if x.domain == nil || x.Names || x.Of != "" || len(x.domain.kinds) != 1 || !slices.ContainsFunc(sortedKinds(x.domain), isThing) {
				continue
			}
			for _, m := range x.Type.Find(txt) {
				if spelling := txt.Raw[m.Start:m.End]; m.Score >= wholeName && !g.has(spelling) && !g.has(m.Value) {
					return fmt.Errorf("the generated text names %q, which is not part of the answer", spelling)
				}
			}
		}
	}
	return nil
}

// has reports whether a name stands in what the text may tell.
func (g *grounds) has(name string) bool {
	return strings.Contains(text.Fold(g.allText), text.Fold(name)) || strings.Contains(text.Key(g.allText), text.Key(name))
}

// mentions reports whether a thing is part of the request.
func (r Request) mentions(id string) bool {
	return slices.ContainsFunc(r.Items, func(i Item) bool { return i.ID == id }) || slices.ContainsFunc(r.Facts, func(f Fact) bool {
		to, _ := f.Source.Object.ID()
		return f.Source.Subject == id || to == id
	})
}
