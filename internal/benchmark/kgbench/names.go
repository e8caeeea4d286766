package kgbench

import "strconv"

// Names are put together of syllables and words, no two things of a catalogue
// alike.
var (
	syllables = []string{"No", "Vi", "Lu", "Ka", "Zen", "Mi", "Ro", "Ta", "Ae", "Or", "Xi", "Bel", "Fa", "Gri", "Hal", "Jo"}
	middles   = []string{"va", "ra", "mi", "to", "lan", "ne", "qui", "so", "ri", "da", "ko", "ze", "pha", "lu", "be", "no"}
	endings   = []string{"x", "ro", "tek", "na", "lis", "on", "dia", "mo", "fy", "gen"}
	hanFirst  = []rune("星云海天明华金瑞安新东博凯龙鸿盛")
	hanMiddle = []rune("图达米维科创诺泰丰乐信通思远利嘉")
	hanEnd    = []rune("士康美德奇力兴讯邦宝")

	series   = []string{"Blaze", "Aurora", "Pulse", "Orbit", "Vertex", "Halo", "Comet", "Drift"}
	seriesZH = []string{"烈焰", "极光", "脉动", "轨道", "巅峰", "光环", "彗星", "漂移"}
	grades   = []string{"", " Pro", " Max", " Lite", " Air"}
	gradesZH = []string{"标准版", "专业版", "旗舰版", "青春版", "轻薄版"}
	looks    = []string{"Gaming", "Office", "Travel", "Kids", "Studio", "Rugged", "Slim", "Budget"}
)

func brandName(i int) string {
	n := len(syllables)
	return syllables[i%n] + middles[i/n%n] + endings[(i/n/n+i)%len(endings)]
}

func brandNameZH(i int) string {
	n := len(hanFirst)
	return string([]rune{hanFirst[i%n], hanMiddle[i/n%n], hanEnd[(i/n/n+i)%len(hanEnd)]})
}

func categoryName(i int) string {
	return looks[i/len(kinds)%len(looks)] + " " + kinds[i%len(kinds)] + " " + strconv.Itoa(i/len(kinds)/len(looks)+1)
}

// model is the series, the grade and the number of a product, which no other
// of its brand has together.
func (p *product) model() (line, grade, number int) {
	s := int(p.serial)
	return s % len(series), s / len(series) % len(grades), s/len(series)/len(grades) + 1
}

func productName(p *product) string {
	line, grade, number := p.model()
	return brandName(int(p.brand)) + " " + series[line] + " " + strconv.Itoa(number) + grades[grade]
}

func productNameZH(p *product) string {
	line, grade, number := p.model()
	return brandNameZH(int(p.brand)) + seriesZH[line] + strconv.Itoa(number) + gradesZH[grade]
}

func modelNumber(p *product) string {
	return brandName(int(p.brand))[:2] + strconv.Itoa(int(p.brand)) + "-" + strconv.Itoa(1000+int(p.serial))
}
