package recommend

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

// errNoThing is that of an entity that is none of the services' things.
var errNoThing = errors.New("the graph has no such thing among those of the services")

// What speaks against an entity.
const (
	likelier = 0.5 // probability from which a thing is shown rather than not
	besides  = 0.5 // what is left of a probability where the name says more than the graph knows of
)

// link finds the things that an entity is: by its id, by its whole name, or by
// what of it the graph knows as a name.
func (t *turn) link(e Entity) ([]candidate, error) {
	var out []candidate
	for _, sv := range t.c.services {
		if sv.named == nil || sv.names == nil {
			continue
		}
		if value := sv.names.value[e.ID]; e.ID != "" && value != "" {
			out = append(out, candidate{sv, value, []string{e.ID}, e.P, cmp.Or(e.Name, value), t.pictures})
		} else if ids := sv.names.things(e.Name); len(ids) > 0 {
			value := cmp.Or(sv.names.keys[text.Key(e.Name)], e.Name)
			out = append(out, candidate{sv, value, ids, e.P, e.Name, t.pictures})
		}
	}
	if len(out) > 0 {
		return out, nil
	}
	if e.Name == "" {
		return nil, errNoThing
	}
	return t.linkName(e)
}

// linkName links a name that is nobody's whole name. The probability is shared
// by all things that it fits equally well. One that says more than the names
// and values of the service is rather another model, or a box with its picture.
func (t *turn) linkName(e Entity) ([]candidate, error) {
	name := clipped(e.Name)
	links, err := t.c.cfg.Graph.Link(t.ctx, name, &kg.LinkOptions{MaxCandidates: maxVocabulary})
	if err != nil {
		return nil, err
	}
	best := 0.0
	var out []candidate
	for _, sv := range t.c.services {
		if sv.named == nil || sv.names == nil || sv.lacks(name) {
			continue
		}
		for _, l := range links {
			own := slices.DeleteFunc(slices.Clone(l.Candidates), func(k kg.Candidate) bool { return sv.names.value[k.ID] == "" })
			if len(own) == 0 || own[0].Score < best {
				continue
			}
			if own[0].Score > best {
				best, out = own[0].Score, nil
			}
			out = append(out, t.linked(Entity{Name: name, P: e.P}, sv, l, own)...)
		}
	}
	if len(out) == 0 {
		return nil, errNoThing
	}
	for i := range out {
		out[i].p /= float64(len(out))
	}
	return out, nil
}

// lacks reports whether the name is of a model that the service has not, such
// as iPhone 16 where there are others.
func (sv *service) lacks(name string) bool {
	_, _, unknown := sv.names.unknownModel(text.Tokens(name), func(text.Token) bool { return false })
	return unknown
}

// linked are the things, of those of a service that a link fits, that it fits best.
func (t *turn) linked(e Entity, sv *service, l kg.Link, own []kg.Candidate) []candidate {
	p := e.P * own[0].Score
	if !sv.explains(e.Name[:l.Start]+"\n"+e.Name[l.End:], t) {
		p *= besides
	}
	var out []candidate
	for _, k := range own {
		if k.Score == own[0].Score {
			out = append(out, candidate{sv, sv.names.value[k.ID], []string{k.ID}, p, e.Name, t.pictures})
		}
	}
	return out
}

// explains reports whether the words are all values of the service's slots:
// the brand before a name, or a colour behind it.
func (sv *service) explains(words string, t *turn) bool {
	msg := dst.NewText(words, t.c.cfg.Now())
	var known []dst.Mention
	for _, x := range sv.slots {
		if x.Type != nil && !x.Names {
			known = append(known, x.Type.Find(msg)...)
		}
	}
	for _, tok := range text.Tokens(words) {
		within := func(m dst.Mention) bool { return m.Start <= tok.Start && tok.End <= m.End }
		if tok.Kind != text.Symbol && !slices.ContainsFunc(known, within) {
			return false
		}
	}
	return true
}

// tellUnknown says that there is no such thing as a picture shows, where that
// is plain and the words name none. It reports true where nothing further is to
// be said.
func (t *turn) tellUnknown() (bool, error) {
	for _, sv := range t.c.services {
		if _, named := t.selected(sv); named || sv.named == nil || sv.names == nil || len(t.wished(sv)) > 0 && t.active() != sv {
			continue
		}
		none := dst.Act{Kind: dst.NoOffer, Slot: sv.Name}
		if len(t.wished(sv)) > 0 { // which are met all the same
			t.add(Step{Kind: StepMissing, Text: t.unknown}, none)
			return false, nil
		}
		ids, err := t.nearestNames(sv, t.unknown)
		if err != nil {
			return false, err
		}
		if len(ids) == 0 && t.active() != sv && len(t.c.services) > 1 {
			continue
		}
		items, err := t.some(sv, ids)
		if err != nil {
			return false, err
		}
		t.offered[sv] = true
		t.add(Step{Kind: StepMissing, Text: t.unknown, Items: items}, append([]dst.Act{none}, offers(sv, items)...)...)
		return true, nil
	}
	return false, nil
}

// noteUnknown keeps the name of a thing that a picture plainly shows and that
// there is not.
func (t *turn) noteUnknown(e Entity) {
	const longest = 60 // runes of a name that is said
	if n := len([]rune(e.Name)); e.P >= likelier && t.unknown == "" && n > 0 && n <= longest && strings.TrimSpace(e.Name) != "" {
		t.unknown = e.Name
	}
}
