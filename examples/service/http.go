package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// handler answers all requests.
func (a *app) handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST /v1/sessions/{id}/messages", a.guard(a.message))
	mux.Handle("GET /v1/sessions/{id}", a.guard(a.session))
	mux.Handle("DELETE /v1/users/{user}", a.guard(a.erase))
	mux.Handle("GET /v1/users/{user}/export", a.guard(a.export))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	return a.logged(http.NewCrossOriginProtection().Handler(mux))
}

// ready says whether requests may come: not while the service stops, nor while
// the store cannot be reached.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	switch err := reachable(ctx, a.store); {
	case a.stopping.Load():
		http.Error(w, "stopping", http.StatusServiceUnavailable)
	case err != nil:
		a.log.Error("the store is not reached", "error", err)
		http.Error(w, "the store is not reached", http.StatusServiceUnavailable)
	default:
		fmt.Fprintln(w, "ok")
	}
}

// readRest is how long a client has to send what nobody reads of its request: the
// server waits for it before it answers.
const readRest = 2 * time.Second

// logged writes a line for each request, with its route and not its path, which
// names users; and answers where a handler panics.
func (a *app) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start, watched := time.Now(), &watched{ResponseWriter: w, status: http.StatusOK}
		sent := &body{ReadCloser: r.Body, rest: r.ContentLength != 0}
		r.Body = sent
		defer func() {
			if sent.rest {
				_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(readRest)) // in tests it cannot be set
			}
			p := recover()
			if p != nil && p != http.ErrAbortHandler { // which is how a handler drops its connection
				a.log.Error("panic", "route", r.Pattern, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				if !watched.began {
					a.fail(watched, r, "", refused{http.StatusInternalServerError, "internal", ""})
					p = nil
				}
			}
			if r.Pattern != "GET /healthz" && r.Pattern != "GET /readyz" {
				a.log.Info("request", "route", r.Pattern, "status", watched.status, "bytes", watched.bytes, "took", time.Since(start))
			}
			if p != nil {
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(watched, r)
	})
}

// A body knows whether anything of it may be left to read.
type body struct {
	io.ReadCloser
	rest bool
}

func (b *body) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.rest = b.rest && err != io.EOF
	return n, err
}

// watched knows what was answered.
type watched struct {
	http.ResponseWriter
	status, bytes int
	began         bool
}

func (w *watched) WriteHeader(status int) {
	if !w.began {
		w.status, w.began = status, true
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	w.began = true
	n, err := w.ResponseWriter.Write(b)
	w.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController find what is within.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// key is the conversation that a request names, of its tenant.
func key(r *http.Request) (session.Key, error) {
	k := session.Key{Tenant: tenantOf(r.Context()), ID: r.PathValue("id")}
	return k, k.Validate()
}

// gone reports whether the client is, or the service gives up, so that nobody
// reads an answer.
func gone(r *http.Request, err error) bool {
	return errors.Is(r.Context().Err(), context.Canceled) && errors.Is(err, context.Canceled)
}
