package recommend

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// panics is a plug-in that does.
type panics struct{}

func (panics) Transcribe(context.Context, Part, TranscribeHint) ([]Transcript, error) { panic("ouch") }
func (panics) Describe(context.Context, Part, Scene) (Description, error)             { panic("ouch") }

func TestBadParts(t *testing.T) {
	big := append([]byte("\x89PNG\r\n\x1a\n"), make([]byte, 100)...)
	for _, c := range []struct {
		name          string
		part          Part
		said, problem string
	}{
		{"kind", Part{Kind: "film", Data: pngBytes}, "cannot work with attachments", `the kind is "film"`},
		{"empty", Image("image/png", nil), "could not make out the picture", "neither Data nor URL"},
		{"both", Part{Kind: ImagePart, Data: pngBytes, URL: "https://example.com/a.png"}, "could not make out", "both Data and URL"},
		{"large", Image("image/png", big), "picture is too large", "Config.MaxPart is 64"},
		{"contradicted", Image("image/png", wavBytes), "could not make out", "the bytes look like audio/wave"},
		{"no image", Image("text/html", pngBytes), "could not make out", "which is no image"},
		{"unknown bytes", Audio("", []byte("what?\x00\x01")), "could not make out the recording", "set MIME"},
		{"no address", ImageURL("file:///etc/passwd"), "could not make out", "no http or https address"},
		{"panic", Image("image/png", pngBytes), "could not make out", "panicked: ouch"},
		{"panic of speech", Audio("audio/x-strange", []byte{1, 2, 3, 0}), "could not make out the recording", "panicked: ouch"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := partsConfig(t, nil)
			cfg.MaxPart, cfg.Describer, cfg.Transcriber = 64, panics{}, panics{}
			a := newAgent(t, cfg)
			for _, text := range []string{"", "how much is the Redmi 13?"} {
				r, _, err := a.Reply(context.Background(), dst.State{}, text, c.part)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(r.Text, c.said) || !strings.Contains(r.Trace.Parts[0].Problem, c.problem) || text != "" && !strings.Contains(r.Text, "¥999") {
					t.Errorf("%q: %s\n%s", text, r.Text, r.Trace.Parts[0].Problem)
				}
			}
		})
	}
}

// stubborn does not look at its context.
type stubborn struct{ until chan struct{} }

func (s stubborn) Transcribe(context.Context, Part, TranscribeHint) ([]Transcript, error) {
	<-s.until
	return nil, nil
}

func TestStubbornPlugin(t *testing.T) {
	cfg := partsConfig(t, nil)
	s := stubborn{make(chan struct{})}
	defer close(s.until)
	cfg.Transcriber, cfg.Timeout = s, time.Millisecond
	r, _, err := newAgent(t, cfg).Reply(context.Background(), dst.State{}, "小米14多少钱", Audio("", wavBytes))
	if err != nil || !strings.Contains(r.Text, "3999") || !strings.Contains(r.Trace.Parts[0].Problem, "no answer within 1ms") {
		t.Errorf("%q, %v, %v", r.Text, r.Trace.Parts, err)
	}
}

func TestNoPlugins(t *testing.T) {
	a := shopAgent(t)
	r, s, err := a.Reply(context.Background(), dst.State{}, "", Image("", pngBytes), Audio("", wavBytes), Image("", pngBytes))
	if want := "I'm sorry, I cannot work with recordings here. Could you put it in words? I'm sorry, I cannot work with pictures here. Could you put it in words?"; err != nil || r.Text != want || !reflect.DeepEqual(s, dst.State{}) {
		t.Errorf("%q, %v", r.Text, err)
	}
	many := slices.Repeat([]Part{ImageURL("https://example.com/a.png")}, 50)
	if r, _, err = a.Reply(context.Background(), dst.State{}, "小米14多少钱", many...); err != nil || len(r.Trace.Parts) != maxParts+1 || !strings.Contains(r.Trace.Parts[maxParts].Problem, "has 50 parts") {
		t.Errorf("%+v, %v", r.Trace.Parts, err)
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err = a.Reply(cancelled, dst.State{}, "", many...); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
