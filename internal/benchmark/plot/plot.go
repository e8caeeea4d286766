// Package plot draws what benchmarks measure, as SVG pictures that are read on
// white and on black.
package plot

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"strings"
)

// The picture's measures, in its own units.
const (
	width, height          = 720, 400
	left, right, top, base = 64, 690, 56, 340
	inset                  = 20 // of the points from the ends of the horizontal axis
	legendWidth            = 320
)

// Colours that are told apart, and read, on white and on black.
const (
	ink    = "#7d8590"
	Blue   = "#2f81f7"
	Orange = "#d9822b"
)

// A Chart is lines over two axes. Its background is that of the page.
type Chart struct {
	Title       string
	Description string // the figures, for those who cannot see the picture
	X, Y        Axis
	Lines       []Line // two at most, the first one above the second
}

// An Axis is the scale of a chart in one direction.
type Axis struct {
	Label  string
	Lo, Hi float64 // the ends
	Marks  []Mark
	Scale  func(float64) float64 // nil: as it is. Otherwise the logarithm, say
}

// A Mark is a number that stands at an axis.
type Mark struct {
	At   float64
	Text string
}

// A Line joins points, the first of which is the leftmost.
type Line struct {
	Name   string
	Colour string
	Points []Point
	Values string // how the values of the first and the last point are written; then all points are seen
}

// A Point is a value of a line.
type Point struct{ X, Y float64 }

// Marks are marks at even distances, from lo to hi, with their numbers in a
// format.
func Marks(lo, hi, step float64, format string) (out []Mark) {
	for i := range int(math.Round((hi-lo)/step)) + 1 {
		v := lo + float64(i)*step
		out = append(out, Mark{v, fmt.Sprintf(format, v)})
	}
	return out
}

// Step is a distance of marks, one of 1, 2, 5, 10..., that makes four to ten of
// them below hi.
func Step(hi float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(hi)))
	switch n := hi / unit; {
	case n < 2:
		return unit / 5
	case n < 5:
		return unit / 2
	}
	return unit
}

// SVG is the picture.
func (c *Chart) SVG() []byte {
	p := &painter{chart: c}
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" font-family="system-ui, sans-serif" font-size="14" fill="%s">`+"\n", width, height, ink)
	fmt.Fprintf(p, "<title>%s</title>\n", html.EscapeString(c.Title))
	fmt.Fprintf(p, "<desc>\n%s</desc>\n", html.EscapeString(c.Description))
	p.axes()
	for i := range c.Lines {
		p.line(&c.Lines[len(c.Lines)-1-i])
	}
	for i, l := range c.Lines {
		p.legend(left+i*legendWidth, l.Colour, l.Name)
	}
	p.WriteString("</svg>\n")
	return p.Bytes()
}

// A painter draws a chart.
type painter struct {
	bytes.Buffer
	chart *Chart
}

// share is where a value is between the ends of the axis, from 0 to 1.
func (a *Axis) share(v float64) float64 {
	scale := a.Scale
	if scale == nil {
		scale = func(v float64) float64 { return v }
	}
	return (scale(v) - scale(a.Lo)) / max(scale(a.Hi)-scale(a.Lo), 1e-9)
}

func (p *painter) x(v float64) float64 {
	return left + inset + (right-left-2*inset)*p.chart.X.share(v)
}

func (p *painter) y(v float64) float64 { return base - (base-top)*p.chart.Y.share(v) }

func (p *painter) axes() {
	for _, m := range p.chart.Y.Marks {
		p.stroke(fmt.Sprintf("M%d %.1fH%d", left, p.y(m.At), right), ink, 1, 0.3)
		p.text(left-8, p.y(m.At)+5, "end", m.Text)
	}
	p.stroke(fmt.Sprintf("M%d %dV%d", left, top, base), ink, 1, 1)
	for _, m := range p.chart.X.Marks {
		p.stroke(fmt.Sprintf("M%.1f %dv5", p.x(m.At), base), ink, 1, 1)
		p.text(p.x(m.At), base+22, "middle", m.Text)
	}
	p.text((left+right)/2, base+46, "middle", p.chart.X.Label)
	fmt.Fprintf(p, `<text transform="translate(20 %d) rotate(-90)" text-anchor="middle">%s</text>`+"\n", (top+base)/2, html.EscapeString(p.chart.Y.Label))
}

func (p *painter) line(l *Line) {
	var path strings.Builder
	for i, at := range l.Points {
		step := "L"
		if i == 0 {
			step = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", step, p.x(at.X), p.y(at.Y))
	}
	p.stroke(path.String(), l.Colour, 2.5, 1)
	if l.Values == "" {
		return
	}
	for i, at := range l.Points {
		fmt.Fprintf(p, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`+"\n", p.x(at.X), p.y(at.Y), l.Colour)
		if i == 0 || i == len(l.Points)-1 {
			fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="%s">`+l.Values+"</text>\n", p.x(at.X), p.y(at.Y)-10, l.Colour, at.Y)
		}
	}
}

func (p *painter) legend(x int, colour, words string) {
	p.stroke(fmt.Sprintf("M%d 24h28", x), colour, 2.5, 1)
	p.text(float64(x+36), 29, "start", words)
}

func (p *painter) stroke(path, colour string, width, opacity float64) {
	fmt.Fprintf(p, `<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-opacity="%g"/>`+"\n", path, colour, width, opacity)
}

func (p *painter) text(x, y float64, anchor, words string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, html.EscapeString(words))
}
