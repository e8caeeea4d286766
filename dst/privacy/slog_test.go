package privacy

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"
)

type stringer struct{ s string }

func (s stringer) String() string { return s.s }

type valuer struct{ s string }

func (v valuer) LogValue() slog.Value {
	return slog.GroupValue(slog.String("mail", v.s), slog.Int("n", 3))
}

func TestHandler(t *testing.T) {
	var b bytes.Buffer
	h := Handler(slog.NewJSONHandler(&b, &slog.HandlerOptions{Level: slog.LevelInfo}), New(Options{}))
	if h.Enabled(context.Background(), slog.LevelDebug) || !h.Enabled(context.Background(), slog.LevelInfo) {
		t.Error("the level is not that of the next handler")
	}
	log := slog.New(h).With("customer", "我叫王小明").WithGroup("g").With("mail", "ann@example.com")
	const mail = "ann@example.com"
	log.Info("打13812345678", "err", errors.New("no "+mail), "str", stringer{mail}, "val", valuer{mail}, "nested", slog.GroupValue(slog.Group("in", "x", mail)),
		"list", []string{mail, "plain"}, "bytes", []byte(mail), "struct", struct{ Mail string }{mail}, "nil", nil, "none", "")
	if s := b.String(); strings.Contains(s, "ann@") || strings.Contains(s, "王小明") || strings.Contains(s, "138") || strings.Count(s, "[EMAIL]") != 8 {
		t.Error(s)
	}
	b.Reset()
	slog.New(h).Info("42 done", "ms", 13812345678, "took", time.Second, "ok", true, "f", 1.5, "list", []int{1, 2}, "err", errors.New("gone"), "at", time.Unix(0, 0).UTC(), "u", uint64(7),
		"customerPhone", 13812345678, "card_number", uint64(4111111111111111), "order_id", "13812345678")
	for _, want := range []string{`"msg":"42 done"`, `"ms":13812345678`, `"took":1000000000`, `"ok":true`, `"list":[1,2]`, `"err":"gone"`, `"u":7`, `"customerPhone":"[PHONE]"`, `"card_number":"[CARD]"`, `"order_id":"13812345678"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %s in %s", want, b.String())
		}
	}
}

// One handler serves many goroutines.
func TestHandlerConcurrent(t *testing.T) {
	log := slog.New(Handler(slog.NewTextHandler(&bytes.Buffer{}, nil), New(Options{})))
	done := make(chan bool)
	for i := range 4 {
		go func() {
			for range 50 {
				log.With("n", i).Info(fmt.Sprintf("call 555-01%02d", i))
			}
			done <- true
		}()
	}
	for range 4 {
		<-done
	}
}
