// Package sessionbench is the benchmark command that measures conversations that
// are kept: turns a second by store, the bytes of a conversation, and whether
// memory stays as it is.
package sessionbench

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/dst/session"
)

// Run executes the command: many conversations of ten turns, half of them
// English and half Chinese, are opened through a manager and a tracker with
// rules alone, and go on with so many customers speaking at once. It prints
// "name value" lines:
//
//   - open_*: conversations that were opened by turns that were played;
//   - heap_*: bytes of live memory that one takes in the memory store, with its
//     log of ten turns, with a log without the answers in words, and without a log;
//   - stored_*: bytes of a record, and of a log of ten turns, as a store gets them;
//   - for each store, and for what it is compared with, by the customers at once:
//     turns a second, microseconds of a turn from when the message came,
//     processor time, allocations and bytes of a turn (those of the customers
//     included), and how much of a turn's time is the tracker's;
//   - *_of_*: turns a second by those of what it is compared with, and *_cpu_of_*
//     the processor time of a turn;
//   - soak_*: live memory while conversations come and go.
//
// What a store is compared with: tracker_alone keeps states in a slice, json_map
// as JSON in a map with a mutex, bbolt_update as JSON in a bbolt file with one
// transaction for each turn. None of them has a log, knows a message that comes
// again, keeps two turns of one conversation apart, or lets anything expire.
func Run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	a, err := parse(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err == nil {
		err = measure(ctx, a, stdout, stderr)
	}
	if err != nil {
		return fmt.Errorf("sessions: %w", err)
	}
	return nil
}

// bench is the work of one Run.
type bench struct {
	arguments
	bot    *bot
	ends   []dst.State
	folder string
	memory *managed // in which the conversations are opened
	out    printer
	stderr io.Writer
	found  map[string]*result // by name and customers at once
}

func measure(ctx context.Context, a arguments, stdout, stderr io.Writer) (err error) {
	b := &bench{arguments: a, out: printer{w: stdout}, stderr: stderr, found: map[string]*result{}}
	if b.bot, err = newBot(a.seed); err != nil {
		return err
	}
	if b.ends, err = endings(ctx, b.bot); err != nil {
		return err
	}
	if b.folder, err = os.MkdirTemp("", "sessionbench"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.folder)) }()
	for _, step := range []func(context.Context) error{b.open, b.sizes, b.rivals, b.stores, b.soakFirst} {
		if err := step(ctx); err != nil {
			return err
		}
		if b.out.err != nil {
			return b.out.err
		}
	}
	return nil
}

// open opens the conversations in memory.
func (b *bench) open(ctx context.Context) (err error) {
	if b.memory, err = newManaged(b.bot, session.NewMemory(), b.arguments, session.Limits{}); err != nil {
		return err
	}
	before, start := liveBytes(), time.Now()
	if err := b.memory.open(ctx, b.sessions, turns); err != nil {
		return err
	}
	took := time.Since(start).Seconds()
	b.out.print("open_sessions", "%d", b.sessions)
	b.out.print("open_seconds", "%.2f", took)
	b.out.print("open_turns_per_second", "%.0f", float64(b.sessions*turns)/took)
	b.out.print("heap_bytes_per_session", "%.0f", (liveBytes()-before)/float64(b.sessions))
	return nil
}

// rivals measures what needs no store.
func (b *bench) rivals(ctx context.Context) error {
	if err := b.run(ctx, "tracker_alone", alone(b.bot, b.ends, b.sessions)); err != nil {
		return err
	}
	r, err := inMap(b.bot, b.ends, b.sessions)
	if err != nil {
		return err
	}
	return b.run(ctx, "json_map", r)
}

// stores measures one store after the other.
func (b *bench) stores(ctx context.Context) error {
	for i, name := range b.arguments.stores {
		err := b.inStore(ctx, name)
		if err == nil {
			continue
		}
		if b.required || i == 0 || ctx.Err() != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Fprintf(b.stderr, "%s is left out: %v\n", name, err)
	}
	return nil
}

func (b *bench) inStore(ctx context.Context, name string) (err error) {
	if name == "memory" {
		if err := b.run(ctx, name, b.memory); err != nil {
			return err
		}
		b.ratios(name, "tracker_alone")
		b.ratios(name, "json_map")
		return nil
	}
	s, err := openStore(ctx, name, b.folder, b.arguments)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	m, err := newManaged(b.bot, s, b.arguments, session.Limits{})
	if err != nil {
		return err
	}
	if err := m.copyFrom(ctx, b.memory, b.sessions, 256, true); err != nil {
		return err
	}
	if s.file != "" {
		n, err := fileBytes(s.file)
		if err != nil {
			return err
		}
		b.out.print(name+"_file_bytes_per_session", "%.0f", float64(n)/float64(b.sessions))
	}
	if err := b.run(ctx, name, m); err != nil || name != "bolt" {
		return err
	}
	return b.besideBolt(ctx)
}

// besideBolt measures the rival that has a file.
func (b *bench) besideBolt(ctx context.Context) (err error) {
	r, closes, err := inBolt(b.bot, b.ends, b.sessions, b.folder)
	if closes != nil {
		defer func() { err = errors.Join(err, closes()) }()
	}
	if err != nil {
		return err
	}
	if err := b.run(ctx, "bbolt_update", r); err != nil {
		return err
	}
	b.ratios("bolt", "bbolt_update")
	return nil
}

// run measures turns with each number of customers at once.
func (b *bench) run(ctx context.Context, name string, p player) error {
	for _, n := range b.concurrent {
		r, err := load(ctx, p, n, b.sessions, time.Duration(b.seconds*float64(time.Second)))
		if err != nil {
			return fmt.Errorf("%s, %d at once: %w", name, n, err)
		}
		b.found[fmt.Sprint(name, n)] = r
		b.out.result(name, n, r)
	}
	return nil
}

// ratios compares two that were measured. Processor time says more than the
// clock where the machine has other work.
func (b *bench) ratios(name, with string) {
	for _, n := range b.concurrent {
		r, other := b.found[fmt.Sprint(name, n)], b.found[fmt.Sprint(with, n)]
		b.out.print(fmt.Sprintf("%s_of_%s_%d", name, with, n), "%.2f", r.rate()/other.rate())
		if other.cpu > 0 {
			b.out.print(fmt.Sprintf("%s_cpu_of_%s_%d", name, with, n), "%.2f", r.cpuPerTurn()/other.cpuPerTurn())
		}
	}
}
