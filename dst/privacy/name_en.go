package privacy

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slotgraph/slotgraph/internal/text"
)

func (c *scan) names() {
	if c.han {
		c.namesHan()
	}
	if c.lower || c.upper {
		c.namesLatin()
	}
	c.namesAsked()
	c.namesBeside()
	c.namesSigned()
}

// namesLatin reads names in Latin letters.
func (c *scan) namesLatin() {
	for i := 0; i < len(c.low); {
		if !isLetter(c.low[i]) {
			i++
			continue
		}
		end := i
		for end < len(c.low) && (isLetter(c.low[end]) || c.low[end] == '\'' || c.low[end] == '/') {
			end++
		}
		best := enCue{}
		for _, cue := range enCues[c.low[i:end]] {
			if strings.HasPrefix(c.low[i:], cue.words) && wordEnds(c.low, i+len(cue.words)) && (len(cue.words) > len(best.words) || len(cue.words) == len(best.words) && cue.how < best.how) {
				best = cue
			}
		}
		c.namesBefore(i, end)
		c.namesKin(i, end)
		c.ticketName(i, end)
		if best.how > 0 {
			c.behind(i, i+len(best.words), best)
		}
		i = end
	}
}

// behind reads the name behind a cue that stands in [start, i).
func (c *scan) behind(start, i int, cue enCue) {
	switch cue.how {
	case sure:
		if !strings.HasPrefix(cue.words, "name") || !c.ofThing(start) {
			c.told(c.skip(i, 4, " :=\"'(-\n"))
		}
	case form:
		c.filled(start, i, cue.words)
	case title:
		elder := elders[cue.words]
		polite := elder || cue.words == "miss" || cue.words == "sir" || cue.words == "madam"
		from := i
		if i = c.skip(i, 1, "."); c.byteAt(i) != ' ' && i == from || polite && (i > from || c.s[start] >= 'a') {
			return
		}
		i = c.skip(i, 1, " ")
		if end := c.nameLatin(i, !elder); end > 0 && c.titleFits(i) && (!elder || c.elder(i, end)) {
			c.add(start, end, Name)
		}
	case weak:
		from := i
		if i = c.skip(i, 3, " ,\"'"); i == from || c.titled(i) > i { // a title is a cue itself
			return
		}
		if end := c.likely(i, cue.words); end > 0 && c.careful(i, end, cue.words) {
			c.listLatin(i, end, several[cue.words])
		}
	case sign:
		from := c.skip(i, 6, " ,.!-\n\r")
		if end := max(c.signature(i), c.signedHan(from)); end > 0 {
			c.add(from, end, Name)
		}
	}
}

// told reads the name at i, which is one in whatever letters and case.
func (c *scan) told(i int) {
	end := c.nameLatin(i, true)
	if end > i+1 && c.titled(i) == i {
		c.add(i, end, Name)
	} else if end == 0 {
		if end, _ := c.nameHan(i, true); end > 0 {
			c.add(i, c.title(end), Name)
		}
	}
}

// filled reads the name behind the label of a form in [start, i). Without a
// colon or a verb, and behind "from:", which places follow too, it must look like
// one.
func (c *scan) filled(start, i int, label string) {
	from := c.afterForm(start, i)
	switch {
	case from > 0 && label != "from" && !several[label]:
		if end := c.nameLatin(from, true); end <= from || !c.office(from, end) {
			c.told(from)
		}
		return
	case from == 0 && several[label] && strings.HasPrefix(c.s[i:], ", "):
		from = i + len(", ")
	case from == 0 && label == "maiden name" && strings.HasPrefix(c.s[i:], ", "):
		from = i + len(", ")
	case from == 0 && (label == "from" || label == "name" || several[label] || c.byteAt(i) != ' '):
		return
	case from == 0:
		from = max(i+1, c.loosely(i))
	}
	if end := c.likely(from, label); end > 0 && c.careful(from, end, label) {
		c.listLatin(from, end, several[label])
	} else if end, sure := c.nameHan(from, false); sure {
		c.add(from, c.title(end), Name)
	}
}

// office reports whether words behind the label of a form are no person's name:
// "Attn: Returns Department".
func (c *scan) office(i, end int) bool {
	words := strings.Fields(c.low[i:end])
	return noPerson[words[len(words)-1]] && !givenNames[words[0]]
}

// notForms stand before "name" where it is none of a person.
var notForms = wordSet("its product brand user file model company store shop domain event item pet display screen host class field column project team street city town hotel business trade generic package account wifi network nick login dog cat what which character code bank restaurant course app game service device")

// ofThing reports whether the name that is spoken of at i is one of a thing.
func (c *scan) ofThing(i int) bool {
	before := strings.TrimRight(c.low[max(0, i-12):i], " _")
	if k := strings.LastIndexAny(before, " \n,.;:(_"); k >= 0 {
		before = before[k+1:]
	}
	return notForms[strings.TrimSuffix(before, "'s")]
}

// afterForm returns where the name behind the label of a form begins, 0 where
// no colon or verb follows or the label is of something else.
func (c *scan) afterForm(start, i int) int {
	if strings.HasPrefix(c.low[start:], "name") && c.ofThing(start) {
		return 0
	}
	if m := nameOn.FindString(c.low[i:min(len(c.low), i+40)]); m != "" && strings.HasSuffix(c.low[start:i], "name") {
		return c.skip(i+len(m), 2, " \"'")
	}
	for _, v := range [...]string{":", " :", "=", " is ", " to ", ": ", " should be ", " should read ", " = ", " - "} {
		if strings.HasPrefix(c.low[i:], v) && (v != " is " || strings.Contains(c.low[start:i], "name") || c.low[start:i] == "recipient" || c.low[start:i] == "passenger") && (v != " to " || strings.HasSuffix(c.low[start:i], "name")) {
			return c.skip(i+len(v), 2, " \"'")
		}
	}
	if j := c.past(i, zhVerbs); j > i+1 && text.IsHan(runeAt(c.s, j)) {
		return j
	}
	return 0
}

// nameOn is "name on my order to".
var nameOn = regexp.MustCompile(`^ (?:on|for) (?:my|the|this|his|her|our) [a-z]+(?: is now| is| from [a-z]+ to| to| should be| as|:) `)

// titled returns the end of a title at i, or i.
func (c *scan) titled(i int) int {
	end := i
	for isLetter(c.byteAt(end)) {
		end++
	}
	for _, cue := range enCues[c.low[i:end]] {
		if cue.how == title && c.byteAt(i) != 0 && (c.byteAt(end) == '.' || c.byteAt(end) == ' ') {
			return end
		}
	}
	return i
}

// titleFits reports whether the word behind a title is no brand: Dr. Martens.
func (c *scan) titleFits(i int) bool {
	w := c.word(i)
	return !titleBrands[strings.TrimSuffix(w, "'s")]
}

// word is the word at i, in lower case; "" behind the text.
func (c *scan) word(i int) string {
	i = min(i, len(c.s))
	end := i
	for end < len(c.s) {
		r, n := utf8.DecodeRuneInString(c.s[end:])
		if !nameLetter(r) && !(r == '\'' || r == '-') {
			break
		}
		end += n
	}
	return strings.Trim(c.low[i:end], "'-")
}

// nameLetter reports whether r is a letter of a script with capitals.
func nameLetter(r rune) bool {
	return r < utf8.RuneSelf && isLetter(byte(r)) || r >= 0xC0 && r < 0x2E80 && unicode.IsLetter(r)
}

// particles stand within names.
var particles = wordSet("de van von der den bin al la le di da dos del du el ibn ter bint mac")

// nameLatin returns the end of the name of one to four words at i, or 0. Behind
// a strong cue any word with a capital counts, and those in lower case that are
// not in common use.
func (c *scan) nameLatin(i int, strong bool) int {
	end, words := 0, 0
	for words < 4 {
		w := c.word(i)
		if w == "" || len(w) > 24 {
			break
		}
		r, _ := c.after(i)
		capital := unicode.IsUpper(r) && !c.shouted()
		switch {
		case particles[w] && words > 0 || particles[w] && capital:
		case capital && (givenNames[w] || !stopWords[w] && (strong || !noPerson[w])):
			end = i + len(w)
		case capital && len(w) == 1 && (words > 0 && w != "i" || c.byteAt(i+1) == '.' && (strong || c.initial(i))):
			end = i + 1
		case strong && c.plainName(w, words) && (len(w) > 1 || words > 0) && (words == 0 || !unicode.IsUpper(r) || c.shouted()) && words < 3 && (words == 0 || c.lowerSo(end)):
			end = i + len(w)
		default:
			return end
		}
		words++
		j := i + len(w)
		if c.byteAt(j) == '.' && len(w) == 1 {
			j++
		}
		k := c.skip(j, 1, " ")
		if strings.HasPrefix(c.s[j:], "·") {
			k = j + len("·")
		} else if k == j {
			break
		}
		i = k
	}
	return end
}

// initial reports whether the letter at i and its point stand before a surname:
// J. Petrosyan.
func (c *scan) initial(i int) bool {
	w := c.word(i + len("J. "))
	r, _ := c.after(i + len("J. "))
	return len(w) > 2 && unicode.IsUpper(r) && !stopWords[w] && !noPerson[w] && !ordinary[w]
}

// plainName reports whether a word in lower case may belong to a name, behind
// so many words of it.
func (c *scan) plainName(w string, words int) bool {
	return givenNames[w] || !stopWords[w] && !ordinary[w] && (words > 0 || !noPerson[w]) && !describes(w)
}

// lowerSo reports whether the word that ends at i is in lower case, so that the
// next may be too.
func (c *scan) lowerSo(i int) bool {
	return c.byteAt(i-1) != 0 && (i < 2 || !c.shouted() || c.upper)
}

// shouted reports whether the whole message is in capitals.
func (c *scan) shouted() bool { return c.upper && !c.lower }

// given reports whether a given name stands at i.
func (c *scan) given(i int) bool { return givenNames[c.word(i)] }
