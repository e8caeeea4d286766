// Command shop is a customer service bot for a shop of phones, laptops,
// tablets and accessories, in English and Chinese. It talks in the terminal:
//
//	go run ./examples/shop                      a conversation
//	go run ./examples/shop -script talk.txt     replays one, a customer's line each
//	echo "有黑色的手机吗" | go run ./examples/shop    reads a pipe likewise
//	go run ./examples/shop -data my-shop        sells other things
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"

	"github.com/slotgraph/slotgraph/examples/shop/store"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is the command. It returns the exit status: 1 where something failed, 2
// where the command line is wrong.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("shop", flag.ContinueOnError)
	flags.SetOutput(stderr)
	script := flags.String("script", "", "replay the customer's lines in this `file`")
	dir := flags.String("data", "", "sell what the files in this `folder` describe instead of the demo's")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	case flags.NArg() > 0:
		fmt.Fprintf(stderr, "shop: unexpected argument %q; did you mean -script %s?\n", flags.Arg(0), flags.Arg(0))
		return 2
	}
	files := store.Demo()
	if *dir != "" {
		files = os.DirFS(*dir)
	}
	if err := converse(ctx, files, *script, stdin, stdout); err != nil {
		fmt.Fprintf(stderr, "shop: %v\n", err)
		return 1
	}
	return 0
}

// converse holds one conversation with a script, a pipe or a person.
func converse(ctx context.Context, files fs.FS, script string, stdin io.Reader, stdout io.Writer) error {
	if script != "" {
		lines, err := os.ReadFile(script)
		if err != nil {
			return fmt.Errorf("reading the script: %w", err)
		}
		stdin = bytes.NewReader(lines)
	}
	s, err := store.Open(ctx, files)
	if err != nil {
		return fmt.Errorf("opening the shop: %w", err)
	}
	defer s.Graph.Close()
	t := &talk{shop: s, lang: "en"}
	if script == "" && isTerminal(stdin) {
		return t.interactive(ctx, stdout)
	}
	return t.replay(ctx, stdin, stdout)
}

func isTerminal(r io.Reader) bool {
	f, ok := r.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
