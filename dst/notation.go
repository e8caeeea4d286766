package dst

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

const special = "\"\\=!<>~;"

// splitActs cuts at ";" and line ends that stand outside quotes.
func splitActs(s string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == ';' || c == '\n'):
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[min(start, len(s)):])
}

// scanName takes a bare or quoted name off the front of s.
func scanName(s string) (name, rest string, err error) {
	if strings.HasPrefix(s, `"`) {
		q, err := strconv.QuotedPrefix(s)
		if err != nil {
			return "", "", fmt.Errorf("the quoted name in %q does not end", s)
		}
		name, err = strconv.Unquote(q)
		return name, strings.TrimSpace(s[len(q):]), err
	}
	end := len(s)
	for i, r := range s {
		if r == '\n' || strings.ContainsRune(special, r) || opAt(s[i:]) != "" {
			end = i
			break
		}
	}
	name, rest = strings.TrimSpace(s[:end]), strings.TrimSpace(s[end:])
	if needsQuotes(name) && name != "" {
		return "", "", fmt.Errorf("the name %q needs quotes", name)
	}
	return name, rest, nil
}

func scanOp(s string) (Op, string, error) {
	if op := opAt(s); op != "" {
		return op, strings.TrimSpace(s[len(op):]), nil
	}
	return "", "", fmt.Errorf("unknown operator at %q; the operators are = != < <= > >= ~ += -=", s)
}

func opAt(s string) Op {
	for _, op := range ops {
		if strings.HasPrefix(s, string(op)) {
			return op
		}
	}
	return ""
}

func scanValue(s string) (string, error) {
	if strings.HasPrefix(s, `"`) {
		v, err := strconv.Unquote(s)
		if err != nil {
			return "", fmt.Errorf("the quoted value %s is malformed", s)
		}
		return v, nil
	}
	if needsQuotes(s) {
		return "", fmt.Errorf("the value %q needs quotes: %q", s, strconv.Quote(s))
	}
	return s, nil
}

// needsQuotes reports whether a name or value cannot stand bare.
func needsQuotes(s string) bool {
	if s == "" || s != strings.TrimSpace(s) || strings.ContainsAny(s, special) {
		return true
	}
	for _, r := range s {
		if r == unicode.ReplacementChar || unicode.IsControl(r) || r != ' ' && !unicode.IsPrint(r) {
			return true
		}
	}
	return strings.HasSuffix(s, "+") || strings.HasSuffix(s, "-") // "x+" before "=" would read as +=
}

func quoteIf(s string, quoted bool) string {
	if quoted {
		return strconv.Quote(s)
	}
	return s
}
