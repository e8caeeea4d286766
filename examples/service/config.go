package main

import (
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst/session"
	"github.com/slotgraph/slotgraph/examples/shop/store"
	"github.com/slotgraph/slotgraph/recommend"
)

// A config is what the command line and the environment say, and what a program
// of one's own would set here.
type config struct {
	addr      string
	store     string // see openStore
	tokens    tokens
	keys      *session.Keyring
	rekey     bool
	keepText  bool
	telemetry bool
	daemon    bool
	turn      time.Duration // for a turn, or any other request, after which it is given up
	grace     time.Duration // for turns in flight, when it stops

	files  fs.FS               // what is sold
	model  recommend.Generator // words the answers; nil: the template does
	limits session.Limits      // of each tenant
}

// limits are those of each tenant; see README.md.
var limits = session.Limits{
	Message: 4000,
	Session: session.Quota{Turns: 1, Burst: 5, Waiting: 3, Tokens: 50_000},
	Tenant:  session.Quota{Turns: 50, Burst: 100, Waiting: 200, Tokens: 5_000_000},
}

// parse reads the command line. The store's URL, which may hold a password, and
// what is secret may come from the environment instead, where ps does not show it.
func parse(args []string, getenv func(string) string, stderr io.Writer) (config, error) {
	cfg := config{files: store.Demo(), limits: limits}
	flags := flag.NewFlagSet("service", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.StringVar(&cfg.addr, "addr", "127.0.0.1:0", "listen at this `address`; port 0 is any free one; other machines need -tokens")
	flags.StringVar(&cfg.store, "store", getenv("SERVICE_STORE"), "keep conversations in this `place`: a file, postgres://…, redis://… or memory; $SERVICE_STORE, or service.db, by default")
	tokenFile := flags.String("tokens", "", "the `file` of the tenants' tokens, a line each: tenant token; or $SERVICE_TOKENS has the lines")
	keyFile := flags.String("keys", "", "the `file` of the keys that seal what is kept, a line each: name base64, the current first; or $SERVICE_KEYS has the lines")
	flags.BoolVar(&cfg.rekey, "rekey", false, "seal all that is kept with the current key, then serve")
	dir := flags.String("data", "", "sell what the files in this `folder` describe instead of the demo's")
	flags.BoolVar(&cfg.keepText, "keep-text", false, "keep what customers write, without what is personal, to learn from")
	flags.BoolVar(&cfg.telemetry, "telemetry", false, "write OpenTelemetry's spans and metrics to standard output")
	flags.BoolVar(&cfg.daemon, "daemon", false, "go on when the input has ended")
	flags.DurationVar(&cfg.turn, "turn", 20*time.Second, "give up a turn, or any other request, after this `time`")
	flags.DurationVar(&cfg.grace, "grace", 25*time.Second, "wait so long for turns in flight when stopping")
	if err := flags.Parse(args); err != nil {
		return cfg, err
	}
	if flags.NArg() > 0 {
		return cfg, fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if cfg.store == "" {
		cfg.store = "service.db"
	}
	if *dir != "" {
		cfg.files = os.DirFS(*dir)
	}
	err := readLines(*tokenFile, getenv("SERVICE_TOKENS"), cfg.tokens.add)
	if err != nil {
		return cfg, fmt.Errorf("reading the tokens: %w", err)
	}
	if cfg.keys, err = readKeys(*keyFile, getenv("SERVICE_KEYS")); err != nil {
		return cfg, fmt.Errorf("reading the keys: %w", err)
	}
	return cfg, cfg.check()
}

// check refuses what would be open to everybody.
func (c config) check() error {
	host, _, err := net.SplitHostPort(c.addr)
	if err != nil {
		return fmt.Errorf("-addr: %w", err)
	}
	if len(c.tokens.of) == 0 && !loopback(host) {
		return fmt.Errorf("-addr %s is open to other machines: that needs -tokens, a file with a line for each tenant, its name and a random token", c.addr)
	}
	if c.rekey && c.keys == nil {
		return errors.New("-rekey needs -keys")
	}
	return nil
}

// loopback reports whether a host is this machine alone.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// readKeys makes the keyring, nil where there are no keys. The key named "users"
// hashes names of users, see session.KeyringOptions; it never changes.
func readKeys(file, lines string) (*session.Keyring, error) {
	var secrets []session.Secret
	var opts session.KeyringOptions
	err := readLines(file, lines, func(name, value string) error {
		key, err := base64.StdEncoding.DecodeString(value)
		switch {
		case err != nil || len(key) != 32:
			return fmt.Errorf("the key %q is not the base64 of 32 bytes", name)
		case name == "users":
			opts.Users = key
		default:
			secrets = append(secrets, session.Secret{Name: name, Key: key})
		}
		return nil
	})
	if err != nil || len(secrets) == 0 && opts.Users == nil {
		return nil, err
	}
	return session.NewKeyring(&opts, secrets...)
}

// readLines reads "name value" from each line that is not empty and does not
// begin with #. Errors do not repeat values.
func readLines(file, lines string, add func(name, value string) error) error {
	if file != "" {
		b, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		lines = string(b)
	}
	n := 0
	for line := range strings.Lines(lines) {
		n++
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 2 {
			return fmt.Errorf("line %d has %d words, and needs 2: a name and a value", n, len(fields))
		}
		if err := add(fields[0], fields[1]); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return nil
}
