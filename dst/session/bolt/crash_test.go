package bolt

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// startable is this test program in a role.
func startable(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), "BOLT_TEST_ROLE="+role, "BOLT_TEST_PATH="+path)
	cmd.Stderr = os.Stderr
	return cmd
}

const crashCounters = 6

func init() { roles["count"] = countForEver }

// countForEver counts on, several conversations at once, and says each save on
// its standard output once it is acknowledged.
func countForEver(path string) error {
	s, err := Open(path, nil)
	if err != nil {
		return err
	}
	fmt.Println("open") // a line is one write
	errs := make(chan error)
	for i := range crashCounters {
		go func() {
			for {
				n, err := countOn(context.Background(), s, counter(i))
				if err != nil {
					errs <- err
					return
				}
				fmt.Println(i, n)
			}
		}()
	}
	return <-errs
}

// TestKilled kills a program that saves, again and again: what it acknowledged is
// there, whole, with its log and its indexes.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts programs")
	}
	path := filepath.Join(t.TempDir(), "sessions.db")
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 2))
	var acknowledged [crashCounters]uint64
	for round := range 25 {
		killed(t, path, random.IntN(40), time.Duration(random.IntN(2000))*time.Microsecond, &acknowledged)
		s := unsynced(t, path)
		for i, n := range allCounted(t, s, crashCounters) {
			// One more may have been saved than was said to be.
			if a := acknowledged[i]; n != a && n != a+1 {
				t.Errorf("%s is at %d, and %d were acknowledged", counter(i), n, a)
			}
			acknowledged[i] = n
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if t.Failed() {
			t.Fatalf("in round %d of seed %d", round, seed)
		}
	}
	t.Logf("killed 25 times, at %d", acknowledged)
}

// killed runs the program until a while after it has acknowledged so many saves,
// and kills it.
func killed(t *testing.T, path string, saves int, after time.Duration, acknowledged *[crashCounters]uint64) {
	t.Helper()
	cmd := startable(t, "count", path)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); saves-- {
		if saves == 0 {
			time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
		}
		if lines.Text() == "open" {
			continue
		}
		var i int
		var n uint64
		if _, err := fmt.Sscan(lines.Text(), &i, &n); err != nil {
			t.Errorf("the program says %q", lines.Text())
			continue
		}
		acknowledged[i] = n
	}
	var ended *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &ended) || ended.Exited() {
		t.Fatalf("the program ends by itself: %v", err)
	}
}
