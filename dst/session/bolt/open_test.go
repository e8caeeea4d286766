package bolt

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/slotgraph/slotgraph/dst/session"
)

// filled writes a closed store with a few conversations.
func filled(t *testing.T) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "sessions.db")
	s := unsynced(t, path)
	for i := range 3 * 7 {
		if _, err := countOn(t.Context(), s, counter(i%7)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func wantRefused(t *testing.T, what, path string, is error, texts ...string) {
	t.Helper()
	before, _ := os.ReadFile(path)
	s, err := Open(path, &Options{NoSync: true, Timeout: time.Millisecond})
	if err == nil {
		s.Close()
		t.Errorf("%s is opened", what)
		return
	}
	if is == nil {
		is = err
	}
	wantError(t, what, err, is, append(texts, path)...)
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Errorf("%s was changed by an Open that refused it", what)
	}
}

func TestOpenRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	page := strings.Repeat("0123456789abcdef", 4096/16)
	for what, content := range map[string]string{
		"a byte": "x", "a text": "once upon a time\n", "a file of garbage": strings.Repeat(page, 9), "a file of zeros": strings.Repeat("\x00", 1<<16),
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, what, path, session.ErrCorrupt, "no database")
	}
	wantRefused(t, "a folder", t.TempDir(), nil)
	wantRefused(t, "a file in no folder", filepath.Join(t.TempDir(), "no", "sessions.db"), fs.ErrNotExist)
}

func TestOpenCutShort(t *testing.T) {
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "short")
	for _, n := range []int{1, 100, 4096, 5000, 8192, 3 * 4096, 4*4096 + 1} {
		if err := os.WriteFile(path, whole[:n], 0o600); err != nil {
			t.Fatal(err)
		}
		wantRefused(t, "a file that is cut short", path, session.ErrCorrupt)
	}
}

// foreign makes a database of bbolt with one value in it.
func foreign(t *testing.T, bucket, key, value []byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "foreign.db")
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists(bucket)
		return errors.Join(err, b.Put(key, value))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenForeign(t *testing.T) {
	wantRefused(t, "another program's database", foreign(t, []byte("users"), []byte("a"), []byte("b")), nil, "another program")
	wantRefused(t, "another program's format", foreign(t, formatBucket, programKey, []byte("other")), nil, "another program")
	path := filled(t)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bbolt.Tx) error { return tx.Bucket(formatBucket).Put(layoutKey, []byte("2")) })
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, "a newer layout", path, nil, "layout is 2", "newer")
}

func TestOpenTwice(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	s := unsynced(t, path)
	if _, err := countOn(t.Context(), s, counter(0)); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	_, err := Open(path, &Options{Timeout: 150 * time.Millisecond})
	wantError(t, "a second Open", err, berrors.ErrTimeout, path, "open already")
	if took := time.Since(start); took < 80*time.Millisecond || took > 5*time.Second {
		t.Errorf("a second Open waits for %v", took)
	}
	done := make(chan error)
	go func() { // waits for the first to close
		again, err := Open(path, &Options{Timeout: 10 * time.Second})
		if err == nil {
			err = again.Close()
		}
		done <- err
	}()
	if _, err := countOn(t.Context(), s, counter(0)); err != nil {
		t.Errorf("saving after a second Open: %v", err)
	}
	if err := errors.Join(s.Close(), <-done); err != nil {
		t.Error(err)
	}
}

func TestOpenPermissions(t *testing.T) {
	path := filled(t)
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS == "windows" {
		t.Skip("no permissions as on Unix")
	}
	if info.Mode() != 0o600 {
		t.Errorf("a new file has mode %v, want only its owner to read it", info.Mode())
	}
	if os.Getuid() == 0 {
		t.Skip("root may write what is read-only")
	}
	if err := os.Chmod(path, 0o400); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, "a read-only file", path, fs.ErrPermission, "allowed to")
}

// An empty file, and a database with nothing in it, are what an Open leaves that
// the machine did not survive.
func TestOpenUnfinished(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := unsynced(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(t.TempDir(), "empty.db")
	db, err := bbolt.Open(empty, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := countOn(t.Context(), unsynced(t, empty), counter(0)); n != 1 || err != nil {
		t.Errorf("counting in it: %d, %v", n, err)
	}
}

// A file that is removed is there for who has it open, and gone after that.
func TestRemoved(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be removed")
	}
	s := unsynced(t, filled(t))
	if err := os.Remove(s.path); err != nil {
		t.Fatal(err)
	}
	if n, err := countOn(t.Context(), s, counter(0)); n != 4 || err != nil {
		t.Errorf("counting in a removed file: %d, %v", n, err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if n, err := countOn(t.Context(), unsynced(t, s.path), counter(0)); n != 1 || err != nil {
		t.Errorf("counting in the new file: %d, %v", n, err)
	}
}

// A backup is the store of one moment, while others save.
func TestBackup(t *testing.T) {
	s := unsynced(t, filepath.Join(t.TempDir(), "sessions.db"))
	const n = 10
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		for i := 0; ; i++ {
			if _, err := countOn(ctx, s, counter(i%n)); err != nil {
				done <- err
				return
			}
		}
	}()
	for round := range 5 {
		path := filepath.Join(t.TempDir(), "backup.db")
		var copied bytes.Buffer
		if err := errors.Join(s.Backup(&copied), os.WriteFile(path, copied.Bytes(), 0o600)); err != nil {
			t.Fatal(err)
		}
		counts := allCounted(t, unsynced(t, path), n) // one after the other is counted on
		for i := range counts {
			if d := int64(counts[0]) - int64(counts[i]); d < 0 || d > 1 || i > 0 && counts[i-1] < counts[i] {
				t.Errorf("backup %d has the conversations at %d, which is no moment", round, counts)
			}
		}
		time.Sleep(time.Millisecond)
	}
	stop()
	wantError(t, "counting", <-done, context.Canceled)
	wantError(t, "Backup to a full disk", s.Backup(fullWriter{}), errFull, s.path)
}

var errFull = errors.New("full")

type fullWriter struct{}

func (fullWriter) Write([]byte) (int, error) { return 0, errFull }
