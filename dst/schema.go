package dst

import (
	"errors"
	"fmt"
	"strings"
)

// A Schema says what a bot can talk about. It is plain data: write it as a
// literal, derive it from a struct with [For], or read it from JSON with
// [ReadSchema]. Slot and service names may be of any script.
type Schema struct {
	Services []Service
}

// A Service (or domain) is one thing a bot can do: find a hotel, sell a phone.
// The only service of a schema may go without a name; then its slots go
// without prefix: "price" instead of "Shop.price".
type Service struct {
	Name        string
	Description string
	Aliases     []string // words that users have for what it deals in: "hotel", "酒店"; the name need not be repeated
	Slots       []Slot
	Intents     []Intent
}

// A Slot is one thing to know about what the user wants (informable), or that
// the user may ask about (requestable), or both.
type Slot struct {
	Name        string
	Description string
	Aliases     []string            // words that users call the slot by: "price", "价格"; the name need not be repeated
	Type        Type                // nil: [FreeText], which is filled only by the answer to a question
	Role        Role                // what sets it apart from other slots of its type
	Of          string              // service whose things the values are names of: the slot "near hotel" of a sight is Of Hotels
	Ask         map[string]string   // the question that fills it, by language: {"en": "What will you use it for?", "zh": "主要做什么用？"}
	Reprompts   map[string][]string // by language, what to say instead when Ask was asked once, twice... in vain; see [Tracker.Prompt]
	Required    bool                // asked for before anything is offered
	When        []Condition         // it matters only where these hold: the address, where delivery=true; see [Schema.Applies]
	Multi       bool                // several values hold at once (wifi and breakfast) instead of being alternatives (red or blue)
	Plain       Op                  // what a value said without a cue means; "" is Eq, but a budget of 5000 is rather Le, a price of 5000 Around
	Names       bool                // its values are the names of the service's own things: what is offered and selected
	RequestOnly bool                // an answer only (address, opening hours): the user asks for it and never sets it

	// Sensitive says that the values are personal: a telephone number, an
	// address. This package asks no [Extractor] about the slot and shows it
	// neither values nor the words for them; a [Mask] takes them out of what is
	// logged or shown. Package recommend shows them to no model, keeps them out
	// of its traces and of what observers get, and its inspector shows [Masked].
	// All this holds for what was understood as a value of the slot, or can be
	// nothing else. The values are needed to serve the user and stay in states,
	// acts and decisions: whoever stores states keeps them safe.
	Sensitive bool
}

// A Role tells slots of one type apart by the cues that users put around their
// values. The set is closed.
type Role string

// The roles, with the cues that mark them.
const (
	NoRole   Role = ""
	FromRole Role = "from"  // from X, 从X
	ToRole   Role = "to"    // to X, 到X
	NearRole Role = "near"  // near X, X附近
	InRole   Role = "in"    // in X, 在X
	Start    Role = "start" // starting at X, X开始
	End      Role = "end"   // until X, X结束
)

// An Intent is one thing a user can want of a service.
type Intent struct {
	Name          string
	Description   string
	Transactional bool              // changes the world: [Tracker.Next] has it confirmed before it is done
	Required      []string          // slots without which it cannot be served, names without service
	Optional      map[string]string // further slots with their defaults
	Result        []string          // slots that an answer may tell
}

func (s Schema) has(service string) bool {
	for _, x := range s.Services {
		if x.Name == service {
			return true
		}
	}
	return false
}

// Slot returns the slot with the name as it stands in acts and states,
// "service.slot" or, in a schema with one unnamed service, "slot".
func (s Schema) Slot(name string) (Slot, bool) {
	for _, service := range s.Services {
		for _, slot := range service.Slots {
			if service.full(slot.Name) == name {
				return slot, true
			}
		}
	}
	return Slot{}, false
}

// full returns the name of a slot, or an intent, as it stands in acts.
func (s Service) full(name string) string {
	if s.Name == "" {
		return name
	}
	return s.Name + "." + name
}

// Check reports what is wrong with acts on this schema: a slot, service or
// intent it does not have, a bound on a type without order. Values are not
// looked at: a bot may speak of things that no user could name.
func (s Schema) Check(acts ...Act) error {
	var errs []error
	for _, a := range acts {
		if err := s.checkAct(a); err != nil {
			errs = append(errs, fmt.Errorf("dst: act %q: %w", a, err))
		}
	}
	return errors.Join(errs...)
}

func (s Schema) checkAct(a Act) error {
	if err := a.Validate(); err != nil {
		return err
	}
	switch a.Kind {
	case Want, Propose, Do:
		return s.checkIntent(a.Slot)
	case Cancel:
		if a.Slot != "" {
			return s.checkIntent(a.Slot)
		}
	case Confirm:
		if a.Op == "" {
			return s.checkIntent(a.Slot)
		}
	case More, Offer, NoOffer, Forget, Select:
		if a.Slot == "" || s.has(a.Slot) {
			return nil
		}
	}
	if a.Slot == "" {
		return nil
	}
	slot, ok := s.Slot(a.Slot)
	if !ok {
		return fmt.Errorf("no slot %q in the schema%s", a.Slot, s.suggest(a.Slot))
	}
	if a.Op == "" || a.Value == DontCare {
		return nil
	}
	if _, ordered := slot.Type.(Comparer); !ordered && (isLower(a.Op) || isUpper(a.Op) || a.Op == Around) {
		return fmt.Errorf("the values of slot %q have no order, so %s means nothing there", a.Slot, a.Op)
	}
	return nil
}

func (s Schema) checkIntent(name string) error {
	for _, service := range s.Services {
		if service.Name == name && name != "" {
			return nil
		}
		for _, intent := range service.Intents {
			if service.full(intent.Name) == name {
				return nil
			}
		}
	}
	return fmt.Errorf("no intent or service %q in the schema", name)
}

// suggest names the slot that was probably meant.
func (s Schema) suggest(name string) string {
	_, bare, _ := strings.Cut("."+name, ".")
	for _, service := range s.Services {
		for _, slot := range service.Slots {
			full := service.full(slot.Name)
			if strings.EqualFold(full, name) || strings.EqualFold(slot.Name, name) || strings.HasSuffix(bare, "."+slot.Name) || strings.HasSuffix(full, "."+name) {
				return fmt.Sprintf("; did you mean %q?", full)
			}
		}
	}
	return ""
}
