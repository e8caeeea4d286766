package main

import (
	"context"
	"strings"
)

func cutCommand(line string) (name, arg string, ok bool) {
	line = strings.TrimSpace(line)
	line = strings.Replace(line, "：", ":", 1)
	name, arg, _ = strings.Cut(line, " ")
	return name, strings.TrimSpace(arg), strings.HasPrefix(name, ":")
}

func (t *talk) command(ctx context.Context, name, arg string) (string, bool, error) {
	switch name {
	case ":quit":
		return "Bye.", true, nil
	case ":why":
		return t.last.Trace.String(), false, nil
	}
	return "?", false, nil
}

func completions(line string) []string { return nil }
