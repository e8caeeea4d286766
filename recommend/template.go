package recommend

import (
	"context"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/dst"
)

//go:embed templates/*.tmpl
var templateFiles embed.FS

var templates = parseTemplates()

// parseTemplates reads the embedded templates, which a test runs through; a
// mistake in them is one of this package.
func parseTemplates() map[string]*template.Template {
	out := map[string]*template.Template{}
	for _, lang := range languages {
		funcs := template.FuncMap{
			"list":   func(facts []Fact) string { return joined(distinct(values(facts)), lang) },
			"names":  func(items []Item) string { return joined(names(items), lang) },
			"wish":   func(f Fact) string { return wishText(f, lang) },
			"wishes": func(facts []Fact) string { return joined(wishTexts(facts, lang), lang) },
			"shown":  func(i Item) string { return shownText(i, lang) },
			"stop":   func(s string) string { return stopped(s, lang) },
			"many":   func(facts []Fact) bool { return len(distinct(values(facts))) > 1 },
			"whole":  func(facts []Fact) bool { return len(facts) == 1 && isSentence(facts[0].Value) },
			"pairs":  func(facts []Fact) string { return joined(pairTexts(facts, lang), lang) },
			"cap":    capital,
			"inc":    func(i int) int { return i + 1 },
			"nth":    func(before, i int) int { return before + i + 1 },
			"plural": func(label string) bool {
				return strings.HasSuffix(label, "s") && !strings.HasSuffix(label, "ss") && !strings.HasSuffix(label, "us") && !strings.HasSuffix(label, "series")
			},
		}
		out[lang] = template.Must(template.New(lang).Funcs(funcs).ParseFS(templateFiles, "templates/"+lang+".tmpl"))
	}
	return out
}

// Template is a [Generator] that needs no model: it words each step with a
// template of its language and says nothing else. Its zero value is ready.
type Template struct{}

// Generate implements [Generator]. It hands out the text step by step.
func (Template) Generate(ctx context.Context, r Request, each func(Chunk) error) (Response, error) {
	set, ok := templates[r.Lang]
	if !ok {
		return Response{}, fmt.Errorf("recommend: template: no language %q; there are %s", r.Lang, strings.Join(languages, " and "))
	}
	var b strings.Builder
	last := ""
	for _, s := range r.Steps {
		if err := ctx.Err(); err != nil {
			return Response{}, fmt.Errorf("recommend: template: %w", err)
		}
		var piece strings.Builder
		if err := set.ExecuteTemplate(&piece, string(s.Kind), s); err != nil {
			return Response{}, fmt.Errorf("recommend: template: step %q in %s: %w", s.Kind, r.Lang, err)
		}
		text := strings.TrimSpace(piece.String())
		if text == "" {
			continue
		}
		if last != "" {
			sep := separator(last, text, r.Lang)
			if s.Kind == StepCause || s.Kind == StepTry || s.Kind == StepSummary { // what is to be done stands on a line of its own
				sep = "\n"
			}
			text = sep + text
		}
		last = text
		b.WriteString(text)
		if each != nil {
			if err := each(Chunk{Text: text}); err != nil {
				return Response{}, err
			}
		}
	}
	return Response{Text: b.String(), Name: "template"}, nil
}

// separator stands between two pieces: a line break beside a list.
func separator(a, b, lang string) string {
	switch {
	case strings.Contains(strings.TrimLeft(a, "\n"), "\n") || strings.Contains(b, "\n"):
		return "\n"
	case lang == "zh":
		return ""
	}
	return " "
}

func values(facts []Fact) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = f.Value
	}
	return out
}

func names(items []Item) []string {
	out := make([]string, len(items))
	for i, item := range items {
		out[i] = item.Name
	}
	return out
}

// shownText lists what is told about an item, values of one attribute
// together: "price ¥4,999, colour black and white".
func shownText(item Item, lang string) string {
	colon, comma := " ", ", "
	if lang == "zh" {
		colon, comma = "", "，"
	}
	var parts []string
	for i := 0; i < len(item.Show); {
		j := i
		for j < len(item.Show) && item.Show[j].Attribute == item.Show[i].Attribute {
			j++
		}
		parts = append(parts, item.Show[i].Attribute+colon+joined(values(item.Show[i:j]), lang)+inAll(item.Show[i].Of, lang))
		i = j
	}
	return strings.Join(parts, comma)
}

// pairTexts are facts behind their attributes: "rating (4.7)".
func pairTexts(facts []Fact, lang string) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		if out[i] = f.Attribute + " (" + f.Value + ")"; lang == "zh" {
			out[i] = f.Attribute + "（" + f.Value + "）"
		}
	}
	return out
}

// inAll says how many there are where not all are told.
func inAll(n int, lang string) string {
	switch {
	case n == 0:
		return ""
	case lang == "zh":
		return fmt.Sprintf("等%d个", n)
	}
	return fmt.Sprintf(" and others (%d in all)", n)
}

func wishTexts(facts []Fact, lang string) []string {
	out := make([]string, len(facts))
	for i, f := range facts {
		out[i] = wishText(f, lang)
	}
	return out
}

var wishWords = map[string]map[dst.Op]string{
	"en": {dst.Eq: "%s %s", dst.Ne: "%s not %s", dst.Lt: "%s under %s", dst.Le: "%s at most %s", dst.Gt: "%s over %s", dst.Ge: "%s at least %s", dst.Around: "%s about %s"},
	"zh": {dst.Eq: "%s%s", dst.Ne: "%s不是%s", dst.Lt: "%s低于%s", dst.Le: "%s不超过%s", dst.Gt: "%s高于%s", dst.Ge: "%s不低于%s", dst.Around: "%s%s左右"},
}

// wishText words a wish: "price at most ¥5,000", 价格不超过5000元.
func wishText(f Fact, lang string) string {
	format, ok := wishWords[lang][f.Op]
	if !ok {
		format = wishWords[lang][dst.Eq]
	}
	return fmt.Sprintf(format, f.Attribute, f.Value)
}

// capital is a text that begins a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// isSentence reports whether a text ends in a mark of its own.
func isSentence(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?。！？…", r)
}

// stopped is a sentence with its full stop, unless it ends in a mark of its own.
func stopped(s, lang string) string {
	if s == "" || isSentence(s) {
		return s
	}
	if lang == "zh" {
		return s + "。"
	}
	return s + "."
}
