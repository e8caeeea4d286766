package dsttest_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
)

const sgdFile = `[{"dialogue_id":"1_1","services":["H","R"],"turns":[
 {"speaker":"USER","utterance":"A table, please","frames":[{"service":"R","actions":[],"slots":[],
  "state":{"active_intent":"Find","requested_slots":[],"slot_values":{}}}]},
 {"speaker":"SYSTEM","utterance":"Where? In Rome?","frames":[{"service":"R","slots":[],"actions":[
  {"act":"REQUEST","slot":"city","values":["Rome"],"canonical_values":["Roma"]},
  {"act":"REQUEST","slot":"day","values":[]},
  {"act":"REQUEST","slot":"kind","values":["tea","coffee"]},
  {"act":"OFFER","slot":"name","values":["A = B","C"]},
  {"act":"CONFIRM","slot":"time","values":["noon"]},
  {"act":"INFORM","slot":"stars","values":["4"]},
  {"act":"INFORM_COUNT","slot":"count","values":["2"]},
  {"act":"OFFER_INTENT","slot":"intent","values":["Book"]},
  {"act":"REQ_MORE","slot":"","values":[]},{"act":"GOODBYE","slot":"","values":[]}]}]},
 {"speaker":"USER","utterance":"Yes; any day. And a hotel","frames":[
  {"service":"R","actions":[],"state":{"active_intent":"NONE","requested_slots":["phone"],"slot_values":{"city":["Rome","roma"],"day":["dontcare"]}}},
  {"service":"H","actions":[],"state":{"active_intent":"Stay","requested_slots":[],"slot_values":{}}}]}]}]`

func TestReadSGD(t *testing.T) {
	got, err := dsttest.ReadSGD(strings.NewReader(sgdFile))
	if err != nil {
		t.Fatal(err)
	}
	acts, err := dst.ParseActs(`ask R.city; confirm R.city=Rome; ask R.day; ask R.kind; offer R.kind=tea; offer R.kind=coffee;
		offer R.name="A = B"; offer R.name=C; confirm R.time=noon; inform R.stars=4; propose R.Book; bye`)
	if err != nil {
		t.Fatal(err)
	}
	want := []dst.Dialogue{{ID: "1_1", Turns: []dst.DialogueTurn{
		{System: []dst.Act{}, User: "A table, please", Services: []string{"R"}, State: map[string][]string{}, Intents: map[string]string{"R": "Find"}},
		{System: acts, SystemText: "Where? In Rome?", User: "Yes; any day. And a hotel", Services: []string{"R", "H"},
			State:     map[string][]string{"R.city": {"Rome", "roma"}, "R.day": {"dontcare"}},
			Requested: []string{"R.phone"}, Intents: map[string]string{"H": "Stay"}},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReadSGDErrors(t *testing.T) {
	for _, c := range []struct{ change, to, part string }{
		{`"SYSTEM"`, `"BOT"`, `dialogue "1_1": turn 1: speaker "BOT"`},
		{`"INFORM_COUNT"`, `"SING"`, `dialogue "1_1": turn 1: act SING of "R"`},
		{`["dontcare"]`, `[]`, `dialogue "1_1": turn 2: slot R.day has no value`},
		{`"state"`, `"stat"`, `dialogue "1_1": turn 0: the frame of "R" has no state`},
		{`[{"dialogue_id"`, `{"dialogue_id"`, "reading SGD dialogues"},
	} {
		_, err := dsttest.ReadSGD(strings.NewReader(strings.Replace(sgdFile, c.change, c.to, 1)))
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%s -> %s: error %v does not say %q", c.change, c.to, err, c.part)
		}
	}
}

// Every act and slot of the real files is one of the schema's.
func TestReadSGDData(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data", "sgd", "dev")
	f, err := os.Open(filepath.Join(dir, "schema.json"))
	if err != nil {
		t.Skip("SGD is not there: ", err)
	}
	defer f.Close()
	schema, err := dst.ReadSchema(f)
	if err != nil {
		t.Fatal(err)
	}
	g, err := os.Open(filepath.Join(dir, "dialogues_010.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()
	z, err := gzip.NewReader(g)
	if err != nil {
		t.Fatal(err)
	}
	dialogues, err := dsttest.ReadSGD(z)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := dst.WriteDialogues(&b, dialogues); err != nil {
		t.Fatal(err)
	}
	again, err := dst.ReadDialogues(strings.NewReader(b.String()), schema)
	if err != nil {
		t.Fatal(err)
	}
	if len(dialogues) == 0 || len(again) != len(dialogues) {
		t.Errorf("%d dialogues, %d when written and read again", len(dialogues), len(again))
	}
}
