package privacy

import (
	"strings"
	"unicode"
)

// likely returns the end of what looks like a name behind a weak cue, or 0: it
// begins with a given name, or has capitals and stands as names do.
func (c *scan) likely(i int, cue string) int {
	r, _ := c.after(i)
	w := c.word(i)
	if w == "" {
		return 0
	}
	given := givenNames[w]
	if !unicode.IsUpper(r) || c.shouted() {
		return c.likelyLower(i, w, cue, given)
	}
	end := c.nameLatin(i, false)
	if end == 0 {
		return 0
	}
	words := 1 + strings.Count(c.s[i:end], " ")
	next := c.word(c.skip(end, 2, " ,"))
	if cue == "for" && !c.forWhom(end, words, given) {
		return 0
	}
	switch {
	case words == 1 && (ambiguous[w] && next == "about" || months[w] && strings.HasPrefix(cue, "it") && !follows[next]): // "I'm Frank about it", "it's June"
		return 0
	case given && (words > 1 || cue != "for"):
		return end
	case noPerson[w] || isDigit(c.byteAt(c.skip(end, 1, " "))):
		return 0
	case follows[next]:
		return end
	case greets[cue] && cue != "dear" || cue == "agent":
		return 0
	case words > 1 && cue != "it is" && cue != "it's" && cue != "its":
		if last := strings.Fields(c.low[i:end])[words-1]; noPerson[last] || ordinary[last] || ordinary[w] || describes(w) {
			return 0
		}
		return end
	case ordinary[w] || describes(w) || len(w) < 3 || !c.lone(end, cue, next):
		return 0
	}
	return end
}

// months are those that are given names too.
var months = wordSet("april may june august")

// lone reports whether a single word that is no known name is one behind the
// cue, as it ends a clause: "ask for Naledi.", "a table under Castellanos at 7".
func (c *scan) lone(end int, cue, next string) bool {
	switch cue {
	case "it's", "it is", "here is", "this is":
		return false
	case "under":
		return c.booked() && (c.clauseEnds(end) || behindFor[next])
	}
	return tells[cue] && c.clauseEnds(end)
}

// forWhom reports whether "for" and a name of so many words are said of a
// booking, or of a person in passing, and not of goods by a brand.
func (c *scan) forWhom(end, words int, given bool) bool {
	if words < 2 || !c.clauseEnds(end) && !behindFor[c.word(c.skip(end, 1, " "))] {
		return false
	}
	return given && !strings.Contains(c.low, "ticket") || c.booked()
}

// booked reports whether a message is about a booking.
func (c *scan) booked() bool {
	return strings.Contains(c.low, "reservation") || strings.Contains(c.low, "table") || strings.Contains(c.low, "appointment")
}

// behindFor are words behind a name behind "for".
var behindFor = wordSet("at on to in and from with is who by please tomorrow tonight today this next because i but")

// namesBefore reads what stands before "here" and "is my name": "Ann Lee here".
func (c *scan) namesBefore(i, end int) {
	from := false
	switch w := c.low[i:end]; {
	case w == "here" || w == "speaking":
	case w == "from" && departments[c.word(c.skip(c.skip(end, 1, " "), 5, "your "))]:
		from = true
	case w == "is" && (strings.HasPrefix(c.low[end:], " my name") || strings.HasPrefix(c.low[end:], " the name") || strings.HasPrefix(c.low[end:], " my full name")):
	default:
		return
	}
	last := c.backBlanks(i)
	start, words := last, 0
	for words < 3 {
		from := start
		for r, k := c.before(from); nameLetter(r) || r == '\'' || r == '-' && from < start; r, k = c.before(from) {
			if from -= k; start-from > 24 {
				return
			}
		}
		r, _ := c.after(from)
		if w := c.word(from); from == start || !unicode.IsUpper(r) || greets[w] || stopWords[w] {
			break
		}
		start, words = from, words+1
		if c.byteAt(start-1) != ' ' {
			break
		}
		start--
	}
	start = c.skip(start, 1, " ")
	if words == 0 || c.shouted() || c.nameLatin(start, false) != last {
		return
	}
	if w := c.word(start); givenNames[w] || words > 1 && !ordinary[w] && !describes(w) || c.low[i:end] == "here" && c.alone(start, last) || from && c.amid(start) && !ordinary[w] && !noPerson[w] && !describes(w) {
		c.add(start, last, Name)
	}
}

// likelyLower is likely for a word in lower case, or a text all in capitals.
func (c *scan) likelyLower(i int, w, cue string, given bool) int {
	if !given || ambiguous[w] || !tells[cue] {
		return 0
	}
	end := i + len(w)
	j := c.skip(end, 1, " ")
	next := c.word(j)
	if j == end || next == "" || stopWords[next] || ordinary[next] || noPerson[next] {
		return end
	}
	j += len(next)
	if behind := c.word(c.skip(j, 1, " ")); c.clauseEnds(j) || follows[behind] || behind == "and" || behind == "i" {
		return j
	}
	return end
}

// clauseEnds reports whether a clause may end at i.
func (c *scan) clauseEnds(i int) bool {
	i = c.skip(i, 1, " ")
	b := c.byteAt(i)
	return i >= len(c.s) || strings.IndexByte(",.!?;:\n)-", b) >= 0 || b >= 0xE3
}

// signature returns the end of a name with nothing behind it but the end of the
// message or of the line.
func (c *scan) signature(i int) int {
	j := c.skip(i, 6, " ,.!-\n\r")
	if j == i || !strings.ContainsAny(c.s[i:j], ",\n-") && !c.given(j) {
		return 0
	}
	w := c.word(j)
	r, _ := c.after(j)
	line := strings.Contains(c.s[i:j], "\n")
	if w == "" || noPerson[w] || !givenNames[w] && (!line && !strings.ContainsAny(c.s[i:j], ",-") || !unicode.IsUpper(r) || ordinary[w] || stopWords[w]) {
		return 0
	}
	end := 0
	if unicode.IsUpper(r) && !c.shouted() {
		end = c.nameLatin(j, false)
	} else if givenNames[w] && !ambiguous[w] {
		end = c.nameLatin(j, true)
	}
	if end == 0 {
		return 0
	}
	k := c.skip(end, 3, " .!\"')")
	if k < len(c.s) && c.s[k] != '\n' && c.s[k] != '\r' && !(givenNames[w] && (c.s[k] == ',' || line)) {
		return 0
	}
	return end
}

// describes reports whether a word in capitals is an adjective of a country or
// another word that says how somebody is: Canadian, Excited.
func describes(w string) bool {
	for _, end := range [...]string{"ing", "ed", "ful", "able", "ish", "ese", "ian", "ican", "less", "ous", "ive", "ally", "ist", "er's"} {
		if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}

// follows are words behind a name that tells itself.
var follows = wordSet("from here calling speaking again writing with")

// tells are the cues with which people say who they are.
var tells = wordPhrases("my name|the name|on name|under name|in name|reservation under|booking under|booked under|listed under|table under|reserved under|registered under|account under|order under|reservation is for|i go by|i am|i'm|im|this is|call me|it's|it is|ask for|hi this is|dear|spoke with|spoke to|speak to|speak with|talked to|talking to|on behalf of|booked for|booking for|reservation for|my wife|my husband|my son|my daughter|my brother|my sister|my friend|my colleague|my partner|my mother|my father|my boss|my assistant|gift for|order for|package for|parcel for|name was|signed by|signed for by|received by|collected by|served by|handled by|assisted by|was called|is called|guy called|man called|woman called|lady called|pass this on to|pass it on to|forward this to|assigned to|escalated to|sent by|paid by|hand it to|give it to|leave it with|picked up by|to the attention of|account is under|order is under|booking is under|reservation is under|it is under|it's under|its under|it was under|order was under|everything is under|policy is under|contract is under|subscription is under|handed to|given to|released to|seen by|referred by|placed by|made out to|maiden name|guy named|man named|woman named|lady named|person named|colleague named|agent named")

// greets are words that greet the shop as often as they do a person.
var greets = wordPhrases("hi|hello|hey|good morning|good afternoon|good evening|dear|yours|thanks to|helped by")

func wordPhrases(s string) map[string]bool {
	m := map[string]bool{}
	for p := range strings.SplitSeq(s, "|") {
		m[strings.TrimSpace(p)] = true
	}
	return m
}
