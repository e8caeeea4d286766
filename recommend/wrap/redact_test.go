package wrap

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/privacy"
	"github.com/slotgraph/slotgraph/recommend"
)

// numbers takes long numbers for phones.
type numbers struct{}

var long = regexp.MustCompile(`\d{7,}`)

func (numbers) Recognise(s string) []privacy.Match {
	out := []privacy.Match{{Start: -1, End: 3}, {Start: 2, End: 1}, {End: len(s) + 1}} // none of which is a place in the text
	for _, m := range long.FindAllStringIndex(s, -1) {
		out = append(out, privacy.Match{Start: m[0], End: m[1], Kind: "phone"}, privacy.Match{Start: m[0] + 1, End: m[1], Kind: "id"})
	}
	return out
}

var told = recommend.Request{
	Lang: "zh", User: "打13800138000，别打13900139000 [PHONE_2]", Acts: []dst.Act{{Kind: dst.Inform, Slot: "phone", Op: dst.Eq, Value: "13800138000"}},
	Wishes: []recommend.Fact{{Attribute: "电话", Value: "13800138000"}},
	Facts:  []recommend.Fact{{ID: "f1", Attribute: "热线", Value: "4008001234"}},
	Steps: []recommend.Step{{Kind: recommend.StepSummary, Text: "13800138000", Lines: []string{"13900139000"}, Facts: []recommend.Fact{{ID: "f1", Value: "4008001234"}, {Value: "13900139000"}},
		Bounds: []recommend.Fact{{Value: "13800138000"}}}},
}

func TestRedact(t *testing.T) {
	const says, want = "好的，[打[PHONE_1]，不打[PHONE_3]，[PHONE_2] [PHONE", "好的，[打13800138000，不打13900139000，[PHONE_2] [PHONE"
	for n := 1; n < 12; n++ {
		var pieces []string
		for s := says; s != ""; s = s[min(n, len(s)):] {
			pieces = append(pieces, s[:min(n, len(s))])
		}
		fake := script(recommend.FakeReply{Chunks: pieces}, recommend.Says(says))
		g := Redact(fake, numbers{})
		var b strings.Builder
		out, err := g.Generate(context.Background(), told, func(c recommend.Chunk) error { b.WriteString(c.Text); return nil })
		if err != nil || out.Text != want || b.String() != want {
			t.Errorf("pieces of %d: %q, streamed %q, %v", n, out.Text, b.String(), err)
		}
		if out, err = g.Generate(context.Background(), told, nil); err != nil || out.Text != want {
			t.Errorf("%q, %v", out.Text, err)
		}
		for _, r := range fake.Requests() {
			if s := fmt.Sprintf("%+v", r); strings.Contains(s, "13800138000") || strings.Contains(s, "13900139000") || !strings.Contains(s, "4008001234") {
				t.Errorf("the model sees %s", s)
			}
			if r.User != "打[PHONE_1]，别打[PHONE_3] [PHONE_2]" || r.Acts[0].Value != "[PHONE_1]" || r.Steps[0].Bounds[0].Value != "[PHONE_1]" {
				t.Errorf("%+v", r)
			}
		}
	}
	if told.Acts[0].Value != "13800138000" || told.Steps[0].Lines[0] != "13900139000" || told.Wishes[0].Value != "13800138000" {
		t.Error("the request itself was changed")
	}
}

func TestRedactErrors(t *testing.T) {
	gone := errors.New("gone")
	if _, err := Redact(script(recommend.Says("[PHONE_1]")), numbers{}).Generate(context.Background(), told, func(recommend.Chunk) error { return gone }); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
	fake := script(recommend.FakeReply{Chunks: []string{"[PHONE_1] is"}, Err: busy})
	if out, err := Redact(fake, numbers{}).Generate(context.Background(), told, nil); !errors.Is(err, busy) || out.Text != "13800138000 is" {
		t.Errorf("%+v, %v", out, err)
	}
	fake = script(recommend.Says("fine"))
	if out, _, err := run(t, context.Background(), Redact(fake, numbers{})); err != nil || out.Text != "fine" || fake.Requests()[0].User != ask.User {
		t.Errorf("%+v, %v", out, err)
	}
}
