package bolt

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/slotgraph/slotgraph/dst/session"
)

func init() {
	roles["limited"] = limited
	roles["mounted"] = mounted
}

// TestFileLimit runs into the limit of the size of a file, where it grows and
// where it is written.
func TestFileLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sessions.db")
	if err := startable(t, "limited", path).Run(); err != nil {
		t.Fatal(err)
	}
	allCounted(t, unsynced(t, path), 40)
}

// TestDiskFull fills a small disk.
func TestDiskFull(t *testing.T) {
	cmd := startable(t, "mounted", t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{ // a disk that goes with the program
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.Output()
	if err != nil && (cmd.Process == nil || strings.HasPrefix(string(out), "no mount")) {
		t.Skipf("no disk can be mounted here: %v %s", err, out)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func limited(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	s, err := Open(path, &Options{NoSync: true})
	if err != nil {
		return err
	}
	var was syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &was); err != nil {
		return err
	}
	limit := func(n uint64) error {
		return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: n, Max: was.Max})
	}
	for _, n := range []uint64{0, 1 << 20, 16 << 20} {
		if n == 0 { // where it is to grow for the first time
			n = 1 << 15
		}
		if err := limit(n); err != nil {
			return err
		}
		err := fill(s, syscall.EFBIG, func() error { return limit(was.Cur) })
		if err != nil {
			return fmt.Errorf("with a limit of %d: %w", n, err)
		}
	}
	return s.Close()
}

func mounted(dir string) error {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=4m"); err != nil {
		fmt.Println("no mount:", err)
		return err
	}
	ballast, path := filepath.Join(dir, "ballast"), filepath.Join(dir, "sessions.db")
	if err := os.WriteFile(ballast, make([]byte, 2<<20), 0o600); err != nil {
		return err
	}
	s, err := Open(path, nil)
	if err != nil {
		return err
	}
	if err := fill(s, syscall.ENOSPC, func() error { return os.Remove(ballast) }); err != nil {
		return err
	}
	if err := s.Close(); err != nil {
		return err
	}
	if s, err = Open(path, nil); err != nil {
		return err
	}
	for i := range 40 {
		if _, err := countedTo(context.Background(), s, counter(i)); err != nil {
			return err
		}
	}
	return s.Close()
}

// fill counts, beside a conversation that grows, until there is no room: all
// that was acknowledged must be there, and once there is room all must go on.
func fill(s *Store, full error, makeRoom func() error) error {
	ctx := context.Background()
	large := id("shop", fmt.Sprint("large", s.path, full))
	r, err := s.Load(ctx, large)
	if err != nil && !errors.Is(err, session.ErrNotFound) {
		return err
	}
	var at [40]uint64
	for i := 0; err == nil || errors.Is(err, session.ErrNotFound); i++ {
		if at[i%40], err = countOn(ctx, s, counter(i%40)); err != nil {
			at[i%40]--
			break
		}
		err = s.Save(ctx, session.Change{
			Record: session.Record{Key: large, Version: r.Version + 1}, Prev: r.Version,
			Append: []session.Entry{{Seq: r.Version + 1, Data: make([]byte, 100_000)}},
		})
		r.Version++
	}
	if !errors.Is(err, full) || !strings.Contains(err.Error(), s.path) || !strings.Contains(err.Error(), "make room") {
		return fmt.Errorf("the error of a full disk is %w", err)
	}
	for i, want := range at {
		if got, err := countedTo(ctx, s, counter(i)); err != nil || want > 0 && got != want {
			return fmt.Errorf("on a full disk %s is at %d, %w, and %d were acknowledged", counter(i), got, err, want)
		}
	}
	if err := makeRoom(); err != nil {
		return err
	}
	for i, was := range at {
		if n, err := countOn(ctx, s, counter(i)); err != nil || was > 0 && n != was+1 {
			return fmt.Errorf("once there is room %s is at %d after %d: %w", counter(i), n, was, err)
		}
	}
	return nil
}
