package session

import (
	"context"
	"errors"
	"iter"
	"time"
)

// Errors of stores, which errors.Is finds in what a [Store] and a [Manager]
// return.
var (
	ErrNotFound = errors.New("no such session")
	ErrConflict = errors.New("the session was changed by somebody else")
	ErrClosed   = errors.New("the store is closed")
	ErrCorrupt  = errors.New("the record is damaged")
)

// A Store keeps conversations. It knows nothing of them but bytes: a [Manager]
// says what is in them, so that a store is a few dozen lines over whatever
// database there is. Package sessiontest has its tests.
//
// Implementations are safe for concurrent use. They return once the context is
// done, with its error; a Save or Delete that ends in an error other than
// [ErrConflict] and [ErrNotFound] may have happened nevertheless, but never by
// half. What was saved without an error is there for everybody who loads after
// it, and stays. Slices that are given or returned are not changed by anybody
// any more.
type Store interface {
	// Load returns the record of a conversation, or an error that is ErrNotFound.
	// One that has expired may be returned, or gone with its log.
	Load(ctx context.Context, key Key) (Record, error)

	// Save stores a record with what is new in its log, all or nothing. Where what is
	// stored has another version than change.Prev, or is not there, nothing is
	// saved and the error is ErrConflict.
	Save(ctx context.Context, change Change) error

	// Delete removes a record and its log, all or nothing, if it has the version;
	// version 0 is any. The error is ErrConflict where it has another, and
	// ErrNotFound where there is none.
	Delete(ctx context.Context, key Key, version uint64) error

	// Log yields the entries of a conversation from a number on, in order, and ends
	// after the first error. A conversation that is not there has none. Whoever
	// ranges over it may call the store meanwhile.
	Log(ctx context.Context, key Key, from uint64) iter.Seq2[Entry, error]

	// List yields the records that the filter asks for, without their Data, in the
	// order of [Key.Compare], and ends after the first error. Those that are there
	// all the while come once; whether those come that are saved or deleted
	// meanwhile is open. Whoever ranges over it may call the store meanwhile.
	List(ctx context.Context, filter Filter) iter.Seq2[Record, error]
}

// A Record is what a store keeps of a conversation, besides its log.
type Record struct {
	Key     Key
	User    string    // by which List finds it, "" for nobody's
	Version uint64    // of this very save: drawn at random, so that only equality tells something; never 0
	Expires time.Time // when it may go, to the millisecond; zero: never
	Data    []byte
}

// A Change is what a Save stores.
type Change struct {
	Record Record
	Prev   uint64  // the version that is stored now, 0 for none
	Append []Entry // goes to the end of the log, whose numbers grow
	Trim   uint64  // entries of the log before this number go, but for those in Append
}

// An Entry is one entry of a conversation's log.
type Entry struct {
	Seq  uint64 // grows by one with each; from 1
	Data []byte
}

// A Filter says which records List yields: those that meet all of what is set.
type Filter struct {
	Tenant     string
	AllTenants bool      // then Tenant says nothing
	User       string    // "" is everybody's
	Expired    time.Time // those that expire before it, or at that time; zero: all
}

// Admits reports whether the filter asks for a record.
func (f Filter) Admits(r Record) bool {
	return (f.AllTenants || f.Tenant == r.Key.Tenant) && (f.User == "" || f.User == r.User) &&
		(f.Expired.IsZero() || !r.Expires.IsZero() && !r.Expires.After(f.Expired))
}
