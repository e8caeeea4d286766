package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/peterh/liner"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend"
)

// A talk is one conversation. All that the bot remembers of it is the state.
type talk struct {
	shop  *store.Shop
	state dst.State
	last  recommend.Reply
	lang  string // of the last answer, "en" or "zh"

	folder string // where pictures go that were given no file; made when it is needed
}

// hear answers one line of the customer, a message or a command. done says
// that the customer left.
func (t *talk) hear(ctx context.Context, line string) (answer string, done bool, err error) {
	if name, arg, ok := cutCommand(line); ok {
		answer, err = t.command(ctx, name, arg)
		return answer, name == quit, err
	}
	reply, state, err := t.shop.Agent.Reply(ctx, t.state, line)
	if err != nil {
		return "", false, err
	}
	t.state, t.last, t.lang = state, reply, reply.Lang
	return reply.Text, false, nil
}

// maxLine bounds a line of a script or pipe. It leaves room beyond what the
// agent reads, so that it is the agent who answers a message that is too long.
const maxLine = 1 << 20

// replay reads the customer's lines and writes the conversation. Blank lines
// and those that begin with # are skipped.
func (t *talk) replay(ctx context.Context, in io.Reader, out io.Writer) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		line := strings.TrimSpace(strings.ToValidUTF8(lines.Text(), "\ufffd"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		answer, done, err := t.hear(ctx, line)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "you: %s\nshop: %s\n", clip(line), indent(answer)); err != nil {
			return err
		}
		if done {
			return nil
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading the customer's lines: %w", err)
	}
	return ctx.Err()
}

// interactive talks with a person at a terminal until they leave.
func (t *talk) interactive(ctx context.Context, out io.Writer) error {
	term := liner.NewLiner()
	defer term.Close()
	term.SetCtrlCAborts(true)
	term.SetCompleter(completions)
	loadHistory(term)
	defer saveHistory(term)
	fmt.Fprintln(out, greeting)
	for {
		line, err := prompt(ctx, term)
		switch {
		case errors.Is(err, io.EOF) || errors.Is(err, liner.ErrPromptAborted) || ctx.Err() != nil:
			fmt.Fprintln(out)
			line = quit
		case err != nil:
			return fmt.Errorf("reading from the terminal: %w", err)
		case strings.TrimSpace(line) != "":
			term.AppendHistory(line)
		}
		answer, done, err := t.hear(ctx, line)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "shop: %s\n", indent(answer))
		if done {
			return nil
		}
	}
}

// prompt reads a line, or returns the context's error: where the terminal
// cannot edit lines, Ctrl-C comes as a signal and not from liner.
func prompt(ctx context.Context, term *liner.State) (string, error) {
	type typed struct {
		line string
		err  error
	}
	read := make(chan typed, 1)
	go func() {
		line, err := term.Prompt("you: ")
		read <- typed{line, err}
	}()
	select {
	case x := <-read:
		return x.line, x.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

const greeting = "Ask for a phone, a laptop, a tablet or an accessory. :help lists commands, :quit leaves.\n" +
	"想买手机、笔记本、平板或配件，直接说就行。:help 查看命令，:quit 离开。"

// historyPath is where what was typed is kept between conversations. A
// terminal without it works just as well, so its errors are let go.
func historyPath() (string, error) {
	dir, err := os.UserCacheDir()
	return filepath.Join(dir, "slotgraph-shop-history"), err
}

func loadHistory(term *liner.State) {
	if path, err := historyPath(); err == nil {
		if f, err := os.Open(path); err == nil {
			_, _ = term.ReadHistory(f)
			f.Close()
		}
	}
}

func saveHistory(term *liner.State) {
	if path, err := historyPath(); err == nil {
		if f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600); err == nil {
			_, _ = term.WriteHistory(f)
			f.Close()
		}
	}
}

// indent puts the further lines of an answer under its first.
func indent(answer string) string {
	return strings.ReplaceAll(answer, "\n", "\n      ")
}

// clip makes a line fit to be shown: without the control characters that would
// reach the terminal, and cut where nobody would want to read it again.
func clip(line string) string {
	const most = 200
	line = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return unicode.ReplacementChar
		}
		return r
	}, line)
	if r := []rune(line); len(r) > most {
		return string(r[:most]) + "…"
	}
	return line
}
