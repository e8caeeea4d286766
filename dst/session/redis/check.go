package redis

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
)

// layout is the layout of the keys that this package makes and knows.
const layout = "1"

// checkLayout refuses the keys of another layout, and otherwise leaves a note of
// this one. Several programs may start at once.
func (s *Store) checkLayout(ctx context.Context) error {
	found, err := ask(ctx, s, func() (string, error) {
		if err := s.client.SetNX(ctx, s.layoutKey(), layout, 0).Err(); err != nil {
			return "", err
		}
		return s.client.Get(ctx, s.layoutKey()).Result()
	})
	if err == nil && found != layout {
		return fmt.Errorf("it is %.40q, and this program knows %q: upgrade the program, or give it another prefix; nothing was changed", found, layout)
	}
	return err
}

// try saves and deletes a conversation that is none, in each way that there is:
// what a script is not let do, or an old server does not know, must not show
// in the middle of a save.
func (s *Store) try(ctx context.Context) error {
	trial := "{?" + rand.Text() + "}" // nobody else's, and no name
	keys := []string{s.prefix + "s:" + trial, s.prefix + "l:" + trial}
	soon := time.Now().Add(time.Hour)
	r := session.Record{Version: 1, User: "u", Expires: soon}
	for _, c := range []session.Change{
		{Record: r, Append: []session.Entry{{Seq: 1}, {Seq: 2}}},
		{Record: session.Record{Version: 2}, Prev: 1, Trim: 2, Append: []session.Entry{{Seq: 3}}},
	} {
		stamp, good := "", ""
		if c.Record.User != "" {
			reply, err := s.run(ctx, indexScript, []string{s.prefix + "u:" + trial}, "?", expiry(&c.Record))
			if err != nil {
				return err
			}
			parts, _ := reply.([]any)
			if len(parts) != 3 {
				return fmt.Errorf("a script returned %v", reply)
			}
			stamp, good = fmt.Sprint(parts[0]), fmt.Sprint(parts[1])
		}
		reply, err := s.run(ctx, saveScript, keys, saveArgs(&c, stamp, good)...)
		if err == nil {
			err = saveReply(fmt.Sprint(reply))
		}
		if err != nil {
			return err
		}
	}
	if _, err := s.run(ctx, deleteScript, keys, "2"); err != nil {
		return err
	}
	_, err := ask(ctx, s, func() (int64, error) { return s.client.Del(ctx, s.prefix+"u:"+trial).Result() })
	return err
}

// checkDurable looks whether what is acknowledged stays.
func (s *Store) checkDurable(ctx context.Context, opts *Options) error {
	if !opts.RequireDurable && opts.Log == nil {
		return nil
	}
	problems, err := ask(ctx, s, func() (problems []string, err error) {
		var mu sync.Mutex
		err = s.nodes(ctx, func(ctx context.Context, node *redis.Client) error {
			found, err := nodeProblems(ctx, node)
			mu.Lock()
			defer mu.Unlock()
			problems = append(problems, found...)
			return err
		})
		return problems, err
	})
	if err != nil {
		return failed(ctx, "asking the server for its settings", err)
	}
	slices.Sort(problems)
	problems = slices.Compact(problems)
	switch {
	case len(problems) == 0:
		return nil
	case opts.RequireDurable:
		return fmt.Errorf("session/redis: the server may lose what it has acknowledged: %s", strings.Join(problems, ", "))
	}
	opts.Log.WarnContext(ctx, "session/redis: the server may lose what it has acknowledged", "settings", problems)
	return nil
}

// nodeProblems are the settings of a server with which it may lose what it has
// acknowledged.
func nodeProblems(ctx context.Context, node *redis.Client) (problems []string, err error) {
	settings := map[string]string{}
	for _, pattern := range []string{"append*", "maxmemory*"} {
		some, err := node.ConfigGet(ctx, pattern).Result()
		var said redis.Error
		if errors.As(err, &said) { // that it does not tell, as servers for hire do
			return []string{fmt.Sprintf("it does not tell its settings (%v)", said)}, nil
		} else if err != nil {
			return nil, err
		}
		for name, value := range some {
			settings[name] = value
		}
	}
	for _, want := range [][2]string{{"appendonly", "yes"}, {"appendfsync", "always"}} {
		if got := settings[want[0]]; got != want[1] {
			problems = append(problems, fmt.Sprintf("%s is %q, not %q", want[0], got, want[1]))
		}
	}
	if policy := settings["maxmemory-policy"]; settings["maxmemory"] != "0" && policy != "noeviction" {
		problems = append(problems, fmt.Sprintf("maxmemory-policy is %q, not %q", policy, "noeviction"))
	}
	return problems, nil
}
