package store

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
)

// words is synonyms.json: what customers call values and attributes, by
// class, id and language. The first word of a language is the one shown.
type words map[string]map[string]map[string][]string

func readWords(files fs.FS) (words, error) {
	raw, err := fs.ReadFile(files, "synonyms.json")
	if err != nil {
		return nil, err
	}
	var doc map[string]json.RawMessage
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("reading synonyms.json: %w", err)
	}
	delete(doc, "note")
	w := words{}
	for class, entries := range doc {
		var values map[string]map[string][]string
		if err := json.Unmarshal(entries, &values); err != nil {
			return nil, fmt.Errorf("reading synonyms.json: class %q: %w", class, err)
		}
		w[class] = values
	}
	return w, nil
}

// enum is the type of a slot that takes the values of the classes.
func (w words) enum(classes ...string) *dst.Enum {
	e := &dst.Enum{}
	for _, class := range classes {
		for _, id := range slices.Sorted(maps.Keys(w[class])) {
			en, zh := w[class][id]["en"], w[class][id]["zh"]
			e.Values = append(e.Values, dst.Option{
				Value:    id,
				Synonyms: slices.Concat(en, zh),
				Labels:   map[string]string{"en": en[0], "zh": zh[0]},
			})
		}
	}
	return e
}

// all lists the words of classes, in both languages.
func (w words) all(classes ...string) []string {
	var out []string
	for _, class := range classes {
		for _, id := range slices.Sorted(maps.Keys(w[class])) {
			out = append(append(out, w[class][id]["en"]...), w[class][id]["zh"]...)
		}
	}
	return out
}

// attribute lists what customers call a slot.
func (w words) attribute(slot string) []string {
	x := w["attributes"][slot]
	return slices.Concat(x["en"], x["zh"])
}

// labels are the words that the bot itself uses for slots.
func (w words) labels() map[string]map[string]string {
	out := map[string]map[string]string{}
	for slot, x := range w["attributes"] {
		out[slot] = map[string]string{"en": x["en"][0], "zh": x["zh"][0]}
	}
	for _, class := range []string{"order", "carriers"} {
		for id, x := range w[class] {
			out[id] = map[string]string{"en": x["en"][0], "zh": x["zh"][0]}
		}
	}
	out["kind"], out["Order"] = out["category"], out["order"]
	return out
}
