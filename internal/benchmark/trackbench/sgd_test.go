package trackbench

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestTokenSortRatio(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"fuzzy wuzzy was a bear", "Wuzzy, fuzzy was a bear!", 100},
		{"New York Mets", "new york meats", 96},                    // one insertion in 13 and 14 letters
		{"march 8th", "8th of March", 86},                          // 18 of 21
		{"abcdefgh", "abcdexyz", 62}, {"abcdefgh", "abcdefgx", 88}, // 62.5 and 87.5: to the even one
		{"abc", "axc", 67},             // a substitution counts as two
		{"a_b", "a b", 67},             // the underscore is a letter: it stays
		{"café", "CAF", 100},           // U+0080 to U+00FF are dropped,
		{"Ōsaka", "ōsaka", 100},        // letters beyond stay and have a case
		{"cafe\u0301s", "s cafe", 100}, // a combining mark is no letter
		{"故宫", "故宫博物院", 57},            // 4 of 7
		{"", "", 100}, {"?!", "…", 100}, {"", "a", 0}, {"a", "b", 0},
	} {
		if got := tokenSortRatio(c.a, c.b); got != c.want {
			t.Errorf("tokenSortRatio(%q, %q) = %v, want %v", c.a, c.b, got, c.want)
		}
		if got := tokenSortRatio(c.b, c.a); got != c.want {
			t.Errorf("tokenSortRatio(%q, %q) = %v, want %v", c.b, c.a, got, c.want)
		}
	}
}

func TestSlotScore(t *testing.T) {
	for _, c := range []struct {
		name        string
		categorical bool
		gold        []string
		got         string
		filled      bool
		want        float64
	}{
		{"both empty", false, nil, "", false, 1},
		{"made up", false, nil, "Rome", true, 0},
		{"missed", false, []string{"Rome"}, "", false, 0},
		{"best of the spellings", false, []string{"noon", "march 8th"}, "8th of March", true, 0.86},
		{"categorical", true, []string{"True"}, "True", true, 1},
		{"categorical, in another case", true, []string{"True"}, "true", true, 0},
		{"categorical, the second spelling", true, []string{"2", "two"}, "two", true, 0},
		{"no preference", false, []string{"dontcare"}, "dontcare", true, 1},
	} {
		if got := slotScore(c.categorical, c.gold, c.got, c.filled); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestScoreFrame(t *testing.T) {
	slots := []sgdSlot{{"H.day", false}, {"H.stars", true}, {"H.name", false}}
	gold := dst.DialogueTurn{State: map[string][]string{"H.day": {"march 8th"}, "H.stars": {"4"}, "T.day": {"today"}},
		Requested: []string{"H.phone", "H.address", "T.fare"}, Intents: map[string]string{"H": "Find"}}
	for _, c := range []struct {
		name string
		gold dst.DialogueTurn
		got  dst.Prediction
		want frame
	}{
		{"partly right", gold, dst.Prediction{State: map[string]string{"H.day": "8th of march", "H.stars": "4", "T.day": "never"},
			Requested: []string{"H.phone", "T.fare"}, Intents: map[string]string{"H": "Find", "T": "Go"}},
			frame{joint: 0.86, average: 0.93, requested: 2.0 / 3, active: true, intent: true}},
		{"one too many", gold, dst.Prediction{State: map[string]string{"H.day": "march 8th", "H.stars": "4", "H.name": "x"}, Intents: map[string]string{"H": "Book"}},
			frame{joint: 0, average: 1, active: true}},
		{"nothing to do", dst.DialogueTurn{}, dst.Prediction{}, frame{joint: 1, requested: 1, intent: true}},
		{"an intent made up", dst.DialogueTurn{}, dst.Prediction{Intents: map[string]string{"H": "Find"}, Requested: []string{"H.phone"}}, frame{joint: 1}},
	} {
		got := scoreFrame("H", slots, c.gold, c.got)
		near := func(a, b float64) bool { return math.Abs(a-b) < 1e-9 }
		if !near(got.joint, c.want.joint) || !near(got.average, c.want.average) || !near(got.requested, c.want.requested) ||
			got.active != c.want.active || got.intent != c.want.intent {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestFrameScoreMeans(t *testing.T) {
	s := sgdScore{}
	for _, f := range []frame{{joint: 0.5, average: 0.5, requested: 1, active: true}, {joint: 1, requested: 0.5, intent: true}} {
		s.all.add(f)
		s.unseen.add(f)
	}
	var b bytes.Buffer
	if err := s.print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"frames 2\n", "joint_goal_accuracy 0.7500\n", "joint_goal_accuracy_unseen 0.7500\n",
		"average_goal_accuracy 0.5000\n", "intent_accuracy 0.5000\n", "requested_f1 0.7500\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	if strings.Contains(b.String(), "_seen") {
		t.Errorf("a group without frames is printed:\n%s", b.String())
	}
}

func TestCalibration(t *testing.T) {
	is := func(p float64, values ...string) (out []dst.Constraint) {
		for _, v := range values {
			out = append(out, dst.Constraint{Slot: "a", Op: dst.Eq, Value: v, Evidence: dst.Evidence{P: p}})
		}
		return out
	}
	var c calibration
	c.slot(nil, is(0.9, "x"), nil, []string{"x"}, 1)                              // decided
	c.slot(nil, is(0.95, "x"), nil, []string{"y"}, 0)                             // decided, and wrong
	c.slot(is(0.6, "x"), is(0.6, "x"), []string{"x"}, []string{"y"}, 0)           // should have been decided
	c.slot(is(0.1, "x"), is(0.1, "x"), []string{"x", "X"}, []string{"X", "z"}, 1) // kept, as gold is
	c.slot(nil, nil, nil, []string{"x"}, 0)                                       // no confidence is told
	c.slot(nil, is(0, "x"), nil, nil, 0)                                          // set by a program
	if want := (math.Abs(0.9+0.95-1) + 0.6) / 3; math.Abs(c.ece()-want) > 1e-9 {
		t.Errorf("calibration error %v, want %v: %+v", c.ece(), want, c.bins)
	}
	if got := new(calibration).ece(); got != 0 {
		t.Errorf("without decisions: %v", got)
	}
}

const (
	sgdHotel  = `{"service_name":"H","slots":[{"name":"area","is_categorical":true,"possible_values":["north","south"]},{"name":"city","is_categorical":false}],"intents":[{"name":"Find"}]}`
	sgdTaxi   = `{"service_name":"T","slots":[{"name":"to","is_categorical":false}],"intents":[]}`
	sgdHotel1 = `{"service_name":"H1","slots":[{"name":"district","is_categorical":true,"possible_values":["north","south"]},{"name":"town","is_categorical":false}],"intents":[{"name":"Seek"}]}`

	sgdDialogue = `[{"dialogue_id":"1","turns":[
	{"speaker":"USER","utterance":"somewhere in the north","frames":[
		{"service":"H","state":{"active_intent":"NONE","requested_slots":[],"slot_values":{"area":["north"]}}}]},
	{"speaker":"SYSTEM","utterance":"Going by taxi?","frames":[{"service":"H","actions":[{"act":"CONFIRM","slot":"area","values":["north"]}]}]},
	{"speaker":"USER","utterance":"thanks","frames":[
		{"service":"H","state":{"active_intent":"Find","requested_slots":["city"],"slot_values":{"area":["north"],"city":["Rome"]}}},
		{"service":"T","state":{"active_intent":"NONE","requested_slots":[],"slot_values":{}}}]}]}]`
)

// sgdFolder is a tiny data set.
func sgdFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, folder := range []string{"train", "dev", "test", "sgd_x/v1/dev", "sgd_x/v2/dev"} {
		if err := os.MkdirAll(filepath.Join(dir, folder), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	write(t, filepath.Join(dir, "train", "schema.json"), "["+sgdHotel+"]")
	write(t, filepath.Join(dir, "dev", "schema.json"), "["+sgdHotel+","+sgdTaxi+"]")
	write(t, filepath.Join(dir, "test", "schema.json"), "["+sgdHotel+"]")
	write(t, filepath.Join(dir, "sgd_x", "v1", "dev", "schema.json"), "["+sgdHotel1+","+sgdTaxi+"]")
	write(t, filepath.Join(dir, "sgd_x", "v2", "dev", "schema.json"), "["+sgdHotel1+"]")
	write(t, filepath.Join(dir, "dev", "dialogues_001.json"), sgdDialogue)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := io.WriteString(z, strings.Replace(sgdDialogue, `"dialogue_id":"1"`, `"dialogue_id":"2"`, 1)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "dev", "dialogues_001.json.gz"), packed.String()) // the same file, packed
	write(t, filepath.Join(dir, "dev", "dialogues_002.json.gz"), packed.String())
	return dir
}

func TestSGD(t *testing.T) {
	dir := sgdFolder(t)
	for _, c := range []struct{ variant, slot, city string }{{"", "H.area", "H.city"}, {"v1", "H1.district", "H1.town"}} {
		out, slips := filepath.Join(t.TempDir(), "p"), filepath.Join(t.TempDir(), "e")
		args := []string{"-sgd", dir, "-out", out, "-errors", slips, "-jobs", "2"}
		if c.variant != "" {
			args = append(args, "-sgdx", c.variant)
		}
		var stdout, stderr bytes.Buffer
		if err := DST(context.Background(), args, &stdout, &stderr); err != nil {
			t.Fatal(err, stderr.String())
		}
		for _, want := range []string{ // in each dialogue: right, a city missed, an empty frame
			"turns 4\nframes 6\njoint_goal_accuracy 0.6667\njoint_goal_accuracy_seen 0.5000\njoint_goal_accuracy_unseen 1.0000\njoint_goal_accuracy_multi 0.6667\n",
			"average_goal_accuracy 0.7500\n", "requested_f1 0.6667\n"} {
			if !strings.Contains(stdout.String(), want) {
				t.Errorf("%s: no %q in\n%s", c.variant, want, stdout.String())
			}
		}
		ids := ""
		for _, line := range readLines(t, out) {
			var p dst.Prediction
			if err := json.Unmarshal([]byte(line), &p); err != nil || p.State[c.slot] != "north" {
				t.Errorf("prediction %+v, %v", p, err)
			}
			ids += p.ID
		}
		if ids != "1122" {
			t.Errorf("predictions of dialogues %v", ids)
		}
		var s slip
		if lines := readLines(t, slips); len(lines) != 2 {
			t.Errorf("wrong slots:\n%s", strings.Join(lines, "\n"))
		} else if err := json.Unmarshal([]byte(lines[0]), &s); err != nil || s.ID != "1" || s.Turn != 1 || s.Slot != c.city || s.Gold[0] != "Rome" || s.Got != "" || !s.New || s.User != "thanks" {
			t.Errorf("wrong slot %+v, %v", s, err)
		}
	}
}

// Weights that were fitted on another split's schema serve this one's.
func TestSGDFit(t *testing.T) {
	dir := sgdFolder(t)
	write(t, filepath.Join(dir, "train", "schema.json"), "["+sgdHotel+`,{"service_name":"Bus","slots":[{"name":"line"}],"intents":[]}]`)
	write(t, filepath.Join(dir, "train", "dialogues_001.json"), `[{"dialogue_id":"3","turns":[{"speaker":"USER","utterance":"line 5","frames":[
		{"service":"Bus","state":{"active_intent":"NONE","requested_slots":[],"slot_values":{"line":["5"]}}}]}]}]`)
	var stdout bytes.Buffer
	if err := DST(context.Background(), []string{"-sgd", dir, "-fit", "train"}, &stdout, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"frames 6\n", "fit_dialogues 1\n"} {
		if !strings.Contains(stdout.String(), want) {
			t.Errorf("no %q in\n%s", want, stdout.String())
		}
	}
}

func TestSGDErrors(t *testing.T) {
	dir := sgdFolder(t)
	for _, c := range []struct {
		args []string
		part string
	}{
		{[]string{"-sgd", filepath.Join(dir, "dev")}, "train"},
		{[]string{"-sgd", dir, "-split", "none"}, "none"},
		{[]string{"-sgd", dir, "-split", "test"}, "no dialogues"},
		{[]string{"-sgd", dir, "-sgdx", "v9"}, "v9"},
		{[]string{"-sgd", dir, "-sgdx", "v2"}, "as many services"},
		{[]string{"-sgd", dir, "-crosswoz", dir}, "two corpora"},
		{[]string{"-crosswoz", dir, "-sgdx", "v1"}, "-sgdx"},
		{[]string{"-sgd", dir, "-jobs", "0"}, "-jobs"},
		{[]string{"-sgd", dir, "-out", filepath.Join(dir, "no", "p")}, "prediction file"},
		{[]string{"-sgd", dir, "-errors", filepath.Join(dir, "no", "e")}, "-errors"},
		{[]string{"-sgd", dir, "-out", filepath.Join(dir, "dev", "schema.json")}, "another name"},
		{[]string{"-sgd", dir, "-out", filepath.Join(dir, "x"), "-errors", filepath.Join(dir, "x")}, "another name"},
	} {
		var stdout, stderr bytes.Buffer
		err := DST(context.Background(), c.args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%v: error %v does not say %q", c.args, err, c.part)
		}
	}
}

// Where a slot's own words are no gold spelling, its canonical value may be.
func TestEitherFormIsRight(t *testing.T) {
	var s score
	turn := dst.DialogueTurn{State: map[string][]string{"H.day": {"2026-11-24"}, "H.name": {"the acorn"}}}
	s.add(turn, dst.Prediction{State: map[string]string{"H.day": "next Tuesday", "H.name": "the acorn"}},
		map[string]string{"H.day": "2026-11-24", "H.name": "Acorn House"})
	if s.joint != 1 || s.activeRight != 2 {
		t.Errorf("%+v", s)
	}
}

func readLines(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}
