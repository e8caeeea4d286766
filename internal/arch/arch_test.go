// Package arch holds the module to its architecture: which package may import
// which, and what stands at the top level. It has tests only.
//
// The tests parse the files themselves. They do not run "go list": the test
// cache follows the files that a test opens, not those that a command reads,
// and would report yesterday's imports.
package arch

import (
	"path/filepath"
	"slices"
	"testing"
)

const module = "github.com/slotgraph/slotgraph"

// rules says what packages may import besides the standard library and the
// packages of their own folder. The most specific row holds. Paths without a
// host are the module's own; "/..." stands for a path and all below it, as in
// the go command.
var rules = []struct {
	pkg   string
	may   []string
	tests []string // further ones, in test files only
}{
	{".", nil, nil},
	{"internal/arch", nil, nil},
	{"internal/text/...", leaf, rapid},
	{"internal/webtest", chromedp, nil}, // for tests that look at pages
	{"internal/rasa", nil, nil},
	{"dst/...", slices.Concat(text, leaf, pinyin), rapid},
	{"dst/phone/...", slices.Concat(text, core, phones), rapid},
	{"dst/dsttest/...", slices.Concat(yaml, rasa), nil}, // it reads other tools' files; package dst itself needs no YAML
	{"dst/session/postgres/...", pgx, nil},
	{"dst/session", []string{"golang.org/x/time/rate"}, nil},
	{"dst/session/bolt/...", bbolt, nil},
	{"dst/session/redis/...", goredis, nil},
	{"intent/...", text, rapid},
	{"intent/formats/...", slices.Concat(yaml, rasa, []string{"intent/internal/..."}), nil}, // other tools' files again
	{"kg/...", slices.Concat(text, leaf, pinyin, cayley, bleve, gjson, flock), slices.Concat(rapid, browser, suite)},
	{"kg/postgres/...", slices.Concat(core, cayley, postgres), slices.Concat(rapid, suite)}, // package kg itself needs no driver
	{"kg/schemaorg/...", slices.Concat(core, jsonld), nil},
	{"recommend/...", slices.Concat(text, leaf, core), rapid}, // the only seam between the three
	{"recommend/internal/...", agent, nil},
	{"recommend/openai/...", slices.Concat(agent, openai), core},
	{"recommend/otel/...", slices.Concat(agent, otel), slices.Concat(core, otelSDK)}, // the API alone: programs bring the SDK
	{"recommend/anthropic/...", slices.Concat(agent, anthropic), nil},
	{"examples/...", slices.Concat(core, agent, liner), slices.Concat(rapid, gjson)},
	{"examples/inspector/...", slices.Concat(core, agent, liner), browser}, // its page is tried in a browser
	{"examples/service/...", slices.Concat(core, agent, liner, otelSDK, toStdout), nil},
	{"internal/benchmark/...", slices.Concat(text, leaf, core, agent, cayley, bleve, gjson, examples), rapid},
	{"internal/benchmark/kgbench/...", slices.Concat(core, cayley, bleve, []string{"github.com/cayleygraph/cayley/graph/iterator"}), nil}, // the operators of cayley's comparisons
	{"internal/benchmark/sessionbench/...", slices.Concat(core, bbolt), nil},
}

// What the rows are made of.
var (
	leaf = []string{"golang.org/x/text/...", "github.com/shopspring/decimal"}
	text = []string{"internal/text/..."}

	pinyin = []string{"github.com/mozillazg/go-pinyin"}
	phones = []string{"github.com/nyaruka/phonenumbers"} // its metadata is nine megabytes
	core   = []string{"dst/...", "intent/...", "kg/..."}
	agent  = []string{"recommend/..."}

	examples = []string{"examples/..."}
	rapid    = []string{"pgregory.net/rapid"}
	chromedp = []string{"github.com/chromedp/..."}
	browser  = append([]string{"internal/webtest"}, chromedp...)
	suite    = []string{"github.com/cayleygraph/cayley/graph/graphtest/..."} // the tests of cayley's own stores
	flock    = []string{"github.com/gofrs/flock"}
	otel     = []string{"go.opentelemetry.io/otel", "go.opentelemetry.io/otel/attribute", "go.opentelemetry.io/otel/codes", "go.opentelemetry.io/otel/metric", "go.opentelemetry.io/otel/trace"}
	otelSDK  = []string{"go.opentelemetry.io/otel/sdk/..."}
	toStdout = []string{"go.opentelemetry.io/otel/exporters/stdout/..."}
	jsonld   = []string{"github.com/piprate/json-gold/ld"}
	postgres = []string{
		"github.com/cayleygraph/cayley/graph/sql", "github.com/cayleygraph/cayley/graph/sql/postgres",
		"github.com/cayleygraph/quad/pquads", "github.com/lib/pq",
	}
	pgx       = []string{"github.com/jackc/pgx/v5/..."}
	goredis   = []string{"github.com/redis/go-redis/v9/..."}
	openai    = []string{"github.com/openai/openai-go/v3/..."}
	anthropic = []string{"github.com/anthropics/anthropic-sdk-go/...", "cloud.google.com/go", "google.golang.org/genproto/..."} // the last two for their versions alone
	models    = slices.Concat(openai, anthropic)                                                                                // the clients of language models, which package recommend itself does without
	servers   = slices.Concat(pgx, goredis)                                                                                     // where conversations may be kept
	yaml      = []string{"go.yaml.in/yaml/v4"}
	rasa      = []string{"internal/rasa"}
	bbolt     = []string{"go.etcd.io/bbolt/..."}
	gjson     = []string{"github.com/tidwall/gjson"}
	liner     = []string{"github.com/peterh/liner"}

	// Bleve makes the full-text index; what it is made of (vellum, zapx) is its own
	// affair. Roaring has the sets of documents that a search combines.
	bleve = []string{
		"github.com/blevesearch/bleve/v2/...", "github.com/blevesearch/bleve_index_api",
		"github.com/blevesearch/go-porterstemmer", "github.com/RoaringBitmap/roaring/...",
	}

	// Cayley's other packages bring in its servers, its databases or a
	// JavaScript engine.
	cayley = []string{
		"github.com/cayleygraph/cayley/graph",
		"github.com/cayleygraph/cayley/graph/iterator",
		"github.com/cayleygraph/cayley/graph/memstore",
		"github.com/cayleygraph/cayley/graph/path",
		"github.com/cayleygraph/cayley/graph/shape",
		"github.com/cayleygraph/quad",
		"github.com/cayleygraph/quad/nquads",
	}
)

// reach says what packages must not come to, through whatever other package of
// the module: a program that imports only dst links neither Cayley nor Bleve,
// and one that imports kg no database's driver.
var reach = []struct{ from, never []string }{
	{[]string{"dst/...", "intent/..."}, []string{"github.com/cayleygraph/...", "github.com/blevesearch/...", "github.com/tidwall/...", "github.com/lib/pq"}},
	{[]string{"kg", "kg/page", "recommend/...", "examples/..."}, postgres},
	{[]string{"dst/...", "intent/...", "kg/...", "recommend", "recommend/observe", "examples/..."}, []string{"go.opentelemetry.io/..."}},
	{[]string{"recommend", "recommend/wrap", "examples/..."}, models},
	{[]string{"dst", "dst/session", "dst/session/sessiontest", "intent/...", "kg/...", "recommend/...", "examples/..."}, servers}, // a program brings the database that it has
	{[]string{"dst", "dst/session", "dst/session/sessiontest", "intent/...", "kg/...", "recommend"}, bbolt},
	{[]string{"dst", "intent", "intent/datacheck", "kg/...", "recommend"}, yaml},
}

// whole are programs that bring together what packages leave open: a store, an
// exporter. No row of reach holds for them.
var whole = []string{"examples/service"}

// modules are folders that are modules of their own, so that what they import
// is none of this one's.
var modules = []string{"examples/recipes"}

// topLevel is all that the root may hold, dot-files and what they ignore aside.
var topLevel = []string{
	"LICENSE", "README.md", "README.zh.md", "doc.go", "go.mod", "go.sum",
	"dst", "examples", "intent", "internal", "kg", "recommend",
}

func TestArchitecture(t *testing.T) {
	root := filepath.Join("..", "..")
	problems, packages, err := check(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Error(p)
	}
	for _, name := range []string{"dst", "intent", "kg", "recommend", "internal/text"} {
		if len(packages[name]) == 0 {
			t.Errorf("no imports read in package %s: is %s the root of the module?", name, root)
		}
	}
}
