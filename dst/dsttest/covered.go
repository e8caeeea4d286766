package dsttest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"sync"
	"testing"
)

// ReadCoverage merges what -dsttest.coverfile wrote, in however many runs.
func ReadCoverage(r io.Reader) (*Coverage, error) {
	c := &Coverage{}
	lines := bufio.NewReader(r)
	for n := 1; ; n++ {
		text, err := lines.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("dsttest: reading a coverage: line %d: %w", n, err)
		}
		if len(bytes.TrimSpace(text)) > 0 {
			var one Coverage
			if err := json.Unmarshal(text, &one); err != nil {
				return nil, fmt.Errorf("dsttest: reading a coverage: line %d: %w", n, err)
			}
			c.Add(&one)
		}
		if err == io.EOF {
			return c, nil
		}
	}
}

// covered is what all calls of Run in this process have covered.
var covered struct {
	sync.Mutex
	Coverage
	atEnd bool // Main prints it
}

// Covered returns what all calls of [Run] and [RunWith] in this process have
// covered so far.
func Covered() *Coverage {
	covered.Lock()
	defer covered.Unlock()
	out := &Coverage{}
	out.Add(&covered.Coverage)
	return out
}

// Main runs the tests and prints, with -dsttest.cover, the coverage of them all
// once at their end. Without it each call of [Run] prints what there is so far:
//
//	func TestMain(m *testing.M) { os.Exit(dsttest.Main(m)) }
func Main(m *testing.M) int {
	covered.Lock()
	covered.atEnd = true
	covered.Unlock()
	code := m.Run()
	if *coverFlag {
		fmt.Print(Covered())
	}
	return code
}

// report takes in the coverage of one call and tells of it as the flags say.
func report(t testing.TB, c *Coverage) {
	t.Helper()
	covered.Lock()
	covered.Add(c)
	show := *coverFlag && !covered.atEnd
	covered.Unlock()
	if show {
		fmt.Print(Covered())
	}
	if *coverFileFlag == "" {
		return
	}
	if err := c.appendTo(*coverFileFlag); err != nil {
		t.Errorf("dsttest: writing the coverage: %v", err)
	}
}

// appendTo adds the coverage as one line, in one write: other test binaries
// may do the same.
func (c *Coverage) appendTo(file string) error {
	b, err := json.Marshal(c)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	if _, err := f.Write(append(b, '\n')); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
