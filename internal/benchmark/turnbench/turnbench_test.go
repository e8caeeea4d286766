package turnbench

import (
	"bytes"
	"context"
	"flag"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/slotgraph/slotgraph/dst"
)

var productsFlag = flag.Int("turnbench.products", 10_000, "size of the catalogue of the benchmarks")

func TestRun(t *testing.T) {
	var out, conversations bytes.Buffer
	if err := Run(context.Background(), []string{"-products", "500", "-time", "100ms", "-show"}, &out, &conversations); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(out.String()) {
		if !regexp.MustCompile(`^[a-z0-9_]+ [0-9.]*[1-9][0-9.]*\n$`).MatchString(line) {
			t.Errorf("line %q is no name with a value above zero", line)
		}
	}
	if n := strings.Count(out.String(), "\n"); n != 13 {
		t.Errorf("%d figures, want 13:\n%s", n, out.String())
	}
	if s := conversations.String(); !strings.Contains(s, "> 换一个") || strings.Contains(s, "{") {
		t.Errorf("conversations are\n%s", s)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{"-products", "5"}, {"-time", "0s"}, {"x"}, {"-nothing"}} {
		if err := Run(context.Background(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Run(ctx, []string{"-products", "500"}, io.Discard, io.Discard); err == nil {
		t.Error("no error with a cancelled context")
	}
}

func BenchmarkTurn(b *testing.B) {
	ctx := context.Background()
	graph, agent, err := openShop(ctx, *productsFlag)
	if err != nil {
		b.Fatal(err)
	}
	defer graph.Close()
	said, err := talks(ctx, graph, conversations)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for n := 0; n < b.N; {
		for _, talk := range said {
			var state dst.State
			for _, text := range talk {
				if n++; n > b.N {
					return
				}
				if _, state, err = agent.Reply(ctx, state, text); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}
