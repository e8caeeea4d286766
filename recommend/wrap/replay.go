package wrap

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/slotgraph/slotgraph/recommend"
)

// A Replay is a generator that plays back what [Record] has written, without
// network or model. A request that was recorded several times gets its answers
// in their order, and the last of them from then on. One that was not recorded
// is an error, which says where it differs from the nearest that was. It is safe
// for concurrent use.
type Replay struct {
	lines []recording

	mu   sync.Mutex
	next map[string][]int // lines of a key that are still to come, the last one ever
}

// maxLine bounds a line of a recording, in bytes.
const maxLine = 16 << 20

// NewReplay reads a recording. Errors name the line.
func NewReplay(r io.Reader) (*Replay, error) {
	p := &Replay{next: map[string][]int{}}
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	for n := 1; s.Scan(); n++ {
		if strings.TrimSpace(s.Text()) == "" {
			p.lines = append(p.lines, recording{}) // to count lines as an editor does
			continue
		}
		var line recording
		if err := json.Unmarshal(s.Bytes(), &line); err != nil {
			return nil, fmt.Errorf("wrap: replay: line %d: %w", n, err)
		}
		if line.Key == "" {
			return nil, fmt.Errorf("wrap: replay: line %d has no key; is it written by Record?", n)
		}
		p.next[line.Key] = append(p.next[line.Key], len(p.lines))
		p.lines = append(p.lines, line)
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("wrap: replay: line %d: %w", len(p.lines)+1, err)
	}
	return p, nil
}

// Generate implements [recommend.Generator].
func (p *Replay) Generate(ctx context.Context, r recommend.Request, each func(recommend.Chunk) error) (recommend.Response, error) {
	line, ok := p.take(Key(r))
	if !ok {
		return recommend.Response{}, p.missing(r)
	}
	chunks := line.Chunks
	if len(chunks) == 0 && line.Response.Text != "" && line.Error == nil {
		chunks = []string{line.Response.Text} // nobody listened when it was recorded
	}
	for _, c := range chunks {
		if err := ctx.Err(); err != nil {
			return recommend.Response{}, stopped(ctx)
		}
		if err := handOut(c, each); err != nil {
			return recommend.Response{}, err
		}
	}
	return line.Response, line.Error.replayed()
}

func (p *Replay) take(key string) (recording, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	next := p.next[key]
	if len(next) == 0 {
		return recording{}, false
	}
	if len(next) > 1 {
		p.next[key] = next[1:]
	}
	return p.lines[next[0]], true
}

// missing says which recorded request comes nearest, and what is different.
func (p *Replay) missing(r recommend.Request) error {
	want := fields(canonical(r))
	best, least := -1, []string(nil)
	for i, line := range p.lines {
		if line.Key == "" {
			continue
		}
		if diff := different(want, fields(line.Request)); best < 0 || len(diff) < len(least) {
			best, least = i, diff
		}
	}
	if best < 0 {
		return errors.New("wrap: replay: nothing is recorded")
	}
	var parts []string
	have := fields(p.lines[best].Request)
	for _, name := range least {
		parts = append(parts, fmt.Sprintf("%s: %s, and recorded is %s", name, shortened(want[name]), shortened(have[name])))
	}
	return fmt.Errorf("wrap: replay: the request is not recorded; the nearest is line %d, with another %s", best+1, strings.Join(parts, "; "))
}

// fields are the top-level fields of a request.
func fields(b []byte) map[string]string {
	var raw map[string]json.RawMessage
	if json.Unmarshal(b, &raw) != nil {
		return nil
	}
	out := map[string]string{}
	for name, v := range raw {
		out[name] = string(v)
	}
	return out
}

// different names the fields that differ, in order.
func different(a, b map[string]string) []string {
	var out []string
	for name, v := range a {
		if b[name] != v {
			out = append(out, name)
		}
	}
	for name := range b {
		if _, ok := a[name]; !ok {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func shortened(s string) string {
	if s == "" {
		return "nothing"
	}
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "…"
	}
	return s
}
