package dst

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

// clinicSchema takes bookings, with slots that are nobody else's business.
func clinicSchema() Schema {
	ask := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	return Schema{Services: []Service{{Slots: []Slot{
		{Name: "colour", Aliases: []string{"颜色"}, Type: OneOf("black", "white")},
		{Name: "mail", Type: &Email{}, Sensitive: true, Ask: ask("Your e-mail?", "您的邮箱？")},
		{Name: "id_number", Aliases: []string{"身份证号"}, Type: &ResidentID{}, Sensitive: true, Ask: ask("Your id number?", "您的身份证号？")},
		{Name: "home", Type: &Address{}, Sensitive: true, Ask: ask("Where do you live?", "您住哪里？")},
		{Name: "customer", Type: &FreeText{Pattern: regexp.MustCompile(`C-\d{5}`)}, Sensitive: true},
		{Name: "note", Aliases: []string{"备注"}, Sensitive: true, Ask: ask("Any medical notes?", "有什么病史？")},
		{Name: "pregnant", Type: &YesNo{Yes: "true", No: "false"}, Sensitive: true, Ask: ask("Are you pregnant?", "您怀孕了吗？")},
		{Name: "children", Type: &Number{Integer: true}, Sensitive: true, Ask: ask("How many children?", "几个孩子？")},
	}}}}
}

func TestMaskText(t *testing.T) {
	m := clinicSchema().Mask().With("+8613812345678", "12 Elm Street", "张三", "Li", "!?#&", "(pass)-word!")
	for _, c := range []struct{ text, want, every string }{
		{"call 138 1234 5678 now", "call ••• now", ""},
		{"call +86 138-1234-5678.", "call •••.", ""},
		{"打１３８１２３４５６７８给我", "打•••给我", ""},
		{"x13812345678y", "x•••y", ""},
		{"13812345679", "13812345679", ""},
		{"to 12, ELM street, please", "to •••, please", ""},
		{"112 Elm Street", "1•••", ""},
		{"2 Elm Street", "2 Elm Street", ""},
		{"张三的订单", "•••的订单", ""},
		{"张", "张", ""},
		{"Li, Lisa", "Li, Lisa", "•••, Lisa"},
		{"he lives at 12 Elm Str", "he lives at •••", ""},
		{"the word is !?#&, or (pass)-word!", "the word is •••, or •••", ""},
		{"!?# & password", "!?# & •••", ""},
		{"", "", ""},
	} {
		if got := m.Text(c.text); got != c.want {
			t.Errorf("%q is masked as %q, want %q", c.text, got, c.want)
		}
		if got := m.Every(c.text); c.every != "" && got != c.every {
			t.Errorf("every value of %q: %q, want %q", c.text, got, c.every)
		}
	}
	if got := (Mask{}).With("secret").Text("secret"); got != "secret" {
		t.Errorf("the zero mask masks: %q", got)
	}
	if s := fmt.Sprint(m); strings.Contains(s, "138") {
		t.Errorf("the mask is printed with what it hides: %s", s)
	}
}

// A masked turn has its evidence in the right places of the masked message.
func TestMaskTurn(t *testing.T) {
	tr := ruled(t, clinicSchema())
	for _, message := range []string{
		"a black one, mail to ann@example.com, and white too",
		"要黑色的，邮箱是ann@example.com，身份证11010519491231002X，白色也行",
		"my customer number is C-12345 and black is the colour",
	} {
		s, ds, err := tr.Update(context.Background(), State{}, Turn{User: message})
		if err != nil {
			t.Fatal(err)
		}
		m := tr.Schema().Mask(s).Heard(message, ds)
		masked, out := m.Turn(message, ds)
		for _, secret := range []string{"ann", "example", "1101", "12345"} {
			if all := fmt.Sprintf("%+v %+v %+v", masked, out, m.State(s)); strings.Contains(all, secret) {
				t.Errorf("%q: %q is still in %s", message, secret, all)
			}
		}
		hidden := 0
		for i, d := range out {
			e := d.Evidence
			if e.End > 0 && masked[e.Start:e.End] != e.Text {
				t.Errorf("%q: %s stands on %q, not on %q", masked, d.Act, masked[e.Start:e.End], e.Text)
			}
			if d.Act.Value == Masked {
				hidden++
			} else if d.Act != ds[i].Act {
				t.Errorf("%q: %s became %s", message, ds[i].Act, d.Act)
			}
		}
		if hidden == 0 || !strings.Contains(masked, Masked) {
			t.Errorf("%q is masked as %q, decisions %v", message, masked, out)
		}
	}
}

// What a mask gives out is another value: the state and the decisions stay.
func TestMaskCopies(t *testing.T) {
	tr := ruled(t, clinicSchema())
	s, ds, err := tr.Update(context.Background(), State{}.Said(MustAct("confirm mail=bob@example.com"), MustAct("inform note=asthma")), Turn{User: "no, ann@example.com, and black"})
	if err != nil {
		t.Fatal(err)
	}
	s = s.Said(MustAct("offer customer=C-12345"), MustAct("ask note")).Note(MustAct("inform help.said=ann@example.com"))
	before, _ := json.Marshal(s)
	decided := fmt.Sprint(ds)
	m := tr.Schema().Mask(s).Heard("", ds)
	shown, _ := json.Marshal(m.State(s))
	m.Turn("no, ann@example.com, and black", ds)
	if after, _ := json.Marshal(s); string(after) != string(before) || fmt.Sprint(ds) != decided {
		t.Error("masking changed what was masked")
	}
	for _, secret := range []string{"example.com", "12345"} {
		if strings.Contains(string(shown), secret) {
			t.Errorf("%s is in %s", secret, shown)
		}
	}
	if _, err := json.Marshal(m.State(s)); err != nil {
		t.Error(err)
	}
	if plain := ruled(t, shopSchema()).Schema().Mask(s); !reflect.DeepEqual(plain, Mask{}) || !reflect.DeepEqual(plain.State(s), s) {
		t.Error("a schema without sensitive slots masks")
	}
}

// What the extractor is shown never has a sensitive value in it: not in the
// turn in which it is said, nor in any later one.
func TestExtractorSeesNothingSensitive(t *testing.T) {
	secrets := []string{"ann@example.com", "annexamplecom", "11010519491231002x", "c12345", "lithium", "12elmstreet", "碳酸锂"}
	for _, talk := range [][]string{
		{"mumble", "mail ann@example.com whatever that does", "ask note", "I take lithium since May", "", "hm, something weird", "", "repeat ann@example.com please", "undo", "or a blackish one, number C-12345"},
		{"", "邮箱ann@example.com那个什么来着", "ask id_number", "11010519491231002X", "confirm id_number=11010519491231002X", "嗯嗯呃", "ask note", "我在吃碳酸锂", "", "随便说点什么吧", "", "不对，撤销"},
		{"ask home", "12 Elm Street, Springfield", "confirm home=12 Elm Street", "sort of", "", "what a nice day", "ask pregnant", "yes", "ask children", "2", "", "mumble mumble"},
	} {
		e := &shown{}
		tr, err := NewTracker(clinicSchema(), &TrackerOptions{Weights: NoWeights(), Extractor: e, DoubtBelow: 1})
		if err != nil {
			t.Fatal(err)
		}
		s := State{}
		for i := 0; i+1 < len(talk); i += 2 {
			said, err := ParseActs(talk[i])
			if err == nil {
				s = s.Said(said...)
			}
			if s, _, err = tr.Update(context.Background(), s, Turn{User: talk[i+1]}); err != nil {
				t.Fatal(err)
			}
		}
		if len(e.all) == 0 {
			t.Errorf("the extractor was not asked in %v", talk)
		}
		for _, q := range e.all {
			b, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			for _, secret := range secrets {
				if text := letters(string(b)) + letters(q.Prompt()); strings.Contains(text, secret) || strings.Contains(string(b), secret) {
					t.Errorf("the extractor sees %q: %s", secret, b)
				}
			}
			if slices.ContainsFunc(q.Slots, func(s Slot) bool { return s.Sensitive }) {
				t.Errorf("the extractor is asked about %v", q.Slots)
			}
		}
	}
}

// shown keeps what an extractor is asked, without the types of slots, which are
// the schema's.
type shown struct {
	mu  sync.Mutex
	all []Doubt
}

func (e *shown) Extract(_ context.Context, q Doubt) ([]string, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	q.Slots = slices.Clone(q.Slots)
	for i := range q.Slots {
		q.Slots[i].Type = nil
	}
	e.all = append(e.all, q)
	return []string{"inform note=x"}, nil
}

func TestSensitiveInSchemas(t *testing.T) {
	type order struct {
		Phone string `slot:"phone,required,sensitive" ask:"Your number?"`
		Use   string
	}
	made, err := For[order]()
	if err != nil || !made.Services[0].Slots[0].Sensitive || made.Services[0].Slots[1].Sensitive {
		t.Errorf("%+v, %v", made, err)
	}
	text := `[{"service_name": "Shop", "slots": [{"name": "mail", "description": "where to write to", "kind": "email", "sensitive": true}, {"name": "use", "description": "what for"}]}]`
	read, remarks, err := LintJSON(strings.NewReader(text))
	if err != nil || !read.Services[0].Slots[0].Sensitive || read.Services[0].Slots[1].Sensitive {
		t.Errorf("%+v, %v", read, err)
	}
	for _, r := range remarks {
		if r.Rule == "unknown-member" || r.Rule == "sensitive" {
			t.Error(r)
		}
	}
}

// Whatever is masked, the rest stays, and evidence keeps within the message.
func FuzzMaskTurn(f *testing.F) {
	f.Add("call 138 1234 5678 now", "+8613812345678", 5, 18)
	f.Add("张三的订单", "张三", 0, 6)
	f.Add("ＡＢ-é!?#&", "!?#&", 2, 9)
	f.Add("\xff12345\x80", "12345", 1, 3)
	schema := clinicSchema()
	f.Fuzz(func(t *testing.T, message, secret string, start, end int) {
		m := schema.Mask().With(secret)
		d := Decision{Act: MustAct("inform mail=x"), Evidence: Evidence{Source: Span, Start: start, End: end}}
		if start >= 0 && start < end && end <= len(message) {
			d.Evidence.Text = message[start:end]
		}
		masked, ds := m.Turn(message, []Decision{d})
		if e := ds[0].Evidence; e.Start < 0 || e.Start > e.End || e.End > len(masked) {
			t.Errorf("%q became %q, and %d to %d became %d to %d", message, masked, start, end, e.Start, e.End)
		}
		rest := message
		for _, piece := range strings.Split(m.Every(message), Masked) {
			_, after, ok := strings.Cut(rest, piece)
			if !ok {
				t.Fatalf("%q is masked as %q", message, m.Every(message))
			}
			rest = after
		}
	})
}
