package datacheck

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/slotgraph/slotgraph/intent"
)

// A Kind is a kind of finding.
type Kind string

// The kinds, the gravest first, in which order findings stand.
const (
	Empty         Kind = "empty"          // a row without a text or without an intent
	Spelling      Kind = "spelling"       // intents that differ only in case, width or spaces
	Contradiction Kind = "contradiction"  // one text under several intents
	Leak          Kind = "leak"           // a text of the test set that is an example too
	NearLeak      Kind = "near leak"      // one that nearly is
	Untrained     Kind = "untrained"      // an intent of the test set without examples
	Noise         Kind = "doubtful label" // another label is far more probable
	Alike         Kind = "alike intents"  // intents that are taken for each other
	NearDouble    Kind = "near-duplicate" // nearly one text under several intents
	Single        Kind = "one example"    // an intent of one example
	Few           Kind = "few examples"   // an intent of few
	Imbalance     Kind = "imbalance"      // an intent of far more examples than others
	Double        Kind = "duplicate"      // one text twice under one intent
	Unfamiliar    Kind = "unfamiliar"     // a row that shares no word with the examples
	Long          Kind = "long"           // a row far longer than others
)

// kinds are the kinds in order, with what their findings are called and what to
// do about them.
var kinds = []struct {
	kind          Kind
	title, advice string
}{
	{Empty, "Empty rows", "Fill in what is missing, or delete the row."},
	{Spelling, "Intents spelled in several ways", "Use one spelling; training refuses both together."},
	{Contradiction, "One text, several intents", "Decide on one intent, or join the intents."},
	{Leak, "Test texts among the examples", "Delete them from one of the two: a test on them measures memory."},
	{NearLeak, "Test texts nearly among the examples", "Look whether they were made from each other; if so, keep them on one side."},
	{Untrained, "Test intents without examples", "Add examples of the intent, or correct its name."},
	{Noise, "Doubtful labels", "Read the message again; relabel it if the other intent is right."},
	{Alike, "Intents taken for each other", "Draw a clearer line between the two and relabel, or join them and ask the customer."},
	{NearDouble, "Nearly one text, several intents", "Check that the small difference decides; relabel where it does not."},
	{Single, "Intents of one example", "Add examples: a dozen, worded as differently as customers do."},
	{Few, "Intents of few examples", "Add examples: a dozen, worded as differently as customers do."},
	{Imbalance, "Intents of far more examples than others", "Add examples to the small intents, or look whether this one is several."},
	{Double, "One text twice", "Keep one: the second teaches nothing, and makes tests look better if they fall apart."},
	{Unfamiliar, "Rows like no other", "Check the label and the language; add examples with the same words if customers write so."},
	{Long, "Long rows", "Cut the row down to what the customer wants: a pasted mail or several messages in one blur the intent."},
}

func order(k Kind) int {
	for i, x := range kinds {
		if x.kind == k {
			return i
		}
	}
	return len(kinds)
}

// Advice says what to do about a finding of the kind.
func (k Kind) Advice() string {
	if i := order(k); i < len(kinds) {
		return kinds[i].advice
	}
	return ""
}

// title names all findings of the kind.
func (k Kind) title() string { return kinds[order(k)].title }

// A Row is an example or a message of the test set.
type Row struct {
	intent.Example
	Test   bool // it is of the test set
	Number int  // from 0, among the examples or in the test set
	Line   int  // in its file, as the options tell it; otherwise 0
}

// String returns the row on one line: where it is, its intent and its text,
// long ones cut.
func (r Row) String() string {
	return fmt.Sprintf("%s [%s] %s", r.where(), oneLine(r.Intent, 60), oneLine(r.Text, 120))
}

// where says where the row stands.
func (r Row) where() string {
	place := fmt.Sprintf("line %d", r.Line)
	if r.Line == 0 {
		place = fmt.Sprintf("row %d", r.Number+1)
	}
	if r.Test {
		return "test " + place
	}
	return place
}

// A Finding is something to look at.
type Finding struct {
	Kind    Kind
	Message string   // what was found, in a sentence
	Advice  string   // what to do about it
	Intents []string // those concerned, in order
	Rows    []Row    // those concerned

	// Score says how grave the finding is among its kind: a similarity, a
	// difference of probabilities, a share or a number of rows.
	Score float64
}

// A Count is an intent with its examples and test messages.
type Count struct {
	Intent         string
	Examples, Test int
}

// Findings is what [Inspect] found.
type Findings struct {
	Examples, Test int
	Intents        []Count   // by name
	All            []Finding // by kind, the gravest first

	// CrossValidation is what the classifiers said, nil without folds. The
	// Number of a HeldOut is that of the example; rows that could not be
	// trained on are left out.
	CrossValidation *intent.CrossValidation

	lengths []int // of the examples, in tokens
}

// Of returns the findings of a kind.
func (f *Findings) Of(k Kind) []Finding {
	var out []Finding
	for _, x := range f.All {
		if x.Kind == k {
			out = append(out, x)
		}
	}
	return out
}

const (
	mostFindings = 10 // of a kind, in a text
	mostRows     = 5  // of a finding, in a text
)

// String returns the findings as a text, at most ten of each kind. All has them
// all, and so has [Findings.WriteHTML], nearly.
func (f *Findings) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s of %s", count(f.Examples, "example"), count(len(f.Intents), "intent"))
	if f.Test > 0 {
		fmt.Fprintf(&b, ", %s to test", count(f.Test, "message"))
	}
	fmt.Fprintf(&b, ": %s\n", count(len(f.All), "finding"))
	if c := f.CrossValidation; c != nil {
		fmt.Fprintf(&b, "cross-validation on %d folds: %.1f%% answered rightly\n", c.Folds, 100*c.Report.Accuracy)
	}
	for _, k := range kinds {
		all := f.Of(k.kind)
		if len(all) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s (%d). %s\n", k.title, len(all), k.advice)
		for i, x := range all {
			if i == mostFindings {
				fmt.Fprintf(&b, "  and %d more\n", len(all)-i)
				break
			}
			fmt.Fprintf(&b, "  %s\n", x.Message)
			for j, r := range x.Rows {
				if j == mostRows {
					fmt.Fprintf(&b, "    and %d more\n", len(x.Rows)-j)
					break
				}
				fmt.Fprintf(&b, "    %s\n", r)
			}
		}
	}
	return b.String()
}

// WriteText writes what [Findings.String] returns.
func (f *Findings) WriteText(w io.Writer) error {
	if _, err := io.WriteString(w, f.String()); err != nil {
		return fmt.Errorf("datacheck: write text: %w", err)
	}
	return nil
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// oneLine cuts a text to at most most runes, and takes line breaks and what
// controls a terminal out of it.
func oneLine(s string, most int) string {
	runes := make([]rune, 0, min(len(s), most+1))
	for _, r := range s {
		if len(runes) == most {
			runes = append(runes, '…')
			break
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' {
			r = ' '
		}
		runes = append(runes, r)
	}
	return strings.TrimSpace(string(runes))
}

// sorted returns the strings in order, each once.
func sorted(all []string) []string {
	out := slices.Clone(all)
	slices.Sort(out)
	return slices.Compact(out)
}
