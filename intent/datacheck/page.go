package datacheck

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/slotgraph/slotgraph/internal/text"
)

//go:embed page.html
var pageHTML string

// The template escapes all that it is given; nothing is marked as safe.
var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

const (
	pageFindings = 200 // of a kind
	pageRows     = 50  // of a finding
)

// A page is what the template shows.
type page struct {
	Summary  string
	Contents []section
	Charts   []chart
	Report   string
	Sections []section
}

// A section holds the findings of one kind.
type section struct {
	ID, Title, Advice string
	Count, More       int
	Findings          []pageFinding
}

type pageFinding struct {
	Message string
	Rows    []pageRow
	More    int
}

type pageRow struct {
	Where, Intent, Text string
	Han                 bool // the text is Chinese, which takes fonts of its own
}

// WriteHTML writes the findings as one HTML page that needs nothing else and
// has no scripts: what was found, up to 200 findings of a kind with up to 50
// rows each, and charts of the intents, of the lengths of the examples and, of
// cross-validated ones, of the probabilities of their labels.
func (f *Findings) WriteHTML(w io.Writer) error {
	summary, _, _ := strings.Cut(f.String(), "\n")
	p := page{Summary: summary, Charts: f.charts()}
	if f.CrossValidation != nil {
		p.Report = f.CrossValidation.Report.String()
	}
	for _, k := range kinds {
		if all := f.Of(k.kind); len(all) > 0 {
			p.Sections = append(p.Sections, newSection(k.kind, all))
		}
	}
	p.Contents = p.Sections
	if err := pageTemplate.Execute(w, p); err != nil {
		return fmt.Errorf("datacheck: write HTML: %w", err)
	}
	return nil
}

func newSection(k Kind, all []Finding) section {
	s := section{
		ID: strings.ReplaceAll(string(k), " ", "-"), Title: k.title(), Advice: k.Advice(),
		Count: len(all), More: max(0, len(all)-pageFindings),
	}
	for _, f := range all[:min(len(all), pageFindings)] {
		x := pageFinding{Message: f.Message, More: max(0, len(f.Rows)-pageRows)}
		for _, r := range f.Rows[:min(len(f.Rows), pageRows)] {
			words := oneLine(r.Text, 400)
			x.Rows = append(x.Rows, pageRow{r.where(), oneLine(r.Intent, 120), words, strings.ContainsFunc(words, text.IsHan)})
		}
		s.Findings = append(s.Findings, x)
	}
	return s
}
