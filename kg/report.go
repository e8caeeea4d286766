package kg

import "strconv"

// A RowError says what is wrong with one row. Row is the index of a JSON row,
// from 0, or the line number of CSV and N-Quads, from 1.
type RowError struct {
	Row    int
	Path   string // path or column, "" where the whole row is meant
	Reason string
	line   bool
}

// Error returns, for instance,
// row 17, path price.amount: "abc" is not a number.
func (e RowError) Error() string {
	s := "row "
	if e.line {
		s = "line "
	}
	s += strconv.Itoa(e.Row)
	if e.Path != "" {
		s += ", path " + e.Path
	}
	return s + ": " + e.Reason
}

// A Report says what a load did.
type Report struct {
	Facts  int        // facts that the file gave, those already in the graph included
	Rows   int        // rows that were loaded
	Errors []RowError // rows that were not, in the order of the file
	// Unused lists the paths of fields at which no row had a value, in the order
	// of the mapping. A path of JSON that is misspelt shows here alone, since
	// rows may lack any value that is not required.
	Unused []string
	// Diff says what changed, where the mapping says Replace; else it is nil.
	Diff *Diff
}
