package kg

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestLinkTry(t *testing.T) {
	g := loadCrossWOZ(t)
	for _, s := range []string{"你好，我想去北京全聚德（王府井店）吃饭，然后去故宫的门票多少", "全聚德王府井", "如家", "附近有什么好吃的大酒店吗", "八达岭长城怎么走，离颐和园远吗", "7天酒店", "我想去一家有名的涮肉店，人均消费100元", "全聚德"} {
		start := time.Now()
		links, err := g.Link(context.Background(), s, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Log(s, time.Since(start))
		for _, l := range links {
			t.Logf("   %q %d %v", s[l.Start:l.End], len(l.Candidates), l.Candidates[:min(3, len(l.Candidates))])
		}
	}
	long := strings.Repeat("你好，我想去北京全聚德（王府井店）吃饭，然后去故宫的门票多少，这家酒店附近有什么好吃的餐馆吗？", 220)[:30000]
	start := time.Now()
	links, _ := g.Link(context.Background(), long, nil)
	t.Log(len(links), time.Since(start))
}
