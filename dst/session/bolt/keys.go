package bolt

import (
	"encoding/binary"
	"errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// The buckets of the file. A name in their keys is written as appendName does,
// so that keys are in the order of their names and none begins with another.
var (
	formatBucket  = []byte("format")  // what the file is
	recordsBucket = []byte("records") // tenant, id: a record
	logBucket     = []byte("log")     // tenant, id, number: an entry
	usersBucket   = []byte("users")   // user, tenant, id
	expiryBucket  = []byte("expiry")  // window of the expiry, tenant, id
)

// indexed is the value in the indexes: one byte, because the header of a page
// of empty values could pass for one of an inner page.
var indexed = []byte{1}

var errKey = errors.New("no key of this store")

// appendName writes a name so that what is written compares as names do,
// whatever comes after it: a zero becomes 0 255, and 0 1 ends it.
func appendName(b []byte, name string) []byte {
	for i := range len(name) {
		if b = append(b, name[i]); name[i] == 0 {
			b = append(b, 255)
		}
	}
	return append(b, 0, 1)
}

func cutName(b []byte) (name string, rest []byte, err error) {
	var out []byte
	for i := 0; i+1 < len(b); i++ {
		if b[i] != 0 {
			out = append(out, b[i])
			continue
		}
		i++
		switch b[i] {
		case 255:
			out = append(out, 0)
		case 1:
			return string(out), b[i+1:], nil
		default:
			return "", nil, errKey
		}
	}
	return "", nil, errKey
}

// recordKey is the key of a record, and the beginning of those of its log.
func recordKey(k session.Key) []byte {
	b := make([]byte, 0, len(k.Tenant)+len(k.ID)+12) // with room for a number
	return appendName(appendName(b, k.Tenant), k.ID)
}

func parseRecordKey(b []byte) (session.Key, error) {
	tenant, rest, err := cutName(b)
	if err != nil {
		return session.Key{}, err
	}
	id, rest, err := cutName(rest)
	if err == nil && len(rest) > 0 {
		err = errKey
	}
	return session.Key{Tenant: tenant, ID: id}, err
}

func logKey(record []byte, seq uint64) []byte {
	b := append(make([]byte, 0, len(record)+8), record...)
	return binary.BigEndian.AppendUint64(b, seq)
}

func userKey(user string, record []byte) []byte {
	b := make([]byte, 0, len(user)+2+len(record))
	return append(appendName(b, user), record...)
}

// expiryWindow is the shift from milliseconds to the windows of the index of
// expiry, of 66 seconds: a turn that puts its conversation's end off by a few
// seconds mostly leaves the index alone. Whoever reads it looks into the record.
const expiryWindow = 16

// expiryPrefix begins the keys of what expires in the window of a time, given in
// milliseconds since 1970; times before that come first.
func expiryPrefix(ms int64) []byte {
	return binary.BigEndian.AppendUint64(nil, uint64(ms>>expiryWindow)^1<<63)
}

func expiryKey(ms int64, record []byte) []byte { return append(expiryPrefix(ms), record...) }
