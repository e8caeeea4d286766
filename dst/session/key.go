package session

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxName is the most bytes that an id, a tenant or a user may have.
const MaxName = 255

// ErrName says that an id, a tenant or a user is none: it is too long, is not
// UTF-8, or holds characters that have no place in a name.
var ErrName = errors.New("not a name for a session")

// A Key names a conversation: two tenants may have the same id.
type Key struct {
	Tenant string // whose bot it is, where one program serves several; "" is a tenant like any other
	ID     string // of the conversation
}

// String is the key for people, "tenant/id" or "id".
func (k Key) String() string {
	if k.Tenant == "" {
		return k.ID
	}
	return k.Tenant + "/" + k.ID
}

// Compare orders keys by tenant, then by id, bytewise, as stores list them.
func (k Key) Compare(other Key) int {
	if c := strings.Compare(k.Tenant, other.Tenant); c != 0 {
		return c
	}
	return strings.Compare(k.ID, other.ID)
}

// Validate reports why the key is none, with an error that is [ErrName]. An id
// has 1 to [MaxName] bytes of UTF-8 and a tenant at most as many; neither has
// control, format or separator characters, a slash or a backslash, nor begins
// or ends with a blank, and neither is "." or "..": what looks like a path came
// from somewhere else.
func (k Key) Validate() error {
	if k.ID == "" {
		return fmt.Errorf("session: the id is empty: %w", ErrName)
	}
	if err := checkName("id", k.ID, true); err != nil {
		return err
	}
	return checkName("tenant", k.Tenant, true)
}

// checkName reports what is wrong with a name, which the error does not repeat
// as it stands: it may be anything.
func checkName(what, name string, path bool) error {
	problem := ""
	switch {
	case len(name) > MaxName:
		problem = fmt.Sprintf("has %d bytes, and may have %d", len(name), MaxName)
	case !utf8.ValidString(name):
		problem = "is not UTF-8"
	case path && (name == "." || name == ".."):
		problem = "is a path"
	case strings.TrimSpace(name) != name:
		problem = "begins or ends with a blank"
	default:
		problem = badRune(name, path)
	}
	if problem == "" {
		return nil
	}
	if len(name) > 40 {
		name = strings.ToValidUTF8(name[:40], "?") + "…"
	}
	return fmt.Errorf("session: the %s %q %s: %w", what, name, problem, ErrName)
}

func badRune(name string, path bool) string {
	for i, r := range name {
		switch {
		case unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co):
			return fmt.Sprintf("has the character %U at byte %d", r, i)
		case path && (r == '/' || r == '\\'):
			return fmt.Sprintf("has a %q at byte %d, as a path has", r, i)
		}
	}
	return ""
}
