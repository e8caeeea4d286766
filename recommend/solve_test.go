package recommend

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

// thread is a conversation about a problem, with a word of each answer.
var thread = [][2]string{
	{"I want a phone under 5000", "Xiaomi 14"},
	{"my phone won't charge", "Try another cable"},
	{"no", "Switch the phone off"},
	{"how much is the Xiaomi 14?", "3,999"},
	{"back to the phone problem", "Switch the phone off"},
	{"done", "Clean the port"},
	{"no, nothing helped", "hand you over"},
	{"yes", "What I pass on"},
}

// TestProblemIsInTheState stores the state as JSON after every turn and has
// another agent, which has seen nothing of the conversation, go on with it.
func TestProblemIsInTheState(t *testing.T) {
	agents := []*Agent{shopAgent(t), shopAgent(t)}
	var s dst.State
	for i, x := range thread {
		r, next, err := agents[i%2].Reply(context.Background(), s, x[0])
		if err != nil || !strings.Contains(strings.ReplaceAll(r.Text, "This is what", "What"), x[1]) {
			t.Fatalf("%q: %q, %v; want %q in it", x[0], r.Text, err, x[1])
		}
		b, err := json.Marshal(next)
		if err != nil {
			t.Fatal(err)
		}
		s = dst.State{}
		if err := json.Unmarshal(b, &s); err != nil || !reflect.DeepEqual(s, next) {
			t.Fatalf("%q: the state %+v is %+v after JSON, %v", x[0], next, s, err)
		}
	}
	if price, _ := s.Get("price"); price != "" || len(s.Of("price")) != 1 {
		t.Errorf("the wishes from before the problem: %+v", s.Constraints)
	}
}

// TestProblemsOfOthers holds conversations side by side: each goes as alone.
func TestProblemsOfOthers(t *testing.T) {
	a := shopAgent(t)
	hold := func(skip int) string {
		var s dst.State
		var out strings.Builder
		for i, x := range thread {
			if i == skip {
				continue
			}
			r, next, err := a.Reply(context.Background(), s, x[0])
			if err != nil {
				return err.Error()
			}
			s = next
			fmt.Fprintln(&out, r.Text)
		}
		return out.String()
	}
	var alone []string
	for i := range thread {
		alone = append(alone, hold(i))
	}
	var wg sync.WaitGroup
	for i := range alone {
		wg.Go(func() {
			if got := hold(i); got != alone[i] {
				t.Errorf("beside others the conversation without %q is\n%s\nand alone\n%s", thread[i][0], got, alone[i])
			}
		})
	}
	wg.Wait()
}

func TestHandover(t *testing.T) {
	a := shopAgent(t)
	var s dst.State
	var r Reply
	for _, text := range []string{"a phone under 5000", "my iPhone 15 won't charge", "I changed the cable, no luck", "I tried that before", "still not working"} {
		r, s = reply(t, a, s, text)
	}
	h := r.Handover
	if h == nil || h.Requested || len(h.Problems) != 1 || len(h.Wishes) == 0 {
		t.Fatalf("the hand-over that is offered: %+v", h)
	}
	p := h.Problems[0]
	if p.Symptom != "no-charge" || p.Thing != "iPhone 15" || p.Said != "my iPhone 15 won't charge" || len(p.Tried) != 3 {
		t.Fatalf("the problem passed on: %+v", p)
	}
	if x := p.Tried[0]; x != (Tried{"cable.1", "Try another cable", "failed", "I changed the cable, no luck"}) || p.Tried[1].Outcome != "tried" {
		t.Errorf("what was tried: %+v", p.Tried)
	}
	r, s = reply(t, a, s, "ok")
	if r.Handover == nil || !r.Handover.Requested || !reflect.DeepEqual(r.Handover.Problems, h.Problems) || r.Acts[0].Kind != dst.Human {
		t.Errorf("after it was accepted: %+v, acts %v", r.Handover, r.Acts)
	}
	if r, _ = reply(t, a, s, "thanks"); r.Handover != nil {
		t.Errorf("handed over again: %+v", r.Handover)
	}
}

// TestLongStory finds the problem in 500 words, and reads no answer out of them.
func TestLongStory(t *testing.T) {
	a := shopAgent(t)
	story := strings.Repeat("I went to see my aunt in the country and we still talked until it was late and nothing helped me sleep, no. ", 22)
	r, s := reply(t, a, dst.State{}, story+"And now my phone won't charge. "+story)
	if !strings.Contains(r.Text, "Try another cable") {
		t.Fatalf("the problem is not found: %q", r.Text)
	}
	if n := len([]rune(problemsOf(s)[0].said)); n > maxSaid+1 {
		t.Errorf("%d characters of the story are kept", n)
	}
	if r, _ = reply(t, a, s, story+"My phone won't charge, as I said. "+story); strings.Contains(r.Text, "Switch the phone off") {
		t.Errorf("the story told again counts as an answer: %q", r.Text)
	}
}

// TestDamagedNotes goes on where notes make no sense or name what is not there.
func TestDamagedNotes(t *testing.T) {
	a := shopAgent(t)
	for _, notes := range []string{
		"inform help.step=cable.1; inform help.said=x",
		"inform help.symptom=gone; inform help.step=gone.1",
		"inform help.symptom=no-charge; inform help.step=gone.1",
		"inform help.said=x; inform help.symptom=no-charge; inform help.human=no-charge; inform help.solved=gone.2",
	} {
		acts, err := dst.ParseActs(notes)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"no", "yes", "go back", "step 3", "all the steps", "back to the phone problem", "next step", "I want a person"} {
			s := dst.State{}.Note(acts...).Said(dst.MustAct("inform help.symptom=no-charge"), dst.MustAct("inform help.step=gone.1"))
			if r, _ := reply(t, a, s, text); r.Text == "" {
				t.Errorf("%s: no answer to %q", notes, text)
			}
		}
	}
}

func TestReactions(t *testing.T) {
	a := shopAgent(t)
	_, told := reply(t, a, dst.State{}, "my phone won't charge")
	for want, texts := range map[reaction][]string{
		itHelped:   {"yes", "it works now", "great, that did it", "it did not work at first but now it works", "yes that fixed it", "好了", "解决了，谢谢", "能充电了", "有用", "可以了", "搞定"},
		itFailed:   {"no", "nope", "that did not help", "it worked for a minute but it's still not working", "not fixed", "no difference at all", "It hasn’t helped", "没用", "还是不行", "不管用", "没解决", "还是充不进", "没有", "不能充电了"},
		itWasTried: {"I already tried that", "tried it", "试过了", "已经换过了", "这个我做过"},
		itIsDone:   {"done", "ok done", "next step", "what now?", "换好了", "下一步", "然后呢"},
		wait:       {"ok", "let me try", "one moment", "好的", "我试试", "稍等"},
		goBack:     {"go back", "the previous step please", "上一步"},
		allSteps:   {"show me all the steps", "tell me everything at once", "一次说完", "把所有步骤都告诉我"},
		oneStep:    {"what was step 2?", "the second step again", "第二步是什么"},
		noReaction: {"how much is the Xiaomi 14?", "解决了吗", "what colours are there?", "小米14多少钱"},
	} {
		for _, text := range texts {
			c := a.core.Load()
			x := &turn{c: c, ctx: context.Background(), text: text, before: told, s: told, lang: "en"}
			if err := x.understand(); err != nil {
				t.Fatal(err)
			}
			if got, _ := x.reaction(); got != want {
				t.Errorf("%q is reaction %d, want %d", text, got, want)
			}
		}
	}
}
