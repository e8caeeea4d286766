package redis

import (
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

// TestKeys: every key comes back, and no two are the same.
func TestKeys(t *testing.T) {
	s := &Store{prefix: "p*:"}
	seen := map[string]session.Key{}
	names := []string{"", "a", "{", "}", "{}", "a}{b", "/", "%", "%2F", "a/b", "会话", "*", "?[x]", `\`, "a b", "\x00", "\xff", "A"}
	for _, tenant := range names {
		for _, id := range names {
			k := session.Key{Tenant: tenant, ID: id}
			key := s.recordKey(k)
			if other, ok := seen[key]; ok {
				t.Errorf("%q and %q are both %q", k, other, key)
			}
			seen[key] = k
			if got, ok := s.parseRecordKey(key); !ok || got != k {
				t.Errorf("%q is read as %q, %v", key, got, ok)
			}
			if strings.Count(key, "{") != 1 || strings.Count(key, "}") != 1 || strings.Contains(key, "{}") {
				t.Errorf("%q does not say where in a cluster it is", key)
			}
		}
	}
	for _, key := range []string{"p*:s:{a}", "p*:s:{a/b", "p*:s:{a/%2}", "p*:s:{a/%61}", "p*:s:{a/b/c}", "q:s:{a/b}", "p*:l:{a/b}"} {
		if got, ok := s.parseRecordKey(key); ok {
			t.Errorf("%q is read as %q", key, got)
		}
	}
}
