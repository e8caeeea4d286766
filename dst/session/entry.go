package session

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/slotgraph/slotgraph/dst"
)

// entryFormat is the first byte of an entry's data, within its seal.
const entryFormat = 1

// events by their numbers in entries, which are part of the format.
var events = []Event{EventTurn, EventUndo, EventResumed, EventMigrated, EventCompacted}

// encode appends the data of an entry: of a turn the program's part, and what
// was played in its binary form with its length before it; of an event the rest
// as JSON. What follows is the state, where the entry has it.
func (e *Logged) encode(b []byte) ([]byte, error) {
	b = append(b, entryFormat)
	for i, event := range events {
		if event == e.Event {
			b = append(b, byte(i))
		}
	}
	b = binary.AppendVarint(b, e.At.UnixMilli())
	if e.Event == EventTurn {
		b = e.appendTurn(b)
	} else {
		rest, err := json.Marshal(Logged{To: e.To, Dropped: e.Dropped, Changed: e.Changed})
		if err != nil {
			return nil, fmt.Errorf("session: entry %d: %w", e.Seq, err)
		}
		b = appendString(b, string(rest))
	}
	if e.State == nil {
		return b, nil
	}
	b, err := e.State.AppendBinary(b)
	if err != nil {
		return nil, fmt.Errorf("session: entry %d: %w", e.Seq, err)
	}
	return b, nil
}

func (e *Logged) appendTurn(b []byte) []byte {
	b = appendString(b, e.Message)
	b = appendString(b, e.Text)
	b = appendBytes(b, e.Reply)
	var room [256]byte
	played, _ := e.Turn.AppendBinary(room[:0]) // which has no error
	return appendBytes(b, played)
}

// decode reads what encode wrote; the number of the entry is the store's.
func (e *Logged) decode(data []byte) error {
	r := reader{b: data}
	if format := r.byte(); !r.bad && format > entryFormat {
		return fmt.Errorf("format %d: %w: upgrade this program", format, ErrNewer)
	} else if format != entryFormat {
		return fmt.Errorf("format %d is none: %w", format, ErrCorrupt)
	}
	event := int(r.byte())
	if event >= len(events) {
		return fmt.Errorf("event %d: %w: upgrade this program", event, ErrNewer)
	}
	e.Event, e.At = events[event], at(r.varint())
	var err error
	if e.Event == EventTurn {
		err = e.readTurn(&r)
	} else {
		var rest Logged
		err = json.Unmarshal(r.bytes(), &rest)
		e.To, e.Dropped, e.Changed = rest.To, rest.Dropped, rest.Changed
	}
	if errors.Is(err, dst.ErrNewerFormat) {
		return err
	}
	if r.bad || err != nil {
		return fmt.Errorf("it ends too early, or is not what was written: %w", ErrCorrupt)
	}
	if len(r.b) == 0 {
		return nil
	}
	e.State = new(dst.State)
	return e.State.UnmarshalBinary(r.b)
}

func (e *Logged) readTurn(r *reader) error {
	e.Message, e.Text = string(r.bytes()), string(r.bytes())
	if reply := r.bytes(); len(reply) > 0 {
		e.Reply = reply
	}
	return e.Turn.UnmarshalBinary(r.bytes())
}
