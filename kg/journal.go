package kg

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// A journal is a file of records, one for each batch since a snapshot. A record
// has a head: its length, its number, a checksum of its bytes, and one of the
// head itself (all CRC-32C). A batch is acknowledged when its record has
// reached the disk, so only the last record may be cut off.

const recordHead = 20

// recordMost is the length from which on a head is not believed.
const recordMost = 1 << 30

// journal is the open end of a journal file.
type journal struct {
	file   diskFile
	size   int64 // of what is acknowledged
	number uint64
	broken error // why nothing more can be written
}

// write appends a record and waits until it has reached the disk. A record that
// did not get there whole is taken back; where that fails too, or where it is
// not known what reached the disk, the journal takes no more.
func (j *journal) write(record []byte) error {
	if j.broken != nil {
		return fmt.Errorf("the journal is closed since an earlier error; open the graph anew: %w", j.broken)
	}
	if len(record) > recordMost {
		return fmt.Errorf("a batch of %d bytes is too large for the journal", len(record))
	}
	b := make([]byte, recordHead, recordHead+len(record))
	binary.LittleEndian.PutUint32(b, uint32(len(record)))
	binary.LittleEndian.PutUint64(b[4:], j.number+1)
	binary.LittleEndian.PutUint32(b[12:], crc32.Checksum(record, castagnoli))
	binary.LittleEndian.PutUint32(b[16:], crc32.Checksum(b[:16], castagnoli))
	if _, err := j.file.Write(append(b, record...)); err != nil {
		if cut := j.file.Truncate(j.size); cut != nil {
			j.broken = errors.Join(err, cut)
		}
		return fmt.Errorf("write the journal: %w", err)
	}
	if err := j.file.Sync(); err != nil {
		j.broken = errors.Join(err, j.file.Truncate(j.size))
		return fmt.Errorf("write the journal: %w", err)
	}
	j.size += int64(recordHead + len(record))
	j.number++
	return nil
}

// replayJournal hands the records of a journal to apply, and returns how many
// bytes of it stand. A last record that was cut off was never acknowledged: it
// is left out. Anything else that is wrong is damage.
func replayJournal(r io.Reader, number *uint64, apply func(record []byte) error) (size int64, err error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return 0, err
	}
	for at := 0; at < len(data); {
		record, ok := recordAt(data, at, *number+1)
		if !ok {
			if next := laterRecord(data, at, *number+1); next >= 0 {
				return int64(at), damaged("record %d at byte %d is missing or does not fit its checksum, and there is a good one at byte %d", *number+1, at, next)
			}
			return int64(at), nil
		}
		if err := apply(record); err != nil {
			return int64(at), damaged("record %d at byte %d: %w", *number+1, at, err)
		}
		*number++
		at += recordHead + len(record)
		size = int64(at)
	}
	return size, nil
}

// recordAt returns the record of that number at a place, false where there is
// none that is whole.
func recordAt(data []byte, at int, number uint64) ([]byte, bool) {
	size, n, ok := headAt(data, at)
	if !ok || n != number || at+recordHead+size > len(data) {
		return nil, false
	}
	record := data[at+recordHead : at+recordHead+size]
	return record, crc32.Checksum(record, castagnoli) == binary.LittleEndian.Uint32(data[at+12:])
}

func headAt(data []byte, at int) (size int, number uint64, ok bool) {
	if at+recordHead > len(data) {
		return 0, 0, false
	}
	head := data[at : at+recordHead]
	if crc32.Checksum(head[:16], castagnoli) != binary.LittleEndian.Uint32(head[16:]) {
		return 0, 0, false
	}
	return int(binary.LittleEndian.Uint32(head)), binary.LittleEndian.Uint64(head[4:]), true
}

// laterRecord returns the place of the first whole record from there on that
// has another number, -1 where there is none.
func laterRecord(data []byte, at int, number uint64) int {
	for ; at+recordHead <= len(data); at++ {
		size, n, ok := headAt(data, at)
		if !ok || n == number || at+recordHead+size > len(data) {
			continue
		}
		if _, ok := recordAt(data, at, n); ok {
			return at
		}
	}
	return -1
}
