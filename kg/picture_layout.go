package kg

import (
	"cmp"
	"math"
	"slices"
)

// The layout puts the things asked for in the middle column, what they refer to
// to the right of it and what refers to them to the left; what is further away
// stands further out. It needs no iteration and no randomness, so that the same
// picture always gets the same layout. Lengths are in pixels.
const (
	rowGap    = 16.0  // between boxes of a column
	columnGap = 170.0 // between columns, which is room for the edges' labels
	subGap    = 110.0 // between the columns that a long one is broken into
	minRows   = 8     // a column with so many things is not broken
)

// A box is a thing in the layout: its side (-1 left, 1 right, 0 the middle),
// its distance from the middle, and the place of its centre.
type box struct {
	side, steps int
	x, y, w, h  float64

	key       float64 // where the things lie, on average, that it hangs on
	predicate string  // of the edge that it hangs on
}

// A wire joins two boxes, for one or more facts of a picture.
type wire struct {
	from, to  int
	predicate string
}

// layout places boxes, of which the size is known.
func layout(boxes []box, wires []wire) {
	sides(boxes, wires)
	columns := map[[2]int][]int{}
	last := 0
	for i := range boxes {
		column := [2]int{boxes[i].side, boxes[i].steps}
		columns[column] = append(columns[column], i)
		last = max(last, boxes[i].steps)
	}
	middle := columns[[2]int{}]
	half := placeColumn(boxes, middle, 0, 0) / 2
	for _, side := range []int{-1, 1} {
		edge := half
		for steps := 1; steps <= last; steps++ {
			column := columns[[2]int{side, steps}]
			if len(column) == 0 {
				continue
			}
			arrange(boxes, wires, column)
			edge += columnGap
			edge += placeColumn(boxes, column, side, edge)
		}
	}
}

// sides gives each box its side and steps, in the order of their distance.
func sides(boxes []box, wires []wire) {
	type way struct {
		to, side  int
		predicate string
	}
	ways := make([][]way, len(boxes))
	for _, l := range wires {
		ways[l.from] = append(ways[l.from], way{l.to, 1, l.predicate})
		ways[l.to] = append(ways[l.to], way{l.from, -1, l.predicate})
	}
	var queue []int
	seen := make([]bool, len(boxes))
	for i := range boxes {
		if seen[i] = boxes[i].steps == 0; seen[i] {
			queue = append(queue, i)
		}
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for _, l := range ways[at] {
			if seen[l.to] {
				continue
			}
			seen[l.to] = true
			b := &boxes[l.to]
			b.steps, b.predicate, b.side = boxes[at].steps+1, l.predicate, l.side
			if boxes[at].side != 0 {
				b.side = boxes[at].side
			}
			queue = append(queue, l.to)
		}
	}
	for i := range boxes { // what hangs on nothing, which a picture read from elsewhere may have
		if !seen[i] {
			boxes[i].side, boxes[i].steps = 0, 0
		}
	}
}

// arrange sorts a column by where the things stand that its boxes hang on, those
// that hang on them by the same predicate together.
func arrange(boxes []box, wires []wire, column []int) {
	sum, count := map[int]float64{}, map[int]float64{}
	inner := func(i, j int) {
		if boxes[j].steps == boxes[i].steps-1 && (boxes[j].side == boxes[i].side || boxes[j].side == 0) {
			sum[i] += boxes[j].y
			count[i]++
		}
	}
	for _, l := range wires {
		inner(l.from, l.to)
		inner(l.to, l.from)
	}
	for _, i := range column {
		boxes[i].key = math.Round(sum[i] / max(count[i], 1))
	}
	slices.SortStableFunc(column, func(i, j int) int {
		return cmp.Or(cmp.Compare(boxes[i].key, boxes[j].key), cmp.Compare(boxes[i].predicate, boxes[j].predicate))
	})
}

// placeColumn places the boxes of a column outwards from an edge, with more
// than one beside each other where the column would be too high, and returns
// how wide it is.
func placeColumn(boxes []box, column []int, side int, edge float64) float64 {
	if len(column) == 0 {
		return 0
	}
	parts := max(1, int(math.Sqrt(float64(len(column))/minRows)+0.75))
	width := 0.0
	for part := range parts {
		var mine []int // every so many-th, so that neighbours stay neighbours
		high, wide := -rowGap, 0.0
		for k := part; k < len(column); k += parts {
			mine = append(mine, column[k])
			high += boxes[column[k]].h + rowGap
			wide = max(wide, boxes[column[k]].w)
		}
		if part > 0 {
			width += subGap
		}
		y := -high / 2
		y += (float64(part) - float64(parts-1)/2) * 28 / float64(parts) // between the boxes of the next part
		for _, i := range mine {
			b := &boxes[i]
			b.y = math.Round(y + b.h/2)
			y += b.h + rowGap
			b.x = math.Round(float64(side) * (edge + width + wide/2))
		}
		width += wide
	}
	return width
}
