// Package dst tracks the state of a conversation: what the user wants so far,
// as values of the slots of a schema, over many turns, in English and in
// Chinese. It needs no training data, no model and no other package of the
// library, and gets better with a few dozen dialogues.
//
// Say what can be talked about in a [Schema]: a literal, a struct with tags
// ([For]) or JSON in the form of SGD's schema.json ([ReadSchema]). A [Tracker]
// built for it reads each message ([Tracker.Update]) and returns the new
// [State] with the [Decision]s that led to it; [Tracker.Next] says what to do:
// ask for what is missing, have it confirmed, go ahead, or offer, and
// [Tracker.Prompt] has words for it. [Lint] and, for JSON, [LintJSON] say what is
// ambiguous in a schema, what was guessed and what is missing.
//
// An [Act] is one thing said, by either side, with a text notation that
// [ParseAct] reads. A State is the fold of acts ([State.Apply], [State.Said]):
// a value that can be kept anywhere, and every constraint in it says what words
// it rests on. What the user would rather have than must ("preferably black",
// 最好是黑色) is the act prefer, and a [Constraint] that is Soft.
//
// # The course of a conversation
//
// A slot may matter only under a [Condition] on another ([Slot].When): Next asks
// for the address only of who wants a delivery. The values of a slot whose
// conditions no longer hold stay in the state, for when they hold again;
// [Schema.Effective] is the state without them, to act on.
//
// An intent that is Transactional is confirmed before it is done. Once all that
// it requires is there, Next returns "confirm Hotels.Reserve"; a yes holds for
// the very values it was given for ([State.Confirmed]), and then Next returns
// "do Hotels.Reserve". A no makes it ask what to change, and any change asks for
// a yes anew. The program does it, and says so with [State.Said], which closes
// the intent: what was wanted before it is wanted again. Open intents are a
// stack of at most eight; a question in the midst of one does not end it.
//
// A question that gets no answer climbs a ladder: [Slot].Ask, then its Reprompts,
// or an example and the choices; in the end Next hands over to a person
// ([TrackerOptions].MaxAsks). A turn in which the user does anything else is a
// digression and no failure. With [TrackerOptions].ConfirmBelow, values that the
// tracker doubts are confirmed one by one; one that the user rejects gives way
// to what stood there before.
//
// A user may cancel what is open, undo the last three turns that changed
// anything, have the last question repeated, start anew, or ask for a person:
// see [State.Apply] for what each does to the state. Such words count only where
// a message, or for undo a clause, says nothing else: "cancel my order 123" is a
// matter for an intent of yours.
//
// # Keeping states
//
// A State is stored as JSON, for people and other programs, or in a compact
// binary form ([State.AppendBinary], [State.UnmarshalBinary]), a fifth of the
// size and some ten times as fast to read. Later versions of this package read
// both. A log of a conversation holds a [Played] for each turn
// ([Tracker.Record]), acts and words, of which [State.Replay] makes the states
// again without the messages.
//
// A schema changes, and stored states do not. Keep its [Schema.Fingerprint] with
// them: where it is another, [Schema.Migrate] brings a state to the schema, by
// [Migration] steps for what was renamed, and tells what it had to give up.
// [State.Without] is a state without values that have become too old to go by.
//
// # What is personal
//
// A slot that is Sensitive holds what is nobody else's business: a telephone
// number, an address, a medical note. Its values are in the State, which is to
// serve the user, and in the Decisions of the turn: whoever stores states
// encrypts them, and whoever logs decisions masks them first. A [Mask], made by
// [Schema.Mask], takes such values out of acts, decisions, states and texts. An
// [Extractor] learns nothing of them. What the tracker does not understand as
// such a value, because it was said while something else was asked, say, is
// hidden only where it can be nothing else, as a resident's number; package
// dst/privacy has recognisers of personal data in any text. Tests with package
// dsttest show values as they are.
//
// # How a message is understood
//
// What may become of a slot in a turn is a list of options: a value that its type
// finds in the words, one that the bot told, offered or asked to confirm, one
// that another slot or service has, no preference, what follows from the slot's
// words alone, to drop it, or to leave it as it is. Each has features, which
// depend on the words around it, on the bot's acts and on the schema's own words,
// and its score is the sum of their weights. The scores of a slot's options make
// one distribution, whose likeliest option is decided; [Decision].P is its
// probability. [Tracker.Explain] tells all reasons for a decision.
//
// There are weights by hand, the rules; [Weights] learned from dialogues of any
// schema, of which an English set is shipped, [NoWeights] does without, and
// [Train] makes others; and weights that [Tracker.Fit] learns from dialogues on
// the schema at hand ([ReadDialogues] has their format). All are numbers on
// features of one and the same mechanism. Nothing is shipped for Chinese, where
// the rules decide, and what Fit learned. The shipped weights are licensed under
// CC BY-SA 4.0, see weights/README.md.
//
// Where the likeliest outcome of a slot is unlikely, an [Extractor], such as a
// language model, is asked for acts, which become options as well if the message
// or the conversation bears them out. Speech may come as a list of [Hypothesis]:
// probabilities are means over the list.
//
// # Types
//
// A slot's [Type] finds values in text: [Enum], [Number], [Money], [Date],
// [Clock], [Duration], [YesNo], [Address], [Email], [ResidentID], [FreeText],
// which may have a pattern, for order numbers, [Gazetteer], which knows typos and
// pinyin, or one of your own. Phone numbers are in package dst/phone, which brings
// their numbering plans along. [RegisterKind] gives JSON schemas a name for a
// type. The package dsttest tests conversations.
package dst
