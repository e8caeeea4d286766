package sessionbench

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

type arguments struct {
	stores     []string
	required   bool // the stores were asked for by name
	redis      string
	postgres   string
	concurrent []int
	sessions   int
	seconds    float64
	seed       uint64
	soak       time.Duration
	out        string
	keys       bool
}

// The stores, in the order in which they are measured.
var storeNames = []string{"memory", "bolt", "redis", "postgres"}

func parse(args []string, stderr io.Writer) (a arguments, err error) {
	var stores, concurrent string
	set := flag.NewFlagSet("sessions", flag.ContinueOnError)
	set.SetOutput(stderr)
	set.StringVar(&stores, "store", "", "`stores`, of "+strings.Join(storeNames, ",")+" (default memory and bolt, and the servers whose addresses are known and that can be reached)")
	set.StringVar(&a.redis, "redis", os.Getenv("SLOTGRAPH_REDIS"), "`URL` of a Redis server for tests; its keys that begin with slotgraph-benchmark: are deleted (default $SLOTGRAPH_REDIS)")
	set.StringVar(&a.postgres, "postgres", os.Getenv("SLOTGRAPH_POSTGRES"), "`URL` of a PostgreSQL database for tests; its schema slotgraph_benchmark is emptied (default $SLOTGRAPH_POSTGRES)")
	set.StringVar(&concurrent, "concurrent", "1,16,256", "`numbers` of conversations that are spoken in at once")
	set.IntVar(&a.sessions, "sessions", 100_000, "`number` of conversations that are open, ten turns old")
	set.Float64Var(&a.seconds, "seconds", 5, "`seconds` of each measurement of turns")
	set.Uint64Var(&a.seed, "seed", 1, "`number` that what customers say follows from")
	set.DurationVar(&a.soak, "soak", time.Minute, "`duration` of the soak of the first store; 0 is none")
	set.StringVar(&a.out, "out", "", "`file` for the plot of the soak, SVG")
	set.BoolVar(&a.keys, "keys", false, "seal records and logs")
	if err := set.Parse(args); err != nil {
		return a, err
	}
	if set.NArg() > 0 {
		return a, fmt.Errorf("unexpected argument %q", set.Arg(0))
	}
	if a.concurrent, err = numbers(concurrent); err != nil {
		return a, err
	}
	if err := a.choose(stores); err != nil {
		return a, err
	}
	return a, a.check()
}

// numbers reads the list of -concurrent.
func numbers(list string) (out []int, err error) {
	for _, s := range strings.Split(list, ",") {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > 10_000 {
			return nil, fmt.Errorf("-concurrent: %q: want numbers from 1 to 10000, with commas between them", s)
		}
		out = append(out, n)
	}
	return out, nil
}

// choose reads the list of -store.
func (a *arguments) choose(list string) error {
	known := map[string]bool{"memory": true, "bolt": true, "redis": a.redis != "", "postgres": a.postgres != ""}
	a.required = list != ""
	for _, name := range strings.Split(cmp.Or(list, strings.Join(storeNames, ",")), ",") {
		there, ok := known[name]
		switch {
		case !ok:
			return fmt.Errorf("-store: there is no store %q; the stores are %s", name, strings.Join(storeNames, ", "))
		case !there && a.required:
			return fmt.Errorf("-store %s: give the address of the server with -%[1]s, or in SLOTGRAPH_%s", name, strings.ToUpper(name))
		case there && !slices.Contains(a.stores, name):
			a.stores = append(a.stores, name)
		}
	}
	return nil
}

func (a *arguments) check() error {
	switch {
	case a.sessions < slices.Max(a.concurrent) || a.sessions > 10_000_000:
		return fmt.Errorf("-sessions %d: want 1 to 10000000, and as many as are spoken in at once", a.sessions)
	case !(a.seconds > 0 && a.seconds <= 3600):
		return fmt.Errorf("-seconds %v: want more than nothing, and an hour at most", a.seconds)
	case a.soak < 0 || a.soak > 0 && a.soak < soakSamples*time.Millisecond:
		return fmt.Errorf("-soak %s: want %d ms at least, or 0", a.soak, soakSamples)
	case a.out != "" && a.soak == 0:
		return errors.New("-out is the plot of the soak, and -soak is 0")
	}
	return nil
}
