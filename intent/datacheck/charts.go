package datacheck

import (
	"cmp"
	"fmt"
	"slices"
)

// A chart is bars that lie below each other.
type chart struct {
	Title, Note         string
	Width, Height, Axis int
	Bars                []bar
}

// A bar has its name to the left and its label to the right.
type bar struct {
	Name, Label, Class   string
	NameX, TextY, LabelX int
	Y, Width, Height     int
	value                float64
}

const (
	chartWidth = 900
	axis       = 260 // room for the names
	barStep    = 20
	mostBars   = 60
)

// draw lays the bars out.
func draw(title, note string, bars []bar) chart {
	c := chart{Title: title, Note: note, Width: chartWidth, Height: barStep * len(bars), Axis: axis}
	most := 0.0
	for _, b := range bars {
		most = max(most, b.value)
	}
	for i, b := range bars {
		b.Width = int(b.value / max(most, 1) * (chartWidth - axis - 120))
		b.Y, b.Height, b.TextY = i*barStep+3, barStep-6, i*barStep+barStep-6
		b.NameX, b.LabelX = axis-8, axis+b.Width+6
		c.Bars = append(c.Bars, b)
	}
	return c
}

func (f *Findings) charts() []chart {
	charts := []chart{f.intentChart(), f.lengthChart()}
	if f.CrossValidation != nil {
		charts = append(charts, f.labelChart())
	}
	return charts
}

// intentChart shows how many examples each intent has, the most first.
func (f *Findings) intentChart() chart {
	all := slices.Clone(f.Intents)
	slices.SortStableFunc(all, func(a, b Count) int { return cmp.Compare(b.Examples, a.Examples) })
	note := "Messages to test behind a plus."
	if f.Test == 0 {
		note = "The classifier learns an intent better, and says it more readily, the more examples it has."
	}
	if len(all) > mostBars {
		note += fmt.Sprintf(" The %d greatest and the %d smallest of %d intents.", mostBars/2, mostBars/2, len(all))
		all = slices.Concat(all[:mostBars/2], all[len(all)-mostBars/2:])
	}
	var bars []bar
	for _, c := range all {
		b := bar{Name: oneLine(c.Intent, 32), Label: fmt.Sprint(c.Examples), Class: "first", value: float64(c.Examples)}
		if f.Test > 0 {
			b.Label += fmt.Sprintf(" + %d", c.Test)
		}
		if c.Intent == "" {
			b.Name, b.Class = "(none)", "second"
		}
		bars = append(bars, b)
	}
	return draw("Examples of each intent", note, bars)
}

// lengthBounds are where the bars of the lengths begin.
var lengthBounds = []int{0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 128}

func (f *Findings) lengthChart() chart {
	counts := make([]int, len(lengthBounds))
	last := 0
	for _, n := range f.lengths {
		i, exact := slices.BinarySearch(lengthBounds, n)
		if !exact {
			i--
		}
		counts[i]++
		last = max(last, i)
	}
	var bars []bar
	for i, n := range counts[:last+1] {
		name := fmt.Sprint(lengthBounds[i])
		if i+1 == len(lengthBounds) {
			name += " and more"
		} else if to := lengthBounds[i+1] - 1; to > lengthBounds[i] {
			name += fmt.Sprintf(" to %d", to)
		}
		bars = append(bars, bar{Name: name, Label: fmt.Sprint(n), Class: "first", value: float64(n)})
	}
	return draw("Lengths of the examples", "In words, numbers, Chinese characters and marks.", bars)
}

// labelChart shows how probable the models found the labels of what they had
// not seen.
func (f *Findings) labelChart() chart {
	var counts [10]int
	for _, h := range f.CrossValidation.HeldOut {
		counts[min(int(h.Given*10), 9)]++
	}
	var bars []bar
	for i, n := range counts {
		class := "first"
		if i < 5 {
			class = "second"
		}
		bars = append(bars, bar{Name: fmt.Sprintf("%d%% to %d%%", 10*i, 10*i+10), Label: fmt.Sprint(n), Class: class, value: float64(n)})
	}
	return draw("Probability of the examples' own labels", "What models say that were trained without them. Low ones are hard, or wrong.", bars)
}
