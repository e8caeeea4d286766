package sessiontest

import (
	"net"
	"sync"
	"testing"
	"time"
)

// A Proxy stands between a store and its server, and does to their connections
// what networks do. It is safe for concurrent use.
type Proxy struct {
	listener net.Listener
	server   string
	running  sync.WaitGroup

	mu     sync.Mutex
	fault  Fault
	writes int // of clients, since the fault was set
	cut    bool
	open   map[net.Conn]bool
	closed bool
}

// A Fault is what a Proxy does to all its connections. The zero Fault does
// nothing to them.
type Fault struct {
	// Cut cuts the connection of the write with this number, counted from when the
	// fault is set over all connections, from 1; 0: none. What one call of a client
	// writes is one write where it has less than 32 KiB and is not written fast
	// after another.
	Cut int
	// Answered cuts it when the server has had the write and has answered, instead
	// of before it has it: the client does not get the answer.
	Answered bool
	Delay    time.Duration // of each piece that passes, in both directions
	Split    int           // the most bytes that pass as one piece, 0: as they come
	Stall    bool          // nothing passes, though connections stay open
	Refuse   bool          // new connections are closed at once
}

// NewProxy makes a proxy for the server at an address, host:port. It is closed
// with the test.
func NewProxy(t testing.TB, server string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{listener: l, server: server, open: map[net.Conn]bool{}}
	p.running.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

// Addr is the address of the proxy.
func (p *Proxy) Addr() string { return p.listener.Addr().String() }

// Set has the proxy do something else from now on.
func (p *Proxy) Set(f Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fault, p.writes, p.cut = f, 0, false
}

// HasCut reports whether a connection was cut since the fault was set.
func (p *Proxy) HasCut() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.cut
}

func (p *Proxy) close() {
	p.listener.Close()
	p.mu.Lock()
	p.closed = true
	for c := range p.open {
		c.Close()
	}
	p.mu.Unlock()
	p.running.Wait()
}

func (p *Proxy) now() Fault {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return Fault{}
	}
	return p.fault
}

func (p *Proxy) accept() {
	for {
		client, err := p.listener.Accept()
		if err != nil {
			return
		}
		p.running.Go(func() { p.serve(client) })
	}
}

// serve has a connection for as long as one of its two sides is open.
func (p *Proxy) serve(client net.Conn) {
	defer client.Close()
	if p.now().Refuse {
		return
	}
	server, err := net.Dial("tcp", p.server)
	if err != nil {
		return
	}
	if !p.keep(client, server) {
		return
	}
	link := &link{client: client, server: server}
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.pump(server, client, func() bool { return !link.isSwallowed() })
	}()
	p.pump(client, server, func() bool { return p.mayPass(link) })
	<-done
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.open, client)
	delete(p.open, server)
}

// keep remembers connections that are to be closed with the proxy.
func (p *Proxy) keep(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		p.open[c] = true
		if p.closed {
			c.Close()
		}
	}
	return !p.closed
}

// pump passes on what comes from one side, piece by piece, until it ends or may
// not pass, and then closes both.
func (p *Proxy) pump(from, to net.Conn, pass func() bool) {
	defer from.Close()
	defer to.Close()
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		for p.now().Stall {
			time.Sleep(time.Millisecond)
		}
		if n > 0 && !(pass() && p.send(to, buffer[:n])) || err != nil {
			return
		}
	}
}

func (p *Proxy) send(to net.Conn, data []byte) bool {
	for len(data) > 0 {
		f := p.now()
		n := len(data)
		if f.Split > 0 {
			n = min(n, f.Split)
		}
		time.Sleep(f.Delay)
		if _, err := to.Write(data[:n]); err != nil {
			return false
		}
		data = data[n:]
	}
	return true
}

// link is a connection from a client to the server.
type link struct {
	client, server net.Conn

	mu        sync.Mutex
	swallowed bool // what the server answers
}

func (l *link) isSwallowed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.swallowed
}

// mayPass counts a write of a client, and says whether the server gets it.
func (p *Proxy) mayPass(l *link) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.writes++
	if p.writes != p.fault.Cut {
		return true
	}
	p.cut = true
	if p.fault.Answered {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.swallowed = true
	}
	return p.fault.Answered
}
