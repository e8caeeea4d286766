package sessionbench

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// values runs the command and reads what it prints.
func values(t *testing.T, args ...string) map[string]float64 {
	t.Helper()
	var stdout, stderr bytes.Buffer
	if err := Run(t.Context(), args, &stdout, &stderr); err != nil {
		t.Fatal(err)
	}
	if stderr.Len() > 0 {
		t.Errorf("on standard error stands %q", stderr.String())
	}
	out := map[string]float64{}
	for line := range strings.Lines(stdout.String()) {
		m := regexp.MustCompile(`^([a-z0-9_]+) ([0-9.]+)\n$`).FindStringSubmatch(line)
		if m == nil {
			t.Fatalf("line %q is no name with a value", line)
		}
		v, err := strconv.ParseFloat(m[2], 64)
		if _, twice := out[m[1]]; twice || err != nil {
			t.Errorf("line %q: %v", line, err)
		}
		out[m[1]] = v
	}
	return out
}

func TestRun(t *testing.T) {
	picture := filepath.Join(t.TempDir(), "soak.svg")
	for _, keys := range []string{"-keys=false", "-keys"} {
		got := values(t, "-store", "memory,bolt", "-concurrent", "1,8", "-sessions", "64", "-seconds", "0.1", "-soak", "300ms", "-out", picture, keys)
		for _, name := range []string{"memory", "bolt", "tracker_alone", "json_map", "bbolt_update"} {
			for _, column := range []string{"turns_per_second", "us_p50", "us_p95", "us_p99", "us_max", "allocs_per_turn", "bytes_per_turn", "tracker_share"} {
				for _, n := range []string{"1", "8"} {
					v, ok := got[name+"_"+column+"_"+n]
					if !ok || v <= 0 && column != "tracker_share" || column == "tracker_share" && v > 1 { // which may be next to nothing
						t.Errorf("%s_%s_%s is %v", name, column, n, v)
					}
				}
			}
			if p50, p99, most := got[name+"_us_p50_8"], got[name+"_us_p99_8"], got[name+"_us_max_8"]; p50 > p99 || p99 > most {
				t.Errorf("%s: of the times, half are within %v, all but a hundredth within %v, and all within %v", name, p50, p99, most)
			}
		}
		for _, name := range []string{"memory_of_tracker_alone_8", "memory_of_json_map_1", "bolt_of_bbolt_update_8", "bolt_file_bytes_per_session",
			"open_turns_per_second", "heap_bytes_per_session", "json_state_bytes", "stored_log_bytes", "soak_turns", "soak_heap_growth"} {
			if got[name] <= 0 {
				t.Errorf("%s is %v", name, got[name])
			}
		}
		if got["slots_per_session"] != 10 || got["entries_per_session"] != 10 || got["stored_record_bytes_max"] > 1024 || got["stored_record_bytes"] < 200 {
			t.Errorf("a record has %v bytes, and %v at most", got["stored_record_bytes"], got["stored_record_bytes_max"])
		}
		checkPicture(t, picture)
	}
}

func checkPicture(t *testing.T, path string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for d := xml.NewDecoder(bytes.NewReader(b)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v\n%s", err, b)
		}
	}
}

// The servers are measured where there are some.
func TestRunServers(t *testing.T) {
	for _, name := range []string{"redis", "postgres"} {
		if os.Getenv("SLOTGRAPH_"+strings.ToUpper(name)) == "" {
			t.Logf("SLOTGRAPH_%s is not set: %[1]s is not tried", strings.ToUpper(name))
			continue
		}
		got := values(t, "-store", name, "-concurrent", "4", "-sessions", "16", "-seconds", "0.1", "-soak", "100ms")
		if got[name+"_turns_per_second_4"] <= 0 || got["soak_turns"] <= 0 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	t.Setenv("SLOTGRAPH_REDIS", "")
	t.Setenv("SLOTGRAPH_POSTGRES", "")
	for _, c := range []struct{ part, args string }{
		{"unexpected", "x"}, {"-nothing", "-nothing"}, {`no store "disk"`, "-store disk"}, {"SLOTGRAPH_REDIS", "-store redis"},
		{"-concurrent", "-concurrent 0"}, {"-concurrent", "-concurrent 1,x"}, {"-sessions", "-sessions 10"}, {"-sessions", "-sessions 99000000"},
		{"-seconds", "-seconds 0"}, {"-seconds", "-seconds NaN"}, {"-soak", "-soak 1ms"}, {"-out", "-out x.svg -soak 0"},
		{"redis", "-store redis -redis redis://127.0.0.1:1/0 -sessions 1 -concurrent 1 -seconds 0.01 -soak 0"},
		{"plot", "-store memory -sessions 1 -concurrent 1 -seconds 0.01 -soak 60ms -out " + t.TempDir()},
	} {
		if err := Run(t.Context(), strings.Fields(c.args), io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%q: the error is %v, and does not say %q", c.args, err, c.part)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Run(ctx, nil, io.Discard, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("with a cancelled context the error is %v", err)
	}
}

// A server that was not asked for by name is left out where it is not there.
func TestRunLeavesOut(t *testing.T) {
	t.Setenv("SLOTGRAPH_REDIS", "redis://127.0.0.1:1/0")
	t.Setenv("SLOTGRAPH_POSTGRES", "")
	var stdout, stderr bytes.Buffer
	err := Run(t.Context(), []string{"-sessions", "4", "-concurrent", "1", "-seconds", "0.02", "-soak", "0"}, &stdout, &stderr)
	if err != nil || !strings.Contains(stderr.String(), "redis is left out") || !strings.Contains(stdout.String(), "\nbolt_turns_per_second_1 ") {
		t.Errorf("error %v\n%s%s", err, stdout.String(), stderr.String())
	}
}

func TestSpans(t *testing.T) {
	var s, other spans
	for i := range 1000 {
		s.add(time.Duration(i+1) * time.Microsecond)
		other.add(time.Duration(i+1001) * time.Microsecond)
	}
	s.merge(&other)
	for share, want := range map[float64]time.Duration{0.5: 1000 * time.Microsecond, 0.95: 1900 * time.Microsecond, 1: 2000 * time.Microsecond} {
		if got := s.quantile(share); got < want*98/100 || got > want*102/100 {
			t.Errorf("%v of them are within %v, want %v", share, got, want)
		}
	}
	for _, ns := range []uint64{0, 1, 31, 32, 33, 1000, 1e9, 1 << 62} {
		if got := uint64(middle(class(ns))); got < ns-ns/32 || got > ns+ns/32 {
			t.Errorf("%d stands for %d", got, ns)
		}
	}
}
