// Package slotgraph is a library for customer service in conversation: it
// follows what a customer wants over many messages, Chinese or English, finds
// it in a graph of products, and answers from the facts found there. It is pure
// Go, runs within the program that imports it, and needs no server, no download
// and no language model, though it can work with one. This package holds no
// code; its documentation is the architecture of the others.
//
// # The one idea
//
// A conversation is a sequence of acts; a dialogue state is the fold of acts;
// everything else proposes acts or reads states.
//
// An act is one thing said, by either side, and has a text notation that is at
// once its String, the parser's input, a line of a test transcript, a line of a
// log, and what a language model may be asked to write:
//
//	want buy    inform price<=900    inform brand!=Lenovo    request weight    affirm
//	ask use     confirm price<=900   offer name=ThinkPad X1  relax price
//
// State.Apply, which folds the user's acts, and State.Said, which folds the
// bot's, are pure functions and the whole of tracking. So a state can be stored
// as JSON, rebuilt from a log of acts, compared and explained: every constraint
// in it keeps the evidence it rests on.
//
// # Packages
//
//   - dst tracks: Schema and Slot say what can be talked about, a Type finds the
//     values of a slot in text, a Tracker turns messages into acts and learns from
//     dialogues. dst/dsttest tests it with transcripts and invented users,
//     dst/phone is the type of phone numbers. dst/session keeps conversations in
//     a store, of which dst/session/bolt, redis and postgres are some, and
//     dst/privacy finds what is personal in messages.
//   - intent classifies a message into what it is about, or into nothing.
//   - kg is the knowledge graph: facts in Cayley's model with indexes of their
//     own and Bleve's text index, in memory or on disk; loaders, queries whose
//     hits say why, names found in text, pictures. kg/schemaorg loads JSON-LD,
//     kg/postgres opens graphs that Cayley keeps in PostgreSQL.
//   - recommend runs whole turns: an Agent joins the other three, and words what
//     it has decided through a Generator. recommend/openai and recommend/anthropic
//     have language models do that, recommend/wrap makes them fit for it.
//     recommend/inspect shows in a web page how a turn came about,
//     recommend/observe and recommend/otel log and trace turns, recommend/simulate
//     has invented customers talk with an agent. recommend/serve answers messages
//     of conversations that dst/session keeps.
//   - examples holds programs to start from, internal/text what reads words,
//     numbers and dates in both languages, internal/benchmark the measurements.
//
// Imports go downwards only, which a test in internal/arch watches:
//
//	examples, internal/benchmark
//	            |
//	        recommend
//	       /    |    \
//	    dst   intent   kg --> Cayley, Bleve
//	       \    |    /
//	      internal/text
//
// dst, intent and kg never see one another, so that each is usable alone, and a
// program that imports only dst links neither Cayley nor Bleve. The seams are
// narrow: an intent reaches dst as an act, recommend alone turns acts into
// queries and values of the graph into values of slots, and a language model is
// a Generator, an interface of one method.
//
// # One turn
//
// A customer who is looking at laptops writes "for gaming, not Lenovo", and the
// program calls Agent.Reply with the message and the state so far.
//
//  1. Classifier.Classify, where there is a classifier, ranks the intents of the
//     message. One it is sure of becomes an act, such as "want buy".
//  2. Tracker.Update reads the message. Options come from every source: each Type
//     of the schema finds its values (Type.Find); cues around them, such as "not"
//     or 以下, make the operators; the bot's own acts, values of other slots and
//     services, words for no preference and, where the tracker is in doubt, a
//     plugged-in Extractor propose more. For each slot they compete in one
//     distribution, to leave the slot as it is being one of them. An option's
//     score is a sum of weights of its features: of some set by hand, which are
//     the rules, and of those that were learned. The best becomes a Decision, with
//     its probability, evidence and reasons: "inform use=gaming", "inform
//     brand!=Lenovo". References to what was said before and moves, such as undo,
//     become decisions too. Applied to the state, the decisions are the new state.
//  3. The policy's rules look at state and decisions, in order, and add Steps to
//     the answer. Where Tracker.Next says that something required is missing,
//     the step is to ask. Otherwise the constraints become a kg.Query, and
//     Graph.Find returns Hits, each with the facts (Why) that make it one. If
//     nothing fits, the cheapest wishes are relaxed, and the answer says so; if
//     too much fits, the most telling question is asked besides (Graph.Gains).
//  4. Generator.Generate words the Request: steps, items and numbered facts. The
//     Template needs no model. A model's text is checked against the facts, and
//     what nothing supports is cut, and the Template says what is then missing.
//  5. The Reply holds text, acts, items, facts and a Trace of all this; its acts
//     are folded in with State.Said, and the state is the caller's to keep, or
//     session.Manager's, which saves it with the turn's acts (serve.Service).
//
// # What is learned
//
// Features are relative to a schema: they look at a slot by its kind and by the
// words of its name and description, so that weights serve schemas that nobody
// has seen. dst.Train makes such weights from dialogues; those shipped, for
// English, are trained by a command on SGD, on its schemas in other words, and on
// conversations with simulated users on invented schemas. Tracker.Fit learns a
// second, smaller set on top of them from a developer's own dialogues, and takes
// of it as much as held-out ones of these bear out. Without any weights
// (dst.NoWeights), and in Chinese without Fit, the rules decide alone.
//
// # Where to start
//
// Run examples/slots, which takes an order with dst alone. Then read dst/act.go,
// dst/state.go and the table in dst/apply_test.go: they are the core.
// dst/understand.go is the way from a message to acts, dst/sources.go and
// dst/rank.go the options and their scores, kg/query.go the language
// of queries, recommend/policy.go the list of rules.
//
// # Habits
//
//   - Equal input gives equal output: ties have an order, the clock is passed in.
//   - A State is a value, a Tracker and a Model are immutable, and whatever can be
//     shared is safe for concurrent use. Nothing is registered or kept globally, but
//     for the kinds that JSON schemas may name besides the built-in ones.
//   - "Nothing" is an answer: an empty Ranking, a state left as it was, a bot
//     that says what it does not know.
//   - Errors say what was being done and on what, and wrap their cause. No message
//     and no file makes the library panic.
package slotgraph
