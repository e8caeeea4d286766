// Package recipes has language models of other libraries word the answers: copy
// the one you need. It is a module of its own, so that slotgraph needs none of
// them.
package recipes

import (
	"context"
	"errors"
	"io"

	"github.com/cloudwego/eino/components/model"
	"github.com/cloudwego/eino/schema"

	"github.com/slotgraph/slotgraph/recommend"
)

// Eino is a generator by a chat model of CloudWeGo's Eino.
func Eino(m model.BaseChatModel) recommend.Generator {
	return recommend.NewWriter(recommend.ChatFunc(func(ctx context.Context, c recommend.Chat, each func(string) error) (recommend.Completion, error) {
		var in []*schema.Message
		for _, x := range c.Messages {
			in = append(in, &schema.Message{Role: schema.RoleType(x.Role), Content: x.Text})
		}
		s, err := m.Stream(ctx, in)
		if err != nil {
			return recommend.Completion{}, err
		}
		defer s.Close()
		for {
			piece, err := s.Recv()
			if errors.Is(err, io.EOF) {
				return recommend.Completion{Name: "eino"}, nil
			} else if err == nil {
				err = each(piece.Content)
			}
			if err != nil {
				return recommend.Completion{}, err
			}
		}
	}), nil)
}
