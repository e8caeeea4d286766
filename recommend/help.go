package recommend

import (
	"context"
)

// Help says how problem solving reads the graph.
type Help struct {
	Kind    string
	Intents []string
}

type helper struct{}

func (c *core) bindHelp(ctx context.Context) error { return nil }

func (t *turn) ruleHelp() (bool, error) { return false, nil }
