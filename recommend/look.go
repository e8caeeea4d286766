package recommend

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// SceneData is what the templates of a [Prompt] see of a [Scene].
type SceneData struct {
	Text  Quoted // what the user wrote with the picture
	Slots []SceneDataSlot
	Names []Quoted // of things that are likely to be shown

	Problem Quoted // with the last answer, for "relook"
}

// A SceneDataSlot is a slot of which a picture may give the value.
type SceneDataSlot struct {
	Name, Label Quoted
	Multi       bool
	Values      []Quoted // none where any may be
}

func sceneData(s Scene) SceneData {
	d := SceneData{Text: Quoted(s.Text), Names: quotedAll(s.Names)}
	for _, x := range s.Slots {
		d.Slots = append(d.Slots, SceneDataSlot{Quoted(x.Name), Quoted(x.Label), x.Multi, quotedAll(x.Values)})
	}
	return d
}

func quotedAll(texts []string) []Quoted {
	out := make([]Quoted, len(texts))
	for i, s := range texts {
		out[i] = Quoted(s)
	}
	return out
}

// NewDescriber makes a [Describer] of a language model that sees. A nil prompt
// is [DefaultPrompt]. What the model answers must be an object; it is asked once
// more where it is not. Whether slots and things are real is for the agent to
// say, which has reasons in the trace for what it refuses.
func NewDescriber(m ChatModel, p *Prompt) Describer {
	if p == nil {
		p = DefaultPrompt()
	}
	return &looker{m, p}
}

type looker struct {
	model  ChatModel
	prompt *Prompt
}

// Describe implements [Describer].
func (l *looker) Describe(ctx context.Context, part Part, scene Scene) (Description, error) {
	lang := scene.Lang
	if !slices.Contains(languages, lang) {
		lang = "en"
	}
	d := sceneData(scene)
	c := Chat{JSON: true, Messages: []Message{{Role: RoleSystem}, {Role: RoleUser, Images: []Part{part}}}}
	for i, name := range []string{"look", "scene"} {
		var err error
		if c.Messages[i].Text, err = l.prompt.execute(lang, name, d); err != nil {
			return Description{}, err
		}
	}
	for attempt := 0; ; attempt++ {
		answer, err := l.ask(ctx, c)
		if err != nil {
			return Description{}, err
		}
		out, err := readDescription(answer)
		if err == nil || attempt > 0 {
			return out, err
		}
		var f *Failure
		if errors.As(err, &f) {
			d.Problem = Quoted(f.Detail)
		}
		again, err := l.prompt.execute(lang, "relook", d)
		if err != nil {
			return Description{}, err
		}
		c.Messages = append(c.Messages, Message{Role: RoleAssistant, Text: cmp.Or(clippedRunes(answer, 2000), "{}")}, Message{Role: RoleUser, Text: again})
	}
}

// maxDescription bounds the object that describes a picture, in bytes.
const maxDescription = 64 << 10

func (l *looker) ask(ctx context.Context, c Chat) (string, error) {
	var b strings.Builder
	thought := unthinking{}
	_, err := completed(ctx, l.model, c, func(piece string) error {
		b.WriteString(thought.next(piece))
		if b.Len() > maxDescription {
			return &Failure{Cause: CauseUnusable, Detail: "the answer is far too long"}
		}
		return nil
	})
	b.WriteString(thought.rest())
	return b.String(), err
}

// readDescription reads what a model sees.
func readDescription(answer string) (Description, error) {
	var form struct {
		Caption string `json:"caption"`
		Slots   []struct {
			Slot  string  `json:"slot"`
			Value string  `json:"value"`
			P     float64 `json:"p"`
		} `json:"slots"`
		Things []Entity `json:"things"`
	}
	if err := decodeObject(answer, &form); err != nil {
		return Description{}, &Failure{Cause: CauseUnusable, Detail: "it is not the JSON object that was asked for: " + err.Error()}
	}
	out := Description{Caption: form.Caption}
	for _, s := range form.Slots {
		out.Acts = append(out.Acts, Seen{Act: dst.Act{Kind: dst.Inform, Slot: s.Slot, Op: dst.Eq, Value: s.Value}, P: s.P})
	}
	for _, e := range form.Things {
		out.Entities = append(out.Entities, Entity{Name: e.Name, P: e.P}) // ids are none of a model's business
	}
	return out, nil
}
