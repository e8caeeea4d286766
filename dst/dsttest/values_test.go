package dsttest

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// sizes is a type of the user's own that tells its values.
type sizes struct{}

func (sizes) Find(*dst.Text) []dst.Mention { return nil }

func (sizes) Sample(*rand.Rand, string) string { return "EU 42" }

// shades embeds a built-in type.
type shades struct{ *dst.Enum }

// mute is a type that tells nothing.
type mute struct{}

func (mute) Find(*dst.Text) []dst.Mention { return nil }

func TestSamples(t *testing.T) {
	v := &sampler{now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), values: map[string][]string{"city": {"Paris", "巴黎"}}}
	code := &dst.FreeText{Pattern: regexp.MustCompile(`(?i)[A-Z]{2}-?\d{4,6}|X+`)}
	for _, slot := range []dst.Slot{
		{Name: "colour", Type: &dst.Enum{Values: []dst.Option{{Value: "red", Synonyms: []string{"红色"}}}}}, {Name: "shade", Type: shades{dst.OneOf("dark")}},
		{Name: "gift", Type: &dst.YesNo{Yes: "true", No: "false"}}, {Name: "memory", Type: &dst.Number{Unit: "GB"}}, {Name: "stars", Type: &dst.Number{Min: 1, Max: 5}},
		{Name: "price", Type: &dst.Money{Currency: "CNY"}}, {Name: "day", Type: &dst.Date{}}, {Name: "time", Type: &dst.Clock{}}, {Name: "code", Type: code},
		{Name: "address"}, {Name: "customer", Type: &dst.FreeText{}}, {Name: "home_town"}, {Name: "size", Type: sizes{}}, {Name: "mail", Type: &dst.Email{}},
		{Name: "stay", Type: &dst.Duration{}}, {Name: "id", Type: &dst.ResidentID{}}, {Name: "city", Type: dst.NewGazetteer(dst.Entry{Value: "Paris", Aliases: []string{"巴黎"}})},
	} {
		for seed := range uint64(40) {
			for _, lang := range []string{"en", "zh"} {
				s, ok := v.sample(rand.New(rand.NewPCG(seed, 1)), slot, slot.Name, lang)
				if !ok || s.value == "" || s.words == "" {
					t.Fatalf("%s: no value in %q", slot.Name, lang)
				}
				if p, parses := slot.Type.(dst.Parser); parses {
					if value, ok := p.Parse(s.words, v.now); !ok || value != s.value {
						t.Errorf("%s: %q is %q, not %q", slot.Name, s.words, value, s.value)
					}
				}
				if slot.Name == "colour" && chinese(s.words) != (lang == "zh") {
					t.Errorf("in %q one says %q", lang, s.words)
				}
			}
		}
	}
	for _, slot := range []dst.Slot{{Name: "mute", Type: mute{}}, {Name: "none", Type: &dst.Enum{}}} {
		if s, ok := v.sample(rand.New(rand.NewPCG(1, 1)), slot, slot.Name, "en"); ok {
			t.Errorf("%s: %v", slot.Name, s)
		}
	}
}

// Every move has at least fifteen phrasings in each language, and the same
// places to fill.
func TestPhrases(t *testing.T) {
	places := regexp.MustCompile(`\{.\}`)
	may := map[string]string{"open": "{n}", "want": "{i}", "range": "{s}{a}{b}", "range-alone": "{a}{b}", "change": "{x}", "again": "{x}", "more": "{x}", "request": "{s}", "nopref": "{s}",
		"with": "{s}", "without": "{s}", "greet": "", "thank": "", "bye": "", "any": "", "yes": "", "no": "", "affirm": "", "deny": "", "accept": "", "digress": "", "another": "", "select": "{o}"}
	for lang, moves := range phrases {
		if len(moves) != len(phrases["en"]) {
			t.Errorf("%s has %d moves, en %d", lang, len(moves), len(phrases["en"]))
		}
		for move, list := range moves {
			if len(list) < 15 || phrases["en"][move] == nil {
				t.Errorf("%s: %q has %d phrasings", lang, move, len(list))
			}
			allowed, known := may[move]
			if !known {
				allowed = "{s}{v}"
			}
			for _, p := range list {
				for _, place := range places.FindAllString(p, -1) {
					if !strings.Contains(allowed, place) {
						t.Errorf("%s: %q: nothing fills %s in %q", lang, move, place, p)
					}
				}
				if allowed != "" && !strings.Contains(allowed, "{s}") && !places.MatchString(p) || strings.Contains(allowed, "{v}") && !strings.Contains(p, "{v}") {
					t.Errorf("%s: %q: %q says nothing", lang, move, p)
				}
			}
		}
	}
}

func TestTypos(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range []string{"a thai restaurant in the north", "想要红色的手机", "no", ""} {
		changed := typo(r, text)
		if long := len(text) > 5; (changed != text) != long {
			t.Errorf("%q is misspelt %q", text, changed)
		}
	}
}

func TestSpoken(t *testing.T) {
	for name, want := range map[string]string{"check_in_date": "check in date", "checkInDate": "check in date", "FindHotel": "find hotel", "RAM": "ram", "价格": "价格"} {
		if got := spoken(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}
