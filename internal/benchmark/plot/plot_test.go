package plot

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
)

func TestChart(t *testing.T) {
	c := Chart{
		Title: "a & b", Description: "0 1\n10 3\n",
		X:     Axis{Label: "x < y", Hi: 10, Marks: Marks(0, 10, 5, "%.0f")},
		Y:     Axis{Label: "y", Hi: 4, Marks: Marks(0, 4, 2, "%.1f")},
		Lines: []Line{{Name: "upper", Colour: Blue, Points: []Point{{0, 4}, {10, 2}}}, {Name: "lower", Colour: Orange, Points: []Point{{0, 1}, {10, 0}}, Values: "%.2f"}},
	}
	svg := c.SVG()
	for _, want := range []string{"M84.0 56.0L670.0 198.0", "M84.0 269.0L670.0 340.0", ">1.00<", "a &amp; b", "x &lt; y", ">upper<", "0 1\n10 3\n", ">2.0<", ">5<"} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("%q is not in\n%s", want, svg)
		}
	}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatalf("the picture is no XML: %v", err)
		}
	}
}

func TestStep(t *testing.T) {
	var got []float64
	for _, hi := range []float64{1, 3, 9, 60, 150, 300} {
		got = append(got, Step(hi))
	}
	if want := []float64{0.2, 0.5, 1, 10, 20, 50}; !slices.Equal(got, want) {
		t.Errorf("steps are %v, want %v", got, want)
	}
}
