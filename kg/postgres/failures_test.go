package postgres_test

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slotgraph/slotgraph/kg"
)

// proxy stands between a store and its server, and cuts all connections after
// a number of bytes from the store.
type proxy struct {
	net.Listener
	server string
	left   atomic.Int64
	mu     sync.Mutex
	conns  []net.Conn
}

func newProxy(t *testing.T, server string) *proxy {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l, server: server}
	p.left.Store(1 << 60)
	t.Cleanup(func() { l.Close(); p.cut() })
	go func() {
		for {
			from, err := l.Accept()
			if err != nil {
				return
			}
			go p.forward(from)
		}
	}()
	return p
}

func (p *proxy) forward(from net.Conn) {
	to, err := net.Dial("tcp", p.server)
	if err != nil {
		from.Close()
		return
	}
	p.mu.Lock()
	p.conns = append(p.conns, from, to)
	p.mu.Unlock()
	go io.Copy(from, to)
	buf := make([]byte, 512)
	for {
		n, err := from.Read(buf)
		if err != nil || p.left.Add(int64(-n)) < 0 {
			p.cut()
			return
		}
		if _, err := to.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (p *proxy) cut() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
	p.conns = nil
}

// TestCutConnection cuts the connection at many points of a Sync and of loading:
// that is an error, nothing is half there, and the next Sync repairs it.
func TestCutConnection(t *testing.T) {
	dsn, db := schema(t)
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	p := newProxy(t, u.Host)
	u.Host = p.Addr().String()
	direct, qs := open(t, dsn), open(t, u.String())
	g, rnd := newGraph(t), rand.New(rand.NewPCG(4, 2))
	m := kg.NewMirror(g, qs)
	failed := 0
	for i := range 40 {
		batch(t, g, rnd, 10)
		before := quadsOf(t, direct)
		p.left.Store(int64(i * 150))
		if _, _, err := m.Sync(ctx); err != nil {
			failed++
			if now := quadsOf(t, direct); !slices.Equal(now, before) && !slices.Equal(now, quadsOf(t, g.QuadStore())) {
				t.Fatalf("after %v there is half of it", err)
			}
		}
		if other := newGraph(t); i%4 == 0 {
			p.left.Store(int64(i * 10))
			if n, err := other.LoadQuadStore(ctx, qs); err == nil {
				same(t, other, direct)
			} else if n != 0 || len(quadsOf(t, other.QuadStore())) != 0 {
				t.Fatalf("after %v there are %d quads", err, n)
			}
		}
		p.left.Store(1 << 60)
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
		same(t, g, direct)
	}
	if failed < 5 {
		t.Errorf("only %d cuts were in the midst", failed)
	}
	counts(t, db)
}

// TestKilledBackend ends the server's side of the connections while a Sync
// waits for a lock, and when it is idle; and a Sync whose context ends waits no
// longer.
func TestKilledBackend(t *testing.T) {
	dsn, db := schema(t)
	qs := open(t, dsn)
	g, rnd := newGraph(t), rand.New(rand.NewPCG(4, 3))
	m := kg.NewMirror(g, qs)
	kill := func() {
		run(t, db, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'nodes'::regclass AND NOT granted")
	}
	for i, name := range []string{"killed", "cancelled"} {
		if err := g.Add(ctx, product(i, rnd)...); err != nil {
			t.Fatal(err)
		}
		tx, err := db.Begin()
		if err == nil {
			_, err = tx.Exec("LOCK TABLE nodes IN SHARE MODE") // which lets readers in
		}
		if err != nil {
			t.Fatal(err)
		}
		c, cancel := context.WithCancel(ctx)
		time.AfterFunc(300*time.Millisecond, []func(){kill, cancel}[i])
		if _, _, err := m.Sync(c); err == nil {
			t.Errorf("%s: no error", name)
		}
		cancel()
		if err := tx.Rollback(); err != nil {
			t.Fatal(err)
		}
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		same(t, g, qs)
	}
	counts(t, db)
}

// TestRestart restarts the server between and during Syncs, with the command of
// SLOTGRAPH_POSTGRES_RESTART.
func TestRestart(t *testing.T) {
	dsn, db := schema(t)
	command := os.Getenv("SLOTGRAPH_POSTGRES_RESTART")
	if command == "" {
		t.Skip("SLOTGRAPH_POSTGRES_RESTART is not set: it is the command that restarts the server of SLOTGRAPH_POSTGRES")
	}
	restart := func() {
		if out, err := exec.Command("bash", "-c", command).CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
	}
	qs := open(t, dsn)
	g, rnd := newGraph(t), rand.New(rand.NewPCG(4, 5))
	m := kg.NewMirror(g, qs)
	batch(t, g, rnd, 20)
	if _, _, err := m.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	restart()
	batch(t, g, rnd, 20)
	if _, _, err := m.Sync(ctx); err != nil {
		t.Logf("the first after the restart: %v", err)
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
	}
	same(t, g, qs)
	failed := 0
	var stopped sync.WaitGroup
	stopped.Go(restart)
	for range 20 {
		batch(t, g, rnd, 20)
		if _, _, err := m.Sync(ctx); err != nil {
			failed++
		}
	}
	stopped.Wait()
	t.Logf("%d of 20 Syncs failed while the server was away", failed)
	if _, _, err := m.Sync(ctx); err != nil {
		t.Logf("the first after the second restart: %v", err)
		if _, _, err := m.Sync(ctx); err != nil {
			t.Fatal(err)
		}
	}
	same(t, g, qs)
	counts(t, db)
}

// TestDeadlock has another program lock the tables in the other order.
func TestDeadlock(t *testing.T) {
	dsn, db := schema(t)
	qs := open(t, dsn)
	g := newGraph(t)
	batch(t, g, rand.New(rand.NewPCG(4, 7)), 10)
	tx, err := db.Begin()
	if err == nil {
		_, err = tx.Exec("LOCK TABLE quads IN ROW EXCLUSIVE MODE")
	}
	if err != nil {
		t.Fatal(err)
	}
	var rival sync.WaitGroup
	rival.Go(func() {
		time.Sleep(300 * time.Millisecond) // until Sync waits for quads, but not yet for a second
		if _, err := tx.Exec("LOCK TABLE nodes IN ROW EXCLUSIVE MODE"); err != nil {
			t.Log(err)
		}
		if err := tx.Rollback(); err != nil {
			t.Error(err)
		}
	})
	if _, _, err := kg.NewMirror(g, qs).Sync(ctx); err != nil {
		t.Error(err)
	}
	rival.Wait()
	same(t, g, qs)
	counts(t, db)
}
