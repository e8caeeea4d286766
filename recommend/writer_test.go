package recommend

import (
	"context"
	"errors"
	"strings"
	"testing"
)

var writerRequest = Request{
	Lang: "en", User: "how much is it?", Limits: Limits{Runes: 80},
	Steps: []Step{{Kind: StepAnswer, Thing: "Snow Bud", Label: "price", Facts: []Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}}}},
	Facts: []Fact{{ID: "f1", Thing: "Snow Bud", Attribute: "price", Value: "¥60"}},
}

func write(t *testing.T, m *scripted, o *WriterOptions, r Request) (Response, string, error) {
	t.Helper()
	var b strings.Builder
	out, err := NewWriter(m, o).Generate(context.Background(), r, func(c Chunk) error {
		if c.Text == "" {
			t.Error("an empty chunk")
		}
		b.WriteString(c.Text)
		return nil
	})
	return out, b.String(), err
}

func TestWriter(t *testing.T) {
	zh := writerRequest
	zh.Lang = "zh"
	cases := []struct {
		answer string
		r      Request
		want   string
		cause  Cause
	}{
		{"Snow Bud is ¥60.", writerRequest, "Snow Bud is ¥60.", ""},
		{"\n Snow Bud is ¥60. \n\n", writerRequest, "Snow Bud is ¥60.", ""},
		{"<think>60, or <b>?</think>\n\nSnow Bud is ¥60.", writerRequest, "Snow Bud is ¥60.", ""},
		{"<thin ice", writerRequest, "<thin ice", ""},
		{"<", writerRequest, "<", ""},
		{"<think>60, or …", writerRequest, "", CauseUnusable},
		{" \n ", writerRequest, "", CauseUnusable},
		{strings.Repeat("Snow Bud. ", 9), writerRequest, "Snow Bud. ", CauseUnusable},
		{"雪芽这款茶的价格是六十元。", writerRequest, "", CauseLanguage},
		{"It is a nice green tea for ¥60.", zh, "", CauseLanguage},
		{"Snow Bud price 是 ¥60。", zh, "Snow Bud price 是 ¥60。", ""},
		{"Snow Bud (雪芽茶) is ¥60.", writerRequest, "Snow Bud (雪芽茶) is ¥60.", ""},
	}
	for _, x := range cases {
		out, streamed, err := write(t, &scripted{answers: []string{x.answer}}, nil, x.r)
		var f *Failure
		switch {
		case x.cause == "" && (err != nil || out.Text != x.want || streamed != x.want || out.Usage[TokensIn] != 10 || out.Name != "scripted"):
			t.Errorf("%q: %+v, streamed %q, error %v", x.answer, out, streamed, err)
		case x.cause != "" && (!errors.As(err, &f) || f.Cause != x.cause || x.want == "" && streamed != ""):
			t.Errorf("%q: streamed %q, error %v, want %q", x.answer, streamed, err, x.cause)
		}
	}
}

// TestLateLanguage refuses a text that changes the language once it has begun.
func TestLateLanguage(t *testing.T) {
	r := writerRequest
	r.Limits.Runes = 500
	_, streamed, err := write(t, &scripted{answers: []string{"It is a nice green tea that many of our customers like a lot. 这款雪芽绿茶现在的价格是六十元，香气清新，滋味甘醇，深受很多顾客的喜爱。"}}, nil, r)
	var f *Failure
	if !errors.As(err, &f) || f.Cause != CauseLanguage || streamed == "" {
		t.Errorf("error %v after %q", err, streamed)
	}
}

func TestWriterStops(t *testing.T) {
	gone := errors.New("gone")
	m := &scripted{answers: []string{"Snow Bud is ¥60."}}
	if _, err := NewWriter(m, nil).Generate(context.Background(), writerRequest, func(Chunk) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("error %v", err)
	}
	m = &scripted{answers: []string{"Snow Bud"}, err: &Failure{Cause: CauseCut}}
	if out, _, err := write(t, m, nil, writerRequest); err == nil || out.Text != "Snow Bud" || out.Usage == nil {
		t.Errorf("%+v, %v", out, err)
	}
	if _, _, err := write(t, &scripted{}, nil, Request{Lang: "fr"}); err == nil {
		t.Error("no error for French")
	}
}

func TestStructured(t *testing.T) {
	const good = `{"text": "Snow Bud is ¥60.", "facts": ["f1"]}`
	cases := []struct {
		answers []string
		problem string // that the model is told; "" if it is not asked again
		cause   Cause
	}{
		{[]string{good}, "", ""},
		{[]string{"Sure:\n```json\n" + good + "\n```"}, "", ""},
		{[]string{"<think>{}</think>" + good}, "", ""},
		{[]string{"Snow Bud is ¥60.", good}, "there is no object", ""},
		{[]string{`{"text": "Snow Bud is`, good}, "ends in the middle", ""},
		{[]string{`{"text": ["Snow Bud"]}`, good}, "cannot unmarshal", ""},
		{[]string{`{"facts": []}`, good}, `\"text\" is empty`, ""},
		{[]string{`{"text": "Snow Bud", "facts": ["f2"]}`, good}, "f2", ""},
		{[]string{`{"text": "` + strings.Repeat("Snow Bud ", 10) + `"}`, good}, "longer than 80", ""},
		{[]string{`{"text": "雪芽这款茶的价格是六十元。"}`, good}, "in Chinese", ""},
		{[]string{"", good}, "no object", ""},
		{[]string{"rubbish", "rubbish"}, "no object", CauseUnusable},
		{[]string{strings.Repeat("x", 5000), good}, "far too long", ""},
	}
	for _, x := range cases {
		m := &scripted{answers: x.answers}
		out, streamed, err := write(t, m, &WriterOptions{Structured: true}, writerRequest)
		var f *Failure
		switch {
		case x.cause == "" && (err != nil || out.Text != "Snow Bud is ¥60." || streamed != out.Text || out.Usage[TokensIn] != 10*len(x.answers)):
			t.Errorf("%q: %+v, streamed %q, error %v", x.answers, out, streamed, err)
		case x.cause != "" && (!errors.As(err, &f) || f.Cause != x.cause || streamed != ""):
			t.Errorf("%q: streamed %q, error %v", x.answers, streamed, err)
		case len(m.chats) != len(x.answers):
			t.Errorf("%q: asked %d times", x.answers, len(m.chats))
		}
		if x.problem != "" {
			again := m.chats[1].Messages
			if len(again) != 4 || again[2].Role != RoleAssistant || again[2].Text == "" || !strings.Contains(again[3].Text, x.problem) {
				t.Errorf("%q: asked again with %+v", x.answers, again[2:])
			}
		}
	}
	if _, _, err := write(t, &scripted{answers: []string{good}, err: &Failure{Cause: CauseServer}}, &WriterOptions{Structured: true}, writerRequest); err == nil {
		t.Error("a server's error was taken for an answer")
	}
}

// TestWriterOfWhole takes the text of a model that does not stream.
func TestWriterOfWhole(t *testing.T) {
	m := ChatFunc(func(context.Context, Chat, func(string) error) (Completion, error) {
		return Completion{Text: "Snow Bud is ¥60."}, nil
	})
	var b strings.Builder
	out, err := NewWriter(m, nil).Generate(context.Background(), writerRequest, func(c Chunk) error { b.WriteString(c.Text); return nil })
	if err != nil || out.Text != "Snow Bud is ¥60." || b.String() != out.Text {
		t.Errorf("%+v, streamed %q, %v", out, b.String(), err)
	}
}
