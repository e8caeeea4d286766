package postgres

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/slotgraph/slotgraph/dst/session"
)

// attempts is how often something is tried that certainly did not happen, or
// that only reads. A connection that the server has left shows only when it is
// used, and a pool may have several.
const attempts = 4

// read does something that may be done twice.
func (s *Store) read(ctx context.Context, do func() error) error {
	return s.retry(ctx, do, func(err error) bool { return undone(err) || lost(err) })
}

// write does something that is done again only if it did not happen.
func (s *Store) write(ctx context.Context, do func() error) error {
	return s.retry(ctx, do, undone)
}

func (s *Store) retry(ctx context.Context, do func() error, again func(error) bool) (err error) {
	for attempt := range attempts {
		if s.closed.Load() {
			return session.ErrClosed
		}
		if err = do(); err == nil || ctx.Err() != nil || attempt == attempts-1 || !again(err) {
			break
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(rand.Int64N(int64(time.Millisecond) << attempt))):
		}
	}
	if err != nil && s.closed.Load() { // while it was under way
		return fmt.Errorf("%w (%w)", session.ErrClosed, err)
	}
	return err
}

// undone reports whether the server has certainly not done what was asked, and
// may do it when it is asked again at once.
func undone(err error) bool {
	switch code(err) {
	case "40001", "40P01": // serialization_failure, deadlock_detected: rolled back
		return true
	case "":
		var connect *pgconn.ConnectError
		return pgconn.SafeToRetry(err) && !errors.As(err, &connect)
	}
	return false
}

// lost reports whether the connection ended while the server had, or may have
// had, what was asked.
func lost(err error) bool {
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return false
	}
	var network net.Error
	switch c := code(err); {
	case c == "57P01", c == "57P02", strings.HasPrefix(c, "08"): // ended by the administrator, by the crash of another, by the protocol
		return true
	case c != "":
		return false
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, pgconn.ErrConnClosed) || errors.As(err, &network)
}

// failed says what was done when an error came up, and what to do about it. The
// errors of pgx name user, database and host, but no password.
func (s *Store) failed(ctx context.Context, what string, err error) error {
	if err == nil || errors.Is(err, session.ErrClosed) || errors.Is(err, session.ErrConflict) || errors.Is(err, session.ErrNotFound) {
		return wrap(what, "", err)
	}
	if ctxErr := ctx.Err(); ctxErr != nil {
		if errors.Is(err, ctxErr) {
			return wrap(what, "", err)
		}
		return wrap(what, fmt.Sprintf(" (%v)", err), ctxErr)
	}
	return wrap(what, s.advice(err), err)
}

func wrap(what, advice string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("session/postgres: %s: %w%s", what, err, advice)
}

// advice says what to do about an error.
func (s *Store) advice(err error) string {
	var connect *pgconn.ConnectError
	switch c := code(err); {
	case c == "42501":
		return fmt.Sprintf(": grant the user what package postgres says on schema %q", s.schema)
	case c == "42P01" || c == "3F000" || c == "42703":
		return fmt.Sprintf(": the tables in schema %q were dropped or changed; Open makes them where they are not there", s.schema)
	case c == "25006":
		return ": the server is a replica, or read-only: connect to the primary (target_session_attrs=read-write in the URL)"
	case c == "53300":
		return ": the server has no connection left: raise max_connections, or lower pool_max_conns in the URL"
	case c == "53100":
		return ": make room on the server's disk"
	case c == "57P03":
		return ": the server is starting or stopping; try again in a moment"
	case errors.As(err, &connect):
		return ": the server cannot be reached; the store works again once it can"
	case lost(err):
		return ": the connection was lost meanwhile; a change may have been saved nevertheless"
	}
	return ""
}
