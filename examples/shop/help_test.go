package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

func TestHelpArticles(t *testing.T) {
	articles := readShopData(t, "help.json").Get("articles").Array()
	if len(articles) < 32 {
		t.Errorf("%d help articles, want at least 32", len(articles))
	}
	categories := readShopData(t, "synonyms.json").Get("categories")
	ids := map[string]bool{}
	unique := func(v gjson.Result) string {
		id := v.Get("id").String()
		if id == "" || ids[id] {
			t.Errorf("id %q is empty or used twice", id)
		}
		ids[id] = true
		return id
	}
	for _, a := range articles {
		id := unique(a)
		inBothLanguages(t, id+" title", a.Get("title"))
		for _, c := range a.Get("product_categories").Array() {
			if !categories.Get(c.String()).Exists() {
				t.Errorf("%s: unknown category %q", id, c)
			}
		}
		inBothLanguages(t, unique(a.Get("symptom")), a.Get("symptom.text"))
		checkPhrases(t, id, a.Get("symptom.phrases").Array())
		checkChain(t, id, a.Get("causes").Array(), unique)
	}
}

// checkPhrases wants several ways of naming a symptom in each language.
func checkPhrases(t *testing.T, article string, phrases []gjson.Result) {
	t.Helper()
	chinese := 0
	for _, p := range phrases {
		if hasHan(p.String()) {
			chinese++
		}
	}
	if english := len(phrases) - chinese; chinese < 4 || english < 4 {
		t.Errorf("%s: %d English and %d Chinese phrases, want 4 of each", article, english, chinese)
	}
}

// checkChain checks that causes lead to steps, all with an id and both texts.
func checkChain(t *testing.T, article string, causes []gjson.Result, unique func(gjson.Result) string) {
	t.Helper()
	if len(causes) < 1 || len(causes) > 3 {
		t.Errorf("%s: %d causes, want 1 to 3", article, len(causes))
	}
	for _, c := range causes {
		id := unique(c)
		inBothLanguages(t, id, c.Get("text"))
		steps := c.Get("steps").Array()
		if len(steps) < 1 || len(steps) > 4 {
			t.Errorf("%s: %d steps, want 1 to 4", id, len(steps))
		}
		for _, s := range steps {
			inBothLanguages(t, unique(s), s.Get("text"))
		}
	}
}

var shopIntents = []string{
	"buy", "ask_attribute", "compare", "accessories", "help", "greet", "thank", "bye", "affirm", "deny",
	"more", "cheaper", "restart", "human", "repeat", "policy", "order", "stock", "oos",
}

func TestIntentUtterances(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("data", "intents.csv"))
	if err != nil {
		t.Fatalf("read the utterances: %v", err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(raw))).ReadAll()
	if err != nil || len(rows) == 0 || strings.Join(rows[0], ",") != "text,intent" {
		t.Fatalf("parse the utterances: %v; want the header text,intent", err)
	}
	known, owner := map[string]bool{}, map[string]string{}
	for _, i := range shopIntents {
		known[i] = true
	}
	english, chinese := map[string]int{}, map[string]int{}
	for _, row := range rows[1:] {
		text, intent := row[0], row[1]
		key := wordKey(text)
		if other, seen := owner[key]; seen || key == "" || !known[intent] {
			t.Errorf("%q (%s): empty, of an unknown intent, or already a text of %q", text, intent, other)
		}
		owner[key] = intent
		if hasHan(text) {
			chinese[intent]++
		} else {
			english[intent]++
		}
	}
	for _, i := range shopIntents {
		if english[i] < 14 || chinese[i] < 14 {
			t.Errorf("%s: %d English and %d Chinese rows, want 14 of each", i, english[i], chinese[i])
		}
	}
	if n := english["oos"] + chinese["oos"]; n < 60 {
		t.Errorf("%d out-of-scope rows, want 60", n)
	}
	checkPhraseIntents(t, owner)
}

// checkPhraseIntents wants a phrase of a help article that is also a training
// text to ask for help or for the shop's terms.
func checkPhraseIntents(t *testing.T, owner map[string]string) {
	t.Helper()
	for _, p := range readShopData(t, "help.json").Get("articles.#.symptom.phrases|@flatten").Array() {
		if i, seen := owner[wordKey(p.String())]; seen && i != "help" && i != "policy" {
			t.Errorf("%q is a help phrase, and trains the intent %s", p, i)
		}
	}
}
