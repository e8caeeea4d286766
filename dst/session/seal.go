package session

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
)

// Errors of what is stored, besides [ErrCorrupt].
var (
	ErrKey   = errors.New("the key is not there")
	ErrSeal  = errors.New("the seal is broken")
	ErrNewer = errors.New("it was written by a newer version")
)

// A Secret is a key of 32 bytes with a name, which stands open in whatever is
// sealed with it.
type Secret struct {
	Name string // of at most 64 bytes: "2026-11"
	Key  []byte // 32 random bytes
}

// A Keyring seals what a store keeps, with AES-256-GCM: nobody reads it, or
// changes it unnoticed, without the key, what belongs to one conversation does
// not open as another's, and a conversation is not given to another user. Keys
// of conversations, times of expiry and, without KeyringOptions.Users, users
// stand open. Whoever can write to the store can still remove conversations,
// take them out of the index of users, and put back what was there before: a
// conversation, or an entry of its log, as it once was.
//
// To rotate keys, put a new one first and keep the old ones: what is saved is
// sealed with the new one. Where several processes share a store, put it behind
// the current one in all of them before it goes first in any. After [Manager.Rekey] nothing needs the old ones any
// more. One key is good for some four billion saves (the nonces are random).
// A Keyring is safe for concurrent use.
type Keyring struct {
	current string
	opens   map[string]cipher.AEAD
	users   []byte
	hashed  string // begins the names of users that are hashed with users
	plain   bool
}

// KeyringOptions are the options of NewKeyring.
type KeyringOptions struct {
	// Users is a secret of 32 bytes that names of users are hashed with in the
	// store's index (HMAC-SHA-256). Without it the index has the names. It may be
	// added later; then it never changes, nor goes: users would not be found any more.
	Users []byte
	// Plain accepts what was stored before there were keys. It is for the time of
	// the change: whoever can write to the store could write what is not sealed.
	Plain bool
}

// NewKeyring makes a keyring that seals with the first key, and opens with all.
// opts may be nil.
func NewKeyring(opts *KeyringOptions, secrets ...Secret) (*Keyring, error) {
	k := &Keyring{opens: map[string]cipher.AEAD{}}
	if opts != nil {
		k.users, k.plain = opts.Users, opts.Plain
	}
	if n := len(k.users); n != 0 && n != 32 {
		return nil, fmt.Errorf("session: keyring: the secret for users has %d bytes, and needs 32", n)
	}
	if k.users != nil {
		k.hashed = hashedUser + base64.RawURLEncoding.EncodeToString(k.hash(nil)[:3])
	}
	if len(secrets) == 0 {
		return nil, errors.New("session: keyring: there is no key: give at least one")
	}
	for i, s := range secrets {
		if err := k.add(s); err != nil {
			return nil, fmt.Errorf("session: keyring: key %d: %w", i+1, err)
		}
	}
	k.current = secrets[0].Name
	return k, nil
}

func (k *Keyring) add(s Secret) error {
	switch {
	case s.Name == "" || len(s.Name) > 64:
		return fmt.Errorf("its name has %d bytes, and needs 1 to 64", len(s.Name))
	case len(s.Key) != 32:
		return fmt.Errorf("%q has %d bytes, and needs 32", s.Name, len(s.Key))
	case k.opens[s.Name] != nil:
		return fmt.Errorf("%q is there twice", s.Name)
	}
	block, err := aes.NewCipher(s.Key)
	if err != nil {
		return err
	}
	k.opens[s.Name], err = cipher.NewGCMWithRandomNonce(block)
	return err
}

// hashedUser begins the names of users that are hashed, then comes what tells the
// secret. No user's own name begins with a blank.
const hashedUser = " "

func (k *Keyring) hash(b []byte) []byte {
	mac := hmac.New(sha256.New, k.users)
	mac.Write(b)
	return mac.Sum(nil)
}

// user is the name of a user in the store's index.
func (k *Keyring) user(tenant, user string) string {
	if k == nil || k.users == nil || user == "" {
		return user
	}
	sum := k.hash(append(appendString(nil, tenant), user...))
	return k.hashed + base64.RawURLEncoding.EncodeToString(sum[:18])
}

// foreign reports whether the store's index has a name that is hashed with
// another secret.
func (k *Keyring) foreign(name string) bool {
	return strings.HasPrefix(name, hashedUser) && (k == nil || k.users == nil || !strings.HasPrefix(name, k.hashed))
}

// owner is the name that the user of a record is to have in the store's index:
// what was stored before there was a secret for users has their own.
func (k *Keyring) owner(r Record) string {
	if strings.HasPrefix(r.User, hashedUser) {
		return r.User
	}
	return k.user(r.Key.Tenant, r.User)
}

// names are those under which the store's index may have a user.
func (k *Keyring) names(tenant, user string) []string {
	hashed := k.user(tenant, user)
	if hashed == user {
		return []string{user}
	}
	return []string{hashed, user}
}

// What stands before what is stored. The numbers are part of the format.
const (
	plainSeal  = 1 // a checksum
	aesGCMSeal = 2 // the name of the key, then nonce and ciphertext
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// place is what binds what is stored to where it is stored.
type place struct {
	kind    byte // 'r' for a record, 'e' for an entry of a log
	key     Key
	n       uint64 // version of the record, or number of the entry
	user    string // of the record
	expires int64  // of the record, in milliseconds since 1970; 0 for never
}

// place is where a record is stored.
func (r Record) place() place {
	p := place{kind: 'r', key: r.Key, n: r.Version, user: r.User}
	if !r.Expires.IsZero() {
		p.expires = max(1, r.Expires.UnixMilli()) // stores need not have times before 1970
	}
	return p
}

// place is where an entry of a conversation's log is stored.
func (e Entry) place(key Key) place { return place{kind: 'e', key: key, n: e.Seq} }

// append appends the place's binary form to b.
func (p place) append(b []byte) []byte {
	b = append(b, "slotgraph session "...)
	b = append(b, p.kind)
	b = appendString(b, p.key.Tenant)
	b = appendString(b, p.key.ID)
	b = binary.BigEndian.AppendUint64(b, p.n)
	if p.kind == 'r' {
		b = binary.AppendVarint(appendString(b, p.user), p.expires)
	}
	return b
}

// seal makes of data what is stored. k may be nil.
func (k *Keyring) seal(p place, data []byte) []byte {
	if k == nil {
		out := append(make([]byte, 0, 5+len(data)), plainSeal, 0, 0, 0, 0)
		binary.BigEndian.PutUint32(out[1:], checksum(p, data))
		return append(out, data...)
	}
	out := append(make([]byte, 0, len(data)+len(k.current)+32), aesGCMSeal)
	out = appendString(out, k.current)
	binding := scratches.Get().(*[]byte)
	defer scratches.Put(binding)
	*binding = p.append((*binding)[:0])
	return k.opens[k.current].Seal(out, nil, data, *binding)
}

func checksum(p place, data []byte) uint32 {
	binding := scratches.Get().(*[]byte)
	defer scratches.Put(binding)
	*binding = p.append((*binding)[:0])
	return crc32.Update(crc32.Checksum(*binding, castagnoli), castagnoli, data)
}

// open is the inverse of seal.
func (k *Keyring) open(p place, sealed []byte) ([]byte, error) {
	if len(sealed) == 0 {
		return nil, ErrCorrupt
	}
	switch sealed[0] {
	case plainSeal:
		if k != nil && !k.plain {
			return nil, fmt.Errorf("it is not sealed, and there is a keyring (see KeyringOptions.Plain): %w", ErrSeal)
		}
		if len(sealed) < 5 || binary.BigEndian.Uint32(sealed[1:]) != checksum(p, sealed[5:]) {
			return nil, fmt.Errorf("its checksum is wrong: %w", ErrCorrupt)
		}
		return sealed[5:], nil
	case aesGCMSeal:
		return k.openSealed(p, sealed[1:])
	}
	if sealed[0] > aesGCMSeal && sealed[0] < 16 {
		return nil, fmt.Errorf("seal %d is not known here: %w: upgrade this program", sealed[0], ErrNewer)
	}
	return nil, fmt.Errorf("it begins with byte %#x, which is none of ours: %w", sealed[0], ErrCorrupt)
}

func (k *Keyring) openSealed(p place, sealed []byte) ([]byte, error) {
	name, rest, ok := cutString(sealed)
	if !ok || len(name) > 64 {
		return nil, fmt.Errorf("its key has no name: %w", ErrCorrupt)
	}
	if k == nil {
		return nil, fmt.Errorf("it is sealed with the key %q, and there is no keyring: %w", name, ErrKey)
	}
	aead := k.opens[name]
	if aead == nil {
		return nil, fmt.Errorf("it is sealed with the key %q: %w: put it into the keyring behind the current one", name, ErrKey)
	}
	data, err := aead.Open(nil, nil, rest, p.append(nil))
	if err != nil {
		return nil, fmt.Errorf("it does not open with the key %q: it was changed, or is another conversation's: %w", name, ErrSeal)
	}
	return data, nil
}

// renames reports whether the store's index would have another name for the user
// of a record today.
func (k *Keyring) renames(r Record) bool { return k.owner(r) != r.User }

// stale reports whether something stored would be sealed otherwise today.
func (k *Keyring) stale(sealed []byte) bool {
	if k == nil || len(sealed) == 0 || sealed[0] != aesGCMSeal {
		return k != nil
	}
	name, _, _ := cutString(sealed[1:])
	return name != k.current
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendBytes(b, s []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func cutString(b []byte) (s string, rest []byte, ok bool) {
	n, m := binary.Uvarint(b)
	if m <= 0 || n > uint64(len(b)-m) {
		return "", nil, false
	}
	b = b[m:]
	return string(b[:n]), b[n:], true
}
