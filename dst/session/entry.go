package session

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"reflect"

	"github.com/slotgraph/slotgraph/dst"
)

// entryFormat is the first byte of an entry's data, within its seal.
const entryFormat = 1

// events by their numbers in entries, which are part of the format.
var events = []Event{EventTurn, EventUndo, EventResumed, EventMigrated, EventCompacted}

// encode is the data of an entry: acts in their notation, which reads them in
// any later version, and of an event the rest as JSON.
func (e *Logged) encode() ([]byte, error) {
	b := append(make([]byte, 0, 256), entryFormat)
	for i, event := range events {
		if event == e.Event {
			b = append(b, byte(i))
		}
	}
	b = binary.AppendVarint(b, e.At.UnixMilli())
	var err error
	if e.Event == EventTurn {
		if b, err = e.appendTurn(b); err != nil {
			return nil, err
		}
	} else {
		rest, err := json.Marshal(Logged{To: e.To, Dropped: e.Dropped})
		if err != nil {
			return nil, fmt.Errorf("session: entry %d: %w", e.Seq, err)
		}
		b = appendString(b, string(rest))
	}
	if e.State == nil {
		return b, nil
	}
	if b, err = e.State.AppendBinary(b); err != nil {
		return nil, fmt.Errorf("session: entry %d: %w", e.Seq, err)
	}
	return b, nil
}

func (e *Logged) appendTurn(b []byte) ([]byte, error) {
	t := e.Turn
	for _, s := range []string{e.Message, e.Text, string(e.Reply), t.Lang, dst.FormatActs(t.Read), dst.FormatActs(t.Said), dst.FormatActs(t.Notes)} {
		b = appendString(b, s)
	}
	b = append(b, 0)
	if t.Recalled {
		b[len(b)-1] = 1
	}
	b = binary.AppendUvarint(b, uint64(len(t.Heard)))
	for _, h := range t.Heard {
		b = appendString(b, h.Act.String())
		b = appendEvidence(b, h.Evidence)
	}
	if reflect.ValueOf(t.Amended).IsZero() {
		return binary.AppendUvarint(b, 0), nil
	}
	rest, err := json.Marshal(t.Amended)
	if err != nil {
		return nil, fmt.Errorf("session: entry %d: %w", e.Seq, err)
	}
	return appendString(b, string(rest)), nil
}

func appendEvidence(b []byte, e dst.Evidence) []byte {
	b = binary.AppendVarint(b, int64(e.Turn))
	b = binary.AppendVarint(b, int64(e.Start))
	b = binary.AppendVarint(b, int64(e.End))
	for _, s := range []string{string(e.Source), e.Text, e.From, e.Via} {
		b = appendString(b, s)
	}
	return binary.BigEndian.AppendUint64(b, math.Float64bits(e.P))
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
		e.To, e.Dropped = rest.To, rest.Dropped
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
	t := &e.Turn
	t.Lang = string(r.bytes())
	for _, acts := range []*[]dst.Act{&t.Read, &t.Said, &t.Notes} {
		var err error
		if *acts, err = dst.ParseActs(string(r.bytes())); err != nil {
			return err
		}
	}
	t.Recalled = r.byte() == 1
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		return ErrCorrupt
	}
	for range n {
		act, err := dst.ParseAct(string(r.bytes()))
		if err != nil {
			return err
		}
		t.Heard = append(t.Heard, dst.Heard{Act: act, Evidence: readEvidence(r)})
	}
	if rest := r.bytes(); len(rest) > 0 {
		return json.Unmarshal(rest, &t.Amended)
	}
	return nil
}

func readEvidence(r *reader) (e dst.Evidence) {
	e.Turn, e.Start, e.End = int(r.varint()), int(r.varint()), int(r.varint())
	e.Source, e.Text, e.From, e.Via = dst.Source(r.bytes()), string(r.bytes()), string(r.bytes()), string(r.bytes())
	e.P = math.Float64frombits(r.uint64())
	return e
}
