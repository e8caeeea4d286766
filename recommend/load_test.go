package recommend

import (
	"context"
	"reflect"
	"sync"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

func TestParallelRepliesAgree(t *testing.T) {
	a := shopAgent(t)
	script := []string{"a phone under 5000, not Apple", "how much is the first one?", "does it have NFC?", "换一个", "iPhone 15多少钱"}
	run := func() []string {
		var out []string
		var s dst.State
		for _, text := range script {
			r, next, err := a.Reply(context.Background(), s, text)
			if err != nil {
				return []string{err.Error()}
			}
			out, s = append(out, r.Text, dst.FormatActs(r.Acts)), next
		}
		return out
	}
	want := run()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 5 {
				if got := run(); !reflect.DeepEqual(got, want) {
					t.Errorf("got %q, want %q", got, want)
				}
			}
		})
	}
	for range 3 {
		wg.Go(func() {
			if err := a.Reload(context.Background()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func FuzzReply(f *testing.F) {
	a, city := shopAgent(f), newAgent(f, cityConfig(f))
	for _, s := range []string{"a phone under 5000, not Apple", "iPhone 99", "它多少钱，有没有NFC的吗", "is it", "从湖畔酒店到老王面馆", "\xff的", "第一个", "my phone won't charge", "的吗"} {
		f.Add(s, "换一个")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		for _, a := range []*Agent{a, city} {
			var s dst.State
			for _, text := range []string{"a phone, a hotel", first, second, first} {
				r, next, err := a.Reply(context.Background(), s, text)
				if err != nil || r.Text == "" {
					t.Fatalf("%q: %q, %v", text, r.Text, err)
				}
				s = next
			}
		}
	})
}

func BenchmarkReply(b *testing.B) {
	a := shopAgent(b)
	var s dst.State
	for i := range b.N {
		text := [...]string{"a phone under 5000, not Apple", "how much is the first one?", "does it have NFC?", "我想买笔记本，预算九千以内"}[i%4]
		if i%4 == 0 {
			s = dst.State{}
		}
		_, s = reply(b, a, s, text)
	}
	b.ReportAllocs()
}
