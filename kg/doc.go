// Package kg is a product knowledge graph: facts such as "p1 price 4999 CNY"
// with queries that say why they found what they found, full-text search, and
// the linking of names in a customer's message to the things they mean, in
// Chinese and in English. It needs no server and no cgo.
//
//	g, err := kg.New(nil)
//	…
//	mapping, err := kg.ReadMapping(file)          // how the shop's export becomes facts
//	report, err := g.LoadJSON(ctx, export, mapping)
//	hits, err := g.Find(ctx, kg.Query{
//		Kind: "phone",
//		Where: []kg.Condition{
//			{Predicate: "price", Op: kg.Le, Values: []kg.Value{kg.Num(5000, "元")}},
//			{Predicate: "brand/country", Op: kg.Ne, Values: []kg.Value{kg.Text("USA")}},
//		},
//		Order: []kg.Order{{Predicate: "rating", Desc: true}},
//		Limit: 5,
//	})
//	// hits[0].Why: p1 price 4999 CNY, p1 brand nova, nova country China
//
// # Facts
//
// A [Fact] has a subject, a predicate and an object. Subjects are things,
// known by an id of the caller's choice; objects are references to things,
// texts, numbers with a unit, truth values or times. Two predicates have a
// meaning of their own, which [Options] can move: "kind" is what [Query.Kind]
// asks for, and "name" and "alias", with their language variants such as
// "name@zh", are what [Graph.Name] and [Graph.Link] know things by.
//
// # Loading
//
// [Graph.LoadJSON] and [Graph.LoadCSV] follow a [Mapping], which is plain data
// and may itself be JSON, so that a shop's own export loads without Go being
// written for it. A bad row is named with its number and path, and nothing is
// loaded unless the mapping allows bad rows to be skipped. [Graph.LoadNQuads]
// and [Graph.WriteNQuads] exchange graphs with RDF tools, and are how a graph
// is kept on disk.
//
// # Reading and writing at once
//
// A Graph is safe for concurrent use. Writes come in batches ([Graph.Update],
// and each Add, Remove or Load); a batch is all or nothing. The facts live in a
// cayley quad store behind one mutex, and after each batch they are compiled
// into an immutable snapshot: dense numbers for things and values, posting
// lists for each predicate and object, the facts of each subject in a row, a
// sorted column for each predicate and unit, the name index, and a pinned
// reader of the full-text index (bleve). One atomic pointer leads to the
// current snapshot. Each read works on one snapshot from beginning to end, so
// readers never wait and never see half a batch. The price is that a batch
// costs time in proportion to the whole graph, a tenth of a second for 100,000
// facts: write in batches.
//
// Every read takes a context and looks at it. Where it is cancelled, the
// result is an error and never a part of the answer.
//
// # On disk and across machines
//
// [Open] keeps a graph in a folder: a snapshot file and a journal of the
// batches since, both checksummed. A write is on the disk when it returns. One
// program writes to a folder; what others need is a snapshot:
// [Graph.WriteSnapshot] writes one anywhere, to a file, an object store or a
// connection, and [Graph.ReadSnapshot] takes one over in a graph in memory, all
// at once and under load. So one machine builds the graph and any number of
// replicas serve it (the example "Replica"). A replica is as fast as the
// builder, needs no network to answer, and goes on with what it has when the
// builder is gone.
//
// Package kg/postgres opens graphs that cayley keeps in PostgreSQL;
// [Graph.LoadQuadStore] loads from there and [Mirror] writes there what has
// changed. SCALING.md beside this file tells operators how to run all this, and
// what it costs at a million facts.
//
// # Cayley's own queries
//
// [Graph.View] lends the quad store, read only, for what the queries of this
// package cannot say. In it a thing is a quad.IRI of its id, with the bytes that
// an IRI cannot hold %-escaped; a text is a quad.String, and one of predicate
// "name@zh" a quad.LangString of predicate "name"; a number is a quad.Float, or
// with a unit a quad.TypedString of type "unit:GB"; a truth value is a
// quad.Bool; a time is a quad.TypedString of type xsd:dateTime; and the source
// is the label.
package kg
