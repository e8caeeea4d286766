package privacy

import (
	"regexp"
	"strings"
	"time"

	"github.com/slotgraph/slotgraph/dst"
)

// emails reads addresses, also those that are spelt out so that machines do not
// read them: "ann at example dot com", "ann [at] example.com".
func (c *scan) emails() {
	if c.at {
		for _, m := range new(dst.Email).Find(dst.NewText(c.s, time.Time{})) {
			c.add(m.Start, m.End, Email)
		}
	}
	if !strings.Contains(c.low, "dot") && !strings.Contains(c.low, "at)") && !strings.Contains(c.low, "at]") && !strings.Contains(c.s, "艾特") {
		return
	}
	for _, m := range spelt.FindAllStringSubmatchIndex(c.low, -1) {
		if !noMailbox[c.low[m[2]:m[3]]] {
			c.add(m[0], m[1], Email)
		}
	}
}

// spelt is an address with words for its signs: the @ in brackets or in
// Chinese, or all of them in words. What ends it is a top-level domain in much
// use.
var spelt = regexp.MustCompile(`([a-z0-9][a-z0-9_+-]*)(?:(?:\.| dot | ?[\[(]dot[\])] ?|点)[a-z0-9_+-]+)*` +
	`(?:(?: ?[\[(]at[\])] ?|艾特)[a-z0-9-]+(?:(?:\.| dot | ?[\[(]dot[\])] ?|点)[a-z0-9-]+)*(?: dot | ?[\[(]dot[\])] ?|\.|点)` +
	`| at [a-z0-9-]+(?: dot [a-z0-9-]+)* dot )(?:com|net|org|edu|gov|io|cn|uk|de|co|me|info|fr|it|es|eu|jp|hk|tw|us|ca|au)\b`)

// noMailbox are words before "at" that begin no address.
var noMailbox = wordSet("me us it them you him her is are was be look looked shop shopping buy bought order ordered available sold site website online store page on sale price prices this that one")

func wordSet(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}
