// Package store puts the demo shop together: the knowledge graph of what is
// sold, the schema of what its bot talks about, and the agent of both. It is a
// package of its own so that other programs can open the same shop.
package store

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"github.com/slotgraph/slotgraph/examples/shop/data"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// Demo are the files of the demo shop, which the program brings along.
func Demo() fs.FS { return data.Files }

// A Shop is the knowledge graph of what is sold, and the agent that talks
// about it.
type Shop struct {
	Graph  *kg.Graph
	Agent  *recommend.Agent
	Labels map[string]map[string]string // words for slots, by language
}

// Open loads a shop's files and makes its agent. The graph is to be closed. more
// may add to the agent's configuration: a generator, an observer.
func Open(ctx context.Context, files fs.FS, more ...func(*recommend.Config)) (*Shop, error) {
	graph, err := loadGraph(ctx, files)
	if err != nil {
		return nil, err
	}
	classifier, err := trainIntents(ctx, files)
	if err != nil {
		return nil, err
	}
	w, err := readWords(files)
	if err != nil {
		return nil, err
	}
	device, err := newFits(ctx, graph)
	if err != nil {
		return nil, err
	}
	book, err := readOrders(files)
	if err != nil {
		return nil, err
	}
	cfg := config(w, device)
	cfg.Live = orders(book)
	cfg.Graph, cfg.Classifier = graph, classifier
	for _, add := range more {
		add(&cfg)
	}
	agent, err := recommend.New(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return &Shop{graph, agent, w.labels()}, nil
}

// loadGraph reads the files that mapping.json names, as it says. To sell other
// things, say there where they stand in your own export.
func loadGraph(ctx context.Context, files fs.FS) (*kg.Graph, error) {
	f, err := files.Open("mapping.json")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var mappings []kg.Mapping
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&mappings); err != nil {
		return nil, fmt.Errorf("reading mapping.json: %w", err)
	}
	graph, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	for _, m := range mappings {
		if err := loadFile(ctx, graph, files, m); err != nil {
			return nil, err
		}
	}
	return graph, nil
}

func loadFile(ctx context.Context, graph *kg.Graph, files fs.FS, m kg.Mapping) error {
	f, err := files.Open(m.Source)
	if err != nil {
		return err
	}
	defer f.Close()
	load := graph.LoadJSON
	if path.Ext(m.Source) == ".csv" {
		load = graph.LoadCSV
	}
	if _, err := load(ctx, f, m); err != nil {
		return fmt.Errorf("loading %s: %w", m.Source, err)
	}
	return nil
}

// trainIntents learns what messages are about from intents.csv: what stands
// there word for word is known for sure, the rest is a model's guess.
func trainIntents(ctx context.Context, files fs.FS) (intent.Classifier, error) {
	f, err := files.Open("intents.csv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	examples, err := intent.ReadCSV(f)
	if err != nil {
		return nil, fmt.Errorf("reading intents.csv: %w", err)
	}
	exact, err := intent.Exact(examples)
	if err != nil {
		return nil, err
	}
	model, err := intent.Train(ctx, examples, nil)
	if err != nil {
		return nil, err
	}
	return intent.Chain(exact, model), nil
}
