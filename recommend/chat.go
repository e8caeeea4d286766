package recommend

import "context"

// A ChatModel is a language model that continues a conversation: all that
// [NewWriter] needs to make a [Generator] of it. Packages recommend/openai and
// recommend/anthropic have one each; the library of another model is adapted in
// a dozen lines. Implementations are safe for concurrent use and return once
// the context is done.
//
// Where each is not nil it is called with the pieces of the text as they come;
// its error ends the completion and is returned. The Completion holds the whole
// text either way, and one that cannot stream need not call each. What goes wrong is a [*Failure] where its cause is known.
type ChatModel interface {
	Complete(ctx context.Context, c Chat, each func(string) error) (Completion, error)
}

// A ChatFunc is a function that is a [ChatModel].
type ChatFunc func(ctx context.Context, c Chat, each func(string) error) (Completion, error)

// Complete implements [ChatModel].
func (f ChatFunc) Complete(ctx context.Context, c Chat, each func(string) error) (Completion, error) {
	return f(ctx, c, each)
}

// completed asks a model and hands on the text of one that does not stream too.
func completed(ctx context.Context, m ChatModel, c Chat, each func(string) error) (Completion, error) {
	streams := false
	out, err := m.Complete(ctx, c, func(piece string) error {
		streams = true
		return each(piece)
	})
	if err == nil && !streams && out.Text != "" {
		err = each(out.Text)
	}
	return out, err
}

// A Chat is what a language model is asked.
type Chat struct {
	Messages []Message `json:"messages"`
	JSON     bool      `json:"json,omitempty"` // the answer must be one JSON object; a server that can hold the model to it should
}

// A Message is one message of a [Chat].
type Message struct {
	Role   Role   `json:"role"`
	Text   string `json:"text"`
	Images []Part `json:"images,omitempty"` // shown with the text; for a model that sees
}

// A Role says who speaks.
type Role string

// The roles.
const (
	RoleSystem    Role = "system"    // the developer
	RoleUser      Role = "user"      // the program, with the data
	RoleAssistant Role = "assistant" // the model
)

// A Completion is what a language model answers.
type Completion struct {
	Text  string
	Name  string         // of the model
	Usage map[string]int // TokensIn and TokensOut, nil where the server does not count
}

// Keys of [Completion].Usage and [Response].Usage that wrappers read.
const (
	TokensIn  = "tokens_in"
	TokensOut = "tokens_out"
)
