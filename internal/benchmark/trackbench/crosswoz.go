package trackbench

import (
	"context"

	"github.com/slotgraph/slotgraph/examples/crosswoz/guide"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
)

// A crossWOZCorpus is the guide's agent over CrossWOZ's database, with the
// dialogues of a split. Whoever opens it closes its graph.
type crossWOZCorpus struct {
	graph     *kg.Graph
	agent     *recommend.Agent
	dialogues []guide.Dialogue
}

func openCrossWOZ(ctx context.Context, dir, split string) (crossWOZCorpus, error) {
	graph, err := guide.Load(ctx, dir)
	if err != nil {
		return crossWOZCorpus{}, err
	}
	c := crossWOZCorpus{graph: graph}
	if c.agent, err = guide.New(ctx, graph); err == nil {
		c.dialogues, err = guide.Dialogues(dir, split)
	}
	if err != nil {
		graph.Close()
		return crossWOZCorpus{}, err
	}
	return c, nil
}
