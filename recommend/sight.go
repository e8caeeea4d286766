package recommend

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
)

// Bounds on what is taken of a description.
const (
	maxCaption  = 500 // runes
	maxSeen     = 50  // acts
	maxEntities = 20
	maxFree     = 100 // bytes of a value whose type reads none, such as free text
	leastSeen   = 0.1 // probability below which a thing or value is not even asked about
)

// view has one picture described.
func (t *turn) view(p Part) (Description, error) {
	scene := t.scene()
	st := t.beginWith(Stage{Name: StageDescribe, Part: p})
	out, err := guarded(t, func(ctx context.Context) (Description, error) {
		return t.c.cfg.Describer.Describe(ctx, p, scene)
	})
	if st.done(t, err) != nil {
		return Description{}, fmt.Errorf("the describer failed: %w", err)
	}
	return out, nil
}

// cleaned is a description within bounds and fit for the trace, with what had
// to be left out.
func (d Description) cleaned() (out Description, refused []string) {
	out.Caption = oneLine(strings.ToValidUTF8(d.Caption, ""))
	if r := []rune(out.Caption); len(r) > maxCaption {
		out.Caption = string(r[:maxCaption])
	}
	for _, s := range d.Acts {
		err := cmp.Or(checkScore(s.P), s.Act.Validate())
		if err == nil && !utf8.ValidString(s.Act.Slot+s.Act.Value) {
			err = errors.New("it is no valid UTF-8")
		}
		switch {
		case err != nil:
			refused = append(refused, refusal(s.Act.String(), s.P, err))
		case len(out.Acts) < maxSeen:
			out.Acts = append(out.Acts, s)
		}
	}
	for _, e := range d.Entities {
		e.Name, e.ID = oneLine(strings.ToValidUTF8(e.Name, "")), strings.ToValidUTF8(e.ID, "")
		switch err := checkScore(e.P); {
		case err != nil:
			refused = append(refused, refusal(quotedOr(e.Name, e.ID), e.P, err))
		case len(out.Entities) < maxEntities:
			out.Entities = append(out.Entities, e)
		}
	}
	return out, refused[:min(len(refused), maxSeen)]
}

func refusal(what string, p float64, err error) string {
	if len(what) > 2*maxFree {
		what = what[:2*maxFree] + "…"
	}
	return strings.ToValidUTF8(fmt.Sprintf("%s p=%.2f: %v", what, p, err), "")
}

// A candidate is a thing, or several of one name, that a picture may show.
type candidate struct {
	service *service
	value   string
	ids     []string
	p       float64
	text    string // what it was called
	picture int    // of the message, from 1
}

// propose enters what a picture shows, and returns what is refused. A picture
// of which nothing can be taken is an error.
func (t *turn) propose(seen Description) (refused []string, err error) {
	t.pictures++
	before := len(t.proposals)
	entities := slices.Clone(seen.Entities)
	for _, s := range seen.Acts {
		if x := t.c.slots[s.Act.Slot]; x != nil && x.Names && s.Act.Kind == dst.Inform && s.Act.Op == dst.Eq {
			entities = append(entities, Entity{Name: s.Act.Value, P: s.P})
			continue
		}
		a, err := t.c.proposable(s)
		if err != nil {
			refused = append(refused, refusal(s.Act.String(), s.P, err))
			continue
		}
		t.proposals = append(t.proposals, dst.Proposal{Act: a, P: s.P, Text: cmp.Or(seen.Caption, a.Value), Via: string(ImagePart)})
	}
	for _, e := range entities {
		found, err := t.link(e)
		if err != nil {
			refused = append(refused, refusal(quotedOr(e.Name, e.ID), e.P, err))
			if errors.Is(err, errNoThing) {
				t.noteUnknown(e)
			}
			continue
		}
		t.candidates = append(t.candidates, found...)
	}
	if err := t.ctx.Err(); err != nil {
		return refused, err
	}
	t.enterCandidates()
	if len(t.proposals) == before && len(t.candidates) == 0 && t.unknown == "" {
		return refused, errors.New("nothing in the description is of use here")
	}
	return refused, nil
}

func quotedOr(name, id string) string { return fmt.Sprintf("%.200q", cmp.Or(name, id)) }

func checkScore(p float64) error {
	if !(p >= 0 && p <= 1) {
		return fmt.Errorf("the score %v is no probability", p)
	}
	if p < leastSeen {
		return errors.New("the score is too low")
	}
	return nil
}

// proposable is an act of a picture with its value in canonical form.
func (c *core) proposable(s Seen) (dst.Act, error) {
	a := s.Act
	if a.Kind != dst.Inform {
		return a, errors.New("only inform is taken from a picture")
	}
	if err := c.schema.Check(a); err != nil {
		return a, err
	}
	x := c.slots[a.Slot]
	if x.RequestOnly || x.Names || a.Value == dst.DontCare || a.Op == "" || a.Op == dst.Add || a.Op == dst.Remove {
		return a, errors.New("a picture cannot say that")
	}
	if parser, ok := x.Type.(dst.Parser); ok {
		value, known := parser.Parse(a.Value, c.cfg.Now())
		if !known {
			return a, fmt.Errorf("%.100q is no value of slot %s", a.Value, x.full)
		}
		a.Value = value
	} else if len(a.Value) > maxFree || a.Value != oneLine(strings.ToValidUTF8(a.Value, "")) {
		return a, fmt.Errorf("the value of slot %s is no short line of text", x.full)
	}
	return a, nil
}

// enterCandidates proposes the things that a picture may show, each once.
func (t *turn) enterCandidates() {
	slices.SortStableFunc(t.candidates, func(a, b candidate) int { return cmp.Compare(b.p, a.p) })
	var kept []candidate
	for _, k := range t.candidates {
		if !slices.ContainsFunc(kept, func(x candidate) bool { return x.service == k.service && x.value == k.value }) {
			kept = append(kept, k)
		}
	}
	t.candidates = kept
	t.proposals = slices.DeleteFunc(t.proposals, func(p dst.Proposal) bool { return t.c.slots[p.Act.Slot].Names })
	op := dst.Eq
	if t.against() {
		op = dst.Ne
	}
	for _, k := range kept {
		a := dst.Act{Kind: dst.Inform, Slot: k.service.named.full, Op: op, Value: k.value}
		t.proposals = append(t.proposals, dst.Proposal{Act: a, P: max(math.Nextafter(0, 1), k.p), Text: k.text, Via: string(ImagePart)})
	}
}

var againstWords = []string{"not this", "not that", "other than this", "other than that", "anything but this", "except this", "instead of this",
	"不要这", "不是这", "除了这", "别要这", "不想要这", "不喜欢这"}

// against reports whether the message turns down what the picture shows.
func (t *turn) against() bool { return containsAny(text.Fold(t.text), againstWords) }
