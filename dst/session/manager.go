package session

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// Options are what a manager needs besides its store. The zero value of each
// field is its default.
type Options struct {
	// Schema is what the states are of. With it, states of an older schema are
	// brought to it when they are loaded; Migrations say what became of names,
	// one for each change of the schema, the oldest first, and none is ever taken out.
	// A conversation that has gone through more of them belongs to a newer program,
	// which may run beside this one: it is refused with ErrNewer.
	Schema     dst.Schema
	Migrations []dst.Migration

	Keys      *Keyring // seals what is stored; nil: it is stored open
	Lifetimes Lifetimes
	Log       LogOptions
	Limits    func(tenant string) Limits // nil: the default of each
	Holders   []Holder                   // what else keeps something of conversations, to be erased and exported with them

	// Conflicts is how often a turn is played again because somebody else, in
	// another process, answered a message of the same conversation meanwhile; 3 by
	// default, less than 0 never.
	Conflicts int

	Now  func() time.Time // the clock, time.Now by default; days end by its location
	Rand io.Reader        // draws versions, which no two managers on one store may draw alike; crypto/rand by default
}

// A Manager plays the turns of conversations that are kept in a [Store]: turns
// of one conversation one after the other, of different ones side by side. It is
// safe for concurrent use, and any number of managers, in any number of
// processes, may share a store that is shared.
type Manager struct {
	store Store
	opts  Options
	locks locks
	quota quotas

	fingerprint uint64          // of the schema
	dates       map[string]bool // slots whose values are days

	randMu sync.Mutex

	findsUsers atomic.Bool // the store's index has names of users as Options.Keys makes them
}

// New makes a manager. opts may be nil. It reports what is wrong with the options.
func New(store Store, opts *Options) (*Manager, error) {
	if store == nil {
		return nil, errors.New("session: there is no store: session.NewMemory() has one in memory")
	}
	m := &Manager{store: store, dates: map[string]bool{}}
	if opts != nil {
		m.opts = *opts
	}
	o := &m.opts
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	if o.Conflicts == 0 {
		o.Conflicts = 3
	}
	if o.Limits == nil {
		o.Limits = func(string) Limits { return Limits{} }
	}
	if len(o.Schema.Services) > 0 {
		if err := o.Schema.Validate(); err != nil {
			return nil, fmt.Errorf("session: the schema: %w", err)
		}
		if err := o.Schema.CheckMigrations(o.Migrations...); err != nil {
			return nil, fmt.Errorf("session: %w", err)
		}
		m.fingerprint = hashID(o.Schema.Fingerprint())
	}
	if err := o.Lifetimes.check(o.Schema); err != nil {
		return nil, err
	}
	for _, service := range o.Schema.Services {
		for _, slot := range service.Slots {
			if _, ok := slot.Type.(*dst.Date); ok {
				m.dates[fullName(service.Name, slot.Name)] = true
			}
		}
	}
	return m, nil
}

// fullName is the name that a slot or an intent of a service has in acts.
func fullName(service, name string) string {
	if service == "" {
		return name
	}
	return service + "." + name
}

// newVersion draws a version. Those of all saves differ, so that a save can be
// told from any other, and from one before the conversation was erased.
func (m *Manager) newVersion() (uint64, error) {
	m.randMu.Lock()
	defer m.randMu.Unlock()
	var b [8]byte
	for {
		if _, err := io.ReadFull(m.opts.Rand, b[:]); err != nil {
			return 0, fmt.Errorf("session: drawing a version: %w", err)
		}
		if v := binary.BigEndian.Uint64(b[:]); v != 0 {
			return v, nil
		}
	}
}

// load reads a conversation; one that is not there, or whose time is over, is
// new: then expired says that there was one.
func (m *Manager) load(ctx context.Context, key Key, now time.Time) (c *conversation, expired bool, err error) {
	r, err := m.store.Load(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return &conversation{key: key}, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("session: loading %s: %w", key, err)
	}
	c, err = m.read(r)
	if err != nil {
		return nil, false, err
	}
	if !r.Expires.IsZero() && !r.Expires.After(now) {
		return &conversation{key: key, version: r.Version, seq: c.seq}, true, nil
	}
	if mine := len(m.opts.Migrations); m.fingerprint != 0 && c.migrations > mine {
		return nil, false, fmt.Errorf("session: %s: its schema has changed %d times, of which this program knows %d: %w: upgrade this program", key, c.migrations, mine, ErrNewer)
	}
	return c, false, nil
}

// read opens a record.
func (m *Manager) read(r Record) (*conversation, error) {
	c := &conversation{key: r.Key, version: r.Version, user: m.opts.Keys.owner(r)}
	data, err := m.opts.Keys.open(r.place(), r.Data)
	if err == nil {
		err = c.decode(data)
	}
	if err != nil {
		return nil, fmt.Errorf("session: the record of %s: %w", r.Key, named(err))
	}
	return c, nil
}

// named gives errors of the state's format the names of this package.
func named(err error) error {
	switch {
	case errors.Is(err, dst.ErrNewerFormat):
		return fmt.Errorf("%w: %w", ErrNewer, err)
	case errors.Is(err, ErrKey), errors.Is(err, ErrSeal), errors.Is(err, ErrNewer), errors.Is(err, ErrCorrupt):
		return err
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// save stores a conversation with what is new in its log, which becomes what is
// stored: c has its version then.
func (m *Manager) save(ctx context.Context, c *conversation, added []Logged, trim uint64) error {
	version, err := m.newVersion()
	if err != nil {
		return err
	}
	change := Change{Prev: c.version, Trim: trim, Append: make([]Entry, 0, len(added))}
	scratch := scratches.Get().(*[]byte)
	defer scratches.Put(scratch)
	for i := range added {
		data, err := added[i].encode((*scratch)[:0])
		if err != nil {
			return err
		}
		*scratch = data
		entry := Entry{Seq: added[i].Seq}
		entry.Data = m.opts.Keys.seal(entry.place(c.key), data)
		change.Append = append(change.Append, entry)
	}
	data, err := c.encode((*scratch)[:0])
	if err != nil {
		return err
	}
	*scratch = data
	change.Record = Record{Key: c.key, User: c.user, Version: version, Expires: m.opts.Lifetimes.expires(at(c.updated))}
	change.Record.Data = m.opts.Keys.seal(change.Record.place(), data)
	if err := m.store.Save(ctx, change); err != nil && !m.saved(ctx, err, c.key, version) {
		return fmt.Errorf("session: saving %s: %w", c.key, err)
	}
	c.version = version
	return nil
}

// scratches have what is sealed, and what it is bound to, until it is.
var scratches = sync.Pool{New: func() any { return new([]byte) }}

// saved asks the store whether a save that ended in an error has happened: the
// answer may have been lost on its way.
func (m *Manager) saved(ctx context.Context, err error, key Key, version uint64) bool {
	if errors.Is(err, ErrConflict) || errors.Is(err, ErrNotFound) || errors.Is(err, ErrClosed) {
		return false
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askSaved)
	defer cancel()
	r, err := m.store.Load(ctx, key)
	return err == nil && r.Version == version
}

// askSaved bounds the question whether something was saved.
const askSaved = time.Second
