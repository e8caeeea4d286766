package guide

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

// A Dialogue is one conversation of CrossWOZ (Zhu et al. 2020), as far as a
// tracker and an agent may see it, with the state the wizard wrote down.
type Dialogue struct {
	ID    string
	Type  string // the goal's type: 单领域, 独立多领域, …
	Turns []Turn
}

// A Turn is one exchange, as in [dst.Turn], with the gold annotation.
type Turn struct {
	System     []dst.Act         // the wizard's acts just before; empty at the start
	SystemText string            // the wizard's words just before
	User       string            // the user's words
	Gold       map[string]string // the wizard's query after the user's words: 领域.槽 to value
	Reply      []dst.Act         // the wizard's acts just after
	Requested  []string          // the slots that the user asked about, as annotated: 领域.槽 or 领域.槽-值
}

type rawDialogue struct {
	Type     string       `json:"type"`
	Messages []rawMessage `json:"messages"`
}

type rawMessage struct {
	Content string      `json:"content"`
	Role    string      `json:"role"`
	Acts    [][4]string `json:"dialog_act"`
	Init    rawState    `json:"sys_state_init"`
}

type rawState map[string]map[string]json.RawMessage

// Dialogues reads a split ("val", "test") from DIR/SPLIT.json or .json.gz, in
// the order of their ids.
func Dialogues(dir, split string) ([]Dialogue, error) {
	b, path, err := readMaybeGzip(filepath.Join(dir, split+".json"))
	if err != nil {
		return nil, err
	}
	raw := map[string]rawDialogue{}
	if err := json.Unmarshal(b, &raw); err != nil {
		return nil, fmt.Errorf("crosswoz: reading %s: %w", path, err)
	}
	out := make([]Dialogue, 0, len(raw))
	for id, d := range raw {
		dialogue, err := d.turns(id)
		if err != nil {
			return nil, fmt.Errorf("crosswoz: %s: dialogue %s: %w", path, id, err)
		}
		out = append(out, dialogue)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out, nil
}

func readMaybeGzip(path string) ([]byte, string, error) {
	b, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return b, path, err
	}
	f, err := os.Open(path + ".gz")
	if err != nil {
		return nil, path, fmt.Errorf("crosswoz: neither %s nor %s.gz can be read: %w", path, path, err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, path, fmt.Errorf("crosswoz: %s.gz: %w", path, err)
	}
	b, err = io.ReadAll(z)
	return b, path + ".gz", err
}

func (d rawDialogue) turns(id string) (Dialogue, error) {
	out := Dialogue{ID: id, Type: d.Type}
	var system []dst.Act
	systemText := ""
	for i := 0; i+1 < len(d.Messages); i += 2 {
		user, reply := d.Messages[i], d.Messages[i+1]
		if user.Role != "usr" || reply.Role != "sys" {
			return Dialogue{}, fmt.Errorf("message %d is of %q, the next of %q; usr and sys should alternate", i, user.Role, reply.Role)
		}
		gold, err := reply.Init.flat()
		if err != nil {
			return Dialogue{}, fmt.Errorf("message %d: %w", i+1, err)
		}
		turn := Turn{System: system, SystemText: systemText, User: user.Content, Gold: gold, Reply: reply.acts()}
		for _, a := range user.acts() {
			if a.Kind == dst.Request {
				turn.Requested = append(turn.Requested, a.Slot)
			}
		}
		out.Turns = append(out.Turns, turn)
		system, systemText = turn.Reply, reply.Content
	}
	return out, nil
}

// flat is the state as the benchmark compares it: no empty values, no
// selectedResults.
func (s rawState) flat() (map[string]string, error) {
	out := map[string]string{}
	for domain, slots := range s {
		for slot, raw := range slots {
			if slot == "selectedResults" {
				continue
			}
			var value string
			if err := json.Unmarshal(raw, &value); err != nil {
				return nil, fmt.Errorf("state %s.%s: %w", domain, slot, err)
			}
			if strings.TrimSpace(value) != "" {
				out[domain+"."+slot] = value
			}
		}
	}
	return out, nil
}

// acts translates the corpus's acts into the notation. A name that the wizard
// tells is an offer, as is one it recommends.
func (m rawMessage) acts() []dst.Act {
	acts := []dst.Act{}
	for _, a := range m.Acts {
		kind, domain, slot, value := a[0], a[1], a[2], a[3]
		name := domain + "." + slot // of a facility: 酒店.酒店设施-会议室, whose value is 是 or 否
		switch {
		case kind == "General":
			if k, ok := general[slot]; ok {
				acts = append(acts, dst.Act{Kind: k})
			}
		case kind == "NoOffer":
			acts = append(acts, dst.Act{Kind: dst.NoOffer, Slot: domain})
		case kind == "Request":
			acts = append(acts, dst.Act{Kind: dst.Request, Slot: name})
		case kind == "Recommend", kind == "Inform" && slot == "名称":
			acts = append(acts, dst.Act{Kind: dst.Offer, Slot: name, Op: dst.Eq, Value: value})
		case kind == "Inform":
			acts = append(acts, dst.Act{Kind: dst.Inform, Slot: name, Op: dst.Eq, Value: value})
		}
	}
	return acts
}

var general = map[string]dst.Kind{"greet": dst.Greet, "thank": dst.Thank, "bye": dst.Bye}
