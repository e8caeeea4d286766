package kg

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	_ "embed" // the page's parts
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"strings"
)

//go:embed page/page.html
var pageHTML string

//go:embed page/page.css
var pageStyle string

//go:embed page/page.js
var pageScript string

var pageTemplate = template.Must(template.New("page").Parse(pageHTML))

// PageOptions says how a [Picture] is worded as a page. The zero value of a
// field means its default.
type PageOptions struct {
	// Lang is the language of the page itself, "en" or "zh". The default is that
	// of the reader's browser; "?lang=zh" after the page's address goes before
	// both.
	Lang string
	// Title is that of the page, the names of the things asked for by default.
	Title string
	// Label words a predicate, which by default stands as it is.
	Label func(predicate string) string
	// Value words the object of a fact that is no reference; the default is
	// [Value.String]. Kinds are worded by it too.
	Value func(f Fact) string
}

// HTML writes the picture as one HTML page that needs nothing else, and no
// network: things as boxes coloured by kind, references as arrows between them.
// The reader can drag it, zoom, search it, and choose a thing to see its facts,
// by keyboard, mouse or touch. Its policy forbids it to load anything or to run
// any script but its own. opts may be nil; HTML calls its functions one at a
// time.
func (p *Picture) HTML(w io.Writer, opts *PageOptions) error {
	if err := p.check(); err != nil {
		return fmt.Errorf("kg: draw HTML: %w", err)
	}
	m := newPageMaker(p, opts)
	b := bufio.NewWriter(w)
	if err := cmp.Or(pageTemplate.Execute(b, m.page()), b.Flush()); err != nil {
		return fmt.Errorf("kg: draw HTML: %w", err)
	}
	return nil
}

// A page is what the template shows.
type page struct {
	Lang, AskedLang, Title string
	Style                  template.CSS
	Script                 template.JS
	StyleHash, ScriptHash  template.HTMLAttr
	ViewBox                string
	Kinds                  []pageKind
	Things                 []pageThing
	Links                  []pageLink
	Cut                    bool
}

type pageKind struct{ Class, Label string }

type pageThing struct {
	Name, ID, Kind, Class string
	Asked                 bool
	X, Y                  int // the centre of its box
	Left, Top             int
	Width, Height         int
	Lines                 []pageLine
	Facts                 []pageFacts
	More                  int
}

// A pageLine is a line of text in a box; Y is its baseline.
type pageLine struct {
	Class, Text string
	X, Y        int
}

// pageFacts are the facts of one predicate about a thing, or those that point
// to it.
type pageFacts struct {
	Label  string
	Back   bool
	Values []pageValue
}

type pageValue struct {
	Text, Source string
	Thing        bool
	Go           int // the thing's place among the page's things
}

// A pageLink is an arrow, or with Both one with two ends.
type pageLink struct {
	From, To       int
	Both           bool
	Path           string
	Label, Title   string
	LabelX, LabelY int
}

// pageTexts are the page's own words.
var pageTexts = map[string]map[string]string{
	"search": {"en": "Search names and facts", "zh": "搜索名称和事实"},
	"in":     {"en": "Zoom in", "zh": "放大"},
	"out":    {"en": "Zoom out", "zh": "缩小"},
	"fit":    {"en": "Show everything", "zh": "显示全部"},
	"graph":  {"en": "Graph. Arrow keys move it, plus and minus zoom.", "zh": "图谱，方向键移动，加减号缩放"},
	"facts":  {"en": "Facts", "zh": "事实"},
	"choose": {"en": "Choose a thing to see its facts.", "zh": "选择一个节点，查看它的事实。"},
	"more":   {"en": "more facts point to it", "zh": "条指向它的事实未画出"},
	"cut":    {"en": "There is more in the graph than is drawn here.", "zh": "图谱内容较多，此处只画出一部分。"},
	"help": {
		"en": "drag or arrow keys: move · wheel, + −: zoom · 0: everything · /: search, Enter: next · Esc: clear",
		"zh": "拖动或方向键：移动 · 滚轮或 + −：缩放 · 0：全部 · /：搜索，回车：下一个 · Esc：清除",
	},
}

// Text is one of the page's own words, in its language.
func (p *page) Text(key string) string { return pageTexts[key][p.Lang] }

// Attr has one of the page's own words in both languages, for the script to
// choose from; to are the attributes that it goes to, none for the element's
// content.
func (p *page) Attr(key, to string) template.HTMLAttr {
	var b strings.Builder
	attr := func(name, value string) {
		fmt.Fprintf(&b, `%s="%s" `, name, template.HTMLEscapeString(value))
	}
	attr("data-en", pageTexts[key]["en"])
	attr("data-zh", pageTexts[key]["zh"])
	if to != "" {
		attr("data-to", to)
	}
	for _, name := range strings.Fields(to) {
		attr(name, p.Text(key))
	}
	return template.HTMLAttr(b.String()) // of the constants above alone
}

// policyHash is how a policy names the one style or script that it allows.
func policyHash(s string) template.HTMLAttr {
	sum := sha256.Sum256([]byte(s))
	return template.HTMLAttr("sha256-" + base64.StdEncoding.EncodeToString(sum[:]))
}
