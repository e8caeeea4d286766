package inspect_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/width"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/phone"
	"github.com/slotgraph/slotgraph/intent"
	"github.com/slotgraph/slotgraph/kg"
	"github.com/slotgraph/slotgraph/recommend"
	"github.com/slotgraph/slotgraph/recommend/inspect"
	"github.com/slotgraph/slotgraph/recommend/observe"
)

// A spy keeps what plug-ins and readers are given, by who was. It is all of
// them itself, and safe for concurrent use.
type spy struct {
	mu   sync.Mutex
	seen map[string][]string
}

func (s *spy) note(who string, all ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, x := range all {
		b, err := json.Marshal(x)
		if err != nil {
			b = []byte("no JSON: " + err.Error())
		}
		s.seen[who] = append(s.seen[who], string(b), fmt.Sprintf("%+v", x))
	}
}

func (s *spy) Write(b []byte) (int, error) {
	s.note("log", string(b))
	return len(b), nil
}

func (s *spy) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	chat, err := recommend.DefaultPrompt().Chat(r, false)
	if err != nil {
		return recommend.Response{}, err
	}
	s.note("generator", r, chat)
	return recommend.Template{}.Generate(ctx, r, each)
}

func (s *spy) Describe(_ context.Context, _ recommend.Part, scene recommend.Scene) (recommend.Description, error) {
	s.note("describer", scene)
	return recommend.Description{Caption: "a cup of tea", Acts: []recommend.Seen{{Act: dst.MustAct("inform Tea.sort=green"), P: 0.9}}}, nil
}

func (s *spy) Transcribe(_ context.Context, p recommend.Part, hint recommend.TranscribeHint) ([]recommend.Transcript, error) {
	s.note("transcriber", hint)
	said := strings.TrimPrefix(p.Name, "rec ")
	return []recommend.Transcript{{Text: said, P: 0.6}, {Text: strings.NewReplacer("8", "9", "5", "6").Replace(said), P: 0.3}}, nil
}

func (s *spy) Classify(_ context.Context, message string) (intent.Ranking, error) {
	s.note("classifier", message)
	if strings.Contains(message, "预订") {
		return intent.Ranking{{Intent: "Tea.reserve", P: 1}}, nil
	}
	return nil, nil
}

func (s *spy) Begin(ctx context.Context, _ recommend.Stage) (context.Context, func(recommend.Outcome)) {
	return ctx, func(out recommend.Outcome) {
		s.note("observer", *out.Trace, out.Trace.String(), fmt.Sprint(out.Err))
		if out.Reply != nil {
			s.note("observer", *out.Reply)
		}
	}
}

// found tells where a secret was handed out, however it is written.
func (s *spy) found(secret string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []string
	for who, all := range s.seen {
		for _, text := range all {
			if strings.Contains(plain(text), plain(secret)) {
				out = append(out, who+": "+text)
			}
		}
	}
	return out
}

// plain are the letters and digits of a text, folded.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, width.Fold.String(s))
}

// A desk knows one parcel; of others it complains by name.
type desk struct{}

func (desk) Lookup(_ context.Context, q recommend.LookupRequest) (recommend.LookupResult, error) {
	if n := q.Values["number"]; n != "K-48213" {
		return recommend.LookupResult{}, errors.New("no route to the shard of " + n)
	}
	return recommend.LookupResult{Records: []recommend.Record{{Key: "K-48213", Values: map[string][]kg.Value{
		"status": {kg.Text("shipped")}, "code": {kg.Text("ZX-90-QQ-7")}, "shelf": {kg.Num(7, "")},
	}}}}, nil
}

// mailOrder is the tea shop with reservations and parcels, about which there is
// much that is nobody else's business.
func mailOrder(t *testing.T, s *spy) recommend.Config {
	cfg := teaConfig(t)
	ask := func(en, zh string) map[string]string { return map[string]string{"en": en, "zh": zh} }
	cn := &phone.Phone{Region: "CN"}
	tea := &cfg.Schema.Services[0]
	tea.Name, tea.Aliases = "Tea", []string{"tea", "茶"}
	tea.Slots[0].Ask = ask("Which tea?", "要哪款茶？")
	tea.Slots = append(tea.Slots,
		dst.Slot{Name: "phone", Aliases: []string{"phone number", "电话"}, Type: cn, Sensitive: true, Ask: ask("What is your phone number?", "您的电话是多少？")},
		dst.Slot{Name: "resident", Aliases: []string{"id number", "身份证"}, Type: &dst.ResidentID{}, Sensitive: true, Ask: ask("And your id number?", "您的身份证号是多少？")},
		dst.Slot{Name: "home", Aliases: []string{"address", "地址"}, Type: &dst.Address{}, Sensitive: true, Ask: ask("Where shall it go?", "寄到哪里？")},
		dst.Slot{Name: "note", Aliases: []string{"medical note", "病史"}, Sensitive: true, Ask: ask("Any medical note?", "有什么病史要注意吗？")},
	)
	tea.Intents = []dst.Intent{{Name: "reserve", Description: "reserve a tea 预订", Transactional: true, Required: []string{"name", "phone", "resident", "home", "note"}}}
	cfg.Schema.Services = append(cfg.Schema.Services, dst.Service{Name: "Parcel", Aliases: []string{"parcel", "包裹"}, Slots: []dst.Slot{
		{Name: "number", Aliases: []string{"parcel number", "包裹号"}, Type: &dst.FreeText{Pattern: regexp.MustCompile(`K-\d{5}`)}, Sensitive: true, Required: true, Ask: ask("What is the parcel's number?", "包裹号是多少？")},
		{Name: "status", Aliases: []string{"where is", "到哪了"}, Type: &dst.Enum{Values: []dst.Option{{Value: "shipped", Labels: ask("shipped", "已发货")}}}},
		{Name: "code", Aliases: []string{"pickup code", "取件码"}, RequestOnly: true, Sensitive: true},
		{Name: "shelf", Aliases: []string{"shelf", "货架"}, RequestOnly: true, Sensitive: true},
	}})
	b := &cfg.Bindings[0]
	b.Service = "Tea"
	for _, name := range []string{"phone", "resident", "home", "note"} {
		b.Slots[name] = ""
	}
	cfg.Live = []recommend.Live{{Service: "Parcel", Lookup: desk{}, Key: "number", Show: []string{"status"}}}
	cfg.Generator, cfg.Describer, cfg.Transcriber, cfg.Classifier = s, s, s, s
	debug := &slog.HandlerOptions{Level: slog.LevelDebug}
	all := &observe.Options{Text: true, Trace: true, Stages: true}
	cfg.Observer = recommend.Observers(s, observe.Log(slog.New(slog.NewTextHandler(s, debug)), all), observe.Log(slog.New(slog.NewJSONHandler(s, debug)), all))
	return cfg
}

// mails are conversations, each with what is nobody else's business in it. Of a
// message "image: …" the rest comes with a picture, of "voice: …" it is spoken.
var mails = []struct{ messages, secrets []string }{
	{[]string{
		"show me green tea", "I'd like to reserve the Snow Bud", "+86 138 1234 5678", "what does it cost?", "11010519491231002X",
		"12 Elm Street, Springfield", "I take lithium twice a day", "no", "my phone number is 139-8765-4321 instead", "yes",
		"which oolong do you have?", "repeat that", "undo", "where is parcel K-48213?", "what is the pickup code?", "on which shelf is it?", "where is parcel K-99999", "yes",
		"image: something like this for 138 1234 5678", "voice: my phone number is 138 1234 5678", "I want to talk to a person", "start over", "green tea please",
	}, []string{"138 1234 5678", "139-8765-4321", "11010519491231002X", "12 Elm Street", "lithium", "K-48213", "K-99999", "ZX-90-QQ-7"}},
	{[]string{
		"有绿茶吗", "我要预订雪芽", "１３８１２３４５６７８", "多少钱", "11010519491231002X", "浙江省杭州市西湖区文三路90号", "我在吃碳酸锂", "不对",
		"电话是13987654321", "是的", "乌龙茶有哪些", "再说一遍", "撤销", "包裹K-48213到哪了", "取件码是多少", "在哪个货架", "包裹K-99999到哪了", "好的",
		"image: 类似这样的，电话13812345678", "转人工", "重新开始", "绿茶",
	}, []string{"13812345678", "13987654321", "11010519491231002X", "文三路90号", "碳酸锂", "K-48213", "K-99999", "ZX-90-QQ-7"}},
}

// misheard is what the transcriber's second reading has of "138 1234 5678".
const misheard = "139 1234 6679"

// Nothing that is sensitive comes to anybody but the user, the state and the
// live data, in any turn, however it is written.
func TestSensitiveGoesNowhere(t *testing.T) {
	for _, talk := range mails {
		s := &spy{seen: map[string][]string{}}
		said := s.converse(t, talk.messages)
		for _, secret := range talk.secrets {
			if !strings.Contains(plain(said), plain(secret)) {
				t.Errorf("%s was never said:\n%s", secret, said)
			}
		}
		for _, secret := range append(talk.secrets, misheard) {
			if at := s.found(secret); len(at) > 0 {
				t.Errorf("%s was handed out %d times: %.1500s", secret, len(at), at[0])
			}
		}
		for who, n := range map[string]int{"generator": 8, "describer": 2, "classifier": 40, "observer": 400, "log": 400, "trace": 80, "page /turns": 20} {
			if len(s.seen[who]) < n {
				t.Errorf("%s was given %d texts, not %d", who, len(s.seen[who]), n)
			}
		}
	}
}

// converse holds a conversation over the inspector's page, exports and replays
// it, and returns what was said.
func (s *spy) converse(t *testing.T, messages []string) string {
	agent, err := recommend.New(context.Background(), mailOrder(t, s))
	if err != nil {
		t.Fatal(err)
	}
	said, answered := &strings.Builder{}, 0
	page, err := inspect.New(agent, &inspect.Options{Reply: func(ctx context.Context, state dst.State, message string, parts ...recommend.Part) (recommend.Reply, dst.State, error) {
		r, next, err := agent.Reply(ctx, state, message, parts...)
		if answered++; answered > len(messages) { // a replay tells the difference
			r.Text += "\n(again)"
		}
		fmt.Fprintf(said, "> %s\n%s\n", message, r.Text)
		s.note("trace", r.Trace, r.Trace.String(), r.Masked(), r.Mask())
		return r, next, err
	}})
	if err != nil {
		t.Fatal(err)
	}
	ask := func(method, path, body string) string {
		w := httptest.NewRecorder()
		page.ServeHTTP(w, request(method, path, body, func(*http.Request) {}))
		s.note("page "+path[strings.LastIndex(path, "/"):], w.Body.String())
		if w.Code != http.StatusOK {
			t.Fatalf("%s %s: %d %s\n%s\n%s", method, path, w.Code, w.Body, said, body)
		}
		return w.Body.String()
	}
	var opened struct{ ID string }
	if err := json.Unmarshal([]byte(ask("POST", "/api/sessions", "{}")), &opened); err != nil {
		t.Fatal(err)
	}
	at := "/api/sessions/" + opened.ID
	for _, message := range messages {
		ask("POST", at+"/turns", body(t, message))
	}
	for _, path := range []string{"", "/session.json", "/talk.txt"} {
		ask("GET", at+path, "")
	}
	ask("POST", at+"/replay", "{}")
	return said.String()
}

// body is the request for a message of mails.
func body(t *testing.T, message string) string {
	in := map[string]any{"message": message}
	if rest, ok := strings.CutPrefix(message, "image: "); ok {
		in["message"], in["parts"] = rest, []recommend.Part{recommend.Image("image/png", []byte("\x89PNG\r\n\x1a\n0000"))}
	} else if rest, ok := strings.CutPrefix(message, "voice: "); ok {
		in["message"], in["parts"] = "", []recommend.Part{{Kind: recommend.AudioPart, MIME: "audio/wav", Data: []byte("RIFF\x24\x00\x00\x00WAVEfmt "), Name: "rec " + rest}}
	}
	b, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
