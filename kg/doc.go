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
// written for it. [Graph.LoadNQuads] and [Graph.WriteNQuads] exchange graphs
// with RDF tools. Package kg/schemaorg loads JSON-LD with the words of
// schema.org, and [Graph.LoadRows] takes what other readers give.
//
// Each load is one batch. A bad row is named with its number and path, and
// nothing is loaded unless the mapping allows bad rows to be skipped. CSV,
// N-Quads and JSON Lines are read row by row, other JSON as a whole; either way
// the facts are held in memory until all are known to be good. [WithProgress]
// tells how far a load is; cancelling its context ends it without a change.
//
// # Variants
//
// With [Mapping.Group], a row that is a variant of another (the red one of a
// phone) has the values of its group for each predicate of which it has none.
// They are facts of the variant from then on, and come from the variant's own
// row. Variants in a circle are bad rows, and the error names the circle.
//
// # Loading again
//
// A load adds facts, and a fact that is there already stays as it is. With
// [Mapping.Replace], the file is all that its source says: what the source gave
// before and gives no longer goes, what other sources say stays, and the report
// has a [Diff] of the things and values that were added, changed or went.
// [Graph.Sync] does the same with facts.
//
// # Shapes
//
// A [Shape] says what things of a kind must look like: which values they need,
// of what type, range, unit and number, and that what they refer to exists and
// is of some kind. [Mapping.Shapes] holds each row of a load to them, and
// [Graph.Validate] the graph as it is.
//
// # Asking
//
// [Graph.Find] takes a [Query]: a kind, conditions on predicates or on paths of
// them, full text, an order and a limit; [Graph.Count], [Graph.Facets] and
// [Graph.Domain] count under the same conditions, and [Graph.Page] goes through
// a long result with a cursor that stays good while the graph changes. "The
// cheapest" is an Order and a Limit, and follows the column of the predicate
// from its end. [Graph.Link] finds the names of things in a message.
// [Graph.Neighbours], [Graph.Paths] and [Graph.Compare] say how things hang
// together and in what they differ, and [Graph.Picture] draws that.
//
// # Reading and writing at once
//
// A Graph is safe for concurrent use. Writes come in batches ([Graph.Update],
// and each Add, Remove, Sync or Load); a batch is all or nothing. Each batch
// makes a new immutable snapshot: numbers for terms, the facts of each subject
// in a row, the subjects of each predicate and object in lists (and as sets of
// bits, where they are many), the numbers and times of each predicate in
// columns, in order and by subject. It shares with the one before all pages and
// chunks that the batch did not touch, so that a change of one product among
// 100,000 takes a fraction of a millisecond; a batch that touches an eighth of
// the graph is compiled as a whole. What deletions and changes leave behind is
// cleared away in the background ([Graph.Checkpoint]). One atomic pointer leads
// to the current snapshot. Each read works on one snapshot from beginning to
// end, so readers never wait and never see half a batch.
//
// Every read takes a context and looks at it. Where it is cancelled, the
// result is an error and never a part of the answer.
//
// # Who says so
//
// A fact may be stated by several sources, and is gone when none is left that
// states it. [Graph.Origins] tells them, each with the time at which it first
// did; the Source of a Fact is the first of them.
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
// [Graph.View] lends the graph as a cayley store, read only, for what the
// queries of this package cannot say; [Graph.QuadStore] is one to write to as
// well. Paths of cayley's run on them as they are. What consists of In, Out,
// Both, Has, HasReverse, HasFilter with comparisons, Is, And, Or, Except, Unique
// and Follow runs on the graph's indexes; tags, labels, patterns, recursion and
// the rest run on cayley's own iterators around that. The results are those of
// cayley's memstore, with these differences:
//
//   - A node comes as often as there are ways to it, as in any store of
//     cayley's; where several sets with several ways meet in And or Has,
//     memstore's number depends on how it plans the query, and ours is the
//     product. Unique gives each node once in both.
//   - Count counts. Memstore may count the smallest of the sets that meet.
//   - In View a cancelled context is an error.
//
// The order of results is no promise: Limit takes what comes first.
//
// In a store a thing is a quad.IRI of its id, with the bytes that
// an IRI cannot hold %-escaped; a text is a quad.String, and one of predicate
// "name@zh" a quad.LangString of predicate "name"; a number is a quad.Float, or
// with a unit a quad.TypedString of type "unit:GB"; a truth value is a
// quad.Bool; a time is a quad.TypedString of type xsd:dateTime; and the source
// is the label.
package kg
