package dst

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// newTown is what townSchema has become.
func newTown() Schema {
	return Schema{Services: []Service{{
		Name: "Stays",
		Slots: []Slot{
			{Name: "name", Names: true, Type: NewGazetteer(Entry{Value: "Acorn House", Aliases: []string{"the Acorn"}}, Entry{Value: "Grand"})},
			{Name: "district", Type: &Enum{Values: []Option{{Value: "North", Synonyms: []string{"northern"}}, {Value: "centre"}}}},
			{Name: "nights", Type: &Number{Unit: "night", Max: 30, Min: 1, Integer: true}},
			{Name: "budget", Type: &Money{Currency: "EUR"}},
			{Name: "memory", Type: &Number{Unit: "MB"}},
			{Name: "code", Type: &FreeText{}},
		},
		Intents: []Intent{{Name: "Find"}, {Name: "Book", Transactional: true}},
	}, {Name: "Taxi", Slots: []Slot{{Name: "to"}}, Intents: []Intent{{Name: "Call"}}}}}
}

var toNewTown = Migration{Rename: map[string]string{"Hotels": "Stays", "Hotels.area": "Stays.district", "Hotels.Reserve": "Stays.Book"},
	Values: map[string]map[string]string{"Hotels.area": {"middle": "centre", "anywhere": ""}}}

// turnsOf is a state that follows from acts, one to each turn.
func turnsOf(t testing.TB, acts string) State {
	t.Helper()
	var s State
	list, err := ParseActs(acts)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range list {
		s = s.NextTurn().Apply(a)
	}
	return s
}

func changeLines(changes []Change) string {
	var out []string
	for _, c := range changes {
		out = append(out, c.String())
	}
	return strings.Join(out, "\n")
}

func TestMigrate(t *testing.T) {
	for _, c := range []struct {
		name, acts string
		steps      []Migration
		want       string // constraints and intents
		changes    string
	}{
		{"nothing to do", "want Stays.Find; inform Stays.district=North; inform Stays.nights<=3", nil, "intents=Stays.Find Stays.district=North Stays.nights<=3", ""},
		{"a service with a slot and an intent of its own", "want Hotels.Find; want Hotels.Reserve; inform Hotels.area=North; inform Hotels.nights=3", []Migration{toNewTown},
			"intents=Stays.Find,Stays.Book Stays.district=North Stays.nights=3",
			"renamed Hotels.Find to Stays.Find\nrenamed Hotels.Reserve to Stays.Book\nrenamed Hotels.area to Stays.district\nrenamed Hotels.nights to Stays.nights"},
		{"values", "inform Hotels.area=middle; inform Hotels.area+=anywhere", []Migration{toNewTown}, "Stays.district=centre",
			"renamed Hotels.area to Stays.district\nreread Hotels.area=middle as centre\nremoved Hotels.area=anywhere"},
		{"a value that the type has in another form", "inform Stays.district=northern", nil, "Stays.district=North", "reread Stays.district=northern as North"},
		{"a text that is a number now", "inform Stays.nights=about 3 nights; inform Stays.budget<=at most 500 euros, please", nil, "Stays.budget<=500 Stays.nights=3",
			"reread Stays.budget<=at most 500 euros, please as 500\nreread Stays.nights=about 3 nights as 3"},
		{"a text of two numbers", "inform Stays.nights=3 or 4", nil, "", "refused Stays.nights=3 or 4"},
		{"an option that is gone", "inform Stays.district=south; inform Stays.budget=dontcare", nil, "Stays.budget=dontcare", "refused Stays.district=south"},
		{"out of bounds", "inform Stays.nights=99", nil, "", "refused Stays.nights=99"},
		{"an order that is gone", "inform Stays.code>=5; inform Taxi.to~x", nil, "", "refused Stays.code>=5\nrefused Taxi.to~x"},
		{"a slot, an intent and a service that are gone", "want Stays.Gone; want Train; inform Stays.gone=1; inform Train.to!=x; want Taxi.Call", nil, "intents=Taxi.Call",
			"closed Stays.Gone\nclosed Train\nremoved Stays.gone=1\nremoved Train.to!=x"},
		{"another unit", "inform Stays.memory=16; inform Stays.budget=20", []Migration{{Units: map[string]string{"Stays.memory": "GB", "Stays.budget": "USD"}}}, "Stays.budget=20 USD Stays.memory=16384",
			"reread Stays.budget=20 as 20 USD\nreread Stays.memory=16 as 16384"},
		{"another meaning", "inform Stays.code=x; inform Taxi.to=y", []Migration{{Remove: []string{"Stays.code", "Taxi"}}}, "", "removed Stays.code=x\nremoved Taxi.to=y"},
		{"steps in order", "inform a=mid; inform b=x", []Migration{{Rename: map[string]string{"": "Hotels", "a": "Hotels.zone"}, Values: map[string]map[string]string{"a": {"mid": "middle"}}},
			{Rename: map[string]string{"Hotels.zone": "Hotels.area"}, Remove: []string{"Hotels.b"}}, toNewTown}, "Stays.district=centre", "renamed a to Stays.district\nreread a=mid as centre\nremoved b=x"},
		{"two slots become one", "inform Stays.zone=centre; inform Stays.district=North; inform A.a=1; inform A.b=2", []Migration{{Rename: map[string]string{"Stays.zone": "Stays.district", "A.a": "Taxi.to", "A.b": "Taxi.to"}}},
			"Stays.district=North Taxi.to=1", "renamed A.a to Taxi.to\nremoved A.b=2\nremoved Stays.zone=centre"},
		{"two values become one", "inform Hotels.area=middle; inform Hotels.area+=centre", []Migration{toNewTown}, "Stays.district=centre", "renamed Hotels.area to Stays.district\nreread Hotels.area=middle as centre"},
		{"the name of a thing that is new to us", "inform Stays.name=the Acorn; inform Stays.name!=Ritz", nil, "Stays.name=Acorn House Stays.name!=Ritz", "reread Stays.name=the Acorn as Acorn House"},
	} {
		s := turnsOf(t, c.acts)
		s.Past = nil
		before := fmt.Sprintf("%+v", s)
		got, changes := newTown().Migrate(s, c.steps...)
		if w := strings.TrimSpace(summary(got)); w != c.want || changeLines(changes) != c.changes {
			t.Errorf("%s:\n%s\nwant %s\n%s\nwant\n%s", c.name, w, c.want, changeLines(changes), c.changes)
		}
		if after := fmt.Sprintf("%+v", s); after != before {
			t.Errorf("%s: the state given became %s", c.name, after)
		}
		if again, more := newTown().Migrate(got); len(more) > 0 || !reflect.DeepEqual(again, got) {
			t.Errorf("%s: once more gives %v", c.name, more)
		}
	}
}

// What is not a constraint moves as well.
func TestMigrateMovesAllThatHasAName(t *testing.T) {
	said := func(s State, acts string) State {
		list, err := ParseActs(acts)
		if err != nil {
			t.Fatal(err)
		}
		return s.Said(list...)
	}
	s := turnsOf(t, "want Hotels.Find; want Hotels.Reserve; inform Hotels.area=middle; inform Hotels.gone=1; forget Hotels.gone; request Hotels.phone; request Hotels.nights; inform Hotels.nights=3")
	s.Past = append(s.Past, Step{Turn: 9, Slots: []string{"Hotels.gone"}, Held: of(s.Past[0].Held, "Hotels.gone")})
	s = said(s, "ask Hotels.gone; ask Hotels.area; offer Hotels.name=Grand; offer Hotels.name=Ritz; relax Hotels.gone; inform Hotels.phone=1; inform help.step=2; propose Hotels.Find; nooffer Hotels; confirm Hotels.nights=3; confirm Hotels.nights=many; confirm Hotels.Reserve; propose Train.Go")
	s.Requested = []string{"Hotels.phone", "Hotels.nights"}
	s.Focus = []Choice{{"Hotels.name", "Grand"}, {"Stays.name", "Acorn House"}, {"Gone.name", "x"}}
	s.Told = []Told{{"Hotels.phone", "1", ""}, {"Hotels.area", "middle", "mid"}, {"help.step", "2", ""}}
	s.Constraints[0].Evidence = Evidence{Source: System, From: "confirm Hotels.area=middle"}
	s.Constraints[1].Evidence = Evidence{Source: Carry, From: "Hotels.area"}
	s = s.Note(MustAct("inform Hotels.area=middle"))
	got, changes := newTown().Migrate(s, toNewTown)
	want := State{Turn: s.Turn, Intents: []string{"Stays.Find", "Stays.Book"}, Requested: []string{"Stays.nights"}, Asked: []string{"Stays.district"}, Notes: s.Notes,
		Constraints: []Constraint{{"Stays.district", Eq, "centre", false, Evidence{Source: System, From: "confirm Stays.district=middle"}}, {"Stays.nights", Eq, "3", false, Evidence{Source: Carry, From: "Stays.district"}}},
		Offered:     []Choice{{"Stays.name", "Grand"}, {"Stays.name", "Ritz"}}, Focus: []Choice{{"Stays.name", "Acorn House"}},
		Told: []Told{{"Stays.district", "centre", "mid"}, {"help.step", "2", ""}},
		Past: []Step{{Turn: 8, Slots: []string{"Stays.nights"}}}}
	for _, a := range []string{"ask Stays.district", "offer Stays.name=Grand", "offer Stays.name=Ritz", "inform help.step=2", "propose Stays.Find", "nooffer Stays", "confirm Stays.nights=3", "confirm Stays.Book"} {
		want.System = append(want.System, MustAct(a))
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v\nwant\n%+v", got, want)
	}
	lines := changeLines(changes)
	for _, line := range []string{"removed Hotels.gone", "refused Hotels.nights=many", "voided Hotels.Reserve", "removed Hotels.phone=1", "closed Train.Go", "removed Gone.name=x", "renamed Hotels to Stays"} {
		if !slices.Contains(strings.Split(lines, "\n"), line) {
			t.Errorf("%q is missing in\n%s", line, lines)
		}
	}
}

// A yes holds where nothing of its service is different.
func TestMigrateKeepsWhatWasConfirmed(t *testing.T) {
	s := turnsOf(t, "want Taxi.Call; inform Taxi.to=Kings Cross; inform Hotels.area=middle").Said(MustAct("confirm Taxi.Call")).NextTurn().Apply(MustAct("affirm"))
	if got, changes := newTown().Migrate(s, toNewTown); !got.Confirmed("Taxi.Call") || len(changes) == 0 {
		t.Errorf("%+v after %v", got.Confirmation, changes)
	}
	got, changes := newTown().Migrate(s, Migration{Values: map[string]map[string]string{"Taxi.to": {"Kings Cross": "King's Cross"}}})
	if got.Confirmed("Taxi.Call") || got.Confirmation != (Confirmation{}) || !strings.Contains(changeLines(changes), "voided Taxi.Call") {
		t.Errorf("%+v after %v", got.Confirmation, changes)
	}
}

func TestCheckMigrations(t *testing.T) {
	for _, c := range []struct{ steps, want string }{
		{`[]`, ""},
		{`[{"rename":{"Hotels":"Stays","Hotels.area":"Stays.district"},"values":{"Hotels.area":{"mid":"centre","x":""}},"remove":["Hotels.phone"]}]`, ""},
		{`[{"rename":{"a":"b"}},{"rename":{"b":"Taxi.to"}}]`, ""},
		{`[{"rename":{"a":"b"}},{"remove":["b"]},{"rename":{"c":"Taxi.to"}}]`, ""},
		{`[{"units":{"Stays.memory":"GB","Stays.budget":"USD"}}]`, ""},
		{`[{"rename":{"a":"Taxi.too"}}]`, `migration 0: "a" becomes "Taxi.too", which the schema does not have`},
		{`[{},{"rename":{"a":"to"}}]`, `migration 1: "a" becomes "to", which the schema does not have; did you mean "Taxi.to"?`},
		{`[{"rename":{"a":"Taxi.to","b":"Taxi.to"}}]`, `migration 0: "b" and "a" of migration 0 both become "Taxi.to"`},
		{`[{"rename":{"a":"Taxi.to"}},{"rename":{"b":"Taxi.to"}}]`, `migration 1: "b" and "a" of migration 0 both become "Taxi.to"`},
		{`[{"rename":{"a":"b","b":"a"}}]`, `migration 0: renaming "a" leads back to it`},
		{`[{"rename":{"Taxi.to":"Taxi.to"}}]`, `renaming "Taxi.to" leads back to it`},
		{`[{"rename":{"a":"Taxi.to"},"remove":["a"]}]`, `"a" is both renamed and removed`},
		{`[{"remove":["a","a",""]}]`, `it removes "a" twice`},
		{`[{"remove":[""]}]`, `a name that is empty`},
		{`[{"values":{"Taxi.too":{"a":"b"}}}]`, `values: "Taxi.too" is no slot of the schema in the end`},
		{`[{"values":{"Stays.district":{"a":"south"}}}]`, `values: "a" of slot "Stays.district" becomes "south", which is no value of it (*dst.Enum)`},
		{`[{"values":{"Stays.district":{"a":"northern"}}}]`, `no value of it`},
		{`[{"units":{"Stays.memory":"litres"}}]`, `units: slot "Stays.memory" takes no numbers in "litres"`},
		{`[{"units":{"Stays.code":"GB"}}]`, ``},
		{`[{"units":{"gone":"GB"}}]`, `units: "gone" is no slot`},
	} {
		var steps []Migration
		if err := json.Unmarshal([]byte(c.steps), &steps); err != nil {
			t.Fatal(err)
		}
		switch err := newTown().CheckMigrations(steps...); {
		case c.want == "" && err != nil, c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", c.steps, err, c.want)
		}
	}
}

// Whatever the steps: what comes out is of the schema, and renaming back and forth
// loses nothing.
func TestMigrateHolds(t *testing.T) {
	old := Schema{Services: []Service{{Name: "S", Slots: []Slot{{Name: "a"}, {Name: "b", Type: &Number{}}, {Name: "n", Names: true}}, Intents: []Intent{{Name: "x"}, {Name: "y"}}}, {Name: "T", Slots: []Slot{{Name: "c"}}}}}
	other := Schema{Services: []Service{{Name: "U", Slots: []Slot{{Name: "a"}, {Name: "bb", Type: &Number{}}, {Name: "n", Names: true}}, Intents: []Intent{{Name: "x"}, {Name: "yy"}}}, {Name: "T", Slots: []Slot{{Name: "c"}}}}}
	there := Migration{Rename: map[string]string{"S": "U", "S.b": "U.bb", "S.y": "U.yy"}}
	back := Migration{Rename: map[string]string{"U": "S", "U.bb": "S.b", "U.yy": "S.y"}}
	name := rapid.SampledFrom([]string{"S", "S.a", "S.b", "T.c", "T", "U.a", "", "x"})
	rapid.Check(t, func(t *rapid.T) {
		s := flow(t)
		s.Confirmation = Confirmation{} // it is for the very names
		moved, _ := other.Migrate(s, there)
		if returned, _ := old.Migrate(moved, back); !reflect.DeepEqual(returned, s) {
			t.Fatalf("there and back: %+v, was %+v", returned, s)
		}
		if at, changes := old.Migrate(s, there, back); len(changes) > 0 || !reflect.DeepEqual(at, s) {
			t.Fatalf("there and back at once: %v", changes)
		}
		s = flow(t)
		steps := make([]Migration, rapid.IntRange(0, 3).Draw(t, "steps"))
		for i := range steps {
			steps[i] = Migration{Rename: rapid.MapOf(name, name).Draw(t, "rename"), Remove: rapid.SliceOfN(name, 0, 2).Draw(t, "remove"),
				Values: map[string]map[string]string{name.Draw(t, "slot"): {"1": "2", "2": ""}}, Units: map[string]string{name.Draw(t, "slot"): "GB"}}
		}
		_ = old.CheckMigrations(steps...)
		got, changes := old.Migrate(s, steps...)
		if again, more := old.Migrate(s, steps...); !reflect.DeepEqual(again, got) || !slices.Equal(more, changes) {
			t.Fatalf("twice: %+v and %+v", got, again)
		}
		if _, more := old.Migrate(got); len(more) > 0 {
			t.Fatalf("%v leads to a state that is not of the schema: %v", steps, more)
		}
		if !slices.IsSortedFunc(got.Constraints, func(a, b Constraint) int { return strings.Compare(a.Slot, b.Slot) }) {
			t.Fatalf("out of order: %+v", got.Constraints)
		}
	})
}

func TestFingerprint(t *testing.T) {
	base := newTown().Fingerprint()
	same := newTown()
	same.Services[0], same.Services[1] = same.Services[1], same.Services[0]
	same.Services[0].Slots[0].Ask = map[string]string{"en": "Where to?"}
	same.Services[1].Slots[1].Type = OneOf("centre", "North")
	same.Services[1].Slots[0].Type = NewGazetteer(Entry{Value: "New"})
	same.Services[1].Slots[2].Required = true
	if got := same.Fingerprint(); got != base || len(base) != 16 {
		t.Errorf("%s and %s: order, words and names count", base, got)
	}
	seen := map[string]bool{base: true}
	for i, change := range []func(*Service){
		func(s *Service) { s.Name = "Rooms" }, func(s *Service) { s.Slots[1].Name = "zone" }, func(s *Service) { s.Intents[0].Name = "Search" },
		func(s *Service) { s.Slots[1].Type = OneOf("centre", "North", "south") }, func(s *Service) { s.Slots[1].Multi = true }, func(s *Service) { s.Slots[2].Type = &Number{Unit: "night", Max: 31, Min: 1, Integer: true} },
		func(s *Service) { s.Slots[3].Type = &Money{Currency: "USD"} }, func(s *Service) { s.Slots[4].Type = &Number{Unit: "GB"} }, func(s *Service) { s.Slots[5].Type = &Date{} },
		func(s *Service) { s.Slots[5].Type = &YesNo{} }, func(s *Service) { s.Slots[5].Type = (*Enum)(nil) }, func(s *Service) { s.Slots = s.Slots[1:] },
	} {
		other := newTown()
		change(&other.Services[0])
		if f := other.Fingerprint(); seen[f] {
			t.Errorf("change %d leaves the fingerprint", i)
		} else {
			seen[f] = true
		}
	}
}

func BenchmarkMigrate(b *testing.B) {
	s := orderState(b, "zh")
	schema := orderSchema()
	renamed := orderSchema()
	renamed.Services[0].Name = "Handys"
	for _, c := range []struct {
		name   string
		schema Schema
		steps  []Migration
	}{{"same", schema, nil}, {"renamed", renamed, []Migration{{Rename: map[string]string{"Phones": "Handys"}}}}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.schema.Migrate(s, c.steps...)
			}
		})
	}
	b.Run("fingerprint", func(b *testing.B) {
		for b.Loop() {
			schema.Fingerprint()
		}
	})
}
