package main

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A view is a conversation in short, for people: with sensitive values masked.
type view struct {
	ID      string            `json:"id"`
	Turns   uint64            `json:"turns"`
	Lang    string            `json:"lang,omitempty"`
	Away    string            `json:"away"` // since the last turn
	Wishes  map[string]string `json:"wishes,omitempty"`
	Intents []string          `json:"intents,omitempty"`
	Tokens  *int64            `json:"tokens,omitempty"` // left to language models
}

// session shows a conversation as it is now.
func (a *app) session(w http.ResponseWriter, r *http.Request) {
	k, err := key(r)
	if err != nil {
		a.fail(w, r, "", err)
		return
	}
	c, err := a.manager.Get(r.Context(), k)
	if err != nil {
		a.fail(w, r, "", err)
		return
	}
	state := a.shop.Agent.Schema().Mask(c.State).State(c.State)
	v := view{ID: k.ID, Turns: c.Turns, Lang: state.Lang, Away: c.Away.Round(time.Second).String(), Wishes: state.Flat(), Intents: state.Intents}
	if c.Tokens >= 0 {
		v.Tokens = &c.Tokens
	}
	writeJSON(w, http.StatusOK, v)
}

// erase removes all that is held of a user of the tenant, and lists it.
func (a *app) erase(w http.ResponseWriter, r *http.Request) {
	receipt, err := a.manager.Erase(r.Context(), tenantOf(r.Context()), r.PathValue("user"))
	if err != nil {
		a.fail(w, r, "", err)
		return
	}
	writeJSON(w, http.StatusOK, receipt)
}

// export returns all that is held of a user of the tenant, as it is.
func (a *app) export(w http.ResponseWriter, r *http.Request) {
	held, err := a.manager.Export(r.Context(), tenantOf(r.Context()), r.PathValue("user"))
	if err != nil {
		a.fail(w, r, "", err)
		return
	}
	writeJSON(w, http.StatusOK, readable(held))
}

// An exported is an export whose replies are to be read, not in base64.
type exported struct {
	session.Export
	Sessions []conversation `json:"sessions"`
}

type conversation struct {
	session.Exported
	Log []entry `json:"log"`
}

type entry struct {
	session.Logged
	Reply json.RawMessage `json:"reply,omitempty"` // JSON of a serve.Reply
}

func readable(held session.Export) exported {
	out := exported{Export: held, Sessions: []conversation{}}
	for _, c := range held.Sessions {
		one := conversation{Exported: c, Log: []entry{}}
		for _, e := range c.Log {
			one.Log = append(one.Log, entry{e, e.Reply})
		}
		out.Sessions = append(out.Sessions, one)
	}
	return out
}
