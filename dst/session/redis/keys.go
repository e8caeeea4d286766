package redis

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/slotgraph/slotgraph/dst/session"
)

// The keys of one conversation share a hash slot, that of what is in braces, so
// that a script may have both in a cluster. That of a user's index is elsewhere.

func (s *Store) recordKey(k session.Key) string { return s.prefix + "s:{" + name(k) + "}" }

func (s *Store) logKey(k session.Key) string { return s.prefix + "l:{" + name(k) + "}" }

func (s *Store) userKey(user string) string { return s.prefix + "u:" + escape(user) }

func (s *Store) layoutKey() string { return s.prefix + "layout" }

// name is a key as it stands in braces, and as a member of a user's index.
func name(k session.Key) string { return escape(k.Tenant) + "/" + escape(k.ID) }

// escape writes what has a meaning in keys of Redis, or in patterns for them,
// as %XX. Letters of all languages stay as they are, for whoever looks.
func escape(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		switch {
		case c >= 0x80, 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', strings.IndexByte("-_.:@+=", c) >= 0:
			b.WriteByte(c)
		default:
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}

// parseName is the inverse of name; it is false for what is not ours.
func parseName(s string) (session.Key, bool) {
	tenant, id, ok := strings.Cut(s, "/")
	k := session.Key{}
	var err1, err2 error
	k.Tenant, err1 = url.PathUnescape(tenant)
	k.ID, err2 = url.PathUnescape(id)
	return k, ok && err1 == nil && err2 == nil && name(k) == s
}

// parseRecordKey is the inverse of recordKey.
func (s *Store) parseRecordKey(key string) (session.Key, bool) {
	inner, ok := strings.CutPrefix(key, s.prefix+"s:{")
	inner, closed := strings.CutSuffix(inner, "}")
	k, parsed := parseName(inner)
	return k, ok && closed && parsed
}

// pattern matches the record keys of the conversations of a tenant, or of all.
func (s *Store) pattern(f session.Filter) string {
	prefix := strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`, `]`, `\]`).Replace(s.prefix)
	if f.AllTenants {
		return prefix + "s:{*}"
	}
	return prefix + "s:{" + escape(f.Tenant) + "/*}"
}
