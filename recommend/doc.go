// Package recommend runs whole turns of customer service: an [Agent]
// classifies a message, tracks what the customer wants, asks for what is
// missing or looks it up in the knowledge graph, and words an answer that
// rests on the graph's facts alone.
//
//	agent, err := recommend.New(ctx, recommend.Config{Schema: schema, Graph: graph, Bindings: bindings})
//	reply, state, err := agent.Reply(ctx, state, "预算五千以内的手机，不要苹果")
//
// The package is the seam between [dst], [intent] and [kg], which do not know
// of one another: it alone turns acts into graph queries and graph values into
// slot values. What a conversation remembers is in the [dst.State], so that an
// agent serves any number of conversations at once.
//
// A turn is decided by rules over the state (see policy.go), each of which
// adds steps; the steps, with the facts that they rest on, are worded by a
// [Generator]. [Template] needs no model. A model's text is checked against
// the facts and refused where it claims anything else.
//
// A message may come with pictures and recordings ([Part]). A [Transcriber]
// gives the n best readings of a recording and a [Describer] the acts and
// things that a picture speaks for, each with a score; the tracker weighs them
// together with the user's words, which come first, and what is likely but not
// likely enough is asked about. A [Trace] tells the whole turn, and an
// [Observer] watches its stages: package observe logs them, package otel makes
// spans and metrics of them.
//
// # What is personal
//
// Slots of the schema that are [dst.Slot].Sensitive stay between the user and
// the program. What was understood as a value of one, or told of one by live
// data, comes to no [Generator]: a turn that says or tells it is worded by
// [Template], and later requests are without it. A [Describer] and the
// Classifier get messages with [dst.Masked] in its place, and a [Transcriber]
// gets no such words in its hints. Traces, and all that observers get, have it
// masked from the start. The user's reply has it, the state, which the program
// stores safely, the request to a [Lookup], and a [Handover]; [Reply.Masked] is
// for showing a reply to others. A request that happens to hold such a value
// otherwise, as a product with the customer's name, is worded by Template, too.
//
// Not hidden are pictures and recordings themselves, which their plug-ins need,
// and what nobody understood: for that, put recognisers of personal data before
// the model, as wrap.Redact does.
package recommend
