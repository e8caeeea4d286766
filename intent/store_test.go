package intent_test

import (
	"bytes"
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/intent"
)

func saved(t testing.TB, m *intent.Model) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := m.Save(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestSaveLoad(t *testing.T) {
	m := shopModel(t)
	file := saved(t, m)
	t.Logf("%d bytes", len(file))
	back, err := intent.Load(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Intents(), m.Intents()) {
		t.Errorf("intents %v", back.Intents())
	}
	for _, x := range readCSV(t, "testdata/shop_test.csv") {
		want, _ := m.Classify(context.Background(), x.Text)
		got, err := back.Classify(context.Background(), x.Text)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%q: %v before, %v after (%v)", x.Text, want, got, err)
		}
	}
	if !bytes.Equal(saved(t, back), file) {
		t.Error("saved again, the file differs")
	}
}

func TestLoadRefuses(t *testing.T) {
	file := saved(t, shopModel(t))
	altered := func(at int) []byte {
		b := bytes.Clone(file)
		b[at] ^= 1
		return b
	}
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":       {nil, "cut off"},
		"foreign":     {[]byte("text,intent\nhello,greet\n"), "not a model"},
		"long text":   {[]byte(strings.Repeat("text,intent\n", 100)), "not a model"},
		"version":     {altered(8), "version"},
		"length":      {altered(12), ""},
		"huge length": {altered(18), "promises"},
		"checksum":    {altered(25), "checksum"},
		"body":        {altered(len(file) / 2), "checksum"},
		"last byte":   {altered(len(file) - 1), "checksum"},
		"cut":         {file[:len(file)-1], "cut off"},
		"half":        {file[:len(file)/2], "cut off"},
		"header cut":  {file[:30], "cut off"},
		"more":        {append(bytes.Clone(file), 0), "more data"},
	} {
		m, err := intent.Load(bytes.NewReader(c.file))
		if err == nil || m != nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "intent: load model: ") {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	if _, err := intent.Load(failing{}); !errors.Is(err, errBroken) {
		t.Errorf("reader's error is lost: %v", err)
	}
	if err := shopModel(t).Save(failing{}); !errors.Is(err, errBroken) {
		t.Errorf("writer's error is lost: %v", err)
	}
}

var errBroken = errors.New("broken")

type failing struct{}

func (failing) Read([]byte) (int, error)  { return 0, errBroken }
func (failing) Write([]byte) (int, error) { return 0, errBroken }

func FuzzLoad(f *testing.F) {
	m, err := intent.Train(context.Background(), []intent.Example{
		{Text: "我要退款", Intent: "refund"}, {Text: "where is my order", Intent: "status"},
	}, nil)
	if err != nil {
		f.Fatal(err)
	}
	file := saved(f, m)
	f.Add(file)
	f.Add(file[:len(file)/2])
	f.Add([]byte("SGINTENT"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if m, err := intent.Load(bytes.NewReader(b)); err == nil {
			m.Classify(context.Background(), "我要退款 order")
		}
	})
}
