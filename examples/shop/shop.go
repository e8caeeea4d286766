package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

//go:embed data
var data embed.FS

// ranking puts what fits equally well in order.
var ranking = []kg.Order{{Predicate: "rating", Desc: true}, {Predicate: "sold", Desc: true}}

// A shop is the knowledge graph of what is sold, and the agent that talks
// about it.
type shop struct {
	graph  *kg.Graph
	agent  *recommend.Agent
	labels map[string]map[string]string // words for slots, by language
}

// openShop loads the shop's files and makes its agent.
func openShop(ctx context.Context) (*shop, error) {
	graph, err := loadGraph(ctx)
	if err != nil {
		return nil, err
	}
	classifier, err := trainIntents(ctx)
	if err != nil {
		return nil, err
	}
	w, err := readWords()
	if err != nil {
		return nil, err
	}
	device, err := newFits(ctx, graph, w)
	if err != nil {
		return nil, err
	}
	agent, err := recommend.New(ctx, recommend.Config{
		Schema:     schema(w, device),
		Graph:      graph,
		Classifier: classifier,
		Labels:     w.labels(),
		Bindings: []recommend.Binding{{
			KindSlot: "category",
			Slots:    map[string]string{"accessories": "^accessory_of"},
			Show:     []string{"price", "rating"},
			Order:    ranking,
			Ask:      []string{"uses", "price", "brand"},
		}},
		Help: &recommend.Help{Kind: "article", Intents: []string{"help", "policy"}},
		Persona: map[string]string{
			"en": "I am the assistant of a small electronics shop.",
			"zh": "我是数码小店的客服。",
		},
		Scope: map[string]string{
			"en": "I can help you choose a phone, a laptop, a tablet or an accessory, tell you about our products, and solve problems with them.",
			"zh": "我可以帮您挑选手机、笔记本、平板和配件，介绍商品，也可以帮您解决使用问题。",
		},
	})
	if err != nil {
		return nil, err
	}
	return &shop{graph, agent, w.labels()}, nil
}

// loadGraph reads the files that data/mapping.json describes. To sell other
// things, put your own export beside it and say there where everything stands.
func loadGraph(ctx context.Context) (*kg.Graph, error) {
	raw, err := data.ReadFile("data/mapping.json")
	if err != nil {
		return nil, err
	}
	var mappings []kg.Mapping
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&mappings); err != nil {
		return nil, fmt.Errorf("reading mapping.json: %w", err)
	}
	graph, err := kg.New(nil)
	if err != nil {
		return nil, err
	}
	for _, m := range mappings {
		if err := loadFile(ctx, graph, m); err != nil {
			return nil, err
		}
	}
	return graph, nil
}

func loadFile(ctx context.Context, graph *kg.Graph, m kg.Mapping) error {
	f, err := data.Open("data/" + m.Source)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := graph.LoadJSON(ctx, f, m); err != nil {
		return fmt.Errorf("loading %s: %w", m.Source, err)
	}
	return nil
}

// trainIntents learns what messages are about from data/intents.csv: what is
// written there word for word is known for sure, the rest is a model's guess.
func trainIntents(ctx context.Context) (intent.Classifier, error) {
	raw, err := fs.ReadFile(data, "data/intents.csv")
	if err != nil {
		return nil, err
	}
	examples, err := intent.ReadCSV(bytes.NewReader(raw))
	if err != nil {
		return nil, err
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
