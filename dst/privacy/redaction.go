package privacy

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A Redaction is the placeholders of one request or one conversation. The same
// text has the same placeholder throughout. What it holds is personal: it is to
// be kept no longer than the conversation, and never to be logged. It is safe
// for concurrent use.
type Redaction struct {
	find Finder

	mu     sync.Mutex
	names  map[string]string // of texts
	texts  map[string]string // of names, in their usual form: PHONE_1
	kinds  map[string]Kind   // of those texts that are personal wherever they stand
	taken  map[string]bool   // names that stand in the texts themselves
	counts map[Kind]int
}

// quoted is the kind of texts that look like a placeholder and are none.
const quoted Kind = "text"

// NewRedaction returns a redaction without placeholders. Matches of the finder
// that overlap are merged; those that are none of the text's are passed over.
func NewRedaction(find Finder) *Redaction {
	return &Redaction{find: find, names: map[string]string{}, texts: map[string]string{}, kinds: map[string]Kind{}, taken: map[string]bool{}, counts: map[Kind]int{}}
}

// Redact returns the text with a placeholder such as [PHONE_1] for each match,
// and for what was one in an earlier text, though nothing announces it here: a
// name that was told once is hidden from then on.
//
// What looks like a placeholder in the text is not confused with one: its name
// is not given out, and if it has been already, it gets a placeholder of its own
// ([TEXT_1]). So [Redaction.Restore] of the result is the text, whatever it is.
func (r *Redaction) Redact(text string) string {
	if text == "" {
		return text
	}
	found := slices.Clone(r.find.Recognise(text))
	r.mu.Lock()
	defer r.mu.Unlock()
	found = merge(r.again(found, text), len(text))
	at := 0
	for _, m := range found { // before any name is given out
		r.reserve(text[at:m.Start])
		at = m.End
	}
	r.reserve(text[at:])
	var b strings.Builder
	at = 0
	for _, m := range found {
		r.copy(&b, text[at:m.Start])
		b.WriteString(r.name(text[m.Start:m.End], m.Kind))
		at = m.End
	}
	r.copy(&b, text[at:])
	return b.String()
}

// again adds the places where texts stand that have a placeholder already.
func (r *Redaction) again(found []Match, text string) []Match {
	for known, kind := range r.kinds {
		for i := 0; ; {
			k := strings.Index(text[i:], known)
			if k < 0 {
				break
			}
			if i += k; apart(text, i) && apart(text, i+len(known)) {
				found = append(found, Match{i, i + len(known), kind})
			}
			i += len(known)
		}
	}
	return found
}

// apart reports whether no letters or digits of one word stand on both sides of
// byte i.
func apart(s string, i int) bool {
	return i <= 0 || i >= len(s) || !isAlnum(s[i-1]) || !isAlnum(s[i])
}

// telling reports whether a text is personal wherever it stands, and not a word
// as well, as "Will" is, or 王.
func telling(text string) bool {
	low := strings.ToLower(text)
	return utf8.RuneCountInString(text) > 1 && len(text) > 2 && !stopWords[low] && !ordinary[low] && !noPerson[low] && !ambiguous[low]
}

// Reserve keeps placeholders from having the names that stand in a text, which
// the model will see beside them without its being redacted.
func (r *Redaction) Reserve(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.reserve(text)
}

func (r *Redaction) reserve(text string) {
	each(text, func(_, _ int, name string) {
		if _, ok := r.texts[name]; !ok {
			r.taken[name] = true
		}
	})
}

// copy writes a piece without matches; what looks like a placeholder that has
// been given out gets one itself.
func (r *Redaction) copy(b *strings.Builder, piece string) {
	at := 0
	each(piece, func(start, end int, name string) {
		if _, ok := r.texts[name]; ok {
			b.WriteString(piece[at:start])
			b.WriteString(r.name(piece[start:end], quoted))
			at = end
		}
	})
	b.WriteString(piece[at:])
}

// name is the placeholder of a text.
func (r *Redaction) name(text string, kind Kind) string {
	if known, ok := r.names[text]; ok {
		return known
	}
	for {
		r.counts[kind]++
		name := kind.sign() + "_" + strconv.Itoa(r.counts[kind])
		if _, given := r.texts[name]; given || r.taken[name] {
			continue
		}
		r.texts[name], r.names[text] = text, "["+name+"]"
		if kind != quoted && telling(text) {
			r.kinds[text] = kind
		}
		return "[" + name + "]"
	}
}

// sign is a kind as placeholders show it.
func (k Kind) sign() string {
	s := strings.Map(func(r rune) rune {
		if inName(r) {
			return r
		}
		return '_'
	}, strings.ToUpper(string(k)))
	return cmp.Or(strings.TrimRight(cut(s, maxKind), "_"), "PRIVATE")
}

// Restore puts the texts in the place of their placeholders. It also takes the
// forms that models make of them: [phone_1], 【PHONE_1】, \[PHONE\_1\], [PHONE 1]
// and PHONE_1 without brackets. Others stay as they are.
func (r *Redaction) Restore(text string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.restore(text)
}

func (r *Redaction) restore(text string) string {
	if len(r.texts) == 0 {
		return text
	}
	var b strings.Builder
	at := 0
	each(text, func(start, end int, name string) {
		if t, ok := r.texts[name]; ok {
			b.WriteString(text[at:start] + t)
			at = end
		}
	})
	if at == 0 {
		return text
	}
	return b.String() + text[at:]
}

// Len is the number of placeholders given out.
func (r *Redaction) Len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.texts)
}

// A Stream restores a text that comes in pieces, as a model streams it. It is
// for one text and one goroutine.
type Stream struct {
	r    *Redaction
	held string // the beginning of a placeholder, perhaps
	last byte   // before it
}

// Stream returns a stream at its beginning.
func (r *Redaction) Stream() *Stream { return &Stream{r: r} }

// Next takes a piece and returns what is sure by now, which may be nothing:
// the beginning of a placeholder waits for its end.
func (s *Stream) Next(piece string) string {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	text := s.held + piece
	cut := s.r.open(text, s.last)
	s.held = text[cut:]
	return s.out(text[:cut])
}

// Rest returns what was held back, at the end of the text.
func (s *Stream) Rest() string {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	text := s.held
	s.held = ""
	return s.out(text)
}

// out restores a piece behind the byte that went before.
func (s *Stream) out(text string) string {
	if text == "" {
		return ""
	}
	lead := ""
	if wordByte(s.last) {
		lead = "a" // as good as any: no name begins with it
	}
	s.last = text[len(text)-1]
	return s.r.restore(lead + text)[len(lead):]
}
