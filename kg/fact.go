package kg

import (
	"fmt"
	"unicode/utf8"
)

// A Fact is one statement of the graph: its subject has the object as a value
// of the predicate. Subject, Predicate and Object identify it. Source says
// where it came from ("products.json row 17") and takes no part in identity: a
// fact that several sources state is one fact, shown with the first of them
// (see [Graph.Origins] for all, and since when).
type Fact struct {
	Subject   string `json:"subject"`
	Predicate string `json:"predicate"`
	Object    Value  `json:"object"`
	Source    string `json:"source,omitempty"`
}

// String words the fact for people, without its source: "p1 price 4999 CNY".
func (f Fact) String() string {
	return f.Subject + " " + f.Predicate + " " + f.Object.String()
}

// key is the fact without its source, which is what identifies it.
func (f Fact) key() Fact {
	f.Source = ""
	return f
}

func (f Fact) check() error {
	switch {
	case f.Subject == "":
		return fmt.Errorf("fact %q has no subject", clip(f.String()))
	case f.Predicate == "":
		return fmt.Errorf("fact %q has no predicate", clip(f.String()))
	case !utf8.ValidString(f.Subject) || !utf8.ValidString(f.Predicate) || !utf8.ValidString(f.Source):
		return fmt.Errorf("fact %q is not valid UTF-8", clip(f.String()))
	case f.Predicate[0] == 0:
		return fmt.Errorf("fact %q has a predicate that begins with a NUL byte", clip(f.String()))
	}
	if err := f.Object.check(); err != nil {
		return fmt.Errorf("fact %q: %w", clip(f.String()), err)
	}
	return nil
}
