package inspect_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/dsttest"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

func TestTurn(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	_, turns := c.begin("I'd like a green tea", "一百元以下")
	first, second := turns[0], turns[1]
	if got := first.State.Flat()["sort"]; got != "green" || len(first.Reply.Items) != 2 || len(first.Reply.Trace.Decisions) == 0 {
		t.Errorf("sort %q, items %v, decisions %v", got, first.Reply.Items, first.Reply.Trace.Decisions)
	}
	if w := first.Slots["sort"]; w.Label["zh"] != "品种" || w.Values["green"]["zh"] != "绿茶" || w.Values["green"]["en"] != "green tea" {
		t.Errorf("the words for sort are %v", w)
	}
	if first.Names["t3"]["zh"] != "雪芽" || len(first.Facts) != len(first.Reply.Facts) || first.Facts[0].Fact != "f1" {
		t.Errorf("names %v, facts %v", first.Names, first.Facts)
	}
	if second.Reply.Lang != "zh" || second.State.Turn != 2 || len(second.Reply.Items) != 1 {
		t.Errorf("the second turn is %+v", second)
	}
}

func TestUndoAndBranch(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	path, turns := c.begin("green tea", "under 100 yuan", "how much is it?")
	var branch, got talk
	c.ok("POST", path+"/branch", object{"keep": 1}, &branch)
	c.ok("POST", path+"/undo", object{}, &got)
	if len(got.Turns) != 2 || got.Turns[1].State.Flat()["price"] != turns[1].State.Flat()["price"] {
		t.Errorf("after undo there are %d turns", len(got.Turns))
	}
	c.ok("POST", path+"/undo", object{"keep": 0}, &got)
	c.ok("POST", path+"/turns", object{"message": "oolong"}, nil)
	c.ok("GET", path, nil, &got)
	if len(got.Turns) != 1 || got.Turns[0].State.Turn != 1 || got.Turns[0].State.Flat()["sort"] != "oolong" {
		t.Errorf("from the start again, the turns are %+v", got.Turns)
	}
	c.ok("POST", "/api/sessions/"+branch.ID+"/turns", object{"message": "over 100 yuan"}, nil)
	c.ok("GET", "/api/sessions/"+branch.ID, nil, &got)
	if len(got.Turns) != 2 || got.Turns[0].Message != "green tea" || got.Turns[1].State.Flat()["sort"] != "green" {
		t.Errorf("the branch has %+v", got.Turns)
	}
	c.ok("DELETE", path, nil, nil)
	if status, _, _ := c.status("GET", path, "", nil); status != http.StatusNotFound {
		t.Errorf("the conversation let go has status %d", status)
	}
}

// TestParts sends a picture along, which a replay shows to the bot again and the
// page has no need of.
func TestParts(t *testing.T) {
	cfg := teaConfig(t)
	eyes := &recommend.FakeDescriber{Script: []recommend.FakeDescription{recommend.Shows("Snow Bud", 0.9), recommend.Shows("Snow Bud", 0.9)}}
	cfg.Describer = eyes
	agent, err := recommend.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, agent, nil)
	var about struct{ Parts []string }
	if c.ok("GET", "/api/about", nil, &about); len(about.Parts) != 1 || about.Parts[0] != "image" {
		t.Errorf("the bot can make out %v", about.Parts)
	}
	path, _ := c.begin()
	picture := recommend.Part{Kind: recommend.ImagePart, Name: "tea.png", Data: []byte("\x89PNG\r\n\x1a\n and more")}
	var got turn
	c.ok("POST", path+"/turns", object{"message": "how much is this?", "parts": []recommend.Part{picture}}, &got)
	if len(got.Parts) != 1 || got.Parts[0].Name != "tea.png" || got.Parts[0].Data != nil || !strings.Contains(got.Reply.Text, "Snow Bud") || len(got.Reply.Trace.Parts) != 1 {
		t.Errorf("the turn has %+v, %q", got.Parts, got.Reply.Text)
	}
	var again replayed
	c.ok("POST", path+"/replay", object{}, &again)
	if seen, _ := eyes.Calls(); len(again.Turns[0]) != 0 || len(seen) != 2 || !bytes.Equal(seen[1].Data, picture.Data) {
		t.Errorf("the replay shows %v, and differs in %v", seen, again.Turns)
	}
	_, text, _ := c.status("GET", path+"/talk.txt", "", nil)
	if played, err := dsttest.Play(t.Context(), agent.Tracker(), "conversation.txt", text, nil); err != nil || played != text || !strings.Contains(text, "# with a part that is not in here: tea.png\n") {
		t.Errorf("%v; the transcript is\n%s\nand played\n%s", err, text, played)
	}
}

type replayed struct {
	Turns [][]struct{ Part, Before, Now string } `json:"turns"`
	Talk  *talk                                  `json:"talk"`
}

// TestReplay replays a conversation with an agent that is the same, and with
// one that has changed.
func TestReplay(t *testing.T) {
	agent := teaShop(t)
	shout := false
	c := newClient(t, agent, &inspect.Options{Reply: func(ctx context.Context, s dst.State, m string, parts ...recommend.Part) (recommend.Reply, dst.State, error) {
		r, s, err := agent.Reply(ctx, s, m, parts...)
		if shout && strings.Contains(m, "how much") {
			r.Text = strings.ToUpper(r.Text)
		}
		return r, s, err
	}})
	path, _ := c.begin("green tea", "how much is the first one?")
	var got replayed
	c.ok("POST", path+"/replay", object{}, &got)
	if len(got.Turns) != 2 || len(got.Turns[0])+len(got.Turns[1]) != 0 || got.Talk != nil {
		t.Errorf("the same agent gives %+v", got)
	}
	shout = true
	c.ok("POST", path+"/replay", object{"keep": true}, &got)
	if len(got.Turns[0]) != 0 || len(got.Turns[1]) != 1 || got.Turns[1][0].Part != "text" || got.Turns[1][0].Now != strings.ToUpper(got.Turns[1][0].Before) {
		t.Errorf("an agent that shouts gives %+v", got.Turns)
	}
	if got.Talk == nil || got.Talk.Turns[1].Reply.Text != got.Turns[1][0].Now {
		t.Errorf("kept were %+v", got.Talk)
	}
}

// TestTranscript plays an exported conversation again.
func TestTranscript(t *testing.T) {
	agent := teaShop(t)
	at := &clock{at: noon}
	c := newClient(t, agent, &inspect.Options{Now: at.now, Idle: 100 * time.Hour})
	path, _ := c.begin("green tea for tomorrow", "how much is the second one?", "", `"quoted" and
on two lines `, strings.Repeat("x", dst.MaxMessage+1))
	at.pass(24 * time.Hour)
	c.ok("POST", path+"/turns", object{"message": "明天要，乌龙茶"}, nil)
	status, text, header := c.status("GET", path+"/talk.txt", "", nil)
	if status != http.StatusOK || !strings.Contains(header.Get("Content-Disposition"), "conversation.txt") {
		t.Fatalf("status %d, %v", status, header)
	}
	for _, want := range []string{"== conversation\nclock: 2026-11-23 12:00\nuser: green tea for tomorrow\n", "day=2026-11-24", "clock: 2026-11-24 12:00\n", "day=2026-11-25", "bot: offer name=Snow Bud"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the transcript:\n%s", want, text[:min(len(text), 2000)])
		}
	}
	played, err := dsttest.Play(t.Context(), agent.Tracker(), "conversation.txt", text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if played != text {
		t.Errorf("played, the transcript is\n%s\nwant\n%s", played, text)
	}
}

// TestImport takes up an exported conversation in another inspector.
func TestImport(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	path, _ := c.begin("green tea", "how much is the first one?")
	_, file, _ := c.status("GET", path+"/session.json", "", nil)
	other := newClient(t, teaShop(t), nil)
	status, text, _ := other.status("POST", "/api/sessions", file, nil)
	if status != http.StatusOK {
		t.Fatalf("status %d: %s", status, text)
	}
	id := strings.Split(text, `"`)[3]
	if _, again, _ := other.status("GET", "/api/sessions/"+id+"/session.json", "", nil); again != file {
		t.Errorf("exported again it is\n%s\nwant\n%s", again, file)
	}
	var got replayed
	other.ok("POST", "/api/sessions/"+id+"/replay", object{}, &got)
	if len(got.Turns) != 2 || len(got.Turns[0])+len(got.Turns[1]) != 0 {
		t.Errorf("replayed there, it differs in %+v", got.Turns)
	}
}

func TestGraph(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	var got struct {
		Name      map[string]string `json:"name"`
		Relations []struct {
			Predicate string `json:"predicate"`
			Back      bool   `json:"back"`
			Count     int    `json:"count"`
			Ends      []struct {
				ID     string            `json:"id"`
				Text   map[string]string `json:"text"`
				Source string            `json:"source"`
			} `json:"ends"`
		} `json:"relations"`
	}
	c.ok("GET", "/api/graph?id=t1", nil, &got)
	seen := ""
	for _, r := range got.Relations {
		seen += fmt.Sprintf("%s %v %d %s %s; ", r.Predicate, r.Back, r.Count, r.Ends[0].ID, r.Ends[0].Text["zh"])
	}
	if got.Name["zh"] != "龙井" || !strings.Contains(seen, "sort false 1  绿茶; ") || !strings.Contains(seen, "goes_with true 4 t1 龙井; ") {
		t.Errorf("around %v stands %s", got.Name, seen)
	}
	if status, _, _ := c.status("GET", "/api/graph?id=nothing", "", nil); status != http.StatusNotFound {
		t.Errorf("an unknown thing has status %d", status)
	}
	status, text, header := c.status("GET", "/api/graph.html?id=t4&lang=zh", "", nil)
	if status != http.StatusOK || !strings.Contains(text, "&lt;img") || strings.Contains(text, "<img") || !strings.HasPrefix(header.Get("Content-Security-Policy"), "sandbox allow-scripts;") {
		t.Errorf("the picture's page: status %d, %v", status, header)
	}
}

// TestSessions checks that conversations are apart, bounded and let go.
func TestSessions(t *testing.T) {
	at, n := &clock{at: noon}, 0
	c := newClient(t, teaShop(t), &inspect.Options{Sessions: 2, Idle: time.Hour, Turns: 2, Now: at.now, NewID: func() string { n++; return fmt.Sprint("s", n) }})
	first, _ := c.begin("green tea")
	at.pass(time.Minute)
	second, turns := c.begin("oolong")
	if turns[0].State.Flat()["sort"] != "oolong" || turns[0].State.Turn != 1 {
		t.Errorf("the second conversation has the state %+v", turns[0].State)
	}
	at.pass(time.Minute)
	c.ok("GET", first, nil, nil) // so the second one is idle longest
	at.pass(time.Minute)
	third, _ := c.begin("green", "oolong")
	for path, want := range map[string]int{first: http.StatusOK, second: http.StatusNotFound, third: http.StatusOK} {
		if status, _, _ := c.status("GET", path, "", nil); status != want {
			t.Errorf("%s has status %d, want %d", path, status, want)
		}
	}
	if status, text, _ := c.status("POST", third+"/turns", `{"message":"green"}`, nil); status != http.StatusConflict || !strings.Contains(text, "2 turns at most") {
		t.Errorf("a third turn has status %d: %s", status, text)
	}
	at.pass(time.Hour + time.Minute)
	if status, _, _ := c.status("GET", third, "", nil); status != http.StatusNotFound {
		t.Errorf("after an hour the status is %d", status)
	}
}

// TestTogether has many talk at once, in conversations of their own and in one.
func TestTogether(t *testing.T) {
	c := newClient(t, teaShop(t), nil)
	shared, _ := c.begin()
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			path, _ := c.begin("green tea", "how much is it?")
			for _, step := range []string{"/turns", "/undo", "/replay", "/branch", "/turns"} {
				body := object{}
				if step == "/turns" {
					body["message"] = fmt.Sprint("under ", 50+i)
				}
				c.ok("POST", path+step, body, nil)
			}
			c.ok("POST", shared+"/turns", object{"message": "green tea"}, nil)
			c.ok("GET", shared, nil, nil)
		})
	}
	wg.Wait()
	var got talk
	c.ok("GET", shared, nil, &got)
	for i, x := range got.Turns {
		if x.State.Turn != i+1 {
			t.Errorf("turn %d of the shared conversation has state %d", i+1, x.State.Turn)
		}
	}
	if len(got.Turns) != 6 {
		t.Errorf("the shared conversation has %d turns, want 6", len(got.Turns))
	}
}
