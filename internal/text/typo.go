package text

import "unicode"

// maxTypo bounds the runes of a misspelt name, so that looking for one takes
// constant time at each word.
const maxTypo = 48

// A typoWalk looks for a name with one wrong letter from one token on.
type typoWalk struct {
	l     *Lexicon
	runes [maxTypo]rune
	end   [maxTypo]int16 // token end (relative to the first token, 1 based) after this rune, else 0
	word  [maxTypo]bool  // the rune's word may be misspelt
	n     int
	best  lexHit
	found bool
}

// walkTypo returns the longest term from token i on that is one edit away. The
// first letter must be right, edits touch letters only (models differ by one
// digit) and never a common English word (there, three).
func (l *Lexicon) walkTypo(toks []Token, i int) (lexHit, bool) {
	if common[toks[i].Text] && (i+1 >= len(toks) || toks[i+1].Kind != Word) || l.child(0, firstRune(toks[i].Text)) == 0 {
		return lexHit{}, false
	}
	var w typoWalk
	w.l = l
	w.fill(toks, i)
	w.best = lexHit{first: i, last: i, doubt: 1, typo: true}
	node := int32(0)
	for d := 0; d < w.n; d++ {
		if d > 0 {
			w.edits(node, d)
		}
		if node = l.child(node, w.runes[d]); node == 0 {
			return w.best, w.found
		}
	}
	w.edits(node, w.n)
	return w.best, w.found
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func (w *typoWalk) fill(toks []Token, i int) {
	for j := i; j < len(toks) && w.n < maxTypo; j++ {
		t := toks[j]
		if t.Kind != Word && t.Kind != Number {
			if t.Kind == Symbol && (t.Text == "-" || t.Text == "&" || t.Text == ".") && j > i {
				continue
			}
			return
		}
		ok := t.Kind == Word && len(t.Text) >= 4 && !common[t.Text]
		for _, r := range t.Text {
			if keyRune(r) && w.n < maxTypo {
				w.runes[w.n], w.word[w.n] = r, ok
				w.n++
			}
		}
		if w.n > 0 {
			w.end[w.n-1] = int16(j - i + 1)
		}
	}
}

// edits tries the four edits at rune d, node being where the right runes
// before it led.
func (w *typoWalk) edits(node int32, d int) {
	here := d < w.n && w.word[d] && unicode.IsLetter(w.runes[d])
	if here {
		w.follow(node, d+1) // one letter too many
		if d+1 < w.n && w.word[d+1] {
			if a := w.l.child(node, w.runes[d+1]); a != 0 && w.runes[d+1] != w.runes[d] {
				if b := w.l.child(a, w.runes[d]); b != 0 {
					w.follow(b, d+2)
				}
			}
		}
	}
	if !here && !w.word[d-1] {
		return
	}
	n := w.l.nodes[node]
	for c := n.first; c < n.first+n.n; c++ {
		r := w.l.nodes[c].label
		if !unicode.IsLetter(r) || IsHan(r) {
			continue
		}
		if here && r != w.runes[d] {
			w.follow(c, d+1)
		}
		if w.word[d-1] {
			w.follow(c, d) // one letter missing
		}
	}
}

// follow walks on without error and notes the terms that end with a token.
func (w *typoWalk) follow(node int32, d int) {
	for {
		n := w.l.nodes[node]
		if e := w.end[d-1]; e > 0 && n.nOut > 0 && int(n.depth) >= w.l.minTypo && w.best.first+int(e) > w.best.last && w.full(n) {
			w.best.last, w.best.node, w.found = w.best.first+int(e), node, true
		}
		if d >= w.n {
			return
		}
		if node = w.l.child(node, w.runes[d]); node == 0 {
			return
		}
		d++
	}
}

func (w *typoWalk) full(n lexNode) bool {
	for _, o := range w.l.outs[n.out : n.out+n.nOut] {
		if o.score == 1 {
			return true
		}
	}
	return false
}

// common are frequent English words one letter away from something else; they
// are never taken for a misspelling.
var common = wordSet(`about above after again against almost alone along already also although always among another
anything area around aren't asked available away back based because been before began being below best better between
book booked both bring call called came can't cannot care case center change cheap check city class clean close cold come
cost could couldn't country course data date days deal didn't different doesn't doing done don't door down during each
early easy eight either else enough even evening ever every everything exactly family fast feel felt find fine first five
food form found four free friend from full game gave getting give given goes going gone good great group guess half hand
happy hard have having head hear heard heat hello help here high hold home hope hotel hour house however idea i'll i'm
instead isn't it's just keep kind knew know known large last late later least leave left less let's life light like line list
little live long look looking looks lost lots love lower made make making many matter maybe mean means meet might mind
mine minute minutes money month more morning most move much must myself name near need needed needs never next nice
night nine none noon north note nothing number often once only open option order other others ought over part party
pass past pay people perfect person phone pick place plan play please point possible pretty price probably problem pull put
quite range rate rather read ready real really red rent rest right road room rooms round same save search second see seem
seen send sent seven several shall share she should show shown side since single site size some someone something soon sorry
sort sound south speak spend staff stand start started state stay still stop store such suit sure table take taken talk tell than
thank thanks that that's their them then there there's these they thing things think third this those though thought three
through time times today together told tomorrow tonight took total tour town train travel tried trip true trust turn under
until upon used using usual very view visit wait walk want wanted wants warm watch water week weekend weeks well went were
weren't west what what's when where whether which while white whole whom whose will wish with within without won't wonder
word words work works world worse would wouldn't write year years yes yesterday yet you'd you'll young your yours`)
