package dsttest

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/slotgraph/slotgraph/dst"
)

// RasaOptions says what names of a Rasa project are called in your schema. The
// zero value takes them as they are.
type RasaOptions struct {
	Slots   map[string]string // by entity, "entity:role" or slot; to "" where there is no such slot
	Intents map[string]string // by intent, acts in the notation of [dst.ParseActs]: "book": "want Tables.Book"
}

// FromRasa reads stories, rules and test stories of Rasa (YAML, versions 2 and
// 3) and end-to-end test cases of Rasa Pro, and writes them as transcripts (see
// [Run]):
//
//   - a message becomes a line of the user, with its entities, as [Paris](city)
//     or [Paris]{"entity": "city"}, asserted below it. Of a story without
//     messages the intents and entities are given as the user's acts;
//   - utter_ask_city is the bot's "ask city"; in a form the bot follows the
//     tracker;
//   - slot_was_set is asserted of the turn before it;
//   - what has no counterpart, other actions, checkpoints, all but the first
//     branch of an or, stands in a comment.
//
// Run the result with -dsttest.update to add what your tracker does. Errors
// name the line.
func FromRasa(r io.Reader, opt *RasaOptions) (string, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return "", fmt.Errorf("dsttest: reading Rasa stories: %w", err)
	}
	var file struct {
		Stories []rasaStory `yaml:"stories"`
		Rules   []rasaStory `yaml:"rules"`
		Cases   []rasaStory `yaml:"test_cases"`
	}
	if err := yaml.Unmarshal(b, &file); err != nil {
		return "", fmt.Errorf("dsttest: reading Rasa stories: %w", err)
	}
	all := append(append(file.Stories, file.Rules...), file.Cases...)
	if len(all) == 0 {
		return "", fmt.Errorf("dsttest: reading Rasa stories: the file has neither stories nor rules nor test_cases")
	}
	w := &rasaWriter{}
	if opt != nil {
		w.opt = *opt
	}
	for i, s := range all {
		if i > 0 {
			w.b.WriteString("\n")
		}
		if err := w.story(s); err != nil {
			return "", fmt.Errorf("dsttest: reading Rasa stories: %q: %w", s.name(), err)
		}
	}
	return w.b.String(), nil
}

// A rasaStory is a story, a rule or a test case.
type rasaStory struct {
	Story     string      `yaml:"story"`
	Rule      string      `yaml:"rule"`
	Case      string      `yaml:"test_case"`
	Condition []yaml.Node `yaml:"condition"`
	Steps     []yaml.Node `yaml:"steps"`
}

func (s rasaStory) name() string { return oneLine(s.Story + s.Rule + s.Case) }

// A rasaWriter writes stories as transcripts.
type rasaWriter struct {
	opt  RasaOptions
	b    strings.Builder
	turn rasaTurn
	form bool // the bot fills a form, as a tracker does
}

// A rasaTurn is what belongs to the next, or the last, words of the user.
type rasaTurn struct {
	comments []string
	bot      []string // acts
	acts     []string // of the user, known without words
	text     string
	said     bool
	under    []string // assertions
}

func (w *rasaWriter) story(s rasaStory) error {
	fmt.Fprintf(&w.b, "== %s\n", s.name())
	w.turn, w.form = rasaTurn{}, false
	for _, n := range s.Condition {
		w.comment("condition", &n)
	}
	first := true
	for i := range s.Steps {
		n := &s.Steps[i]
		if n.Kind != yaml.MappingNode {
			return fmt.Errorf("line %d: a step is a mapping, as in \"- intent: greet\"", n.Line)
		}
		if w.turn.said && !has(n, "slot_was_set") && !has(n, "slot_was_not_set") {
			w.flush(first)
			first = false
		}
		if err := w.step(n); err != nil {
			return err
		}
	}
	if w.turn.said {
		w.flush(first)
		first = false
	}
	for _, c := range append(w.turn.comments, w.left()...) {
		w.b.WriteString("# " + c + "\n")
	}
	if first { // a transcript says something
		w.b.WriteString("user:\n" + indent + "...\n")
	}
	return nil
}

// left is what the bot does at the end, which nobody answers.
func (w *rasaWriter) left() []string {
	if len(w.turn.bot) == 0 {
		return nil
	}
	return []string{"bot: " + strings.Join(w.turn.bot, "; ")}
}

// flush writes the turn and begins the next one.
func (w *rasaWriter) flush(first bool) {
	t := w.turn
	w.turn = rasaTurn{}
	for _, c := range t.comments {
		w.b.WriteString("# " + c + "\n")
	}
	if len(t.bot) > 0 || !first && !w.form {
		w.b.WriteString(strings.TrimSuffix("bot: "+strings.Join(t.bot, "; "), " ") + "\n")
	}
	if len(t.acts) > 0 {
		w.b.WriteString("acts: " + strings.Join(t.acts, "; ") + "\n")
	}
	w.b.WriteString(strings.TrimSuffix("user: "+quote(t.text), " ") + "\n")
	for _, line := range t.under {
		w.b.WriteString(indent + line + "\n")
	}
	if len(t.under) == 0 {
		w.b.WriteString(indent + "...\n")
	}
}

// step takes one step of a story into the turn.
func (w *rasaWriter) step(n *yaml.Node) error {
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i].Value, n.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		switch key {
		case "user":
			w.turn.said = true
			if err := w.message(value); err != nil {
				return err
			}
		case "intent":
			w.turn.said = true
			w.intent(value.Value, has(n, "user"))
		case "entities":
			w.turn.said = true
			w.entities(value, has(n, "user"))
		case "action", "utter":
			w.action(value.Value)
		case "slot_was_set", "slot_was_not_set":
			w.slots(value, key == "slot_was_set")
		case "active_loop":
			w.form = value.Tag != "!!null" && value.Value != "null"
			w.comment(key, value)
		case "or":
			if err := w.or(value); err != nil {
				return err
			}
		default: // bot, checkpoint, metadata, assertions
			w.comment(key, value)
		}
	}
	return nil
}

// or takes the first branch; the others are told.
func (w *rasaWriter) or(n *yaml.Node) error {
	for i, branch := range n.Content {
		if branch.Kind != yaml.MappingNode {
			return fmt.Errorf("line %d: a branch of an or is a mapping", branch.Line)
		}
		if i > 0 {
			w.comment("or", branch)
		} else if err := w.step(branch); err != nil {
			return err
		}
	}
	return nil
}

// comment tells of a step that has no counterpart.
func (w *rasaWriter) comment(key string, n *yaml.Node) {
	text := n.Value
	if n.Kind != yaml.ScalarNode {
		var v any
		if n.Decode(&v) == nil {
			b, _ := json.Marshal(v) // maps of what JSON cannot hold leave nothing
			text = string(b)
		}
	}
	w.turn.comments = append(w.turn.comments, strings.TrimSpace(oneLine(key+": "+text)))
}

func has(n *yaml.Node, key string) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return true
		}
	}
	return false
}

// intent tells what a classifier says of the message, or gives it where there
// are no words.
func (w *rasaWriter) intent(name string, words bool) {
	name = strings.TrimPrefix(name, "/")
	acts, known := w.opt.Intents[name]
	if !known && !words {
		acts, known = rasaIntents[name], rasaIntents[name] != ""
	}
	if known && acts != "" {
		w.turn.acts = append(w.turn.acts, acts)
		return
	}
	w.turn.comments = append(w.turn.comments, "intent: "+oneLine(name))
}

// rasaIntents are the names that projects commonly have for plain acts.
var rasaIntents = map[string]string{
	"affirm": "affirm", "deny": "deny", "greet": "greet", "goodbye": "bye", "bye": "bye",
	"thank": "thank", "thanks": "thank", "thankyou": "thank", "restart": "restart", "human_handoff": "human",
}

// action tells what the bot does.
func (w *rasaWriter) action(name string) {
	slot, asks := strings.CutPrefix(name, "utter_ask_")
	if mapped, ok := w.opt.Slots[slot]; ok {
		slot = mapped
	}
	switch {
	case name == "action_listen":
	case asks && slot != "":
		w.turn.bot = append(w.turn.bot, dst.Act{Kind: dst.Ask, Slot: slot}.String())
	case strings.HasSuffix(name, "_form"):
		w.form = true
		fallthrough
	default:
		w.turn.comments = append(w.turn.comments, "action: "+oneLine(name))
	}
}
