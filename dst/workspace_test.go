package dst

import (
	"context"
	"reflect"
	"sync"
	"testing"
)

// TestTurnsShareNothing runs turns of different schemas and lengths on the same
// memory: each comes out as it does on fresh memory.
func TestTurnsShareNothing(t *testing.T) {
	type result struct {
		state     State
		decisions []Decision
	}
	trackers := []*Tracker{newTracker(t, townServices()), newTracker(t, shopSchema())}
	messages := []string{
		"I need a four star hotel with wifi in the north for three nights from Friday, under 120 dollars",
		"我想买一台五千以下的手机，不要红色的", "yes", "", "not Lenovo, how much is the second one?",
	}
	run := func(tr *Tracker, message string) result {
		s, ds, err := tr.Update(context.Background(), State{}, Turn{User: message})
		if err != nil {
			t.Errorf("%q: %v", message, err)
		}
		return result{s, ds}
	}
	var want []result
	for _, tr := range trackers {
		for _, m := range messages {
			workspaces = sync.Pool{New: func() any { return new(workspace) }}
			want = append(want, run(tr, m))
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 5 {
				for i, w := range want {
					if got := run(trackers[i/len(messages)], messages[i%len(messages)]); !reflect.DeepEqual(got, w) {
						t.Errorf("%q gives %+v, on fresh memory %+v", messages[i%len(messages)], got, w)
					}
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkUpdateShop(b *testing.B) {
	tr, err := NewTracker(shopSchema(), &TrackerOptions{Now: at(2026, 11, 23)})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := tr.Update(context.Background(), State{}, Turn{User: "我想买一台五千以下的手机，不要红色的"}); err != nil {
			b.Fatal(err)
		}
	}
}
