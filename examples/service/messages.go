package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend/serve"
)

// What a client has time for.
const (
	readBody  = 10 * time.Second // to send a message
	writePart = 10 * time.Second // to take a part of a stream
	maxBody   = 64 << 10         // bytes of a message with its JSON
)

// A message is what a client posts.
type message struct {
	ID   string `json:"id"`   // the same when it is sent again, so that it counts once
	Text string `json:"text"` // what the customer wrote
	User string `json:"user"` // who that is, as the tenant knows them
	Lang string `json:"lang"` // of errors, "en" or "zh"; that of the text by default
}

// message answers a message, as a whole or, for who accepts text/event-stream,
// as it is worded.
func (a *app) message(w http.ResponseWriter, r *http.Request) {
	msg, err := readMessage(w, r)
	k, bad := key(r)
	if err = cmp.Or(bad, err); err != nil {
		a.fail(w, r, msg.Lang, err)
		return
	}
	in := serve.Message{ID: msg.ID, User: msg.User, Text: msg.Text}
	s := &stream{w: w, control: http.NewResponseController(w)}
	var each func(serve.Event) error
	if strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
		each = s.event
	}
	reply, err := a.service.Reply(r.Context(), k, in, each)
	switch {
	case s.broken:
		a.log.Info("the client did not wait for the answer", "route", r.Pattern)
	case err != nil && s.open:
		_ = s.send("error", a.noted(r, msg.Lang, err)) // it is broken where that fails
	case err != nil:
		a.fail(w, r, msg.Lang, err)
	case each != nil:
		_ = s.send("reply", reply)
	default:
		writeJSON(w, http.StatusOK, reply)
	}
	if s.broken {
		panic(http.ErrAbortHandler)
	}
}

// readMessage reads what was posted.
func readMessage(w http.ResponseWriter, r *http.Request) (message, error) {
	var msg message
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		return msg, refused{http.StatusUnsupportedMediaType, "content_type", "send JSON: Content-Type: application/json"}
	}
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(readBody)) // where it cannot be set, in tests, none is needed
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	d.DisallowUnknownFields()
	err := d.Decode(&msg)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			err = nil
		} else if err == nil {
			err = errors.New("there is more behind the message")
		}
	}
	_ = control.SetReadDeadline(time.Time{})
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return msg, &session.LimitError{Scope: "session", Key: session.Key{ID: r.PathValue("id")}, What: "message", Limit: maxBody}
	case err != nil:
		return msg, refused{http.StatusBadRequest, "json", fmt.Sprintf(`send {"id": "…", "text": "…", "user": "…"}: %v`, err)}
	case msg.Lang != "" && msg.Lang != "en" && msg.Lang != "zh":
		return msg, refused{http.StatusBadRequest, "lang", `lang is "en" or "zh"`}
	case msg.Lang == "" && strings.ContainsFunc(msg.Text, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF }):
		msg.Lang = "zh"
	}
	return msg, nil
}

// A stream is an answer as server-sent events.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	open    bool // something was sent: the status cannot be changed any more
	broken  bool // the client did not take something
}

// event sends a piece of the answer, or that it begins anew.
func (s *stream) event(e serve.Event) error {
	if e.Restart {
		return s.send("restart", struct{}{})
	}
	return s.send("chunk", e)
}

// send sends an event. A client that does not take it in time is gone.
func (s *stream) send(name string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	if !s.open {
		h := s.w.Header()
		h.Set("Content-Type", "text/event-stream; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Accel-Buffering", "no") // nginx hands it on at once
		s.open = true
	}
	_ = s.control.SetWriteDeadline(time.Now().Add(writePart))
	if _, err = fmt.Fprintf(s.w, "event: %s\ndata: %s\n\n", name, b); err == nil {
		err = s.control.Flush()
	}
	s.broken = err != nil
	return err
}

// writeJSON answers with a value.
func writeJSON(w http.ResponseWriter, status int, v any) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	_ = e.Encode(v) // to a client that is gone
}
