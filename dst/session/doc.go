// Package session keeps the conversations of a service: many at once, over
// months, in whatever store there is, sealed where that is asked for.
//
//	manager, err := session.New(store, &session.Options{Schema: schema, Keys: keyring})
//	out, err := manager.Turn(ctx, session.Key{Tenant: "shop", ID: id}, session.Message{ID: messageID, User: user, Size: len(text)},
//		func(ctx context.Context, c session.Conversation) (session.Answer, error) {
//			// answer the message in c.State
//		})
//
// # Turns
//
// A [Manager] loads a conversation, brings it to today (what is too old to hold
// is dropped, and a state of an older schema is migrated), has the program
// answer, and saves state and log in one go. Turns of one conversation come one
// after the other, in the order in which the messages came; those of different
// ones run side by side. Several processes may share a store: each save names the
// version that it rests on, so that of two that answer the same conversation at
// once one is told so, and plays its turn again. A message with an id that comes
// again is answered as before and counts once: whoever did not hear of an answer,
// for whatever reason, sends the message again.
//
// # The log
//
// Each turn is an entry of the conversation's log: the acts of both sides with the
// words they rest on, as a [dst.Played]. The state is their fold:
// [Manager.AsOf] rebuilds any earlier one, [Manager.Undo] goes back to it, and
// every sixteenth entry or so has the whole state, from where the log may begin
// once it is long ([LogOptions]).
//
// # Stores
//
// A [Store] keeps bytes. [Memory] is in this package; package bolt has one in a
// file, redis and postgres have those of servers, to which it is left to be larger
// than one machine. Package sessiontest has the tests of stores for one's own.
//
// # What is held of people
//
// A [Keyring] seals records and logs. What is kept is bounded by [Lifetimes] and
// LogOptions.Age, [Manager.Sweep] removes what is over; [Manager.Export] shows all
// that is held of a user, and [Manager.Erase] removes it, in the store and in every
// [Holder]. The texts of messages are kept only where a program gives them.
//
// # Limits
//
// [Limits] bound messages, rates, turns in flight and what language models may
// use, by conversation and by tenant. A conversation has at most one turn that is
// played at a time and few that wait, so that none can keep others waiting.
package session
