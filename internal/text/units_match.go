package text

// matchUnit returns the unit of the longest unit word that begins at token i,
// one that is wanted where the word has several, and the number of its tokens.
func matchUnit(toks []Token, i int, want func(*Unit) bool) (u *Unit, n int) {
	node := unitTrie
	for depth := 1; ; depth++ {
		if node = node.next[at(toks, i+depth-1)]; node == nil {
			return u, n
		}
		if len(node.units) == 0 || strayUnit(toks, i, depth) {
			continue
		}
		u, n = node.units[0], depth
		for _, x := range node.units {
			if want != nil && want(x) {
				u = x
				break
			}
		}
	}
}

// strayUnit reports whether the n tokens at i spell a unit but are none here:
// "8 in a row", "5 a day" and 分之 of a fraction.
func strayUnit(toks []Token, i, n int) bool {
	t := toks[i]
	if (t.Text == "人" || n > 1 && at(toks, i+n-1) == "人") && inWord("均气民工", at(toks, i+n)) {
		return true // 找一个人均50的
	}
	if n > 1 {
		return false
	}
	switch t.Text {
	case "in", "t", "m", "h", "s", "d", "c", "l", "v", "ma", "mo":
		return !glued(toks, i-1)
	case "分":
		return at(toks, i+1) == "之"
	case "成":
		return inWord("熟不套都本功长立年员品果为份对了人", at(toks, i+1)) // 三成 is 30%
	case "个":
		return at(toks, i+1) == "半"
	case "\"", "'", "\"\"":
		return !glued(toks, i-1)
	case "里":
		return at(toks, i+1) == "屯"
	case "元":
		return at(toks, i-1) == "三" && inWord("桥里酒牛食", at(toks, i+1))
	}
	return false
}

// unitAt returns a unit whose word begins at token i, or nil.
func unitAt(toks []Token, i int) *Unit {
	if i < 0 || i >= len(toks) {
		return nil
	}
	u, _ := matchUnit(toks, i, nil)
	return u
}

// beforeUnit returns the unit whose word ends just before token i, and the
// number of its tokens: "$", "us$", 百分之.
func beforeUnit(toks []Token, i int, want func(*Unit) bool) (*Unit, int) {
	for n := 3; n >= 1; n-- {
		if i-n < 0 {
			continue
		}
		node := unitTrie
		for j := i - n; j < i && node != nil; j++ {
			node = node.next[toks[j].Text]
		}
		if node == nil || len(node.before) == 0 || n > 1 && len(toks[i-n].Text) <= 2 && toks[i-n].Text != "hk" && toks[i-n].Text != "nt" && !glued(toks, i-n) {
			continue // "a $131 flight" is not in Australian dollars
		}
		for _, u := range node.before {
			if want == nil || want(u) {
				return u, n
			}
		}
		return node.before[0], n
	}
	return nil, 0
}

func unitBefore(toks []Token, i int) bool {
	u, _ := beforeUnit(toks, i, nil)
	return u != nil
}

// isMeasure reports whether s is a Chinese measure word or begins a unit.
func isMeasure(s string) bool {
	n := unitTrie.next[s]
	return n != nil && len(n.units) > 0
}
