package trackbench

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var (
	readmeUpdate = flag.Bool("readme.update", false, "measure everything anew and rewrite the figures, the learning curve and the transcripts of the READMEs")
	readmeAll    = flag.Bool("readme.all", false, "check all figures of the READMEs but the learning curve, which takes a minute or two, not only the quick ones")
)

// repository is the root of the module, data the corpora beside it.
var (
	repository = filepath.Join("..", "..", "..")
	sgdData    = filepath.Join(repository, "..", "shared", "data", "sgd")
	curveFile  = filepath.Join(repository, "internal", "benchmark", "curve.svg")
)

// A measurement is a command whose figures stand in the READMEs as NAME.FIGURE.
// Where there are several argument lists, a figure is the mean over them.
type measurement struct {
	name  string
	quick bool // is done without -readme.all
	data  string
	run   func(ctx context.Context, args []string, stdout, stderr io.Writer) error
	args  [][]string
}

func measurements() []measurement {
	sgd := func(more ...string) []string { return append([]string{"-sgd", sgdData, "-split", "dev"}, more...) }
	sgdx := func(more ...string) (out [][]string) {
		for _, v := range []string{"v1", "v2", "v3", "v4", "v5"} {
			out = append(out, sgd(append([]string{"-sgdx", v}, more...)...))
		}
		return out
	}
	woz := func(more ...string) []string {
		return append([]string{"-crosswoz", crossWOZ, "-split", "val"}, more...)
	}
	return []measurement{
		{"crosswoz", true, crossWOZ, DST, [][]string{woz()}},
		{"answers", true, crossWOZ, Answers, [][]string{woz()}},
		{"gold", true, crossWOZ, Answers, [][]string{woz("-gold")}},
		{"folds", false, crossWOZ, DST, [][]string{woz("-folds", "2")}},
		{"sgd", false, sgdData, DST, [][]string{sgd()}},
		{"sgd-none", false, sgdData, DST, [][]string{sgd("-weights", "none")}},
		{"sgdx", false, sgdData, DST, sgdx()},
		{"sgdx-none", false, sgdData, DST, sgdx("-weights", "none")},
	}
}

// The figures of the READMEs come out of the commands. Speed is not compared:
// it is that of a machine. A comment above a table names the figures of its
// cells, row by row, the first column left out.
func TestReadmeFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the whole validation split")
	}
	figures := measured(t)
	if *readmeUpdate {
		var out bytes.Buffer
		if err := Curve(t.Context(), []string{"-sgd", sgdData, "-jobs", "2", "-out", curveFile}, &out, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	readCurve(t, figures)
	for _, name := range []string{"README.md", "README.zh.md"} {
		path := filepath.Join(repository, name)
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text, cells := figureTables(string(b), func(figure, cell string) string {
			want, ok := figures.form(figure)
			switch {
			case !ok && !known(figure):
				t.Errorf("%s: no command measures %s", name, figure)
			case ok && *readmeUpdate:
				return want
			case ok && !volatile(figure) && cell != want:
				t.Errorf("%s: %s is %s, and the table has %s; to measure anew: go test ./internal/benchmark/trackbench -v -run TestReadme -readme.update -timeout 1h", name, figure, want, cell)
			}
			return cell
		})
		if cells < 20 {
			t.Errorf("%s has only %d figures with a name", name, cells)
		}
		if *readmeUpdate {
			write(t, path, text)
		}
	}
}

// figureSet is figures by their names.
type figureSet map[string]float64

// measured runs the commands that are asked for.
func measured(t *testing.T) figureSet {
	figures := figureSet{}
	for _, m := range measurements() {
		if !m.quick && !*readmeAll && !*readmeUpdate {
			continue
		}
		if _, err := os.Stat(m.data); err != nil {
			if *readmeUpdate {
				t.Fatalf("no data at %s", m.data)
			}
			t.Logf("%s is not measured: no data at %s", m.name, m.data)
			continue
		}
		for _, args := range m.args {
			var out bytes.Buffer
			if err := m.run(t.Context(), args, &out, io.Discard); err != nil {
				t.Fatal(err)
			}
			for line := range strings.Lines(out.String()) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), " ")
				x, err := strconv.ParseFloat(value, 64)
				if err != nil {
					t.Fatalf("%s: %q: %v", m.name, line, err)
				}
				figures[m.name+"."+name] += x / float64(len(m.args))
			}
		}
	}
	return figures
}

// readCurve takes the figures of the learning curve from the description of the
// picture: curve.50.with, curve.50.without.
func readCurve(t *testing.T, figures figureSet) {
	b, err := os.ReadFile(curveFile)
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile(`(?m)^(\d+) (0\.\d+) (0\.\d+)$`).FindAllStringSubmatch(string(b), -1)
	if len(rows) < 5 {
		t.Fatalf("%s describes %d points", curveFile, len(rows))
	}
	for _, row := range rows {
		for i, line := range []string{"without", "with"} {
			if figures["curve."+row[1]+"."+line], err = strconv.ParseFloat(row[2+i], 64); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// known reports whether some command measures the figure, now or when it is
// asked for.
func known(figure string) bool {
	for _, m := range measurements() {
		if strings.HasPrefix(figure, m.name+".") {
			return true
		}
	}
	return false
}

// volatile reports whether a figure depends on the machine.
func volatile(figure string) bool {
	return strings.Contains(figure, "us_per_turn") || strings.Contains(figure, "allocs")
}

// form is a figure as it stands in the READMEs, if it was measured.
func (f figureSet) form(figure string) (string, bool) {
	x, ok := f[figure]
	if volatile(figure) {
		return strconv.FormatFloat(x, 'f', 0, 64), ok
	}
	return strconv.FormatFloat(x, 'f', 3, 64), ok
}

// figureTables passes each named cell of the tables through a function. It
// returns the text with what came back, and the number of cells.
func figureTables(text string, cell func(figure, cell string) string) (string, int) {
	n := 0
	marked := regexp.MustCompile(`(?s)<!-- figures\n(.*?)\n-->\n((?:\|[^\n]*\n)+)`)
	text = marked.ReplaceAllStringFunc(text, func(block string) string {
		m := marked.FindStringSubmatch(block)
		names, rows := strings.Split(m[1], "\n"), strings.SplitAfter(m[2], "\n")
		for i, line := range names {
			if i+2 >= len(rows) {
				break
			}
			cells := strings.Split(rows[i+2], "|") // head and rule come first
			for j, figure := range strings.Fields(line) {
				if figure != "-" && j+2 < len(cells) {
					cells[j+2] = " " + cell(figure, strings.TrimSpace(cells[j+2])) + " "
					n++
				}
			}
			rows[i+2] = strings.Join(cells, "|")
		}
		return fmt.Sprintf("<!-- figures\n%s\n-->\n%s", m[1], strings.Join(rows, ""))
	})
	return text, n
}
