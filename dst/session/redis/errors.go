package redis

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/slotgraph/slotgraph/dst/session"
)

// advices say what to do about the errors of a server that have these words. In
// scripts they do not stand at the beginning.
var advices = []struct{ word, advice string }{
	{"OOM ", "the server's memory (maxmemory) is full, and nothing was saved: give it more, or have conversations expire"},
	{"READONLY ", "the server is a replica, and nothing was saved: connect to the master, through sentinels or as a cluster where it may change"},
	{"LOADING ", "the server is starting; try again in a moment"},
	{"MASTERDOWN ", "the replica has lost its master; try again in a moment"},
	{"CLUSTERDOWN ", "a part of the cluster is down; the store works again once it is there"},
	{"TRYAGAIN ", "a part of the cluster is moving, and nothing was done; try again in a moment"},
	{"CROSSSLOT ", "the server is part of a cluster: make a redis.ClusterClient and call New"},
	{"MOVED ", "the server is part of a cluster: make a redis.ClusterClient and call New"},
	{"MISCONF ", "the server cannot write to its disk, and nothing was saved: see its log"},
	{"NOREPLICAS ", "too few replicas are connected (min-replicas-to-write), and nothing was saved"},
	{"NOPERM ", "let the user do the commands that package redis says, by ACL"},
	{"The user executing the script can't", "let the user do the commands that package redis says, by ACL"},
	{"NOAUTH ", "the server wants a password"},
	{"WRONGPASS ", "user or password are wrong"},
	{"BUSY ", "a script runs on the server and does not end; see SCRIPT KILL"},
	{"max number of clients", "the server takes no more connections: raise maxclients, or lower pool_size in the URL"},
}

// failed says what was done when an error came up, and what to do about it. The
// errors of the client and the server have no password in them.
func failed(ctx context.Context, what string, err error) error {
	if err == nil {
		return nil
	}
	what = "session/redis: " + what
	ctxErr := ctx.Err()
	if at, ok := ctx.Deadline(); ctxErr == nil && ok && !time.Now().Before(at) { // the connection's timer was before the context's
		ctxErr = context.DeadlineExceeded
	}
	switch {
	case ours(err), ctxErr != nil && errors.Is(err, ctxErr):
		return fmt.Errorf("%s: %w", what, err)
	case ctxErr != nil:
		return fmt.Errorf("%s: %w (%v)", what, ctxErr, err)
	case errors.Is(err, redis.ErrClosed):
		return fmt.Errorf("%s: %w", what, session.ErrClosed)
	case strings.Contains(err.Error(), "WRONGTYPE "):
		return fmt.Errorf("%s: %w: something else stands in the place of its keys (%w)", what, session.ErrCorrupt, err)
	}
	if advice := advice(err); advice != "" {
		return fmt.Errorf("%s: %w: %s", what, err, advice)
	}
	return fmt.Errorf("%s: %w", what, err)
}

// ours reports whether an error is one of package session's.
func ours(err error) bool {
	for _, e := range []error{session.ErrNotFound, session.ErrConflict, session.ErrClosed, session.ErrCorrupt} {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func advice(err error) string {
	text := err.Error()
	for _, a := range advices {
		if strings.Contains(text, a.word) {
			return a.advice
		}
	}
	var op *net.OpError
	switch {
	case errors.As(err, &op) && op.Op == "dial":
		return "the server cannot be reached; the store works again once it can"
	case op != nil, errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "the connection was lost meanwhile; a change may have been saved nevertheless"
	case errors.Is(err, redis.ErrPoolTimeout):
		return "all connections are busy: raise pool_size in the URL"
	}
	return ""
}

// corrupt is the error of what cannot be read.
func corrupt(format string, args ...any) error {
	return fmt.Errorf("%w: %s", session.ErrCorrupt, fmt.Sprintf(format, args...))
}
