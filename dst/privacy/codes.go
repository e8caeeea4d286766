package privacy

import "strings"

const maxCode = 34 // characters of an IBAN

// codes reads what is written in letters and digits: USCC, IBAN, documents.
func (c *scan) codes() {
	for i := 0; i < len(c.s); {
		if !isAlnum(c.s[i]) {
			i++
			continue
		}
		end, digits := i, 0
		for end < len(c.s) && isAlnum(c.s[end]) {
			if isDigit(c.s[end]) {
				digits++
			}
			end++
		}
		if digits == 0 {
			i = end
			continue
		}
		i = max(c.code(i, end), end)
	}
}

// code reads what begins at i, where a run of letters and digits does that ends
// at end, and returns where it went on to.
func (c *scan) code(i, end int) int {
	if last := c.usccAt(i, end); last > 0 {
		c.add(i, last, USCC)
		return last
	}
	if last := c.ibanAt(i); last > 0 {
		c.add(i, last, IBAN)
		return last
	}
	if n := end - i; n >= 6 && n <= 18 && !c.partOfCode(i, end) {
		switch c.label(i) {
		case Document:
			c.add(i, end, Document)
		case USCC:
			if n >= 15 {
				c.add(i, end, USCC)
			}
		case ResidentID:
			if strings.IndexFunc(c.s[i:end-1], func(r rune) bool { return r >= 'A' }) < 0 || n < 12 {
				c.idCard(i, end)
			}
		}
	}
	return end
}

// idCard takes in the check digit in brackets of Hong Kong: A123456(7).
func (c *scan) idCard(i, end int) {
	if c.byteAt(end) == '(' && isAlnum(c.byteAt(end+1)) && c.byteAt(end+2) == ')' {
		end += 3
	}
	if !isLetter(c.s[i]) {
		return
	}
	c.add(i, end, Document)
}

func (c *scan) partOfCode(i, end int) bool {
	return i > 1 && strings.IndexByte("-_/@.", c.s[i-1]) >= 0 && isAlnum(c.s[i-2]) ||
		end+1 < len(c.s) && strings.IndexByte("-_/@.", c.s[end]) >= 0 && isAlnum(c.s[end+1])
}

// usccAt returns the end of the code that begins at i, or 0. It may be in
// groups.
func (c *scan) usccAt(i, end int) int {
	if end-i > 18 || c.partOfCode(i, i) {
		return 0
	}
	var buf [18]byte
	n, j := c.gather(buf[:], i, 2)
	if n == 18 && !isAlnum(c.byteAt(j)) && uscc(string(buf[:])) {
		return j
	}
	return 0
}

// gather collects letters and digits from i on, in capitals, past single
// blanks and dashes between groups of at least that many; it returns how many
// there are and where they end.
func (c *scan) gather(buf []byte, i, least int) (n, end int) {
	run := 0
	for end = i; i < len(c.s) && n < len(buf); i++ {
		b := c.s[i]
		switch {
		case isAlnum(b):
			if b >= 'a' && b <= 'z' {
				b -= 'a' - 'A'
			}
			buf[n] = b
			n, end, run = n+1, i+1, run+1
		case (b == ' ' || b == '-') && run >= least:
			run = 0
		default:
			return n, end
		}
	}
	return n, end
}

// ibans are the lengths of the account numbers of the countries.
var ibans = func() map[string]int {
	m := map[string]int{}
	for f := range strings.FieldsSeq(`AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23
		GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28
		PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20`) {
		m[f[:2]] = int(f[2]-'0')*10 + int(f[3]-'0')
	}
	return m
}()

// ibanAt returns the end of the account number that begins at i, or 0. Behind
// the word IBAN its check digits may be wrong.
func (c *scan) ibanAt(i int) int {
	if i+4 > len(c.s) || !isLetter(c.s[i]) || !isLetter(c.s[i+1]) || !isDigit(c.s[i+2]) || !isDigit(c.s[i+3]) || i > 0 && isAlnum(c.s[i-1]) {
		return 0
	}
	want := ibans[strings.ToUpper(c.s[i:i+2])]
	var buf [maxCode]byte
	n, end := c.gather(buf[:want], i, 2)
	if want == 0 || n < want || isAlnum(c.byteAt(end)) {
		return 0
	}
	if mod97(buf[:n]) || c.label(i) == IBAN {
		return end
	}
	return 0
}

// mod97 checks an account number (ISO 7064 MOD 97-10).
func mod97(s []byte) bool {
	m := 0
	for i := range s {
		switch b := s[(i+4)%len(s)]; {
		case isDigit(b):
			m = (m*10 + int(b-'0')) % 97
		default:
			m = (m*100 + int(b-'A') + 10) % 97
		}
	}
	return m == 1
}
