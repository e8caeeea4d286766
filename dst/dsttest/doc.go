// Package dsttest helps to test a dialogue flow under "go test", and to
// measure a tracker: [Run] plays transcripts that stand in testdata, [State]
// and [Acts] check what a test of your own came to, a [Coverage] says which
// slots, operators and questions no transcript has touched, [Simulate] lets
// invented users talk to a bot and reports dead ends, and [FromRasa],
// [FromDialogues] and [ReadSGD] bring in what was written for other tools.
//
// # Transcripts
//
// A transcript is plain text: what the user says, and indented below it what
// is to be understood, in the notation of [dst.ParseAct], and what the bot is
// to do next.
//
//	# Prices are in yuan.
//	clock: 2026-11-23 09:00
//
//	== a change of mind
//	user: a red laptop
//	    inform category=laptop
//	    inform colour=red
//	    next: ask price
//	user: at most 9000, and blue please
//	    inform price<=9000
//	    inform colour=blue
//	    next: offer
//	    holds: category=laptop; price<=9000
//
//	== the second one
//	bot: offer name=iPhone 15; offer name=ThinkPad X1
//	> the second one
//	    select name=ThinkPad X1
//	    next: ask category
//
// The grammar, in lines; a line ends with "\n" or "\r\n":
//
//	transcript   = { blank | comment | clock } { conversation } .
//	conversation = [ "==" name ] { turn } .      without a name: "conversation 1", …
//	turn         = { setting } said { expectation } .
//
//	setting      = bot | clock | lang | acts | services .    each at most once a turn
//	bot          = "bot:" [ actlist ] .          what the bot did just before
//	clock        = "clock:" time .               2006-01-02 15:04, or 2006-01-02 for 00:00
//	lang         = "lang:" ( "en" | "zh" ) .     the language so far
//	acts         = "acts:" actlist .             the user's acts known from elsewhere, as by a classifier
//	services     = "services:" name { ";" name } .   open in this turn
//
//	said         = user | hear { hear } .
//	user         = ( "user:" | ">" ) [ text ] .  nothing: the user is silent
//	hear         = "hear:" p text .              one hypothesis of a speech recognizer, with its probability
//	text         = the rest of the line, or a Go string literal .
//
//	expectation  = indent ( act | next | error | state | assertion | "..." ) .
//	next         = "next:" act .                 what Tracker.Next returns
//	error        = "error:" text .               instead of acts: Update reports it
//	state        = "state:" [ term { ";" term } ] .   all constraints there are
//	assertion    = ( "holds:" | "lacks:" ) wanted { ";" wanted } .
//	wanted       = form { " | " form } .         any of the forms will do
//	form         = term | slot | "want" name | "request" slot | "select" term .
//	term         = slot op value .               an inform without its kind
//	actlist      = act { ";" act } .
//	indent       = one or more spaces or tabs .
//	comment      = { " " } "#" text .
//
// Settings, "user:" and "==" begin at the first column. Blank lines and
// comments may stand anywhere; a comment has a line of its own, for a user may
// write "#". A line that is none of these is an error with its file and line,
// as is an act that does not fit the schema.
//
// What is expected is compared exactly: the acts in their order, as decided by
// [dst.Tracker.Update], the next act, the error, and, where the line is there,
// the state. Where a turn has only assertions, only they are checked; a turn
// with nothing below it fails, so that nothing is passed over in silence: "..."
// says that nothing is expected of it.
// "holds:" is met by a slot that has this constraint (or any, where only its
// name is given), an intent that is open, a slot asked about in this turn, a
// thing in focus; "lacks:" by the opposite. They are yours: -dsttest.update
// never changes them.
//
// By default the bot follows the tracker: it says what the line "next:" shows,
// and the state remembers it ([dst.State.Said]), so that the next words of the
// user answer the question. "bot:" replaces that for one turn; with nothing
// behind it the bot keeps quiet. Before the first words of a conversation the
// bot has said nothing.
//
// "clock:" before the first "==" holds for the whole file, elsewhere from
// there to the end of its conversation. A tracker's clock is fixed, so each
// time needs a tracker of its own: see [Options.At].
//
// # Simulated users
//
// [Simulate] invents users with goals that fit the schema and lets them talk to
// a tracker ([TrackerBot]) or to any agent ([BotFunc]). It reports goals that
// cannot be reached, questions that come twice, values that are lost or made up,
// errors and panics, each with its conversation as a transcript to be kept in
// testdata. [SimulateDialogues] gives such conversations with their annotation,
// and [RandomSchema] invents what they are about.
//
// [SimulateCustomers] tries whole turns: its users want a thing that exists,
// change their minds on the way to it and ask about what is offered, and are
// content with what is true. Package recommend/simulate draws the things from
// an agent's graph.
//
// # Flags
//
// The package registers flags with the test binary:
//
//	-dsttest.update           rewrite what transcripts expect, to be reviewed as a diff; comments stay
//	-dsttest.cover            print the coverage of all transcripts; "go test" shows it with -v
//	-dsttest.coverfile FILE   append the coverage to FILE, to be merged by ReadCoverage
package dsttest
