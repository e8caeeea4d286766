package trackbench

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"strings"
)

// The plot's measures, in its own units.
const (
	plotWidth, plotHeight                  = 720, 400
	plotLeft, plotRight, plotTop, plotBase = 64, 690, 56, 340
)

// Colours that are told apart, and read, on white and on black.
const (
	plotInk     = "#7d8590"
	plotWith    = "#2f81f7"
	plotWithout = "#d9822b"
)

// plotStep is the distance of the marks of the vertical axis.
const plotStep = 0.1

// A plotter draws the learning curve.
type plotter struct {
	bytes.Buffer
	lo, hi float64 // of the vertical axis
	last   int     // the largest number of dialogues
}

// curvePlot is the rows as an SVG picture. Its background is that of the page.
// The table is its description, for those who cannot see it.
func curvePlot(rows []curveRow, table, split string) []byte {
	p := &plotter{lo: 1, last: rows[len(rows)-1].dialogues}
	for _, r := range rows {
		p.lo, p.hi = min(p.lo, r.without.jga(), r.with.jga()), max(p.hi, r.without.jga(), r.with.jga())
	}
	p.lo, p.hi = math.Floor(p.lo/plotStep)*plotStep, math.Ceil(p.hi/plotStep)*plotStep
	if p.hi <= p.lo {
		p.hi = p.lo + plotStep
	}
	fmt.Fprintf(p, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" role="img" font-family="system-ui, sans-serif" font-size="14" fill="%s">`+"\n", plotWidth, plotHeight, plotInk)
	fmt.Fprintf(p, "<title>Joint goal accuracy by the number of dialogues learned from (SGD, %s, unseen services)</title>\n", html.EscapeString(split))
	fmt.Fprintf(p, "<desc>\n%s</desc>\n", html.EscapeString(table))
	p.axes(rows)
	p.line(rows, plotWithout, func(r curveRow) float64 { return r.without.jga() })
	p.line(rows, plotWith, func(r curveRow) float64 { return r.with.jga() })
	p.legend(plotLeft, plotWith, "with the shipped weights · 用内置权重")
	p.legend(plotLeft+320, plotWithout, "without them · 不用内置权重")
	p.WriteString("</svg>\n")
	return p.Bytes()
}

// x is the place of a number of dialogues: logarithmic, with room for 0.
func (p *plotter) x(n int) float64 {
	at := func(n int) float64 { return math.Log(1 + float64(n)/5) }
	return plotLeft + 20 + (plotRight-plotLeft-40)*at(n)/max(at(p.last), 1e-9)
}

func (p *plotter) y(v float64) float64 {
	return plotBase - (plotBase-plotTop)*(v-p.lo)/(p.hi-p.lo)
}

func (p *plotter) axes(rows []curveRow) {
	for i := range int(math.Round((p.hi-p.lo)/plotStep)) + 1 {
		v := p.lo + float64(i)*plotStep
		p.stroke(fmt.Sprintf("M%d %.1fH%d", plotLeft, p.y(v), plotRight), plotInk, 1, 0.3)
		p.text(plotLeft-8, p.y(v)+5, "end", fmt.Sprintf("%.1f", v))
	}
	p.stroke(fmt.Sprintf("M%d %dV%d", plotLeft, plotTop, plotBase), plotInk, 1, 1)
	for _, r := range rows {
		p.stroke(fmt.Sprintf("M%.1f %dv5", p.x(r.dialogues), plotBase), plotInk, 1, 1)
		p.text(p.x(r.dialogues), plotBase+22, "middle", fmt.Sprint(r.dialogues))
	}
	p.text((plotLeft+plotRight)/2, plotBase+46, "middle", "dialogues learned from · 学习的对话数")
	fmt.Fprintf(p, `<text transform="translate(20 %d) rotate(-90)" text-anchor="middle">joint goal accuracy · 联合目标准确率</text>`+"\n", (plotTop+plotBase)/2)
}

// line draws the points of a line; the first and the last bear their values.
func (p *plotter) line(rows []curveRow, colour string, value func(curveRow) float64) {
	var path strings.Builder
	for i, r := range rows {
		step := "L"
		if i == 0 {
			step = "M"
		}
		fmt.Fprintf(&path, "%s%.1f %.1f", step, p.x(r.dialogues), p.y(value(r)))
	}
	p.stroke(path.String(), colour, 2.5, 1)
	for i, r := range rows {
		fmt.Fprintf(p, `<circle cx="%.1f" cy="%.1f" r="4" fill="%s"/>`+"\n", p.x(r.dialogues), p.y(value(r)), colour)
		if i == 0 || i == len(rows)-1 {
			fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="middle" fill="%s">%.2f</text>`+"\n", p.x(r.dialogues), p.y(value(r))-10, colour, value(r))
		}
	}
}

func (p *plotter) legend(x int, colour, words string) {
	p.stroke(fmt.Sprintf("M%d 24h28", x), colour, 2.5, 1)
	p.text(float64(x+36), 29, "start", words)
}

func (p *plotter) stroke(path, colour string, width, opacity float64) {
	fmt.Fprintf(p, `<path d="%s" fill="none" stroke="%s" stroke-width="%g" stroke-opacity="%g"/>`+"\n", path, colour, width, opacity)
}

func (p *plotter) text(x, y float64, anchor, words string) {
	fmt.Fprintf(p, `<text x="%.1f" y="%.1f" text-anchor="%s">%s</text>`+"\n", x, y, anchor, html.EscapeString(words))
}
