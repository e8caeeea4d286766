package privacy

// A class says what a Chinese character may begin or end, so that most
// characters of a text need one look.
type class uint8

const (
	provinceClass class = 1 << iota // begins a plate
	numeralClass                    // is in a telephone number that is spelt out
	addressClass                    // begins a word for an address
	markerClass                     // begins a marker within an address
	cueClass                        // ends a cue of a name
	titleClass                      // begins a title
)

const (
	firstHan = 0x4E00
	lastHan  = 0x9FFF
)

var classes = func() *[lastHan - firstHan + 1]class {
	t := &[lastHan - firstHan + 1]class{}
	set := func(words []string, c class) {
		for _, w := range words {
			if r := runeAt(w, 0); r >= firstHan && r <= lastHan {
				t[r-firstHan] |= c
			}
		}
	}
	each := func(s string, c class) {
		for _, r := range s {
			set([]string{string(r)}, c)
		}
	}
	each(provinces+"使领", provinceClass)
	each(numerals, numeralClass)
	set(zhCues, addressClass)
	for _, m := range markers {
		set([]string{m.word}, markerClass)
	}
	for r := range zhNameCues {
		each(string(r), cueClass)
	}
	set(zhTitles, titleClass)
	each("姓祝", cueClass)
	return t
}()

// classOf is the class of a rune, 0 for those that are no Chinese characters.
func classOf(r rune) class {
	if r < firstHan || r > lastHan {
		return 0
	}
	return classes[r-firstHan]
}
