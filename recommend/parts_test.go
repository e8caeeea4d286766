package recommend

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// Bytes that look like what they are.
var (
	pngBytes = []byte("\x89PNG\r\n\x1a\n and more")
	wavBytes = []byte("RIFF\x24\x00\x00\x00WAVEfmt ")
)

// partsConfig is the shop with colours, and with plug-ins of one answer each.
func partsConfig(t testing.TB, heard []FakeTranscript, seen ...FakeDescription) Config {
	cfg := shopConfig(t)
	colour := dst.Slot{Name: "colour", Aliases: []string{"color", "颜色"}, Type: &dst.Enum{Values: []dst.Option{
		{Value: "black", Labels: map[string]string{"en": "black", "zh": "黑色"}}, {Value: "red", Labels: map[string]string{"en": "red", "zh": "红色"}}}}}
	sv := &cfg.Schema.Services[0]
	sv.Slots = append(sv.Slots, colour)
	cfg.Bindings[0].Show = []string{"price", "colour"}
	var facts []kg.Fact
	for id, colours := range map[string][]string{"p15-128": {"black", "red"}, "p15-256": {"red"}, "mi14": {"black"}, "redmi13": {"red"}} {
		for _, c := range colours {
			facts = append(facts, kg.Fact{Subject: id, Predicate: "colour", Object: kg.Text(c), Source: "shop"})
		}
	}
	if err := cfg.Graph.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	cfg.Transcriber, cfg.Describer = &FakeTranscriber{Script: heard}, &FakeDescriber{Script: seen}
	cfg.Generator = parrot{}
	return cfg
}

func description(caption string, entities []Entity, acts ...Seen) FakeDescription {
	return FakeDescription{Description: Description{Caption: caption, Entities: entities, Acts: acts}}
}

func seenAct(act string, p float64) Seen { return Seen{dst.MustAct(act), p} }

func TestPictures(t *testing.T) {
	phone := []Entity{{Name: "iPhone 15", P: 0.9}}
	for _, c := range []struct {
		name  string
		text  []string // the picture comes with the first
		photo FakeDescription
		want  string // last acts
		said  string // part of the last text
	}{
		{"thing and words", []string{"this one in black"}, description("a red phone", phone, seenAct("inform colour=red", 0.95)),
			"offer name=Apple iPhone 15 128 GB", "Apple iPhone 15 128 GB"},
		{"thing and words zh", []string{"这款要黑色的"}, description("一部红色手机", []Entity{{Name: "苹果15", P: 0.9}}, seenAct("inform colour=red", 0.95)),
			"offer name=Apple iPhone 15 128 GB", "为您推荐苹果 iPhone 15 128GB"},
		{"thing alone", []string{""}, Shows("Xiaomi 14", 0.9), "offer name=Xiaomi 14", "Xiaomi 14"},
		{"by id", []string{"how much is this?"}, description("", []Entity{{ID: "mi14", P: 0.9}}), `inform price=3999`, "¥3,999"},
		{"asked about", []string{"does it have NFC?"}, Shows("Xiaomi 14", 0.9), "inform feature=nfc", "Yes"},
		{"asked about zh", []string{"这个多少钱？"}, Shows("小米14", 0.9), "inform price=3999", "3999元"},
		{"values alone", []string{"a phone like this"}, description("red", nil, seenAct("inform colour=red", 0.9)), "", "Redmi 13"},
		{"several of a name", []string{""}, Shows("iPhone 15", 0.9), "", "Which one do you mean?"},
		{"several of a name, told apart by words", []string{"the 256 GB one"}, Shows("iPhone 15", 0.9), "offer name=Apple iPhone 15 256 GB", "256 GB"},
		{"unsure", []string{""}, Shows("Xiaomi 14", 0.3), "confirm name=Xiaomi 14", "Is it Xiaomi 14?"},
		{"unsure zh", []string{"这个怎么样"}, Shows("小米 14", 0.3), "confirm name=Xiaomi 14", "您说的是小米 14吗？"},
		{"unsure, yes", []string{"", "yes"}, Shows("Xiaomi 14", 0.3), "offer name=Xiaomi 14", "Xiaomi 14: price"},
		{"unsure, no", []string{"", "no"}, Shows("Xiaomi 14", 0.3), "", "Could you tell me what it shows?"},
		{"unsure with a wish, yes", []string{"this one in black", "yes"}, Shows("Xiaomi 14", 0.3), "offer name=Xiaomi 14", "I recommend Xiaomi 14"},
		{"unsure value", []string{""}, description("something red", nil, seenAct("inform colour=red", 0.4)), "confirm colour=red", "Is the colour red?"},
		{"unsure value, yes", []string{"", "yes"}, description("something red", nil, seenAct("inform colour=red", 0.4)), "", "Redmi 13: price ¥999"},
		{"which of two", []string{""}, description("", []Entity{{Name: "Xiaomi 14", P: 0.45}, {Name: "Redmi 13", P: 0.45}}), "offer name=Xiaomi 14; offer name=Redmi 13", "Which one do you mean?"},
		{"words tell two apart", []string{"this one in black"}, description("", []Entity{{Name: "Xiaomi 14", P: 0.45}, {Name: "Redmi 13", P: 0.45}}), "offer name=Xiaomi 14", "Xiaomi 14"},
		{"a name among words", []string{""}, Shows("Xiaomi 14 phone, black", 0.95), "offer name=Xiaomi 14", "Xiaomi 14"},
		{"a name among words zh", []string{""}, Shows("黑色小米14手机", 0.95), "offer name=Xiaomi 14", "Xiaomi 14"},
		{"a name among other words", []string{""}, Shows("Xiaomi 14 Pro", 0.95), "confirm name=Xiaomi 14", "Is it Xiaomi 14?"},
		{"another model", []string{""}, Shows("iPhone 16", 0.95), "nooffer; offer name=Apple iPhone 15 128 GB", `We do not have "iPhone 16". The closest is Apple iPhone 15`},
		{"another model zh", []string{"这个多少钱"}, Shows("小米 15", 0.95), "nooffer; offer name=Xiaomi 14", "没有“小米 15”"},
		{"part of a name", []string{""}, Shows("Legion", 0.95), "offer name=Lenovo Legion 5", "Lenovo Legion 5"},
		{"turned down", []string{"a phone, but not this one"}, Shows("Xiaomi 14", 0.9), "", "iPhone"},
		{"words name another", []string{"how much is the Redmi 13?"}, Shows("Xiaomi 14", 0.99), "inform price=999", "Redmi 13"},
		{"nothing of use", []string{""}, description("a cat", []Entity{{Name: "cat", P: 0.9}}), "nooffer", `We do not have "cat".`},
		{"another thing, and a wish", []string{"a phone like this in red"}, Shows("Galaxy S24", 0.9), "nooffer; offer name=Apple iPhone 15 256 GB", `We do not have "Galaxy S24".`},
		{"not plain", []string{""}, description("a cat", []Entity{{Name: "cat", P: 0.4}}), "", "could not make out the picture"},
		{"nothing of use, words", []string{"how much is the Redmi 13?"}, description("a cat", nil), "inform price=999", "¥999"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := newAgent(t, partsConfig(t, nil, c.photo))
			var s dst.State
			var r Reply
			var err error
			for i, text := range c.text {
				parts := []Part{Image("image/png", pngBytes)}
				if i > 0 {
					parts = nil
				}
				if r, s, err = a.Reply(context.Background(), s, text, parts...); err != nil {
					t.Fatal(err)
				}
			}
			if acts := dst.FormatActs(r.Acts); !strings.Contains(acts, c.want) || !strings.Contains(r.Text, c.said) {
				t.Errorf("%s\n%s\nwant %s, %q\n%s", r.Text, acts, c.want, c.said, r.Trace)
			}
			if r.Trace.Fallback != "" {
				t.Errorf("the template's own text is refused: %s", r.Trace.Fallback)
			}
		})
	}
}

func TestPicturesAreCompared(t *testing.T) {
	for _, x := range []struct {
		text  string
		seen  []FakeDescription
		acts  string
		words string
	}{
		{"which of these is cheaper?", []FakeDescription{Shows("Xiaomi 14", 0.9), Shows("Redmi 13", 0.9)}, "offer name=Xiaomi 14; offer name=Redmi 13", "Redmi 13"},
		{"这两个有什么区别？", []FakeDescription{Shows("小米14", 0.9), Shows("红米13", 0.6)}, "offer name=Xiaomi 14; offer name=Redmi 13", "红米 13"},
		{"compare this with the Xiaomi 14", []FakeDescription{Shows("Redmi 13", 0.9)}, "offer name=Xiaomi 14; offer name=Redmi 13", "Redmi 13"},
	} {
		a := newAgent(t, partsConfig(t, nil, x.seen...))
		r, _, err := a.Reply(context.Background(), dst.State{}, x.text, slices.Repeat([]Part{Image("", pngBytes)}, len(x.seen))...)
		if err != nil || !strings.HasPrefix(dst.FormatActs(r.Acts), x.acts) || !strings.Contains(r.Text, x.words) || !slices.Contains(r.Trace.Steps, StepCompare) {
			t.Errorf("%s: %s\n%s, %v\n%s", x.text, r.Text, dst.FormatActs(r.Acts), err, r.Trace)
		}
	}
}

func TestPictureEvidence(t *testing.T) {
	photo := description("a red phone", []Entity{{Name: "Xiaomi 14", P: 0.9}, {Name: "Galaxy", P: 0.9}, {Name: "Redmi 13", P: 7}},
		seenAct("inform colour=red", 0.95), seenAct("inform colour=mauve", 0.9), seenAct("inform size=9", 0.9), seenAct("request price", 1), seenAct("inform battery=9", 1))
	a := newAgent(t, partsConfig(t, nil, photo))
	r, s, err := a.Reply(context.Background(), dst.State{}, "this one in black", Image("", pngBytes))
	if err != nil {
		t.Fatal(err)
	}
	if v, _ := s.Get("colour"); v != "black" {
		t.Errorf("colour=%s", v)
	}
	for _, k := range s.Constraints {
		if want := map[string]string{"name": "image", "colour": ""}[k.Slot]; k.Evidence.Via != want || k.Slot == "name" && (k.Evidence.Text != "Xiaomi 14" || k.Evidence.P < 0.8 || k.Evidence.P > 0.91) {
			t.Errorf("%s: evidence %+v", k.Slot, k.Evidence)
		}
	}
	part := r.Trace.Parts[0]
	if part.MIME != "image/png" || part.Bytes != len(pngBytes) || part.Description.Caption != "a red phone" {
		t.Errorf("%+v", part)
	}
	for i, want := range []string{`"Redmi 13"`, "colour=mauve", "size=9", "request price", "battery=9", `"Galaxy"`} {
		if i >= len(part.Refused) || !strings.Contains(part.Refused[i], want) {
			t.Fatalf("refused %q, want %q at %d", part.Refused, want, i)
		}
	}
	scene := func() Scene { _, s := a.cfg.Describer.(*FakeDescriber).Calls(); return s[0] }()
	colour := slices.IndexFunc(scene.Slots, func(x SceneSlot) bool { return x.Name == "colour" })
	if scene.Text != "this one in black" || scene.Lang != "en" || !slices.Contains(scene.Names, "Xiaomi 14") || !slices.Equal(scene.Slots[colour].Values, []string{"black", "red"}) {
		t.Errorf("%+v", scene)
	}
}

func TestSpeech(t *testing.T) {
	for _, c := range []struct {
		name, text string
		heard      []FakeTranscript
		want, said string
		reply      string // Reply.Heard
	}{
		{"alone", "", []FakeTranscript{Hears("how much is the Redmi 13?")}, "inform price=999", "¥999", "how much is the Redmi 13?"},
		{"zh", "", []FakeTranscript{Hears("红米13多少钱？")}, "inform price=999", "999元", "红米13多少钱？"},
		{"second best makes sense", "", []FakeTranscript{{Readings: []Transcript{{Text: "how much is the red me 13?", P: 0.4}, {Text: "how much is the Redmi 13?", P: 0.35}, {Text: "how much is this Redmi 13?", P: 0.25}}}}, "inform price=999", "Redmi 13", "how much is the red me 13?"},
		{"beside text", "a phone", []FakeTranscript{Hears("in black")}, "offer name=Xiaomi 14", "Xiaomi 14", "in black"},
		{"rubbish scores", "", []FakeTranscript{{Readings: []Transcript{{Text: " \x00", P: 9}, {Text: "how much is the Redmi 13?", P: -1}}}}, "inform price=999", "¥999", "how much is the Redmi 13?"},
		{"scores of no distribution", "", []FakeTranscript{{Readings: []Transcript{{Text: "how much is the Redmi 30?", P: 0.7}, {Text: "how much is the Redmi 13?", P: 0.9}}}}, "inform price=999", "¥999", "how much is the Redmi 13?"},
		{"nothing heard", "", []FakeTranscript{{Readings: []Transcript{{Text: "  "}}}}, "", "could not make out the recording", ""},
		{"failed", "", []FakeTranscript{{Err: errors.New("overloaded")}}, "", "could not make out the recording", ""},
		{"failed beside text", "how much is the Redmi 13?", []FakeTranscript{{Err: errors.New("overloaded")}}, "inform price=999", "could not make out the recording", ""},
		{"failed zh", "红米13多少钱", []FakeTranscript{{Err: errors.New("overloaded")}}, "inform price=999", "没有听清", ""},
		{"too slow", "", []FakeTranscript{{Delay: time.Minute}}, "", "could not make out the recording", ""},
		{"script used up", "", nil, "", "could not make out the recording", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := partsConfig(t, c.heard)
			cfg.Timeout = 50 * time.Millisecond
			a := newAgent(t, cfg)
			r, s, err := a.Reply(context.Background(), dst.State{}, c.text, Audio("audio/wav", wavBytes))
			if err != nil {
				t.Fatal(err)
			}
			if acts := dst.FormatActs(r.Acts); !strings.Contains(acts, c.want) || !strings.Contains(r.Text, c.said) || r.Heard != c.reply {
				t.Errorf("%s\n%s\nheard %q\nwant %s, %q, %q\n%s", r.Text, acts, r.Heard, c.want, c.said, c.reply, r.Trace)
			}
			if c.reply == "" && r.Trace.Parts[0].Problem == "" {
				t.Error("the trace does not say what went wrong")
			}
			for _, k := range s.Constraints {
				if want := map[bool]string{true: "audio"}[c.text == "" || k.Evidence.Start >= len(c.text)]; k.Evidence.Via != want {
					t.Errorf("%+v, want via %q", k, want)
				}
			}
		})
	}
}

// A photo and speech meet: the thing is seen and the colour said.
func TestPictureAndSpeech(t *testing.T) {
	a := newAgent(t, partsConfig(t, []FakeTranscript{Hears("我要黑色的这款")}, Shows("苹果15", 0.8)))
	r, s, err := a.Reply(context.Background(), dst.State{}, "", Image("image/png", pngBytes), Audio("audio/wav", wavBytes))
	if err != nil {
		t.Fatal(err)
	}
	if got := dst.FormatActs(r.Acts); got != `offer name=Apple iPhone 15 128 GB` || r.Lang != "zh" || s.Lang != "zh" {
		t.Errorf("%s in %s\n%s\n%s", got, r.Lang, r.Text, r.Trace)
	}
	_, scenes := a.cfg.Describer.(*FakeDescriber).Calls()
	if scenes[0].Text != "我要黑色的这款" {
		t.Errorf("the describer was not told what was said: %+v", scenes[0])
	}
	_, hints := a.cfg.Transcriber.(*FakeTranscriber).Calls()
	if !slices.Contains(hints[0].Vocabulary, "小米 14") || len(hints[0].Vocabulary) > 100 {
		t.Errorf("%+v", hints[0])
	}
}

func TestPartsInJSON(t *testing.T) {
	var d Description
	if err := json.Unmarshal([]byte(`{"caption":"a phone","acts":[{"act":"inform colour=red","p":0.8}],"entities":[{"name":"iPhone 15","p":0.7},{"id":"p15-128","p":0.2}]}`), &d); err != nil {
		t.Fatal(err)
	}
	want := Description{"a phone", []Seen{seenAct("inform colour=red", 0.8)}, []Entity{{Name: "iPhone 15", P: 0.7}, {ID: "p15-128", P: 0.2}}}
	if !reflect.DeepEqual(d, want) {
		t.Errorf("%+v", d)
	}
}
