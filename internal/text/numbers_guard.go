package text

// partOfCode reports whether the digits from token i up to last belong to a
// model name, clock time, fraction, telephone number or version.
func partOfCode(toks []Token, i, last int) bool {
	if s := toks[i].Text; len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return true
	}
	if glued(toks, i-1) {
		switch prev := toks[i-1]; {
		case prev.Kind == Word && !unitBefore(toks, i):
			return true
		case prev.Text == ":" || prev.Text == "/" || prev.Text == "#" || prev.Text == "_" || prev.Text == "@":
			return prev.Text == "#" || kindAt(toks, i-2) != Han
		case prev.Text == "-" && kindAt(toks, i-2) == Number && toks[i-2].Text[0] == '0' && len(toks[i-2].Text) > 2:
			return true // 010-51664611
		case prev.Text == "-" && glued(toks, i-2) && kindAt(toks, i-2) == Word && unitAt(toks, i-2) == nil && toks[i-2].Text != "k" && toks[i-2].Text != "w":
			return true
		}
	}
	if glued(toks, last-1) {
		next := toks[last].Text
		if (next == ":" || next == "/" || next == "_") && kindAt(toks, last+1) == Number && glued(toks, last) {
			return true
		}
	}
	return hyphens(toks, i) > 1
}

// wordBehind reports whether a word that is no unit touches the digits.
func wordBehind(toks []Token, i, last int) bool {
	return glued(toks, last-1) && last == i+1 && toks[last].Kind == Word && unitAt(toks, last) == nil && !joins(toks[last].Text)
}

// joins reports whether a word may touch the digits before it without making
// them part of a code: "500to900".
func joins(w string) bool { return w == "to" || w == "and" || w == "or" }

// hyphens counts the dashes that tie digits into one chain around token i, as
// far as two.
func hyphens(toks []Token, i int) int {
	n := 0
	for j := i; n < 2 && at(toks, j+1) == "-" && kindAt(toks, j+2) == Number && glued(toks, j) && glued(toks, j+1); j += 2 {
		n++
	}
	for j := i; n < 2 && at(toks, j-1) == "-" && kindAt(toks, j-2) == Number && glued(toks, j-1) && glued(toks, j-2); j -= 2 {
		n++
	}
	return n
}

// screenWord reports whether "4k" is a resolution here.
func screenWord(toks []Token, i int) bool {
	switch at(toks, i) {
	case "tv", "tvs", "television", "display", "screen", "monitor", "video", "uhd", "resolution", "hdr",
		"电", "屏", "显", "分", "高", "超", "视", "画", "投":
		return true
	}
	return false
}

// chargeWord reports whether "65w" are watts here.
func chargeWord(toks []Token, i int) bool {
	switch at(toks, i) {
	case "charger", "chargers", "charging", "fast", "adapter", "power", "bulb", "快", "充", "闪", "功", "电", "适", "超", "有", "无":
		return true
	}
	return false
}

// afterMonth reports whether a month's name stands beside the number, which
// then is a day or a year.
func afterMonth(toks []Token, i int) bool {
	if m := monthWord(at(toks, i-1)); m > 0 && at(toks, i-1) != "may" {
		return true
	}
	m := monthWord(at(toks, i+1))
	return m > 0 && at(toks, i+1) != "may"
}
