// Package inspect shows a developer how an agent comes to its answers: a web
// page to chat with it on the left, and on the right what the selected turn is
// made of: what was understood and from which words, the state before and
// after, the ranking of intents, what was looked up and said, the facts it
// rests on, the graph around the things offered, and how long it took. Turns
// can be undone, replayed and branched from, and a conversation exported as a
// transcript of package dsttest or as JSON.
//
//	page, err := inspect.New(agent, nil)
//	mux.Handle("/inspect/", http.StripPrefix("/inspect", page))
//
// Values of slots that the schema calls Sensitive are neither sent to the page
// nor exported: dots stand in their place, in messages too, where the words were
// understood as such a value in any turn. The conversations in the server's
// memory have them.
//
// It is a tool for development: whoever reaches it can read all that the graph
// knows. It is off unless it is mounted; requests from other machines, for
// other hosts and by other sites' pages are refused (see [Options]). The page
// loads nothing from elsewhere and works without a network.
package inspect
