package redis

import (
	"context"
	"fmt"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Load implements [session.Store].
func (s *Store) Load(ctx context.Context, key session.Key) (session.Record, error) {
	fields, err := ask(ctx, s, func() ([]any, error) {
		return s.client.HMGet(ctx, s.recordKey(key), "version", "user", "expires", "data").Result()
	})
	var r session.Record
	if err == nil {
		r, err = record(key, fields)
	}
	if err != nil {
		return session.Record{}, failed(ctx, "loading "+key.String(), err)
	}
	return r, nil
}

// record reads the fields version, user, expires, and data where it is asked for.
func record(key session.Key, fields []any) (session.Record, error) {
	r := session.Record{Key: key}
	missing := 0
	text := make([]string, 4)
	for i, f := range fields {
		var ok bool
		if text[i], ok = f.(string); !ok {
			missing++
		}
	}
	switch missing {
	case 0:
	case len(fields):
		return r, session.ErrNotFound
	default:
		return r, corrupt("%d of its fields are missing", missing)
	}
	version, err := strconv.ParseUint(text[0], 10, 64)
	if err != nil || version == 0 {
		return r, corrupt("its version is %.40q", text[0])
	}
	if text[2] != "" {
		ms, err := strconv.ParseInt(text[2], 10, 64)
		if err != nil {
			return r, corrupt("it expires at %.40q", text[2])
		}
		r.Expires = time.UnixMilli(ms)
	}
	r.Version, r.User = version, text[1]
	if len(fields) > 3 {
		r.Data = []byte(text[3])
	}
	return r, nil
}

// logPage is how many entries of a log are fetched at once.
const logPage = 64

// Log implements [session.Store]. It reads a few dozen entries at once.
func (s *Store) Log(ctx context.Context, key session.Key, from uint64) iter.Seq2[session.Entry, error] {
	return func(yield func(session.Entry, error) bool) {
		for {
			entries, err := s.entries(ctx, key, from)
			for _, e := range entries {
				if !yield(e, nil) {
					return
				}
				from = e.Seq + 1
			}
			if err != nil {
				yield(session.Entry{}, failed(ctx, "reading the log of "+key.String(), err))
			}
			if err != nil || len(entries) < logPage || from == 0 {
				return
			}
		}
	}
}

// entries reads a page of a log. It has it only if the log is as long as the
// record says: a server that evicts keys, or somebody who deletes them, may have
// left one of the two.
func (s *Store) entries(ctx context.Context, key session.Key, from uint64) ([]session.Entry, error) {
	reply, err := s.run(ctx, logScript, []string{s.recordKey(key), s.logKey(key)}, strconv.FormatUint(from, 10), logPage)
	if err != nil {
		return nil, err
	}
	parts, _ := reply.([]any)
	if len(parts) != 4 {
		return nil, fmt.Errorf("the script for it returned %v", reply)
	}
	switch count, _ := parts[0].(string); {
	case parts[3] == int64(0): // no record
		return nil, nil
	case count != fmt.Sprint(parts[1]):
		return nil, corrupt("it has %v entries, and should have %.40q", parts[1], count)
	}
	page, _ := parts[2].([]any)
	entries := make([]session.Entry, 0, len(page))
	for _, p := range page {
		text, _ := p.(string)
		number, data, ok := strings.Cut(text, ":")
		seq, err := strconv.ParseUint(number, 10, 64)
		if !ok || err != nil || seq < from {
			return entries, corrupt("entry %.40q of its log is none of ours", text)
		}
		entries = append(entries, session.Entry{Seq: seq, Data: []byte(data)})
		from = seq + 1
	}
	return entries, nil
}
