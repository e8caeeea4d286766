package serve

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/recommend"
)

// An Event is what the listener to a reply is told: a piece of its text, or that
// the text begins anew. What was said since the last Restart is, in the end,
// Reply.Text.
type Event struct {
	Text    string `json:"text,omitempty"`
	Restart bool   `json:"restart,omitempty"` // what was said so far is void: somebody else answered the conversation meanwhile, and this message is answered anew
}

// A Reply is the answer to a message, as much of it as a client needs: what the
// agent says of its reasons stays in [recommend.Reply], which observers see. It
// is the customer's, with what is sensitive in it.
type Reply struct {
	Text string `json:"text"`
	Lang string `json:"lang"` // of the text

	Acts     []dst.Act           `json:"acts,omitempty"`     // what was said; "do INTENT" asks the program to carry it out, once for each Seq
	Items    []Item              `json:"items,omitempty"`    // things offered or told about, best first
	Answers  []recommend.Answer  `json:"answers,omitempty"`  // what was asked about, complete
	Heard    string              `json:"heard,omitempty"`    // what was heard in recordings
	Handover *recommend.Handover `json:"handover,omitempty"` // where the customer is given, or offered, a person
	Back     *Back               `json:"back,omitempty"`     // where the customer has come back, or something does not hold any more
	Cut      bool                `json:"cut,omitempty"`      // Answers, Items and the lists of Handover are left out: there was too much of them

	Seq   uint64 `json:"seq,omitempty"`   // of the turn, in the log of the conversation
	Again bool   `json:"again,omitempty"` // the message had been answered before, and this is that answer
}

// An Item is a thing that is offered or told about.
type Item struct {
	ID    string `json:"id"`
	Name  string `json:"name"`            // in the language of the reply
	Value string `json:"value,omitempty"` // as it stands in acts and states, where that is not the name
}

// A Back says what became of a conversation since the turn before.
type Back struct {
	Away    time.Duration     `json:"away"`              // since the turn before, nanoseconds in JSON; 0 where Expired
	Expired bool              `json:"expired,omitempty"` // the conversation was over, and begins anew
	Dropped []session.Dropped `json:"dropped,omitempty"` // what does not hold any more
	Changed []dst.Change      `json:"changed,omitempty"` // what a change of the schema did to it
}

// back is nil where the conversation just goes on.
func (s *Service) back(c session.Conversation) *Back {
	if c.Away < s.opts.Away && !c.Expired && len(c.Dropped) == 0 && len(c.Changed) == 0 {
		return nil
	}
	return &Back{Away: c.Away, Expired: c.Expired, Dropped: c.Dropped, Changed: c.Changed}
}

// compact is what a client needs of a reply, within the bound.
func (s *Service) compact(r recommend.Reply) Reply {
	out := Reply{Lang: r.Lang, Acts: r.Acts, Answers: r.Answers, Heard: r.Heard, Handover: r.Handover}
	for _, x := range r.Items {
		item := Item{ID: x.ID, Name: x.Name, Value: x.Value}
		if item.Value == item.Name {
			item.Value = ""
		}
		out.Items = append(out.Items, item)
	}
	if data, err := out.keep(); err != nil || len(data) <= s.opts.MaxReply {
		return out
	}
	out.Cut, out.Answers, out.Items = true, nil, nil
	if h := out.Handover; h != nil {
		out.Handover = &recommend.Handover{Requested: h.Requested}
	}
	return out
}

// keep is a reply as it is stored. The acts are in the log anyway.
func (r Reply) keep() ([]byte, error) {
	r.Acts = nil
	data, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("serve: writing a reply: %w", err)
	}
	return data, nil
}

// kept is the reply of an answer that is stored.
func kept(a session.Answer) (Reply, error) {
	var r Reply
	if err := json.Unmarshal(a.Reply, &r); err != nil {
		return Reply{}, fmt.Errorf("it is not one of this package: %w", err)
	}
	r.Acts = a.Turn.Said
	return r, nil
}
