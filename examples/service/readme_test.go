package main

import (
	"context"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("service.update", false, "rewrite the answers in the READMEs")

// A block is a shell block of a README with the answers behind it, if it has any.
var block = regexp.MustCompile("(?s)```sh\n(.*?)```\n(?:\n```json\n(.*?)```\n)?")

// varies is what differs from run to run.
var varies = regexp.MustCompile(`"(at|away|bytes)":("[^"]*"|\d+)`)

// TestReadmes runs the commands of the READMEs, and compares their answers. After
// a change that is meant, run it with -service.update.
func TestReadmes(t *testing.T) {
	for _, name := range []string{"README.md", "README.zh.md"} {
		t.Run(name, func(t *testing.T) {
			name, err := filepath.Abs(name) // the commands have a folder of their own
			if err != nil {
				t.Fatal(err)
			}
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			r := &reader{t: t, dir: t.TempDir(), updated: string(text)}
			defer r.stop()
			blocks := block.FindAllStringSubmatch(string(text), -1)
			if len(blocks) < 7 {
				t.Fatalf("it has %d blocks of commands", len(blocks))
			}
			for _, b := range blocks {
				r.block(b[0], b[1], b[2])
			}
			if *update {
				if err := os.WriteFile(name, []byte(r.updated), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// A reader does what a README says.
type reader struct {
	t       *testing.T
	dir     string
	updated string

	url   string // of the service at port 8080
	close context.CancelFunc
	ended <-chan error
}

func (r *reader) stop() {
	if r.close == nil {
		return
	}
	r.close()
	if err := wait(r.t, r.ended); err != nil {
		r.t.Error(err)
	}
	r.close = nil
}

// block runs the commands of a block.
func (r *reader) block(whole, commands, answers string) {
	var got strings.Builder
	replace := strings.NewReplacer()
	for line := range strings.Lines(commands) {
		line, _, _ = strings.Cut(strings.TrimSpace(line), "  #")
		switch command := strings.Fields(line)[0]; {
		case command == "curl":
			if r.close == nil {
				r.start()
			}
			got.WriteString(r.shell(replace.Replace(strings.ReplaceAll(line, "127.0.0.1:8080", strings.TrimPrefix(r.url, "http://")))))
		case command == "kill":
			r.stop()
		case command == "echo":
			r.shell(line)
		case command == "export":
			place := os.Getenv("SLOTGRAPH_POSTGRES")
			if place == "" {
				r.t.Log("set SLOTGRAPH_POSTGRES to the URL of a server to try the replicas")
				return
			}
			replace = r.replicas(place)
		case strings.HasPrefix(line, "go run ./examples/service"):
			r.parse(strings.Fields(strings.TrimSuffix(line, "&"))[3:])
		default:
			r.t.Errorf("nobody runs %q", line)
		}
	}
	if *update && answers+got.String() != "" {
		r.updated = strings.Replace(r.updated, whole, "```sh\n"+commands+"```\n\n```json\n"+strings.TrimSpace(got.String())+"\n```\n", 1)
	} else if varies.ReplaceAllString(strings.TrimSpace(got.String()), "$1") != varies.ReplaceAllString(strings.TrimSpace(answers), "$1") {
		r.t.Errorf("%sanswers\n%s\nwant (-service.update writes it)\n%s", commands, got.String(), answers)
	}
}

// start starts the service, with what it has kept.
func (r *reader) start() {
	r.url, _, r.close, r.ended = start(r.t, func(c *config) { c.store, c.limits = filepath.Join(r.dir, "service.db"), limits })
}

// replicas starts two services on a database, in the place of the ports 8081 and
// 8082. What is kept of the user there goes when the test ends.
func (r *reader) replicas(place string) *strings.Replacer {
	var addresses [2]string
	for i := range addresses {
		addresses[i] = strings.TrimPrefix(serveTest(r.t, func(c *config) { c.store = place }).url, "http://")
	}
	user := "http://" + addresses[0] + "/v1/users/bo"
	ask(r.t, "DELETE", user, "") // of a test that was stopped
	r.t.Cleanup(func() { ask(r.t, "DELETE", user, "") })
	return strings.NewReplacer("127.0.0.1:8081", addresses[0], "127.0.0.1:8082", addresses[1])
}

// shell runs a command in the reader's folder.
func (r *reader) shell(line string) string {
	for _, program := range []string{"sh", "curl", "openssl"} {
		if _, err := exec.LookPath(program); err != nil && strings.Contains("sh "+line, program) {
			r.t.Skipf("there is no %s", program)
		}
	}
	cmd := exec.CommandContext(r.t.Context(), "sh", "-c", line)
	cmd.Dir = r.dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Errorf("%s: %v\n%s", line, err, out)
	}
	return string(out)
}

// parse has the command line read its arguments in the reader's folder.
func (r *reader) parse(args []string) {
	r.t.Chdir(r.dir)
	if _, err := parse(args, func(string) string { return "" }, io.Discard); err != nil {
		r.t.Errorf("%q: %v", args, err)
	}
}

// The READMEs have the same commands, tables and headings.
func TestReadmesAgree(t *testing.T) {
	var of [2][]string
	for i, name := range []string{"README.md", "README.zh.md"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range block.FindAllStringSubmatch(string(text), -1) {
			for line := range strings.Lines(m[1]) {
				line, _, _ = strings.Cut(line, "  #")
				of[i] = append(of[i], strings.TrimSpace(line))
			}
		}
		of[i] = append(of[i], regexp.MustCompile("(?m)^##|^\\| [`0-9]").FindAllString(string(text), -1)...)
	}
	if !slices.Equal(of[0], of[1]) {
		t.Errorf("they differ:\n%q\n%q", of[0], of[1])
	}
}
