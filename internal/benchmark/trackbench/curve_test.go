package trackbench

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// taxiFolder is a small SGD whose dev split has so many dialogues on a service
// that train does not have, besides those of sgdFolder, which has others.
func taxiFolder(t *testing.T, dialogues int) string {
	t.Helper()
	dir := sgdFolder(t)
	var all []string
	for i := range dialogues {
		city := []string{"Rome", "Paris", "Lima"}[i%3]
		all = append(all, fmt.Sprintf(`{"dialogue_id":"t%d","turns":[{"speaker":"USER","utterance":"a cab, and I name %s","frames":[
			{"service":"T","state":{"active_intent":"NONE","requested_slots":[],"slot_values":{"to":["%[2]s"]}}}]}]}`, i, city))
	}
	write(t, filepath.Join(dir, "dev", "dialogues_003.json"), "["+strings.Join(all, ",")+"]")
	return dir
}

func TestCurve(t *testing.T) {
	dir := taxiFolder(t, 18)
	picture := filepath.Join(t.TempDir(), "c.svg")
	var first []byte
	for _, jobs := range []string{"1", "3"} { // the same, however many at once
		var stdout bytes.Buffer
		if err := Curve(context.Background(), []string{"-sgd", dir, "-weights", "none", "-jobs", jobs, "-out", picture}, &stdout, io.Discard); err != nil {
			t.Fatal(err)
		}
		rows := strings.Split(strings.TrimSpace(stdout.String()), "\n")
		if len(rows) != 5 || rows[0] != "dialogues jga_without jga_with" || rows[1] != "0 0.0000 0.0000" || rows[4] != "12 1.0000 1.0000" {
			t.Errorf("-jobs %s:\n%s", jobs, stdout.String())
		}
		b, err := os.ReadFile(picture)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(b), stdout.String()) {
			t.Errorf("the picture does not describe what was measured:\n%s", b)
		}
		if first == nil {
			first = b
		} else if !bytes.Equal(first, b) {
			t.Error("the picture differs from one run to the next")
		}
	}
	for d := xml.NewDecoder(bytes.NewReader(first)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v\n%s", err, first)
		}
	}
}

func TestCurveSteps(t *testing.T) {
	for dialogues, want := range map[int][]int{6: {0, 4}, 9: {0, 5, 6}, 18: {0, 5, 10, 12}, 456: {0, 5, 10, 20, 50, 100, 200, 304}} {
		if got := curveSteps(dialogues); !slices.Equal(got, want) {
			t.Errorf("%d dialogues: %v, want %v", dialogues, got, want)
		}
	}
}

func TestCurveErrors(t *testing.T) {
	dir := taxiFolder(t, 4)
	for _, c := range []struct {
		args []string
		part string
	}{
		{nil, "-sgd is required"},
		{[]string{"-sgd", dir}, "has 4 dialogues"},
		{[]string{"-sgd", dir, "-split", "test"}, "no dialogues"},
		{[]string{"-sgd", dir, "-jobs", "0"}, "-jobs"},
		{[]string{"-sgd", dir, "-limit", "5"}, "-limit"},
		{[]string{"-sgd", dir, "-weights", "nowhere"}, "-weights"},
		{[]string{"-sgd", dir, "more"}, "more"},
		{[]string{"-sgd", taxiFolder(t, 6), "-out", filepath.Join(dir, "no", "c.svg")}, "c.svg"},
	} {
		err := Curve(context.Background(), c.args, io.Discard, io.Discard)
		if err == nil || !strings.Contains(err.Error(), c.part) {
			t.Errorf("%v: error %v does not say %q", c.args, err, c.part)
		}
	}
}
