package trackbench

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
)

// An sgdCorpus is a split of the Schema-Guided Dialogue data set.
type sgdCorpus struct {
	schema      dst.Schema
	slots       map[string][]sgdSlot // by service
	seen        map[string]bool      // services that stand in train's schema
	dialogues   []dst.Dialogue
	schemaBytes []byte
}

// An sgdSlot is a slot by its full name.
type sgdSlot struct {
	name        string
	categorical bool
}

// openSGD reads DIR/SPLIT, with the schema, and the dialogues' names, of
// DIR/sgd_x/VARIANT where a variant is given.
func openSGD(dir, split, variant string) (sgdCorpus, error) {
	c := sgdCorpus{seen: map[string]bool{}}
	train, _, err := readSchema(filepath.Join(dir, "train", "schema.json"))
	if err != nil {
		return c, err
	}
	for _, s := range train.Services {
		c.seen[s.Name] = true
	}
	path := filepath.Join(dir, split, "schema.json")
	if c.schema, c.schemaBytes, err = readSchema(path); err != nil {
		return c, err
	}
	if c.dialogues, err = readSGD(filepath.Join(dir, split)); err != nil {
		return c, err
	}
	if variant != "" {
		path = filepath.Join(dir, "sgd_x", variant, split, "schema.json")
		if err := c.rename(path); err != nil {
			return c, err
		}
	}
	if err := c.readSlots(); err != nil {
		return c, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func readSchema(path string) (dst.Schema, []byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return dst.Schema{}, nil, err
	}
	schema, err := dst.ReadSchema(bytes.NewReader(b))
	if err != nil {
		return schema, nil, fmt.Errorf("%s: %w", path, err)
	}
	return schema, b, nil
}

// readSGD reads the folder's dialogues in the order of the files' names.
func readSGD(dir string) ([]dst.Dialogue, error) {
	var paths []string
	for _, pattern := range []string{"dialogues_*.json", "dialogues_*.json.gz"} {
		found, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	slices.Sort(paths)
	var out []dst.Dialogue
	for i, path := range paths {
		if i > 0 && strings.TrimSuffix(path, ".gz") == paths[i-1] {
			continue // the same file, packed
		}
		dialogues, err := readSGDFile(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		out = append(out, dialogues...)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no dialogues in dialogues_*.json or dialogues_*.json.gz", dir)
	}
	return out, nil
}

func readSGDFile(path string) ([]dst.Dialogue, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	return dsttest.ReadSGD(r)
}

// readSlots finds which slots SGD calls categorical: a [dst.Slot] need not be
// an enum for that.
func (c *sgdCorpus) readSlots() error {
	var raw []struct {
		Name  string `json:"service_name"`
		Slots []struct {
			Name        string `json:"name"`
			Categorical bool   `json:"is_categorical"`
		} `json:"slots"`
	}
	if err := json.Unmarshal(c.schemaBytes, &raw); err != nil {
		return err
	}
	c.slots = map[string][]sgdSlot{}
	for _, service := range raw {
		for _, slot := range service.Slots {
			c.slots[service.Name] = append(c.slots[service.Name], sgdSlot{service.Name + "." + slot.Name, slot.Categorical})
		}
	}
	for _, d := range c.dialogues {
		for i, t := range d.Turns {
			for _, service := range t.Services {
				if c.slots[service] == nil {
					return fmt.Errorf("dialogue %s, turn %d: no service %q in the schema", d.ID, i, service)
				}
			}
		}
	}
	return nil
}

// rename gives services, slots and intents the names of a paraphrased schema.
// The two correspond by position.
func (c *sgdCorpus) rename(path string) error {
	other, b, err := readSchema(path)
	if err != nil {
		return err
	}
	names, err := correspond(c.schema, other)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, d := range c.dialogues {
		for i := range d.Turns {
			d.Turns[i] = names.turn(d.Turns[i])
		}
	}
	seen := map[string]bool{}
	for service := range c.seen {
		seen[names.of(service)] = true
	}
	c.seen, c.schema, c.schemaBytes = seen, other, b
	return nil
}

// A renaming leads from services, full slot names and full intent names to
// those of another schema.
type renaming map[string]string

func correspond(from, to dst.Schema) (renaming, error) {
	if len(from.Services) != len(to.Services) {
		return nil, errors.New("it has not as many services as the schema it paraphrases")
	}
	names := renaming{}
	for i, a := range from.Services {
		b := to.Services[i]
		if len(a.Slots) != len(b.Slots) || len(a.Intents) != len(b.Intents) {
			return nil, fmt.Errorf("service %q has not as many slots and intents as %q, which it paraphrases", b.Name, a.Name)
		}
		names[a.Name] = b.Name
		for j := range a.Slots {
			names[a.Name+"."+a.Slots[j].Name] = b.Name + "." + b.Slots[j].Name
		}
		for j := range a.Intents {
			names[a.Name+"."+a.Intents[j].Name] = b.Name + "." + b.Intents[j].Name
		}
	}
	return names, nil
}

// of is the other name; a name without one stays.
func (n renaming) of(name string) string { return cmp.Or(n[name], name) }

func (n renaming) turn(t dst.DialogueTurn) dst.DialogueTurn {
	for i, a := range t.System {
		t.System[i].Slot = n.of(a.Slot)
	}
	for i, s := range t.Services {
		t.Services[i] = n.of(s)
	}
	for i, s := range t.Requested {
		t.Requested[i] = n.of(s)
	}
	state, intents := map[string][]string{}, map[string]string{}
	for slot, values := range t.State {
		state[n.of(slot)] = values
	}
	for service, intent := range t.Intents {
		other := n.of(service)
		intents[other] = strings.TrimPrefix(n.of(service+"."+intent), other+".")
	}
	t.State, t.Intents = state, intents
	return t
}
