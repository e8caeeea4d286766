package privacy

import (
	"regexp"
	"strings"
	"unicode"
)

// several are the cues that more than one person follows.
var several = wordPhrases("passengers|guests|travellers|travelers|travelling with me|traveling with me|attendees|participants|adults|children|kids")

// between is what stands between two names of a list: their age, a comma.
var between = regexp.MustCompile(`^(?: ?\([^()]{1,12}\))?(, and | and | ?& ?| \+ |, )`)

// listLatin adds the name in [i, end) and those that follow it: "Ann Lee and Tom
// Lee", and where several are announced, "Ann, Tom and Joe".
func (c *scan) listLatin(i, end int, many bool) {
	c.add(i, end, Name)
	for range 8 {
		m := between.FindStringSubmatchIndex(c.s[end:min(len(c.s), end+24)])
		if m == nil || !many && c.s[end+m[2]:end+m[3]] == ", " {
			return
		}
		last := c.s[i:end]
		i = end + m[1]
		if end = c.nameLatin(i, false); end == 0 || c.byteAt(end) == '\'' || !c.companion(i, end, last, many) {
			return
		}
		c.add(i, end, Name)
	}
}

// companion reports whether the words in [i, end) are another person behind one:
// they begin with a given name or end as the one before, or are two where
// several are announced.
func (c *scan) companion(i, end int, before string, many bool) bool {
	if r, _ := c.after(i); !unicode.IsUpper(r) || c.titled(i) > i {
		return false
	}
	words := strings.Fields(c.low[i:end])
	last := words[len(words)-1]
	if noPerson[last] || ordinary[last] || ordinary[words[0]] {
		return false
	}
	same := len(words) > 1 && strings.HasSuffix(strings.ToLower(before), " "+last)
	return givenNames[words[0]] && (!ambiguous[words[0]] || len(words) > 1) || same || many && len(words) > 1
}

// elders are words for relatives that stand before names as titles do, with a
// capital; kinBrands are the names behind them in brands.
var (
	elders    = wordSet("aunt auntie uncle grandma granny grandpa nana")
	kinBrands = wordSet("jemima ben bens sam bessie bessies tom smith moses")
)

// elder reports whether the name in [i, end) is that of a relative.
func (c *scan) elder(i, end int) bool {
	w, next := c.word(i), c.word(c.skip(end, 1, " "))
	if !c.clauseEnds(end) && !does[next] && !stopWords[next] {
		return false
	}
	return (givenNames[w] || ambiguous[w]) && c.byteAt(end) != '\'' && !kinBrands[w]
}

// onlyGiven are the cues behind which only a given name that is no other word, or an
// initial, tells a person.
var onlyGiven = wordPhrases(`who is|who's|adults|children|kids|engrave|engraved with|embroidered with|personalised with|personalized with|monogrammed with|payable to|
	one for|another for|the other for|for me|for myself|happy birthday|happy anniversary|congratulations|congrats|get well soon|happy 18th|happy 21st|happy 30th|happy 40th|happy 50th|happy 60th|happy 70th|happy 80th|happy 90th|
	shared with|share it with|plan with|travelling with|traveling with|staying with|live with|living with|passport says|passport reads|id says|licence says|license says|ticket says|going with|meeting with|appointment with|call with|flying with|seated with|slip reads|slip says|label reads|label says|signature reads|signature says`)

// moneyTo is what stands before the person who gets money: "transfer 300 to".
var moneyTo = regexp.MustCompile(`\b(?:transfer|transferred|send|sent|pay|paid|wire|wired) (?:[£$€]|[a-z]{3} )?[0-9][0-9.,]*(?: ?(?:[a-z]{3}|pounds|euros|dollars|quid|bucks))? to `)

// careful reports whether the name in [i, end) is one behind cues that other
// things follow as often.
func (c *scan) careful(i, end int, cue string) bool {
	words := strings.Fields(c.low[i:end])
	if onlyGiven[cue] {
		if next := c.skip(end, 1, " "); noPerson[c.word(next)] && c.byteAt(next) < 'a' { // Victoria Station
			return false
		}
		return (givenNames[words[0]] && !ambiguous[words[0]] || c.initial(i)) && !noPerson[words[len(words)-1]]
	}
	switch cue {
	case "add", "remove", "authorise", "authorize", "nominate":
		next := c.word(c.skip(end, 2, " \"'"))
		return next == "as" || next == "to" && cue[0] == 'a' && cue[1] == 'u'
	case "to":
		m := moneyTo.FindStringIndex(c.low[max(0, i-48):i])
		return m != nil && m[1] == min(i, 48) && !ambiguous[words[0]]
	case "should be", "should say":
		from := max(0, i-60)
		k := strings.LastIndex(c.low[from:i], "name")
		return k >= 0 && !c.ofThing(from+k) && !noPerson[words[len(words)-1]]
	}
	return true
}

// loosely returns where what is said of the label before i begins, or 0:
// "change the recipient to …", "the driver will be …".
func (c *scan) loosely(i int) int {
	for _, v := range [...]string{" is ", " to ", " will be ", " would be ", " is now ", " was ", " changed to "} {
		if strings.HasPrefix(c.low[i:], v) {
			return c.skip(i+len(v), 1, "\"'")
		}
	}
	return 0
}
