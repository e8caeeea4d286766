package recommend

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
)

// shopArticles are the help articles of the demo shop.
type shopArticle struct {
	ID         string            `json:"id"`
	Title      map[string]string `json:"title"`
	Categories []string          `json:"product_categories"`
	Symptom    struct {
		ID      string            `json:"id"`
		Text    map[string]string `json:"text"`
		Phrases []string          `json:"phrases"`
	} `json:"symptom"`
}

func readShopArticles(t testing.TB) []shopArticle {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "examples", "shop", "data", "help.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Articles []shopArticle `json:"articles"`
	}
	if err := json.Unmarshal(raw, &doc); err != nil || len(doc.Articles) < 30 {
		t.Fatalf("%d articles: %v", len(doc.Articles), err)
	}
	return doc.Articles
}

// phrasesOf are what the articles say, but for the phrases in one place.
func phrasesOf(articles []shopArticle, without int) []phrase {
	var out []phrase
	for _, a := range articles {
		for _, words := range []map[string]string{a.Title, a.Symptom.Text} {
			for _, lang := range sortedKeys(words) {
				out = append(out, phrase{a.Symptom.ID, words[lang]})
			}
		}
		for i, p := range a.Symptom.Phrases {
			if i != without {
				out = append(out, phrase{a.Symptom.ID, p})
			}
		}
	}
	return out
}

// TestLeaveOneOut takes a phrase of each of the shop's articles away and looks
// the article up by it, and so on for every phrase. The bounds are a little
// under what is reached.
func TestLeaveOneOut(t *testing.T) {
	articles := readShopArticles(t)
	n, first, three, told, wrong, asked := 0, 0, 0, 0, 0, 0
	for k := 0; ; k++ {
		m, left := newMatcher(phrasesOf(articles, k)), 0
		for _, a := range articles {
			if k >= len(a.Symptom.Phrases) {
				continue
			}
			left++
			ranked := m.rank(a.Symptom.Phrases[k], maxWhich)
			is := func(x liking) bool { return x.symptom == a.Symptom.ID }
			for _, x := range ranked {
				if is(x) {
					three++
				}
			}
			if len(ranked) > 0 && is(ranked[0]) {
				first++
			}
			switch several := stands(ranked); {
			case len(several) == 1 && several[0].score >= surelyIs && is(several[0]):
				told++
			case len(several) == 1 && several[0].score >= surelyIs:
				wrong++
			case slices.ContainsFunc(several, is):
				asked++
			}
		}
		if n += left; left == 0 {
			break
		}
	}
	of := func(k int) float64 { return float64(k) / float64(n) }
	t.Logf("%d phrases: right article first %.3f, among %d %.3f; told at once %.3f, wrongly %.3f, asked about %.3f", n, of(first), maxWhich, of(three), of(told), of(wrong), of(asked))
	if of(first) < 0.67 || of(three) < 0.82 || of(told) < 0.5 || of(wrong) > 0.13 {
		t.Error("retrieval is worse than it was")
	}
}

// TestWhichProblem asks where two symptoms are about as likely, and takes the
// answer in whatever form it comes.
func TestWhichProblem(t *testing.T) {
	cfg := storeConfig(t)
	said := intent.Ranking{{Intent: "help", P: 0.9}}
	cfg.Classifier = byMessage{"charge my phone, a Xiaomi 14, slow or not": said, "it charges slowly": said, "充电有问题": said, "充电特别慢": said}
	a := newAgent(t, cfg)
	for _, x := range []struct{ answer, want string }{
		{"the second one", "take so long"}, {"1", "does not charge"}, {"it charges slowly", "take so long"},
		{"neither of them", "What exactly"}, {"no", "What exactly"}, {"how much is the Xiaomi 14?", "3,999"},
	} {
		r, s := reply(t, a, dst.State{}, "charge my phone, a Xiaomi 14, slow or not")
		if !strings.Contains(r.Text, "Which of these") || !strings.Contains(r.Text, "2. ") {
			t.Fatalf("%q\n%s", r.Text, r.Trace)
		}
		r, s = reply(t, a, s, x.answer)
		if !strings.Contains(r.Text, x.want) {
			t.Errorf("%q: %q, want %q in it", x.answer, r.Text, x.want)
		}
		if p := problemsOf(s); len(p) == 1 && (p[0].about != "Xiaomi 14" || p[0].said != "charge my phone, a Xiaomi 14, slow or not") {
			t.Errorf("%q: what was said before is lost: %+v", x.answer, p[0])
		}
	}
}

// TestAbout prefers the article about the thing talked about, and finds a
// problem that is told of a product by its name.
func TestAbout(t *testing.T) {
	cfg := storeConfig(t)
	cfg.Help.About = "about"
	add := func(s, p string, o kg.Value) {
		if err := cfg.Graph.Add(context.Background(), kg.Fact{Subject: s, Predicate: p, Object: o}); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range [][2]string{{"phone", "phone"}, {"laptop", "laptop"}} {
		add("dark-"+x[0], "kind", kg.Text("article"))
		add("dark-"+x[0], "about", kg.Text(x[1]))
		add("dark-"+x[0], "symptom", kg.Ref("dark."+x[0]))
		add("dark."+x[0], "text", kg.Text("The screen of the "+x[1]+" stays dark"))
		add("dark."+x[0], "phrase", kg.Text("screen remains dark"))
		add("dark."+x[0], "cause", kg.Ref("cable"))
	}
	help := intent.Ranking{{Intent: "help", P: 0.9}}
	cfg.Classifier = byMessage{"its screen stays so very dark": help, "my Lenovo Legion 5 has a screen that remains so very dark": help}
	a := newAgent(t, cfg)
	for _, thing := range []struct{ name, kind string }{{"MacBook Air", "laptop"}, {"Xiaomi 14", "phone"}} {
		_, s := reply(t, a, dst.State{}, "how much is the "+thing.name+"?")
		if r, _ := reply(t, a, s, "its screen stays so very dark"); !strings.Contains(r.Text, "screen of the "+thing.kind) {
			t.Errorf("of the %s: %q", thing.name, r.Text)
		}
	}
	if r, _ := reply(t, a, dst.State{}, "my Lenovo Legion 5 has a screen that remains so very dark"); !strings.Contains(r.Text, "laptop stays dark (Lenovo Legion 5)") {
		t.Errorf("the product is named: %q", r.Text)
	}
}
