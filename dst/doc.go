// Package dst tracks the state of a conversation: what the user wants so far,
// as values of the slots of a schema, over many turns, in English and in
// Chinese. It needs no training data, no model and no other package of the
// library.
//
// Say what can be talked about in a [Schema]: a literal, a struct with tags
// ([For]) or JSON in the form of SGD's schema.json ([ReadSchema]). A [Tracker]
// built for it reads each message ([Tracker.Update]) and returns the new
// [State] with the [Decision]s that led to it; [Tracker.Next] says what to do:
// ask for what is missing, or offer.
//
// An [Act] is one thing said, by either side, with a text notation that
// [ParseAct] reads. A State is the fold of acts ([State.Apply], [State.Said]):
// a value that can be kept anywhere, and every constraint in it says what words
// it rests on.
//
// A slot's [Type] finds values in text: [Enum], [Number], [Money], [Date],
// [Clock], [YesNo], [FreeText], [Gazetteer], or one of your own.
package dst
