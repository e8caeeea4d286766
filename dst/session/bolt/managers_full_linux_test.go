package bolt

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session/faulttest"
)

const mountVariable = "BOLT_TEST_MOUNT"

// TestManagerDiskFull fills a small disk again and again, and makes room, while
// clients talk: in a program of its own, with which the disk goes.
func TestManagerDiskFull(t *testing.T) {
	if dir := os.Getenv(mountVariable); dir != "" {
		fillUnderLoad(t, dir)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.run=^TestManagerDiskFull$", "-test.v", "-session.faults="+faulttest.For().String())
	cmd.Env = append(os.Environ(), mountVariable+"="+t.TempDir())
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	switch {
	case cmd.Process == nil || strings.Contains(string(out), noMount):
		t.Skipf("no disk can be mounted here: %v %s", err, out)
	case err != nil:
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("in a program of its own:\n%s", out)
}

const noMount = "no mount"

func fillUnderLoad(t *testing.T, dir string) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=32m"); err != nil {
		t.Fatal(noMount, err)
	}
	s, err := Open(filepath.Join(dir, "sessions.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var load faulttest.Load
	stop, stopped := make(chan struct{}), make(chan int)
	go func() {
		fills := 0
		for ; ; fills++ {
			takeAll(t, filepath.Join(dir, "ballast"))
			select {
			case <-stop:
				stopped <- fills
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	load.Run(t, faulttest.Over(faulttest.NewManager(t, s)))
	close(stop)
	fills := <-stopped
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	load.Check(t, "bolt: disk full", faulttest.NewManager(t, unsynced(t, s.path)))
	full := 0
	for _, text := range load.Errors() {
		if strings.Contains(text, "no space left on device") && strings.Contains(text, "make room") && strings.Contains(text, "sessions.db") {
			full++
		}
	}
	if full == 0 {
		t.Errorf("no error speaks of a full disk: %q", load.Errors())
	}
	t.Logf("the disk was full %d times; %d kinds of errors, such as %q", fills, len(load.Errors()), load.Errors()[:1])
}

// takeAll takes all room of a disk for a moment.
func takeAll(t *testing.T, path string) {
	f, err := os.Create(path)
	if err != nil {
		t.Error(err)
		return
	}
	for block := int64(1 << 20); block >= 4096; { // until nothing fits any more
		info, err := f.Stat()
		if err != nil {
			t.Error(err)
			break
		}
		if syscall.Fallocate(int(f.Fd()), 0, info.Size(), block) != nil {
			block /= 2
		}
	}
	time.Sleep(30 * time.Millisecond)
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if err := os.Remove(path); err != nil {
		t.Error(err)
	}
}
