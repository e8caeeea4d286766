package recommend

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/internal/text"
	"github.com/slotgraph/slotgraph/kg"
)

const crosswozDir = "../../shared/data/crosswoz"

// crosswozAgent binds the CrossWOZ database (Zhu et al., TACL 2020).
func crosswozAgent(t testing.TB) *Agent {
	t.Helper()
	if _, err := os.Stat(crosswozDir); err != nil {
		t.Skipf("needs the public CrossWOZ data in %s: %v", crosswozDir, err)
	}
	g, err := kg.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.Close() })
	var facts []kg.Fact
	for _, file := range []string{"attraction", "restaurant", "hotel"} {
		facts = append(facts, crosswozFacts(t, file)...)
	}
	facts = append(facts, kg.Fact{Subject: "出租", Predicate: "kind", Object: kg.Text("出租")},
		kg.Fact{Subject: "出租", Predicate: "车型", Object: kg.Text("#CX")}, kg.Fact{Subject: "出租", Predicate: "车牌", Object: kg.Text("#CP")})
	if err := g.Add(context.Background(), facts...); err != nil {
		t.Fatal(err)
	}
	popular := []kg.Order{{Predicate: "rank"}}
	a, err := New(context.Background(), Config{
		Schema: crosswozSchema(), Graph: g, Lang: "zh",
		Bindings: []Binding{
			{Service: "景点", Kind: "景点", Order: popular, Show: []string{"评分"}},
			{Service: "餐馆", Kind: "餐馆", Order: popular, Show: []string{"评分"}},
			{Service: "酒店", Kind: "酒店", Order: popular, Show: []string{"评分"}},
			{Service: "出租", Kind: "出租", Slots: map[string]string{"出发地": "", "目的地": ""}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func crosswozFacts(t testing.TB, file string) []kg.Fact {
	b, err := os.ReadFile(filepath.Join(crosswozDir, "database", file+"_db.json"))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]json.RawMessage
	if err := json.Unmarshal(b, &rows); err != nil {
		t.Fatal(err)
	}
	var out []kg.Fact
	for n, row := range rows { // the most popular first
		var name string
		var values map[string]any
		if json.Unmarshal(row[0], &name) != nil || json.Unmarshal(row[1], &values) != nil {
			t.Fatalf("%s: bad row", file)
		}
		kind, _ := values["领域"].(string)
		id := kind + "/" + name
		out = append(out, kg.Fact{Subject: id, Predicate: "name", Object: kg.Text(name)}, kg.Fact{Subject: id, Predicate: "kind", Object: kg.Text(kind)}, kg.Fact{Subject: id, Predicate: "rank", Object: kg.Num(float64(n), "")})
		for _, key := range sortedKeys(values) {
			switch v := values[key].(type) {
			case float64:
				out = append(out, kg.Fact{Subject: id, Predicate: key, Object: kg.Num(v, "")})
			case string:
				out = append(out, kg.Fact{Subject: id, Predicate: key, Object: kg.Text(v)})
			case []any:
				for _, x := range v {
					o := kg.Text(x.(string))
					if of, ok := strings.CutPrefix(key, "周边"); ok {
						o = kg.Ref(of + "/" + x.(string))
					}
					out = append(out, kg.Fact{Subject: id, Predicate: key, Object: o})
				}
			}
		}
	}
	return out
}

func crosswozSchema() dst.Schema {
	near := func(out []dst.Slot) []dst.Slot {
		for _, of := range []string{"景点", "餐馆", "酒店"} {
			out = append(out, dst.Slot{Name: "周边" + of, Of: of, Role: dst.NearRole})
		}
		return out
	}
	ask := func(name string, words ...string) dst.Slot {
		return dst.Slot{Name: name, Aliases: words, RequestOnly: true}
	}
	rating := dst.Slot{Name: "评分", Aliases: []string{"打分"}, Type: &dst.Number{Unit: "分", Max: 5}}
	return dst.Schema{Services: []dst.Service{
		{Name: "景点", Aliases: []string{"景区"}, Slots: near([]dst.Slot{{Name: "名称", Names: true}, rating,
			{Name: "门票", Aliases: []string{"票价"}, Type: &dst.Money{Currency: "CNY", Words: map[string]string{"免费": "0"}}}, {Name: "游玩时间", Aliases: []string{"游玩时长", "玩多久"}},
			ask("地址", "在哪"), ask("电话", "电话号码"), ask("地铁", "地铁站")})},
		{Name: "餐馆", Aliases: []string{"饭店", "餐厅"}, Slots: near([]dst.Slot{{Name: "名称", Names: true}, rating,
			{Name: "人均消费", Aliases: []string{"人均", "消费"}, Type: &dst.Money{Currency: "CNY"}}, {Name: "推荐菜", Aliases: []string{"菜"}, Multi: true},
			ask("地址", "在哪"), ask("电话", "电话号码"), ask("地铁", "地铁站"), ask("营业时间", "几点开门")})},
		{Name: "酒店", Aliases: []string{"宾馆", "住宿"}, Slots: near([]dst.Slot{{Name: "名称", Names: true}, rating,
			{Name: "价格", Aliases: []string{"多少钱"}, Type: &dst.Money{Currency: "CNY"}}, {Name: "酒店类型", Aliases: []string{"类型"}}, {Name: "酒店设施", Aliases: []string{"设施"}, Multi: true},
			ask("地址", "在哪"), ask("电话", "电话号码"), ask("地铁", "地铁站")})},
		{Name: "出租", Aliases: []string{"出租车", "打车"}, Slots: []dst.Slot{{Name: "出发地", Role: dst.FromRole, Of: "景点"}, {Name: "目的地", Role: dst.ToRole, Of: "餐馆"}, ask("车型"), ask("车牌", "车牌号")}},
	}}
}

type crosswozMessage struct {
	Content string      `json:"content"`
	Role    string      `json:"role"`
	Acts    [][4]string `json:"dialog_act"`
}

// crosswozActs are the wizard's acts in the notation of the schema.
func crosswozActs(acts [][4]string) []dst.Act {
	var out []dst.Act
	for _, a := range acts {
		slot, value, ok := strings.Cut(a[2], "-")
		switch {
		case a[0] == "NoOffer":
			out = append(out, dst.Act{Kind: dst.NoOffer, Slot: a[1]})
		case a[0] == "Recommend" || a[0] == "Inform" && a[2] == "名称":
			out = append(out, dst.Act{Kind: dst.Offer, Slot: a[1] + ".名称", Op: dst.Eq, Value: a[3]})
		case a[0] == "Inform" && ok:
			op := dst.Eq
			if a[3] == "否" {
				op = dst.Ne
			}
			out = append(out, dst.Act{Kind: dst.Inform, Slot: a[1] + "." + slot, Op: op, Value: value})
		case a[0] == "Inform":
			out = append(out, dst.Act{Kind: dst.Inform, Slot: a[1] + "." + a[2], Op: dst.Eq, Value: a[3]})
		}
	}
	return out
}

// TestCrossWOZ answers every user turn of the val split, given the
// conversation so far, and compares with what the wizard said next.
func TestCrossWOZ(t *testing.T) {
	a := crosswozAgent(t)
	f, err := os.Open(filepath.Join(crosswozDir, "val.json.gz"))
	if err != nil {
		t.Skip(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]struct {
		Messages []crosswozMessage `json:"messages"`
	}
	if err := json.NewDecoder(z).Decode(&all); err != nil {
		t.Fatal(err)
	}
	var asked, answered, named, hit1, hit5, turns int
	show := os.Getenv("CROSSWOZ_SHOW") == "answers"
	ids := sortedKeys(all)
	if testing.Short() {
		ids = ids[:50]
	}
	for _, id := range ids {
		var s dst.State
		ms := all[id].Messages
		for i := 0; i+1 < len(ms); i += 2 {
			r, next, err := a.Reply(context.Background(), s, ms[i].Content)
			if err != nil {
				t.Fatal(err)
			}
			turns++
			missed := ""
			if show && slices.Contains(r.Trace.Rules, "missing") {
				missed = " (missing)"
			}
			var wizard []string
			for _, act := range crosswozActs(ms[i+1].Acts) {
				switch {
				case act.Kind == dst.Offer:
					wizard = append(wizard, act.Value)
				case act.Kind == dst.Inform && act.Value != "无" && !slices.ContainsFunc(crosswozActs(ms[i+1].Acts), func(x dst.Act) bool { return x.Kind == dst.Offer }):
					asked++
					if answeredBy(r, act) {
						answered++
					} else {
						missed += " " + act.String()
					}
				}
			}
			if len(wizard) > 0 && slices.ContainsFunc(ms[i+1].Acts, func(x [4]string) bool { return x[0] == "Recommend" || x[0] == "Inform" && x[2] == "名称" }) {
				named++
				before := hit5
				for k, item := range r.Items {
					if slices.Contains(wizard, item.Name) {
						if k == 0 {
							hit1++
						}
						hit5++
						break
					}
				}
				if os.Getenv("CROSSWOZ_SHOW") == "names" && hit5 == before {
					fmt.Printf("U: %s\nW: %s\nB: %s\n   names %s\n   %s\n%s\n\n", ms[i].Content, ms[i+1].Content, r.Text, strings.Join(wizard, " "), dst.FormatActs(r.Acts), r.Trace)
				}
			}
			if show && missed != "" {
				fmt.Printf("U: %s\nW: %s\nB: %s\n   missed%s\n   %s\n%s\n\n", ms[i].Content, ms[i+1].Content, r.Text, missed, dst.FormatActs(r.Acts), r.Trace)
			}
			s = next.Said(crosswozActs(ms[i+1].Acts)...)
		}
	}
	t.Logf("turns %d  answers %d of %d = %.3f  named %d hit@1 %.3f hit@%d %.3f", turns, answered, asked, float64(answered)/float64(asked), named, float64(hit1)/float64(named), 3, float64(hit5)/float64(named))
	if got := float64(answered) / float64(asked); got < 0.5 {
		t.Errorf("answer recall %.3f", got)
	}
}

func answeredBy(r Reply, act dst.Act) bool {
	for _, a := range r.Answers {
		if a.Slot != act.Slot {
			continue
		}
		if act.Op == dst.Ne {
			return !slices.Contains(a.Values, act.Value)
		}
		for _, v := range a.Values {
			v, w := text.Key(v), text.Key(act.Value)
			if v == w || strings.TrimSuffix(w, "元") == v || strings.TrimSuffix(w, "分") == v || len(v) > 8 && strings.Contains(v, w) || strings.Contains(w, v) && len(v) > 4 {
				return true
			}
		}
	}
	return false
}
