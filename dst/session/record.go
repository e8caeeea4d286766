package session

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// recordFormat is the first byte of a record's data, within its seal.
const recordFormat = 1

// remembered is how many of the latest turns are known by the ids of their
// messages, and how many the log keeps at the least.
const remembered = 16

// conversation is what a record holds.
type conversation struct {
	key     Key
	version uint64 // that is stored, 0 for none
	user    string // as the store's index has it

	created, updated int64 // milliseconds since 1970
	seq              uint64
	marks            []mark             // entries that the log may begin with, the oldest first
	ids              [remembered]uint64 // messageID of the messages, by seq; 0 for none
	fingerprint      uint64             // of the schema
	migrations       int                // that the state has gone through
	spent            int64              // tokens of language models
	since            since
	state            dst.State

	most int // bytes that the state may have when it is saved; 0 is any
}

// A mark is an entry of the log that holds the whole state, or is the very first:
// the log may begin there.
type mark struct {
	seq uint64
	at  int64
}

func at(ms int64) time.Time { return time.UnixMilli(ms) }

// encode appends the data of a record.
func (c *conversation) encode(b []byte) ([]byte, error) {
	b = append(b, recordFormat)
	b = binary.AppendVarint(b, c.created)
	b = binary.AppendVarint(b, c.updated-c.created)
	b = binary.AppendUvarint(b, c.seq)
	b = binary.AppendUvarint(b, uint64(len(c.marks)))
	for _, m := range c.marks {
		b = binary.AppendUvarint(b, c.seq-m.seq)
		b = binary.AppendVarint(b, c.updated-m.at)
	}
	b = c.appendIDs(b)
	b = binary.BigEndian.AppendUint64(b, c.fingerprint)
	b = binary.AppendUvarint(b, uint64(c.migrations))
	b = binary.AppendVarint(b, c.spent)
	b = c.since.append(b, c.updated)
	head := len(b)
	b, err := c.state.AppendBinary(b)
	if err != nil {
		return nil, fmt.Errorf("session: %s: %w", c.key, err)
	}
	if c.most > 0 && len(b)-head > c.most {
		return nil, &LimitError{"session", c.key, "state", float64(c.most), 0}
	}
	return b, nil
}

// appendIDs writes the ids that are there, by how far back they are.
func (c *conversation) appendIDs(b []byte) []byte {
	var there uint64
	for i := range uint64(remembered) {
		if c.seq > i && c.ids[(c.seq-i)%remembered] != 0 {
			there |= 1 << i
		}
	}
	b = binary.AppendUvarint(b, there)
	for i := range uint64(remembered) {
		if there&(1<<i) != 0 {
			id := c.ids[(c.seq-i)%remembered]
			b = binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint16(b, uint16(id>>32)), uint32(id))
		}
	}
	return b
}

// decode reads what encode wrote.
func (c *conversation) decode(data []byte) error {
	r := reader{b: data}
	if format := r.byte(); !r.bad && format > recordFormat {
		return fmt.Errorf("format %d: %w: upgrade this program", format, ErrNewer)
	} else if format != recordFormat {
		return fmt.Errorf("format %d is none: %w", format, ErrCorrupt)
	}
	c.created = r.varint()
	c.updated = c.created + r.varint()
	c.seq = r.uvarint()
	n := r.uvarint()
	if n > uint64(len(data)) {
		return ErrCorrupt
	}
	c.marks = make([]mark, n)
	for i := range c.marks {
		c.marks[i].seq = c.seq - r.uvarint()
		c.marks[i].at = c.updated - r.varint()
	}
	there := r.uvarint()
	for i := range uint64(remembered) {
		if there&(1<<i) != 0 {
			c.ids[(c.seq-i)%remembered] = r.uint48()
		}
	}
	c.fingerprint = r.uint64()
	c.migrations = int(r.uvarint())
	c.spent = r.varint()
	c.since.read(&r, c.updated)
	if r.bad {
		return ErrCorrupt
	}
	if err := c.state.UnmarshalBinary(r.b); err != nil {
		return err
	}
	if len(c.since.slots) != countSlots(c.state) || len(c.since.intents) != len(c.state.Intents) {
		return fmt.Errorf("its times are not those of its state: %w", ErrCorrupt)
	}
	return nil
}

// played returns the number of the turn that answered the message with the id,
// 0 where none of the latest did.
func (c *conversation) played(id string) uint64 {
	h := messageID(id)
	for i := range uint64(remembered) {
		if c.seq > i && h != 0 && c.ids[(c.seq-i)%remembered] == h {
			return c.seq - i
		}
	}
	return 0
}

// messageID is the id of a message in six bytes, 0 for no id: that one of
// sixteen has those of another by chance comes once in ten million million.
func messageID(id string) uint64 {
	if id == "" {
		return 0
	}
	return max(1, hashID(id)>>16)
}

// hashID is an id in eight bytes, 0 for no id.
func hashID(id string) uint64 {
	if id == "" {
		return 0
	}
	sum := sha256.Sum256([]byte(id))
	return max(1, binary.BigEndian.Uint64(sum[:8]))
}

// reader reads what is stored, and remembers whether it ended too early.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	c := r.b[0]
	r.b = r.b[1:]
	return c
}

func (r *reader) uint64() uint64 {
	if len(r.b) < 8 {
		r.bad, r.b = true, nil
		return 0
	}
	v := binary.BigEndian.Uint64(r.b)
	r.b = r.b[8:]
	return v
}

func (r *reader) uint48() uint64 {
	if len(r.b) < 6 {
		r.bad, r.b = true, nil
		return 0
	}
	v := uint64(binary.BigEndian.Uint16(r.b))<<32 | uint64(binary.BigEndian.Uint32(r.b[2:]))
	r.b = r.b[6:]
	return v
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	b := r.b[:n:n]
	r.b = r.b[n:]
	return b
}
