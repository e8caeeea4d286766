package faulttest

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
)

// A Process is a program with a manager, in a process that is killed and started
// anew. It is the test program itself, which runs one test that calls [Serve].
// It is safe for concurrent use.
type Process struct {
	t           testing.TB
	test, where string

	mu      sync.Mutex
	cmd     *exec.Cmd
	in      io.WriteCloser
	ended   chan struct{}
	waiting map[int]chan answer
	sent    int
	last    int // answers until it is killed, 0 for none
	kills   int
}

// asked is a message on its way to a process, answer the reply on its way back.
type asked struct {
	I int
	Request
}

type answer struct {
	I      int
	Reply  Reply
	Err    string
	Final  bool
	Opened bool // it says so once, before all answers
}

// placeVariable tells a process that it is one, and where its store is.
const placeVariable = "SLOTGRAPH_FAULTTEST_STORE"

// Start starts a process that runs the test of a name, with a store at a place:
// [Serve] gives it to its open. It ends with the test.
func Start(t testing.TB, test, where string) *Process {
	t.Helper()
	p := &Process{t: t, test: test, where: where}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Stop)
	return p
}

// Serve is the test that a process runs: it answers messages with a manager of a
// store, and never returns. Where the test program is not such a process, it
// skips the test.
func Serve(t *testing.T, open func(where string) (session.Store, error)) {
	where := os.Getenv(placeVariable)
	if where == "" {
		t.Skip("it is run by tests that kill it")
	}
	store, err := open(where)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	send := Over(NewManager(t, store))
	reply(answer{Opened: true})
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var a asked
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		go func() {
			heard, err := send(context.Background(), a.Request)
			out := answer{I: a.I, Reply: heard}
			if err != nil {
				out.Err, out.Final = err.Error(), final(err)
			}
			reply(out)
		}()
	}
	os.Exit(0)
}

var replying sync.Mutex

// reply writes an answer, a line in one write.
func reply(a answer) {
	line, err := json.Marshal(a)
	if err == nil {
		replying.Lock()
		defer replying.Unlock()
		_, err = os.Stdout.Write(append(line, '\n'))
	}
	if err != nil {
		os.Exit(1)
	}
}

// start begins the process and waits until it has opened its store.
func (p *Process) start() error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, "-test.run=^"+p.test+"$")
	cmd.Env = append(os.Environ(), placeVariable+"="+p.where)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	opened, ended, waiting := make(chan struct{}), make(chan struct{}), map[int]chan answer{}
	p.mu.Lock()
	p.cmd, p.in, p.ended, p.waiting, p.last = cmd, in, ended, waiting, 0
	p.mu.Unlock()
	go func() {
		p.listen(cmd, out, waiting, opened)
		_ = cmd.Wait() // it was killed, or says on its standard error why not
		close(ended)
	}()
	select {
	case <-opened:
		return nil
	case <-ended:
		return fmt.Errorf("the process ended before it had opened %s", p.where)
	}
}

// listen hands on answers until the process ends.
func (p *Process) listen(cmd *exec.Cmd, out io.Reader, waiting map[int]chan answer, opened chan struct{}) {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var a answer
		if json.Unmarshal(lines.Bytes(), &a) != nil {
			break // a line that was cut off
		}
		if a.Opened {
			close(opened)
			continue
		}
		p.mu.Lock()
		to := waiting[a.I]
		delete(waiting, a.I)
		if p.last > 0 && cmd == p.cmd {
			if p.last--; p.last == 0 {
				_ = cmd.Process.Kill()
			}
		}
		p.mu.Unlock()
		if to != nil {
			to <- a
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i, to := range waiting {
		close(to)
		delete(waiting, i)
	}
	if cmd == p.cmd {
		p.in = nil
	}
}

// Send is a [Send].
func (p *Process) Send(ctx context.Context, r Request) (Reply, error) {
	to := make(chan answer, 1)
	p.mu.Lock()
	p.sent++
	line, err := json.Marshal(asked{p.sent, r})
	if err == nil && p.in == nil {
		err = ErrUnreachable
	}
	if err == nil {
		p.waiting[p.sent] = to
		if _, err = p.in.Write(append(line, '\n')); err != nil {
			err = fmt.Errorf("%w: %w", ErrUnreachable, err)
		}
	}
	p.mu.Unlock()
	if err != nil {
		return Reply{}, err
	}
	select {
	case a, ok := <-to:
		switch {
		case !ok:
			return Reply{}, ErrUnreachable
		case a.Final:
			return Reply{}, fmt.Errorf("%w: %s", ErrRefused, a.Err)
		case a.Err != "":
			return Reply{}, fmt.Errorf("%s", a.Err)
		}
		return a.Reply, nil
	case <-ctx.Done():
		return Reply{}, fmt.Errorf("%w: %w", ErrUnreachable, ctx.Err())
	}
}

// kill ends the process after a while, or after some more answers, and starts it
// anew.
func (p *Process) kill(random *rand.Rand) error {
	p.mu.Lock()
	cmd, ended := p.cmd, p.ended
	if random.IntN(2) == 0 {
		p.last = 1 + random.IntN(20)
	}
	p.mu.Unlock()
	select {
	case <-ended:
	case <-time.After(time.Duration(random.IntN(50)) * time.Millisecond):
		_ = cmd.Process.Kill()
		<-ended
	}
	p.kills++
	return p.start()
}

// Stop kills the process for good.
func (p *Process) Stop() {
	p.mu.Lock()
	cmd, ended := p.cmd, p.ended
	p.mu.Unlock()
	_ = cmd.Process.Kill()
	<-ended
}

// RunKilled has clients talk to processes that share a place, each message to
// any of them, while one after the other is killed in the midst of what it does.
// Check it afterwards, once the processes are stopped.
func (l *Load) RunKilled(t *testing.T, processes ...*Process) {
	l.Seed = rand.Uint64()
	random := rand.New(rand.NewPCG(l.Seed, 3))
	var killer sync.WaitGroup
	killer.Go(func() {
		for end := time.Now().Add(or(l.For, For())); time.Now().Before(end); {
			if err := processes[random.IntN(len(processes))].kill(random); err != nil {
				t.Errorf("starting a process anew: %v", err)
				return
			}
		}
	})
	l.Run(t, func(ctx context.Context, r Request) (Reply, error) {
		return processes[rand.IntN(len(processes))].Send(ctx, r)
	})
	killer.Wait()
	kills := 0
	for _, p := range processes {
		kills += p.kills
	}
	if kills == 0 {
		t.Error("no process was killed")
	}
	t.Logf("%d kills", kills)
}
