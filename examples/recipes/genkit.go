package recipes

import (
	"context"

	"github.com/firebase/genkit/go/ai"
	"github.com/firebase/genkit/go/genkit"

	"github.com/slotgraph/slotgraph/recommend"
)

// Genkit is a generator by a model of Firebase's Genkit.
func Genkit(g *genkit.Genkit, model ai.ModelArg) recommend.Generator {
	roles := map[recommend.Role]ai.Role{recommend.RoleSystem: ai.RoleSystem, recommend.RoleUser: ai.RoleUser, recommend.RoleAssistant: ai.RoleModel}
	return recommend.NewWriter(recommend.ChatFunc(func(ctx context.Context, c recommend.Chat, each func(string) error) (recommend.Completion, error) {
		var in []*ai.Message
		for _, x := range c.Messages {
			in = append(in, ai.NewTextMessage(roles[x.Role], x.Text))
		}
		out, err := genkit.Generate(ctx, g, ai.WithModel(model), ai.WithMessages(in...),
			ai.WithStreaming(func(_ context.Context, piece *ai.ModelResponseChunk) error { return each(piece.Text()) }))
		if err != nil {
			return recommend.Completion{}, err
		}
		done := recommend.Completion{Text: out.Text(), Name: model.Name()}
		if u := out.Usage; u != nil {
			done.Usage = map[string]int{recommend.TokensIn: u.InputTokens, recommend.TokensOut: u.OutputTokens}
		}
		return done, nil
	}), nil)
}
