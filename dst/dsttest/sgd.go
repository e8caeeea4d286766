package dsttest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/slotgraph/slotgraph/dst"
)

// sgdDialogue is a dialogue in the form of the Schema-Guided Dialogue data
// set, with the members that are read.
type sgdDialogue struct {
	ID    string    `json:"dialogue_id"`
	Turns []sgdTurn `json:"turns"`
}

type sgdTurn struct {
	Speaker   string     `json:"speaker"`
	Utterance string     `json:"utterance"`
	Frames    []sgdFrame `json:"frames"`
}

type sgdFrame struct {
	Service string      `json:"service"`
	Actions []sgdAction `json:"actions"`
	State   *struct {
		Intent    string              `json:"active_intent"`
		Requested []string            `json:"requested_slots"`
		Values    map[string][]string `json:"slot_values"`
	} `json:"state"`
}

type sgdAction struct {
	Act    string   `json:"act"`
	Slot   string   `json:"slot"`
	Values []string `json:"values"`
}

// sgdNone is SGD's active_intent where there is none.
const sgdNone = "NONE"

// ReadSGD reads a dialogues file of the Schema-Guided Dialogue data set
// (Rastogi et al. 2020), a JSON array: one turn for each turn of the user, with
// the bot's turn just before. Services are those of the turn's frames, in their
// order. The bot's actions become acts in this way, one for each value:
//
//	REQUEST                 ask; with one value ("in Rome?") also confirm, with several ("tea or coffee?") also offer
//	OFFER, CONFIRM, INFORM  offer, confirm, inform
//	OFFER_INTENT            propose
//	GOODBYE                 bye
//	INFORM_COUNT, NOTIFY_SUCCESS, NOTIFY_FAILURE, REQ_MORE  left out: they say nothing of a slot
//
// Values are the bot's words ("next Friday"), not SGD's canonical ones. Errors
// name the dialogue and the turn as it is counted in the file, from 0.
func ReadSGD(r io.Reader) ([]dst.Dialogue, error) {
	var raw []sgdDialogue
	if err := json.NewDecoder(r).Decode(&raw); err != nil {
		return nil, fmt.Errorf("dsttest: reading SGD dialogues: %w", err)
	}
	out := make([]dst.Dialogue, 0, len(raw))
	for _, d := range raw {
		made, err := d.dialogue()
		if err != nil {
			return nil, fmt.Errorf("dsttest: reading SGD dialogues: dialogue %q: %w", d.ID, err)
		}
		out = append(out, made)
	}
	return out, nil
}

func (d sgdDialogue) dialogue() (dst.Dialogue, error) {
	out := dst.Dialogue{ID: d.ID}
	var before dst.DialogueTurn // the bot's side of the next turn
	for i, t := range d.Turns {
		var err error
		switch t.Speaker {
		case "SYSTEM":
			before.SystemText = t.Utterance
			before.System, err = t.system()
		case "USER":
			turn := before
			turn.User = t.Utterance
			if err = t.understood(&turn); err == nil {
				out.Turns = append(out.Turns, turn)
			}
			before = dst.DialogueTurn{}
		default:
			err = fmt.Errorf("speaker %q is neither USER nor SYSTEM", t.Speaker)
		}
		if err != nil {
			return out, fmt.Errorf("turn %d: %w", i, err)
		}
	}
	return out, nil
}

// understood reads the gold annotation of a user turn.
func (t sgdTurn) understood(turn *dst.DialogueTurn) error {
	if turn.System == nil {
		turn.System = []dst.Act{}
	}
	turn.State, turn.Intents = map[string][]string{}, map[string]string{}
	for _, f := range t.Frames {
		if f.State == nil {
			return fmt.Errorf("the frame of %q has no state", f.Service)
		}
		turn.Services = append(turn.Services, f.Service)
		for slot, values := range f.State.Values {
			if len(values) == 0 {
				return fmt.Errorf("slot %s.%s has no value", f.Service, slot)
			}
			turn.State[f.Service+"."+slot] = values
		}
		for _, slot := range f.State.Requested {
			turn.Requested = append(turn.Requested, f.Service+"."+slot)
		}
		if f.State.Intent != sgdNone && f.State.Intent != "" {
			turn.Intents[f.Service] = f.State.Intent
		}
	}
	return nil
}

// system reads the acts of a turn of the bot.
func (t sgdTurn) system() ([]dst.Act, error) {
	acts := []dst.Act{}
	for _, f := range t.Frames {
		for _, a := range f.Actions {
			made, err := a.acts(f.Service)
			if err != nil {
				return nil, fmt.Errorf("act %s of %q: %w", a.Act, f.Service, err)
			}
			acts = append(acts, made...)
		}
	}
	return acts, nil
}

func (a sgdAction) acts(service string) ([]dst.Act, error) {
	slot := service + "." + a.Slot
	switch a.Act {
	case "REQUEST":
		kind := dst.Offer
		if len(a.Values) == 1 {
			kind = dst.Confirm
		}
		return append([]dst.Act{{Kind: dst.Ask, Slot: slot}}, a.each(kind, slot)...), nil
	case "OFFER":
		return a.each(dst.Offer, slot), nil
	case "CONFIRM":
		return a.each(dst.Confirm, slot), nil
	case "INFORM":
		return a.each(dst.Inform, slot), nil
	case "OFFER_INTENT":
		var acts []dst.Act
		for _, intent := range a.Values {
			acts = append(acts, dst.Act{Kind: dst.Propose, Slot: service + "." + intent})
		}
		return acts, nil
	case "GOODBYE":
		return []dst.Act{{Kind: dst.Bye}}, nil
	case "INFORM_COUNT", "NOTIFY_SUCCESS", "NOTIFY_FAILURE", "REQ_MORE":
		return nil, nil
	}
	return nil, errors.New("there is no such act of the bot")
}

// each is an act for each value.
func (a sgdAction) each(kind dst.Kind, slot string) []dst.Act {
	var acts []dst.Act
	for _, v := range a.Values {
		acts = append(acts, dst.Act{Kind: kind, Slot: slot, Op: dst.Eq, Value: v})
	}
	return acts
}
