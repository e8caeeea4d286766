package text

import (
	"unicode/utf8"
)

// walk follows the text from token i and returns the longest term there.
func (l *Lexicon) walk(toks []Token, i int) (hit lexHit, ok bool) {
	node, doubt := int32(0), float32(1)
	var breaks uint64
	skipped, prevWord := 0, false
	for j := i; j < len(toks); j++ {
		t := toks[j]
		if t.Kind == Symbol {
			r, _ := utf8.DecodeRuneInString(t.Text)
			if next := l.child(node, r); next != 0 {
				node = next
			} else if skipped++; j == i || skipped > 2 || t.Text == "?" || t.Text == "!" || t.Text == ";" {
				break
			} else {
				if (t.Text == "," || t.Text == ".") && !(glued(toks, j-1) && glued(toks, j)) {
					doubt = 0.8
				}
				continue
			}
		} else {
			if t.Kind == Word && prevWord && l.nodes[node].depth < 64 {
				breaks |= 1 << l.nodes[node].depth
			}
			if node = l.follow(node, t.Text); node == 0 {
				break
			}
		}
		skipped, prevWord = 0, t.Kind == Word
		if l.nodes[node].nOut > 0 {
			hit, ok = lexHit{i, j + 1, node, breaks, doubt, false}, true
		}
	}
	if ok {
		hit.last = closed(toks, i, hit.last)
	}
	if ok && hit.last == i+1 && toks[i].Kind == Han && (glued(toks, i-1) && toks[i-1].Kind == Han || glued(toks, i) && toks[i+1].Kind == Han) {
		hit.doubt *= 0.8 // a single character is often a part of another word
	}
	return hit, ok
}

// closed takes in the bracket that closes one opened in the span.
func closed(toks []Token, first, last int) int {
	if w := at(toks, last); w != ")" && w != "]" && w != "》" && w != ">" {
		return last
	}
	open := 0
	for _, t := range toks[first:last] {
		switch t.Text {
		case "(", "[", "《", "<":
			open++
		case ")", "]", "》", ">":
			open--
		}
	}
	if open > 0 {
		return last + 1
	}
	return last
}

// follow walks the key runes of s, or returns 0.
func (l *Lexicon) follow(node int32, s string) int32 {
	for _, r := range s {
		if !keyRune(r) {
			continue
		}
		if node = l.child(node, r); node == 0 {
			return 0
		}
	}
	return node
}

// splitDoubt is the factor for a name that the text writes as more words:
// "air pods" is AirPods, "is an" hardly Isan.
func splitDoubt(toks []Token) float32 {
	for _, t := range toks {
		if t.Kind == Word && len(t.Text) < 3 {
			return 0.6
		}
	}
	return 0.9
}
