package kg

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
)

// wires are the references of the picture, one for each pair of things and
// predicate.
func (m *pageMaker) wires() []wire {
	var out []wire
	for _, e := range m.Edges {
		if from, to := m.place[e.From], m.place[e.To]; to >= 0 {
			out = append(out, wire{from, to, e.Predicate})
		}
	}
	return out
}

// lines joins the wires between the same two things: one arrow each way, with
// the names of all its predicates, or where they are the same both ways, one
// arrow with two ends.
func (m *pageMaker) lines(wires []wire) []pageLink {
	labels := map[[2]int][]string{}
	var order [][2]int
	degree := make([]int, len(m.boxes))
	for _, l := range wires {
		pair := [2]int{l.from, l.to}
		if labels[pair] == nil {
			order = append(order, pair)
			degree[l.from]++
			degree[l.to]++
		}
		if label := shorten(m.Label(l.predicate), 24); !slices.Contains(labels[pair], label) {
			labels[pair] = append(labels[pair], label)
		}
	}
	var out []pageLink
	for _, pair := range order {
		back := labels[[2]int{pair[1], pair[0]}]
		both := slices.Equal(labels[pair], back) && pair[0] != pair[1]
		if both && pair[0] > pair[1] {
			continue // drawn with the other
		}
		title := strings.Join(labels[pair], ", ")
		l := pageLink{From: pair[0], To: pair[1], Both: both, Title: title, Label: shorten(title, 24)}
		l.draw(m.boxes[pair[0]], m.boxes[pair[1]], len(back) > 0 && !both, degree)
		out = append(out, l)
	}
	return out
}

// draw gives an arrow its curve and its label a place: beside the box that has
// fewer arrows, where it is least in the way. A twin is one of two arrows
// between the same boxes, which are moved apart.
func (l *pageLink) draw(a, b box, twin bool, degree []int) {
	shift := 0.0
	if twin && l.From < l.To {
		shift = -7
	} else if twin {
		shift = 7
	}
	var p [4][2]float64
	switch gap := math.Abs(a.x-b.x) - (a.w+b.w)/2; {
	case l.From == l.To:
		p = [4][2]float64{{a.x - 14, a.y - a.h/2}, {a.x - 34, a.y - a.h/2 - 38}, {a.x + 34, a.y - a.h/2 - 38}, {a.x + 14, a.y - a.h/2}}
	case gap < 20: // one above the other: an arc on the outer side
		out := 1.0
		if a.x+b.x < 0 {
			out = -1
		}
		x := out * max(out*a.x+a.w/2, out*b.x+b.w/2)
		bend := x + out*(30+min(60, math.Abs(a.y-b.y)/6)) + out*shift
		p = [4][2]float64{{a.x + out*a.w/2, a.y + shift}, {bend, a.y + shift}, {bend, b.y + shift}, {b.x + out*b.w/2, b.y + shift}}
	default:
		way := math.Copysign(1, b.x-a.x)
		p[0] = [2]float64{a.x + way*a.w/2, a.y + shift}
		p[3] = [2]float64{b.x - way*b.w/2, b.y + shift}
		bend := way * gap / 2
		p[1], p[2] = [2]float64{p[0][0] + bend, p[0][1]}, [2]float64{p[3][0] - bend, p[3][1]}
	}
	l.Path = fmt.Sprintf("M%.0f %.0fC%.0f %.0f %.0f %.0f %.0f %.0f", p[0][0], p[0][1], p[1][0], p[1][1], p[2][0], p[2][1], p[3][0], p[3][1])
	t := 0.5
	if from, to := degree[l.From], degree[l.To]; from < to {
		t = l.beside(p, 0)
	} else if from > to {
		t = l.beside(p, 1)
	}
	l.LabelX, l.LabelY = int(bezier(p, t, 0)), int(bezier(p, t, 1))+4
}

// beside is where on a curve the label is clear of the box at its end: 0 is the
// curve's beginning, 1 its end, 0.5 the middle, which it does not go beyond.
func (l *pageLink) beside(p [4][2]float64, end float64) float64 {
	room := 12 + 3.2*float64(columnsOf(l.Label))
	for t := end; t != 0.5; t += math.Copysign(1.0/32, 0.5-end) {
		if math.Abs(bezier(p, t, 0)-bezier(p, end, 0)) >= room {
			return t
		}
	}
	return 0.5
}

// bezier is one coordinate of a point of a cubic curve.
func bezier(p [4][2]float64, t float64, axis int) float64 {
	u := 1 - t
	return u*u*u*p[0][axis] + 3*u*u*t*p[1][axis] + 3*u*t*t*p[2][axis] + t*t*t*p[3][axis]
}

// viewBox is what holds all boxes, and the arcs beside them.
func (m *pageMaker) viewBox() string {
	const margin = 60
	x0, y0, x1, y1 := -200.0, -120.0, 200.0, 120.0
	for _, b := range m.boxes {
		x0, x1 = min(x0, b.x-b.w/2-margin), max(x1, b.x+b.w/2+margin)
		y0, y1 = min(y0, b.y-b.h/2-margin), max(y1, b.y+b.h/2+margin)
	}
	return fmt.Sprintf("%.0f %.0f %.0f %.0f", x0, y0, x1-x0, y1-y0)
}

// mostText is how many columns of a text the page shows.
const mostText = 2000

// columnsOf is how wide a text is, in columns of an ASCII letter.
func columnsOf(s string) int {
	n := 0
	for _, r := range s {
		n += columns(r)
	}
	return n
}

func columns(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	case r < 0x1100:
		return 1
	case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana),
		r >= 0x3000 && r <= 0x303f, r >= 0xff01 && r <= 0xff60, r >= 0x1f300 && r <= 0x1faff:
		return 2
	}
	return 1
}

// shorten cuts a text to so many columns.
func shorten(s string, most int) string {
	s = printable(s)
	wide := 0
	for at, r := range s {
		if wide += columns(r); wide > most {
			return strings.TrimSpace(s[:at]) + "…"
		}
	}
	return s
}

// wrap breaks a text into lines, between words where it can; the last one is
// cut.
func wrap(s string, most, lines int) []string {
	s = strings.Join(strings.Fields(printable(s)), " ")
	var out []string
	for len(out) < lines-1 && columnsOf(s) > most {
		wide, cut, space := 0, 0, 0
		for at, r := range s {
			if wide += columns(r); wide > most {
				cut = at
				break
			}
			if r == ' ' && at > 0 {
				space = at
			}
		}
		if space > cut/2 {
			cut = space
		}
		out = append(out, s[:cut])
		s = strings.TrimSpace(s[cut:])
	}
	return append(out, shorten(s, most))
}
