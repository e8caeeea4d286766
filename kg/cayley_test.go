package kg

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cayleygraph/cayley/graph"
	"github.com/cayleygraph/cayley/graph/graphtest"
)

// TestCayleySuite runs the tests that cayley has for its own stores.
func TestCayleySuite(t *testing.T) {
	// One of them reads a file beside cayley's source.
	t.Chdir(cayleyTestData(t))
	for _, least := range []int{0, 1 << 30} { // applying each batch, and compiling each
		t.Run(map[int]string{0: "applied", 1 << 30: "compiled"}[least], func(t *testing.T) {
			graphtest.TestAll(t, func(t testing.TB) (graph.QuadStore, graph.Options, func()) {
				g, err := New(nil)
				if err != nil {
					t.Fatal(err)
				}
				g.compileLeast = least
				return g.QuadStore(), nil, func() {
					checkLayout(t.(fatal), g.snap.Load())
					if err := g.Close(); err != nil {
						t.Error(err)
					}
				}
			}, &graphtest.Config{})
		})
	}
}

// cayleyTestData returns a folder from which ../../../../data is that of
// cayley's source.
func cayleyTestData(t *testing.T) string {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/cayleygraph/cayley").Output()
	if err != nil {
		t.Skipf("cayley's test data is found with the go command: %v", err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(out)), "data", "testdata.nq"))
	if err != nil {
		t.Skipf("cayley's test data: %v", err)
	}
	root := t.TempDir()
	deep := filepath.Join(root, "a", "b", "c", "d")
	for _, dir := range []string{filepath.Join(root, "data"), deep} {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(root, "data", "testdata.nq"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	return deep
}
