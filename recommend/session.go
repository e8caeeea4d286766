package recommend

import "context"

type sessionKey struct{}

// WithSession names the conversation that a call belongs to, for what is
// counted by conversation: the budget of package recommend/wrap.
func WithSession(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, sessionKey{}, id)
}

// Session returns the name given with [WithSession], "" without one.
func Session(ctx context.Context) string {
	id, _ := ctx.Value(sessionKey{}).(string)
	return id
}
