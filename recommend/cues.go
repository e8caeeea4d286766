package recommend

import (
	"strings"

	"github.com/slotgraph/slotgraph/dst"
)

const clauseEnds = ".,;!?。，；！？\n"

// clauseAround is the clause that the evidence stands in, with the question
// mark that ends it, and what of the message follows the evidence.
func clauseAround(message string, e dst.Evidence) (clause, rest string) {
	if e.Start < 0 || e.Start > e.End || e.End > len(message) {
		return "", ""
	}
	start := strings.LastIndexAny(message[:e.Start], clauseEnds)
	start++ // past the mark's first byte; a cut rune is no letter and harms nothing
	end := len(message)
	if i := strings.IndexAny(message[e.End:], ".,;!。，；！\n"); i >= 0 {
		end = e.End + i
	}
	return strings.ToValidUTF8(message[start:end], ""), message[e.End:]
}

func containsAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// sentences joins sentences, leaving out empty ones.
func sentences(lang string, parts ...string) string {
	sep := " "
	if lang == "zh" {
		sep = ""
	}
	var out []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
