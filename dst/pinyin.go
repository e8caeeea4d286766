package dst

import (
	"strings"

	"github.com/mozillazg/go-pinyin"

	"github.com/slotgraph/slotgraph/internal/text"
)

// Scores of names typed in Latin letters, as factors of the name's own.
const (
	scorePinyin   = 0.8 // haidilao
	scoreInitials = 0.6 // hdl
)

// pinyinMax bounds the readings of one name, pinyinRunes the characters that
// are read: nobody types more than that for a name.
const (
	pinyinMax   = 4
	pinyinRunes = 12
)

// pinyinOther are second readings that are common in names; the dictionary
// knows characters only and takes the first.
var pinyinOther = map[rune]string{
	'重': "chong", '长': "chang", '行': "hang", '乐': "yue", '都': "du", '厦': "xia", '藏': "cang", '朝': "zhao", '曾': "ceng", '单': "shan", '大': "dai", '调': "tiao",
	'还': "huan", '会': "kuai", '和': "huo", '仇': "qiu", '解': "xie", '查': "zha", '尉': "yu", '蕃': "bo", '六': "lu", '堡': "pu", '丽': "li", '广': "an", '茄': "jia", '虾': "ha",
}

var pinyinArgs = pinyin.NewArgs() // without tones

// A pinyinReader spells Chinese names in Latin letters. It remembers the
// characters it has seen: looking one up in the dictionary is slow.
type pinyinReader map[rune]string

func (p pinyinReader) syllable(r rune) string {
	s, ok := p[r]
	if !ok {
		if found := pinyin.SinglePinyin(r, pinyinArgs); len(found) > 0 {
			s = found[0]
		}
		p[r] = s
	}
	return s
}

// terms returns the spellings of a Chinese name in Latin letters: in
// full, one for each reading, and by initials. Names with fewer than two
// Chinese characters, and spellings that are everyday English words, have none.
func (p pinyinReader) terms(name string, id int32, score float32) []text.Term {
	if !strings.ContainsFunc(name, text.IsHan) {
		return nil
	}
	first, second, han := p.syllables(name)
	if han < 2 {
		return nil
	}
	out := make([]text.Term, 0, 2)
	add := func(s string, factor float32) {
		if key := strings.ReplaceAll(s, " ", ""); len(key) >= 3 && !pinyinEnglish[key] {
			out = append(out, text.Term{Text: s, ID: id, Score: score * factor})
		}
	}
	for _, s := range pinyinReadings(first, second) {
		add(s, scorePinyin)
	}
	if s := pinyinInitials(first); len(s) >= 3 && han >= 3 && !strings.ContainsAny(s, "aeiou") {
		add(s, scoreInitials)
	}
	return out
}

// syllables reads a name character by character, with the other reading
// of those that have one. Letters and digits stay; han counts the rest.
func (p pinyinReader) syllables(name string) (first, second []string, han int) {
	latin := false
	for _, r := range text.Fold(name) {
		switch {
		case text.IsHan(r):
			s := p.syllable(r)
			if han++; s == "" || han > pinyinRunes {
				return nil, nil, 0
			}
			first, second, latin = append(first, s), append(second, pinyinOther[r]), false
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if latin {
				first[len(first)-1] += string(r)
			} else {
				first, second, latin = append(first, string(r)), append(second, ""), true
			}
		default:
			latin = false
		}
	}
	return first, second, han
}

// pinyinReadings joins the syllables in all ways, up to a few. 绿 is lv, lu or
// lyu, depending on who types it.
func pinyinReadings(first, second []string) []string {
	out := []string{""}
	for i, s := range first {
		var others []string
		if second[i] != "" {
			others = append(others, second[i])
		}
		if s == "lv" || s == "nv" {
			others = append(others, s[:1]+"u", s[:1]+"yu")
		}
		n := len(out)
		for _, c := range others {
			for k := 0; k < n && len(out) < pinyinMax; k++ {
				out = append(out, out[k]+c+" ")
			}
		}
		for k := range n {
			out[k] += s + " "
		}
	}
	for i := range out {
		out[i] = strings.TrimSpace(out[i])
	}
	return out
}

func pinyinInitials(first []string) string {
	var b strings.Builder
	for _, s := range first {
		if s[0] >= '0' && s[0] <= '9' {
			b.WriteString(s)
		} else {
			b.WriteByte(s[0])
		}
	}
	return b.String()
}

// pinyinEnglish are English words and abbreviations that some Chinese name
// would be spelt like.
var pinyinEnglish = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`women guide range longer danger chase house shade tangle linger manage dance change shape shale lane pale tale made male sale
		safe cage page wage dine fine line mine wine line bike like hike same name game gate date late rate rage mango panda wanted banana canada china
		china dong ding dang song sang rang gang bang long pan fan can man men pin pen hen den ten tan ban ran sun run fun gun nun bun dude tune june
		rude nude cute mute she he me we hi wo bo xi sushi taxi mini bikini wifi gene here mere dare care bare fare rare wire tire fire hire sure cure pure
		menu guan tease lease please mouse louse cause pause sauce canon sense tense dense fence singer finger hunger ginger longest
		why try fly dry shy cry sky gym spy fry sly ply wry ppl pls thx btw hrs hmm mrs pcs rmb usb ssd pdf mph kmh pm tv dvd sms gps rpg dns xml html http https nyc
		lyft xxl xxs psst shh brb tbd tbh wtf fyi lmk dm mm kg km gb mb`) {
		m[w] = true
	}
	return m
}()
