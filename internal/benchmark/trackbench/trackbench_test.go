package trackbench

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/crosswoz/guide"
)

func TestScoreOnHandMadeTurns(t *testing.T) {
	var s score
	turn := dst.DialogueTurn{State: map[string][]string{"H.area": {"north", "the north"}, "H.price": {"50-100元"}},
		Requested: []string{"H.phone"}, Intents: map[string]string{"H": "Find"}}
	none := map[string]string{}
	s.add(turn, dst.Prediction{ // all right, in another spelling
		State: map[string]string{"H.area": "The North", "H.price": "50 100元"}, Requested: []string{"H.phone"}, Intents: map[string]string{"H": "Find"}}, none)
	s.add(turn, dst.Prediction{ // one right, one wrong, one too many
		State: map[string]string{"H.area": "north", "H.price": "60元", "H.stars": "4"}, Requested: []string{"H.address"}, Intents: map[string]string{"H": "Book"}}, none)
	s.add(dst.DialogueTurn{}, dst.Prediction{State: map[string]string{}}, none)                 // nothing to do, nothing done
	s.add(dst.DialogueTurn{}, dst.Prediction{State: map[string]string{"H.area": "east"}}, none) // something made up
	var b bytes.Buffer
	s.print(&b)
	for _, want := range []string{
		"turns 4\n", "joint_goal_accuracy 0.5000\n", "average_goal_accuracy 0.7500\n", // 3 of 4 active slots
		"slot_f1 0.6000\n",      // 3 right of 6 predicted and 4 gold
		"requested_f1 0.5000\n", // 1 right of 2 and 2
		"intent_accuracy 0.5000\n"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
}

func TestAnswerScoreOnHandMadeTurns(t *testing.T) {
	acts := func(s string) []dst.Act {
		a, err := dst.ParseActs(s)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	var s answerScore
	spoken := map[string]bool{}
	s.add(guide.Turn{User: "找个酒店", Reply: acts("offer 酒店.名称=甲; offer 酒店.名称=乙")}, answerLine{Recommended: []string{"乙", "丙"}}, spoken)
	s.add(guide.Turn{User: "甲的电话和评分", Requested: []string{"酒店.电话", "酒店.评分"}, Reply: acts("offer 酒店.名称=甲; inform 酒店.电话=010-1; inform 酒店.评分=4.5分; inform 酒店.地址=路")},
		answerLine{Answers: map[string][]string{"酒店.电话": {"010 1"}, "酒店.评分": {"4分"}}}, spoken)
	s.add(guide.Turn{User: "换一家", Reply: acts("offer 酒店.名称=丁")}, answerLine{Recommended: []string{"戊", "丁"}}, spoken)
	if s.told != 2 || s.right != 1 || s.named != 2 || s.hit1 != 1 || s.hit5 != 2 {
		t.Errorf("%+v", s)
	}
}

func TestFilesOfOnesOwn(t *testing.T) {
	dir := t.TempDir()
	schema, dialogues, out := filepath.Join(dir, "s.json"), filepath.Join(dir, "d.jsonl"), filepath.Join(dir, "p.jsonl")
	write(t, schema, `[{"service_name":"H","slots":[{"name":"area","is_categorical":true,"possible_values":["north","south"]},{"name":"price"}],"intents":[]}]`)
	write(t, dialogues, `{"id":"d1","turns":[{"system":[],"user":"somewhere in the north under 50","state":{"H.area":["north"],"H.price":["<=50"]}},{"system":["offer H.area=north"],"user":"no, the south","state":{"H.area":["north"]}}]}`+"\n")
	var stdout, stderr bytes.Buffer
	if err := DST(context.Background(), []string{"-schema", schema, "-dialogues", dialogues, "-out", out}, &stdout, &stderr); err != nil {
		t.Fatal(err, stderr.String())
	}
	if !strings.Contains(stdout.String(), "turns 2\njoint_goal_accuracy 0.5000\n") {
		t.Errorf("figures:\n%s", stdout.String())
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var first dst.Prediction
	if err := json.Unmarshal(b[:bytes.IndexByte(b, '\n')], &first); err != nil || first.ID != "d1" || first.State["H.area"] != "north" {
		t.Errorf("prediction %+v, %v", first, err)
	}
}

func TestBadArguments(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "s.json"), `[{"service_name":"H","slots":[{"name":"area"}]}]`)
	write(t, filepath.Join(dir, "d.jsonl"), "{\"id\":\"d\",\"turns\":[]}\n{\"id\":\"e\",\"turns\":[{\"state\":{\"H.aria\":[\"x\"]}}]}\n")
	write(t, filepath.Join(dir, "e.jsonl"), "\n")
	for _, c := range []struct {
		args []string
		part string
	}{
		{[]string{"-schema", filepath.Join(dir, "s.json"), "-dialogues", filepath.Join(dir, "e.jsonl")}, "no dialogues"},
		{[]string{"-schema", "a", "-dialogues", filepath.Join(dir, "d.jsonl"), "-out", filepath.Join(dir, "d.jsonl")}, "-out another name"},
		{[]string{"-schema", "a", "-dialogues", "b", "-split", "val"}, "-split"},
		{[]string{"-crosswoz", dir, "-dialogues", "b"}, "leave"},
		{[]string{}, "required"},
		{[]string{"-nope"}, "nope"},
		{[]string{"-crosswoz", dir}, "attraction_db.json"},
		{[]string{"-schema", "none", "-dialogues", "none"}, "none"},
		{[]string{"-schema", filepath.Join(dir, "s.json"), "-dialogues", filepath.Join(dir, "d.jsonl")}, "line 2"},
		{[]string{"-schema", "a", "-dialogues", "b", "-out", filepath.Join(dir, "no", "p")}, "prediction file"},
		{[]string{"-schema", "a", "-dialogues", "b", "-weights", "x"}, "weights"},
	} {
		var stdout, stderr bytes.Buffer
		err := DST(context.Background(), c.args, &stdout, &stderr)
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%v: error %v does not say %q", c.args, err, c.part)
		}
	}
	if err := Answers(context.Background(), nil, &bytes.Buffer{}, &bytes.Buffer{}); err == nil {
		t.Error("answers without data gives no error")
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// crossWOZ is where the corpus lies beside the repository.
var crossWOZ = filepath.Join("..", "..", "..", "..", "shared", "data", "crosswoz")

// BenchmarkTrackCrossWOZ tracks the corpus's validation dialogues; ns/op is a turn.
func BenchmarkTrackCrossWOZ(b *testing.B) {
	if _, err := os.Stat(crossWOZ); err != nil {
		b.Skipf("CrossWOZ is not at %s", crossWOZ)
	}
	ctx := context.Background()
	c, err := openCrossWOZ(ctx, crossWOZ, "val")
	if err != nil {
		b.Fatal(err)
	}
	defer c.graph.Close()
	b.ReportAllocs()
	var state dst.State
	d, i := 0, 0
	for b.Loop() {
		t := c.dialogues[d].Turns[i]
		if state, _, err = c.agent.Tracker().Update(ctx, state, dst.Turn{System: t.System, User: t.User}); err != nil {
			b.Fatal(err)
		}
		if i++; i == len(c.dialogues[d].Turns) {
			state, i, d = dst.State{}, 0, (d+1)%len(c.dialogues)
		}
	}
}
