package inspect

import (
	"context"
	"fmt"
	"net/http"
	"slices"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/recommend"
)

// A talk is a session as the page gets it.
type talk struct {
	ID    string     `json:"id"`
	Turns []turnView `json:"turns"`
}

func (h *Handler) talk(ctx context.Context, s *session) talk {
	out := talk{ID: s.id, Turns: []turnView{}}
	turns := s.list()
	m := h.mask(turns)
	for i, t := range turns {
		out.Turns = append(out.Turns, h.view(ctx, i+1, t, m))
	}
	return out
}

// about tells what the page shows before anything was said.
func (h *Handler) about(*http.Request) (any, error) {
	parts := []string{}
	for _, kind := range []recommend.PartKind{recommend.ImagePart, recommend.AudioPart} {
		if h.agent.Perceives(kind) {
			parts = append(parts, string(kind))
		}
	}
	return struct {
		Title string   `json:"title"`
		Try   []string `json:"try"`
		Lang  string   `json:"lang"`
		Parts []string `json:"parts"` // of messages, that the agent can make out
	}{h.opt.Title, append([]string{}, h.opt.Try...), h.opt.Lang, parts}, nil
}

// open begins a conversation, or takes up an exported one.
func (h *Handler) open(r *http.Request) (any, error) {
	var in struct {
		Turns []turn `json:"turns"`
	}
	if err := read(r, &in); err != nil {
		return nil, err
	}
	if len(in.Turns) > h.opt.Turns {
		return nil, h.full()
	}
	s, err := h.store.add(in.Turns)
	if err != nil {
		return nil, err
	}
	return h.talk(r.Context(), s), nil
}

func (h *Handler) show(r *http.Request) (any, error) {
	s, err := h.store.get(r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	return h.talk(r.Context(), s), nil
}

func (h *Handler) drop(r *http.Request) (any, error) {
	h.store.remove(r.PathValue("id"))
	return struct{}{}, nil
}

// full is the answer where a conversation has as many turns as it may have.
func (h *Handler) full() error {
	return failure{http.StatusConflict, fmt.Sprintf("a conversation has %d turns at most; undo some, or begin another", h.opt.Turns)}
}

// own finds the session of a request that changes it, and keeps others from
// doing so until done is called.
func (h *Handler) own(r *http.Request, in any) (s *session, done func(), err error) {
	if s, err = h.store.get(r.PathValue("id")); err != nil {
		return nil, nil, err
	}
	if err = read(r, in); err != nil {
		return nil, nil, err
	}
	done, err = s.take(r.Context())
	return s, done, err
}

// say has the agent answer a message.
func (h *Handler) say(r *http.Request) (any, error) {
	var in struct {
		Message string           `json:"message"`
		Parts   []recommend.Part `json:"parts"`
	}
	s, done, err := h.own(r, &in)
	if err != nil {
		return nil, err
	}
	defer done()
	turns := s.list()
	if len(turns) >= h.opt.Turns {
		return nil, h.full()
	}
	t, err := h.reply(r.Context(), after(turns), in.Message, in.Parts)
	if err != nil {
		return nil, err
	}
	turns = append(turns, t)
	s.set(turns)
	return h.view(r.Context(), len(turns), t, h.mask(turns)), nil
}

func (h *Handler) reply(ctx context.Context, state dst.State, message string, parts []recommend.Part) (turn, error) {
	t := turn{Message: message, Parts: parts, At: h.opt.Now()}
	var err error
	t.Reply, t.State, err = h.opt.Reply(ctx, state, message, parts...)
	return t, err
}

// kept are the first turns of a session, as many as a request names: all but
// the last one by default.
func kept(turns []turn, n *int) ([]turn, error) {
	switch {
	case n == nil && len(turns) == 0:
		return nil, failure{http.StatusConflict, "nothing has been said that could be undone"}
	case n == nil:
		return turns[:len(turns)-1], nil
	case *n < 0 || *n > len(turns):
		return nil, failure{http.StatusBadRequest, fmt.Sprintf("keep: %d is not from 0 to the %d turns there are", *n, len(turns))}
	}
	return turns[:*n], nil
}

// keeping finds the session of a request, which is its own until done is
// called, with the turns that it keeps.
func (h *Handler) keeping(r *http.Request) (s *session, turns []turn, done func(), err error) {
	var in struct {
		Keep *int `json:"keep"`
	}
	if s, done, err = h.own(r, &in); err != nil {
		return nil, nil, nil, err
	}
	if turns, err = kept(s.list(), in.Keep); err != nil {
		done()
		return nil, nil, nil, err
	}
	return s, turns, done, nil
}

// undo goes back to the state before a turn.
func (h *Handler) undo(r *http.Request) (any, error) {
	s, turns, done, err := h.keeping(r)
	if err != nil {
		return nil, err
	}
	defer done()
	s.set(turns)
	return h.talk(r.Context(), s), nil
}

// branch begins a conversation that has the first turns of another.
func (h *Handler) branch(r *http.Request) (any, error) {
	_, turns, done, err := h.keeping(r)
	if err != nil {
		return nil, err
	}
	defer done()
	other, err := h.store.add(slices.Clone(turns))
	if err != nil {
		return nil, err
	}
	return h.talk(r.Context(), other), nil
}
