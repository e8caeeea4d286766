package recommend

import (
	"context"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/kg"
)

// TestWishesAmongOffers says wishes once more, or with other words around them,
// while the classifier knows nothing of them or misreads them.
func TestWishesAmongOffers(t *testing.T) {
	for _, x := range []struct{ first, taken, text, want, state string }{
		{"phones in black", "", "what I want is this: black", "Here is what fits", "category=phone; colour=black"},
		{"phones", "", "actually, it should be black", "Here is what fits", "category=phone; colour=black"},
		{"phones in black", "", "sing me a song about a white dog", "cannot help", "category=phone; colour=black"},
		{"phones", "", "another thing: at most ¥5,000", "Here is what fits", "category=phone; price<=5000"},
		{"手机", "", "再加一条，5000元以内", "为您推荐", "category=phone; price<=5000"},
		{"手机", "more", "另外，要黑色的", "为您推荐", "category=phone; colour=black"},
		{"手机", "buy", "重复一下，5000元以内", "为您推荐", "category=phone; price<=5000"},
		{"手机", "buy", "最多200克", "为您推荐", "category=phone; weight<=200"},
		{"手机", "cheaper", "轻一点的", "没有比", "category=phone"},
		{"phones", "help", "oh, I made a mistake, in black", "Here is what fits", "category=phone; colour=black"},
		{"phones", "help", "any colour will do after all", "Here are the best", "category=phone; colour=dontcare"},
		{"how much is the Xiaomi 14?", "buy", "I want to buy the Xiaomi 14", "Good choice", ""},
		{"cases", "buy", "for the iPhone 15 128 GB", "Silicone Case", "category=case; fits=p15-128; fits=Apple iPhone 15 256 GB"},
	} {
		cfg := storeConfig(t)
		cfg.Classifier = always("buy")
		_, s := reply(t, newAgent(t, cfg), dst.State{}, x.first)
		cfg.Classifier = always(x.taken)
		r, s := reply(t, newAgent(t, cfg), s, x.text)
		var state []string
		for _, k := range s.Constraints {
			if k.Slot != "name" {
				state = append(state, k.Slot+string(k.Op)+k.Value)
			}
		}
		if got := strings.Join(state, "; "); !strings.Contains(r.Text, x.want) || got != x.state {
			t.Errorf("%q after %q: %q with %q, want %q with %q\n%s", x.text, x.first, r.Text, got, x.want, x.state, r.Trace)
		}
	}
}

// TestAnswerIsNoProblem answers a question in words that the classifier takes
// for a problem.
func TestAnswerIsNoProblem(t *testing.T) {
	cfg := storeConfig(t)
	cfg.Classifier = always("help")
	asked := dst.State{}.Said(dst.Act{Kind: dst.Ask, Slot: "category"})
	for _, x := range []struct {
		s          dst.State
		text, want string
	}{
		{asked, "make it a laptop", "MacBook"},
		{dst.State{}, "my phone won't charge", "Try another cable"},
		{asked, "my phone won't charge", "Try another cable"},
	} {
		if r, _ := reply(t, newAgent(t, cfg), x.s, x.text); !strings.Contains(r.Text, x.want) {
			t.Errorf("%q: %q, want %q in it\n%s", x.text, r.Text, x.want, r.Trace)
		}
	}
}

// TestNumberInName names a thing in which "more" stands before a number.
func TestNumberInName(t *testing.T) {
	cfg := storeConfig(t)
	if err := cfg.Graph.Add(context.Background(),
		kg.Fact{Subject: "op12", Predicate: "kind", Object: kg.Text("phone"), Source: "shop"},
		kg.Fact{Subject: "op12", Predicate: "name@zh", Object: kg.Text("一加 12"), Source: "shop"},
		kg.Fact{Subject: "op12", Predicate: "price", Object: kg.Num(3999, "CNY"), Source: "shop"}); err != nil {
		t.Fatal(err)
	}
	a := newAgent(t, cfg)
	_, s := reply(t, a, dst.State{}, "手机")
	r, s := reply(t, a, s, "就买一加 12吧")
	if focus, _ := s.Focused("name"); focus != "一加 12" || s.Filled("price") {
		t.Errorf("%q; focus %q, price %v\n%s", r.Text, focus, s.Of("price"), r.Trace)
	}
}

// TestTaken chooses what is talked about.
func TestTaken(t *testing.T) {
	for _, x := range []struct{ first, second, text, want string }{
		{"phones", "how much is the first one?", "I want to buy it", "Good choice: Apple iPhone 15"},
		{"phones", "how much is the first one?", "perfect, that's the one", "Good choice: Apple iPhone 15"},
		{"手机", "第一个多少钱", "就这款吧", "为您选定苹果 iPhone 15"},
		{"手机", "第一个多少钱", "那就买它吧", "为您选定苹果 iPhone 15"},
		{"手机", "第一个多少钱", "给我来小米 14", "为您选定小米 14"},
		{"手机", "小米 14多少钱", "行，小米 14", "为您选定小米 14"},
		{"手机", "小米 14多少钱", "MacBook Air", "苹果笔记本 Air："},
		{"phones", "how about a different one", "the first one", "Good choice"},
	} {
		a := newAgent(t, storeConfig(t))
		_, s := reply(t, a, dst.State{}, x.first)
		_, s = reply(t, a, s, x.second)
		if r, _ := reply(t, a, s, x.text); !strings.Contains(r.Text, x.want) {
			t.Errorf("%q: %q, want %q in it\n%s", x.text, r.Text, x.want, r.Trace)
		}
	}
}
