// Package serve joins an [recommend.Agent] with a [session.Manager]: a message
// comes in with the name of its conversation, and the answer goes out once the
// turn is kept.
//
//	service, err := serve.New(agent, manager, nil)
//	reply, err := service.Reply(ctx, session.Key{Tenant: "shop", ID: id}, serve.Message{ID: messageID, User: user, Text: text}, nil)
//
// The conversation's state, its log with the acts of both sides, and the reply
// are saved in one go. A message that comes again, with the same id, gets the same
// reply, and neither agent nor model is asked again: the reply is kept as the
// customer got it, with what is sensitive in it. Several processes may serve the
// same conversations from one store.
//
// # Streams
//
// A reply may be listened to as it is worded. It counts once Reply has returned
// it: until then another process may have answered the conversation, and what was
// streamed is void. The listener is told so, see [Event].
//
// # Carrying out
//
// The agent does not act itself. A reply whose acts hold "do INTENT" asks the
// program to, once for the conversation and Reply.Seq, which name the turn: a
// reply that is given again may be the first one to arrive, or the second.
//
// # Tokens
//
// What the limits of a conversation and of its tenant leave to language models
// binds generators that [wrap.Allowance] is around: the agent's template speaks
// where nothing is left. What a turn has used counts for the conversation when
// the turn is kept: what is used for nothing, because the client went away or
// another process was faster, does not. [wrap.Budget] counts that too, in one
// process.
//
//	cfg.Generator = wrap.Redact(wrap.NewCache(wrap.Allowance(model), wrap.CacheOptions{}), privacy.New(privacy.Options{}))
//
// What caches hold of people goes with them if they are among the manager's
// Holders: [wrap.Cache] and [wrap.Budget] may be.
package serve
