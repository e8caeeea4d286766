// Crosswoz is a Chinese travel guide to Beijing over the knowledge graph of
// CrossWOZ (Zhu et al. 2020, Apache-2.0), which is not part of this module:
//
//	go run ./examples/crosswoz -data DIR             talk with it
//	go run ./examples/crosswoz -data DIR -script F   let a file talk with it
//	go run ./examples/crosswoz -data DIR -replay 3   replay three real dialogues beside the wizard's answers
//
// DIR holds database/*_db.json and, for -replay, val.json or val.json.gz. In a
// conversation, :state shows what was understood so far and :why how the last
// answer came about.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/slotgraph/slotgraph/dst"
	"github.com/slotgraph/slotgraph/examples/crosswoz/guide"
	"github.com/slotgraph/slotgraph/recommend"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdin, os.Stdout); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "crosswoz:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdin io.Reader, stdout io.Writer) error {
	flags := flag.NewFlagSet("crosswoz", flag.ContinueOnError)
	data := flags.String("data", "../shared/data/crosswoz", "`folder` of CrossWOZ")
	script := flags.String("script", "", "`file` to read the user's lines from")
	replay := flags.Int("replay", 0, "`number` of dialogues to replay")
	split := flags.String("split", "val", "`split` that -replay takes them from")
	if err := flags.Parse(args); err != nil {
		return err
	}
	graph, err := guide.Load(ctx, *data)
	if err != nil {
		return err
	}
	defer graph.Close()
	agent, err := guide.New(ctx, graph)
	if err != nil {
		return err
	}
	if *replay > 0 {
		return replayDialogues(ctx, agent, *data, *split, *replay, stdout)
	}
	echo := *script != ""
	if echo {
		f, err := os.Open(*script)
		if err != nil {
			return err
		}
		defer f.Close()
		stdin = f
	}
	return talk(ctx, agent, stdin, stdout, echo)
}

// talk holds a conversation, one message a line; echo shows the user's lines.
func talk(ctx context.Context, agent *recommend.Agent, in io.Reader, out io.Writer, echo bool) error {
	var state dst.State
	var last recommend.Reply
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for prompt(out, echo); lines.Scan(); prompt(out, echo) {
		line := strings.TrimSpace(lines.Text())
		if echo {
			fmt.Fprintf(out, "用户：%s\n", line)
		}
		switch line {
		case "":
			continue
		case ":quit":
			return nil
		case ":state":
			for _, c := range state.Constraints {
				fmt.Fprintf(out, "  %s  (%q, turn %d)\n", dst.Act{Kind: dst.Inform, Slot: c.Slot, Op: c.Op, Value: c.Value}, c.Evidence.Text, c.Evidence.Turn)
			}
			continue
		case ":why":
			fmt.Fprintln(out, last.Trace)
			continue
		}
		reply, next, err := agent.Reply(ctx, state, line)
		if err != nil {
			return err
		}
		state, last = next, reply
		fmt.Fprintf(out, "向导：%s\n", reply.Text)
	}
	return lines.Err()
}

func prompt(out io.Writer, echo bool) {
	if !echo {
		fmt.Fprint(out, "> ")
	}
}

// replayDialogues answers real users in the conversations that they had with
// the wizard, and shows both answers.
func replayDialogues(ctx context.Context, agent *recommend.Agent, dir, split string, n int, out io.Writer) error {
	dialogues, err := guide.Dialogues(dir, split)
	if err != nil {
		return err
	}
	for _, d := range dialogues[:min(n, len(dialogues))] {
		fmt.Fprintf(out, "— %s %s\n", d.ID, d.Type)
		var state dst.State
		for i, t := range d.Turns {
			state = state.Said(t.System...)
			reply, _, err := agent.Reply(ctx, state, t.User)
			if err != nil {
				return err
			}
			if state, _, err = agent.Tracker().Update(ctx, state, dst.Turn{User: t.User}); err != nil {
				return err
			}
			fmt.Fprintf(out, "用户：%s\n向导：%s\n", t.User, reply.Text)
			if i+1 < len(d.Turns) {
				fmt.Fprintf(out, "真人：%s\n", d.Turns[i+1].SystemText)
			}
		}
	}
	return nil
}
