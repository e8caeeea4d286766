package bolt

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A record's value is its head, its data and a checksum; an entry's is its data
// and a checksum. The checksum is the CRC-32C of key and value, so that a value
// under another's key is none.
const checksumSize = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func seal(key, value []byte) []byte {
	return binary.BigEndian.AppendUint32(value, checksum(key, value))
}

func checksum(key, value []byte) uint32 {
	return crc32.Update(crc32.Update(0, castagnoli, key), castagnoli, value)
}

// unseal is what seal got. It reads all of the value before anything is made
// after its size, which a damaged page may tell wrong.
func unseal(key, sealed []byte) ([]byte, error) {
	n := len(sealed) - checksumSize
	if n < 0 {
		return nil, fmt.Errorf("a value of %d bytes: %w", len(sealed), session.ErrCorrupt)
	}
	if checksum(key, sealed[:n]) != binary.BigEndian.Uint32(sealed[n:]) {
		return nil, fmt.Errorf("its checksum is wrong: %w", session.ErrCorrupt)
	}
	return sealed[:n:n], nil
}

// head is what the store itself looks at in a record.
type head struct {
	version uint64
	expires int64 // in milliseconds since 1970, 0 for never
	user    string
}

func headOf(r session.Record) head {
	h := head{version: r.Version, user: r.User}
	if !r.Expires.IsZero() {
		h.expires = r.Expires.UnixMilli()
	}
	return h
}

func (h head) record(key session.Key) session.Record {
	r := session.Record{Key: key, User: h.user, Version: h.version}
	if h.expires != 0 {
		r.Expires = time.UnixMilli(h.expires)
	}
	return r
}

func sealRecord(key []byte, h head, data []byte) []byte {
	b := make([]byte, 0, 2*binary.MaxVarintLen64+8+len(h.user)+len(data)+checksumSize)
	b = binary.BigEndian.AppendUint64(b, h.version)
	b = binary.AppendVarint(b, h.expires)
	b = binary.AppendUvarint(b, uint64(len(h.user)))
	b = append(b, h.user...)
	return seal(key, append(b, data...))
}

// unsealRecord takes a value of the records apart; data is part of it.
func unsealRecord(key, sealed []byte) (h head, data []byte, err error) {
	b, err := unseal(key, sealed)
	if err != nil {
		return head{}, nil, err
	}
	if len(b) >= 8 {
		h.version = binary.BigEndian.Uint64(b)
		var n, m int
		var user uint64
		h.expires, n = binary.Varint(b[8:])
		if n > 0 {
			user, m = binary.Uvarint(b[8+n:])
		}
		if m > 0 && user <= uint64(len(b)-8-n-m) {
			b = b[8+n+m:]
			h.user = string(b[:user])
			return h, b[user:], nil
		}
	}
	return head{}, nil, fmt.Errorf("its head is none: %w", session.ErrCorrupt)
}

func sealEntry(key, data []byte) []byte {
	b := make([]byte, 0, len(data)+checksumSize)
	return seal(key, append(b, data...))
}

func unsealEntry(key, sealed []byte) (session.Entry, error) {
	data, err := unseal(key, sealed)
	if err != nil {
		return session.Entry{}, err
	}
	return session.Entry{Seq: binary.BigEndian.Uint64(key[len(key)-8:]), Data: bytes.Clone(data)}, nil
}
