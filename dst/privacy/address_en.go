package privacy

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// streetNames end the name of a street, in what package text does not know of.
var streetNames = wordSet(`grove gardens garden hill park heights green view rise end quay wharf cross gate vale mount parade promenade esplanade loop bend
	crossing run path pass point pike freeway expressway turnpike court crescent close drive lane road street avenue boulevard way place square terrace mews row`)

// street takes in what stands around a street that package text found: the
// flat before it, the city and the code behind it. In a text with capitals the
// name of a street has one, or else a word for an address stands before it.
func (c *scan) street(start, end int) {
	cue := c.addressCue(start) || c.addressCue(c.flat(start))
	end = c.unstretched(start, end)
	tail := c.town(end)
	if !cue && tail == end && !c.named(start, end) {
		return
	}
	c.add(c.flat(start), tail, Address)
}

// unstretched cuts off what is no town: "45 Park Lane is in", where "in" is the
// code of no state.
func (c *scan) unstretched(start, end int) int {
	if end-start < 3 || c.s[end-3] != ' ' || !isLetter(c.s[end-1]) || c.s[end-1] < 'a' || !c.named(start, end) {
		return end
	}
	for i := start; i < end; i++ {
		w := c.word(i)
		if streetNames[w] && i > start && c.s[i-1] == ' ' {
			return i + len(w)
		}
	}
	return end
}

// named reports whether a capital stands behind the number.
func (c *scan) named(start, end int) bool {
	words := strings.FieldsFunc(c.s[start:end], func(r rune) bool { return r == ' ' || r == ',' })
	return c.lower && len(words) > 2 && words[1][0] >= 'A' && words[1][0] <= 'Z' && words[2][0] >= 'A' && words[2][0] <= 'Z' ||
		len(words) > 2 && isDigit(words[1][0])
}

// streets reads what package text does not: other words for streets, post
// boxes, streets of the continent, and numbers with a name behind words for an
// address.
func (c *scan) streets() {
	if slices.ContainsFunc(continentalHints, func(w string) bool { return strings.Contains(c.low, w) }) {
		for _, m := range continental.FindAllStringIndex(c.s, -1) {
			c.add(c.flat(m[0]), c.town(m[1]), Address)
		}
	}
	for i := 0; i < len(c.s); {
		if !isDigit(c.s[i]) || isAlnum(c.byteAt(i-1)) || i > 0 && strings.IndexByte(".-$#", c.s[i-1]) >= 0 || i > 1 && c.s[i-1] == ',' && isDigit(c.s[i-2]) {
			i++
			continue
		}
		j := i
		for isDigit(c.byteAt(j)) {
			j++
		}
		if j-i > 5 {
			i = j
			continue
		}
		if isLetter(c.byteAt(j)) && !isAlnum(c.byteAt(j+1)) {
			j++ // 221B
		}
		for k := 0; k < 2 && c.byteAt(j) == '-' && isDigit(c.byteAt(j+1)); k++ { // 1-2-3 Shibuya
			for j++; isDigit(c.byteAt(j)); j++ {
			}
		}
		if end := c.capitals(j); end > 0 && (c.addressCue(i) || c.streetEnds(j, end) && (c.town(end) > end || c.numbered(i) < i) || c.coded(end)) {
			c.add(c.flat(c.numbered(i)), c.town(end), Address)
		}
		i = j
	}
}

// continental are streets that stand before their number, or behind a word.
var continental = regexp.MustCompile(`\b[A-ZÄÖÜ][\p{L}-]*(?:[Ss]tra(?:ß|ss)e|[Ss]tr\.|weg|platz|gasse|allee|damm|ufer|straat|laan|gracht|plein)\s\d{1,4}[a-zA-Z]?\b` +
	`|\b\d{1,4}(?: bis| ter)?,? (?i:rue|avenue|boulevard|place|quai|chemin|impasse|allée)(?: (?:de la|de l'|des|du|de|d'|l'))? ?\p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)*` +
	`|\b(?:Via|Viale|Piazza|Corso|Calle|Avenida|Plaza|Paseo|Rua)(?: (?:de la|del|della|dei|de|di|da|do))? \p{Lu}[\p{L}'-]*(?: \p{Lu}[\p{L}'-]*)*,? \d{1,4}\b` +
	`|\b(?:P\.?\s?O\.?\s?[Bb]ox|PO BOX|po box|p\.o\. box)\s#?\d{1,6}\b`)

// shortened are words that a point may stand behind in an address.
var shortened = wordSet("st ave dr rd blvd ln ct pl sq n s e w ne nw se sw mt ft ste apt")

// state is one before its code: VIC 3000, CA 95110.
var state = regexp.MustCompile(`^ [A-Z]{2,3} \d`)

// continentalHints are cheaper to look for: without one of them none is there.
var continentalHints = strings.Fields("stra str. weg platz gasse allee damm ufer laan gracht plein rue avenue boulevard place quai chemin impasse allée via piazza corso calle avenida plaza paseo rua box")

// capitals returns the end of the one to four capitalised words behind i, or 0.
func (c *scan) capitals(i int) int {
	end := 0
	for range 4 {
		if c.byteAt(i) != ' ' {
			break
		}
		r, _ := c.after(i + 1)
		if !unicode.IsUpper(r) {
			break
		}
		if state.MatchString(c.s[i:min(len(c.s), i+6)]) {
			break
		}
		i++
		from := i
		for i < len(c.s) {
			r, n := utf8.DecodeRuneInString(c.s[i:])
			if !unicode.IsLetter(r) && r != '\'' && r != '-' && r != '.' {
				break
			}
			i += n
		}
		if isDigit(c.byteAt(i)) { // the first half of a postcode
			break
		}
		end = i
		if c.s[i-1] == '.' && !shortened[c.low[from:i-1]] { // the end of a sentence
			break
		}
	}
	for end > 0 && strings.IndexByte(".'-", c.s[end-1]) >= 0 {
		end--
	}
	return end
}

// numbered takes in "No." before the number of a house.
func (c *scan) numbered(i int) int {
	for _, w := range [...]string{"no. ", "no.", "number ", "nr. "} {
		if strings.HasSuffix(c.low[:i], w) && wordStarts(c.low, i-len(w)) {
			return i - len(w)
		}
	}
	return i
}

// streetEnds reports whether the words in [i, end) are the name of a street.
func (c *scan) streetEnds(i, end int) bool {
	words := strings.Fields(c.low[i:end])
	last := len(words) - 1
	return last >= 1 && streetNames[words[last]] || last == 1 && words[0] == "the"
}

// coded reports whether a postcode ends the address that goes on at i.
func (c *scan) coded(i int) bool {
	s := c.s[i:c.town(i)]
	return postcode.MatchString(s)
}

// postcode is one with a town before it, of Britain, Canada, the United States,
// Australia or the continent.
var postcode = regexp.MustCompile(`[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2,3} \d{4,5}\b|\b\d{5}\b`)

// part is one part of an address behind its street: a flat, a town, a code, a
// state, a country.
var part = regexp.MustCompile(`^,? ?(?:(?i:apt|apartment|flat|unit|suite|ste|floor|room|fl)\.? ?#?[A-Za-z]?\d+[A-Za-z]?\b|#\d+[A-Za-z]?\b` +
	`|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|[A-Z]\d[A-Z] ?\d[A-Z]\d\b|(?:NW|NE|SW|SE|N|S|E|W)\b` +
	`|(?:[A-Z]{2,3} )?\d{5}(?:-\d{4})?\b(?: [A-Z][\p{L}]+(?: [A-Z][\p{L}]+)?)?|[A-Z]{2,3} \d{4}\b|[A-Z]{2}\b|\d{4} [A-Z][\p{L}]+\b|\d{3}-\d{4}\b` +
	`|(?i:usa|u\.s\.a\.|united states|uk|united kingdom|england|scotland|wales|ireland|canada|australia|germany|france|italy|spain|singapore|hong kong)\b)`)

// town returns the end of the parts that follow a street. Names count behind a
// comma, or before a code.
func (c *scan) town(i int) int {
	for range 8 {
		if m := part.FindStringIndex(c.s[i:min(len(c.s), i+48)]); m != nil {
			i += m[1]
			continue
		}
		j, comma := i, false
		if c.byteAt(j) == ',' {
			j, comma = j+1, true
		}
		end := c.capitals(j)
		if end == 0 || c.s[end-1] == '\'' {
			return i
		}
		if first := strings.Fields(c.low[j:end])[0]; noTown[first] {
			return i
		}
		if !comma && part.FindStringIndex(c.s[end:min(len(c.s), end+48)]) == nil {
			return i
		}
		i = end
		if m := district.FindString(c.s[i:min(len(c.s), i+6)]); m != "" && !c.unitAt(i+len(m)) {
			i += len(m)
		}
	}
	return i
}

// district is the number behind a town: Dublin 4.
var district = regexp.MustCompile(`^ \d{1,2}\b`)

// noTown begin the next clause rather than a town.
var noTown = wordSet("i i'm i'll i've my we please thanks thank the it is this that can could would and but if when what how mr mrs ms dr phone tel mobile email call contact order name attn")

// flatBefore is a flat that stands before its house.
var flatBefore = regexp.MustCompile(`(?i)\b(?:apt|apartment|flat|unit|suite|ste|floor|room|house|block|tower)\.? ?#?[a-z]?\d+[a-z]?(?: ?/ ?|, ?| )$|\b\d{1,4}[A-Za-z]?/$`)

func (c *scan) flat(i int) int {
	from := max(0, i-20)
	for from < i && !utf8.RuneStart(c.s[from]) {
		from++
	}
	if m := flatBefore.FindStringIndex(c.s[from:i]); m != nil {
		return from + m[0]
	}
	return i
}
