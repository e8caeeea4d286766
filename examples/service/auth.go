package main

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/slotgraph/slotgraph/dst/session"
)

// tokens say whose bot a request is for. They are the tenants' servers', not
// their customers': whoever has one may read and erase all that is the tenant's.
type tokens struct {
	of []token
}

type token struct {
	tenant string
	hash   [sha256.Size]byte
}

// minToken is the fewest bytes of a token.
const minToken = 24

func (t *tokens) add(tenant, secret string) error {
	if len(secret) < minToken {
		return fmt.Errorf("the token of %q has %d bytes, and needs %d at least: openssl rand -hex 24 makes one", tenant, len(secret), minToken)
	}
	if err := (session.Key{Tenant: tenant, ID: "x"}).Validate(); err != nil {
		return err
	}
	hash := sha256.Sum256([]byte(secret))
	for _, x := range t.of {
		if x.hash == hash && x.tenant != tenant {
			return errors.New("two tenants have the same token")
		}
	}
	t.of = append(t.of, token{tenant, hash})
	return nil
}

// tenant returns whose token a request has. It takes as long for a token that is
// nearly right as for any other.
func (t tokens) tenant(r *http.Request) (string, bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	hash := sha256.Sum256([]byte(secret))
	tenant, ok := "", false
	for _, x := range t.of {
		if subtle.ConstantTimeCompare(hash[:], x.hash[:]) == 1 {
			tenant, ok = x.tenant, true
		}
	}
	return tenant, ok && strings.EqualFold(scheme, "Bearer")
}

type tenantKey struct{}

// tenantOf is the tenant that guard has found.
func tenantOf(ctx context.Context) string {
	tenant, _ := ctx.Value(tenantKey{}).(string)
	return tenant
}

// guard lets requests through that say who they are, and gives them their time.
// Without tokens there is one tenant, "", and whoever is on this machine may speak
// to it; pages of other sites in a browser on it may not.
func (a *app) guard(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tenant, ok := "", true
		if len(a.cfg.tokens.of) > 0 {
			tenant, ok = a.cfg.tokens.tenant(r)
		} else if host, _, err := net.SplitHostPort(r.Host); !loopback(host) && (err == nil || !loopback(r.Host)) {
			a.fail(w, r, "", refused{http.StatusMisdirectedRequest, "host", "without tokens, the service answers to names of this machine alone"})
			return
		}
		if !ok {
			w.Header().Set("WWW-Authenticate", "Bearer")
			a.fail(w, r, "", refused{http.StatusUnauthorized, "token", "send a token: Authorization: Bearer …"})
			return
		}
		ctx, cancel := context.WithTimeout(context.WithValue(r.Context(), tenantKey{}, tenant), a.cfg.turn)
		defer cancel()
		next(w, r.WithContext(ctx))
	})
}
