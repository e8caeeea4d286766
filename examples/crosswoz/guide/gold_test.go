package guide

import (
	"errors"
	"io/fs"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestFlatValue(t *testing.T) {
	for _, c := range []struct{ slot, value, want string }{
		{"餐馆.人均消费", "50-100元", "50-100"},
		{"景点.门票", "免费", "0"},
		{"酒店.价格", "1000元以上", ">=1000"},
		{"景点.门票", "20元以下", "<=20"},
		{"酒店.评分", "4.5分以上", ">=4.5"},
		{"酒店.评分", "5分", "5"},
		{"景点.游玩时间", "1小时 - 2小时", "1 小时-2 小时"},
		{"景点.游玩时间", "3天", "3 天"},
		{"景点.名称", "故宫以上-免费", "故宫以上-免费"},
		{"酒店.酒店设施", "叫醒服务 会议室", "叫醒服务 会议室"},
	} {
		if got := flatValue(c.slot, c.value); got != c.want {
			t.Errorf("flatValue(%s, %s) = %q, want %q", c.slot, c.value, got, c.want)
		}
	}
}

func TestAnnotated(t *testing.T) {
	got := Dialogue{ID: "1", Turns: []Turn{{User: "有会议室和早餐的酒店吗？", Gold: map[string]string{"酒店.价格": "200元以下", "酒店.名称": "甲"},
		System:    []dst.Act{dst.MustAct("inform 酒店.酒店设施-SPA=是"), dst.MustAct("inform 酒店.酒店设施-温泉=否"), dst.MustAct("request 酒店.酒店设施-酒吧")},
		Requested: []string{"酒店.酒店设施-会议室", "酒店.酒店设施-早餐", "酒店.电话"}}}}.Annotated()
	want := dst.Dialogue{ID: "1", Turns: []dst.DialogueTurn{{User: "有会议室和早餐的酒店吗？",
		System: []dst.Act{dst.MustAct("inform 酒店.酒店设施=SPA"), dst.MustAct("inform 酒店.酒店设施!=温泉"), dst.MustAct("request 酒店.酒店设施")},
		State:  map[string][]string{"酒店.价格": {"<=200", "200元以下"}, "酒店.名称": {"甲"}}, Requested: []string{"酒店.酒店设施", "酒店.电话"}}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// Annotated dialogues are of the schema, and what the wizards wrote is read
// back by [State] as they wrote it.
func TestAnnotatedCrossWOZ(t *testing.T) {
	dialogues, err := Dialogues(filepath.Join("..", "..", "..", "..", "shared", "data", "crosswoz"), "val")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("CrossWOZ is not there: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, d := range dialogues {
		if err := dst.WriteDialogues(&b, []dst.Dialogue{d.Annotated()}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := dst.ReadDialogues(strings.NewReader(b.String()), Schema()); err != nil {
		t.Error(err)
	}
	n, bad := 0, 0
	for _, d := range dialogues {
		for _, turn := range d.Turns {
			for slot, value := range turn.Gold {
				n++
				back := State(dst.State{Constraints: terms(slot, flatValue(slot, value))})[slot]
				if strings.ReplaceAll(back, " ", "") != strings.ReplaceAll(value, " ", "") {
					bad++
					t.Logf("%s: %q reads back as %q", slot, value, back)
				}
			}
		}
	}
	if bad*1000 > n { // a few are slips of the pen: "4.5分以", "200-300"
		t.Errorf("%d of %d values do not read back", bad, n)
	}
}
