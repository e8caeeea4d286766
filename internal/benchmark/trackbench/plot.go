package trackbench

import (
	"fmt"
	"math"

	"github.com/slotgraph/slotgraph/internal/benchmark/plot"
)

// plotStep is the distance of the marks of the vertical axis.
const plotStep = 0.1

// curvePlot is the rows as an SVG picture, which the table describes.
func curvePlot(rows []curveRow, table, split string) []byte {
	c := plot.Chart{
		Title:       fmt.Sprintf("Joint goal accuracy by the number of dialogues learned from (SGD, %s, unseen services)", split),
		Description: table,
		X: plot.Axis{Label: "dialogues learned from · 学习的对话数", Hi: float64(rows[len(rows)-1].dialogues),
			Scale: func(n float64) float64 { return math.Log(1 + n/5) }}, // with room for 0
		Y: plot.Axis{Label: "joint goal accuracy · 联合目标准确率", Lo: 1},
		Lines: []plot.Line{
			{Name: "with the shipped weights · 用内置权重", Colour: plot.Blue, Values: "%.2f"},
			{Name: "without them · 不用内置权重", Colour: plot.Orange, Values: "%.2f"},
		},
	}
	for _, r := range rows {
		x := float64(r.dialogues)
		c.X.Marks = append(c.X.Marks, plot.Mark{At: x, Text: fmt.Sprint(r.dialogues)})
		for i, y := range []float64{r.with.jga(), r.without.jga()} {
			c.Lines[i].Points = append(c.Lines[i].Points, plot.Point{X: x, Y: y})
			c.Y.Lo, c.Y.Hi = min(c.Y.Lo, y), max(c.Y.Hi, y)
		}
	}
	c.Y.Lo, c.Y.Hi = math.Floor(c.Y.Lo/plotStep)*plotStep, math.Ceil(c.Y.Hi/plotStep)*plotStep
	if c.Y.Hi <= c.Y.Lo {
		c.Y.Hi = c.Y.Lo + plotStep
	}
	c.Y.Marks = plot.Marks(c.Y.Lo, c.Y.Hi, plotStep, "%.1f")
	return c.SVG()
}
