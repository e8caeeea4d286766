package redis

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/slotgraph/slotgraph/dst/session"
)

// Save implements [session.Store], with one script. A conversation that is new,
// or whose user is, is put into the user's index before.
func (s *Store) Save(ctx context.Context, c session.Change) error {
	return failed(ctx, "saving "+c.Record.Key.String(), s.save(ctx, &c))
}

func (s *Store) save(ctx context.Context, c *session.Change) error {
	if c.Record.Version == 0 {
		return errors.New("its version is 0")
	}
	for i, e := range c.Append {
		if e.Seq == 0 || i > 0 && e.Seq <= c.Append[i-1].Seq {
			return fmt.Errorf("entry number %d of its log: numbers begin with 1 and grow", e.Seq)
		}
	}
	keys := []string{s.recordKey(c.Record.Key), s.logKey(c.Record.Key)}
	stamp, good := "", ""
	for attempt := 0; ; attempt++ {
		if attempt > 0 || c.Prev == 0 && c.Record.User != "" {
			var err error
			if stamp, good, err = s.index(ctx, &c.Record); err != nil {
				return err
			}
		}
		reply, err := s.run(ctx, saveScript, keys, saveArgs(c, stamp, good)...)
		if err != nil {
			return err
		}
		text, _ := reply.(string)
		if text == "OK" && stamp != "" {
			s.keepIndexed(ctx, &c.Record)
		}
		if text != "INDEX" || attempt == 3 {
			return saveReply(text)
		}
	}
}

// saveReply is what the script says, as an error.
func saveReply(reply string) error {
	last, isLog := strings.CutPrefix(reply, "LOG")
	switch {
	case reply == "OK":
		return nil
	case reply == "CONFLICT":
		return session.ErrConflict
	case reply == "CORRUPT":
		return corrupt("the record has no version, or the log an entry without a number")
	case reply == "INDEX":
		return errors.New("the index of the user cannot be written in time: are the clocks of the servers minutes apart?")
	case isLog:
		return fmt.Errorf("its log has an entry %s already, and goes on with a smaller number or the same", last)
	}
	return fmt.Errorf("the script for it returned %q", reply)
}

func saveArgs(c *session.Change, stamp, good string) []any {
	args := []any{
		strconv.FormatUint(c.Prev, 10), strconv.FormatUint(c.Record.Version, 10), c.Record.User, expiry(&c.Record), c.Record.Data,
		strconv.FormatUint(c.Trim, 10), stamp, good,
	}
	for _, e := range c.Append {
		args = append(args, strconv.FormatUint(e.Seq, 10), e.Data)
	}
	return args
}

// expiry is when a record expires in milliseconds, or "" for never. It has to be
// positive.
func expiry(r *session.Record) string {
	if r.Expires.IsZero() {
		return ""
	}
	return strconv.FormatInt(max(1, r.Expires.UnixMilli()), 10)
}

// sweepEvery is how many conversations more in a user's index have it swept.
const sweepEvery = 64

// index puts a conversation into its user's index.
func (s *Store) index(ctx context.Context, r *session.Record) (stamp, good string, err error) {
	reply, err := s.run(ctx, indexScript, []string{s.userKey(r.User)}, name(r.Key), expiry(r))
	if err != nil {
		return "", "", err
	}
	parts, _ := reply.([]any)
	if len(parts) != 3 {
		return "", "", fmt.Errorf("the script for the index of users returned %v", reply)
	}
	stamp, _ = parts[0].(string)
	good, _ = parts[1].(string)
	if n, _ := parts[2].(int64); n%sweepEvery == 0 {
		for range s.List(ctx, session.Filter{AllTenants: true, User: r.User}) { // takes out what is there no more; if it fails, the next one does
		}
	}
	return stamp, good, nil
}

// keepIndexed puts a conversation back into its user's index where a Delete has
// taken it out meanwhile: each of the two looks at what the other has done after
// it has done its own. What was saved is saved, whatever becomes of this.
func (s *Store) keepIndexed(ctx context.Context, r *session.Record) {
	there, err := ask(ctx, s, func() (bool, error) { return s.client.HExists(ctx, s.userKey(r.User), name(r.Key)).Result() })
	if err == nil && !there {
		_, _, _ = s.index(ctx, r)
	}
}

// Delete implements [session.Store]. It takes the conversation out of its user's
// index too: an error that says so comes after it was deleted.
func (s *Store) Delete(ctx context.Context, key session.Key, version uint64) error {
	what := "deleting " + key.String()
	reply, err := s.run(ctx, deleteScript, []string{s.recordKey(key), s.logKey(key)}, strconv.FormatUint(version, 10))
	if err != nil {
		return failed(ctx, what, err)
	}
	text, _ := reply.(string)
	user, ok := strings.CutPrefix(text, "OK")
	switch {
	case text == "NOTFOUND":
		err = session.ErrNotFound
	case text == "CONFLICT":
		err = session.ErrConflict
	case !ok:
		err = fmt.Errorf("the script for it returned %v", reply)
	case user != "":
		what += ", which is done, from the index of its user"
		err = s.unindex(ctx, key, user)
	}
	return failed(ctx, what, err)
}

// unindex takes a conversation out of a user's index, unless there is one again.
func (s *Store) unindex(ctx context.Context, key session.Key, user string) error {
	fields, err := ask(ctx, s, func() ([]any, error) {
		if err := s.client.HDel(ctx, s.userKey(user), name(key)).Err(); err != nil {
			return nil, err
		}
		return s.client.HMGet(ctx, s.recordKey(key), "version", "user", "expires").Result()
	})
	if err != nil {
		return err
	}
	r, err := record(key, fields)
	if err == nil && r.User == user {
		_, _, err = s.index(ctx, &r)
	}
	if errors.Is(err, session.ErrNotFound) {
		return nil
	}
	return err
}
