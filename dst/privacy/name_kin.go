package privacy

import (
	"strings"
	"unicode"
)

// kin are words for people near to a customer, whose names follow: "my sister
// Odalys"; served are those for people at work, of whom only a given name or a
// full one is taken.
var (
	kin = wordSet(`wife husband son daughter brother sister mother father mom mum mam dad partner friend colleague coworker roommate mate flatmate housemate
		neighbour neighbor boss assistant aunt uncle cousin niece nephew grandmother grandfather grandma grandpa granddaughter grandson girlfriend boyfriend
		fiancé fiancée fiance fiancee spouse landlord landlady tenant subtenant lodger nanny carer stepfather stepmother stepson stepdaughter`)
	served = wordSet("technician engineer courier agent rep representative advisor adviser nurse receptionist clerk manager supervisor cashier salesman saleswoman salesperson concierge plumber electrician installer guide instructor teacher driver waiter waitress")
	// whose stand before them, with one word between at most: "my late father".
	whose = wordSet("my his her our their your the a an")
	// does are words behind the name of a person.
	does = wordSet(`at on who is has was will and or can could for in with said says told had did wants needs wanted lives works signed picks picked paid booked
		ordered bought called instead too please asked promised gave handed came left here as
		broke lost made sent got took went saw found forgot spoke wrote thinks works uses keeps gets does is isn't doesn't can't cannot must may might would should`)
)

// namesKin reads the name behind a word for a person in [i, end).
func (c *scan) namesKin(i, end int) {
	w := c.low[i:end]
	near := kin[w]
	if !near && !served[w] || !c.whose(i) {
		return
	}
	comma := c.byteAt(end) == ','
	from := c.skip(end, 2, " ,")
	r, _ := c.after(from)
	if from == end || !unicode.IsUpper(r) || c.shouted() {
		return
	}
	last := c.nameLatin(from, false)
	if last == 0 || c.titled(from) > from {
		return
	}
	words := strings.Fields(c.low[from:last])
	first, next := words[0], c.word(c.skip(last, 1, " "))
	switch {
	case givenNames[first] && !comma:
	case noPerson[first] || ordinary[first] || describes(first) || noPerson[words[len(words)-1]]:
		return
	case len(words) > 1 || givenNames[first]:
		if comma && !c.clauseEnds(last) {
			return
		}
	case comma || !near || len(first) < 3 || !c.clauseEnds(last) && !does[next] && !(len(next) > 4 && strings.HasSuffix(next, "ed")):
		return
	}
	c.add(from, last, Name)
}

// whose reports whether a word such as "my" stands before the one at i, or
// before the one before it.
func (c *scan) whose(i int) bool {
	words := strings.Fields(c.low[max(0, i-24):i])
	n := len(words)
	mine := func(w string) bool { return whose[w] || strings.ContainsAny(w, "我你他她") }
	return n > 0 && mine(words[n-1]) || n > 1 && mine(words[n-2])
}

// strangers are words that stand before "here" as names do.
var strangers = wordSet("newbie noob buyer dad mom mum parent student teacher tourist traveller traveler expat gamer subscriber patient landlord renter anybody somebody nobody passenger caller")

// alone reports whether the word in [i, end), which stands before "here", is the
// name of somebody who says hello: "Hey, Naledi here, …".
func (c *scan) alone(i, end int) bool {
	w := c.low[i:end]
	if len(w) < 3 || ordinary[w] || describes(w) || strangers[w] {
		return false
	}
	before := strings.TrimRight(c.low[:i], " ")
	if before != "" && strings.IndexByte(",.!?\n:-", before[len(before)-1]) < 0 && !greets[before] {
		return false
	}
	here := c.backBlanks(end) + len(" here")
	return here < len(c.s) && (strings.IndexByte(",.!-;", c.s[here]) >= 0 || follows[c.word(c.skip(here, 1, " "))])
}

// departments are those that people call from: "Elodie from billing".
var departments = wordSet("billing accounts sales support reception complaints returns logistics dispatch it hr finance payroll service customer helpdesk warehouse team branch office department")

// amid reports whether the word at i stands within a sentence, where only names
// have a capital.
func (c *scan) amid(i int) bool {
	return i > 1 && c.s[i-1] == ' ' && isLetter(c.s[i-2])
}

// pinyinSurnames begin names as tickets have them: ZHOU/MINGXUAN.
var pinyinSurnames = wordSet(`wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin guo ma luo liang song zheng xie tang feng yu dong xiao cheng cao yuan deng
	fu shen zeng peng lyu lu su jiang cai jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin hao kong bai cui kang mao qiu qin gu hou
	shao meng long wan duan lei qian yin lai gong pang yan ni wen niu ji zhuang nie xing qi mei tao hong ouyang situ shangguan zhuge`)

// ticketName takes a surname in Pinyin and a given name with a stroke between
// them, in capitals.
func (c *scan) ticketName(i, end int) {
	last, given, ok := strings.Cut(c.s[i:end], "/")
	if !ok || !pinyinSurnames[c.low[i:i+len(last)]] || len(given) < 2 || strings.ToUpper(c.s[i:end]) != c.s[i:end] || strings.IndexFunc(given, unicode.IsUpper) < 0 || strings.Contains(given, "/") {
		return
	}
	c.add(i, end, Name)
}
