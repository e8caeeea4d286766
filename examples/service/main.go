// Command service puts the demo shop's bot behind HTTP: a service to copy and to
// make one's own. Conversations are kept in a file, in PostgreSQL or in Redis, go
// on after a restart, and may be served by several processes at once.
//
//	go run ./examples/service                                    prints its address
//	go run ./examples/service -addr 127.0.0.1:8080 -store my.db
//	SERVICE_STORE=postgres://… go run ./examples/service -daemon -tokens tokens.txt -keys keys.txt -addr :8080
//
// See README.md for what it answers. It ends with Ctrl-C or SIGTERM, and, unless
// -daemon is given or it was started from a terminal, when its input ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/peterh/liner"

	"github.com/slotgraph/slotgraph/dst/privacy"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends it at once
	var input io.Reader
	if _, err := liner.TerminalMode(); err != nil { // no terminal
		input = os.Stdin
	}
	os.Exit(run(ctx, os.Args[1:], input, os.Stdout, os.Stderr))
}

// run is the command, which ends with the context or the input. It returns the
// exit status: 1 where something failed, 2 where the command line is wrong.
func run(ctx context.Context, args []string, input io.Reader, stdout, stderr io.Writer) int {
	cfg, err := parse(args, os.Getenv, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		fmt.Fprintf(stderr, "service: %v\n", err)
		return 2
	}
	// What customers write is not logged; what slips into an error is redacted.
	log := slog.New(privacy.Handler(slog.NewJSONHandler(stderr, nil), privacy.New(privacy.Options{})))
	ended := make(chan struct{})
	if input != nil && !cfg.daemon {
		go func() {
			_, _ = io.Copy(io.Discard, input) // an error is an end too
			log.Info("the input has ended: stopping; with -daemon it goes on")
			close(ended)
		}()
	}
	if err := serveUntil(ctx, cfg, ended, log, stdout); err != nil {
		fmt.Fprintf(stderr, "service: %v\n", err)
		return 1
	}
	return 0
}
