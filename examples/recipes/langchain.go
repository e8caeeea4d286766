package recipes

import (
	"context"
	"errors"

	"github.com/tmc/langchaingo/llms"

	"github.com/slotgraph/slotgraph/recommend"
)

// LangChain is a generator by a model of LangChainGo.
func LangChain(m llms.Model) recommend.Generator {
	roles := map[recommend.Role]llms.ChatMessageType{recommend.RoleSystem: llms.ChatMessageTypeSystem, recommend.RoleUser: llms.ChatMessageTypeHuman, recommend.RoleAssistant: llms.ChatMessageTypeAI}
	return recommend.NewWriter(recommend.ChatFunc(func(ctx context.Context, c recommend.Chat, each func(string) error) (recommend.Completion, error) {
		var in []llms.MessageContent
		for _, x := range c.Messages {
			in = append(in, llms.TextParts(roles[x.Role], x.Text))
		}
		out, err := m.GenerateContent(ctx, in, llms.WithStreamingFunc(func(_ context.Context, piece []byte) error { return each(string(piece)) }))
		if err != nil {
			return recommend.Completion{}, err
		}
		if len(out.Choices) == 0 {
			return recommend.Completion{}, errors.New("the model gave no answer")
		}
		return recommend.Completion{Text: out.Choices[0].Content, Name: "langchaingo"}, nil
	}), nil)
}
