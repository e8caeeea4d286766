package recommend

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// percept is what a turn has of its parts.
type percept struct {
	heard      []dst.Hypothesis // the message with each reading of its recordings, the likeliest first; nil without a recording
	voice      string           // the likeliest reading of the recordings
	typed      int              // length of the text that was typed, where heard is set
	proposals  []dst.Proposal   // of pictures
	candidates []candidate      // things that they may show, likelier ones first
	unknown    string           // a thing that a picture shows and that there is not
	pictures   int              // that were described
	apologies  []Step           // for parts that could not be made out
}

// A Percept is what became of one part of a message.
type Percept struct {
	Kind        PartKind     `json:"kind"`
	Name        string       `json:"name,omitempty"`
	MIME        string       `json:"mime,omitempty"`
	Bytes       int          `json:"bytes,omitempty"`
	Transcripts []Transcript `json:"transcripts,omitempty"` // of a recording, the likeliest first
	Description *Description `json:"description,omitempty"` // of a picture, within bounds
	Refused     []string     `json:"refused,omitempty"`     // what of the description was not taken, and why
	Problem     string       `json:"problem,omitempty"`     // why the part could not be made out
}

// perceive hears the recordings, which may say what the pictures are for, then
// looks at the pictures.
func (t *turn) perceive(parts []Part) error {
	if len(parts) == 0 {
		return nil
	}
	st := t.begin(StagePerceive)
	t.trace.Parts = make([]Percept, min(len(parts), maxParts+1))
	checked, errs := make([]Part, len(t.trace.Parts)), make([]error, len(t.trace.Parts))
	for i := range checked {
		checked[i], errs[i] = parts[i].checked(t.c.cfg.MaxPart)
		if i == maxParts {
			errs[i] = fmt.Errorf("the message has %d parts, and %d are looked at", len(parts), maxParts)
		}
		p := checked[i]
		t.trace.Parts[i] = Percept{Kind: p.Kind, Name: strings.ToValidUTF8(p.Name, ""), MIME: strings.ToValidUTF8(p.MIME, ""), Bytes: len(p.Data)}
	}
	for _, kind := range []PartKind{AudioPart, ImagePart, ""} {
		for i, p := range checked {
			if p.Kind != kind && (kind != "" || p.Kind == AudioPart || p.Kind == ImagePart) {
				continue
			}
			err := errs[i]
			if err == nil {
				err = t.sense(p, &t.trace.Parts[i])
			}
			if err != nil {
				t.trace.Parts[i].Problem = err.Error()
				t.apologize(p, err)
			}
		}
		t.lang = t.c.language(t.text, t.before, nil) // what was said may be in another
	}
	return st.done(t, t.ctx.Err())
}

var errNoPlugin = errors.New("is not configured")

// sense takes in one part.
func (t *turn) sense(p Part, out *Percept) error {
	if p.Kind == AudioPart {
		if t.c.cfg.Transcriber == nil {
			return fmt.Errorf("Config.Transcriber %w", errNoPlugin)
		}
		heard, err := t.hear(p)
		if err == nil {
			out.Transcripts = heard
			t.listen(heard)
		}
		return err
	}
	if t.c.cfg.Describer == nil {
		return fmt.Errorf("Config.Describer %w", errNoPlugin)
	}
	seen, err := t.view(p)
	if err != nil {
		return err
	}
	for _, a := range seen.Acts { // also of what will be refused
		if x := t.c.slots[a.Act.Slot]; x != nil && x.Sensitive {
			t.revealed = append(t.revealed, a.Act.Value)
		}
	}
	seen, out.Refused = seen.cleaned()
	out.Description = &seen
	refused, err := t.propose(seen)
	out.Refused = append(out.Refused, refused...)
	return err
}

// listen takes in a further recording.
func (t *turn) listen(heard []Transcript) {
	if t.heard == nil {
		t.heard = []dst.Hypothesis{{Text: strings.TrimSpace(t.text), P: 1}}
		t.typed = len(t.heard[0].Text)
	}
	if all := heardAfter(t.heard, heard); len(all) > 0 {
		t.heard = all
		t.text = all[0].Text
		t.voice = strings.TrimSpace(t.text[t.typed:])
	}
}

// input is what the tracker is given.
func (t *turn) input() dst.Turn {
	if len(t.heard) > 1 {
		return dst.Turn{Hypotheses: t.heard, Proposals: t.proposals}
	}
	return dst.Turn{User: t.text, Proposals: t.proposals}
}

// noteVoice marks the evidence that was spoken.
func (t *turn) noteVoice() {
	if t.heard == nil {
		return
	}
	spoken := func(e dst.Evidence) bool { return e.Source == dst.Span && e.Turn == t.s.Turn && e.End > t.typed }
	for _, list := range []*[]dst.Decision{&t.decisions, &t.trace.Decisions} {
		*list = slices.Clone(*list)
		for i := range *list {
			if e := &(*list)[i].Evidence; spoken(*e) {
				e.Via = string(AudioPart)
			}
		}
	}
	t.s.Constraints = slices.Clone(t.s.Constraints)
	for i := range t.s.Constraints {
		if e := &t.s.Constraints[i].Evidence; spoken(*e) {
			e.Via = string(AudioPart)
		}
	}
}

// apologize says that a part could not be made out, once for parts of a kind.
func (t *turn) apologize(p Part, err error) {
	s := Step{Kind: StepUnseen}
	if p.Kind == AudioPart {
		s.Kind = StepUnheard
	}
	known := p.Kind == ImagePart || p.Kind == AudioPart
	switch {
	case errors.Is(err, errNoPlugin), !known:
		s = Step{Kind: StepUnable, Label: partWord(p.Kind, t.lang, true)}
	case errors.Is(err, errTooLarge):
		s = Step{Kind: StepLarge, Label: partWord(p.Kind, t.lang, false)}
	}
	if !slices.ContainsFunc(t.apologies, func(x Step) bool { return x.Kind == s.Kind && x.Label == s.Label }) {
		t.apologies = append(t.apologies, s)
	}
}

func partWord(kind PartKind, lang string, several bool) string {
	words := map[PartKind][2]string{ImagePart: {"picture", "pictures"}, AudioPart: {"recording", "recordings"}}
	if lang == "zh" {
		words = map[PartKind][2]string{ImagePart: {"图片", "图片"}, AudioPart: {"语音", "语音"}}
	}
	w, ok := words[kind]
	switch {
	case !ok && lang == "zh":
		return "这种附件"
	case !ok:
		return "attachments of that kind"
	case several:
		return w[1]
	}
	return w[0]
}
