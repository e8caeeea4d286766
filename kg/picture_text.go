package kg

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// DOT writes the picture in the language of Graphviz: things as ellipses, plain
// values as boxes. Long texts are cut.
func (p *Picture) DOT(w io.Writer) error {
	if err := p.check(); err != nil {
		return fmt.Errorf("kg: draw DOT: %w", err)
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "digraph {\n  rankdir=LR;\n")
	for i, n := range p.Nodes {
		shape := "ellipse"
		if !n.Value.IsRef() {
			shape = "box"
		}
		fmt.Fprintf(b, "  n%d [label=%s, shape=%s];\n", i, dotQuote(n.label()), shape)
	}
	for _, e := range p.Edges {
		fmt.Fprintf(b, "  n%d -> n%d [label=%s];\n", e.From, e.To, dotQuote(clip(e.Predicate)))
	}
	if p.Cut {
		fmt.Fprintf(b, "  // cut after %d facts\n", len(p.Edges))
	}
	fmt.Fprintf(b, "}\n")
	if err := b.Flush(); err != nil {
		return fmt.Errorf("kg: draw DOT: %w", err)
	}
	return nil
}

// Mermaid writes the picture in the language of Mermaid: things with round
// ends, plain values as boxes. Long texts are cut.
func (p *Picture) Mermaid(w io.Writer) error {
	if err := p.check(); err != nil {
		return fmt.Errorf("kg: draw Mermaid: %w", err)
	}
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "graph LR\n")
	for i, n := range p.Nodes {
		left, right := "([", "])"
		if !n.Value.IsRef() {
			left, right = "[", "]"
		}
		fmt.Fprintf(b, "  n%d%s%s%s\n", i, left, mermaidQuote(n.label()), right)
	}
	for _, e := range p.Edges {
		fmt.Fprintf(b, "  n%d -->|%s| n%d\n", e.From, mermaidQuote(clip(e.Predicate)), e.To)
	}
	if p.Cut {
		fmt.Fprintf(b, "  %%%% cut after %d facts\n", len(p.Edges))
	}
	if err := b.Flush(); err != nil {
		return fmt.Errorf("kg: draw Mermaid: %w", err)
	}
	return nil
}

// label is the name of a node, and under the name of a thing its id.
func (n *PictureNode) label() string {
	if n.Name != "" {
		return clip(n.Name) + "\n" + clip(n.Value.String())
	}
	return clip(n.Value.String())
}

func dotQuote(s string) string {
	return `"` + dotEscapes.Replace(printable(s)) + `"`
}

func mermaidQuote(s string) string {
	return `"` + mermaidEscapes.Replace(printable(s)) + `"`
}

// In Mermaid a backtick begins Markdown and %% a directive.
var (
	dotEscapes     = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	mermaidEscapes = strings.NewReplacer("&", "#amp;", `"`, "#quot;", "<", "#lt;", ">", "#gt;", "#", "#35;", "|", "#124;", "`", "#96;", "%%", "#37;#37;", "\n", "<br>")
)

// mostMarks is how many accents and other characters without a width of their
// own may stand on each other: more would grow over what is beside them.
const mostMarks = 8

// printable turns control characters other than the line feed, and those that
// turn the direction of what follows, into spaces, and takes heaps of accents
// down to a few.
func printable(s string) string {
	marks := 0
	return strings.Map(func(r rune) rune {
		if columns(r) > 0 {
			marks = 0
		} else if marks++; marks > mostMarks {
			return -1
		}
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return ' '
		}
		return r
	}, s)
}
