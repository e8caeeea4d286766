package dst

// Note returns the state with these notes instead of those it had. Notes are
// what the program that runs the bot wants to know again in later turns, as
// acts whose slots have names of its own: "inform help.step=restart". Nothing
// in this package reads them, a restart drops them, and how many there are is
// the program's matter. Acts that are not valid (see [Act.Validate]) are passed
// over.
func (s State) Note(acts ...Act) State {
	s.Notes = keep(acts, func(a Act) bool { return a.Validate() == nil })
	return s
}
