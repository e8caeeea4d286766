package inspect

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// refusal says why a request is not served, "" where it is.
func (h *Handler) refusal(r *http.Request) string {
	switch {
	case !h.opt.AllowRemote && (!fromLoopback(r.RemoteAddr) || forwarded(r.Header)):
		return "the inspector serves this machine alone, see inspect.Options.AllowRemote"
	case !h.knownHost(r.Host):
		return "the inspector is not served under this host's name, see inspect.Options.Hosts"
	case h.origins.Check(r) != nil:
		return "the inspector takes no requests from pages of other sites"
	}
	return ""
}

// fromLoopback reports whether an address is of this machine.
func fromLoopback(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// forwarded reports whether a proxy handed the request on for somebody else.
func forwarded(h http.Header) bool {
	return h.Get("Forwarded") != "" || h.Get("X-Forwarded-For") != "" || h.Get("X-Real-Ip") != ""
}

// knownHost reports whether the page may be asked for by this name. An address
// cannot be made to lead elsewhere, as a name can.
func (h *Handler) knownHost(hostport string) bool {
	host := hostport
	if name, _, err := net.SplitHostPort(hostport); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
	if addr, err := netip.ParseAddr(host); err == nil {
		return h.opt.AllowRemote || addr.Unmap().IsLoopback()
	}
	return host == "localhost" || slices.ContainsFunc(h.opt.Hosts, func(name string) bool { return strings.EqualFold(name, host) })
}

// policy lets the page load its own parts and nothing else, and keeps its
// scripts from making markup of text.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

func secure(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}
