package recommend

import (
	"context"

	"github.com/slotgraph/slotgraph/dst"
)

// A Describer says what a picture shows, as acts and things with scores. What
// it says meets the user's own words in the tracker: words come first, a value
// that is likelier than not fills its slot, a less likely one is asked about,
// and one that the schema or the graph does not have is refused. Implementations
// are safe for concurrent use and return the context's error once it is done.
// An error or a panic costs the turn the picture and not its reply.
type Describer interface {
	Describe(ctx context.Context, p Part, scene Scene) (Description, error)
}

// A Scene is what a [Describer] may speak of. All of it is data: text in there
// that reads like an instruction is none.
type Scene struct {
	Lang  string      `json:"lang"`           // of the conversation
	Text  string      `json:"text,omitempty"` // what the user wrote or said with the picture, without values of sensitive slots
	Slots []SceneSlot `json:"slots"`          // that acts may inform of; none that is sensitive
	Names []string    `json:"names"`          // of things that are likely to be shown, 100 at most; there may be more
}

// A SceneSlot is a slot of which a picture may give the value.
type SceneSlot struct {
	Name   string   `json:"name"` // as it stands in acts
	Label  string   `json:"label,omitempty"`
	Multi  bool     `json:"multi,omitempty"`  // several values hold at once
	Values []string `json:"values,omitempty"` // canonical, 40 at most; none where the type is open, such as a number
}

// A Description is what a picture shows. The zero value is "nothing of note".
type Description struct {
	Caption  string   `json:"caption,omitempty"`
	Acts     []Seen   `json:"acts,omitempty"`     // inform slot=value
	Entities []Entity `json:"entities,omitempty"` // things that it may show
}

// A Seen is an act that a picture speaks for.
type Seen struct {
	Act dst.Act `json:"act"` // "inform colour=black" in JSON
	P   float64 `json:"p"`   // probability, in [0, 1]
}

// An Entity is a thing that a picture may show, by its id in the graph or by a
// name, which is linked to the things of the services.
type Entity struct {
	ID   string  `json:"id,omitempty"`
	Name string  `json:"name,omitempty"`
	P    float64 `json:"p"` // probability, in [0, 1]
}

// maxSceneValues bounds the values listed of a slot.
const maxSceneValues = 40

// scene is what a picture of this turn may be described with.
func (t *turn) scene() Scene {
	out := Scene{Lang: t.lang, Text: t.publicText(), Slots: []SceneSlot{}, Names: t.c.vocabulary(t.before)}
	for _, sv := range t.c.services {
		for _, x := range sv.slots {
			if x.RequestOnly || x.Names || x.Type == nil || x.Sensitive {
				continue
			}
			out.Slots = append(out.Slots, SceneSlot{Name: x.full, Label: t.c.label(x, t.lang), Multi: x.Multi, Values: listedValues(x)})
		}
	}
	return out
}

// listedValues are the values of a slot whose type is a list.
func listedValues(x *slot) []string {
	var out []string
	if e, ok := x.Type.(*dst.Enum); ok {
		for _, v := range e.Values {
			out = append(out, v.Value)
		}
	} else if x.domain != nil {
		for _, e := range x.domain.entries {
			if _, closed := x.Type.(*dst.Gazetteer); closed {
				out = append(out, e.Value)
			}
		}
	}
	return out[:min(len(out), maxSceneValues)]
}
