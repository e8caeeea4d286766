package session

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"iter"
	"slices"
	"sync"
	"time"
)

// A Memory is a [Store] that keeps conversations in memory, for tests and for
// bots that may forget them with the program. It is safe for concurrent use.
type Memory struct {
	seed   maphash.Seed
	shards [64]memoryShard
}

type memoryShard struct {
	mu   sync.RWMutex
	kept map[Key]*memorySession
}

// memorySession is a conversation in few words: there may be very many.
type memorySession struct {
	user    string
	version uint64
	expires int64 // in milliseconds since 1970, 0 for never
	data    []byte
	log     []byte // entries one after the other: number and length as varints, then the data
}

// NewMemory makes an empty store.
func NewMemory() *Memory {
	m := &Memory{seed: maphash.MakeSeed()}
	for i := range m.shards {
		m.shards[i].kept = map[Key]*memorySession{}
	}
	return m
}

func (m *Memory) shard(k Key) *memoryShard {
	return &m.shards[maphash.Comparable(m.seed, k)%uint64(len(m.shards))]
}

// Load implements [Store].
func (m *Memory) Load(ctx context.Context, key Key) (Record, error) {
	if err := ctx.Err(); err != nil {
		return Record{}, err
	}
	shard := m.shard(key)
	shard.mu.RLock()
	defer shard.mu.RUnlock()
	s := shard.kept[key]
	if s == nil {
		return Record{}, fmt.Errorf("session: load %s: %w", key, ErrNotFound)
	}
	return s.record(key, s.data), nil
}

func (s *memorySession) record(key Key, data []byte) Record {
	r := Record{Key: key, User: s.user, Version: s.version, Data: data}
	if s.expires != 0 {
		r.Expires = time.UnixMilli(s.expires)
	}
	return r
}

// Save implements [Store].
func (m *Memory) Save(ctx context.Context, c Change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	shard := m.shard(c.Record.Key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	old := shard.kept[c.Record.Key]
	stored := uint64(0)
	if old != nil {
		stored = old.version
	}
	if stored != c.Prev {
		return fmt.Errorf("session: save %s: %w", c.Record.Key, ErrConflict)
	}
	if old == nil {
		old = &memorySession{}
		shard.kept[c.Record.Key] = old
	}
	data := c.Record.Data
	if cap(data)-len(data) > len(data)/16 {
		data = slices.Clone(data)
	}
	*old = memorySession{user: c.Record.User, version: c.Record.Version, data: data, log: logged(old.log, c)}
	if !c.Record.Expires.IsZero() {
		old.expires = c.Record.Expires.UnixMilli()
	}
	return nil
}

// logged is a log after a change. What readers have of it stays as it is: new
// entries come behind what they see, or go into a new slice.
func logged(log []byte, c Change) []byte {
	for len(log) > 0 {
		seq, _, rest := nextEntry(log)
		if seq >= c.Trim {
			break
		}
		log = rest
	}
	n := len(log)
	var room [2 * binary.MaxVarintLen64]byte
	for _, e := range c.Append {
		n += len(binary.AppendUvarint(binary.AppendUvarint(room[:0], e.Seq), uint64(len(e.Data)))) + len(e.Data)
	}
	if n > cap(log) { // with little to spare: there may be very many logs
		log = append(slices.Grow([]byte(nil), n), log...)
	}
	for _, e := range c.Append {
		log = binary.AppendUvarint(log, e.Seq)
		log = binary.AppendUvarint(log, uint64(len(e.Data)))
		log = append(log, e.Data...)
	}
	return log
}

func nextEntry(log []byte) (seq uint64, data, rest []byte) {
	seq, n := binary.Uvarint(log)
	size, m := binary.Uvarint(log[n:])
	data = log[n+m:]
	return seq, data[:size:size], data[size:]
}

// Delete implements [Store].
func (m *Memory) Delete(ctx context.Context, key Key, version uint64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	shard := m.shard(key)
	shard.mu.Lock()
	defer shard.mu.Unlock()
	s := shard.kept[key]
	switch {
	case s == nil:
		return fmt.Errorf("session: delete %s: %w", key, ErrNotFound)
	case version != 0 && s.version != version:
		return fmt.Errorf("session: delete %s: %w", key, ErrConflict)
	}
	delete(shard.kept, key)
	return nil
}

// Log implements [Store].
func (m *Memory) Log(ctx context.Context, key Key, from uint64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		shard := m.shard(key)
		shard.mu.RLock()
		var log []byte
		if s := shard.kept[key]; s != nil {
			log = s.log
		}
		shard.mu.RUnlock()
		if err := ctx.Err(); err != nil {
			yield(Entry{}, err)
			return
		}
		for len(log) > 0 {
			seq, data, rest := nextEntry(log)
			if seq >= from && !yield(Entry{seq, data}, nil) {
				return
			}
			log = rest
		}
	}
}

// List implements [Store]. It goes through all conversations.
func (m *Memory) List(ctx context.Context, filter Filter) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		var found []Record
		for i := range m.shards {
			shard := &m.shards[i]
			shard.mu.RLock()
			for key, s := range shard.kept {
				if r := s.record(key, nil); filter.Admits(r) {
					found = append(found, r)
				}
			}
			shard.mu.RUnlock()
		}
		slices.SortFunc(found, func(a, b Record) int { return a.Key.Compare(b.Key) })
		if err := ctx.Err(); err != nil {
			yield(Record{}, err)
			return
		}
		for _, r := range found {
			if !yield(r, nil) {
				return
			}
		}
	}
}
