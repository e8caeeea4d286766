// Command inspector opens the demo shop's bot in a web page that shows how it
// comes to its answers, see package recommend/inspect:
//
//	go run ./examples/inspector                      prints the page's address
//	go run ./examples/inspector -addr 127.0.0.1:8090 -lang zh
//	go run ./examples/inspector -data my-shop        sells other things
//
// It serves this machine alone and ends with Ctrl-C, or where it was not
// started from a terminal, when its input ends.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"github.com/peterh/liner"

	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend/inspect"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	var input io.Reader
	if _, err := liner.TerminalMode(); err != nil { // no terminal
		input = os.Stdin
	}
	code := run(ctx, os.Args[1:], input, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// end is closed when the input has ended; without one it never is.
func end(input io.Reader) <-chan struct{} {
	ended := make(chan struct{})
	if input != nil {
		go func() {
			defer close(ended)
			_, _ = io.Copy(io.Discard, input) // an error is an end too
		}()
	}
	return ended
}

// run is the command, which ends with the context or the input. It returns the exit status: 1 where something failed, 2
// where the command line is wrong.
func run(ctx context.Context, args []string, input io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("inspector", flag.ContinueOnError)
	flags.SetOutput(stderr)
	addr := flags.String("addr", "127.0.0.1:0", "listen at this `address`; port 0 is any free one")
	lang := flags.String("lang", "", "the page's language, en or zh; the browser's by default")
	dir := flags.String("data", "", "sell what the files in this `folder` describe instead of the demo's")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "inspector: unexpected argument %q\n", flags.Arg(0))
		return 2
	case *lang != "" && *lang != "en" && *lang != "zh":
		fmt.Fprintf(stderr, "inspector: -lang is en or zh, not %q\n", *lang)
		return 2
	}
	files := store.Demo()
	if *dir != "" {
		files = os.DirFS(*dir)
	}
	if err := serve(ctx, files, *addr, *lang, end(input), stdout); err != nil {
		fmt.Fprintf(stderr, "inspector: %v\n", err)
		return 1
	}
	return 0
}

// try are messages to begin with.
var try = map[string][]string{
	"en": {"I need a phone for photography under 4000 yuan", "a gaming laptop with 16 GB of memory", "my phone won't charge"},
	"zh": {"我想买个拍照好的手机，4000以内", "16G内存的游戏本，不要联想", "手机充不进电怎么办"},
}

// handler is the page of a shop's agent.
func handler(shop *store.Shop, lang string) (http.Handler, error) {
	messages := append(try["en"][:2:2], try["zh"][:2]...)
	if lang != "" {
		messages = try[lang]
	}
	return inspect.New(shop.Agent, &inspect.Options{Title: "slotgraph", Lang: lang, Try: messages})
}

// serve opens the shop and serves the page until the context is done, or ended
// is closed.
func serve(ctx context.Context, files fs.FS, addr, lang string, ended <-chan struct{}, stdout io.Writer) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	shop, err := store.Open(ctx, files)
	if err != nil {
		return fmt.Errorf("opening the shop: %w", err)
	}
	defer shop.Graph.Close()
	h, err := handler(shop, lang)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	fmt.Fprintf(stdout, "http://%s/\n", listener.Addr())
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	case <-ended:
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(ending)
}
