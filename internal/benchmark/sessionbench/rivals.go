package sessionbench

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"go.etcd.io/bbolt"

	"github.com/slotgraph/slotgraph/dst"
)

// A rival keeps states without a manager: it has no log, knows no message again,
// locks no conversation, forgets nothing and seals nothing.
type rival struct {
	bot    *bot
	load   func(conversation int) (dst.State, error)
	save   func(conversation int, s dst.State) error
	played []int32
}

func (r *rival) turn(ctx context.Context, conversation int) (tracking time.Duration, err error) {
	before, err := r.load(conversation)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	after, _, _, err := r.bot.track(ctx, before, conversation, int(r.played[conversation]))
	tracking = time.Since(start)
	if err != nil {
		return tracking, err
	}
	r.played[conversation]++
	return tracking, r.save(conversation, after)
}

func newRival(b *bot, sessions int) *rival {
	r := &rival{bot: b, played: make([]int32, sessions)}
	for i := range r.played {
		r.played[i] = turns
	}
	return r
}

// endings are the states after ten turns of each talk.
func endings(ctx context.Context, b *bot) ([]dst.State, error) {
	out := make([]dst.State, talks)
	for i := range out {
		for turn := range turns {
			var err error
			if out[i], _, _, err = b.track(ctx, out[i], i, turn); err != nil {
				return nil, err
			}
		}
		if n := len(out[i].Constraints); n != slots {
			return nil, fmt.Errorf("conversation %d ends with %d slots, and not with %d", i, n, slots)
		}
	}
	return out, nil
}

// alone keeps the states in a slice: what a tracker does, and nothing else.
func alone(b *bot, ends []dst.State, sessions int) *rival {
	r := newRival(b, sessions)
	states := make([]dst.State, sessions)
	for i := range states {
		states[i] = ends[i%talks]
	}
	r.load = func(i int) (dst.State, error) { return states[i], nil }
	r.save = func(i int, s dst.State) error { states[i] = s; return nil }
	return r
}

// inMap keeps the states as JSON in a map with a mutex.
func inMap(b *bot, ends []dst.State, sessions int) (*rival, error) {
	r := newRival(b, sessions)
	kept := make(map[string][]byte, sessions)
	var mu sync.RWMutex
	r.load = func(i int) (s dst.State, err error) {
		mu.RLock()
		text := kept[strconv.Itoa(i)]
		mu.RUnlock()
		return s, json.Unmarshal(text, &s)
	}
	r.save = func(i int, s dst.State) error {
		text, err := json.Marshal(s)
		mu.Lock()
		defer mu.Unlock()
		kept[strconv.Itoa(i)] = text
		return err
	}
	for i := range sessions {
		if err := r.save(i, ends[i%talks]); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// inBolt keeps the states as JSON in a bbolt file, with a transaction for each
// turn.
func inBolt(b *bot, ends []dst.State, sessions int, dir string) (r *rival, closes func() error, err error) {
	db, err := bbolt.Open(filepath.Join(dir, "rival.db"), 0o600, nil)
	if err != nil {
		return nil, nil, err
	}
	bucket := []byte("states")
	id := func(i int) []byte { return binary.BigEndian.AppendUint64(nil, uint64(i)) }
	put := func(tx *bbolt.Tx, i int, s dst.State) error {
		text, err := json.Marshal(s)
		if err != nil {
			return err
		}
		return tx.Bucket(bucket).Put(id(i), text)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		if _, err := tx.CreateBucket(bucket); err != nil {
			return err
		}
		for i := range sessions {
			if err := put(tx, i, ends[i%talks]); err != nil {
				return err
			}
		}
		return nil
	})
	r = newRival(b, sessions)
	r.load = func(i int) (s dst.State, err error) {
		err = db.View(func(tx *bbolt.Tx) error { return json.Unmarshal(tx.Bucket(bucket).Get(id(i)), &s) })
		return s, err
	}
	r.save = func(i int, s dst.State) error {
		return db.Update(func(tx *bbolt.Tx) error { return put(tx, i, s) })
	}
	return r, db.Close, err
}
