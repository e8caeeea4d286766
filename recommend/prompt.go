package recommend

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"text/template"
)

//go:embed prompts/*.tmpl
var promptFiles embed.FS

// A Prompt words a [Request] for a language model, with a text/template file
// for each language: en.tmpl and zh.tmpl. They define the templates "system",
// "user" and, for [WriterOptions].Structured, "repair", which get a
// [PromptData]; and for pictures "look", "scene" and "relook", which get a
// [SceneData]. A Prompt is immutable.
type Prompt struct {
	sets map[string]*template.Template
}

// ParsePrompt reads the files en.tmpl and zh.tmpl of a folder. What they do not
// define is that of [DefaultPrompt], so that one may replace the system message
// of one language alone. The error names the file and line.
func ParsePrompt(files fs.FS) (*Prompt, error) {
	p, found := &Prompt{sets: map[string]*template.Template{}}, false
	for _, lang := range languages {
		name := lang + ".tmpl"
		set := ownPrompt(lang)
		switch b, err := fs.ReadFile(files, name); {
		case err == nil:
			found = true
			if _, err = set.Parse(string(b)); err != nil {
				return nil, fmt.Errorf("recommend: prompt: %w", err)
			}
		case !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("recommend: prompt: %w", err)
		}
		p.sets[lang] = set
	}
	if !found {
		return nil, fmt.Errorf("recommend: prompt: there is no file %s.tmpl", strings.Join(languages, ".tmpl or "))
	}
	if err := p.Validate(); err != nil {
		return nil, err
	}
	return p, nil
}

// Validate renders samples, one with every kind of step and one that is
// empty. Its error names the file and line.
func (p *Prompt) Validate() error {
	for _, lang := range languages {
		full := Request{Lang: lang, User: "?", Wishes: []Fact{{Attribute: "a", Value: "b"}}, Facts: []Fact{{ID: "f1", Thing: "t", Attribute: "a", Value: "b"}}, Limits: Limits{Runes: 100}, Style: "short"}
		for _, kind := range stepKinds() {
			full.Steps = append(full.Steps, Step{Kind: kind, Thing: "t", Label: "a", Text: "b", Facts: full.Facts, Items: []Item{{ID: "i", Name: "t", Show: full.Facts}}})
		}
		for _, r := range []Request{full, {Lang: lang}} {
			for _, structured := range []bool{false, true} {
				d, err := promptData(r, structured)
				if err != nil {
					return err
				}
				if err := p.render(lang, d, "system", "user", "repair"); err != nil {
					return err
				}
			}
		}
		for _, scene := range []Scene{{}, {Text: "t", Names: []string{"n"}, Slots: []SceneSlot{{Name: "s", Label: "l", Multi: true, Values: []string{"v"}}}}} {
			if err := p.render(lang, sceneData(scene), "look", "scene", "relook"); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Prompt) render(lang string, data any, parts ...string) error {
	for _, part := range parts {
		if _, err := p.execute(lang, part, data); err != nil {
			return err
		}
	}
	return nil
}

// stepKinds are the kinds of steps there are templates for.
func stepKinds() []StepKind {
	var out []StepKind
	for _, t := range templates["en"].Templates() {
		if t.Name() != "en.tmpl" && t.Name() != "en" {
			out = append(out, StepKind(t.Name()))
		}
	}
	return out
}

// ownPrompt reads an embedded file; a mistake in it is one of this package.
func ownPrompt(lang string) *template.Template {
	return template.Must(template.New(lang+".tmpl").ParseFS(promptFiles, "prompts/"+lang+".tmpl"))
}

var defaultPrompt = func() *Prompt {
	p := &Prompt{sets: map[string]*template.Template{}}
	for _, lang := range languages {
		p.sets[lang] = ownPrompt(lang)
	}
	return p
}()

// DefaultPrompt is the prompt that comes with the package.
func DefaultPrompt() *Prompt { return defaultPrompt }

// PromptFiles are the files of [DefaultPrompt], to start one's own from.
func PromptFiles() fs.FS {
	files, err := fs.Sub(promptFiles, "prompts")
	if err != nil {
		return promptFiles // cannot be: the path is a constant
	}
	return files
}

// Chat words a request as messages. structured says whether the model is to
// answer with an object, see [WriterOptions].
func (p *Prompt) Chat(r Request, structured bool) (Chat, error) {
	d, err := promptData(r, structured)
	if err != nil {
		return Chat{}, err
	}
	c := Chat{JSON: structured}
	for _, m := range []Message{{Role: RoleSystem, Text: "system"}, {Role: RoleUser, Text: "user"}} {
		if m.Text, err = p.execute(r.Lang, m.Text, d); err != nil {
			return Chat{}, err
		}
		c.Messages = append(c.Messages, m)
	}
	return c, nil
}

// repaired asks again after an answer that is no use.
func (p *Prompt) repaired(c Chat, r Request, answer, problem string) (Chat, error) {
	d, err := promptData(r, true)
	if err != nil {
		return Chat{}, err
	}
	d.Problem = Quoted(problem)
	text, err := p.execute(r.Lang, "repair", d)
	if err != nil {
		return Chat{}, err
	}
	// Servers refuse empty messages.
	c.Messages = append(c.Messages[:len(c.Messages):len(c.Messages)], Message{Role: RoleAssistant, Text: cmp.Or(answer, "{}")}, Message{Role: RoleUser, Text: text})
	return c, nil
}

func (p *Prompt) execute(lang, part string, data any) (string, error) {
	set, ok := p.sets[lang]
	if !ok {
		return "", fmt.Errorf("recommend: prompt: no language %q; there are %s", lang, strings.Join(languages, " and "))
	}
	var b bytes.Buffer
	if err := set.ExecuteTemplate(&b, part, data); err != nil {
		return "", fmt.Errorf("recommend: prompt: %w", err)
	}
	return strings.TrimSpace(b.String()), nil
}

func promptData(r Request, structured bool) (PromptData, error) {
	d := PromptData{Lang: r.Lang, User: Quoted(r.User), Style: r.Style, Runes: r.Limits.Runes, JSON: structured, Wishes: promptFacts(r.Wishes), Facts: promptFacts(r.Facts)}
	for i, w := range r.Wishes {
		d.Wishes[i].Value = Quoted(wishText(w, r.Lang))
	}
	for _, s := range r.Steps {
		draft, err := Template{}.Generate(context.Background(), Request{Lang: r.Lang, Steps: []Step{s}}, nil)
		if err != nil {
			return PromptData{}, err
		}
		d.Steps = append(d.Steps, PromptStep{Kind: s.Kind, Draft: Quoted(draft.Text)})
	}
	return d, nil
}

func promptFacts(facts []Fact) []PromptFact {
	out := make([]PromptFact, len(facts))
	for i, f := range facts {
		out[i] = PromptFact{ID: f.ID, Thing: Quoted(f.Thing), Attribute: Quoted(f.Attribute), Value: Quoted(f.Value)}
	}
	return out
}
