package dst

import (
	"encoding/binary"
	"hash/maphash"
	"strings"
)

// str writes a text, or its place where it came before.
func (w *stateWriter) str(s string) {
	if w.came(s) {
		return
	}
	w.int(len(s) << 1)
	w.b = append(w.b, s...)
}

// name writes the name of a slot or an intent.
func (w *stateWriter) name(s string) {
	if w.came(s) {
		return
	}
	if w.last != "" && strings.HasPrefix(s, w.last) {
		w.int((len(s)-len(w.last))<<2 | 2)
		w.b = append(w.b, s[len(w.last):]...)
		return
	}
	w.int(len(s) << 2)
	w.b = append(w.b, s...)
	w.last = servicePart(s)
}

// servicePart is the service in a name, with the point, as far as it may be left
// out of later ones.
func servicePart(name string) string {
	if i := strings.IndexByte(name, '.'); i < longestService {
		return name[:i+1]
	}
	return ""
}

// came writes the place of a text that came before, and otherwise gives it one.
// The empty text has none: it is a 0.
func (w *stateWriter) came(s string) bool {
	if s == "" {
		w.byte(0)
		return true
	}
	at := w.place(s)
	if n := w.index[at]; n > 0 {
		w.int(int(n-1)<<1 | 1)
		return true
	}
	w.texts = append(w.texts, s)
	w.index[at] = uint32(len(w.texts))
	if 2*len(w.texts) > len(w.index) {
		w.grow()
	}
	return false
}

// place finds where in the index a text is, or would be.
func (w *stateWriter) place(s string) int {
	mask := len(w.index) - 1
	at := int(maphash.String(textSeed, s)) & mask
	for w.index[at] > 0 && w.texts[w.index[at]-1] != s {
		at = (at + 1) & mask
	}
	return at
}

func (w *stateWriter) grow() {
	w.index = make([]uint32, 2*len(w.index))
	for i, s := range w.texts {
		w.index[w.place(s)] = uint32(i + 1)
	}
}

func (w *stateWriter) byte(c byte) { w.b = append(w.b, c) }

func (w *stateWriter) int(n int) { w.b = binary.AppendUvarint(w.b, uint64(int64(n))) }

func bit(mask byte, set bool) byte {
	if set {
		return mask
	}
	return 0
}

// code is the place of x in a list, or other where it is not there.
func code[T comparable](list []T, x T, other byte) byte {
	for i, y := range list {
		if x == y {
			return byte(i)
		}
	}
	return other
}
