package recipes

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/cloudwego/eino/components/model"
	"github.com/cloudwego/eino/schema"
	"github.com/firebase/genkit/go/ai"
	"github.com/firebase/genkit/go/genkit"
	"github.com/tmc/langchaingo/llms/fake"

	"github.com/slotgraph/slotgraph/recommend"
)

// einoFake is a chat model of Eino's that says what it is told to say.
type einoFake struct{ err error }

func (f einoFake) Generate(context.Context, []*schema.Message, ...model.Option) (*schema.Message, error) {
	return nil, errors.New("it is to stream")
}

func (f einoFake) Stream(_ context.Context, in []*schema.Message, _ ...model.Option) (*schema.StreamReader[*schema.Message], error) {
	if f.err != nil || in[0].Role != schema.System || in[1].Role != schema.User {
		return nil, errors.Join(f.err, errors.New("asked"))
	}
	return schema.StreamReaderFromArray([]*schema.Message{{Content: "Snow Bud "}, {Content: "is ¥60."}}), nil
}

func genkitFake(t *testing.T) recommend.Generator {
	t.Helper()
	g := genkit.Init(context.Background())
	m := genkit.DefineModel(g, "fake/model", &ai.ModelOptions{Supports: &ai.ModelSupports{Multiturn: true, SystemRole: true}},
		func(ctx context.Context, r *ai.ModelRequest, each ai.ModelStreamCallback) (*ai.ModelResponse, error) {
			for _, piece := range []string{"Snow Bud ", "is ¥60."} {
				if err := each(ctx, &ai.ModelResponseChunk{Content: []*ai.Part{ai.NewTextPart(piece)}}); err != nil {
					return nil, err
				}
			}
			return &ai.ModelResponse{Request: r, Message: ai.NewModelTextMessage("Snow Bud is ¥60."), Usage: &ai.GenerationUsage{InputTokens: 9}}, nil
		})
	return Genkit(g, m)
}

func TestRecipes(t *testing.T) {
	r := recommend.Request{
		Lang: "en", User: "how much is it?",
		Steps: []recommend.Step{{Kind: recommend.StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []recommend.Fact{{ID: "f1", Value: "¥60"}}}},
		Facts: []recommend.Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}},
	}
	for name, g := range map[string]recommend.Generator{
		"eino": Eino(einoFake{}), "fake/model": genkitFake(t), "langchaingo": LangChain(fake.NewFakeLLM([]string{"Snow Bud is ¥60.", "Snow Bud is ¥60."})),
	} {
		var b strings.Builder
		out, err := g.Generate(context.Background(), r, func(c recommend.Chunk) error { b.WriteString(c.Text); return nil })
		if err != nil || out.Text != "Snow Bud is ¥60." || b.String() != out.Text || out.Name != name {
			t.Errorf("%s: %+v, streamed %q, %v", name, out, b.String(), err)
		}
		gone := errors.New("gone")
		if _, err = g.Generate(context.Background(), r, func(recommend.Chunk) error { return gone }); !errors.Is(err, gone) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Eino(einoFake{err: errors.New("out of order")}).Generate(context.Background(), r, nil); err == nil {
		t.Error("no error of the model")
	}
}
